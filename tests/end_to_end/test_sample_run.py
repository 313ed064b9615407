"""The packaged sample site, from its feeds to its tables, against what a perfect run makes of it."""

import json

import pytest

from pipelines.sample import expected_rows
from transforms.tables import open_dataset

BY_URL = {row.url: row for row in expected_rows() if row.url}
COPIED = (
    "authors",
    "language",
    "published_at",
    "published_precision",
    "published_source",
    "text_source",
    "wire_source",
    "is_paywalled",
    "canonical_url",
)
ARTICLES = sorted(url for url, row in BY_URL.items() if row.outcome == "article")


@pytest.fixture(scope="module")
def articles(sample_output):
    rows = open_dataset(str(sample_output), "articles").to_table().to_pylist()
    return {row["url"]: row for row in rows}


@pytest.fixture(scope="module")
def failures(sample_output):
    return open_dataset(str(sample_output), "failures").to_table().to_pylist()


def test_every_item_ends_as_the_one_row_that_is_expected(articles, failures):
    found = [(url, "article", None) for url in articles]
    found += [(row["url"], "failure", row["code"]) for row in failures]
    expected = [(row.url, row.outcome, row.code) for row in expected_rows()]
    assert sorted(found, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize("url", ARTICLES)
def test_the_article_is_as_a_careful_reader_would_copy_it(url, articles):
    expected, found = BY_URL[url], articles[url]
    assert found["title"] == expected.title
    assert found["text"] == expected.text
    for column in COPIED:
        want = getattr(expected, column)
        got = tuple(found[column]) if column == "authors" else found[column]
        assert (column, got) == (column, want)
    # the column says which languages are not tagged, so that nobody counts them as not about it
    level = "full" if expected.language == "en" else "countries_only"
    assert found["tagging_level"] == level
    assert found["diplomatic"] == (expected.diplomatic and level == "full")
    if not expected.diplomatic:
        assert found["topic_ids"] == []


@pytest.mark.parametrize(
    ("column", "expected", "least"),
    [("topic_ids", "topics_include", 0.95), ("country_ids", "countries_include", 0.9)],
)
def test_nearly_all_tags_that_a_careful_reader_must_give_are_found(
    column, expected, least, articles
):
    wanted = [
        (url, tag)
        for url in ARTICLES
        if BY_URL[url].language == "en"
        for tag in getattr(BY_URL[url], expected)
    ]
    missed = [(url, tag) for url, tag in wanted if tag not in articles[url][column]]
    assert len(missed) <= (1 - least) * len(wanted), missed


def test_a_duplicate_names_the_article_it_repeats(articles, failures):
    duplicates = {row["url"]: row["detail"] for row in failures if row["code"] == "duplicate"}
    assert duplicates
    for url, detail in duplicates.items():
        assert articles[BY_URL[url].duplicate_of]["article_id"] in detail


def test_every_offer_of_every_feed_is_recorded(sample_output):
    entries = open_dataset(str(sample_output), "entries").to_table().to_pylist()
    expected = {row.url: row.entries for row in expected_rows()}
    assert len(entries) == sum(expected.values())


def test_a_second_run_asks_conditionally_fetches_no_page_and_adds_nothing(
    communique, run_options, site, tmp_path
):
    first = json.loads(communique("run", *run_options, "--output", tmp_path)[1])
    asked_before = len(site.requests)
    second = json.loads(communique("run", *run_options, "--output", tmp_path)[1])
    asked = site.requests[asked_before:]
    assert first["items"] == first["articles"] + first["failures"] > 40
    assert (second["items"], second["articles"], second["failures"]) == (0, 0, 0)
    assert [request.status for request in asked] == [304] * 6


def test_the_tables_keep_every_promise(communique, sample_output):
    status, _, problems = communique("verify", "--output", sample_output)
    assert (status, problems) == (0, "")
