"""One pass of a run: four items, three articles and a failure. As a program: OUTPUT RUN_ID."""

import runpy
import sys
from pathlib import Path
from types import SimpleNamespace

from transforms.tables import commit_pass

BUILDERS = Path(__file__).resolve().parents[1] / "unit" / "tables" / "conftest.py"


def a_pass(output, name):
    make = SimpleNamespace(**runpy.run_path(str(BUILDERS)))
    run = make.run(name)
    rows = [make.article(n, run) for n in "abc"]
    rows += [make.failure("d", run), make.poll(make.FEED, run)]
    rows += [make.offered(n, run) for n in "abcd"]
    return commit_pass(output, run, make.write(output, run, rows), make.ids(rows))


if __name__ == "__main__":
    a_pass(*sys.argv[1:])
