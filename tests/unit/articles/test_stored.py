import re
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import RUN, entry, page

from schemas.article import MAX_EXCERPT, Country, Dyad, Evidence, Topic
from schemas.errors import RowError
from transforms.articles import clean_article, excerpt, stored_row, tag_article
from transforms.failures import failure_of
from transforms.topics import load_tagger

SENTENCES = [
    f"On day {day} the envoys of both sides met in the old town hall, and parted without a word."
    for day in ("one", "two", "three", "four", "five", "six", "seven", "eight")
]
TEXT = "\n\n".join(SENTENCES)


def article(text=TEXT, **fields):
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    html = f"<title>Envoys meet</title><article><h1>Envoys meet</h1>{paragraphs}</article>"
    found = clean_article(page(html, entry(summary_html=f"<p>{SENTENCES[0]}</p>")), RUN)
    assert found.text == text
    return found._replace(**fields)


def proofs(start, end):
    """A quote of the title and one of the text."""
    return (
        Evidence("title", 0, 6, "Envoys", "envoys"),
        Evidence("text", start, end, TEXT[start:end], "a rule"),
    )


def tagged(start, end):
    evidence = proofs(start, end)
    return article(
        topics=(Topic("talks", 0.5, "primary", evidence),),
        countries=(Country("FRA", "place", evidence),),
        dyads=(Dyad("DEU", "FRA", evidence),),
    )


def quotes(row):
    return [e.quote for tags in (row.topics, row.countries, row.dyads) for t in tags for e in t[-1]]


def test_full_is_the_row_itself():
    row = article()
    assert stored_row(row, "full") is row
    assert row.text_stored == "full"


def test_none_keeps_no_words_of_text_and_summary():
    row = stored_row(tagged(0, 10), "none")
    assert (row.text, row.summary, row.text_stored) == (None, None, "none")
    assert quotes(row) == ["Envoys", None] * 3


def test_an_excerpt_is_the_first_sentences():
    row = stored_row(article(), "excerpt")
    assert row.text == "\n\n".join(SENTENCES[:3])
    assert len(row.text) <= MAX_EXCERPT < len("\n\n".join(SENTENCES[:4]))
    assert (row.summary, row.text_stored) == (SENTENCES[0], "excerpt")


@pytest.mark.parametrize("store_text", ["none", "excerpt"])
def test_what_was_made_of_the_whole_text_stays(store_text):
    row = tag_article(article(), load_tagger())
    kept = stored_row(row, store_text)
    changed = {name for name in row._fields if getattr(row, name) != getattr(kept, name)}
    assert changed <= {"text", "summary", "topics", "countries", "dyads", "text_stored"}
    assert {"text", "text_stored"} <= changed
    for name in ("topics", "countries", "dyads"):
        without = [
            [t._replace(evidence=[e._replace(quote=None) for e in t.evidence]) for t in tags]
            for tags in (getattr(row, name), getattr(kept, name))
        ]
        assert without[0] == without[1]


@pytest.mark.parametrize(
    ("start", "end", "stays"),
    [
        (300, 340, True),  # a term far behind the excerpt
        (300, 380, False),  # as long as a sentence
        (0, 85, True),  # as long, but in the excerpt anyway
    ],
)
def test_an_excerpt_keeps_the_quotes_that_give_no_sentence_away(start, end, stays):
    row = stored_row(tagged(start, end), "excerpt")
    assert quotes(row) == ["Envoys", TEXT[start:end] if stays else None] * 3


def test_an_excerpt_of_a_short_text_is_not_the_whole_of_it():
    text = " ".join(SENTENCES[:2])
    row = stored_row(article(text), "excerpt")
    assert row.text == SENTENCES[0][: len(row.text)]
    assert 0 < len(row.text) <= len(text) / 2
    assert len(row.summary) <= len(text) / 2


@pytest.mark.parametrize(
    ("text", "max_chars", "kept"),
    [
        ("Short.", 10, "Short."),
        ("One. Two two. Three", 8, "One."),
        ("One. Two two. Three", 13, "One. Two two."),
        ("He asked: “Why?” Nobody knew.", 20, "He asked: “Why?”"),
        ("no end of this sentence in sight", 10, "no end of"),
        ("两国代表会面。他们谈了三个小时。", 9, "两国代表会面。"),
        ("两国代表会面并谈了三个小时", 4, "两国代表"),
        ("A line\n\nand another one", 12, "A line"),
        ("anything", 0, ""),
        ("", 5, ""),
    ],
)
def test_an_excerpt_ends_with_a_sentence_where_one_ends(text, max_chars, kept):
    assert excerpt(text, max_chars) == kept


@given(st.text(alphabet="ab .!?。\n”\u3000é", max_size=60), st.integers(0, 40))
def test_an_excerpt_is_a_prefix_and_within_its_bound(text, max_chars):
    kept = excerpt(text, max_chars)
    assert text.startswith(kept)
    assert len(kept) <= max_chars


def test_the_entry_of_a_failure_waits_without_the_feeds_copy():
    waiting = entry(content_html=f"<p>{TEXT}</p>", summary_html="<p>Envoys &amp; spies met.</p>")
    failure = failure_of(waiting, RowError("http_503", "busy", 503), "fetch_articles", RUN)
    none = stored_row(failure, "none")
    assert none == failure._replace(
        entry=waiting._replace(tries=1, content_html=None, summary_html=None)
    )
    cut = stored_row(failure, "excerpt").entry
    assert (cut.content_html, cut.summary_html) == (None, "Envoys &amp; spies met.")
    assert stored_row(failure, "full") is failure


def test_a_traceback_keeps_its_places_and_loses_its_words():
    try:
        int(SENTENCES[0])
    except ValueError:
        error = RowError("unexpected", traceback.format_exc())
    failure = failure_of(entry(), error, "clean_articles", RUN)
    detail = stored_row(failure, "none").detail
    assert re.match(r'  File ".*test_stored\.py", line \d+, in test_a_traceback', detail)
    assert detail.endswith("\nValueError")
    assert "envoys" not in detail


def test_a_failure_without_an_entry_is_kept_as_it_is():
    failure = failure_of(article(), RowError("too_deep", "1,000 deep"), "tag_topics", RUN)
    assert stored_row(failure, "none") == failure


def test_an_unknown_choice_is_refused():
    with pytest.raises(ValueError, match="full, excerpt, none"):
        stored_row(article(), "some")


def test_a_row_without_its_whole_text_is_not_tagged():
    with pytest.raises(ValueError, match="not its whole text"):
        tag_article(stored_row(article(), "excerpt"), load_tagger())
