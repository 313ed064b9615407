"""Tables in an object store: `s3://bucket/path`, on S3 and on what speaks its protocol.

Files go through pyarrow, the log through delta-rs; `AWS_ENDPOINT_URL` and the region are handed to
both, credentials to neither: each asks its own default chain (environment, profile, web identity,
the machine's role). Nothing here may name a secret, since options and errors end up in logs.
"""

import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow.fs as pafs
from deltalake.fs import DeltaStorageHandler

from transforms.tables.errors import TableError

SCHEME = "s3"
_TRIES = 10
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]+\Z")
_KEY = re.compile(r"(?!\.{1,2}\Z)[A-Za-z0-9_.=-]+\Z")
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")


def is_object_store(uri: str) -> bool:
    """Whether this module is the one for the URI."""
    return uri.startswith(f"{SCHEME}://")


def root_of(output: str, table: str) -> str:
    """URI of a table below the output URI.

    Raises: TableError unless it is `s3://bucket` or `s3://bucket/path` with a path of plain names:
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
            f"--output is {output!r}; write s3://bucket/path, the path of A-Z a-z 0-9 _ . = - only"
        )
    return "/".join([f"{SCHEME}:/", parts.netloc, *names, table])


def options() -> dict[str, str]:
    """What delta-rs is told beside its default chain.

    A version of the log is put only where there is none (`If-None-Match: *`): of two writers one
    is refused. Source: Amazon S3 User Guide, "Conditional writes".
    """
    found = {"conditional_put": "etag"}
    if endpoint := _setting(_ENDPOINTS):
        found["endpoint_url"] = endpoint
        found["allow_http"] = str(endpoint.startswith("http://")).lower()
    return found


def _setting(names: tuple[str, ...]) -> str | None:
    return next((os.environ[name] for name in names if os.environ.get(name)), None)


@cache
def _client(endpoint: str | None, region: str | None) -> pafs.S3FileSystem:
    tries = pafs.AwsStandardS3RetryStrategy(max_attempts=_TRIES)
    return pafs.S3FileSystem(
        endpoint_override=endpoint, region=region, retry_strategy=tries, background_writes=False
    )


def filesystem(root: str) -> pafs.FileSystem:
    """What is below the root, as pyarrow reads it."""
    client = _client(_setting(_ENDPOINTS), _setting(_REGIONS))
    return pafs.SubTreeFileSystem(root.removeprefix(f"{SCHEME}://"), client)


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
    DeltaStorageHandler(root, options()).delete_file(path)
