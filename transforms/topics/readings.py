"""What the names of one article mean: ambiguous names, persons, datelines, captions."""

import re
from collections.abc import Collection, Mapping, Sequence

from transforms.topics.lexicon import Reading, surname

LONGEST_CAPTION = 400
"""Characters: a longer line is an article whose line breaks are lost."""

_OFFICES = frozenset(
    re.findall(
        r"\w+",
        """
    President Presidents Premier Chancellor Minister PM Secretary Emir Ambassador Envoy Taoiseach
    Ayatollah
        """,
    )
)
"""After these a surname alone is a leader's."""
_NO_GIVEN_NAMES = _OFFICES | frozenset(
    re.findall(
        r"\w+",
        """
    In From And The With To Of For On At By But As Via Over Against Near King Queen
    While If When After Before Into Until Between Since Across Inside That Why How Is
    Can Could Will Or Northern Southern Eastern Western Central
    General Gen Mr Mrs Ms Dr Sen Senator
    Rep Gov Governor Sheikh Prince Chairman Leader Dictator Tsar Administration
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Both Even Like Than About Around
    Then So Yet Also Although Though Because Once Outside Toward Towards Through Under
        """,
    )
)


class ArticleReader:
    """What has been understood of one article so far; `raw` is title, line break, text.

    `known`: surname and code of the leaders who were named before.
    """

    def __init__(self, raw: str, given_names: Mapping[tuple[str, str], Collection[str]]) -> None:
        self._raw = raw
        self._given_names = given_names
        self._meanings: dict[str, tuple[str, ...]] = {}
        self.known: set[tuple[str, str]] = set()
        self._others: set[str] = set()  # surnames of people who are no leaders

    def codes(self, name: str, readings: Sequence[Reading], start: int) -> tuple[str, ...]:
        """The states that an ambiguous name at `raw[start:]` means; () after a given name."""
        if self._follows_given_name(start):
            return ()
        if name not in self._meanings:
            self._meanings[name] = _meaning(readings, self._raw)
        return self._meanings[name]

    def has_office(self, start: int) -> bool:
        """True if an office stands before a name: `President Ruto`."""
        return self._word_before(start) in _OFFICES

    def is_leader(self, name: str, code: str, kind: str, start: int, *, is_unique: bool) -> bool:
        """True for a leader's full name, and for a surname unless someone else bears it.

        A surname of `kind` "surname" needs the full name before it or, if `is_unique`, an office.
        """
        if kind == "leader" and " " in name:
            self.known.add((surname(name, code), code))
            return True
        if (name, code) in self.known:
            return True
        before = self._word_before(start)
        if before.endswith("."):  # `Antony J. Blinken`
            before = self._word_before(start - len(before) - 1) or before
        is_own = before in self._given_names.get((name, code), ())
        if not is_own and _is_given_name(before):
            self._others.add(name)  # `Jay Carney`
        is_meant = is_own or (kind == "leader" and name not in self._others)
        if is_meant or (is_unique and self.has_office(start)):
            self.known.add((name, code))
            return True
        return False

    def is_dateline(self, start: int, end: int) -> bool:
        """True for `TALLINN (Reuters)`: the place of the reporter, not of the news."""
        return start > 0 and self._raw[start - 1] == "\n" and self._raw[start:end].isupper()

    def caption(self, credit: int) -> tuple[int, int]:
        """The line with a photographer's credit at `credit`; (0, 0) if it is too long for one."""
        begin, end = self._raw.rfind("\n", 0, credit) + 1, self._raw.find("\n", credit)
        end = end if end >= 0 else len(self._raw)
        return (begin, end) if end - begin <= LONGEST_CAPTION else (0, 0)

    def _follows_given_name(self, start: int) -> bool:
        return _is_given_name(self._word_before(start))

    def _word_before(self, start: int) -> str:
        """The word or initial before a name if one blank lies between, else ""."""
        raw = self._raw
        if start < 2 or raw[start - 1] != " ":
            return ""
        word = raw[max(0, start - 16) : start - 1].rpartition(" ")[2].rpartition("\n")[2]
        is_initial = len(word) == len("X.") and word.endswith(".")
        return word if word.isalpha() or is_initial else ""


def _is_given_name(word: str) -> bool:
    return word[:1].isupper() and word not in _NO_GIVEN_NAMES


def _meaning(readings: Sequence[Reading], raw: str) -> tuple[str, ...]:
    for number, reading in enumerate(readings):
        if reading.near and not any(word in raw for word in reading.near):
            continue
        if any(word in raw for word in reading.unless):
            continue
        always = [r.code for r in readings[number:] if not r.near and not r.unless]
        return tuple(always) if reading.code in always else (reading.code,)
    return ()
