"""What a taxonomy is made of."""

from typing import NamedTuple

KINDS = ("theme", "situation")
STRENGTHS = ("strong", "medium", "weak", "block")
"""From what proves a topic to what cancels a term."""
MEASURED, THIN, UNMEASURED = STATUSES = ("measured", "thin", "unmeasured")
"""How well a topic has been scored: with ten or more labelled articles, with fewer, or not at all
because no one has labelled it. Only the first has figures of its own that mean something."""


class Term(NamedTuple):
    """One spelling of a term as written, and what the matcher looks for."""

    text: str
    strength: str  # one of STRENGTHS
    patterns: tuple[str, ...]  # folded, without the star and the state
    any_ending: bool
    state: str  # "before" or "after" the pattern must stand a state; "" if none
    capitals: tuple[int, ...]  # characters of a pattern that must be capitals in the article


class Codes(NamedTuple):
    """What a topic is called elsewhere."""

    iptc: tuple[str, ...] = ()
    gdelt: tuple[str, ...] = ()
    plover_events: tuple[str, ...] = ()
    plover_modes: tuple[str, ...] = ()
    plover_contexts: tuple[str, ...] = ()


class TopicDefinition(NamedTuple):
    """One topic of the taxonomy."""

    id: str
    parent: str
    kind: str  # one of KINDS
    label: str
    definition: str
    needs_states: int  # so many distinct states or organisations must be named
    terms: tuple[Term, ...]
    include: str = ""
    exclude: str = ""
    status: str = UNMEASURED  # one of STATUSES
    valid_from: str = ""  # ISO date, of a situation
    valid_to: str = ""
    codes: Codes = Codes()
    written: tuple[tuple[str, tuple[str, ...]], ...] = ()  # strength, its terms as in the file
    shared_with: tuple[tuple[str, str], ...] = ()  # topic id, why a strong term is in both


class Taxonomy(NamedTuple):
    """A checked taxonomy. `version` is the file's own, then + and 8 hex digits of its SHA-256."""

    version: str
    domains: dict[str, str]  # id -> label
    topics: tuple[TopicDefinition, ...]
