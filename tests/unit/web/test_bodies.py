"""Bytes to characters, content codings, Retry-After, robots rules: the small pure parts."""

import gzip
import subprocess
import sys
import zlib
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import RowError
from transforms.web import decode_body
from transforms.web.coding import Decoder
from transforms.web.retry import backoff_s, parse_retry_after

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
RUSSIAN = "Министр иностранных дел заявил, что переговоры продолжатся в Женеве"


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        ("é".encode(), None, "é"),
        ("é".encode(), "iso-8859-1", "é"),
        ("é".encode("latin-1"), "ISO-8859-1", "é"),
        (b"\x80", "latin1", "€"),
        (b"\xef\xbb\xbfx", "utf-16", "x"),
        ("é".encode("utf-16"), None, "é"),
        ("é".encode("utf-16-le"), "utf-16", "é"),
        (RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN),
        (RUSSIAN.encode("cp1251"), '"CP1251"', RUSSIAN),
        (RUSSIAN.encode("cp1251"), None, RUSSIAN),
        (RUSSIAN.encode("cp1251"), "x-klingon", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "utf-8", RUSSIAN),
        (RUSSIAN.encode("koi8-r"), "rot13", RUSSIAN),
        ("外交".encode("gb18030"), "gb2312", "外交"),
        ("外交部長".encode("cp932"), "Shift_JIS", "外交部長"),
        ("外交".encode("iso2022_jp"), "iso-2022-jp", "外交"),
        (b"+ADw-script+AD4-", "utf-7", "+ADw-script+AD4-"),
        (b"a\x00b", None, "a\x00b"),
        (b"", None, ""),
    ],
)
def test_characters_are_found(body, charset, text):
    assert decode_body(body, charset) == text


@pytest.mark.parametrize(
    "head",
    ["<meta charset=windows-1251>", '<META http-equiv=x content="text/html; charset=windows-1251">',
     '<?xml version="1.0" encoding="windows-1251"?>'],
)  # fmt: skip
def test_documents_say_their_own_charset(head):
    document = f"{head}<p>Ж"
    assert decode_body(document.encode("cp1251"), None) == document


def test_a_few_bad_bytes_do_not_change_the_charset():
    assert (
        decode_body("über ".encode() * 9 + b"\xc0\xaf\xff", "utf-8") == "über " * 9 + "\ufffd" * 3
    )


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "cp1251", "utf-16", "", "\x00"]))
def test_no_bytes_fail(body, charset):
    assert isinstance(decode_body(body, charset), str)


def decoded(coding, body, max_bytes=1_000_000, step=7):
    decoder = Decoder(coding, max_bytes)
    for start in range(0, len(body), step):
        decoder.feed(body[start : start + step])
    return decoder.finish()


@given(st.binary(max_size=300), st.integers(1, 40))
def test_codings_are_undone_whatever_the_chunks(body, step):
    bare = zlib.compressobj(wbits=-15)
    bare = bare.compress(body) + bare.flush()
    assert decoded("", body, step=step) == body
    assert decoded("GZIP", gzip.compress(body), step=step) == body
    assert decoded("identity, x-gzip", gzip.compress(body) * 2 + b"\0\0", step=step) == body * 2
    assert decoded("deflate", zlib.compress(body), step=step) == body
    assert decoded("deflate", bare, step=step) == body
    assert decoded("gzip, deflate", zlib.compress(gzip.compress(body)), step=step) == body


@pytest.mark.parametrize(
    ("coding", "body", "code"),
    [
        ("gzip", gzip.compress(b"x" * 99)[:-1], "truncated"),
        ("gzip", b"\x1f", "truncated"),
        ("gzip", gzip.compress(b"x") * 65, "bad_encoding"),
        ("gzip", gzip.compress(b"x")[:-8] + bytes(8), "bad_encoding"),
        ("gzip", gzip.compress(bytes(1_000_001)), "too_large"),
        ("deflate", b"\x00\x00\x00\xff\xff" * 250_000, "too_large"),
        ("gzip, gzip, gzip", b"", "bad_encoding"),
        ("zstd", b"", "bad_encoding"),
    ],
)
def test_broken_and_boundless_codings_are_refused(coding, body, code):
    with pytest.raises(RowError) as refused:
        decoded(coding, body, step=65_536)
    assert refused.value.code == code


def test_an_empty_body_may_call_itself_gzip():
    assert decoded("gzip", b"") == b""


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("Sun, 01 Mar 2026 12:01:00 GMT", 60.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("99999999999999999999", 86_400.0),
        ("Sun, 01 Mar 2099 12:00:00 GMT", 86_400.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_forms(value, seconds):
    assert parse_retry_after(value, NOW) == seconds


def test_backoff_doubles_and_half_of_it_is_chance():
    assert [backoff_s(1, tries, 1.0) for tries in (1, 2, 3)] == [1, 2, 4]
    assert backoff_s(1, 1, 0.0) == 0.5


def test_the_pure_names_do_not_import_the_network():
    code = "import sys, transforms.web; print({'aiohttp', 'tld', 'idna', 'protego'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"
