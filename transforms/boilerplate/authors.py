"""Who wrote it: persons only, from JSON-LD, meta elements, author links and bylines."""

import re
from collections.abc import Iterable, Iterator

from transforms.boilerplate.head import Head
from transforms.boilerplate.json_ld import Node, texts_of
from transforms.boilerplate.months import GREGORIAN
from transforms.boilerplate.text import fold
from transforms.boilerplate.titles import one_line
from transforms.boilerplate.wire import agency_of

_META_WORDS = """
author article:author parsely-author sailthru.author dc.creator dcterms.creator byl article_author
articleauthor article:author_name cxenseparse:author twitter:creator_name
"""
_META = _META_WORDS.split()
_FAMILY_FIRST_META = ("citation_author", "dc.creator", "dcterms.creator")
"""Written `Quill, Ada`. Source: the indexing guidelines of Google Scholar."""
_MAX_AUTHORS = 20
_MAX_WORDS = 5

_BY_WORDS = (
    r"(?:by|von|par|por|di|av|af|door|od|autor(?:in|a|es)?|auteurs?|автор|текст|przez|oleh|yazan)"
)
_BY = re.compile(
    r"\A(?:(?:written|story|text|words|analysis|opinion|posted|published) )?"
    rf"{_BY_WORDS}(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:written|words|story|article|text|posted|analysis)\s)?"
    rf"{_BY_WORDS}(?:\s*:\s*|\s+|(?<=By)(?=[A-Z][a-z]+\s[A-Z]))(?P<names>\w.*)\Z",
    re.IGNORECASE,
)
_BYLINE_LABEL = re.compile(
    rf"(?:(?:(?:written|story|article|posted) )?{_BY_WORDS}|authors?(?: of the article)?)\s*:?\Z",
    re.IGNORECASE,
)
_AFTER_NAMES = re.compile(
    r"\s*(?:[|•·→]|[-–—]\s|\d)|\s(?:on|in|für|for|pour|para|published|updated|posted)\s",
    re.IGNORECASE,
)
_MAX_BYLINE = 80
_SPLIT = re.compile(
    r"\s*(?:[,;|/&•·、，]|\s(?:and|und|et|y|e|og|och|en|i|и|ve|dan|with|mit)\s|\n)\s*",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"[@\d_<>{}\[\]=»]|https?:|www\.|\.(?:com|org|net|co|de|fr|tv|io)\b"
    r"|\b(?:staff|editors?|editorial|redaktion|redaction|rédaction|redacci[óo]n|reda[cç][aã]o"
    r"|redazione|redakcja|redactie|редакция|desk|team|reporters?|correspondents?|newsroom|news"
    r"|agenc(?:y|ies|ia|ias|e)|agenzia|agentur|service|bureau|press|media|contributors?|writers?"
    r"|admin|administrator|guest|special|unknown|anonymous|online|web|board|magazine|journal"
    r"|times|post|herald|tribune|gazette|ministry|department|office|government|embassy"
    r"|university|institute|foundation|council|company|inc|ltd|gmbh|llc|wire|wires|digital|tv"
    r"|radio|broadcasting|newspaper|verlag|directors?|managers?|ceo|cto|founder|analysts?|of|the"
    r"|about|authors?|more|bio|photos?|by|updated|nachrichten|presse|zeitung|n/?a|null|none"
    r"|undefined)\b|\A(?:ph\.?d|md|dvm|mba|rn|mph|jd|esq|rdn?|dr|prof)\.?\Z",
    re.IGNORECASE,
)
_PAREN = re.compile(r"\s*[(\[].*?[)\]]\s*")


def authors_of(head: Head, article: Node, site: str, lines: Iterable[str] = ()) -> tuple[str, ...]:
    """The authors in the page's order, no name twice; empty where none is known to be a person.

    JSON-LD first, then the meta elements, then links and elements marked as author, then `By ...`
    in the `lines` around the headline, then those lines whose class says author: the first that
    names a person. Outlets (`site`, the publisher), agencies, desks and addresses are left out,
    and so is what has more than five words.
    """
    outlets = {fold(name) for name in (site, *texts_of(article.get("publisher"))) if name}
    outlets |= {fold(name) for name in head.meta.get("og:site_name", ())}
    found = (_persons(source, outlets) for source in _sources(head, article, lines) if source)
    return next(filter(None, found), ())


def _sources(head: Head, article: Node, lines: Iterable[str]) -> Iterator[list[str]]:
    yield _json_ld_names(article)
    for name in _FAMILY_FIRST_META:
        yield _given_first(head.meta.get(name, []))
    for name in _META:
        yield head.meta.get(name, [])
    around = list(lines)
    places = [fold(line) for line in around]
    yield _located(head.authors, places) or head.authors
    yield _bylines(around)
    yield _located(head.bylines, places)


def _json_ld_names(article: Node) -> list[str]:
    names = []
    for key in ("author", "creator"):
        value = article.get(key)
        for item in value if isinstance(value, list) else [value]:
            kind = str(item.get("@type")) if isinstance(item, dict) else ""
            if "Organization" not in kind and "Corporation" not in kind:
                names += texts_of(item)
    return names


def _given_first(names: list[str]) -> list[str]:
    """`Quill, Ada` turned around; nothing where a name is not written so."""
    pairs = [name.split(",") for name in names]
    if any(len(pair) != 2 for pair in pairs):
        return []
    return [f"{given.strip()} {family.strip()}" for family, given in pairs]


def _located(texts: list[str], places: list[str]) -> list[str]:
    """Those of the texts that stand around the headline: others are of other articles."""
    keys = [(text, fold(text)) for text in texts]
    return [text for text, key in keys if len(key) > 2 and any(key in place for place in places)]


def _bylines(lines: list[str]) -> list[str]:
    """What follows `By` in the first line that begins so, or stands below a line that is `By`."""
    is_label = False
    for line in lines:
        match = _BYLINE.match(line) if len(line) <= _MAX_BYLINE else None
        if is_label or match:
            names = _without_date(match["names"] if match else line)
            if _is_capitalised(names):
                return [names]
        is_label = _BYLINE_LABEL.match(line) is not None
    return []


def _without_date(line: str) -> str:
    """`Ada Quill May 5, 2024` -> `Ada Quill`."""
    cut = _AFTER_NAMES.search(line)
    if cut is None:
        return line
    words = line[: cut.start()].split()
    is_month = words and words[-1].strip(".,").casefold() in GREGORIAN
    return " ".join(words[:-1] if is_month else words)


def _is_capitalised(names: str) -> bool:
    """True if no more words begin with a small letter than names have: `von`, `de la`, `and`."""
    words = [word for word in names.split() if word[0].isalpha()]
    small = sum(1 for word in words if word[0].islower())
    return bool(words) and not words[0][0].islower() and 2 * small <= len(words)


def _persons(source: list[str], outlets: set[str]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for text in source[: 2 * _MAX_AUTHORS]:
        if "://" in text:
            continue  # a profile page
        line = _PAREN.sub(" ", _BY.sub("", one_line(text)))
        for part in _SPLIT.split(line[:300]):
            name = _BY.sub("", part).strip(" .,-–—:*'\"").removesuffix(" 기자")
            if is_person(name) and fold(name) not in outlets:
                names.setdefault(fold(name), name)
    return tuple(names.values())[:_MAX_AUTHORS]


def is_person(name: str) -> bool:
    """True for what can be a person's name: two letters to five words, no desk, no address."""
    if not 2 <= len(name) <= 60 or len(name.split()) > _MAX_WORDS:
        return False
    return not _NO_PERSON.search(name) and agency_of(name) is None and any(map(str.isalpha, name))
