"""In which language an article is: what the page declares, unless its text says otherwise."""

import re

from transforms.boilerplate.head import Head
from transforms.boilerplate.json_ld import Node, text_of
from transforms.boilerplate.scripts import (
    LETTER_LANGUAGES,
    decided_by_letters,
    is_written_in,
    script_of,
)
from transforms.boilerplate.stop_words import LANGUAGES_OF_WORD, LATIN_LANGUAGES

# ISO 639-1, all 183 codes.
_LANGUAGES_WORDS = """
aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_LANGUAGES = frozenset(_LANGUAGES_WORDS.split())
_LONG_CODES = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "por": "pt",
    "ita": "it", "rus": "ru", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "ara": "ar",
    "nld": "nl", "dut": "nl", "pol": "pl", "tur": "tr", "ukr": "uk", "hin": "hi", "iw": "he",
    "in": "id", "english": "en", "cn": "zh",
}  # fmt: skip
_TAG = re.compile(r"\s*([A-Za-z]{2,7})(?:[-_][A-Za-z0-9]{1,8})*\s*(?:,|\Z)")
_META = (
    "content-language",
    "og:locale",
    "dc.language",
    "dcterms.language",
    "inlanguage",
    "language",
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_START = 300
"""Characters that are enough to confirm what a page declares."""
_SAMPLE = 1500
_MIN_HITS = 5
_MIN_SHARE = 0.06
_MIN_SHARE_AGAINST = 0.15
"""Least share of a language's commonest words among the words of a text: where nothing is declared,
and where something else is. In running text 0.2 to 0.5 is usual; lists of names have next to none.
"""
_TOLD_APART = LETTER_LANGUAGES | frozenset(LATIN_LANGUAGES)
_SAME = {"nb": "no", "nn": "no"}


def language_of(head: Head, article: Node, text: str) -> str | None:
    """ISO 639-1 code in lower case: the declared one, or that of the `text` where they disagree.

    Declared: <html lang>, then meta elements, then JSON-LD. Templates are in one language and their
    articles in another, so a declaration is set aside where the text is in a script that the
    language is not written in, has letters that it has not, or has next to none of its common
    words and many of another language. None where nothing is declared and the text is too short
    or in no language known here.
    """
    declared = declared_language(head, article)
    if declared and _is_confirmed(declared, text[:_START]):
        return declared
    return detected_language(text, declared) or declared


def declared_language(head: Head, article: Node) -> str | None:
    """What the page declares; a value that is no language tag (BCP 47) or language is none."""
    stated = [head.language]
    stated += [value for name in _META for value in head.meta.get(name, ())[:1]]
    stated.append(text_of(article, "inLanguage"))
    for value in stated:
        match = _TAG.match(value)
        if match:
            code = match[1].lower()
            code = _LONG_CODES.get(code, code)
            if code in _LANGUAGES:
                return code
    return None


def detected_language(text: str, declared: str | None = None) -> str | None:
    """The language of the first 1,500 characters, None where they do not show it.

    `declared` wins over languages that are as likely. By script and letters, in Latin script by
    common words. About 0.1 ms.
    """
    sample = text[:_SAMPLE]
    script = script_of(text[:_START])
    if script is None:
        return None
    if script == "Latn":
        return _by_words(sample, declared)
    found = decided_by_letters(sample, script)
    is_unknown = declared is not None and declared not in _TOLD_APART
    return declared if is_unknown and is_written_in(declared or "", script) else found


def _is_confirmed(declared: str, start: str) -> bool:
    code = _SAME.get(declared, declared)
    if code not in LATIN_LANGUAGES or script_of(start) != "Latn":
        return False
    words = _WORD.findall(start.lower())
    hits = sum(1 for word in words if code in LANGUAGES_OF_WORD.get(word, ()))
    return hits >= max(_MIN_HITS, _MIN_SHARE_AGAINST * len(words))


def _by_words(sample: str, declared: str | None) -> str | None:
    words = _WORD.findall(sample.lower())
    scores = dict.fromkeys(LATIN_LANGUAGES, 0)
    for word in words:
        for language in LANGUAGES_OF_WORD.get(word, ()):
            scores[language] += 1
    best, hits = max(scores.items(), key=lambda score: score[1])
    share = _MIN_SHARE_AGAINST if declared else _MIN_SHARE
    if hits < max(_MIN_HITS, share * len(words)):
        return None
    if declared is None:
        return best
    code = _SAME.get(declared, declared)
    is_known = code in LATIN_LANGUAGES or not is_written_in(code, "Latn")
    return best if is_known and 2 * scores.get(code, 0) < hits else declared
