"""How an index of articles gives itself away: its name, its address, its run of teasers."""

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from transforms.boilerplate.blocks import Block
from transforms.boilerplate.head import Head
from transforms.boilerplate.identity import is_same_page
from transforms.boilerplate.json_ld import Node

_TEASER = 450
"""Characters; a run of text up to this long may be a teaser: 98 % of 861 articles have a longer
one, 55 words (what WordPress cuts an excerpt to) have 350."""

_MIN_LINK = 5
_MIN_HEADLINE = 20
_LONG_HEADLINE = 30
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WIDE = re.compile("[\u3040-\u9fff\uac00-\ud7af]")

_INDEX_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"(CollectionPage|SearchResultsPage|ProfilePage)"')
_ARTICLE_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"\w*Article"')
_META = ("parsely-type", "parsely-page-type", "cxenseparse:pageclass", "page-type", "pagetype")
_META_VALUES_WORDS = """
frontpage front home homepage index section sectionpage category tag author search archive topic
listing
"""
_META_VALUES = frozenset(_META_VALUES_WORDS.split())
_ARCHIVES = frozenset({"category", "tag", "author", "date"})
"""With `archive` among the classes of <body>: an archive of WordPress (`get_body_class`)."""

_LISTS_WORDS = """
tag tags category categories author authors search topic topics label labels keyword keywords
writers contributors rubrik thema themen autor autoren schlagwort stichwort suche kategorie
etiqueta etiquetas categoria categorias tema temas autores buscar buscador busca pesquisa rubrique
auteur auteurs mot-cle mots-cles recherche etichetta autore ricerca cerca kategoria kategorier
tagi autorzy szukaj zoeken etiket yazar yazarlar arama sok haku emne emner amne
"""
_LISTS = frozenset(_LISTS_WORDS.split())
_TRACKING = re.compile(r"(?:^|&)(?:utm_\w*|fbclid|gclid|ref|src|source|from|cmp|at_\w+)=[^&]*")
_QUERY = re.compile(r"(?:^|&)(?:q|s|query|search|keywords?)=[^/&]+(?:&|$)", re.IGNORECASE)
_HOME = re.compile(
    r"/*(?:(?:index|default|home|homepage|main)(?:\.\w{2,5})?|[a-z]{2}(?:[-_][a-z]{2})?)?/*\Z",
    re.IGNORECASE,
)
_SLUG = re.compile(r"\d{3}|-[^/]*-[^/]*-|_[^/]*_|[^/]{30}|\.(?!html?$|php$|aspx?$)\w{3,5}$")
_YEAR = re.compile(r"/\d{4}/")
_PAGE_NUMBER = re.compile(r"/(?:page|seite|p)/?\d{1,4}/?\Z")


class Runs(NamedTuple):
    """The kept text of a page as it stands between its linked headlines."""

    lengths: list[int]
    """Characters of each run; those of Chinese, Japanese and Korean count three."""
    links: int
    """Linked headlines of the whole page."""

    @property
    def longest(self) -> int:
        """Characters of the longest run, 0 without text."""
        return max(self.lengths, default=0)

    @property
    def teasers(self) -> float:
        """Share of the text that is in runs no longer than a teaser (450), 0.0 without text."""
        total = sum(self.lengths)
        short = sum(length for length in self.lengths if length <= _TEASER)
        return short / total if total else 0.0


def runs_of(blocks: list[Block], kept: list[bool]) -> Runs:
    """The runs of a page: text goes on until a headline that is a link to somewhere else.

    An article is one run, or a few long ones; an index is many short ones.
    """
    lengths: list[int] = []
    run = links = 0
    for block, keep in zip(blocks, kept, strict=True):
        text, linked = block.text, block.linked
        if linked >= _MIN_LINK and linked >= 0.8 * len(text) and _is_headline(block):
            links += 1
            if run:
                lengths.append(run)
                run = 0
        elif keep:
            run += _width(text) - linked
    if run:
        lengths.append(run)
    return Runs(lengths, links)


def index_named(url: str, head: Head, body_class: str) -> str | None:
    """What names the page an index: its meta elements, the classes of <body>, its address."""
    for name in _META:
        if name in head.meta and (value := head.meta[name][0].lower()) in _META_VALUES:
            return f"its meta element {name}, {value!r}"
    names = set(body_class.split())
    if "single" not in names and (
        names & {"search-results", "search-no-results"}
        or ("archive" in names and names & _ARCHIVES)
        or {"home", "blog"} <= names
    ):
        return f"the classes of its <body>, {body_class[:80]!r}"
    return _index_address(url)


def index_in_json_ld(head: Head) -> str | None:
    """What type of the JSON-LD names the page an index, None if none does.

    Only for a page without an article in its JSON-LD: an article may be part of a CollectionPage.
    """
    matches = (_INDEX_TYPE.search(block) for block in head.json_ld)
    return next((f"its JSON-LD, a {match[1]}" for match in matches if match), None)


def is_one_of_many(url: str, head: Head, article: Node) -> bool:
    """True if the JSON-LD object is just the first of three or more articles that a page lists."""
    if not article or sum(len(_ARTICLE_TYPE.findall(block)) for block in head.json_ld) < 3:
        return False
    stated = [article.get(name) for name in ("url", "mainEntityOfPage", "@id")]
    links = [value.get("@id") if isinstance(value, dict) else value for value in stated]
    return not any(is_same_page(url, link) for link in links if isinstance(link, str))


def is_like_article(url: str, blocks: list[Block]) -> bool:
    """True if the address (a date, a number, many words) or an <h1> is as only articles have it."""
    try:
        link = urlsplit(url)
    except ValueError:
        return True
    path = unquote(link.path).rstrip("/")
    if _TRACKING.sub("", link.query) or _YEAR.search(path) or _SLUG.search(path.rpartition("/")[2]):
        return True
    return any(
        block.tag == "h1" and not block.linked and _width(block.text) >= _LONG_HEADLINE
        for block in blocks
    )


def _index_address(url: str) -> str | None:
    """What in a URL leads to an index: no path (a home page), `/tag/x`, `/?s=x`."""
    try:
        link = urlsplit(url)
    except ValueError:
        return None
    if not link.netloc:
        return None
    query = _TRACKING.sub("", link.query)
    if _HOME.match(link.path) and (not query or _QUERY.search(query)):
        return f"its address, that of a {'search' if query else 'home page'}"
    path = _PAGE_NUMBER.sub("", link.path).rstrip("/").lower()
    before, _, last = path.rpartition("/")
    if last in _LISTS or (before.rpartition("/")[2] in _LISTS and not _SLUG.search(last)):
        return f"its address, {path[:80]!r}"
    return None


def _is_headline(block: Block) -> bool:
    return block.tag in _HEADINGS or _width(block.text) >= _MIN_HEADLINE


def _width(text: str) -> int:
    return len(text) if text.isascii() else len(text) + 2 * len(_WIDE.findall(text))
