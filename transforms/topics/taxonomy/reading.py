"""A taxonomy file, read and checked. Its format is described at the top of `data/taxonomy.yaml`."""

import datetime as dt
import hashlib
import re
from pathlib import Path

import yaml

from transforms.topics.marked_yaml import MarkedYaml, line_of
from transforms.topics.taxonomy.model import (
    KINDS,
    STATUSES,
    STRENGTHS,
    UNMEASURED,
    Codes,
    Taxonomy,
    Term,
    TopicDefinition,
)
from transforms.topics.taxonomy.terms import parse_terms

PACKAGED = Path(__file__).parents[1] / "data" / "taxonomy.yaml"
PACKAGED_NAME = "packaged"
MAX_STATES = 5

_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_TOPIC_KEYS = ("id", "parent", "kind", "label", "definition")
_CODE_KEYS = ("iptc", "gdelt", "plover")
_DATES = ("valid_from", "valid_to")
_TOPIC_OPTIONS = (
    *("include", "exclude", "status", *_DATES, "needs_states", "shared_with"),
    *_CODE_KEYS,
    *STRENGTHS,
)
_GATE_KEYS = ("definition", "include", "exclude", "borderline_rule")
_PLOVER_KEYS = ("events", "modes", "contexts")

_Known = dict[tuple[tuple[str, ...], bool, str], tuple[int, str]]
"""What a topic looks for -> the line that says so first, and its strength."""


def load_taxonomy(path: Path = PACKAGED) -> Taxonomy:
    """Read and check a taxonomy file.

    A file with `extends: packaged` adds its domains and topics to the packaged ones; a topic with
    the id of a packaged one stands in its place. Without it, the file replaces the packaged one.
    Raises: TaxonomyError, which names file, line, value, rule and remedy.
    """
    source = MarkedYaml(path)
    options = ("gate", "extends", "domains")
    top = source.mapping(source.root(), "taxonomy", ("version", "topics"), options)
    version = source.text(top["version"], "version")
    if "gate" in top:
        source.mapping(top["gate"], "gate", ("definition",), _GATE_KEYS)
    base = _base(source, top)
    domains = dict(base.domains)
    if "domains" in top:
        domains |= {
            key: source.text(source.mapping(node, "domain", ("label",))["label"], "label")
            for key, node in source.entries(top["domains"], "domains").items()
        }
    topics = {topic.id: topic for topic in base.topics}
    lines: dict[str, int] = {}
    for node in source.items(top["topics"], "topics"):
        topic = _topic(source, node, domains)
        if topic.id in lines:
            source.fail(
                node,
                f"the topic id {topic.id!r} stands in line {lines[topic.id]} already; "
                "ids are unique: rename or remove one",
            )
        topics[topic.id], lines[topic.id] = topic, line_of(node)
    if not lines:
        source.fail(top["topics"], "topics is empty; a taxonomy needs at least one topic")
    digest = hashlib.sha256(base.version.encode() + path.read_bytes()).hexdigest()[:8]
    return Taxonomy(f"{version}+{digest}", domains, tuple(topics.values()))


def _base(source: MarkedYaml, top: dict[str, yaml.Node]) -> Taxonomy:
    """The taxonomy that a file builds on; one without topics if it stands alone."""
    if "extends" not in top:
        if "domains" not in top:
            source.fail(
                top["topics"],
                "the taxonomy has no domains, which its topics must name as parents; add "
                f"`domains:`, or `extends: {PACKAGED_NAME}` to use those of the packaged taxonomy",
            )
        return Taxonomy("", {}, ())
    name = source.text(top["extends"], "extends")
    if name != PACKAGED_NAME:
        source.fail(
            top["extends"],
            f"extends is {name!r}; it can only be {PACKAGED_NAME!r}: "
            "remove the line if the file is to stand alone",
        )
    return load_taxonomy(PACKAGED)


def _topic(source: MarkedYaml, node: yaml.Node, domains: dict[str, str]) -> TopicDefinition:
    found = source.mapping(node, "topic", _TOPIC_KEYS, _TOPIC_OPTIONS)
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
    _one_of(source, found, "kind", KINDS)
    needs_states = 1
    if "needs_states" in found:
        needs_states = source.whole(found["needs_states"], "needs_states", 0, MAX_STATES)
    reasons = source.entries(found["shared_with"], "shared_with") if "shared_with" in found else {}
    terms = _terms(source, node, found, topic_id)
    include, exclude = (_optional_text(source, found, key) for key in ("include", "exclude"))
    return TopicDefinition(
        *(topic_id, parent, kind, label, definition, needs_states, terms, include, exclude),
        status=_one_of(source, found, "status", STATUSES) if "status" in found else UNMEASURED,
        valid_from=_date(source, found, "valid_from"),
        valid_to=_date(source, found, "valid_to"),
        codes=_codes(source, found),
        written=tuple(
            (strength, tuple(str(node.value) for node in source.items(found[strength], strength)))
            for strength in STRENGTHS
            if strength in found
        ),
        shared_with=tuple(
            (other, source.text(node, "a reason under shared_with"))
            for other, node in reasons.items()
        ),
    )


def _one_of(
    source: MarkedYaml, found: dict[str, yaml.Node], key: str, known: tuple[str, ...]
) -> str:
    value = source.text(found[key], key)
    if value not in known:
        topic_id = found["id"].value
        source.fail(
            found[key],
            f"topic {topic_id!r} has the unknown {key} {value!r}; use {' or '.join(known)}",
        )
    return value


def _optional_text(source: MarkedYaml, found: dict[str, yaml.Node], key: str) -> str:
    return " ".join(source.text(found[key], key).split()) if key in found else ""


def _date(source: MarkedYaml, found: dict[str, yaml.Node], key: str) -> str:
    """An ISO date, which YAML knows as such, or "" if there is none."""
    if key not in found:
        return ""
    value = found[key].value
    try:
        return dt.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        source.fail(found[key], f"{key} is {value!r}; it must be a date such as 2014-02-20")


def _codes(source: MarkedYaml, found: dict[str, yaml.Node]) -> Codes:
    def listed(nodes: dict[str, yaml.Node], key: str) -> tuple[str, ...]:
        if key not in nodes:
            return ()
        return tuple(source.text(n, f"a code under {key}") for n in source.items(nodes[key], key))

    plover = {}
    if "plover" in found:
        plover = source.mapping(found["plover"], "plover", (), _PLOVER_KEYS)
    return Codes(
        *(listed(found, key) for key in ("iptc", "gdelt")),
        *(listed(plover, key) for key in _PLOVER_KEYS),
    )


def _terms(
    source: MarkedYaml, topic: yaml.Node, found: dict[str, yaml.Node], topic_id: str
) -> tuple[Term, ...]:
    terms: list[Term] = []
    known: _Known = {}
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
                parsed = parse_terms(text, strength)
            except ValueError as error:
                source.fail(node, f"topic {topic_id!r}: {error}")
            terms += _new_terms(source, node, topic_id, parsed, known)
    if all(term.strength == "block" for term in terms):
        source.fail(
            topic,
            f"topic {topic_id!r} has no terms, so it could never be found; "
            "list some under `strong` or `weak`",
        )
    return tuple(terms)


def _new_terms(
    source: MarkedYaml, node: yaml.Node, topic_id: str, parsed: tuple[Term, ...], known: _Known
) -> list[Term]:
    """The terms of one text without those that the topic has already; notes the new ones.

    Choices may overlap, and the strongest counts; but a text must say something new.
    """
    new = []
    for term in parsed:
        key = (term.patterns, term.any_ending, term.state)
        line, strength = known.get(key, (0, term.strength))
        if strength != term.strength and len(parsed) == 1:
            source.fail(
                node,
                f"topic {topic_id!r} has the term {term.text!r} already in line {line}, as "
                f"{strength}; a hyphen equals a space: remove one",
            )
        if not line:
            known[key] = (line_of(node), term.strength)
            new.append(term)
    if not new:
        line = known[parsed[0].patterns, parsed[0].any_ending, parsed[0].state][0]
        source.fail(
            node,
            f"topic {topic_id!r} has the term {node.value!r} already in line {line}; "
            "a hyphen equals a space: remove one",
        )
    return new
