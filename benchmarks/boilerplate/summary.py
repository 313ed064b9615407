"""An extractor's answers beside the gold: the numbers of the tables."""

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchmarks.boilerplate.gold import GoldPage
from benchmarks.boilerplate.measure import Found, Key, System
from benchmarks.boilerplate.score import (
    day_of,
    overlap,
    shingles,
    snippets_found,
    title_matches,
    tokens,
)


class Body(NamedTuple):
    """Scores of one page, or means of several."""

    f1: float
    precision: float
    recall: float
    shingle_f1: float


class Days(NamedTuple):
    """Shares of the pages whose day is known."""

    right: float
    wrong: float
    none: float


class Cost(NamedTuple):
    """CPU milliseconds a page, decoding included."""

    mean: float
    p50: float
    p95: float


class Judge:
    """The gold pages, taken apart into tokens once."""

    def __init__(self, pages: Iterable[GoldPage]) -> None:
        self.pages = {page.key: page for page in pages}
        self._gold = {
            key: tokens(page.text) for key, page in self.pages.items() if page.text is not None
        }

    @property
    def sets(self) -> list[str]:
        """The names of all sets."""
        return list(dict.fromkeys(dataset for dataset, _ in self.pages))

    @property
    def sets_with_bodies(self) -> list[str]:
        """The names of the sets that have gold texts."""
        return list(dict.fromkeys(dataset for dataset, _ in self._gold))

    def bodies(self, system: System) -> dict[Key, Body]:
        """The score of each page that has a gold text and an answer."""
        return {key: self._body(key, found) for key, found in system.found.items() if key in self}

    def __contains__(self, key: Key) -> bool:
        return key in self._gold

    def _body(self, key: Key, found: Found) -> Body:
        got, wanted = tokens(found.text), self._gold[key]
        precision, recall, f1 = overlap(got, wanted)
        return Body(f1, precision, recall, overlap(shingles(got), shingles(wanted)).f1)


def mean_body(bodies: Sequence[Body]) -> Body:
    """The mean of each score. Raises: StatisticsError for no pages."""
    return Body(*(statistics.fmean(column) for column in zip(*bodies, strict=True)))


def by_set(bodies: dict[Key, Body]) -> dict[str, Body]:
    """The mean over each set's pages."""
    sets = defaultdict(list)
    for (dataset, _), body in bodies.items():
        sets[dataset].append(body)
    return {dataset: mean_body(scores) for dataset, scores in sets.items()}


def titles(system: System, pages: Iterable[GoldPage]) -> float | None:
    """The share of pages with the right title; None for who gives none, or nothing to judge."""
    if not gives(system, "title"):
        return None
    right = [
        title_matches(system.found[page.key].title, page.title)
        for page in pages
        if page.title and page.key in system.found
    ]
    return statistics.fmean(right) if right else None


def days(system: System, pages: Iterable[GoldPage]) -> Days | None:
    """How often the day is right, wrong, or not given; None as in `titles`."""
    if not gives(system, "date"):
        return None
    pairs = [
        (day_of(system.found[page.key].date), page.date)
        for page in pages
        if page.date and page.key in system.found
    ]
    if not pairs:
        return None
    right = sum(found == wanted for found, wanted in pairs)
    none = sum(found is None for found, _ in pairs)
    counts = (right, len(pairs) - right - none, none)
    return Days(*(count / len(pairs) for count in counts))


def snippets(system: System, pages: Iterable[GoldPage]) -> tuple[float, float] | None:
    """The shares of the snippets that are kept and of the furniture that is left out."""
    kept: list[bool] = []
    furniture: list[bool] = []
    for page in pages:
        if page.snippets and page.key in system.found:
            text = system.found[page.key].text
            kept += snippets_found(text, page.snippets)
            furniture += snippets_found(text, page.furniture)
    if not kept:
        return None
    return statistics.fmean(kept), 1.0 - statistics.fmean(furniture or [0.0])


def cost(system: System) -> Cost | None:
    """The times of the pages that did not crash; None where no time was taken."""
    times = sorted(found.ms for found in system.found.values() if found.ms is not None)
    if not times:
        return None
    return Cost(statistics.fmean(times), statistics.median(times), times[95 * len(times) // 100])


def gives(system: System, field: str) -> bool:
    """Whether it offers the field at all."""
    return any(field in found.gives for found in system.found.values())


def empty_and_crashed(system: System) -> tuple[int, int]:
    """Pages for which the answer has no text, and pages for which there was no answer."""
    crashed = sum(found.crashed for found in system.found.values())
    return sum(not found.text.strip() for found in system.found.values()) - crashed, crashed
