from hypothesis import example, given
from hypothesis import strategies as st

from transforms.topics.folding import fold

NASTY = st.text(
    st.sampled_from(
        "abzAZ .,-\n\t'’“”–—\xa0…İıſßéÉﬁﬀ½™\u0301\u0327\u200b\u00ad\ufeff🤝🇺🇳中국ア한 Σς"
    )
)


def test_case_quotes_and_hyphens_fold_away():
    assert fold("Cease-Fire in “Kyiv’s” East").text == 'cease fire in "kyiv\'s" east'


def test_plain_text_needs_no_map():
    assert fold("Talks in Geneva").starts is None


def test_an_accent_written_as_two_characters_equals_one_written_as_one():
    assert fold("E\u0301lyse\u0301e").text == fold("Élysée").text


def test_runs_of_blanks_become_one_and_offsets_lead_back():
    folded = fold("state  visit")
    assert folded.text == "state visit"
    assert folded.original(6, 11) == (7, 12)


def test_a_span_over_a_ligature_leads_back_to_the_whole_ligature():
    text = "ofﬁcials"
    folded = fold(text)
    start = folded.text.index("officials")
    assert text[slice(*folded.original(start, start + 9))] == text


def test_the_turkish_dotted_capital_does_not_shift_what_follows():
    text = "İİİ Ankara"
    folded = fold(text)
    start = folded.text.index("ankara")
    assert text[slice(*folded.original(start, start + 6))] == "Ankara"


def test_no_term_reaches_across_a_dash():
    assert "state visit" not in fold("state - visit").text
    assert "state visit" not in fold("state -- visit").text
    assert "state visit" not in fold("state — visit").text


@given(st.one_of(st.text(), NASTY))
@example("\ud800")
@example("")
def test_every_folded_character_comes_from_inside_the_text_in_order(text):
    folded = fold(text)
    spans = [folded.original(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    folded.text.encode()
