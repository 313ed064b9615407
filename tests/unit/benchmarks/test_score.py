"""The scores of docs/quality.md, on texts short enough to count by hand."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.boilerplate.score import (
    Score,
    day_of,
    overlap,
    shingles,
    snippets_found,
    title_matches,
    tokens,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" –, ...", []),
        ("The envoy's 2nd visit", ["the", "envoy", "s", "2nd", "visit"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("snake_case", ["snake", "case"]),
        ("会談 opens", ["会", "談", "opens"]),
        ("ทูต", ["ท", "ู", "ต"]),
        ("ﬁne ２", ["fine", "2"]),
        ("외교부 장관", ["외교부", "장관"]),
    ],
)
def test_tokens_are_words_or_characters_of_scripts_without_spaces(text, expected):
    assert tokens(text) == expected


def test_shingles_are_runs_of_four_and_a_short_text_is_one():
    assert shingles([]) == []
    assert shingles(["a", "b"]) == [("a", "b")]
    assert shingles(list("abcd")) == [("a", "b", "c", "d")]
    assert shingles(list("abcde")) == [("a", "b", "c", "d"), ("b", "c", "d", "e")]


@pytest.mark.parametrize(
    ("found", "wanted", "score"),
    [
        ("abc", "abc", Score(1.0, 1.0, 1.0)),
        ("cab", "abc", Score(1.0, 1.0, 1.0)),
        ("ab", "abcd", Score(1.0, 0.5, 2 / 3)),
        ("aaaa", "ab", Score(0.25, 0.5, 1 / 3)),
        ("xy", "ab", Score(0.0, 0.0, 0.0)),
        ("", "ab", Score(0.0, 0.0, 0.0)),
        ("", "", Score(1.0, 1.0, 1.0)),
        ("x", "", Score(0.0, 1.0, 0.0)),
    ],
)
def test_overlap_counts_each_occurrence_once(found, wanted, score):
    assert overlap(found, wanted) == pytest.approx(score)


@given(st.text("abc", min_size=1), st.text("abc", min_size=1))
def test_precision_and_recall_change_places_with_the_texts(one, other):
    there, back = overlap(one, other), overlap(other, one)
    assert (there.precision, there.recall) == (back.recall, back.precision)
    assert there.f1 == pytest.approx(back.f1)


@pytest.mark.parametrize(
    ("found", "matches"),
    [
        ("Envoys meet in the harbour", True),
        ("ENVOYS  meet in the “harbour”", True),
        ("Envoys meet in the harbour | Gazette", True),
        ("Envoys meet in", False),
        ("Envoys meet in the harbour - The Gazette of the Two River States", False),
        ("Fish prices", False),
        ("", False),
        (None, False),
    ],
)
def test_a_title_matches_with_a_site_name_but_not_cut_in_half(found, matches):
    assert title_matches(found, "Envoys meet in the harbour") is matches


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("2026-05-05", "2026-05-05"),
        ("2026/05/05 10:00", "2026-05-05"),
        ("20260505T100000Z", "2026-05-05"),
        (dt.datetime(2026, 5, 5, 23, tzinfo=dt.timezone.utc), "2026-05-05"),
        ("5 May 2026", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_what_a_date_begins_with(date, day):
    assert day_of(date) == day


def test_snippets_are_found_as_words_in_a_row():
    text = "The envoys met.\n\nThey parted on Tuesday."
    assert snippets_found(text, ["met. They", "met Tuesday"]) == [True, False]
