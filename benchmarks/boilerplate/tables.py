"""The tables of docs/quality.md."""

import math
from collections.abc import Callable, Iterable, Sequence

from benchmarks.boilerplate.gold import GoldPage, language_groups
from benchmarks.boilerplate.measure import System
from benchmarks.boilerplate.summary import (
    Body,
    Judge,
    by_set,
    cost,
    days,
    empty_and_crashed,
    gives,
    mean_body,
    snippets,
    titles,
)

NONE = "–"
Scores = dict[str, dict[tuple[str, str], Body]]


def all_tables(judge: Judge, systems: Sequence[System], run: str) -> str:
    """Every table, each under its heading. Times are shown where they come from that run."""
    scores = {system.name: judge.bodies(system) for system in systems}
    systems = sorted(systems, key=lambda system: -_macro(judge, scores, system.name)[0])
    parts = [
        ("All pages", overview(judge, scores, systems, run)),
        ("Texts by set", texts_by_set(judge, scores, systems)),
        ("Texts by language", by_language(judge, scores, systems)),
        ("Titles by set", titles_by_set(judge, systems)),
        ("Days by set", days_by_set(judge, systems)),
        ("Snippets", snippets_by_set(judge, systems)),
    ]
    return "\n\n".join(f"### {heading}\n\n{table}" for heading, table in parts if table)


def overview(judge: Judge, scores: Scores, systems: Iterable[System], run: str) -> str:
    """One line a system: means of the sets' means; titles and days over all pages that have one."""
    head = ("extractor", "F1", "P", "R", "shingle F1", "title", "day right / wrong / none")
    costs = ("empty", "crash", "CPU ms mean", "p50", "p95", "times ours")
    pages = judge.pages.values()
    systems = list(systems)
    ours = next((cost(system) for system in systems if system.name == "ours"), None)
    rows = []
    for system in systems:
        counts = empty_and_crashed(system)
        spent = cost(system) if system.run == run else None
        times = [_ms(value) for value in spent] if spent else [NONE] * 3
        ratio = f"{spent.mean / ours.mean:.2f}" if spent and ours else NONE
        body = map(_share, _macro(judge, scores, system.name))
        about = (_share(titles(system, pages)), _days(days(system, pages)))
        rows.append([label(system), *body, *about, *map(str, counts), *times, ratio])
    return table((*head, *costs), rows)


def texts_by_set(judge: Judge, scores: Scores, systems: Iterable[System]) -> str:
    """Token F1 with precision and recall, and the shingle F1, in each set."""
    sets = judge.sets_with_bodies
    counts = {name: sum(key[0] == name for key in judge.pages) for name in sets}
    rows = []
    for system in systems:
        means = by_set(scores[system.name])
        rows.append([label(system), *(_text(means.get(name)) for name in sets)])
    head = [f"{name} ({counts[name]})" for name in sets]
    return table(("F1 P/R, shingle F1", *head), rows) if sets else ""


def by_language(judge: Judge, scores: Scores, systems: Iterable[System]) -> str:
    """Token F1, the mean over the pages of a language or script, all sets together."""
    groups = language_groups(judge.pages.values())
    rows = []
    for system in systems:
        bodies = scores[system.name]
        found = ([bodies[p.key] for p in pages if p.key in bodies] for pages in groups.values())
        rows.append([label(system), *(_share(mean_body(b).f1 if b else None) for b in found)])
    head = [f"{name} ({len(pages)})" for name, pages in groups.items()]
    return table(("F1", *head), rows) if groups else ""


def titles_by_set(judge: Judge, systems: Iterable[System]) -> str:
    """The share of pages with the right title, of those who give one."""
    return _by_set(judge, systems, "right title", "title", lambda *of: _share(titles(*of)))


def days_by_set(judge: Judge, systems: Iterable[System]) -> str:
    """The shares of pages with the right day, a wrong one and none, of those who give days."""
    return _by_set(judge, systems, "day right / wrong / none", "date", lambda *of: _days(days(*of)))


def snippets_by_set(judge: Judge, systems: Iterable[System]) -> str:
    """What is kept and left out where the gold has snippets in place of a text."""
    head = "snippets kept / furniture left out"
    return _by_set(judge, systems, head, "snippets", lambda *of: _days(snippets(*of)))


def _by_set(
    judge: Judge, systems: Iterable[System], head: str, field: str, cell: Callable[..., str]
) -> str:
    """A column for each set that has gold of the field; a line for each system that gives it."""
    judged: dict[str, list[GoldPage]] = {}
    for page in judge.pages.values():
        if getattr(page, field):
            judged.setdefault(page.dataset, []).append(page)
    rows = [[label(s), *(cell(s, pages) for pages in judged.values())] for s in systems]
    columns = [f"{name} ({len(pages)})" for name, pages in judged.items()]
    return table((head, *columns), [row for row in rows if set(row[1:]) != {NONE}])


def fields_given(systems: Iterable[System]) -> str:
    """One line that says who gives what within the measured time."""
    names = ("title", "date", "authors", "language")
    groups: dict[str, list[str]] = {}
    for system in systems:
        if system.run:
            given = ", ".join(name for name in names if gives(system, name)) or "nothing else"
            groups.setdefault(given, []).append(label(system))
    parts = (f"{given} ({', '.join(labels)})" for given, labels in groups.items())
    return f"Fields beside the text: {'; '.join(parts)}."


def label(system: System) -> str:
    """The name in the tables, with the version: `resiliparse 2.0.0`."""
    if system.name.startswith("ours"):
        kind = system.name.removeprefix("ours-")
        return "**Communiqué**" if kind == "ours" else f"**Communiqué** ({kind})"
    name, _, mode = system.name.partition("trafilatura-")
    return f"trafilatura {system.version} ({mode})" if mode else f"{name} {system.version}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, first column to the left, numbers to the right."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _macro(judge: Judge, scores: Scores, name: str) -> Body:
    """The mean of the sets' means; not a number where there is no set with texts."""
    means = by_set(scores[name])
    whole = means and set(means) == set(judge.sets_with_bodies)
    return mean_body(list(means.values())) if whole else Body(*[math.nan] * 4)


def _share(value: float | None) -> str:
    return NONE if value is None or math.isnan(value) else f"{value:.3f}"


def _ms(value: float) -> str:
    return f"{value:.1f}"


def _days(found: tuple[float, ...] | None) -> str:
    return " / ".join(map(_share, found)) if found else NONE


def _text(body: Body | None) -> str:
    if body is None:
        return NONE
    return f"{body.f1:.3f} {body.precision:.2f}/{body.recall:.2f}, {body.shingle_f1:.3f}"
