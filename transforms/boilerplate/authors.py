"""Who wrote it: persons only, from JSON-LD, meta elements and author links."""

import re

from transforms.boilerplate.head import Head
from transforms.boilerplate.json_ld import Node, texts_of
from transforms.boilerplate.text import fold
from transforms.boilerplate.titles import one_line
from transforms.boilerplate.wire import agency_of

_META_WORDS = """
author article:author parsely-author sailthru.author dc.creator dcterms.creator byl
article:author_name cxenseparse:author twitter:creator_name citation_author
"""
_META = _META_WORDS.split()
_MAX_AUTHORS = 20
_MAX_WORDS = 5

_BY = re.compile(
    r"\A(?:(?:written|story|text|words|analysis|opinion|reviewed|posted|published) )?"
    r"(?:by|von|par|por|di|av|af|door|od|autor(?:in|a|es)?|автор|текст|przez|oleh|yazan)[\s:]+",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[,;|/&•·、，]|\s(?:and|und|et|y|e|og|och|en|i|и|ve|dan|with|mit)\s|\n)\s*",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"[@\d_<>{}\[\]]|https?:|www\.|\.(?:com|org|net|co|de|fr|tv)\b"
    r"|\b(?:staff|editors?|editorial|redaktion|redaction|rédaction|redacci[óo]n|reda[cç][aã]o"
    r"|redazione|redakcja|redactie|редакция|desk|team|reporters?|correspondents?|newsroom|news"
    r"|agenc(?:y|ies|ia|ias|e)|agenzia|agentur|service|bureau|press|media|contributors?|writers?"
    r"|admin|administrator|guest|special|unknown|anonymous|online|web|board|magazine|journal"
    r"|times|post|herald|tribune|gazette|ministry|department|office|government|embassy"
    r"|university|institute|foundation|council|company|inc|ltd|gmbh|llc|wire|wires|digital|tv"
    r"|radio|broadcasting|company|newspaper|verlag|n/?a|null|none|undefined)\b",
    re.IGNORECASE,
)
_PAREN = re.compile(r"\s*[(\[].*?[)\]]\s*")


def authors_of(head: Head, article: Node, site: str) -> tuple[str, ...]:
    """The authors in the page's order, no name twice; empty where none is known to be a person.

    JSON-LD first, then the meta elements, then links and elements marked as author: the first
    that names a person. Outlets (`site`, the publisher), agencies, desks and addresses are left
    out, and so is what has more than five words.
    """
    outlets = {fold(name) for name in (site, *texts_of(article.get("publisher"))) if name}
    outlets |= {fold(name) for name in head.meta.get("og:site_name", ())}
    sources = [_json_ld_names(article)]
    sources += [head.meta.get(name, []) for name in _META]
    sources.append(head.authors[:_MAX_AUTHORS])
    for source in sources:
        if names := _persons(source, outlets):
            return names
    return ()


def _json_ld_names(article: Node) -> list[str]:
    names = []
    for key in ("author", "creator"):
        value = article.get(key)
        for item in value if isinstance(value, list) else [value]:
            kind = str(item.get("@type")) if isinstance(item, dict) else ""
            if "Organization" not in kind and "Corporation" not in kind:
                names += texts_of(item)
    return names


def _persons(source: list[str], outlets: set[str]) -> tuple[str, ...]:
    names: dict[str, str] = {}
    for text in source:
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
