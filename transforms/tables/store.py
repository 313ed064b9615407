"""The store: the one module that knows where tables live. Today that is a local folder.

Object stores come here, and only here: a draft is an upload that is invisible until it is closed,
`clock` a probe object's time, and `filesystem` what pyarrow offers for `gs://` and `s3://`.
"""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pyarrow.fs as pafs

from transforms.tables import faults
from transforms.tables.errors import TableError, explained


class StoredFile(NamedTuple):
    """A file of a table's folder, whoever wrote it. `modified_at` is the store's clock, s."""

    path: str
    size: int
    modified_at: float


def table_root(output: str, table: str) -> str:
    """Folder of a table under the output URI.

    Raises: TableError for a scheme that cannot be written yet.
    """
    return str(Path(_local(str(output))) / table)


def _local(output: str) -> str:
    scheme = urlsplit(output).scheme if "://" in output else ""
    if scheme == "file":
        return unquote(urlsplit(output).path)
    if scheme:
        raise TableError(
            f"--output is {output!r}: {scheme}:// cannot be written yet; use a local folder"
        )
    return output


class Draft:
    """A file that gets its final name only when it is whole and on the disk.

    Temporary names start with a dot, which every dataset reader skips.
    """

    def __init__(self, root: str, path: str) -> None:
        self.final = Path(root, path)
        self.path = self.final.with_name(f".{self.final.name}.{uuid.uuid4().hex[:8]}.tmp")
        with explained("write", str(self.final)):
            make_folder(self.final.parent)

    def publish(self) -> int:
        """Makes the file visible under its final name. Its size in bytes."""
        with explained("write", str(self.final)):
            faults.reach("before_publish")
            size = self.path.stat().st_size
            _sync(self.path)
            self.path.replace(self.final)
            _sync(self.final.parent)
            faults.reach("after_write")
        return size

    def discard(self) -> None:
        """Forgets the file."""
        self.path.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Makes the folder and what is missing above it, durably. Raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(root: str, folder: str, after: str) -> None:
    """Puts on the disk what another library wrote there: the files whose names sort after `after`.

    delta-rs does not: a power cut could leave a version of the log empty, and the table unreadable.
    """
    where = Path(root, folder)
    with explained("write", str(where)):
        for path in sorted(where.iterdir()):
            if path.name > after:
                try:
                    _sync(path)
                except FileNotFoundError:
                    continue  # a temporary file of another process
        _sync(where)


def find(root: str, path: str) -> StoredFile | None:
    """A file by its path below the root, None if there is none."""
    with explained("read", str(Path(root, path))):
        try:
            found = Path(root, path).stat()
        except FileNotFoundError:
            return None
    return StoredFile(path, found.st_size, found.st_mtime)


def files(root: str) -> Iterator[StoredFile]:
    """Every file below the root, hidden ones too. One that vanishes meanwhile is left out."""
    with explained("read", root):
        for folder, _, names in os.walk(root):
            for name in names:
                path = Path(folder, name)
                try:
                    found = path.stat()
                except FileNotFoundError:
                    continue
                yield StoredFile(path.relative_to(root).as_posix(), found.st_size, found.st_mtime)


def clock(root: str) -> float:
    """The store's own time in s since the epoch, by a file touched just now."""
    probe = Draft(root, "clock")
    with explained("write", root):
        probe.path.touch()
        now = probe.path.stat().st_mtime
        probe.discard()
    return now


def remove(root: str, path: str) -> None:
    """Deletes a file; one that is gone already is fine."""
    with explained("delete", str(Path(root, path))):
        Path(root, path).unlink(missing_ok=True)


def filesystem(root: str) -> pafs.FileSystem:
    """The table's folder as pyarrow reads it, natively: delta-rs's own goes through Python."""
    return pafs.SubTreeFileSystem(root, pafs.LocalFileSystem())
