"""JSON-LD as sites really write it: the one object that describes this page's article."""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, NamedTuple

Node = dict[str, Any]

_MAX_CHARS = 2_000_000
_MAX_NODES = 20_000
_DEPTH_OF_LISTS = 1_000

_WRAPPERS = re.compile(r"<!--|-->|//\s*<!\[CDATA\[|//\s*\]\]>|<!\[CDATA\[|\]\]>")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_MISSING_COMMA = re.compile(r"(?<=[}\]])(?=\s*\{)")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")

_PAGES = frozenset({"WebPage", "ItemPage", "AboutPage", "MedicalWebPage"})
_ARTICLES = frozenset({"BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "Article"})
# Under these names stand other articles, not the page's own.
_OF_OTHERS_WORDS = """
itemListElement relatedLink citation isPartOf mentions about comment recordedIn subjectOf
isBasedOn review liveBlogUpdate
"""
_OF_OTHERS = frozenset(_OF_OTHERS_WORDS.split())
_REFERENCES = ("author", "creator", "publisher", "sourceOrganization", "provider")


class _Found(NamedTuple):
    node: Node
    is_other: bool


def article_of(blocks: list[str], is_this_page: Callable[[str], bool]) -> Node:
    """The JSON-LD object of the page's article, {} if there is none.

    Of several, the one whose URL or @id is this page (`is_this_page`); else the first that is not
    inside a list or a reference to other articles; else a WebPage that has a date. Lists, @graph
    and nesting in any order are taken, references to authors and publisher resolved; broken JSON
    is mended where the fault is a known one and left out otherwise.
    """
    named: dict[str, Node] = {}
    found = [item for block in blocks for item in _articles_in(_parsed(block), named)]
    return _resolved(_chosen(found, is_this_page), named)


def _chosen(found: list[_Found], is_this_page: Callable[[str], bool]) -> Node:
    articles = [item.node for item in found if _is_article(item.node)]
    if len(articles) > 1:
        for node in articles:
            if any(is_this_page(url) for url in _urls_of(node)):
                return node
    own = [item.node for item in found if not item.is_other]
    own.sort(key=lambda node: not _is_article(node))
    return own[0] if own else {}


def _resolved(article: Node, named: dict[str, Node]) -> Node:
    """The article with the persons and outlets in place of references to their `@id`."""
    resolved: Node = {}
    for name in _REFERENCES:
        value = article.get(name)
        if isinstance(value, dict) and "name" not in value:
            resolved[name] = named.get(str(value.get("@id")), value)
        elif isinstance(value, list):
            resolved[name] = [
                named.get(str(item.get("@id")), item)
                if isinstance(item, dict) and "name" not in item
                else item
                for item in value[:_DEPTH_OF_LISTS]
            ]
    return article | resolved


def texts_of(value: Any) -> list[str]:
    """The strings in a value: itself, its `name`, or those of the items of a list. In order.

    A person may have `givenName` and `familyName` for a name.
    """
    texts = []
    for item in value if isinstance(value, list) else [value]:
        text = _name_of(item) if isinstance(item, dict) else item
        texts += [t for t in (text if isinstance(text, list) else [text]) if isinstance(t, str)]
    return [unescape(text).strip() for text in texts]


def _name_of(node: Node) -> Any:
    parts = (node.get("givenName"), node.get("familyName"))
    return node.get("name") or " ".join(part for part in parts if isinstance(part, str))


def text_of(node: Node, *names: str) -> str:
    """The first string that one of the properties holds, entities unescaped; "" if none does."""
    for name in names:
        for text in texts_of(node.get(name)):
            if text:
                return text
    return ""


def kinds_of(node: Node) -> list[str]:
    """The types without their namespace: `https://schema.org/NewsArticle` is a `NewsArticle`."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind.rpartition("/")[2] for kind in kinds if isinstance(kind, str)]


def _parsed(block: str) -> Any:
    """The JSON value of a script, None where it cannot be read."""
    if len(block) > _MAX_CHARS:
        return None
    values = (_loaded(mend(block)) for mend in (str.strip, _mended, _mended_twice))
    return next((value for value in values if value is not None), None)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, strict=False)  # line breaks inside of strings are common
    except (ValueError, RecursionError):
        return None


def _mended(block: str) -> str:
    plain = _WRAPPERS.sub("", _without_comments(block))
    return _TRAILING_COMMA.sub("", plain).strip().rstrip(";")


def _without_comments(block: str) -> str:
    """The text without `/* ... */`. By hand: a pattern looks for the end of each open one anew.

    60 kB of `/* ` took that pattern 14 s.
    """
    kept, at = [], 0
    while (start := block.find("/*", at)) >= 0 and (end := block.find("*/", start + 2)) >= 0:
        kept.append(block[at:start])
        at = end + 2
    return "".join([*kept, block[at:]])


def _mended_twice(block: str) -> str:
    """Also: `&quot;` for quotes, objects one after another, backslashes before other letters."""
    text = _BAD_ESCAPE.sub(r"\\\\", _mended(block))
    if '"' not in text and "&quot;" in text:
        text = unescape(text)
    return "[" + _MISSING_COMMA.sub(",", text) + "]"


def _articles_in(value: Any, named: dict[str, Node]) -> Iterator[_Found]:
    """All article objects in document order, without recursion; fills in `named` by `@id`."""
    waiting: list[tuple[Any, bool]] = [(value, False)]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        item, is_other = waiting.pop()
        if isinstance(item, list):
            waiting.extend((child, is_other) for child in reversed(item[:_DEPTH_OF_LISTS]))
        elif isinstance(item, dict):
            if "@id" in item and "name" in item:
                named.setdefault(str(item["@id"]), item)
            if _is_article(item) or (_is_a(item, _PAGES) and "datePublished" in item):
                yield _Found(item, is_other)
            inner = [
                (child, is_other or name in _OF_OTHERS)
                for name, child in item.items()
                if isinstance(child, dict | list)
            ]
            waiting.extend(reversed(inner))


def _is_article(node: Node) -> bool:
    return _is_a(node, _ARTICLES) or any(kind.endswith("Article") for kind in kinds_of(node))


def _is_a(node: Node, kinds: frozenset[str]) -> bool:
    return any(kind in kinds for kind in kinds_of(node))


def _urls_of(node: Node) -> Iterator[str]:
    for name in ("url", "mainEntityOfPage", "@id"):
        value = node.get(name)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value
