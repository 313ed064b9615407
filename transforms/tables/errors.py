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
        cause = text.strip().splitlines()[0] if text.strip() else type(error).__name__
        return TableError(f"cannot {doing} {path}: {cause}")
    remedy = _REMEDIES.get(number, "check the path and the disk, and run again")
    return TableError(f"cannot {doing} {path}: {os.strerror(number)} (errno {number}); {remedy}")
