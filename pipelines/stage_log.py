"""What the stages of a stream report, as JSON lines in a file."""

import logging
from datetime import datetime, timezone
from pathlib import Path

from pipelines.structured_log import log_line

LOGGERS = ("communique", "transforms", "pipelines")
"""Our own only: what Beam logs may hold the element that a stage failed on."""


class JsonLines(logging.Formatter):
    """A record as a line of the structured log, with its logger and its `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, without an end of line."""
        fields = getattr(record, "fields", {})  # then the message repeats them, for other logs
        message = record.msg.partition(" %")[0] if fields else record.getMessage()
        if record.exc_info and record.exc_info[0] is not None:
            fields = {**fields, "error": record.exc_info[0].__name__}
        at = datetime.fromtimestamp(record.created, timezone.utc)
        return log_line(record.levelname, message, at, logger=record.name, **fields)


def log_to(path: Path) -> None:
    """Append the records of our own loggers, from INFO on, to a file. Raises: OSError."""
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(JsonLines())
    handler.setLevel(logging.INFO)
    for name in LOGGERS:
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).setLevel(logging.INFO)
