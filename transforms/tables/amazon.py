"""Amazon S3 and what speaks its protocol: what pyarrow and delta-rs are told about it."""

import os
from functools import cache

import pyarrow.fs as pafs

_TRIES = 10
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")


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


def client() -> pafs.FileSystem:
    """The store, paths beginning with the bucket."""
    return _client(_setting(_ENDPOINTS), _setting(_REGIONS))


def _setting(names: tuple[str, ...]) -> str | None:
    return next((os.environ[name] for name in names if os.environ.get(name)), None)


@cache
def _client(endpoint: str | None, region: str | None) -> pafs.FileSystem:
    tries = pafs.AwsStandardS3RetryStrategy(max_attempts=_TRIES)
    return pafs.S3FileSystem(
        endpoint_override=endpoint, region=region, retry_strategy=tries, background_writes=False
    )
