"""Furniture: paragraphs that a site prints word for word, at one place, on article after article.

A page alone cannot show it: "Support local journalism" reads like a sentence of the article until
the next article has it too. Whatever is unclear stays: a line of furniture in a text does little
harm, a paragraph of the article lost does much.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from transforms.boilerplate.blocks import Containers, Layout

MIN_STORIES = 3
"""Two may share a paragraph because one is an update of the other."""

MIN_STORIES_LONG = 6
LONG_CHARS = 300
"""A longer paragraph is more often background that an editor repeats. Of 93 lines of furniture on
development pages of 67 sites, read greedily, the longest had 212 characters."""

ONE_IN = 10
"""At least one in so many of a site's stories. A template repeats its lines, an editor only now and
then: without it any phrase would be furniture on a day with 500 articles."""

MAX_REPEATED = 0.3
"""Share of a text's characters. A text with more of it repeated is a copy, not an article with
furniture: it is left whole and is no witness against others."""

_TELLING = 3  # by so many of its longest paragraphs an article is known
_END = 2  # so many unrepeated paragraphs may follow on furniture that stands in the body
_DEPTH = 4
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

Line = tuple[str, str]
"""A place and the paragraph that stands there."""


class PlacedText(NamedTuple):
    """A page's text, and the place of each of its paragraphs."""

    text: str
    """Paragraphs with one empty line between two, none twice."""
    places: tuple[str, ...]


def places_of(text: str, layout: Layout) -> tuple[str, ...]:
    """For each paragraph of a text the innermost containers it stands in: `article/div.1/ul/li`.

    A number is the evidence of the element's names (`hints`). "" for a paragraph that is not a
    block of the layout as it stands: text from elsewhere. () for no text.
    """
    if not text:
        return ()
    containers: dict[str, int] = {}
    for block in layout.blocks:
        containers.setdefault(block.text, block.container)
    paths: dict[int, str] = {}
    places: list[str] = []
    for paragraph in text.split("\n\n"):
        at = containers.get(paragraph)
        if at is None:  # a table row: its first cell tells the place
            at = containers.get(paragraph.partition(" | ")[0], -1)
        if at not in paths:
            paths[at] = _path(layout.containers, at)
        places.append(paths[at])
    return tuple(places)


def _path(containers: Containers, at: int) -> str:
    names: list[str] = []
    while at >= 0 and len(names) < _DEPTH:
        hint = containers.hints[at]
        names.append(f"{containers.tags[at]}.{hint}" if hint else containers.tags[at])
        at = containers.parents[at]
    return "/".join(reversed(names))


def without_furniture(pages: Sequence[PlacedText]) -> list[str]:
    """The texts of one site's pages without their furniture, in the order of the pages.

    What happens to a text depends on which pages there are, never on their order. A text without
    furniture comes back as it is. Fewer than `MIN_STORIES` pages have none.
    """
    lines = [_lines_of(page) for page in pages]
    counts = Counter(chain.from_iterable(lines))
    repeated = {line for line, pages_with_it in counts.items() if pages_with_it >= MIN_STORIES}
    if not repeated:
        return [page.text for page in pages]
    loose = [_loose(of_page, repeated) for of_page in lines]
    furniture = _furniture_of(lines, loose, repeated)
    return [
        _cut(page.text, of_page, at_ends & furniture)
        for page, of_page, at_ends in zip(pages, lines, loose, strict=True)
    ]


def _lines_of(page: PlacedText) -> list[Line]:
    if not page.text:
        return []
    return list(zip(page.places, page.text.split("\n\n"), strict=True))


def _loose(lines: list[Line], repeated: set[Line]) -> set[Line]:
    """The repeated lines of a page that can be furniture by where they stand.

    In the body that is the end alone: a repeated paragraph in the middle is background, one at the
    start an address such as "Ladies and gentlemen". Elsewhere it is anywhere, if all that stands
    there together is repeated: of a list of states no single one is furniture.
    """
    sizes: dict[str, int] = defaultdict(int)
    for place, paragraph in lines:
        sizes[place] += len(paragraph)
    body = max(sizes, key=lambda place: (sizes[place], place), default="")
    loose: set[Line] = set()
    after = 0
    for place, together in groupby(reversed(lines), key=itemgetter(0)):
        group = list(together)
        if place not in (body, ""):
            if repeated.issuperset(group):
                loose.update(group)
            else:
                after += len([line for line in group if line not in repeated])
            continue
        for line in group:
            if line not in repeated:
                after += 1
            elif after <= _END:
                loose.add(line)
    return loose


def _furniture_of(
    lines: list[list[Line]], loose: list[set[Line]], repeated: set[Line]
) -> set[Line]:
    """The loose lines that stand in enough different stories, for the stories with that place."""
    witnesses = [i for i, page in enumerate(lines) if _share(page, repeated) < MAX_REPEATED]
    stories = _stories(
        [[p for place, p in lines[i] if (place, p) not in repeated] for i in witnesses]
    )
    with_line: dict[Line, set[int]] = defaultdict(set)
    with_place: dict[str, set[int]] = defaultdict(set)
    for i, story in zip(witnesses, stories, strict=True):
        for line in loose[i]:
            with_line[line].add(story)
        for place, _ in lines[i]:
            with_place[place].add(story)
    return {
        line
        for line, found in with_line.items()
        if len(found) >= _stories_needed(line, len(with_place[line[0]]))
    }


def _stories_needed(line: Line, with_place: int) -> int:
    least = MIN_STORIES_LONG if len(line[1]) > LONG_CHARS else MIN_STORIES
    return max(least, -(-with_place // ONE_IN))


def _stories(pages: list[list[str]]) -> list[int]:
    """The story of each page, as a number: pages that share a longest paragraph tell one.

    Such are regional editions, print views and updates.
    """
    of_page = list(range(len(pages)))

    def story_of(page: int) -> int:
        while of_page[page] != page:
            of_page[page] = of_page[of_page[page]]
            page = of_page[page]
        return page

    first: dict[str, int] = {}
    for page, paragraphs in enumerate(pages):
        for paragraph in nlargest(_TELLING, paragraphs, key=lambda p: (len(p), p)):
            of_page[story_of(page)] = story_of(first.setdefault(paragraph, page))
    return [story_of(page) for page in range(len(pages))]


def _share(lines: list[Line], some: set[Line]) -> float:
    """Share of a page's characters that stand in `some` lines; 1.0 for an empty page."""
    size = sum(len(paragraph) for _, paragraph in lines)
    part = sum(len(line[1]) for line in lines if line in some)
    return part / size if size else 1.0


def _cut(text: str, lines: list[Line], furniture: set[Line]) -> str:
    """The text without furniture; a heading goes only with what stands under it."""
    kept: list[str] = []
    follows = False
    for line in reversed(lines):
        is_furniture = line in furniture and not (follows and _is_heading(line[0]))
        if not is_furniture:
            kept.append(line[1])
        follows = not is_furniture
    is_copy = _share(lines, set(lines) & furniture) >= MAX_REPEATED
    return text if is_copy or len(kept) == len(lines) else "\n\n".join(reversed(kept))


def _is_heading(place: str) -> bool:
    return place.rpartition("/")[2].partition(".")[0] in _HEADINGS
