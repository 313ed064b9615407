"""One automaton for everything that is looked for, and the hits that stand on word boundaries.

All matches are reported, overlapping ones too, and checked for word boundaries afterwards. The
leftmost-longest mode would be some 15 % faster, but it hides a short term inside a longer one and,
worse, a true short match behind a longer one that then fails its boundary check.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import ahocorasick_rs

from transforms.topics.folding import fold
from transforms.topics.lexicon import Lexicon
from transforms.topics.name_index import NameIndex, NameUse, SimpleUse
from transforms.topics.taxonomy import Taxonomy

TermUse = tuple[int, str, str, str, tuple[int, ...]]
"""A pattern as a term: index into the topics of the taxonomy, strength, side of the state it needs,
text as written in the taxonomy, and the characters that must be capitals."""
Uses = tuple[Sequence[NameUse], Sequence[TermUse], Sequence[str], SimpleUse | None]
"""What one pattern stands for: names, terms, word classes, and the one meaning of a name that needs
no closer look. Plain tuples here and below: dozens are taken apart in every article, which takes
longer with tuples of a class of their own."""
NameHit = tuple[int, int, Uses]
TermHit = tuple[int, int, Sequence[TermUse]]
WordHit = tuple[int, Sequence[str]]

_START = itemgetter(0)
_Of = TypeVar("_Of")
_Lists = dict[str, list[_Of]]
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Hits(NamedTuple):
    """What was found at `[start:end]` of the folded text.

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
    terms: tuple[_Lists[TermUse], _Lists[TermUse]] = defaultdict(list), defaultdict(list)
    words: tuple[_Lists[str], _Lists[str]] = defaultdict(list), defaultdict(list)
    for index, topic in enumerate(taxonomy.topics):
        for term in topic.terms:
            use = (index, term.strength, term.state, term.text, term.capitals)
            for pattern in term.patterns:
                terms[term.any_ending][pattern].append(use)
    for word_class, word in lexicon.subject_words:
        words[word.endswith("*")][fold(word.rstrip("*")).text].append(word_class)
    return Matcher(
        uses_of(names.uses, terms[False], words[False], names.simple),
        uses_of({}, terms[True], words[True]),
    )


def uses_of(
    names: Mapping[str, Sequence[NameUse]],
    terms: Mapping[str, Sequence[TermUse]] = _NOTHING,
    words: Mapping[str, Sequence[str]] = _NOTHING,
    simple: Mapping[str, SimpleUse] = _NOTHING,
) -> dict[str, Uses]:
    """What each pattern stands for, from what was collected for it by kind."""
    return {
        pattern: (
            tuple(names.get(pattern, ())),
            tuple(terms.get(pattern, ())),
            tuple(dict.fromkeys(words[pattern])) if pattern in words else (),
            simple.get(pattern),
        )
        for pattern in {*names, *terms, *words}
    }


def _joined(one: Uses | None, other: Uses | None) -> Uses | None:
    if one is None or other is None:
        return one or other
    names, terms, words, simple = one
    more_names, more_terms, more_words, other_simple = other
    return (
        (*names, *more_names),
        (*terms, *more_terms),
        (*words, *more_words),
        simple or other_simple,
    )
