"""The packaged dictionaries: names of states, leaders, organisations, and tell-tale words.

Sources and licences: `data/SOURCES.md`. Every line is checked when it is read.
"""

import hashlib
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, NoReturn

from schemas.errors import UserError
from transforms.topics.inflection import inflected

DATA = Path(__file__).parent / "data"
NAME_KINDS = ("name", "people", "capital", "city", "government", "group")
WORD_CLASSES = (
    "act",
    "business",
    "crime",
    "dealing",
    "diplomacy",
    "domestic",
    "entertainment",
    "lifestyle",
    "official",
    "sport",
)
ROLE_CLASSES = ("act", "dealing", "official")
OFFICES = ("ambassador", "defence", "foreign", "head", "other")
SOURCES = ("own", "wikidata")
PHOTO_CREDITS = (
    "AP Photo",
    "AFP Photo",
    "EPA Images",
    "File Photo",
    "Getty Images",
    "Image copyright",
    "Image credit",
    "Photo by",
    "Photo credit",
    "Photograph by",
)
_YEAR = "|[12][0-9]{3}"
_RULES = {
    "code": "[A-Z]{3}",
    "kind": "|".join(NAME_KINDS),
    "class": "|".join(WORD_CLASSES),
    "office": "|".join(OFFICES),
    "from": _YEAR,
    "to": _YEAR,
    "source": "|".join(SOURCES),
}
_FAMILY_NAME_FIRST = frozenset({"CHN", "HKG", "KOR", "MAC", "PRK", "TWN"})
_SHORTEST_SURNAME = 3
_NO_SURNAMES = frozenset(
    re.findall(
        r"\S+",
        """
    Abdullah Abbott Ali Austin Benedict Bennett Bishop Borne Brown Bruce Bush Carter Case Castro
    Charles Church Cohen Collins Cook Cooper Craft Cross Cruz Dan Davis Day Do Elizabeth English
    Ford Fox Frost Gates Good Gonzalez Green Gross Harris Hook Hope House Hunt Hussein II III IV
    Jesus Johnson Jonathan Joseph Jr. Key King Kyi Lee Long Lord Major Male Martin May Miller More
    Nielsen Nieto Page Park Paul Peace Peter Peters Pope Powell Power Price Prince Rashid Rice
    Rose Said Sein Sen Silva Smith Son Stone Strong Sun Sunday Van Vance Victor Wallace Wang White
    Will William Winter Wong Wood Young
        """,
    )
)
"""Everyday words, given names, and the commonest surnames: too many others bear them."""


class LexiconError(UserError, ValueError):
    """A packaged dictionary is damaged: the message names file, line, value and rule."""


class Name(NamedTuple):
    """A name as written.

    `kind`: one of NAME_KINDS, `leader`, `surname`, `organisation`, `hide` or `credit`.
    """

    text: str
    code: str
    kind: str


class Leader(NamedTuple):
    """Who acts for a state, with the years in office where they are known: "" is not known."""

    code: str
    office: str  # one of OFFICES
    first_year: str
    last_year: str  # "" also for one in office
    source: str  # one of SOURCES
    names: tuple[str, ...]


class Reading(NamedTuple):
    """What an ambiguous name means where one of `near` and none of `unless` is in the article."""

    code: str
    near: tuple[str, ...]
    unless: tuple[str, ...]


class Lexicon:
    """The dictionaries of one folder, read when asked for.

    Raises: LexiconError, from any of its properties.
    """

    def __init__(self, folder: Path = DATA) -> None:
        self.folder = folder

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """English names of states, leaders and organisations, and the names that hide them."""
        states = [
            Name(text, code, kind)
            for code, kind, texts in self._rows("countries.tsv", ("code", "kind", "names"))
            for text in texts.split("|")
        ]
        leaders = [Name(text, x.code, "leader") for x in self.leaders for text in x.names]
        taken = _NO_SURNAMES.union(name.text for name in (*states, *leaders))
        surnames = {(surname(n.text, n.code), n.code) for n in leaders if " " in n.text}
        leaders += [
            Name(text, code, "surname")
            for text, code in sorted(surnames)
            if len(text) >= _SHORTEST_SURNAME and text[0].isupper() and text not in taken
        ]
        organisations = [
            Name(text, code, "organisation")
            for code, texts in self._rows("organisations.tsv", ("id", "names"))
            for text in texts.split("|")
        ]
        hidden = [Name(text, "", "hide") for _, text in self._lines("not_states.txt")]
        marks = [Name(text, "", "credit") for text in PHOTO_CREDITS]
        return (*states, *leaders, *organisations, *hidden, *marks)

    @cached_property
    def leaders(self) -> tuple[Leader, ...]:
        """Heads of state and government, ministers, envoys, and others who act for a state."""
        columns = ("code", "office", "from", "to", "source", "names")
        return tuple(
            Leader(code, office, first, last, source, tuple(texts.split("|")))
            for code, office, first, last, source, texts in self._rows("leaders.tsv", columns)
        )

    @cached_property
    def readings(self) -> dict[str, tuple[Reading, ...]]:
        """Ambiguous name -> its readings, in the order in which they are tried."""
        found: dict[str, tuple[Reading, ...]] = {}
        columns = ("name", "code", "near", "unless")
        for name, code, near, unless in self._rows("ambiguous.tsv", columns):
            reading = Reading(code, _cells(near), _cells(unless))
            found[name] = (*found.get(name, ()), reading)
        return found

    @cached_property
    def subject_words(self) -> tuple[tuple[str, str], ...]:
        """(class, word) pairs that tell what an article is about; a word may end with *."""
        return tuple(pair for pair in self._words if pair[0] not in ROLE_CLASSES)

    def role_words(self, word_class: str) -> frozenset[str]:
        """The words of one of ROLE_CLASSES with their inflections, in small letters."""
        return frozenset(
            form for known, word in self._words if known == word_class for form in inflected(word)
        )

    @cached_property
    def _words(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (word_class, word)
            for word_class, words in self._rows("vocabulary.tsv", ("class", "words"))
            for word in words.split("|")
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of the languages other than English that have names of states."""
        _, header = next(self._lines("country_names.tsv"), (1, ""))
        return tuple(header.split("\t")[1:])

    def local_names(self, language: str) -> tuple[Name, ...]:
        """Names of states and organisations in one of `languages`."""
        at = 1 + self.languages.index(language)
        states = self._rows("country_names.tsv", ("code", *self.languages))
        organisations = self._rows("organisation_names.tsv", ("id", *self.languages))
        return (
            *(Name(text, row[0], "name") for row in states for text in _cells(row[at])),
            *(
                Name(text, row[0], "organisation")
                for row in organisations
                for text in _cells(row[at])
            ),
        )

    def digest(self) -> str:
        """SHA-256, in hex, of the lines of all dictionaries; comments and blank lines are left out.

        Raises: LexiconError for one that cannot be read.
        """
        sha256 = hashlib.sha256()
        for path in sorted(self.folder.glob("*.t[sx][vt]")):
            sha256.update(f"{path.name}\n".encode())
            sha256.update("\n".join(line for _, line in self._lines(path.name)).encode())
        return sha256.hexdigest()

    def _lines(self, file: str) -> Iterator[tuple[int, str]]:
        path = self.folder / file
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise LexiconError(f"{path}: cannot be read ({error}); reinstall the package") from None
        for number, line in enumerate(lines, 1):
            if line and not line.startswith("#"):
                yield number, line

    def _rows(self, file: str, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        lines = self._lines(file)
        number, header = next(lines, (1, ""))
        if tuple(header.split("\t")) != columns:
            self._fail(file, number, f"the header is {header!r}, it must be {columns}")
        checked = [(at, _RULES[name]) for at, name in enumerate(columns) if name in _RULES]
        texts = columns.index("names") if "names" in columns else 0
        for number, line in lines:
            row = tuple(line.split("\t"))
            if len(row) != len(columns):
                self._fail(file, number, f"{len(row)} columns, it must be {len(columns)}")
            for at, rule in checked:
                if not re.fullmatch(rule, row[at]):
                    self._fail(file, number, f"the {columns[at]} {row[at]!r} must be {rule}")
            if not row[0] or "" in row[texts].split("|"):
                self._fail(file, number, "an empty name or id; remove it")
            yield row

    def _fail(self, file: str, number: int, message: str) -> NoReturn:
        raise LexiconError(f"{self.folder / file}:{number}: {message}")


def _cells(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def surname(name: str, code: str) -> str:
    """The family name in a leader's full name: the first word in China and Korea, else the last."""
    words = name.split(" ")
    return words[0] if code in _FAMILY_NAME_FIRST else words[-1]
