"""What the commands say on stderr: lines for people, or one JSON object a line for a log collector.

The fields are those that Cloud Logging lifts out of a line (cloud.google.com/logging/docs/
structured-logging): `severity`, `time` (RFC 3339), `message`. Others keep them as they are.
"""

import io
import json
import logging
import os
import sys
import traceback
from contextvars import ContextVar
from datetime import datetime, timezone
from enum import Enum
from types import TracebackType
from typing import Any

VARIABLE = "COMMUNIQUE_LOG_FORMAT"

_SEVERITIES = {logging.WARNING: "WARNING", logging.ERROR: "ERROR", logging.CRITICAL: "CRITICAL"}


class LogFormat(str, Enum):
    """How the lines on stderr are written."""

    text = "text"
    json = "json"


_chosen: ContextVar[LogFormat] = ContextVar("log_format", default=LogFormat.text)


def choose(log_format: LogFormat) -> None:
    """Write what this process says from now on so."""
    _chosen.set(log_format)
    if log_format is LogFormat.json:
        sys.excepthook = _log_crash


def choose_by_environment() -> None:
    """As the variable says. A value it does not know is refused by whoever reads the options."""
    named = os.environ.get(VARIABLE)
    choose(LogFormat.json if named == LogFormat.json.value else LogFormat.text)


def is_structured() -> bool:
    """Whether stderr is JSON lines."""
    return _chosen.get() is LogFormat.json


def log_line(severity: str, message: str, at: datetime, **fields: Any) -> str:
    """One JSON object, without a line feed: severity, time, message, then the fields."""
    told = {"severity": severity, "time": at.isoformat().replace("+00:00", "Z"), "message": message}
    return json.dumps({**told, **fields}, ensure_ascii=False, default=str)


def say(severity: str, message: str, **fields: Any) -> None:
    """Write a line to stderr now."""
    line = log_line(severity, message, datetime.now(timezone.utc), **fields)
    print(line, file=sys.stderr, flush=True)


class LineLog(io.TextIOBase):
    """A text stream whose lines become lines of the log, of severity INFO."""

    def __init__(self) -> None:
        super().__init__()
        self._begun = ""

    def writable(self) -> bool:
        """It takes text."""
        return True

    def write(self, text: str) -> int:
        """Log the lines that are complete, keep the rest."""
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            if line.strip():
                say("INFO", line.strip())
        return len(text)


class _Records(logging.Formatter):
    """A record of Python's logging as a line; a traceback is part of its message."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, timezone.utc)
        severity = _SEVERITIES.get(record.levelno, "INFO")
        return log_line(severity, super().format(record), at, logger=record.name)


def log_to_stderr(*, verbose: bool) -> None:
    """Send what Beam and the libraries log to stderr: from WARNING on, else only what is fatal."""
    logging.basicConfig(level=logging.WARNING if verbose else logging.CRITICAL)
    if is_structured():
        for handler in logging.getLogger().handlers:
            handler.setFormatter(_Records())


def _log_crash(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """A fault of this program: one line, the traceback in its message."""
    say("CRITICAL", "".join(traceback.format_exception(kind, error, trace)).rstrip())
