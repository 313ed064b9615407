"""Names of states in other languages than English.

Chinese is matched without word boundaries, Japanese with boundaries of katakana words only; Korean
glues particles to a name's end; Slavic languages inflect names, so there a name without its last
vowel may take any ending.
"""

from collections import defaultdict
from collections.abc import Iterable

from transforms.topics.folding import fold
from transforms.topics.lexicon import Name
from transforms.topics.matching import (
    Matcher,
    NameUse,
    is_acronym,
    is_spelt,
    sorted_uses,
)
from transforms.topics.mentions import Context, Mention

INFLECTED = frozenset({"pl", "ru", "uk"})
GLUED = frozenset({"ko"})
SHORTEST_STEM = 4

_VOWELS = "aeiouyąęóаеёиоуыэюяіїєйь"


def local_matcher(names: Iterable[Name], language: str) -> Matcher:
    """The matcher of names of states in an ISO 639-1 language."""
    whole: dict[str, list[NameUse]] = defaultdict(list)
    beginnings: dict[str, list[NameUse]] = defaultdict(list)
    for name in names:
        use = NameUse(name, "exact" if is_acronym(name.text) else "any")
        folded = fold(name.text).text
        cut = stem(folded) if language in INFLECTED else folded
        side = beginnings if language in GLUED or cut != folded else whole
        side[cut].append(use)
    is_letter = {"zh": _never, "ja": _is_katakana}.get(language, str.isalnum)
    return Matcher(sorted_uses(whole), sorted_uses(beginnings), is_letter)


def _never(_character: str) -> bool:
    return False


def _is_katakana(character: str) -> bool:
    return "\u30a1" <= character <= "\u30ff" and character != "・"


def stem(name: str) -> str:
    """A Slavic name without its last letter if that is a vowel or soft sign and enough is left.

    Of several words the last one is cut: the others would have to match as they are.
    """
    cut = name[:-1]
    return cut if name[-1:] in _VOWELS and len(cut) >= SHORTEST_STEM and " " not in name else name


def find_local_names(article: Context) -> list[Mention]:
    """Mentions of states in the order of the text, the longest of overlapping names."""
    mentions = []
    covered = 0
    for start, end, uses in article.hits.names:
        if start < covered:
            continue
        first, last = article.folded.original(start, end)
        written = article.raw[first:last]
        codes = sorted({use.name.code for use in uses if is_spelt(use, written)})
        if not codes:
            continue
        covered = end
        zone = article.zones.of(start)
        mentions += [Mention(start, end, code, "place", zone) for code in codes]
    return mentions
