import json
import re
from collections import Counter
from datetime import datetime, timezone
from html import unescape
from urllib.parse import urljoin

import pytest

from pipelines.sample import expected_rows, load_stories
from pipelines.sample.answers import site_answers
from pipelines.sample.expected import article_text
from pipelines.sample.stories import QUIRKS, load_outlets, read_story
from schemas.errors import is_known
from transforms.web import url_key

ROWS = expected_rows()
ARTICLES = [row for row in ROWS if row.outcome == "article"]
LEISURE = {
    "rugby",
    "barley-soup",
    "night-walk",
    "cricket",
    "foire-aux-livres",
    "nachtzug",
    "futbol",
}


def is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def test_every_entry_of_every_feed_is_expected_and_the_other_way_round(offered):
    seen = Counter(
        (feed_url, urljoin(feed_url, link) if link else "")
        for feed_url, entries in offered.items()
        for link, _ in entries
    )
    assert seen == Counter({(row.feed_url, row.url): row.entries for row in ROWS})


def test_feeds_and_expected_rows_agree_on_titles(offered):
    # two titles are HTML, which feedparser leaves to its caller
    titles = {unescape(title) for entries in offered.values() for _, title in entries}
    assert {row.title for row in ROWS} == titles


def test_there_are_at_least_forty_articles_on_six_outlets_in_four_languages():
    assert len(ARTICLES) >= 40
    assert {row.language for row in ARTICLES} == {"en", "fr", "de", "es"}
    assert len({row.feed_url for row in ARTICLES}) == 6


def test_articles_have_120_to_400_words_but_for_the_paywalled_stub():
    odd = [row for row in ARTICLES if not 120 <= len(row.text.split()) <= 400]
    assert [row.is_paywalled for row in odd] == [True]


def test_no_paragraph_is_printed_twice_but_those_of_the_wire_story():
    texts = Counter(part for row in ARTICLES for part in row.text.split("\n\n"))
    repeated = {part for part, times in texts.items() if times > 1}
    copies = [row for row in ARTICLES if row.wire_source]  # the agency's own page is the original
    assert len(copies) == 2
    assert repeated == set(copies[0].text.split("\n\n"))


def test_failures_have_known_codes_and_every_kind_is_there():
    codes = Counter(row.code for row in ROWS if row.outcome == "failure")
    assert all(is_known(code) for code in codes)
    assert codes == {
        "duplicate": 2,
        "http_404": 1,
        "http_410": 1,
        "http_503": 1,
        "not_html": 1,
        "robots_denied": 1,
        "empty_text": 1,
        "no_link": 1,
    }


def test_duplicates_name_an_expected_article():
    originals = {row.duplicate_of for row in ROWS if row.code == "duplicate"}
    assert len(originals) == 2
    assert originals <= {row.url for row in ARTICLES}


def test_no_two_rows_are_the_same_item():
    keys = Counter(url_key(row.url) for row in ROWS if row.url)
    assert set(keys.values()) == {1}


def test_after_the_outage_one_failure_less_and_one_article_more():
    changed = [row for row in expected_rows(outage=False) if row not in ROWS]
    assert [(row.outcome, row.code) for row in changed] == [("article", None)]
    assert "Renaissance dam" in changed[0].text


def test_only_leisure_is_not_diplomatic_and_it_has_no_topics():
    plain = {story.name for story in load_stories() if story.blocks and not story.diplomatic}
    assert plain == LEISURE | {"video"}
    assert all(bool(row.topics_include) == row.diplomatic for row in ARTICLES)


def test_all_dates_lie_in_one_week():
    first = datetime(2026, 11, 16, tzinfo=timezone.utc)
    last = datetime(2026, 11, 22, 23, 59, 59, tzinfo=timezone.utc)
    dates = [row.published_at for row in ROWS if row.published_at]
    assert first <= min(dates) <= max(dates) <= last
    assert [row.title[:6] for row in ROWS if row.published_source == "none"] == ["Barley"]


@pytest.mark.parametrize("story", [s for s in load_stories() if s.blocks and s.final_path])
def test_every_word_that_is_expected_is_on_the_page_or_in_the_feed(story):
    answers = site_answers(outage=False)
    path = "/rss/full.xml" if "forbidden" in story.quirks else story.final_path
    body = answers[story.outlet.host, path].body
    page = body.decode("cp1252" if "windows_1252" in story.quirks else "utf-8")
    words = re.sub(r"<[^>]+>", " ", page.replace("&amp;", "&"))
    for part in re.split(r"\n\n| \| ", article_text(story.blocks)):
        assert " ".join(part.split()) in " ".join(re.sub(r"</?em>|</?a[^>]*>", "", words).split())


def test_every_quirk_is_used():
    used = {quirk for story in load_stories() for quirk in story.quirks}
    assert used == QUIRKS


def test_json_ld_parses_but_where_it_is_broken():
    scripts = {
        (host, script)
        for (host, _), answer in site_answers(outage=False).items()
        for script in re.findall(rb"ld\+json\">(.*?)</script>", answer.body, flags=re.DOTALL)
    }
    assert {host for host, script in scripts if not is_json(script)} == {"open-atlas.example"}


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("colour: red\n\nText", "'colour' is not a field of a story"),
        ("title: T\nquirks: haunted\n\nText", r"\['haunted'\] are not quirks"),
    ],
)
def test_a_source_with_an_unknown_field_or_quirk_is_refused(source, message):
    with pytest.raises(ValueError, match=message):
        read_story(source, load_outlets()[0], "name")


def test_a_source_becomes_blocks_and_text():
    source = "title: T\n\nOne\nline.\n\n## Head\n\n- a\n- *b*\n\n| x | y |\n| 1 | 2 |\n\n! seen"
    story = read_story(source, load_outlets()[0], "name")
    assert [block.kind for block in story.blocks] == ["p", "h2", "li", "li", "tr", "tr", "fig"]
    assert article_text(story.blocks) == "One line.\n\nHead\n\na\n\nb\n\nx | y\n\n1 | 2"
