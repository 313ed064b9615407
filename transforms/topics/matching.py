"""One automaton for everything that is looked for, and the hits that stand on word boundaries.

All matches are reported, overlapping ones too: the leftmost-longest mode is some 15 % faster, but
it hides a short term inside a longer one and, worse, a true short match behind a longer one that
then fails its boundary check. The automaton searches a text of words and blanks alone, and each
pattern begins with the blank before it, so that it reports nothing that begins inside a word (a
third of all matches), and a word's end is a blank; patterns of more than one word are compared to
the text itself.

English is searched as bytes, one a character, so that no offsets need be translated: with the
words found so, too, 10 us less an article. All letters beyond Latin-1 look the same there, so that
patterns beyond ASCII are compared to the text as well.
"""

import codecs
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

TermUse = tuple[int, str, str, str, tuple[int, ...], int]
"""A pattern as a term: index into the topics of the taxonomy, strength, side of the state it needs,
text as written in the taxonomy, the characters that must be capitals, and a number of its own."""
Uses = tuple[Sequence[NameUse], Sequence[TermUse], Sequence[str], SimpleUse | None]
"""What one pattern stands for: names, terms, word classes, and the one meaning of a name that needs
no closer look. Plain tuples here and below: dozens are taken apart in every article, which takes
longer with tuples of a class of their own."""
NameHit = tuple[int, int, Sequence[NameUse], SimpleUse | None]
TermHit = tuple[int, int, Sequence[TermUse]]
WordHit = tuple[int, Sequence[str]]

COMPACT = ahocorasick_rs.Implementation.ContiguousNFA
"""A DFA of 28,000 patterns takes 110 MB in every worker and 0.9 s to build, this one 4 MB and
0.1 s; on an article of 4 kB neither is faster on every machine (measured: -13 to +50 us)."""
_START = itemgetter(0)
_WORDS_OF_ASCII = bytes(
    byte if byte > 127 or chr(byte).isalnum() else ord(" ") for byte in range(256)
)
_WORDS_OF_LATIN = bytes(byte if chr(byte).isalnum() else ord(" ") for byte in range(256))
_BEYOND_LATIN = "communique.topics.beyond_latin"
_A_LETTER = ord("\xff")
_Of = TypeVar("_Of")
_Hit = TypeVar("_Hit", NameHit, TermHit)
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
    """Finds patterns in folded text. Build it once: 0.1 s of CPU for 28,000 patterns."""

    def __init__(
        self, whole: Mapping[str, Uses], beginnings: Mapping[str, Uses], *, latin: bool
    ) -> None:
        """`whole` patterns must end with a word; those of `beginnings` may end inside one.

        All patterns must begin with a word. Words are letters and digits. `latin` for texts in
        Latin-1, but for a few characters: the faster form, which is slow where there are many.
        """
        patterns = sorted({*whole, *beginnings})
        self._open = [beginnings.get(pattern) for pattern in patterns]
        self._closed = [_joined(whole.get(p), beginnings.get(p)) for p in patterns]
        self._written = ["" if p.isalnum() and p.isascii() else p for p in patterns]
        searched: Any = latin_words if latin else only_words
        automaton: Any = ahocorasick_rs.BytesAhoCorasick if latin else ahocorasick_rs.AhoCorasick
        self._searched: Callable[[str], Any] = searched
        self._automaton = automaton([searched(f" {p}") for p in patterns], implementation=COMPACT)

    def find(self, text: str) -> Hits:
        """What stands on word boundaries of folded text."""
        names: list[NameHit] = []
        terms: list[TermHit] = []
        words: list[WordHit] = []
        searched = self._searched(f" {text} ")  # a match begins one before its pattern, a blank
        blank = searched[-1]
        closed, opened, written = self._closed, self._open, self._written
        find = self._automaton.find_matches_as_indexes
        for index, start, after in find(searched, overlapping=True):
            uses = closed[index] if searched[after] == blank else opened[index]
            if uses is None:
                continue
            end, pattern = after - 1, written[index]
            if pattern and text[start:end] != pattern:  # `Iran, China` where `Iran China` is meant
                continue
            of_names, of_terms, of_words, simple = uses
            if of_names:
                names.append((start, end, of_names, simple))
            if of_terms:
                if searched[after] != blank:  # quote whole words
                    end = searched.index(blank, after) - 1
                terms.append((start, end, of_terms))
            if of_words:
                words.append((start, of_words))
        return Hits(in_reading_order(names), in_reading_order(terms), words)


def only_words(text: str) -> str:
    """Text of the same length with a blank for each character that is no letter and no digit."""
    blanked = text.encode().translate(_WORDS_OF_ASCII).decode()
    if not text.isascii():
        for character in set(text):
            if character > "\x7f" and not character.isalnum():
                blanked = blanked.replace(character, " ")
    return blanked


def latin_words(text: str) -> bytes:
    """Text as `only_words` gives it, one byte a character.

    Letters and digits beyond Latin-1 become one letter, as if there were no other.
    """
    return text.encode("latin-1", _BEYOND_LATIN).translate(_WORDS_OF_LATIN)


def _beyond_latin(error: UnicodeError) -> tuple[bytes, int]:
    assert isinstance(error, UnicodeEncodeError)
    run = error.object[error.start : error.end]
    return bytes(_A_LETTER if c.isalnum() else ord(" ") for c in run), error.end


codecs.register_error(_BEYOND_LATIN, _beyond_latin)


def in_reading_order(hits: list[_Hit]) -> list[_Hit]:
    """Hits by end -> by start, of those that begin together the longest first."""
    hits.reverse()
    hits.sort(key=_START)
    return hits


def english_matcher(taxonomy: Taxonomy, lexicon: Lexicon, names: NameIndex) -> Matcher:
    """The matcher of terms, English names and tell-tale words."""
    terms: tuple[_Lists[TermUse], _Lists[TermUse]] = defaultdict(list), defaultdict(list)
    words: tuple[_Lists[str], _Lists[str]] = defaultdict(list), defaultdict(list)
    numbers: dict[tuple[int, str], int] = {}
    for index, topic in enumerate(taxonomy.topics):
        for term in topic.terms:
            number = numbers.setdefault((index, term.text), len(numbers))
            use = (index, term.strength, term.state, term.text, term.capitals, number)
            for pattern in term.patterns:
                terms[term.any_ending][pattern].append(use)
    for word_class, word in lexicon.subject_words:
        words[word.endswith("*")][fold(word.rstrip("*")).text].append(word_class)
    return Matcher(
        uses_of(names.uses, terms[False], words[False], names.simple),
        uses_of({}, terms[True], words[True]),
        latin=True,
    )


def uses_of(
    names: Mapping[str, Sequence[NameUse]],
    terms: Mapping[str, Sequence[TermUse]] = _NOTHING,
    words: Mapping[str, Sequence[str]] = _NOTHING,
    simple: Mapping[str, SimpleUse] = _NOTHING,
) -> dict[str, Uses]:
    """What each pattern stands for, from what was collected for it by kind."""
    found: dict[str, Uses] = {
        pattern: ((), tuple(uses), (), None) for pattern, uses in terms.items()
    }
    for pattern in {*names, *words}:
        found[pattern] = (
            tuple(names.get(pattern, ())),
            tuple(terms.get(pattern, ())),
            tuple(dict.fromkeys(words.get(pattern, ()))),
            simple.get(pattern),
        )
    return found


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
