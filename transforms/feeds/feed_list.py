"""read_feed_list: the feeds to poll, from CSV, OPML or plain lines."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from schemas.errors import UsageError
from schemas.feed import Feed
from transforms.feeds.kinds import KINDS, kind_of
from transforms.feeds.links import is_web
from transforms.feeds.opml import OpmlError, outlines
from transforms.feeds.text import language_of

DEFAULT_LIST = "feeds.csv"
_COUNTRY = re.compile(r"[A-Za-z]{2,3}\Z")


class FeedListError(UsageError, ValueError):
    """A feed list cannot be used: the message names file, line, value, rule and remedy."""


class _Line(NamedTuple):
    """What a list says of one feed, and where."""

    number: int
    fields: dict[str, str]


def read_feed_list(path: Path | None) -> list[Feed]:
    """The feeds of a list, in its order; None is the packaged list of diplomatic feeds.

    The format is told by the content: OPML; CSV with a header line that has `url` and may have
    `name, country, language, kind` in any order (other columns are ignored; "," ";" or tab); or
    one URL a line, with blank lines and `#` comments. UTF-8, with or without byte order mark. A
    feed that is listed twice with the same fields is one feed.

    Raises: FeedListError, and OSError if the file cannot be read.
    """
    if path is None:
        packaged = resources.files("transforms.feeds") / "data" / DEFAULT_LIST
        return feeds_in(packaged.read_bytes(), DEFAULT_LIST)
    return feeds_in(path.read_bytes(), str(path))


def write_csv(feeds: Iterable[Feed]) -> str:
    """The feeds as CSV with the header `url,name,country,language,kind`, in their order.

    What is unknown is empty. `feeds_in` gives back what was written.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(Feed._fields)
    writer.writerows([value or "" for value in feed] for feed in feeds)
    return stream.getvalue()


def merged(known: Iterable[Feed], others: Iterable[Feed]) -> tuple[list[Feed], int]:
    """(`known`, then those of `others` whose address is not among them; how many those are)."""
    feeds = {feed.url: feed for feed in known}
    before = len(feeds)
    for feed in others:
        feeds.setdefault(feed.url, feed)
    return list(feeds.values()), len(feeds) - before


def feeds_in(content: bytes, name: str) -> list[Feed]:
    """The feeds in the `content` of a list; `name` is what messages call it.

    Raises: FeedListError.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        raise FeedListError(
            f"{name}:{number}: byte {content[error.start : error.start + 1]!r} is not UTF-8, as a "
            f"feed list must be; save the file as UTF-8"
        ) from None
    feeds: dict[str, tuple[int, Feed]] = {}
    for line in _lines(text, name):
        feed = _feed(line, name)
        first, known = feeds.setdefault(feed.url, (line.number, feed))
        if known != feed:
            raise FeedListError(
                f'{name}:{line.number}: "{feed.url}" is also on line {first}, with other fields; '
                f"a feed has one entry: delete one of them"
            )
    if not feeds:
        raise FeedListError(f"{name}: no feed in the list; write one URL a line, CSV or OPML")
    return [known for _, known in feeds.values()]


def _lines(text: str, name: str) -> Iterator[_Line]:
    if text.lstrip().startswith("<"):
        try:
            yield from map(_Line._make, outlines(text))
        except OpmlError as error:
            raise FeedListError(f"{name}:{error.line}: {error}") from None
        return
    first = next((line for line in text.splitlines() if _is_content(line)), "")
    delimiter = next((d for d in ",;\t" if d in first), None)
    if "://" in first or (delimiter is None and first.strip().lower() != "url"):
        for number, line in enumerate(text.splitlines(), start=1):
            if _is_content(line):
                yield _Line(number, {"url": line.strip()})
        return
    yield from _csv_lines(text, delimiter or ",", name)


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _csv_lines(text: str, delimiter: str, name: str) -> Iterator[_Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    end = 0
    try:
        for cells in reader:
            start, end = end + 1, reader.line_num
            if not any(cell.strip() for cell in cells) or cells[0].lstrip().startswith("#"):
                continue
            if header is None:
                header = _header(cells, f"{name}:{start}")
            elif len(cells) > len(header):
                raise FeedListError(
                    f"{name}:{start}: {len(cells)} cells, but the header has {len(header)} "
                    f'columns; quote a cell that holds "{delimiter}"'
                )
            else:
                yield _Line(start, dict(zip(header, (c.strip() for c in cells), strict=False)))
    except csv.Error as error:
        raise FeedListError(
            f"{name}:{reader.line_num}: not CSV: {error}; check the quotes"
        ) from None


def _header(cells: list[str], where: str) -> list[str]:
    header = [cell.strip().lower() for cell in cells]
    if "url" not in header:
        raise FeedListError(
            f'{where}: the header "{",".join(cells)[:200]}" has no column "url"; add it'
        )
    for column in header:
        if column and header.count(column) > 1:
            raise FeedListError(
                f'{where}: the header has the column "{column}" twice; rename or delete one'
            )
    return header


def _feed(line: _Line, name: str) -> Feed:
    fields = {column: value for column, value in line.fields.items() if value}
    url = fields.get("url", "")
    if not is_web(url) or re.search(r"\s", url):
        raise FeedListError(
            f'{name}:{line.number}: "{url[:200]}" is not an http(s) URL; write the address of the '
            f"feed itself, such as https://news.example/rss.xml"
        )
    language, country, kind = (fields.get(key) for key in ("language", "country", "kind"))
    if language is not None and language_of(language) is None:
        raise FeedListError(
            f'{name}:{line.number}: language "{language[:60]}" is not a language code (BCP '
            f'47); write "en" for English, or leave it empty'
        )
    if country is not None and not _COUNTRY.match(country):
        raise FeedListError(
            f'{name}:{line.number}: country "{country[:60]}" is not a code of letters (ISO 3166-1, '
            f'or UN, EU, INT); write "FR" for France, or leave it empty'
        )
    if kind is not None and kind_of(kind) is None:
        raise FeedListError(
            f'{name}:{line.number}: kind "{kind[:60]}" is not known; write one of '
            f"{', '.join(sorted(KINDS))}, or leave it empty"
        )
    return Feed(
        url=url,
        name=fields.get("name"),
        country=country.upper() if country else None,
        language=language_of(language),
        kind=kind_of(kind) if kind else None,
    )
