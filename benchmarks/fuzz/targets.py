"""What is fuzzed: each target takes bytes and raises for nothing but a fault of ours.

A target lets the documented error of its function pass (RowError; for the lists that a user writes,
their own error), and checks what has to hold of every result.
"""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

from schemas.errors import RowError
from transforms.boilerplate import clean_fragment, clean_page
from transforms.feeds import FeedListError, parse_feed
from transforms.feeds.feed_list import feeds_in
from transforms.site_rules import SiteRulesError, load_site_rules
from transforms.topics import TaxonomyError, load_taxonomy
from transforms.web import decode_body, parse_allowed_host, parse_host_mapping, url_key
from transforms.web.addresses import denied_range
from transforms.web.coding import Decoder
from transforms.web.links import MAX_URL_CHARS, resolve_link, split_link
from transforms.web.robots import MAX_CRAWL_DELAY_S, Rules
from transforms.web.statuses import charset_of

URL = "https://news.example/2026/11/a"
_CHARSETS = (None, "utf-8", "iso-8859-1", "windows-1251", "utf-16", "shift_jis", "x-unknown")
_MAX_BODY = 1_000_000


def page(data: bytes) -> None:
    """clean_page and clean_fragment: sound text or a RowError."""
    charset = _CHARSETS[data[0] % len(_CHARSETS)] if data else None
    try:
        cleaned = clean_page(data[1:], URL, charset)
    except RowError:
        return
    for text in (cleaned.title, cleaned.text, *cleaned.authors):
        text.encode("utf-8")
        assert not any(ch in text for ch in "\x00\u202e\x1b"), "dangerous characters"
    assert "\n" not in cleaned.title
    clean_fragment(data.decode("utf-8", "replace")).encode("utf-8")


def url(data: bytes) -> None:
    """url_key, split_link, resolve_link: one spelling, or bad_url."""
    text = data.decode("utf-8", "surrogateescape")  # JSON can bring lone surrogates
    try:
        resolved = resolve_link("https://news.example/dir/feed.xml", text)
    except RowError as error:
        _expect(error, "bad_url")
        return
    assert resolve_link("https://other.example/", resolved) == resolved
    key = url_key(resolved)
    assert len(key) > MAX_URL_CHARS or url_key(key) == key
    resolved.encode("utf-8")
    split_link(resolved).target.encode("ascii")


def address(data: bytes) -> None:
    """Hosts and the guard's options: an address in a URL is seen as one, in whatever spelling."""
    text = data.decode("utf-8", "replace")
    for parse in (parse_allowed_host, parse_host_mapping):
        with suppress(ValueError):
            parse(text)
    try:
        host = split_link(f"http://{text}/").host
    except RowError as error:
        _expect(error, "bad_url")
        return
    host.encode("ascii")
    try:
        ip_address(host)
    except ValueError:
        assert not host.rpartition(".")[2].isdecimal(), f"{host} may be read as an address"
        return
    denied_range(host)


def robots(data: bytes) -> None:
    """The reader of robots.txt: never fails, and never waits longer than the limit."""
    rules = Rules(data)
    assert 0 <= rules.crawl_delay_s <= MAX_CRAWL_DELAY_S
    for path in ("/", "/a/b?c=d", "/%e9%zz*$"):
        rules.allows(split_link(f"https://news.example{path}"))


def feed_list(data: bytes) -> None:
    """CSV, OPML and plain lines."""
    try:
        assert feeds_in(data, "list")
    except FeedListError:
        return


def taxonomy(data: bytes) -> None:
    """A user's taxonomy."""
    try:
        load_taxonomy(_written("taxonomy.yaml", data))
    except TaxonomyError:
        return


def site_rules(data: bytes) -> None:
    """A user's site rules."""
    try:
        load_site_rules(_written("rules.toml", data))
    except SiteRulesError:
        return


def coding(data: bytes) -> None:
    """Content codings, character sets, and the header fields that are read."""
    name, _, body = data.partition(b"\n")
    label = name.decode("latin-1")
    decode_body(body, label).encode("utf-8", "surrogatepass")
    charset_of({"content-type": label})
    try:
        decoder = Decoder(label, _MAX_BODY)
        for start in range(0, len(body), 97):
            decoder.feed(body[start : start + 97])
        assert len(decoder.finish()) <= _MAX_BODY
    except RowError as error:
        _expect(error, "bad_encoding", "too_large", "truncated")


def feed(data: bytes) -> None:
    """parse_feed, as any server may answer."""
    try:
        parsed = parse_feed(data, URL, None)
    except RowError:
        return
    for entry in parsed.entries:
        (entry.title or "").encode("utf-8")


def _expect(error: RowError, *codes: str) -> None:
    if error.code not in codes:
        raise error


def _written(name: str, data: bytes) -> Path:
    path = Path(_FOLDER.name, name)
    path.write_bytes(data)
    return path


_FOLDER = tempfile.TemporaryDirectory(prefix="communique-fuzz-")

TARGETS: dict[str, tuple[Callable[[bytes], None], str]] = {
    "page": (page, "page"),
    "url": (url, "url"),
    "address": (address, "url"),
    "robots": (robots, "robots"),
    "feed_list": (feed_list, "list"),
    "taxonomy": (taxonomy, "yaml"),
    "site_rules": (site_rules, "toml"),
    "coding": (coding, "coding"),
    "feed": (feed, "feed"),
}
"""Name -> (target, kind of its tokens)."""
