"""Output URIs of object stores: what is taken, and what is told to which library."""

import pytest

from transforms.tables import objects, store
from transforms.tables.errors import TableError, table_error


@pytest.mark.parametrize("output", ["s3://news/a/b", "s3://news/a/b/", "s3://news//a//b"])
def test_a_table_lies_below_the_output(output):
    assert store.table_root(output, "polls") == "s3://news/a/b/polls"


@pytest.mark.parametrize(
    "output", ["s3://", "s3:///a", "s3://News/a", "s3://news/a b", "s3://news/../a", "s3://news/ä"]
)
def test_a_uri_that_libraries_would_escape_differently_is_refused(output):
    with pytest.raises(TableError, match="write s3://bucket/path"):
        store.table_root(output, "polls")


@pytest.mark.parametrize("output", ["s3://key:secret@news/a", "s3://news/a?secret_key=secret"])
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
    assert objects.options() == {
        "conditional_put": "etag",
        "endpoint_url": "http://127.0.0.1:9000",
        "allow_http": "true",
    }
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "https://s3.example")
    assert objects.options()["endpoint_url"] == "https://s3.example"
    assert store.storage_options("/data/polls") is None


def test_an_error_names_what_the_store_answered_and_no_key():
    text = (
        "Kernel error -> Generic S3 error\n  \x1b[31m↳\x1b[0m <Error><Code>InvalidAccessKeyId"
        "</Code><Message>No such key id</Message><AWSAccessKeyId>AKIA1</AWSAccessKeyId></Error>"
    )
    error = table_error("read", "s3://news/a", OSError(text))
    assert str(error) == "cannot read s3://news/a: InvalidAccessKeyId: No such key id"
