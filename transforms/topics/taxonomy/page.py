"""The page `docs/taxonomy.md`, written from the packaged taxonomy.

`make docs` runs `python -m transforms.topics.taxonomy.page` for it.
"""

from collections import Counter
from collections.abc import Iterator

from transforms.topics.taxonomy.codes import SCHEMES, known_codes
from transforms.topics.taxonomy.model import STATUSES, STRENGTHS, Taxonomy, TopicDefinition
from transforms.topics.taxonomy.reading import load_taxonomy

_STATUS_MEANINGS = {
    "measured": "ten or more labelled articles: its figures mean something",
    "thin": "labelled, but in fewer than ten articles: it has no figures of its own",
    "unmeasured": "nobody has labelled it yet: how good its tags are is not known",
}


def taxonomy_page(taxonomy: Taxonomy) -> str:
    """The page in Markdown. Deterministic: the same taxonomy gives the same page."""
    known = known_codes()
    return "\n".join([*_introduction(taxonomy), *_overview(taxonomy), *_topics(taxonomy, known)])


def _introduction(taxonomy: Taxonomy) -> Iterator[str]:
    version = taxonomy.version.partition("+")[0]
    statuses = Counter(topic.status for topic in taxonomy.topics)
    yield from (
        "# Taxonomy",
        "",
        (
            f"Version {version}: {len(taxonomy.domains)} domains, {len(taxonomy.topics)} topics. "
            "Written from `transforms/topics/data/taxonomy.yaml` by `make docs`; change that file, "
            "not this page."
        ),
        "",
        (
            "Ids are stable. A domain is never given alone: its topics imply it. Each row names "
            "the version in `taxonomy_version`, with 8 hex digits of the file's SHA-256."
        ),
        "",
        "How well a topic is measured is its status:",
        "",
        "| status | topics | meaning |",
        "|---|---|---|",
    )
    for status in STATUSES:
        yield f"| {status} | {statuses[status]} | {_STATUS_MEANINGS[status]} |"
    yield from (
        "",
        (
            "`communique topics` shows a topic with all its terms (`show`), checks a file of your "
            "own (`lint`), and says what it would change in a table (`try`). The file's head "
            "describes its format."
        ),
        "",
    )


def _overview(taxonomy: Taxonomy) -> Iterator[str]:
    yield from ("## Overview", "", "| domain | topic | label | status |", "|---|---|---|---|")
    for topic in _by_domain(taxonomy):
        yield f"| {topic.parent} | [`{topic.id}`](#{topic.id}) | {topic.label} | {topic.status} |"
    yield ""


def _by_domain(taxonomy: Taxonomy) -> Iterator[TopicDefinition]:
    for domain in taxonomy.domains:
        yield from (topic for topic in taxonomy.topics if topic.parent == domain)


def _topics(taxonomy: Taxonomy, known: dict[str, dict[str, str]]) -> Iterator[str]:
    for domain, label in taxonomy.domains.items():
        yield from (f"## {label} (`{domain}`)", "")
        for topic in taxonomy.topics:
            if topic.parent == domain:
                yield from _topic(topic, known)


def _topic(topic: TopicDefinition, known: dict[str, dict[str, str]]) -> Iterator[str]:
    yield from (f"### `{topic.id}`", "", f"**{topic.label}**, a {topic.kind}, {topic.status}.", "")
    yield f"- {topic.definition}"
    if topic.include:
        yield f"- Include: {topic.include}"
    if topic.exclude:
        yield f"- Exclude: {topic.exclude}"
    if topic.valid_from:
        yield f"- From {topic.valid_from}" + (f" to {topic.valid_to}" if topic.valid_to else "")
    states = "one state or organisation" if topic.needs_states == 1 else f"{topic.needs_states}"
    yield f"- Needs: {states}" + (" states or organisations" if topic.needs_states != 1 else "")
    for scheme, codes in zip(SCHEMES, topic.codes, strict=True):
        if codes:
            named = (_named(code, known.get(scheme, {}).get(code, "")) for code in codes)
            yield f"- {SCHEMES[scheme]}: {', '.join(named)}"
    spellings = Counter(term.strength for term in topic.terms)
    counts = (f"{spellings[strength]} {strength}" for strength in STRENGTHS if spellings[strength])
    yield f"- Terms, all spellings: {', '.join(counts)}"
    for other, reason in topic.shared_with:
        yield f"- Shares strong terms with `{other}`: {reason}"
    yield ""


def _named(code: str, name: str) -> str:
    return f"`{code}` ({name})" if name else f"`{code}`"


if __name__ == "__main__":
    print(taxonomy_page(load_taxonomy()), end="")
