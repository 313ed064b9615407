"""The HTML of a feed entry as plain text, by beautifulsoup4: small, broken, often escaped twice."""

import re
from collections.abc import Iterator
from html import unescape

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from schemas.errors import RowError
from transforms.boilerplate.limits import refuse_monsters
from transforms.boilerplate.lines import FURNITURE, kinds_of_lines
from transforms.boilerplate.markup import markup_of
from transforms.boilerplate.text import fold, plain

_MAX_CHARS = 500_000
_DROPPED_WORDS = """
script style noscript template iframe object embed svg form button select textarea figcaption
video audio
"""
_DROPPED = frozenset(_DROPPED_WORDS.split())
_BLOCKS_WORDS = """
p div section article header footer h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre table tr
figure hr br main aside details summary center
"""
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_ANY_TAG = re.compile(r"<[a-zA-Z/!]")
_COMMON = r"/?(?:p|div|br|a|img|b|i|strong|em|ul|li|span|h\d)\b"
_COMMON_TAG = re.compile(f"<{_COMMON}", re.IGNORECASE)
_ESCAPED_TAG = re.compile(f"&lt;{_COMMON}", re.IGNORECASE)
_TRAILER = re.compile(
    r"\s*(?:The post|Der Beitrag|L'article|L’article|La entrada|O post|L'articolo|El artículo|Wpis"
    r"|Запись|Сообщение|Artikel)\s.{1,400}?\s(?:appeared first on|erschien zuerst auf"
    r"|est apparu en premier sur|aparece primero en|se publicó primero en|apareceu primeiro em"
    r"|proviene da|sembra essere il primo su|pochodzi z serwisu|впервые появилась на)\s.{1,200}\Z",
    re.DOTALL,
)
# Only after the end of a sentence: people do read more books.
_MORE = re.compile(
    r"(?:\A|(?<=[.!?…。»”\"'\])])|[\[(]?(?:…|\.\.\.)[\])]?)\s*"
    r"[\[(]?(?:continue reading|read more|read the rest|read the full (?:story|article)"
    r"|keep reading|weiterlesen|lire la suite|seguir leyendo"
    r"|leer más|leia mais|continua a leggere|leggi tutto|czytaj dalej|читать далее|阅读全文"
    r"|続きを読む)[^.\n]{0,200}\Z",
    re.IGNORECASE,
)


def clean_fragment(html: str) -> str:
    """The text of a feed entry's HTML: paragraphs with an empty line between two; "" for none.

    Dropped: scripts, styles, forms, pictures (so tracking pixels), captions, the WordPress trailer
    (`The post ... appeared first on ...`), a "Read more" at the end, lines that are furniture.
    Markup that was escaped once too often is read as markup. Only the first 500,000 characters
    are read, and none of markup beyond the limits of a page. No paragraph comes twice. Never fails.
    """
    html = html[:_MAX_CHARS]
    if not _ANY_TAG.search(html) and _ESCAPED_TAG.search(html):
        html = unescape(html)
    paragraphs = [plain(line) for line in _lines_of(html)]
    kinds = kinds_of_lines(paragraphs)
    kept: dict[str, str] = {}
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        text = _MORE.sub("", _TRAILER.sub("", paragraph)) if paragraph else ""
        if text and not kind & FURNITURE:
            kept.setdefault(fold(text) or text, text)
    return "\n\n".join(kept.values())


def plain_line(html: str, limit: int) -> str:
    """One plain line of at most `limit` characters, cut at a word with `…`; "" for nothing.

    For titles and summaries, which may hold markup and entities, escaped once or twice: what is
    left after the first reading is markup only if it has one of the common tags.
    """
    text = " ".join(_lines_of(html[:_MAX_CHARS]))
    if _COMMON_TAG.search(text) and text.count("<") == text.count(">"):
        text = " ".join(_lines_of(text))
    text = _TRAILER.sub("", plain(text)).strip()
    if len(text) <= limit:
        return text
    cut = text[: max(0, limit - 1)]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:-–—") + "…"


def _lines_of(html: str) -> list[str]:
    """The texts between block-level boundaries, in order, none empty."""
    if "<" not in html and "&" not in html:
        return [line for line in re.split(r"\n\s*\n", html) if line.strip()]
    soup = _parsed(html)
    lines = "".join(_pieces(soup)).split("\0")
    return [line for line in lines if line.strip()]


def _parsed(html: str) -> BeautifulSoup:
    """The fragment as another parser reads it; nothing of one above the limits of a page."""
    html = html.replace("\0", "")
    try:
        refuse_monsters(html)
    except RowError:
        return BeautifulSoup("", "html.parser")
    tree = LexborHTMLParser(html, options=LexborDocumentOptions.WO_EVENTS)
    return BeautifulSoup(markup_of(tree) or "", "html.parser")


def _pieces(soup: BeautifulSoup) -> Iterator[str]:
    """Texts, and a NUL at each boundary. By links between nodes: depth costs no stack."""
    node: PageElement | None = soup.contents[0] if soup.contents else None
    while node is not None:
        if isinstance(node, Tag):
            if node.name in _DROPPED:
                node = _after(node)
                continue
            if node.name in _BLOCKS:
                yield "\0"
        elif type(node) is NavigableString:  # not a comment, CDATA or doctype
            yield node.replace("\0", " ")
            if node.next_sibling is None and _closes_block(node):
                yield "\0"
        node = node.next_element


def _after(node: PageElement) -> PageElement | None:
    """The next node that is not inside of `node`."""
    at: PageElement | None = node
    while at is not None and at.next_sibling is None:
        at = at.parent
    return at.next_sibling if at is not None else None


def _closes_block(node: PageElement) -> bool:
    parent = node.parent
    while parent is not None and parent.name not in _BLOCKS:
        if parent.next_sibling is not None:
            return False
        parent = parent.parent
    return parent is not None
