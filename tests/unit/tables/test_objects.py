"""Output URIs of object stores: what is taken, and what is told to which library."""

import json

import pytest

from transforms.tables import store
from transforms.tables.errors import TableError, table_error


@pytest.mark.parametrize("scheme", ["s3", "gs"])
@pytest.mark.parametrize("path", ["news/a/b", "news/a/b/", "news//a//b"])
def test_a_table_lies_below_the_output(scheme, path):
    assert store.table_root(f"{scheme}://{path}", "polls") == f"{scheme}://news/a/b/polls"


@pytest.mark.parametrize("scheme", ["s3", "gs"])
@pytest.mark.parametrize("path", ["", "/a", "News/a", "news/a b", "news/../a", "news/ä"])
def test_a_uri_that_libraries_would_escape_differently_is_refused(scheme, path):
    with pytest.raises(TableError, match=f"write {scheme}://bucket/path"):
        store.table_root(f"{scheme}://{path}", "polls")


@pytest.mark.parametrize("output", ["s3://key:secret@news/a", "gs://news/a?secret_key=secret"])
def test_credentials_in_a_uri_are_refused_and_not_repeated(output):
    with pytest.raises(TableError) as raised:
        store.table_root(output, "polls")
    assert "secret" not in str(raised.value)


def test_delta_rs_is_told_the_endpoint_but_never_a_credential(monkeypatch):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.delenv("AWS_ENDPOINT_URL_S3", raising=False)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    assert store.storage_options("s3://news/polls") == {"conditional_put": "etag"}
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9000")
    assert store.storage_options("s3://news/polls") == {
        "conditional_put": "etag",
        "endpoint_url": "http://127.0.0.1:9000",
        "allow_http": "true",
    }
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://s3.example")
    assert store.storage_options("s3://news/polls")["endpoint_url"] == "https://s3.example"
    assert store.storage_options("/data/polls") is None


def test_delta_rs_is_told_of_an_emulator_of_cloud_storage_but_never_a_credential(monkeypatch):
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/secret.json")
    monkeypatch.delenv("STORAGE_EMULATOR_HOST", raising=False)
    assert store.storage_options("gs://news/polls") == {}
    for named in ("127.0.0.1:4443", "http://127.0.0.1:4443/"):
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", named)
        told = store.storage_options("gs://news/polls")
        account = json.loads(told.pop("service_account_key"))
        assert told == {"allow_http": "true"}
        assert account.pop("gcs_base_url") == "http://127.0.0.1:4443"
        assert account.pop("disable_oauth")
        assert set(account.values()) == {""}


def test_an_error_names_what_the_store_answered_and_no_key():
    text = (
        "Kernel error -> Generic S3 error\n  \x1b[31m↳\x1b[0m <Error><Code>InvalidAccessKeyId"
        "</Code><Message>No such key id</Message><AWSAccessKeyId>AKIA1</AWSAccessKeyId></Error>"
    )
    error = table_error("read", "s3://news/a", OSError(text))
    assert str(error) == "cannot read s3://news/a: InvalidAccessKeyId: No such key id"


def test_an_error_of_cloud_storage_is_cut_to_what_was_answered():
    text = (
        "google::cloud::Status(INVALID_ARGUMENT: Permanent error, with a last message of No token. "
        "Could not parse PEM error_info={reason=INVALID_ARGUMENT, domain=gcloud-cpp}). Detail: x"
    )
    error = table_error("read", "gs://news/a", OSError(text))
    assert str(error) == "cannot read gs://news/a: INVALID_ARGUMENT: No token. Could not parse PEM"
