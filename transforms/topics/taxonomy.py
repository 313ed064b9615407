"""The taxonomy: domains, topics and the terms that speak for a topic. `load_taxonomy` checks it.

The file format is described at the top of `data/taxonomy.yaml`.
"""

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

import yaml

from transforms.topics.folding import fold
from transforms.topics.inflection import inflected
from transforms.topics.marked_yaml import MarkedYaml, line_of

PACKAGED = Path(__file__).parent / "data" / "taxonomy.yaml"
KINDS = ("theme", "situation")
STRENGTHS = ("strong", "weak", "block")
STATE = "{state}"
MAX_STATES = 5
MAX_STEMS = 2

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_TOPIC_KEYS = ("id", "parent", "kind", "label", "definition")
_TOPIC_OPTIONS = ("include", "exclude", "valid_from", "valid_to", "iptc", "gdelt", "plover")
_GATE_KEYS = ("definition", "include", "exclude", "borderline_rule")


class Term(NamedTuple):
    """A term as written, and what the matcher looks for."""

    text: str
    strength: str  # one of STRENGTHS
    patterns: tuple[str, ...]  # folded, without the star and the state
    any_ending: bool
    state: str  # "before" or "after" the pattern must stand a state; "" if none
    capitals: tuple[int, ...]  # characters of a pattern that must be capitals in the article


class TopicDefinition(NamedTuple):
    """One topic of the taxonomy."""

    id: str
    parent: str
    kind: str
    label: str
    definition: str
    needs_states: int
    terms: tuple[Term, ...]


class Taxonomy(NamedTuple):
    """A checked taxonomy. `version` is the file's own, then + and 8 hex digits of its SHA-256."""

    version: str
    domains: dict[str, str]  # id -> label
    topics: tuple[TopicDefinition, ...]


def load_taxonomy(path: Path = PACKAGED) -> Taxonomy:
    """Read and check a taxonomy file.

    Raises: TaxonomyError, which names file, line, value, rule and remedy.
    """
    source = MarkedYaml(path)
    top = source.mapping(source.root(), "taxonomy", ("version", "domains", "topics"), ("gate",))
    version = source.text(top["version"], "version")
    if "gate" in top:
        source.mapping(top["gate"], "gate", ("definition",), _GATE_KEYS)
    domains = {
        key: source.text(source.mapping(node, "domain", ("label",))["label"], "label")
        for key, node in source.entries(top["domains"], "domains").items()
    }
    topics: dict[str, TopicDefinition] = {}
    lines: dict[str, int] = {}
    for node in source.items(top["topics"], "topics"):
        topic = _topic(source, node, domains)
        if topic.id in topics:
            source.fail(
                node,
                f"the topic id {topic.id!r} stands in line {lines[topic.id]} already; "
                "ids are unique: rename or remove one",
            )
        topics[topic.id], lines[topic.id] = topic, line_of(node)
    if not topics:
        source.fail(top["topics"], "topics is empty; a taxonomy needs at least one topic")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
    return Taxonomy(f"{version}+{digest}", domains, tuple(topics.values()))


def _topic(source: MarkedYaml, node: yaml.Node, domains: dict[str, str]) -> TopicDefinition:
    options = (*_TOPIC_OPTIONS, "needs_states", *STRENGTHS)
    found = source.mapping(node, "topic", _TOPIC_KEYS, options)
    topic_id, parent, kind, label, definition = (
        source.text(found[key], key) for key in _TOPIC_KEYS
    )
    if not _ID.match(topic_id):
        source.fail(found["id"], f"the topic id {topic_id!r} must be small letters, digits and _")
    if parent not in domains:
        known = ", ".join(domains)
        source.fail(
            found["parent"],
            f"topic {topic_id!r} has the unknown parent {parent!r}; "
            f"use a domain of this file ({known}) or add it to `domains`",
        )
    if kind not in KINDS:
        source.fail(
            found["kind"],
            f"topic {topic_id!r} has the unknown kind {kind!r}; use {' or '.join(KINDS)}",
        )
    needs_states = 1
    if "needs_states" in found:
        needs_states = source.whole(found["needs_states"], "needs_states", 0, MAX_STATES)
    for key in ("iptc", "gdelt"):
        for reference in source.items(found[key], key) if key in found else ():
            source.text(reference, f"a code under {key}")
    terms = _terms(source, found, topic_id)
    if not any(term.strength != "block" for term in terms):
        source.fail(
            node,
            f"topic {topic_id!r} has no terms, so it could never be found; "
            "list some under `strong` or `weak`",
        )
    return TopicDefinition(topic_id, parent, kind, label, definition, needs_states, terms)


def _terms(source: MarkedYaml, found: dict[str, yaml.Node], topic_id: str) -> tuple[Term, ...]:
    terms: list[Term] = []
    lines: dict[tuple[tuple[str, ...], bool, str], int] = {}
    for strength in STRENGTHS:
        if strength not in found:
            continue
        nodes = source.items(found[strength], f"{strength} of {topic_id!r}")
        if not nodes:
            source.fail(
                found[strength],
                f"{strength} of topic {topic_id!r} is an empty list; "
                "list some terms or remove the line",
            )
        for node in nodes:
            text = source.text(node, f"a {strength} term of {topic_id!r}")
            try:
                term = parse_term(text, strength)
            except ValueError as error:
                source.fail(node, f"topic {topic_id!r}: {error}")
            key = (term.patterns, term.any_ending, term.state)
            if key in lines:
                source.fail(
                    node,
                    f"topic {topic_id!r} has the term {text!r} already in line {lines[key]}; "
                    "a hyphen equals a space: remove one",
                )
            lines[key] = line_of(node)
            terms.append(term)
    return tuple(terms)


def parse_term(text: str, strength: str) -> Term:
    """The term of a text as it stands in the file.

    Raises: ValueError if it could not match anything sensible; it names rule and remedy.
    """
    words = " ".join(text.split()).replace("-", " ").split(" ")
    state = ""
    if words[-1:] == [STATE]:
        state, words = "after", words[:-1]
    elif words[:1] == [STATE]:
        state, words = "before", words[1:]
    written = " ".join(words)
    capitals = tuple(at for at, character in enumerate(written) if character.isupper())
    joined = fold(written).text
    if "{" in joined or "}" in joined:
        raise ValueError(
            f"the term {text!r} has braces; only {STATE} is known, as first or last word"
        )
    any_ending = joined.endswith("*") and state != "after"
    if any_ending:
        joined = joined[:-1]
    if any("*" in word.rstrip("*") or word.endswith("**") for word in joined.split()):
        raise ValueError(f"the term {text!r} has a * inside a word; put it at the word's end")
    if joined.count("*") > MAX_STEMS:
        raise ValueError(f"the term {text!r} has more than {MAX_STEMS} stems; spell out the others")
    letters = sum(character.isalnum() for character in joined)
    if letters < 2 or not joined[:1].isalnum():
        raise ValueError(
            f"the term {text!r} must begin with a letter and have two; write a longer one"
        )
    return Term(text, strength, inflected(joined), any_ending, state, capitals)
