"""Why a text carries its tags, for people: every tag with the words that prove it."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.text import Text

from pipelines.commands.terminal import printable
from schemas.article import Article, Country, Dyad, Evidence, Topic

MAX_CONTEXT = 200
"""Code points shown on either side of a quote, where its sentence is longer."""

MAX_QUOTES = 5
"""Proofs shown for a tag; `--json` has them all."""

if TYPE_CHECKING:
    from transforms.topics import NearMiss, Tagging

# A sentence ends in front of white space after an end mark, closing quotes included; an empty line
# ends one too. Good enough to read by: "Mr. Smith" is cut, which costs context, not truth.
_SENTENCE_END = re.compile(r"(?<=[.!?…][\"'”’»)\]])\s+|(?<=[.!?…])\s+|(?<=[。！？])|\n\s*\n")


class Tags(NamedTuple):
    """The tags of one text, whether they were just found or were read from a table."""

    title: str
    text: str
    diplomatic: bool
    score: float
    level: str
    topics: Sequence[Topic]
    countries: Sequence[Country]
    organisations: Sequence[str]
    dyads: Sequence[Dyad]

    @classmethod
    def of_article(cls, article: Article) -> "Tags":
        """The tags that an article carries."""
        return cls(
            title=article.title,
            text=article.text or "",
            diplomatic=article.diplomatic,
            score=article.diplomatic_score,
            level=article.tagging_level,
            topics=article.topics,
            countries=article.countries,
            organisations=article.organisations,
            dyads=article.dyads,
        )

    @classmethod
    def of_tagging(cls, title: str, text: str, found: "Tagging") -> "Tags":
        """The tags that were just found in a title and a text."""
        return cls(
            title=title,
            text=text,
            diplomatic=found.diplomatic,
            score=found.score,
            level=found.level,
            topics=found.topics,
            countries=found.countries,
            organisations=found.organisations,
            dyads=found.dyads,
        )


def topic_labels(taxonomy: Path | None) -> dict[str, str]:
    """Topic id -> its label for people, by a taxonomy file or the packaged one."""
    from transforms.topics import load_taxonomy

    loaded = load_taxonomy() if taxonomy is None else load_taxonomy(taxonomy)
    return {topic.id: topic.label for topic in loaded.topics}


def print_tags(tags: Tags, labels: Mapping[str, str], console: Console) -> None:
    """The gate, then topics, countries, organisations and dyads, with their proofs.

    `labels` names topic ids for people; an id without a label stands alone.
    """
    gate = "yes" if tags.diplomatic else "no"
    _line(
        console,
        "Diplomatic",
        f"{gate}, score {tags.score:.2f} (tagging of this language: {tags.level})",
    )
    _heading(console, "Topics", tags.topics)
    for topic in tags.topics:
        name = f"{topic.id} ({labels[topic.id]})" if topic.id in labels else topic.id
        console.print(
            Text.assemble("  ", (name, "bold"), f"  {topic.salience}, score {topic.score:.2f}")
        )
        _print_proofs(tags, topic.evidence, console)
    _heading(console, "Countries", tags.countries)
    for country in tags.countries:
        words = dict.fromkeys(_words(item) for item in country.evidence)
        line = f"  {country.code}  {country.role}: {_few(list(words))}"
        console.print(printable(line))
    _line(console, "Organisations", ", ".join(tags.organisations) or "none")
    _heading(console, "Dyads", tags.dyads)
    for dyad in tags.dyads:
        for item in dyad.evidence[:MAX_QUOTES]:  # whole sentences: there is nothing to mark
            sentence = _one_line(item.quote) if item.quote else _words(item)
            console.print(f"  {dyad.a}-{dyad.b}  {item.field}: {sentence}")


def print_near_misses(
    misses: "Sequence[NearMiss]", labels: Mapping[str, str], console: Console
) -> None:
    """The topics that were not given, and what each lacks."""
    _heading(console, "Near misses", misses)
    for miss in misses:
        console.print(f"  {_named(miss.id, labels)}  score {miss.score:.2f}: {miss.reason}")


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """(start, end) of the sentences that hold text[start:end], white space around them left out."""
    first, last = 0, len(text)
    for mark in _SENTENCE_END.finditer(text):
        if mark.end() <= start:
            first = mark.end()
        elif mark.start() >= end:
            last = mark.start()
            break
    return first, last


def marked(sentence: str, start: int, end: int, *, styled: bool) -> Text:
    """The sentence with sentence[start:end] in bold, or in brackets where there are no styles.

    It is one line; of a long one MAX_CONTEXT code points stay on either side, cut between words.
    """
    before, words, after = (
        _one_line(part) for part in (sentence[:start], sentence[start:end], sentence[end:])
    )
    if len(before) > MAX_CONTEXT:
        before = "… " + before[-MAX_CONTEXT:].partition(" ")[2]
    if len(after) > MAX_CONTEXT:
        after = after[:MAX_CONTEXT].rpartition(" ")[0] + " …"
    if styled:
        return Text.assemble(before, (words, "bold reverse"), after)
    return Text(f"{before}[{words}]{after}")


def _print_proofs(tags: Tags, evidence: Sequence[Evidence], console: Console) -> None:
    for item in evidence[:MAX_QUOTES]:
        line = Text(f"    {item.field}: ")
        line.append_text(_proof(tags, item, styled=console.is_terminal))
        line.append(f"  (rule: {printable(item.rule)})", style="dim")
        console.print(line)
    if len(evidence) > MAX_QUOTES:
        console.print(f"    and {len(evidence) - MAX_QUOTES} more")


def _proof(tags: Tags, item: Evidence, *, styled: bool) -> Text:
    """The sentence with the words; of a text that is not stored the words, or where they stood."""
    source = tags.title if item.field == "title" else tags.text
    if item.end > len(source):
        return Text(_words(item))
    first, last = sentence_span(source, item.start, item.end)
    return marked(source[first:last], item.start - first, item.end - first, styled=styled)


def _words(item: Evidence) -> str:
    if item.quote is None:
        return f"characters {item.start} to {item.end}, not stored"
    return f'"{_one_line(item.quote)}"'


def _named(topic_id: str, labels: Mapping[str, str]) -> str:
    return f"{topic_id} ({labels[topic_id]})" if topic_id in labels else topic_id


def _heading(console: Console, name: str, items: Sequence[object]) -> None:
    _line(console, name, "" if items else "none")


def _line(console: Console, name: str, value: str) -> None:
    line = Text.assemble((f"{name}:", "bold"), f" {printable(value)}" if value else "")
    console.print(line)


def _few(items: Sequence[str]) -> str:
    more = len(items) - MAX_QUOTES
    return ", ".join(items[:MAX_QUOTES]) + (f" and {more} more" if more > 0 else "")


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", printable(text))
