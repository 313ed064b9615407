"""The headline: what the page's several titles agree on, without the outlet's name."""

import re
from html import unescape

from transforms.boilerplate.head import Head
from transforms.boilerplate.json_ld import Node, kinds_of, text_of
from transforms.boilerplate.text import fold, plain

_MAX_TITLE = 500
_MAX_HEADINGS = 5
_MIN_LETTERS = 4
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_NUMERIC = re.compile(r"&#(?:\d{1,7}|x[0-9a-fA-F]{1,6});")
_WORD = re.compile(r"[^\W_]+")
_SEPARATOR = re.compile(r"\s*[|｜»]\s*|\s+(?:::|[-–—·•«/:~]+)\s+|\s*_+\s*(?=\w)")
_CONFIRMED = 0.4
"""Least share of another title that an <h1> inside of it makes up."""
_SIMILAR = 0.25
"""Least share of common words (Jaccard) of an <h1> and a title that mean the same.

Source: of 679 pages of the development sets, 0.15, 0.2, 0.25, 0.3 and 0.5 get 0.876, 0.879, 0.876,
0.870 and 0.859 right, no such rule 0.851. Taken from the upper half of the best: further down, the
<h1> of another part of the page gets in.
"""


def title_of(head: Head, article: Node, headings: list[str], site: str) -> str:
    """The article's title on one line, "" if the page has none.

    `headings` are the texts of the <h1> elements, `site` the outlet's name or domain label. In this
    order: an <h1> that og:title repeats; the headline of a JSON-LD NewsArticle, which newsrooms
    write (other types are filled by plug-ins); an <h1> that any title of the page contains, or has
    words in common with, for it is what readers see; og:title, the JSON-LD headline, a lone <h1>,
    the other titles, each without the outlet's name.
    """
    names = {
        fold(name) for name in (site, _first(head, "og:site_name"), text_of(article, "publisher"))
    } - {""}
    social = one_line(_first(head, "og:title"))
    shown = [line for text in headings[:_MAX_HEADINGS] if _is_title(line := one_line(text), names)]
    repeated = next((line for line in shown if fold(line) == fold(social)), "")
    if repeated:
        return _best_spelling(repeated, [social])
    stated = [
        without_outlet(text, names)
        for text in (
            social,
            one_line(text_of(article, "headline") or text_of(article, "name")),
            one_line(_first(head, "twitter:title")),
            one_line(head.title),
        )
    ]
    if _is_news(article) and _is_title(stated[1], names):
        return _best_spelling(stated[1], [*shown, *stated])
    return _best_spelling(_chosen(stated, shown, names), [*shown, *stated])


def _chosen(stated: list[str], shown: list[str], names: set[str]) -> str:
    lone = shown if len(shown) == 1 else []
    others = (*stated[:2], *lone, *stated[2:], *shown)
    return _confirmed(shown, stated) or next(
        (text for text in others if text and fold(text) not in names), ""
    )


def _is_news(article: Node) -> bool:
    return any("News" in kind for kind in kinds_of(article))


def one_line(text: str) -> str:
    """Plain text on one line, at most 500 characters, markup inside of it removed."""
    if "<" in text:
        text = _TAGS.sub(" ", text)
    if "&#" in text:  # escaped twice: nobody writes of `&#8217;`
        text = _NUMERIC.sub(lambda match: unescape(match[0]), text)
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


def _is_title(text: str, names: set[str]) -> bool:
    key = fold(text)
    return len(key) >= _MIN_LETTERS and key not in names


def _confirmed(shown: list[str], stated: list[str]) -> str:
    """The first <h1> inside of one of the titles, else the first that is similar to one."""
    keys = [fold(text) for text in stated]
    for line in shown:
        key = fold(line)
        if any(key in other and len(key) >= _CONFIRMED * len(other) for other in keys):
            return line
    words = [_words(text) for text in stated]
    for line in shown:
        own = _words(line)
        if any(len(own & other) >= _SIMILAR * len(own | other) for other in words if other):
            return line
    return ""


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _best_spelling(title: str, spellings: list[str]) -> str:
    """The same title as another place spells it: not in capitals, and with most spaces.

    A style sheet may break an <h1> in lines that have no space between them.
    """
    key = fold(title)
    same = [text for text in spellings if len(text) >= len(title) and fold(text) == key]
    return min(same, key=lambda text: (text.isupper(), -text.count(" ")), default=title)


def _first(head: Head, name: str) -> str:
    values = head.meta.get(name)
    return values[0] if values else ""
