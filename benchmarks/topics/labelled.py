"""Labelled articles as the tagger counts them: what its weights are fitted to and scored on."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from transforms.topics import Tagger

MORE = Path(__file__).with_name("more_articles.jsonl")
DIPLOMATIC = Path(__file__).with_name("diplomatic_pages.txt")
SETS = ("natural", "syndicated")
FOLDS = 10
CUT = 6_000
"""Characters that were read of each text, as in the development set."""
SHINGLE = 5
ALIKE = 0.2
"""Share of common shingles, of the shorter article's, from which two articles are one story."""

Row = dict[str, Any]


class Labelled(NamedTuple):
    """An article with what a careful reader gave it, and what the tagger counts in it."""

    row: Row
    cluster: int
    gate: list[float]
    topics: dict[str, list[float]]
    """The counts of each topic with labels that has a term and enough actors."""

    @property
    def is_diplomatic(self) -> bool | None:
        """None where readers disagree."""
        answer: bool | None = self.row["diplomatic"]
        return answer

    def labels(self) -> Iterator[tuple[str, list[float], str]]:
        """(topic, counts, salience) of the topics in question; salience "" for a wrong one."""
        for topic, counts in self.topics.items():
            if topic not in self.row["topics_optional"]:
                yield topic, counts, self.row["topics"].get(topic, "")


def read_rows(shared: Path) -> list[Row]:
    """The labelled articles: the development set, and those labelled in more_articles.jsonl.

    `shared` holds topics/dev.jsonl and dedup/<set>/docs.jsonl. The labels of the second part are
    here, one reading by a language model under the same guideline; the texts stay where they are.
    """
    dev = (shared / "topics" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in dev]
    texts: dict[tuple[str, str], Row] = {}
    for name in SETS:
        path = shared / "dedup" / name / "docs.jsonl"
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            texts[name, article["id"]] = article
    for line in MORE.read_text(encoding="utf-8").splitlines():
        labels = json.loads(line)
        article = texts[labels["set"], labels["id"]]
        rows.append({**labels, "title": article["title"], "text": article["text"][:CUT]})
    return rows


def labelled(rows: Sequence[Row], tagger: Tagger) -> list[Labelled]:
    """The articles with what the tagger counts in them."""
    clusters = clusters_of(row["text"] for row in rows)
    articles = []
    for row, cluster in zip(rows, clusters, strict=True):
        gate, topics = tagger.counts(row["title"], row["text"])
        known = {topic: topics[topic] for topic in sorted(topics.keys() & tagger.measured_topics)}
        articles.append(Labelled(row, cluster, gate, known))
    return articles


def other_pages(folder: Path, tagger: Tagger) -> Iterator[tuple[str, str]]:
    """Title and text of the English pages of the extraction sets that are not diplomatic.

    A reader of titles and leads named the others in diplomatic_pages.txt, those close to it too.
    """
    about = set(DIPLOMATIC.read_text(encoding="utf-8").split())
    for path in sorted(folder.glob("*/gold.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            page = json.loads(line)
            title, text = page.get("title") or "", page.get("text") or ""
            is_other = text and page["id"] not in about
            if is_other and tagger.tag(title, text, page.get("lang")).level == "full":
                yield title, text


def clusters_of(texts: Iterable[str]) -> list[int]:
    """A number for each text, the same for near copies."""
    shingles = [_shingles(text) for text in texts]
    numbers = list(range(len(shingles)))
    for i, one in enumerate(shingles):
        for j in range(i):
            shorter = min(len(one), len(shingles[j]))
            if shorter and len(one & shingles[j]) >= ALIKE * shorter:
                numbers[i] = numbers[j]
                break
    return numbers


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def fold_of(cluster: int, folds: int) -> int:
    """The fold that all copies of an article are in."""
    return int(hashlib.md5(str(cluster).encode()).hexdigest(), 16) % folds
