"""Our feed parser beside feedparser and fastfeedparser: speed, and whether the values agree.

    python -m benchmarks.feeds.speed [--peers PYTHON] [--set FOLDER] [--rounds N] [--json]

Peers run in an environment of their own (`build/feed-peers`, see docs/feeds.md); what it lacks is
left out of the table. All parsers read the same documents in one run, one after the other: the
well-formed documents of the set, and made feeds of 50 items. Times are CPU seconds of the parser's
process, the best of N rounds for each document. Agreement: of the entries that both give in the
same number, the share whose value is the same to a reader (tags off, references decoded, blanks
folded; dates by the second). A document's entries count as read when the parser does not raise.
"""

import argparse
import base64
import html
import json
import re
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

from benchmarks.feeds.documents import is_well_formed, made, of_set
from benchmarks.feeds.parsers import PARSERS

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "build" / "feed-peers" / "bin" / "python"
FIELDS = ("title", "link", "id", "published")


def answers(python, name, documents, rounds):
    """What the parser `name` says of every document; None if it is not installed there."""
    task = [{"body": base64.b64encode(d.body).decode(), "url": d.url} for d in documents]
    command = [str(python), "-m", "benchmarks.feeds.worker", name, str(rounds)]
    done = subprocess.run(
        command, input=json.dumps(task).encode(), capture_output=True, cwd=ROOT, check=False
    )
    found = json.loads(done.stdout) if done.returncode == 0 else []
    return found if any(answer["entries"] for answer in found) else None


def summary(name, documents, found, ours):
    """One line of the table."""
    entries = sum(len(answer["entries"] or ()) for answer in found)
    spent = sum(answer["cpu_s"] for answer in found)
    return {
        "parser": name,
        "documents": len(documents),
        "raised": sum(answer["entries"] is None for answer in found),
        "entries": entries,
        "cpu_ms": round(1000 * spent, 1),
        "entries_per_cpu_s": round(entries / spent),
        "mb_per_cpu_s": round(sum(len(d.body) for d in documents) / spent / 1e6, 1),
        **agreement(found, ours),
    }


def agreement(found, ours):
    """Share of values, in %, in which a parser agrees with ours, over both's entries."""
    pairs = [
        pair
        for theirs, mine in zip(found, ours, strict=True)
        if len(theirs["entries"] or ()) == len(mine["entries"] or ())
        for pair in zip(theirs["entries"] or (), mine["entries"] or (), strict=True)
    ]
    return {
        field: round(
            100 * sum(same(field, a[field], b[field]) for a, b in pairs) / max(1, len(pairs)), 1
        )
        for field in FIELDS
    }


def same(field, one, other):
    """Whether two values say the same."""
    if field == "published":
        return instant(one) == instant(other)
    return folded(one) == folded(other)


def instant(text):
    """The instant of an ISO 8601 string, to the second."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return text
    return moment.replace(microsecond=0, tzinfo=moment.tzinfo or timezone.utc)


def folded(text):
    """Text as a reader sees it."""
    text = re.sub(r"<[^>]+>", " ", html.unescape(html.unescape(text or "")))
    return " ".join(text.split())


def table(rows):
    """The rows as Markdown."""
    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, r.values())) + " |" for r in rows)])


def main():
    """Prints one table a group of documents."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", default=PEERS, help="a Python that has the peers")
    parser.add_argument("--set", type=Path, default=ROOT.parent / "shared" / "data" / "feeds")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    groups = {"made feeds of 50 items": made()}
    if (options.set / "cases.jsonl").exists():
        whole = [d for d in of_set(options.set) if is_well_formed(d.body)]
        groups = {"well-formed documents of the set": whole, **groups}
    for group, documents in groups.items():
        ours = answers(sys.executable, "ours", documents, options.rounds)
        answered = {
            name: answers(options.peers, name, documents, options.rounds)
            for name in PARSERS
            if name != "ours"
        }
        rows = [
            summary(name, documents, found, ours)
            for name, found in {"ours": ours, **answered}.items()
            if found
        ]
        print(json.dumps({group: rows}) if options.json else f"\n{group}\n\n{table(rows)}")


if __name__ == "__main__":
    main()
