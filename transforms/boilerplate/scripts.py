"""Scripts, and the languages that their letters alone tell apart."""

import re
from collections import Counter

# First and last code points of the letters of a script. Source: the Unicode blocks.
_RANGES = {
    "Latn": "A-Za-zÀ-ɏḀ-ỿ",
    "Cyrl": "\u0400-\u052f",
    "Arab": "\u0620-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "Hani": "\u3400-\u9fff",
    "Kana": "\u3041-\u30ff",
    "Hang": "\uac00-\ud7a3",
    "Thai": "\u0e01-\u0e4e",
    "Laoo": "\u0e81-\u0ece",
    "Khmr": "\u1780-\u17d3",
    "Mymr": "\u1000-\u104f",
    "Hebr": "\u05d0-\u05ea",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Geor": "\u10a0-\u10ff",
    "Armn": "\u0531-\u0587",
    "Ethi": "\u1200-\u137f",
    "Deva": "\u0900-\u0963\u0970-\u097f",
    "Beng": "\u0980-\u09fe",
    "Guru": "\u0a00-\u0a76",
    "Gujr": "\u0a80-\u0aff",
    "Orya": "\u0b00-\u0b77",
    "Taml": "\u0b80-\u0bfa",
    "Telu": "\u0c00-\u0c7f",
    "Knda": "\u0c80-\u0cff",
    "Mlym": "\u0d00-\u0d7f",
    "Sinh": "\u0d80-\u0df4",
    "Tibt": "\u0f40-\u0fbc",
    "Thaa": "\u0780-\u07b1",
}
_RUNS = re.compile("|".join(f"(?P<{name}>[{ranges}]+)" for name, ranges in _RANGES.items()))
_ONLY_LATIN = re.compile(f"[\\x00-\\x7f{_RANGES['Latn'][6:]}\u2000-\u206f\xa0-\xbf]*\\Z")
_MIN_LETTERS = 40
_KANA_SHARE = 0.05

_ONE_LANGUAGE = {
    "Hang": "ko", "Thai": "th", "Laoo": "lo", "Khmr": "km", "Mymr": "my", "Hebr": "he",
    "Grek": "el", "Geor": "ka", "Armn": "hy", "Ethi": "am", "Guru": "pa", "Gujr": "gu",
    "Orya": "or", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si",
    "Tibt": "bo", "Thaa": "dv", "Hani": "zh", "Kana": "ja", "Beng": "bn",
}  # fmt: skip
_SHARED = {
    "Cyrl": "ru uk be bg sr mk kk ky mn tg tt ba ce cv os ab av kv uz az bs ro tk",
    "Arab": "ar fa ur ps ku ug sd ks az pa ms",
    "Deva": "hi mr ne sa ks sd",
    "Hebr": "he yi",
    "Beng": "bn as",
    "Ethi": "am ti",
    "Hani": "zh",
    "Kana": "ja",
}
"""The ISO 639-1 languages that are written in a script, where there are more than one."""
_ALSO_LATIN = frozenset({"sr", "uz", "az", "bs", "ro", "ms", "ku", "tk", "kk", "tt"})

_BY_LETTERS = {
    "Cyrl": (
        ("kk", "қғңұһ"), ("tg", "ҷҳӣӯ"), ("ky", "ң"), ("mn", "өү"), ("mk", "ќѓѕ"), ("sr", "ћђџљњј"),
        ("be", "ў"), ("uk", "їєґ"), ("ru", "ыэё"), ("uk", "і"), ("bg", "ъ"),
    ),
    "Arab": (
        ("ug", "ۇۈۋ"), ("ku", "ێۆڕڵ"), ("ps", "ښځڅډټۍ"), ("sd", "ڳڄڃٻڀ"), ("ur", "ٹڈڑںےہ"),
        ("fa", "پچژگیک"),
    ),
    "Beng": (("as", "ৰৱ"),),
}  # fmt: skip
"""Letters that a language has and those named after it do not; the first one that occurs wins."""
_BY_DEFAULT = {"Cyrl": "ru", "Arab": "ar", "Beng": "bn"}
_LETTER_SHARE = 0.002
"""Least share of such letters: below, they are those of foreign names."""
_DEVANAGARI_WORDS = {
    "hi": ["है", "के", "में", "की", "का", "से", "को", "और", "हैं", "ने", "पर", "कि", "नहीं"],
    "mr": ["आहे", "आणि", "या", "च्या", "ते", "होते", "आहेत", "मध्ये", "केली", "नाही"],
    "ne": ["छ", "छन्", "भएको", "गरेको", "पनि", "लाई", "भने", "थियो", "हो", "गर्ने"],
}


def script_of(text: str) -> str | None:
    """The script (ISO 15924) of most letters, None for fewer than 40 letters.

    Japanese is `Kana` from one kana in twenty letters: Chinese has none.
    """
    if _ONLY_LATIN.match(text):
        return "Latn" if len(text) >= 2 * _MIN_LETTERS else None
    letters: Counter[str] = Counter()
    for run in _RUNS.finditer(text):
        letters[run.lastgroup or ""] += run.end() - run.start()
    total = sum(letters.values())
    if total < _MIN_LETTERS // (2 if letters["Hani"] + letters["Hang"] > 0 else 1):
        return None
    if letters["Hani"] + letters["Kana"] > total / 2:
        return "Kana" if letters["Kana"] >= _KANA_SHARE * total else "Hani"
    return letters.most_common(1)[0][0]


def is_written_in(language: str, script: str) -> bool:
    """True if news in an ISO 639-1 language is written in the script."""
    if script == "Latn":
        return language in _ALSO_LATIN or language not in _NOT_LATIN
    return language in _SHARED.get(script, "").split() or language == _ONE_LANGUAGE.get(script)


def decided_by_letters(text: str, script: str) -> str | None:
    """The language that the letters show, None for Latin ones."""
    if script == "Deva":
        words = Counter(text.split())
        scores = {
            language: sum(words[word] for word in common)
            for language, common in _DEVANAGARI_WORDS.items()
        }
        return max(scores, key=lambda language: scores[language])
    if script not in _BY_LETTERS:
        return _ONE_LANGUAGE.get(script)
    lowered = text.lower()
    least = max(2, _LETTER_SHARE * len(text))
    for language, letters in _BY_LETTERS[script]:
        if sum(map(lowered.count, letters)) >= least:
            return language
    return _BY_DEFAULT[script]


_NOT_LATIN = {  # may be written so too: see _ALSO_LATIN
    *_ONE_LANGUAGE.values(),
    *(code for codes in _SHARED.values() for code in codes.split()),
}
LETTER_LANGUAGES = frozenset(
    {*_ONE_LANGUAGE.values(), *_BY_DEFAULT.values(), *_DEVANAGARI_WORDS}
    | {language for rules in _BY_LETTERS.values() for language, _ in rules}
)
"""The languages that `decided_by_letters` knows."""
