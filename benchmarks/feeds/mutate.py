"""Feeds broken at random: does any of them crash the parser, or hold it up?

    python -m benchmarks.feeds.mutate [--set FOLDER] [--documents 200] [--mutations 1000] [--seed 1]

DOCUMENTS are drawn from the set (made, where there is none), and a short one of each of the other
formats is added. Every mutation of every document is parsed under a limit of wall time. Reading it
and refusing it (`RowError`) are both right; anything else is a finding, is written to
`build/feed-mutations/` and makes the exit status 1. The same seed makes the same mutations.
"""

import argparse
import random
import signal
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from benchmarks.feeds.documents import made, of_set, others
from schemas.errors import RowError
from transforms.feeds import parse_feed

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 5.0
_TOKENS = (
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"&amp;",
    b"&#0;",
    b"&#xD800;",
    b"&#x80;",
    b"&nbsp;",
    b"&x;",
    b"<item>",
    b"</item>",
    b"<entry>",
    b"</channel>",
    b"</rss>",
    b"<title>",
    b"<link href=",
    b"</",
    b"/>",
    b"<",
    b'"',
    b"\x00",
    b"\xff\xfe",
    b"\x1f\x8b",
    b"\xed\xa0\x80",
    b' xml:base="//["',
    b' type="xhtml"',
    b' type="application/x"',
    b' mode="base64"',
    b' xmlns=""',
    b' xmlns:a="b"',
    b'<!DOCTYPE x [<!ENTITY a "b">]>',
    b'<?xml version="1.0" encoding="utf-16"?>',
    b"9999999999999999",
    b"0001-01-01T00:00:00Z",
)


class TimeUp(BaseException):
    """The limit has passed; no `except` of the parser may take it for a fault of its own."""


def mutated(body: bytes, rng: random.Random) -> bytes:
    """`body` with one to four random changes."""
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(body) + 1)
        end = min(len(body), at + int(rng.expovariate(1 / 30)))
        match rng.randrange(8):
            case 0:  # other bytes
                body = body[:at] + rng.randbytes(end - at) + body[end:]
            case 1:  # one bit
                if at < len(body):
                    body = body[:at] + bytes([body[at] ^ 1 << rng.randrange(8)]) + body[at + 1 :]
            case 2:  # a hole
                body = body[:at] + body[end:]
            case 3:  # an echo
                body = body[:at] + body[at:end] * rng.randint(2, 20) + body[end:]
            case 4:  # an end
                body = body[:at] if rng.random() < 0.3 else body
            case 5:  # two halves in the wrong order
                body = body[at:] + body[:at] if rng.random() < 0.2 else body
            case 6:  # a piece from elsewhere
                start = rng.randrange(len(body) + 1)
                body = body[:at] + body[start : start + end - at] + body[at:]
            case _:
                body = body[:at] + rng.choice(_TOKENS) + body[at:]
    return body


def outcome(body: bytes, url: str) -> str:
    """`read`, a failure code, or what went wrong."""
    signal.setitimer(signal.ITIMER_REAL, LIMIT_S)
    try:
        parse_feed(body, url)
    except RowError as refused:
        return refused.code
    except TimeUp:
        return f"HUNG: over {LIMIT_S:g} s"
    except BaseException as fault:
        if isinstance(fault, KeyboardInterrupt):
            raise
        return f"CRASHED: {traceback.format_exception_only(fault)[-1].strip()[:200]}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return "read"


def _time_up(_signal: int, _frame: object) -> None:
    raise TimeUp


def main() -> None:
    """Prints how many mutations ended how."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", type=Path, default=ROOT.parent / "shared" / "data" / "feeds")
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--mutations", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    signal.signal(signal.SIGALRM, _time_up)
    documents = of_set(options.set) if (options.set / "cases.jsonl").exists() else made(items=2)
    rng = random.Random(options.seed)
    chosen = [*rng.sample(documents, min(options.documents, len(documents))), *others()]
    found: Counter[str] = Counter()
    slowest = 0.0
    for document in chosen:
        for number in range(options.mutations):
            body = mutated(document.body, rng)
            started = time.perf_counter()
            said = outcome(body, document.url)
            slowest = max(slowest, time.perf_counter() - started)
            found[said] += 1
            if said[0].isupper():
                keep(body, f"{Path(document.name).stem}-{number}", said)
    for said, times in found.most_common():
        print(f"{times:8,}  {said}")
    print(f"{sum(found.values()):8,}  of {len(chosen)} documents; the slowest {slowest:.2f} s")
    sys.exit(any(said[0].isupper() for said in found))


def keep(body: bytes, name: str, said: str) -> None:
    """Writes a finding."""
    folder = ROOT / "build" / "feed-mutations"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(body)
    print(f"{folder / name}: {said}", file=sys.stderr)


if __name__ == "__main__":
    main()
