"""The terms of a topic, from the way they are written to what the matcher looks for."""

import re

from transforms.topics.folding import fold
from transforms.topics.inflection import inflected
from transforms.topics.taxonomy.model import Term

STATE = "{state}"
MAX_STEMS = 2
MAX_SPELLINGS = 400

_BRACKETS = re.compile(r"[()|]")
_CHOICE = re.compile(r"\(([^()]*)\)")
_STRAY_STAR = re.compile(r"\*[^ ]")
_TWO_LETTERS = re.compile(r"[^\W_].*[^\W_]")


def parse_terms(text: str, strength: str) -> tuple[Term, ...]:
    """The terms that a text of the file stands for: one, or one for each choice in round brackets.

    `(sign|ratify) the (treaty|)` stands for four terms.
    Raises: ValueError if one could not match anything sensible; it names rule and remedy.
    """
    return tuple([parse_term(spelling, strength) for spelling in _spellings(text)])


def _spellings(text: str) -> tuple[str, ...]:
    """A text with each of its choices made, in the order written; brackets may be nested."""
    if not _BRACKETS.search(text):
        return (" ".join(text.split()),)
    made = [text]
    while any("(" in each for each in made):
        further: list[str] = []
        for each in made:
            choice = _CHOICE.search(each)
            if choice is None:
                raise ValueError(f"the term {text!r} has a ( without its ); add it")
            before, after = each[: choice.start()], each[choice.end() :]
            further += [f"{before}{one}{after}" for one in choice.group(1).split("|")]
        made = further
        if len(made) > MAX_SPELLINGS:
            raise ValueError(
                f"the term {text!r} stands for more than {MAX_SPELLINGS} spellings; "
                "list the usual ones, or split it"
            )
    if ")" in made[0] or "|" in made[0]:
        raise ValueError(f"the term {text!r} has a ) or | outside of ( ); write (one|other)")
    return tuple(dict.fromkeys(" ".join(each.split()) for each in made))


def parse_term(text: str, strength: str) -> Term:
    """The term of one spelling.

    Raises: ValueError if it could not match anything sensible; it names rule and remedy.
    """
    words = " ".join(text.split()).replace("-", " ").split(" ")
    state = ""
    if words[-1:] == [STATE]:
        state, words = "after", words[:-1]
    elif words[:1] == [STATE]:
        state, words = "before", words[1:]
    written = " ".join(words)
    capitals: tuple[int, ...] = ()
    if not written.islower():
        capitals = tuple(at for at, character in enumerate(written) if character.isupper())
    is_plain = written.isascii() and "  " not in written  # nothing but letters to fold
    joined = written.lower() if is_plain else fold(written).text
    if "{" in joined or "}" in joined:
        raise ValueError(
            f"the term {text!r} has braces; only {STATE} is known, as first or last word"
        )
    any_ending = joined.endswith("*") and state != "after"
    if any_ending:
        joined = joined[:-1]
    if "*" in joined and _STRAY_STAR.search(joined):
        raise ValueError(f"the term {text!r} has a * inside a word; put it at the word's end")
    if joined.count("*") > MAX_STEMS:
        raise ValueError(f"the term {text!r} has more than {MAX_STEMS} stems; spell out the others")
    if not _TWO_LETTERS.match(joined):
        raise ValueError(
            f"the term {text!r} must begin with a letter and have two; write a longer one"
        )
    return Term(text, strength, inflected(joined), any_ending, state, capitals)
