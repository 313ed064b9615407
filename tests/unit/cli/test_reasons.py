import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pipelines.commands.reasons import MAX_CONTEXT, marked, sentence_span

TEXT = "Rain fell. Envoys of two states met in Geneva. They parted.\n\nA new day"


def sentence_of(words, text=TEXT):
    start = text.index(words)
    first, last = sentence_span(text, start, start + len(words))
    return text[first:last]


def test_the_sentence_around_words_ends_at_marks_and_empty_lines():
    assert sentence_of("Rain") == "Rain fell."
    assert sentence_of("met") == "Envoys of two states met in Geneva."
    assert sentence_of("parted.") == "They parted."
    assert sentence_of("new") == "A new day"


def test_words_across_two_sentences_show_both():
    assert sentence_of("fell. Envoys") == "Rain fell. Envoys of two states met in Geneva."


def test_chinese_sentences_end_without_white_space():
    assert sentence_of("会谈", "今天下雨。两国代表会谈。他们离开。") == "两国代表会谈。"


def test_a_long_sentence_is_cut_between_words():
    sentence = "word " * 100 + "envoy" + " word" * 100
    text = marked(sentence, 500, 505, styled=False).plain
    assert text.startswith("… word word")
    assert text.endswith("word word …")
    assert "word [envoy] word" in text
    assert len(text) <= 2 * MAX_CONTEXT + len("… [envoy] …")


@given(st.text(alphabet="ab .!\n", max_size=60), st.data())
def test_a_sentence_always_holds_the_words(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = sentence_span(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)


def test_words_are_in_brackets_where_there_are_no_styles():
    assert marked("Envoys met.", 7, 10, styled=False).plain == "Envoys [met]."


def test_words_are_bold_on_a_terminal():
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, color_system="standard", width=80)
    console.print(marked("Envoys met.", 7, 10, styled=True))
    assert "Envoys \x1b[1;7mmet\x1b[0m." in stream.getvalue()
