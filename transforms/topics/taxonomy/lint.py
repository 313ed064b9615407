"""What is wrong with a taxonomy that can be read: the rules that keep a long list usable.

A file that cannot be read is refused by `load_taxonomy`, at its first fault. Here all complaints
come at once.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import yaml

from transforms.topics.marked_yaml import MarkedYaml, line_of
from transforms.topics.taxonomy.codes import known_codes, unknown_codes
from transforms.topics.taxonomy.model import STRENGTHS, Taxonomy, Term, TopicDefinition
from transforms.topics.taxonomy.reading import load_taxonomy
from transforms.topics.taxonomy.terms import parse_terms

RULES = {
    "unsorted": "the terms of a list stand in the order of their characters",
    "unknown_code": "codes of other schemes exist there",
    "dead_topic": "a topic has a term that its own block terms do not cancel",
    "shared_term": "a strong or medium term of two themes has its reason under `shared_with`",
    "idle_reason": "`shared_with` names a topic of the file with which such a term is shared",
}


class Complaint(NamedTuple):
    """One thing to mend, in the order of the file."""

    line: int
    rule: str  # a key of RULES
    message: str  # what, and the way out


class _Written(NamedTuple):
    """A topic and where its parts stand in the file."""

    topic: TopicDefinition
    node: yaml.Node
    parts: dict[str, yaml.Node]
    terms: tuple[tuple[Term, int], ...]  # with their lines
    reasons: dict[str, yaml.Node]


def lint_taxonomy(path: Path) -> tuple[Complaint, ...]:
    """All complaints about a taxonomy file, by line; () if there is nothing to say.

    With `extends`, only the topics of the file itself are looked at.
    Raises: TaxonomyError for a file that cannot be read as a taxonomy.
    """
    topics = tuple(_written(MarkedYaml(path), load_taxonomy(path)))
    known = known_codes()
    found: list[Complaint] = []
    for written in topics:
        found += _unsorted(written)
        found += _unknown_codes(written, known)
        found += _dead(written)
    found += _shared(topics)
    return tuple(sorted(found))


def _written(source: MarkedYaml, taxonomy: Taxonomy) -> Iterator[_Written]:
    topics = {topic.id: topic for topic in taxonomy.topics}
    top = source.entries(source.root(), "taxonomy")
    for node in source.items(top["topics"], "topics"):
        parts = source.entries(node, "topic")
        reasons = {}
        if "shared_with" in parts:
            reasons = source.entries(parts["shared_with"], "shared_with")
        terms = tuple(
            (term, line_of(item))
            for strength in STRENGTHS
            if strength in parts
            for item in source.items(parts[strength], strength)
            for term in parse_terms(str(item.value), strength)
        )
        yield _Written(topics[parts["id"].value], node, parts, terms, reasons)


def _unsorted(written: _Written) -> Iterator[Complaint]:
    for strength in STRENGTHS:
        node = written.parts.get(strength)
        items = node.value if isinstance(node, yaml.SequenceNode) else ()
        for before, after in pairwise(items):
            if after.value < before.value:
                message = (
                    f"{strength} of {written.topic.id!r}: {after.value!r} stands after "
                    f"{before.value!r}; sort the list"
                )
                yield Complaint(line_of(after), "unsorted", message)
                break


def _unknown_codes(written: _Written, known: dict[str, dict[str, str]]) -> Iterator[Complaint]:
    lines = {node.value: line_of(node) for node in _scalars(written.node) if node.value is not None}
    for code, message in unknown_codes(written.topic.codes, known):
        yield Complaint(lines[code], "unknown_code", f"topic {written.topic.id!r}: {message}")


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _scalars(value)


def _dead(written: _Written) -> Iterator[Complaint]:
    block = [term for term, _ in written.terms if term.strength == "block"]
    if all(_is_cancelled(term, block) for term, _ in written.terms if term.strength != "block"):
        yield Complaint(
            line_of(written.node),
            "dead_topic",
            f"topic {written.topic.id!r}: each of its terms begins with one of its block terms, "
            "so it can never be found; shorten `block`",
        )


def _is_cancelled(term: Term, block: list[Term]) -> bool:
    """True if a block term stands wherever this term does, from the same character on."""
    return not term.state and all(
        any(
            pattern == stop or pattern.startswith(stop + ("" if other.any_ending else " "))
            for other in block
            if not other.state
            for stop in other.patterns
        )
        for pattern in term.patterns
    )


def _shared(topics: tuple[_Written, ...]) -> Iterator[Complaint]:
    """Terms of two themes. A theme and a situation may share: the situation is about the theme."""
    by_id = {written.topic.id: written for written in topics}
    first: dict[tuple[tuple[str, ...], bool, str], list[_Written]] = {}
    shared: set[tuple[str, str]] = set()
    for written in topics:
        for term, line in written.terms:
            if term.strength not in ("strong", "medium"):
                continue
            owners = first.setdefault((term.patterns, term.any_ending, term.state), [])
            for owner in owners:
                one, other = owner.topic, written.topic
                if owner is written or (one.id, other.id) in shared:
                    continue
                shared |= {(one.id, other.id), (other.id, one.id)}
                if one.kind == other.kind and not _has_reason(owner, written):
                    message = (
                        f"the {term.strength} term {term.text!r} of {other.id!r} is one of "
                        f"{one.id!r} too; keep one, or add `shared_with: {{{one.id}: why}}`"
                    )
                    yield Complaint(line, "shared_term", message)
            owners.append(written)
    for written in topics:
        for other_id, node in written.reasons.items():
            if other_id not in by_id or (written.topic.id, other_id) not in shared:
                message = (
                    f"topic {written.topic.id!r} gives a reason to share with {other_id!r}, "
                    "but shares no strong or medium term with such a topic; remove it"
                )
                yield Complaint(line_of(node), "idle_reason", message)


def _has_reason(one: _Written, other: _Written) -> bool:
    return other.topic.id in one.reasons or one.topic.id in other.reasons
