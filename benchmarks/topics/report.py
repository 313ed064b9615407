"""The tables of docs/quality-topics.md."""

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.topics.labelled import DIPLOMATIC, Row, other_pages
from benchmarks.topics.score import MEASURES, Counts, Scores
from transforms.topics import Tagger

ENOUGH = 10
"""Labels from which a topic's own figures are shown."""
SPEED_CHARACTERS = 4_000
ORDER = {"": 0, "mentioned": 1, "primary": 2}


def tables(scores: Mapping[str, Scores], tagger: Tagger, rows: Sequence[Row], pages: Path) -> str:
    """All tables as Markdown."""
    first = next(iter(scores.values()))
    diplomatic = sum(article.is_diplomatic is True for article, _ in first.articles)
    disputed = sum(article.is_diplomatic is None for article, _ in first.articles)
    head = (
        f"{len(rows)} labelled articles, {diplomatic} diplomatic, {disputed} disputed; taxonomy "
        f"{tagger.taxonomy_version}, model {tagger.model_version}."
    )
    parts = (
        head,
        "\n".join(_overview(scores)),
        "\n".join(_topics(first)),
        "\n".join(_evidence(tagger, rows)),
        "\n".join(_others(tagger, pages)),
        "\n".join(_speed(tagger, rows)),
    )
    return "\n\n".join(parts)


def _overview(scores: Mapping[str, Scores]) -> Iterator[str]:
    yield "| F1 (precision, recall) | " + " | ".join((*MEASURES, "mentioned")) + " |"
    yield "| --- |" + " --- |" * (len(MEASURES) + 1)
    for name, score in scores.items():
        cells = [_cell(score.counts(measure)) for measure in MEASURES]
        yield f"| {name} | " + " | ".join((*cells, _cell(score.mentioned()))) + " |"
    first = next(iter(scores.values()))
    intervals = (first.interval(measure) for measure in MEASURES)
    cells = [f"{low:.2f} to {high:.2f}" for low, high in intervals]
    yield "| the first line's F1, 95 % of resamples | " + " | ".join((*cells, "")) + " |"


def _cell(counts: Counts) -> str:
    if not counts.tp + counts.fp:
        return "none"
    return f"**{counts.f1:.3f}** ({counts.precision:.2f}, {counts.recall:.2f})"


def _topics(score: Scores) -> Iterator[str]:
    found = sorted(score.by_topic().items(), key=lambda item: -(item[1].tp + item[1].fn))
    yield f"Topics with {ENOUGH} labels or more, cross-validated:"
    yield ""
    yield "| topic | labels | F1 (precision, recall) |"
    yield "| --- | --: | --- |"
    thin = []
    for topic, counts in found:
        labels = counts.tp + counts.fn
        if labels >= ENOUGH:
            yield f"| {topic} | {labels} | {_cell(counts)} |"
        else:
            thin.append(f"{topic} {labels}")
    yield ""
    yield "Too thin to say anything of (labels): " + ", ".join(thin) + "."


def _evidence(tagger: Tagger, rows: Sequence[Row]) -> Iterator[str]:
    tags = faithful = 0
    for row in rows:
        found = tagger.tag(row["title"], row["text"], "en")
        for topic in found.topics:
            fields = {"title": row["title"], "text": row["text"]}
            for e in topic.evidence:
                written = fields[e.field]
                fields[e.field] = written[: e.start] + " " * (e.end - e.start) + written[e.end :]
            again = tagger.tag(fields["title"], fields["text"], "en")
            left = next((t.salience for t in again.topics if t.id == topic.id), "")
            tags += 1
            faithful += ORDER[left] < ORDER[topic.salience]
    yield (
        f"Evidence: of {tags} tags, {faithful} ({faithful / tags:.1%}) are gone or demoted from "
        "primary to mentioned once the words shown for them are blanked."
    )


def _others(tagger: Tagger, folder: Path) -> Iterator[str]:
    pages = list(other_pages(folder, tagger))
    tagged = sum(bool(tagger.tag(title, text, "en").topics) for title, text in pages)
    yield (
        f"Other subjects: {tagged} of {len(pages)} English pages of the extraction sets get a "
        f"topic ({tagged / len(pages):.1%}); these are all but those that a reader of titles and "
        f"leads called diplomatic or close to it (`benchmarks/topics/{DIPLOMATIC.name}`)."
    )


def _speed(tagger: Tagger, rows: Sequence[Row]) -> Iterator[str]:
    texts = [(row["title"], row["text"][:SPEED_CHARACTERS]) for row in rows]
    best = float("inf")
    for _ in range(5):
        started = time.process_time()
        for title, text in texts:
            tagger.tag(title, text, "en")
        best = min(best, time.process_time() - started)
    mean = sum(len(text) for _, text in texts) / len(texts)
    yield (
        f"Speed: {len(texts) / best:,.0f} articles of {mean:,.0f} characters per CPU second, "
        "best of five rounds, everything on."
    )
