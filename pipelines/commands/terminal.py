"""Input and output of the commands: results to stdout, everything else to stderr."""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from pipelines.structured_log import LineLog, is_structured, say

if TYPE_CHECKING:
    from rich.console import Console

_ENDLESS = 10_000

# C0 but tab and line feed, DEL, C1: what a terminal would obey instead of showing it.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Characters that reorder the line around them (Unicode TR 36, 2.10: "Trojan Source").
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def remark(text: str, severity: str = "ERROR") -> None:
    """One line on stderr: for people, or where the log is JSON as an entry of that severity."""
    if is_structured():
        say(severity, printable(text))
    else:
        print(printable(text), file=sys.stderr)


def progress_console() -> "Console":
    """The console for progress: stderr, or a line of the log for each of its lines."""
    from rich.console import Console

    if is_structured():
        return Console(file=cast(IO[str], LineLog()), width=_ENDLESS)
    return Console(stderr=True)


def read_bytes(file: str) -> bytes:
    """The content of a file, or of stdin for `-`. Raises: OSError."""
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def print_text(text: str) -> None:
    """Print a text to stdout as it is, but on a terminal wrapped at words and made harmless."""
    if sys.stdout.isatty():
        result_console().print(printable(text))
    else:
        print(text)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal that there is work going on; say nothing elsewhere."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True, highlight=False, markup=False).status(printable(what)):
        yield


def printable(text: str) -> str:
    """The text without what a terminal would obey: a page must not be able to steer one."""
    return _BIDI.sub("", _CONTROL.sub("", text))


def print_pairs(pairs: Mapping[str, str], console: "Console") -> None:
    """A name and its value a line, the values under each other; empty ones are left out."""
    known = {name: printable(value) for name, value in pairs.items() if value}
    if not console.is_terminal:
        width = max(map(len, known), default=0)
        for name, value in known.items():
            console.print(f"{name:{width}}  {value}")
        return
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for name, value in known.items():
        grid.add_row(name, value)
    console.print(grid)


def result_console() -> "Console":
    """The console for results: as wide as the terminal, and in a pipe plain text, never cut."""
    from rich.console import Console  # 0.1 s that plain answers do without

    width = None if sys.stdout.isatty() else _ENDLESS
    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False, width=width)
