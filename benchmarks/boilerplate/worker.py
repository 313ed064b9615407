"""One extractor in one process: pages come in on stdin, one path and address a line.

    python -m benchmarks.boilerplate.worker NAME

An extractor is warmed up first, so that its imports and tables are in no page's time. The first
line out is the version; then, for each page, the fields and the CPU milliseconds from
the bytes to the fields. The page is read and unpacked before the clock starts. What an extractor
raises ends the process, and so does a page that takes a minute: whoever started it sees the end,
counts a crash, and starts another.
"""

import json
import os
import signal
import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks.boilerplate.gold import read_bytes

PATIENCE_S = 60
_PARAGRAPH = "<p>Envoys of four states met in the harbour town, talked until noon, and parted.</p>"
WARM_UP = (
    "<html lang=en><head><title>Envoys meet in the harbour town</title></head><body><article>"
    f"<h1>Envoys meet in the harbour town</h1>{_PARAGRAPH * 5}</article></body></html>"
).encode()


def extractor_of(name):
    """The version and the function."""
    module = import_module(f"benchmarks.boilerplate.{'ours' if name == 'ours' else 'peers'}")
    return module.version_of(name), module.EXTRACTORS[name]


def answer(function, page):
    """The fields of a page, as JSON can hold them, with `ms`."""
    html = read_bytes(Path(page["path"]))
    signal.alarm(PATIENCE_S)
    began = time.process_time()
    found = function(html, page["url"])
    spent = time.process_time() - began
    signal.alarm(0)
    return {
        "text": found["text"] or "",
        "title": found.get("title"),
        "date": str(found.get("date") or ""),
        "gives": sorted(field for field, value in found.items() if value),
        "ms": round(spent * 1000, 3),
    }


def main():
    """Answer until stdin ends. What an extractor prints goes to stderr, out of the way."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        number, function = extractor_of(sys.argv[1])
        function(WARM_UP, "https://town.example/news/envoys-meet-in-the-harbour-town")
        print(json.dumps({"version": number}), file=answers, flush=True)
        for line in sys.stdin:
            print(json.dumps(answer(function, json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
