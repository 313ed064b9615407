"""One parser over the documents on standard input: what it reads, and the CPU time it takes.

    python -m benchmarks.feeds.worker NAME ROUNDS < documents.json > answers.json

Documents are `[{"body": base64, "url": ...}]`, answers `[{"entries": [...], "cpu_s": ...}]`: the
best of ROUNDS for each document. `entries` is null where the parser raises.
"""

import base64
import json
import sys
import time
import warnings

from benchmarks.feeds.parsers import PARSERS


def answer(parse, body, url, rounds):
    """Entries and the least CPU seconds of one document."""
    best, entries = float("inf"), None
    for _ in range(rounds):
        started = time.process_time()
        try:
            entries = parse(body, url)
        except Exception:  # noqa: BLE001 - whatever a peer raises is a result
            entries = None
        best = min(best, time.process_time() - started)
    return {"entries": entries, "cpu_s": best}


def main():
    """Reads standard input."""
    warnings.simplefilter("ignore")
    name, rounds = sys.argv[1], int(sys.argv[2])
    answers = [
        answer(PARSERS[name], base64.b64decode(document["body"]), document["url"], rounds)
        for document in json.load(sys.stdin)
    ]
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
