"""The store: the one module that knows where tables live, a local folder or an object store."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pyarrow.fs as pafs

from transforms.tables import faults, objects
from transforms.tables.errors import TableError, explained


class StoredFile(NamedTuple):
    """A file of a table's folder, whoever wrote it. `modified_at` is the store's clock, s."""

    path: str
    size: int
    modified_at: float


def table_root(output: str, table: str) -> str:
    """Folder of a table under the output URI.

    Raises: TableError for a scheme that cannot be written yet, and a URI that is not fit.
    """
    if objects.is_object_store(str(output)):
        return objects.root_of(str(output), table)
    return str(Path(_local(str(output))) / table)


def _local(output: str) -> str:
    scheme = urlsplit(output).scheme if "://" in output else ""
    if scheme == "file":
        return unquote(urlsplit(output).path)
    if scheme:
        raise TableError(
            f"--output is {output!r}: {scheme}:// cannot be written yet; use a local folder or "
            f"s3://bucket/path or gs://bucket/path"
        )
    return output


def storage_options(root: str) -> dict[str, str] | None:
    """What delta-rs has to be told about the store."""
    return objects.options(root) if objects.is_object_store(root) else None


class Draft:
    """A file that gets its final name only when it is whole and in the store.

    `path` is a local one: temporary names beside the final one start with a dot, which every
    dataset reader skips; what goes to an object store is gathered in the folder of temporary files.
    """

    def __init__(self, root: str, path: str) -> None:
        self.final = f"{root}/{path}"
        self._root, self._path = root, path
        name = f".{Path(path).name}.{uuid.uuid4().hex[:8]}.tmp"
        if objects.is_object_store(root):
            self.path = Path(tempfile.gettempdir(), f"communique{name}")
            return
        self.path = Path(self.final).with_name(name)
        with explained("write", self.final):
            make_folder(self.path.parent)

    def publish(self) -> int:
        """Makes the file visible under its final name. Its size in bytes."""
        with explained("write", self.final):
            faults.reach("before_publish")
            size = self.path.stat().st_size
            if objects.is_object_store(self._root):
                objects.upload(self.path, self._root, self._path)
                self.discard()
            else:
                _sync(self.path)
                self.path.replace(self.final)
                _sync(self.path.parent)
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
    An object store answers only when it has what it was given.
    """
    if objects.is_object_store(root):
        return
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
    with explained("read", f"{root}/{path}"):
        if objects.is_object_store(root):
            info = objects.find(root, path)
            return None if info is None else _stored(info)
        try:
            found = Path(root, path).stat()
        except FileNotFoundError:
            return None
    return StoredFile(path, found.st_size, found.st_mtime)


def _stored(info: pafs.FileInfo) -> StoredFile:
    return StoredFile(info.path, info.size or 0, (info.mtime_ns or 0) / 1e9)


def files(root: str) -> Iterator[StoredFile]:
    """Every file below the root, hidden ones too. One that vanishes meanwhile is left out."""
    with explained("read", root):
        if objects.is_object_store(root):
            yield from map(_stored, objects.files(root))
            return
        for folder, _, names in os.walk(root):
            for name in names:
                path = Path(folder, name)
                try:
                    found = path.stat()
                except FileNotFoundError:
                    continue
                yield StoredFile(path.relative_to(root).as_posix(), found.st_size, found.st_mtime)


def clock(root: str) -> float:
    """The store's own time in s since the epoch, by a file made just now."""
    probe = Draft(root, "clock")
    with explained("write", root):
        probe.path.touch()
        if objects.is_object_store(root):
            name = probe.path.name.removeprefix("communique")
            objects.upload(probe.path, root, name)
            found = objects.find(root, name)
            now = found.mtime_ns / 1e9 if found is not None else 0.0
            objects.remove(root, name)
        else:
            now = probe.path.stat().st_mtime
        probe.discard()
    return now


def remove(root: str, path: str) -> None:
    """Deletes a file; one that is gone already is fine."""
    with explained("delete", f"{root}/{path}"):
        if objects.is_object_store(root):
            objects.remove(root, path)
        else:
            Path(root, path).unlink(missing_ok=True)


def filesystem(root: str) -> pafs.FileSystem:
    """The table's folder as pyarrow reads it, natively: delta-rs's own goes through Python."""
    if objects.is_object_store(root):
        return objects.filesystem(root)
    return pafs.SubTreeFileSystem(root, pafs.LocalFileSystem())
