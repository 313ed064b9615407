from datetime import datetime, timedelta, timezone

from schemas.entry import Entry
from schemas.feed import Feed
from transforms.feeds import ParsedEntry, ParsedFeed, entries_of
from transforms.web import article_id_of

FEED = Feed("https://news.example/feed", "News", "FR", "fr", "newspaper")
SEEN = datetime(2026, 5, 3, 12, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


def entries(*items, feed=FEED, language="en"):
    return entries_of(feed, ParsedFeed(language=language, entries=items), SEEN)


def ids(*items):
    return [entry.entry_id for entry in entries(*items)]


def test_an_entry_carries_what_the_item_the_feed_and_the_list_say():
    item = ParsedEntry(
        id="17",
        link="https://news.example/a/1?b=1",
        title="Talks",
        published=SEEN - HOUR,
        updated=SEEN,
        summary_html="<p>s</p>",
        content_html="<p>c</p>",
        authors=("Ann Lee",),
    )
    (entry,) = entries(item)
    assert entry == Entry(
        article_id=article_id_of("https://news.example/a/1?b=1"),
        entry_key=entry.entry_key,
        url="https://news.example/a/1?b=1",
        feed_url=FEED.url,
        entry_id="17",
        title="Talks",
        published_at=SEEN - HOUR,
        updated_at=SEEN,
        summary_html="<p>s</p>",
        content_html="<p>c</p>",
        authors=("Ann Lee",),
        language="fr",
        outlet_name="News",
        outlet_country="FR",
        outlet_kind="newspaper",
        first_seen_at=SEEN,
        attempt=1,
    )
    assert (len(entry.entry_key), int(entry.entry_key, 16) >= 0) == (32, True)


def test_the_language_is_the_lists_else_the_feeds():
    bare = Feed("https://news.example/feed")
    assert entries(ParsedEntry(id="1"), feed=bare)[0].language == "en"
    assert entries(ParsedEntry(id="1"), feed=bare, language=None)[0].language is None


def test_identity_is_the_guid_else_the_link_else_the_content():
    link = "https://news.example/1"
    assert ids(ParsedEntry(id="g", link=link), ParsedEntry(link=link)) == ["g", link]
    one, same, other = (ParsedEntry(title="T", summary_html=s) for s in ("a", "a", "b"))
    assert len(set(ids(one, other))) == len(ids(one, same, other)) == 2


def test_the_key_tells_feeds_apart_and_stays_when_title_and_dates_change():
    before = entries(ParsedEntry(id="g", title="Old"))[0]
    after = entries(ParsedEntry(id="g", title="New", published=SEEN))[0]
    elsewhere = entries(ParsedEntry(id="g"), feed=Feed("https://b.example/"))[0]
    assert before.entry_key == after.entry_key != elsewhere.entry_key


def test_a_guid_that_two_links_share_is_told_apart_by_the_link():
    a, b = (ParsedEntry(id="same", link=f"https://news.example/{x}") for x in "ab")
    assert ids(a, b, a, b) == ["same https://news.example/a", "same https://news.example/b"]
    assert ids(a, a) == ["same"]


def test_a_key_stays_when_a_url_that_names_the_entry_is_written_differently():
    written = ("http://www.news.example/1/?utm_source=rss", "https://news.example/1#x")
    by_link = [entries(ParsedEntry(link=url))[0] for url in written]
    by_guid = [entries(ParsedEntry(id=url))[0] for url in written]
    assert len({entry.entry_key for entry in by_link + by_guid}) == 1
    assert [entry.entry_id for entry in by_guid] == list(written)
    assert len({entry.article_id for entry in by_link + by_guid}) == 1


def test_guids_that_differ_in_tracking_alone_are_told_apart_by_their_links():
    a, b = (
        ParsedEntry(id=f"https://news.example/?utm_id={x}", link=f"https://news.example/{x}")
        for x in "ab"
    )
    assert len(entries(a, b)) == 2


def test_an_article_stays_one_when_its_guid_changes():
    link = "https://news.example/1"
    before, after = entries(ParsedEntry(id="1", link=link), ParsedEntry(id="2", link=link))
    assert before.article_id == after.article_id


def test_a_redirector_is_not_trusted_to_name_the_article():
    link = "https://news.google.com/rss/articles/CBMi?url=https://news.example/1"
    assert entries(ParsedEntry(id="g", link=link))[0].article_id == article_id_of(link)
    assert article_id_of(link) != article_id_of("https://news.example/1")


def test_exact_repeats_collapse_to_the_first():
    first, second = ParsedEntry(id="g", title="First"), ParsedEntry(id="g", title="Second")
    assert [e.title for e in entries(first, second)] == ["First"]


def test_a_guid_that_is_a_url_is_the_link_of_an_entry_without_one():
    assert entries(ParsedEntry(id="https://news.example/1"))[0].url == "https://news.example/1"


def test_entries_without_a_link_have_no_url_and_ids_of_their_own():
    one, two = entries(ParsedEntry(id="1"), ParsedEntry(id="2"))
    assert (one.url, two.url) == ("", "")
    assert one.article_id != two.article_id
    assert len(one.article_id) == 32


def test_a_link_that_cannot_be_fetched_is_kept_as_it_is():
    links = ["javascript:alert(1)", "mailto:a@b.example", "http://[::zz]/", "https://a:99999/"]
    found = entries(*(ParsedEntry(link=link) for link in links))
    assert [entry.url for entry in found] == links
    assert len({entry.article_id for entry in found}) == 4


def test_relative_links_that_are_left_are_resolved_against_the_feed():
    assert entries(ParsedEntry(link="/a b"))[0].url == "https://news.example/a%20b"


def test_dates_more_than_a_day_ahead_are_unknown():
    item = ParsedEntry(id="g", published=SEEN + 24 * HOUR, updated=SEEN + 25 * HOUR)
    assert entries(item)[0][6:8] == (SEEN + 24 * HOUR, None)


def test_a_date_that_cannot_be_used_is_kept_as_written_and_a_future_one_is_marked():
    ahead = ParsedEntry(id="1", published=SEEN + 25 * HOUR, published_raw="in two days")
    soon = ParsedEntry(id="2", published=SEEN + HOUR, published_raw="in an hour")
    odd = ParsedEntry(id="3", published_raw="soon")
    assert [
        (entry.published_at, entry.published_raw, entry.is_published_in_future)
        for entry in entries(ahead, soon, odd)
    ] == [
        (None, "in two days", True),
        (SEEN + HOUR, "in an hour", False),
        (None, "soon", False),
    ]


def test_a_huge_guid_is_replaced_by_its_hash():
    one, two = ids(ParsedEntry(id="g" * 5000 + "1"), ParsedEntry(id="g" * 5000 + "2"))
    assert len(one) == len(two) == 32
    assert one != two
