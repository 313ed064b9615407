"""The command `communique`, and `python -m pipelines`: exit status and error messages."""

import errno
import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

import typer

from pipelines.cli import app
from pipelines.commands.terminal import remark
from pipelines.structured_log import choose_by_environment
from schemas.errors import RowError, UsageError, UserError

INTERRUPTED = 128 + signal.SIGINT
UNREAD = 128 + signal.SIGPIPE
"""As a shell reports a program that the closing of its pipe has ended."""

# typer names one of its usage errors in public; all of them have this base.
_CallError: type[Exception] = typer.BadParameter.__mro__[2]

_STATUSES: dict[type[Exception], int] = {
    _CallError: 2,
    UsageError: 2,
    UserError: 1,
    RowError: 1,
    OSError: 1,
}
"""Errors whose message is for the user, and their exit status; a subclass before its base."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 failed, 2 called wrongly.

    130 after Ctrl-C, 141 if the reader of stdout closed it. What the user can set right is one line
    on stderr; a traceback is a fault of this program.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    choose_by_environment()
    try:
        status = _invoke(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # Nobody reads on. What is left in the buffer must not be flushed at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _invoke(arguments: Sequence[str]) -> int:
    command = typer.main.get_command(app)
    try:
        with command.make_context("communique", list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except tuple(_STATUSES) as error:
        if isinstance(error, OSError) and (error.errno == errno.EPIPE or error.filename is None):
            raise  # the pipe is for the caller; without a file it is a fault of ours
        if message := _message(error):  # "" where typer has shown the help already
            remark(f"communique: {message}")
        return next(status for kind, status in _STATUSES.items() if isinstance(error, kind))
    return 0


def _message(error: Any) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}"
    if not isinstance(error, _CallError):
        return str(error)
    message: str = error.format_message().rstrip(".")  # type: ignore[attr-defined]
    where = error.ctx.command_path if error.ctx else "communique"  # type: ignore[attr-defined]
    return message and f"{message}; see {where} --help"


if __name__ == "__main__":
    sys.exit(main())
