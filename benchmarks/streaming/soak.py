"""Stream from a site that keeps publishing, kill what runs, and account for every article.

    python -m benchmarks.streaming.soak --prism build/prism/prism --seconds 120 --kills 4

`communique stream` reads three loopback hosts that publish a story each every `--gap` seconds. At
random moments the stream (`worker`), or its engine (`engine`), or both, get SIGKILL, and a stream
is started again from nothing, on the same tables; with `--twice` a second stream runs beside it by
mistake for 40 % of the time. At the end the site falls silent, the stream goes on until it has
everything or a minute and a half has passed, and every published story must be one article: none
lost, none doubled, and `communique verify` must find nothing. One JSON line each `--tell` seconds
and a summary; exits 1 if not.
"""

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from http.server import ThreadingHTTPServer
from pathlib import Path

from benchmarks.streaming.account import committed, report, summary
from benchmarks.streaming.press import HOSTS, Handler, Press
from benchmarks.streaming.process import ROOT, Stream

PATIENCE_S = 90.0


def run(
    options: argparse.Namespace, press: Press, port: int, folder: Path, streams: list[Stream]
) -> None:
    """Stream, kill, start again, until the time is over; `streams` are those that live."""
    chance = random.Random(options.seed)
    streams.append(Stream(options, port, folder))
    started = told = time.time()
    gap_s = options.seconds / (options.kills + 1)
    kills = [started + gap_s * (i + chance.uniform(0.6, 1.2)) for i in range(options.kills)]
    targets = [("worker", "engine", "both")[i % 3] for i in range(options.kills)]
    second = [started + options.seconds * part for part in (0.2, 0.6)] if options.twice else []
    while time.time() < started + options.seconds:
        time.sleep(0.5)
        if second and time.time() >= second[0]:
            second.pop(0)
            if second:
                streams.append(Stream(options, port, folder))
            else:
                streams.pop().end()
            print(json.dumps({"streams": len(streams)}), flush=True)
        if kills and time.time() >= kills[0]:
            kills.pop(0)
            victim = chance.randrange(len(streams))
            print(json.dumps({"kill": targets[0]}), flush=True)
            streams[victim].kill(targets.pop(0))
            streams[victim] = Stream(options, port, folder)
        if time.time() >= told + options.tell:
            told = time.time()
            report(press, streams, folder, started)


def main() -> int:
    """Run it and print the account."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--prism", type=Path, default=ROOT / "build" / "prism" / "prism")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--gap", type=float, default=1.0)
    parser.add_argument("--flush", default="5s")
    parser.add_argument("--tell", type=float, default=10.0)
    parser.add_argument("--twice", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "feeds.txt").write_text("".join(f"http://{host}/feed\n" for host in HOSTS))
        Handler.press = press = Press(options.gap)
        server = stack.enter_context(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        streams: list[Stream] = []
        try:
            run(options, press, server.server_address[1], folder, streams)
            press.closed = time.time()
            wanted = press.urls()
            while len({row["url"] for row in committed(folder)}) < len(wanted):
                if time.time() > press.closed + PATIENCE_S:
                    break
                time.sleep(1)
            settled_s = time.time() - press.closed
        finally:
            for stream in streams:
                stream.end()
        server.shutdown()
        return summary(options, folder, wanted, settled_s, press.started)


if __name__ == "__main__":
    sys.exit(main())
