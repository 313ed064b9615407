"""Names of states and organisations in other languages than English.

Chinese is matched without word boundaries, Japanese with boundaries of katakana words only; Korean
glues particles to a name's end; Slavic languages inflect names; Arabic glues `and`, `in`, `to` to a
name's beginning, and makes the adjective of a state by an ending.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import ahocorasick_rs

from transforms.topics.folding import fold
from transforms.topics.lexicon import Name
from transforms.topics.matching import (
    COMPACT,
    Hits,
    Matcher,
    NameHit,
    Uses,
    in_reading_order,
    uses_of,
)
from transforms.topics.mentions import Context, Mention
from transforms.topics.name_index import NameUse, spelling_of
from transforms.topics.roles import NAMED

CASE_ENDINGS = {
    "cs": ("", "a", "u", "e", "ě", "i", "í", "em", "ou", "y", "ům", "ích", "ách"),
    "pl": ("", "a", "ą", "ę", "i", "y", "ie", "e", "u", "o", "em", "om", "ami", "ach", "owi", "ze"),
    "ru": ("", "а", "я", "у", "ю", "ы", "и", "е", "о", "ой", "ей", "ом", "ем", "ам", "ах", "ию"),
    "uk": ("", "а", "я", "у", "ю", "и", "і", "ї", "е", "о", "ою", "ею", "єю", "єм", "ом", "ем"),
}
"""Endings of Slavic nouns: those of names too short for any ending."""
GLUED = frozenset({"ko"})
CASELESS = frozenset({*CASE_ENDINGS, "ar", "fa", "ja", "ko", "zh"})
"""Written without capitals, or named by adjectives in small letters."""
SHORTEST_STEM = 5
"""Russian `инди` (India) would also be in `individual`, `росси` (Russia) is nowhere else."""

_VOWELS = "aeiouyąęóáéíýůúěаеёиоуыэюяіїєйь"
_ARTICLE = "ال"
_ARABIC_PREFIXES = ("و", "ب", "ل", "ف", "ك", "وب", "ول")
_ARABIC_ADJECTIVE = ("ي", "ية")
_SHORTEST_ADJECTIVE = 4
"""Letters before the ending: an adjective of three is too often another word."""


class UnspacedMatcher:
    """Finds names in text without blanks: where no character of a word stands before or behind."""

    def __init__(self, names: Mapping[str, Uses], is_of_word: Callable[[str], bool]) -> None:
        self._is_of_word = is_of_word
        self._uses = [names[pattern][0] for pattern in sorted(names)]
        self._automaton = ahocorasick_rs.AhoCorasick(sorted(names), implementation=COMPACT)

    def find(self, text: str) -> Hits:
        """The names in folded text."""
        is_of_word, padded = self._is_of_word, f"{text} "  # a blank behind the text, and at -1
        names: list[NameHit] = [
            (start, end, self._uses[index], None)
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if not is_of_word(padded[start - 1]) and not is_of_word(padded[end])
        ]
        return Hits(in_reading_order(names), [], [])


def local_matcher(names: Iterable[Name], language: str) -> Matcher | UnspacedMatcher:
    """The matcher of names in an ISO 639-1 language; a name with * at its end takes any ending."""
    whole: dict[str, list[NameUse]] = defaultdict(list)
    beginnings: dict[str, list[NameUse]] = defaultdict(list)
    for name in names:
        text = name.text.rstrip("*")
        spelling = spelling_of(text)
        if language in CASELESS and spelling == "capital":
            spelling = "any"
        use = (text, name.code, name.kind, spelling, ())
        folded = fold(text).text
        if text != name.text or language in GLUED:
            beginnings[folded].append(use)
            continue
        cut = stem(folded) if language in CASE_ENDINGS else folded
        if cut != folded:
            beginnings[cut].append(use)
        for form in _forms(folded, language):
            whole[form].append(use)
    if language in _UNSPACED:
        return UnspacedMatcher(uses_of({**whole, **beginnings}), _UNSPACED[language])
    return Matcher(uses_of(whole), uses_of(beginnings), latin=False)


def stem(name: str) -> str:
    """A Slavic name without its last letter if that is a vowel or soft sign and enough is left.

    Names of several words stay: the others would have to match as they are.
    """
    cut = name[:-1]
    return cut if name[-1:] in _VOWELS and len(cut) >= SHORTEST_STEM and " " not in name else name


def _forms(name: str, language: str) -> set[str]:
    """The name as it stands in a text of the language, as far as rules give it."""
    if language in CASE_ENDINGS and " " not in name and name.isalpha():
        root = name[:-1] if name[-1] in _VOWELS else name
        return {name, *(root + ending for ending in CASE_ENDINGS[language])}
    if language == "ar":
        forms = {name, *_arabic_adjectives(name)}
        return {*forms, *(glued for form in forms for glued in _arabic_glued(form))}
    return {name}


def _arabic_adjectives(name: str) -> list[str]:
    """`روسي`, `الروسية` (Russian) for `روسيا` (Russia); [] for names of two words."""
    bare = name.removeprefix(_ARTICLE)
    root = bare.removesuffix("يا") if bare.endswith("يا") else bare.rstrip("اة")
    if " " in name or len(root) < _SHORTEST_ADJECTIVE - 1 or root.endswith("ي"):
        return []
    adjectives = [root + ending for ending in _ARABIC_ADJECTIVE]
    long_enough = [word for word in adjectives if len(word) >= _SHORTEST_ADJECTIVE + 1]
    return [*long_enough, *(_ARTICLE + word for word in adjectives)]


def _arabic_glued(name: str) -> list[str]:
    """`والصين` (and China), `للصين` (to China) for `الصين`."""
    glued = [prefix + name for prefix in _ARABIC_PREFIXES]
    return [*glued, "لل" + name[2:], "ولل" + name[2:]] if name.startswith(_ARTICLE) else glued


def _never(_character: str) -> bool:
    return False


def _is_katakana(character: str) -> bool:
    return "\u30a1" <= character <= "\u30ff" and character != "・"


_UNSPACED: dict[str, Callable[[str], bool]] = {"zh": _never, "ja": _is_katakana}


def find_local_names(article: Context) -> list[Mention]:
    """Mentions of states in the order of the text, the longest of overlapping names."""
    return find_local_mentions(article)[0]


def find_local_mentions(article: Context) -> tuple[list[Mention], list[Mention]]:
    """Mentions of states and of organisations, each in the order of the text."""
    states: list[Mention] = []
    organisations: list[Mention] = []
    covered = 0
    for start, end, uses, _ in article.hits.names:
        if start < covered:
            continue
        first, last = article.folded.original(start, end)
        written = article.raw[first:last]
        names = sorted({use[1:3] for use in uses if _is_written(use, written)})
        if not names:
            continue
        covered = end
        zone = article.zones.of(start)
        for code, kind in names:
            if kind == "organisation":
                organisations.append((start, end, code, kind, zone, False, NAMED))
            else:
                states.append((start, end, code, "place", zone, False, NAMED))
    return states, organisations


def _is_written(use: NameUse, written: str) -> bool:
    """True if the text's own letters fit the name; an acronym may have an ending, as in Korean."""
    text, _, _, spelling, _ = use
    if spelling == "exact":
        return written.startswith(text)
    return spelling == "any" or written[:1].isupper()
