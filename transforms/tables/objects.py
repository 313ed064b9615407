"""Tables in an object store: `s3://bucket/path` and `gs://bucket/path`.

Files go through pyarrow, the log through delta-rs; the endpoint is handed to both, credentials to
neither: each asks its own default chain (environment, file, the machine's role). Nothing here may
name a secret, since options and errors end up in logs.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow.fs as pafs
from deltalake.fs import DeltaStorageHandler

from transforms.tables import amazon, google
from transforms.tables.errors import TableError

_CLOUDS = {"s3": amazon, "gs": google}
_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]+\Z")
_KEY = re.compile(r"(?!\.{1,2}\Z)[A-Za-z0-9_.=-]+\Z")


def is_object_store(uri: str) -> bool:
    """Whether this module is the one for the URI."""
    return uri.partition("://")[0] in _CLOUDS and "://" in uri


def root_of(output: str, table: str) -> str:
    """URI of a table below the output URI.

    Raises: TableError unless it is `s3://bucket/path` (or `gs://`), the path of plain names if any:
    pyarrow and delta-rs escape others differently. A URI with credentials is not repeated.
    """
    parts = urlsplit(output)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise TableError(
            "--output holds more than a bucket and a path; credentials come from the "
            "environment, a profile or the machine's role, never from an option"
        )
    names = [name for name in parts.path.split("/") if name]
    if not _BUCKET.match(parts.netloc) or not all(map(_KEY.match, names)):
        raise TableError(
            f"--output is {output!r}; write {parts.scheme}://bucket/path, the path of "
            f"A-Z a-z 0-9 _ . = - only"
        )
    return "/".join([f"{parts.scheme}:/", parts.netloc, *names, table])


def options(root: str) -> dict[str, str]:
    """What delta-rs is told about the store of the root, beside its default chain."""
    return _CLOUDS[root.partition("://")[0]].options()


def filesystem(root: str) -> pafs.FileSystem:
    """What is below the root, as pyarrow reads it."""
    scheme, _, path = root.partition("://")
    return pafs.SubTreeFileSystem(path, _CLOUDS[scheme].client())


def upload(local: Path, root: str, path: str) -> None:
    """Puts a whole file. It is not there before it is whole. Raises OSError."""
    files = filesystem(root)
    pafs.copy_files(
        str(local), path, source_filesystem=pafs.LocalFileSystem(), destination_filesystem=files
    )


def find(root: str, path: str) -> pafs.FileInfo | None:
    """The object, or the folder if something is below it; None if there is neither."""
    found = filesystem(root).get_file_info(path)
    return None if found.type == pafs.FileType.NotFound else found


def files(root: str) -> Iterator[pafs.FileInfo]:
    """Every object below the root."""
    below = pafs.FileSelector("", recursive=True, allow_not_found=True)
    for found in filesystem(root).get_file_info(below):
        if found.type == pafs.FileType.File:
            yield found


def remove(root: str, path: str) -> None:
    """Deletes an object; one that is gone already is fine.

    By delta-rs: pyarrow would put an empty object in place of a folder that may have become empty.
    delta-rs 1.6.6 holds the interpreter meanwhile (tried): no other thread runs.
    """
    with suppress(FileNotFoundError):  # S3 does not tell, Cloud Storage does
        DeltaStorageHandler(root, options(root)).delete_file(path)
