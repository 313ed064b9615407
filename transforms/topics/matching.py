"""One automaton for everything that is looked for, and the hits that stand on word boundaries.

All matches are reported, overlapping ones too, and checked for word boundaries afterwards. The
leftmost-longest mode would be some 15 % faster, but it hides a short term inside a longer one and,
worse, a true short match behind a longer one that then fails its boundary check.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

import ahocorasick_rs

from transforms.topics.folding import fold
from transforms.topics.lexicon import Lexicon
from transforms.topics.name_index import NameIndex, NameUse, SimpleUse
from transforms.topics.taxonomy import Taxonomy


class TermUse(NamedTuple):
    """A pattern as a term of a topic. `capitals`: the characters that must be capitals."""

    topic: int  # index into the topics of the taxonomy
    strength: str
    state: str
    text: str
    capitals: tuple[int, ...]


class Uses(NamedTuple):
    """What one pattern stands for."""

    names: tuple[NameUse, ...]
    terms: tuple[TermUse, ...]
    words: tuple[str, ...]  # word classes
    simple: SimpleUse | None = None  # the one meaning of a name that needs no closer look


NameHit = tuple[int, int, Uses]
TermHit = tuple[int, int, tuple[TermUse, ...]]
WordHit = tuple[int, tuple[str, ...]]

_START = itemgetter(0)


class Hits(NamedTuple):
    """What was found at `[start:end]` of the folded text. Plain tuples: there are many of them.

    Shape: names and terms are sorted by start, the longest first; words are not sorted.
    """

    names: list[NameHit]
    terms: list[TermHit]
    words: list[WordHit]


class Matcher:
    """Finds patterns in folded text. Build it once: 0.1 s of CPU for 10,000 patterns."""

    def __init__(
        self,
        whole: Mapping[str, Uses],
        beginnings: Mapping[str, Uses],
        is_letter: Callable[[str], bool] = str.isalnum,
    ) -> None:
        """`whole` patterns must end with a word; those of `beginnings` may end inside one.

        A word ends where `is_letter` is false; all patterns must begin with a word.
        """
        self._is_letter = is_letter
        patterns = sorted({*whole, *beginnings})
        self._open = [beginnings.get(pattern) for pattern in patterns]
        self._closed = [_joined(whole.get(p), beginnings.get(p)) for p in patterns]
        # A DFA of 28,000 patterns takes 110 MB in every worker and 0.9 s to build, this one 4 MB
        # and 0.1 s; on an article it is 13 us of 2,800 slower.
        self._automaton = ahocorasick_rs.AhoCorasick(
            patterns, implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def find(self, text: str) -> Hits:
        """What stands on word boundaries of folded text."""
        names: list[NameHit] = []
        terms: list[TermHit] = []
        words: list[WordHit] = []
        is_letter, padded = self._is_letter, f"{text} "  # a blank behind the text, and at -1
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if is_letter(padded[start - 1]):
                continue
            uses = self._open[index] if is_letter(padded[end]) else self._closed[index]
            if uses is None:
                continue
            of_names, of_terms, of_words, _ = uses
            if of_names:
                names.append((start, end, uses))
            if of_words:
                words.append((start, of_words))
            if of_terms:
                while is_letter(padded[end]):  # quote whole words
                    end += 1  # noqa: PLW2901
                terms.append((start, end, of_terms))
        for hits in (names, terms):  # of those that begin together the last found is the longest
            hits.reverse()
            hits.sort(key=_START)
        return Hits(names, terms, words)


def english_matcher(taxonomy: Taxonomy, lexicon: Lexicon, names: NameIndex) -> Matcher:
    """The matcher of terms, English names and tell-tale words."""
    whole: dict[str, list[TermUse | NameUse | str]] = defaultdict(list)
    beginnings: dict[str, list[TermUse | NameUse | str]] = defaultdict(list)
    for index, topic in enumerate(taxonomy.topics):
        for term in topic.terms:
            use = TermUse(index, term.strength, term.state, term.text, term.capitals)
            for pattern in term.patterns:
                (beginnings if term.any_ending else whole)[pattern].append(use)
    for pattern, uses in names.uses.items():
        whole[pattern] += uses
    for word_class, word in lexicon.subject_words:
        side = beginnings if word.endswith("*") else whole
        side[fold(word.rstrip("*")).text].append(word_class)
    return Matcher(sorted_uses(whole, names.simple), sorted_uses(beginnings))


def sorted_uses(
    found: Mapping[str, Sequence[TermUse | NameUse | str]],
    simple: Mapping[str, SimpleUse] = MappingProxyType({}),
) -> dict[str, Uses]:
    """What was collected for each pattern, by kind."""
    return {
        pattern: Uses(
            tuple(use for use in uses if isinstance(use, NameUse)),
            tuple(use for use in uses if isinstance(use, TermUse)),
            tuple(dict.fromkeys(use for use in uses if isinstance(use, str))),
            simple.get(pattern),
        )
        for pattern, uses in found.items()
    }


def _joined(one: Uses | None, other: Uses | None) -> Uses | None:
    if one is None or other is None:
        return one or other
    return Uses(
        one.names + other.names,
        one.terms + other.terms,
        one.words + other.words,
        one.simple or other.simple,
    )
