"""The headline: what the page's several titles agree on, without the outlet's name."""

import re

from transforms.boilerplate.head import Head
from transforms.boilerplate.json_ld import Node, text_of
from transforms.boilerplate.text import fold, plain

_MAX_TITLE = 500
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SEPARATOR = re.compile(r"\s+[|\-–—·•»«/:~]+\s+|\s*[|｜»]\s*|\s*_+\s*(?=\w)|\s+::\s+")


def title_of(head: Head, article: Node, headings: list[str], site: str) -> str:
    """The article's title on one line, "" if the page has none.

    `headings` are the texts of the <h1> elements, `site` the outlet's name or domain label. An
    <h1> that the title of the head, og:title or the JSON-LD headline confirms is the headline as
    readers see it; else og:title, else the JSON-LD headline, else the one <h1>, else <title>.
    """
    stated = [
        one_line(text)
        for text in (
            _first(head, "og:title"),
            text_of(article, "headline", "name"),
            _first(head, "twitter:title"),
            head.title,
        )
    ]
    names = {
        fold(name) for name in (site, _first(head, "og:site_name"), _publisher(article)) if name
    }
    headlines = [one_line(text) for text in headings[:5]]
    for headline in headlines:
        if _is_confirmed(headline, stated) and fold(headline) not in names:
            return headline
    shortened = [without_outlet(text, names) for text in stated]
    alone = [h for h in headlines if fold(h) not in names] if len(headlines) == 1 else []
    candidates = [*shortened[:2], *alone, *shortened[2:], *headlines]
    return next((text for text in candidates if text and fold(text) not in names), "")


def one_line(text: str) -> str:
    """Plain text on one line, at most 500 characters, markup inside of it removed."""
    if "<" in text:
        text = _TAGS.sub(" ", text)
    return plain(text)[:_MAX_TITLE].strip()


def without_outlet(title: str, names: set[str]) -> str:
    """The title without a first or last part that names the outlet: `Talks - BBC` -> `Talks`.

    `names` are folded. Parts are cut from the end as long as one is a name or holds one, and from
    the beginning only where the part is exactly a name. The headline itself is never cut away.
    """
    pieces = list(_SEPARATOR.finditer(title))
    for gap in reversed(pieces):
        tail = fold(title[gap.end() :])
        is_name = any(tail == name or (len(name) > 3 and name in tail) for name in names)
        if not is_name or not title[: gap.start()].strip() or len(tail) > 60:
            break
        title = title[: gap.start()].rstrip()
    if pieces and fold(title[: pieces[0].start()]) in names and pieces[0].end() < len(title):
        title = title[pieces[0].end() :]
    return title


def _is_confirmed(headline: str, stated: list[str]) -> bool:
    key = fold(headline)
    if len(key) < 4:
        return False
    return any(key in fold(text) and len(key) >= 0.4 * len(fold(text)) for text in stated)


def _first(head: Head, name: str) -> str:
    values = head.meta.get(name)
    return values[0] if values else ""


def _publisher(article: Node) -> str:
    return text_of(article, "publisher")
