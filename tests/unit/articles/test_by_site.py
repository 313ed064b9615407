import hashlib

from rows import RUN, entry, page

from transforms.articles import Waiting, clean_placed, settle
from transforms.articles.by_site import MAX_WAITING
from transforms.articles.clean import with_text

SUPPORT = "Support our newsroom with a small gift."


def cleaned(name, **fields):
    """The article of a page to which a line in a box was added that all pages of the site have."""
    body = [
        f"On day {i} of the {name} talks the envoys of both sides met again and parted again."
        for i in range(6)
    ]
    html = f"<title>{name}</title><main><article><p>{'<p>'.join(body)}</article></main>"
    row = clean_placed(page(html, entry(name), **fields), RUN)
    assert row.article.text == "\n\n".join(body)
    text = "\n\n".join([*body, SUPPORT])
    return row._replace(article=with_text(row.article, text), places=(*row.places, "div/p"))


def test_an_article_without_the_sites_furniture_says_so_in_all_its_columns():
    before = [cleaned(name) for name in ("grain", "border", "fishing")]
    after = [row.article for row in settle(before)]
    assert [row.text for row in after] == [
        row.article.text.removesuffix(f"\n\n{SUPPORT}") for row in before
    ]
    assert [row.word_count for row in after] == [row.article.word_count - 7 for row in before]
    assert [row.content_sha256 for row in after] == [
        hashlib.sha256(row.text.encode()).hexdigest() for row in after
    ]


def test_too_short_a_rest_is_not_taken_for_the_article():
    before = [cleaned(name) for name in ("grain", "border", "fishing")]
    words = before[0].article.word_count
    assert settle(before, min_words=words - 6) == before
    assert settle(before, min_words=words - 7) != before


def test_an_article_of_the_feed_stands_nowhere():
    summary = "Envoys of both sides met in the capital on Monday. " * 8
    from_feed = clean_placed(page("<p>Envoys met.", entry(content_html=summary)), RUN)
    assert (from_feed.article.text_source, from_feed.places) == ("feed", ())


def test_a_site_is_the_host_of_the_link_and_the_outlet_of_the_page():
    row = cleaned("grain", url="http://www.two.example/grain")
    assert row.site == ("one.example", "two.example")


def test_rows_wait_by_site_until_all_go():
    waiting = Waiting()
    for site, row in ((1, "a"), (2, "b"), (1, "c")):
        assert list(waiting.add(site, row, 100)) == []
    assert sorted(waiting.let_all_go()) == [["a", "c"], ["b"]]
    assert list(waiting.let_all_go()) == []


def test_the_site_without_news_for_the_longest_time_goes_first_and_whole():
    waiting = Waiting(max_chars=4 * 3000)
    rows = ((1, "a"), (2, "b"), (3, "c"), (1, "d"), (4, "e"), (3, "f"))
    went = [list(waiting.add(site, row, 1000)) for site, row in rows]
    assert went == [[], [], [], [], [["b"]], [["a", "d"]]]
    assert list(waiting.let_all_go()) == [["e"], ["c", "f"]]


def test_a_row_larger_than_the_bound_does_not_wait():
    waiting = Waiting(max_chars=4000)
    assert list(waiting.add(1, "a", 5000)) == [["a"]]


def test_a_pass_of_ordinary_articles_fits():
    waiting = Waiting()
    assert not [went for i in range(2000) for went in waiting.add(i, i, MAX_WAITING // 2400)]
