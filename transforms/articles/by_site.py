"""Articles of one site wait for each other: only together do they show the site's furniture."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Generic, TypeVar

from transforms.articles.clean import MIN_WORDS, Cleaned, with_text
from transforms.boilerplate import PlacedText, without_furniture

MAX_WAITING = 24_000_000
"""Characters that may wait: 2,000 articles, the most that a pass admits, at 10,000 of text each.

A news article has about 5,000.
"""

_ROW = 2_000  # an article's other columns, in characters, about

T = TypeVar("T")


class Waiting(Generic[T]):
    """Rows by site, at most so many characters of them.

    Above that it lets go of whole sites, the one first that has had no new row for the longest
    time: it is the likeliest to be complete.
    """

    def __init__(self, max_chars: int = MAX_WAITING) -> None:
        self._max_chars = max_chars
        self._chars = 0
        self._sites: dict[Hashable, list[tuple[T, int]]] = {}

    def add(self, site: Hashable, row: T, chars: int) -> Iterator[list[T]]:
        """Keeps a row with a text of so many characters. The rows of each site that must go."""
        rows = self._sites.pop(site, [])
        rows.append((row, chars + _ROW))
        self._sites[site] = rows  # now the last one to go
        self._chars += chars + _ROW
        while self._chars > self._max_chars:
            yield self._let_go()

    def let_all_go(self) -> Iterator[list[T]]:
        """The rows of each site. Each is forgotten as it goes."""
        while self._sites:
            yield self._let_go()

    def _let_go(self) -> list[T]:
        rows = self._sites.pop(next(iter(self._sites)))
        self._chars -= sum(chars for _, chars in rows)
        return [row for row, _ in rows]


def settle(site: Sequence[Cleaned], min_words: int = MIN_WORDS) -> list[Cleaned]:
    """The articles of one site without the site's furniture, in their order.

    An article that would have fewer than `min_words` words left stays as it is: better furniture
    than no article.
    """
    texts = without_furniture([PlacedText(row.article.text or "", row.places) for row in site])
    return [
        row if text == row.article.text else _unless_thin(row, text, min_words)
        for row, text in zip(site, texts, strict=True)
    ]


def _unless_thin(row: Cleaned, text: str, min_words: int) -> Cleaned:
    article = with_text(row.article, text)
    return row if article.word_count < min_words else row._replace(article=article, places=())
