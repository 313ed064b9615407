"""The two errors of the tables: the output cannot be used, or the account does not add up."""

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

from schemas.errors import UserError

_REMEDIES = {
    errno.ENOSPC: "free some space and run again",
    errno.EDQUOT: "free some space in the quota and run again",
    errno.EFBIG: "raise the file size limit and run again",
    errno.EACCES: "make the folder writable for this user, or choose another --output",
    errno.EPERM: "make the folder writable for this user, or choose another --output",
    errno.EROFS: "mount it writable, or choose another --output",
    errno.ENOTDIR: "a file is where a folder should be: move it, or choose another --output",
    errno.EEXIST: "a file is where a folder should be: move it, or choose another --output",
    errno.EMFILE: "raise the limit of open files (ulimit -n) and run again",
}

_CODE = re.compile(r"(?:os error |code: )(\d+)")
_ANSWER = re.compile(r"<Code>([^<]+)</Code>\s*<Message>([^<]*)</Message>")
_STATUS = re.compile(
    r"google::cloud::Status\((\w+): (?:[^.]* with a last message of )?(.*?) error_info=", re.DOTALL
)
_DECORATION = re.compile(r"\x1b\[\d+m|↳")


class TableError(UserError):
    """The output cannot be read or written. The committed tables are as they were before."""


class LedgerError(UserError):
    """Admitted items and offered rows do not match one to one. Nothing was committed."""


@contextmanager
def explained(doing: str, path: str) -> Iterator[None]:
    """Raises TableError naming path, cause and remedy for an error of the system or of Arrow."""
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        raise table_error(doing, path, error) from error


def table_error(doing: str, path: str, error: BaseException) -> TableError:
    """The TableError of an error of the system or of delta-rs, which hides the errno in its text.

    `doing` is what failed, as in "write": "cannot write /data: No space left on device (errno 28)".
    """
    number = error.errno if isinstance(error, OSError) else None
    text = str(error)
    if number is None and (found := _CODE.search(text)):
        number = int(found[1])
    if number is None:
        return TableError(f"cannot {doing} {path}: {_cause(text) or type(error).__name__}")
    remedy = _REMEDIES.get(number, "check the path and the disk, and run again")
    return TableError(f"cannot {doing} {path}: {os.strerror(number)} (errno {number}); {remedy}")


def _cause(text: str) -> str:
    """What an object store answered, else first and last line: delta-rs has the cause at the end.

    Of an answer only code and message: the rest may repeat the key id of the request.
    """
    if found := _ANSWER.search(text) or _STATUS.search(text):
        return f"{found[1]}: {found[2]}"
    lines = [line.strip() for line in _DECORATION.sub("", text).splitlines() if line.strip()]
    return ": ".join(dict.fromkeys([*lines[:1], *lines[-1:]]))
