"""Google Cloud Storage: what pyarrow (JSON interface) and delta-rs (XML interface) are told."""

import json
import os
from datetime import timedelta
from functools import cache
from urllib.parse import urlsplit

import pyarrow.fs as pafs

_EMULATOR = "STORAGE_EMULATOR_HOST"
_TRYING = timedelta(minutes=3)  # as long as delta-rs (object_store 0.13: retry_timeout)


def options() -> dict[str, str]:
    """What delta-rs is told beside its default chain: nothing, unless there is an emulator.

    A version of the log is put only where there is none (`x-goog-if-generation-match: 0`): of two
    writers one is refused. Source: Cloud Storage, "Request preconditions". An emulator is named as
    for the client libraries of Google, and asked without credentials: the key here is empty.
    """
    if not (endpoint := _emulator()):
        return {}
    nobody = {"client_email": "", "private_key": "", "private_key_id": ""}
    account = {"gcs_base_url": endpoint, "disable_oauth": True, **nobody}
    allowed = str(endpoint.startswith("http://")).lower()
    return {"service_account_key": json.dumps(account), "allow_http": allowed}


def client() -> pafs.FileSystem:
    """The store, paths beginning with the bucket."""
    return _client(_emulator())


def _emulator() -> str | None:
    named = os.environ.get(_EMULATOR, "").rstrip("/")
    return f"http://{named}" if named and "://" not in named else named or None


@cache
def _client(emulator: str | None) -> pafs.FileSystem:
    if emulator is None:
        return pafs.GcsFileSystem(retry_time_limit=_TRYING)
    where = urlsplit(emulator)
    return pafs.GcsFileSystem(
        anonymous=True,
        endpoint_override=where.netloc,
        scheme=where.scheme,
        retry_time_limit=_TRYING,
    )
