"""The log of a stream as JSON lines, for machines that read logs."""

import json
import logging
from pathlib import Path

LOGGERS = ("communique", "transforms", "pipelines")
"""Our own only: what Beam logs may hold the element that a stage failed on."""


class JsonLines(logging.Formatter):
    """A record as one JSON object: at, level, logger, message, and the record's `fields`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, without an end of line."""
        fields = getattr(record, "fields", {})  # then the message repeats them, for other logs
        line = {
            "at": f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')}.{int(record.msecs):03d}",
            "level": record.levelname,
            "logger": record.name,
            "message": record.msg.partition(" %")[0] if fields else record.getMessage(),
            **fields,
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def log_to(path: Path) -> None:
    """Append the records of our own loggers, from INFO on, to a file. Raises: OSError."""
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(JsonLines())
    handler.setLevel(logging.INFO)
    for name in LOGGERS:
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).setLevel(logging.INFO)
