"""One target under atheris: `python -m benchmarks.fuzz.guided TARGET [libFuzzer options]`."""

import os
import sys
import time
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["transforms", "schemas"]):
    from benchmarks.fuzz.__main__ import check

_seen = {"bytes": 0, "runs": 0, "told": 0.0}


def tell() -> None:
    """How much was tried, into the file that the environment names: libFuzzer ends without exit."""
    Path(os.environ["FUZZ_COUNTS"]).write_text(
        f"{_seen['bytes']} {_seen['runs']}", encoding="ascii"
    )
    _seen["told"] = time.monotonic()


def main() -> None:
    """Fuzz until libFuzzer ends the process; says at the end how much it tried."""
    name = sys.argv.pop(1)

    def one(data: bytes) -> None:
        _seen["bytes"] += len(data)
        _seen["runs"] += 1
        if time.monotonic() - _seen["told"] > 1:
            tell()
        check(name, data)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
