"""Which engines a stream may run on: those that are right on unbounded input."""

from collections.abc import Sequence
from itertools import pairwise

RIGHT = ("PrismRunner", "FlinkRunner", "DataflowRunner", "PortableRunner")

_WRONG = (
    "is silently wrong on unbounded input: its timers fire at once, its windows only when the "
    "source ends, and it never returns"
)
_REASONS = {
    "FnApiRunner": f"FnApiRunner {_WRONG}",
    "DirectRunner": f"DirectRunner falls back to FnApiRunner, which {_WRONG}",
    "SwitchingDirectRunner": f"SwitchingDirectRunner falls back to FnApiRunner, which {_WRONG}",
    "BundleBasedDirectRunner": "BundleBasedDirectRunner cannot run an unbounded source at all",
}
_WAY_OUT = (
    "a stream needs an engine: write `-- --runner=PrismRunner --prism_location=PATH` here, "
    "--runner=FlinkRunner or DataflowRunner on a cluster (docs/operations.md); "
    "`communique run --every 15m` needs none"
)


def stream_engine(beam_options: Sequence[str]) -> str:
    """The runner that the options name. Raises: ValueError if it is none for a stream, and why."""
    named = value_of(beam_options, "--runner")
    if named is None:
        raise ValueError(f"no --runner is named, and Beam's default is wrong here; {_WAY_OUT}")
    runner = named.rpartition(".")[2]  # a class may be named with its module
    known = {name.lower(): name for name in (*RIGHT, *_REASONS)}
    for name in (runner.lower(), f"{runner.lower()}runner"):  # Beam takes `prism` for PrismRunner
        runner = known.get(name, runner)
    if runner in RIGHT:
        return runner
    reason = _REASONS.get(runner, f"{runner} is not known to be right on unbounded input")
    raise ValueError(f"{reason}; {_WAY_OUT}")


def value_of(options: Sequence[str], wanted: str) -> str | None:
    """The value of the last option of that name, as argparse reads it; None without one."""
    named = None
    for option, following in pairwise([*options, ""]):
        name, is_joined, value = option.partition("=")
        if name == wanted:
            named = value if is_joined else following
    return named
