"""Kills passes and compactions at random moments, each completed by another. OUTPUT KILLS SEED.

Each victim is a fork of this process, which itself never speaks to the store: a client that was
forked in use would hang. Prints the number of victims that were killed in time, by what they did.
"""

import json
import os
import random
import runpy
import signal
import sys
import time
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace

from transforms.tables import commit_pass, compact

BUILDERS = Path(__file__).resolve().parents[1] / "unit" / "tables" / "conftest.py"
ROUNDS_IN_A_TABLE = 20


def _pass(make, output, items, name):
    run = make.run(name)
    rows = [row for n in items for row in (make.article(n, run), make.offered(n, run))]
    rows += [make.failure(f"{items[0]}-failing", run), make.offered(f"{items[0]}-failing", run)]
    rows.append(make.poll(make.FEED, run))
    commit_pass(output, run, make.write(output, run, rows), make.ids(rows))


def _forked(do):
    if pid := os.fork():
        return pid
    status = 1
    try:
        do()
        status = 0
    finally:
        os._exit(status)


def _completed(do):
    """Seconds that it took."""
    began = time.monotonic()
    _, status = os.waitpid(_forked(do), 0)
    assert status == 0, status
    return time.monotonic() - began


def _killed(do, after_s):
    pid = _forked(do)
    time.sleep(after_s)
    os.kill(pid, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(pid, 0)[1])


def main(output, kills, seed):
    make = SimpleNamespace(**runpy.run_path(str(BUILDERS)))
    dice, done, number = random.Random(seed), Counter(), 0
    lasted = {"pass": 2.0, "compaction": 1.0}
    while sum(done.values()) < int(kills):
        where = f"{output}/{sum(done.values()) // ROUNDS_IN_A_TABLE}"
        items = [f"{number}-{n}" for n in "abc"]
        offer = partial(_pass, make, where, items)
        what = "compaction" if dice.random() < 0.25 and number % ROUNDS_IN_A_TABLE else "pass"
        merge = partial(compact, where, make.T0 + timedelta(days=2))
        victim, again = (
            (merge, merge)
            if what == "compaction"
            else (partial(offer, f"killed-{number}"), partial(offer, f"again-{number}"))
        )
        done[what] += _killed(victim, dice.uniform(0, lasted[what]))
        lasted[what] = 0.5 * lasted[what] + 0.5 * _completed(again)
        _completed(partial(offer, f"passed-{number}"))
        number += 1
    print(json.dumps({"rounds": number, **done}))


if __name__ == "__main__":
    main(*sys.argv[1:])
