"""The two forms of the matcher: bytes for English, text for languages beyond Latin-1."""

from hypothesis import given
from hypothesis import strategies as st

from transforms.topics.matching import Matcher, latin_words, only_words, uses_of

WORDS = ["iran", "côte", "łódź", "ÿÿ", "un", "x2", "한국", "½", "čad"]
PATTERNS = [*WORDS, "iran deal", "u.n", "côte d'ivoire", "łódź deal", "han's 한국", "٣"]
TEXTS = st.lists(
    st.one_of(
        st.sampled_from([*PATTERNS, " ", "  ", "\n", ".", "'s", "s", "łł", "ÿ", "—", "€", "\x01"]),
        st.characters(exclude_categories=["Cs"]),
    )
).map("".join)


def matcher(*, latin):
    whole = uses_of({}, {p: [(0, "weak", "", p, (), n)] for n, p in enumerate(PATTERNS)})
    stems = uses_of({}, {p: [(1, "weak", "", p, (), n)] for n, p in enumerate(WORDS)})
    return Matcher(whole, stems, latin=latin)


BYTES, TEXT = matcher(latin=True), matcher(latin=False)


@given(TEXTS)
def test_bytes_and_text_are_searched_alike(text):
    assert BYTES.find(text) == TEXT.find(text)


@given(TEXTS)
def test_words_are_where_they_are_in_the_text(text):
    found = latin_words(text)
    assert [byte == ord(" ") for byte in found] == [c == " " for c in only_words(text)]
    assert len(found) == len(text)


def test_letters_beyond_latin_1_are_not_taken_for_each_other():
    hits = BYTES.find("łódź deal, čad; łóđź deal, чad").terms
    assert [hit[:2] for hit in hits] == [(0, 9), (0, 4), (11, 14)]
