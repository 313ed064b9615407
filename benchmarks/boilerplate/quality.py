"""How good the extraction is, and what it costs, beside its peers: `make quality`.

    python -m benchmarks.boilerplate.quality --data DIR --peers VENV [--limit N] [--sets NAME ...]
        [--only NAME ... | --kept] [--ours-from FILE.jsonl] [--write docs/quality.md]

Scores our extractor and the peers of `peers.py` on the pages of every set in DIR (docs/quality.md
says what a set is), all in one run, each in a process of its own, one at a time, and prints the
tables. Those of a whole run, all extractors on all pages, are also put into the page that --write
names. What --only does not name is left out, unless answers to the same pages are kept from an
earlier run in build/quality: those give its texts, never its times. With --kept nothing is
measured: the tables are those of the last run, with what --ours-from adds.
"""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

from benchmarks.boilerplate.gold import GoldPage, read_sets
from benchmarks.boilerplate.measure import System, measure, read, read_texts
from benchmarks.boilerplate.peers import EXTRACTORS
from benchmarks.boilerplate.summary import Judge
from benchmarks.boilerplate.tables import all_tables, fields_given, label

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
NAMES = ("ours", *EXTRACTORS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for, print the tables, and write them where the run is a whole one."""
    asked = options().parse_args(arguments)
    try:
        pages = read_sets(asked.data, asked.sets, asked.limit)
        others = [cross_validated(asked.ours_from, pages)] if asked.ours_from else []
    except (FileNotFoundError, ValueError) as error:
        print(f"nothing to measure with: {error}", file=sys.stderr)
        return 2
    keep = asked.keep / f"{len(pages)}-{crc32(repr([p.key for p in pages]).encode()):08x}"
    if not asked.kept:
        os.nice(10)
        measure(asked.only or NAMES, pages, asked.peers / "bin" / "python", keep)
    systems = [system for name in NAMES if (system := read(keep, name))]
    if not systems:
        print(f"nothing is kept of these pages in {keep}: run without --kept", file=sys.stderr)
        return 2
    run = max(system.run for system in systems)
    tables = all_tables(Judge(pages), [*others, *systems], run)
    report = f"{preface(pages, systems, run)}\n\n{tables}"
    print(report)
    if asked.write:
        in_run = [system.name for system in systems if system.run == run]
        if asked.limit or asked.sets or len(in_run) < len(NAMES):
            print(f"{asked.write} stays as it is: this run is a part", file=sys.stderr)
        else:
            put_between_marks(asked.write, report)
    return 0


def options() -> argparse.ArgumentParser:
    """The options of the command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of sets")
    parser.add_argument("--peers", type=Path, required=True, help="environment with the peers")
    parser.add_argument("--keep", type=Path, default=Path("build/quality"), help="kept answers")
    parser.add_argument("--limit", type=int, help="first pages of each set")
    parser.add_argument("--sets", nargs="+", default=[], metavar="NAME")
    parser.add_argument("--only", nargs="+", default=[], choices=NAMES, metavar="NAME")
    parser.add_argument("--kept", action="store_true", help="measure nothing: what is kept")
    parser.add_argument("--ours-from", type=Path, help="texts of models that never saw the host")
    parser.add_argument("--write", type=Path, help="page that gets the tables of a whole run")
    return parser


def cross_validated(path: Path, pages: Sequence[GoldPage]) -> System:
    """Ours as the texts of a file have it, one object a line with `dataset`, `id` and `text`.

    Raises: ValueError if it has some pages of a set, but not all that are asked for.
    """
    system = read_texts(path, "ours-cross-validated")
    sets = {dataset for dataset, _ in system.found}
    asked = [page.key for page in pages if page.dataset in sets]
    if missing := [key for key in asked if key not in system.found]:
        raise ValueError(
            f"{path} lacks {len(missing)} of the {len(asked)} pages of its sets, such as "
            f"{'/'.join(missing[0])}; write a line for each, with an empty text for none"
        )
    return system._replace(found={key: system.found[key] for key in asked})


def preface(pages: Sequence[GoldPage], systems: Sequence[System], run: str) -> str:
    """What was measured, when and with what."""
    sets = {page.dataset for page in pages}
    ours = "".join(f"Communiqué at {s.version}, " for s in systems if s.name == "ours")
    earlier = [label(system) for system in systems if system.run != run]
    return (
        f"Measured on {run[:10]} with `make quality`: {len(pages)} pages in {len(sets)} sets, "
        f"{ours}Python {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores. "
        + (f"From an earlier run, without times: {', '.join(earlier)}. " if earlier else "")
        + fields_given(systems)
    )


def put_between_marks(page: Path, report: str, marks: tuple[str, str] = (BEGIN, END)) -> None:
    """Replace what stands between the two marks of the page."""
    begin, end = marks
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    page.write_text(f"{before}{begin}\n{report}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
