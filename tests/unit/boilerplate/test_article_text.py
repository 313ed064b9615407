"""What of a page is article text, rule by rule."""

import pytest

from transforms.boilerplate import clean_page

URL = "https://news.example/world/talks-open"
FIRST = (
    "Envoys of the two river states met in the old customs house on Monday and spoke for six hours "
    "about water, fish and the bridge that neither of them wants to pay for."
)
SECOND = (
    "They parted without a treaty, but with a date: the next round is to be held in May, and the "
    "chairs, an aide said, would be softer this time."
)
THIRD = (
    "The mediator called the mood good and the numbers bad, and added that he had seen it the other "
    "way round often enough to prefer this."
)
PARAGRAPHS = (FIRST, SECOND, THIRD)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(inside: str, head: str = "") -> bytes:
    return (
        f"<!doctype html><html lang=en><head><title>Talks open - News</title>{head}</head><body>"
        "<nav><ul><li><a href=/>Home</a></li><li><a href=/world>World</a></li></ul></nav>"
        f"<main><article><h1>Talks open</h1>{inside}</article></main>"
        "<footer>About us. Contact. All rights reserved.</footer></body></html>"
    ).encode()


def paragraphs(inside: str, head: str = "") -> list[str]:
    return clean_page(page(inside, head), URL).text.split("\n\n")


def test_the_text_is_the_paragraphs_with_an_empty_line_between_two():
    assert clean_page(page(BODY), URL).text == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class=share-bar><a href=/f>Facebook</a> <a href=/x>X</a> 12 people shared this.</div>",
        f"<div class=newsletter-signup><p>Get the Morning Brief every day. {SECOND[:60]}.</p></div>",
        "<p>Sign up for our weekly newsletter and never miss a story of the river again.</p>",
        f"<aside><h3>Related</h3><p>{SECOND[:100]} and so on and on.</p></aside>",
        (
            "<ul><li><a href=/a>Another story about a bridge and a river</a></li>"
            "<li><a href=/b>A third story about the price of fish</a></li></ul>"
        ),
        "<p>Read more: <a href=/c>How the customs house was built</a></p>",
        f"<figure><img src=a.jpg><figcaption>{SECOND[:90]}.</figcaption></figure>",
        "<p>Delegates at the table on Monday morning (Photo: A. Painter/AFP)</p>",
        "<div class=ad-slot>Advertisement</div><p>Advertisement</p>",
        f"<div id=cookie-consent><p>We use cookies to improve your visit. {THIRD}</p></div>",
        f"<section class=comments><p>Reader one says: {THIRD}</p><p>No! {SECOND}</p></section>",
        "<p class=byline>By Ada Quill and Bo Inkwell</p>",
        "<time datetime=2026-03-02>2 March 2026</time>",
        "<p>The comments posted here are not from News Example. Kindly refrain from shouting.</p>",
        f"<div hidden><p>{SECOND.replace('May', 'June')}</p></div>",
        "<script>var x = 'They parted without a treaty, but with a date.';</script>",
    ],
)
@pytest.mark.parametrize("where", ["before", "between", "after"])
def test_furniture_is_not_text_wherever_it_stands(furniture, where):
    parts = [f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS]
    parts.insert({"before": 0, "between": 1, "after": 3}[where], furniture)
    assert paragraphs("".join(parts)) == list(PARAGRAPHS)


def test_headings_lists_and_quotes_stay_in_reading_order():
    inside = (
        f"<p>{FIRST}</p><h2>What was agreed</h2><ul><li>A ferry, twice a day</li>"
        f"<li>No more dams before 2030</li></ul><blockquote><p>{SECOND}</p></blockquote>"
    )
    assert paragraphs(inside) == [
        FIRST,
        "What was agreed",
        "A ferry, twice a day",
        "No more dams before 2030",
        SECOND,
    ]


def test_short_cells_of_a_table_row_share_a_line():
    inside = (
        f"<p>{FIRST}</p><table><tr><th>State</th><th>Dams</th></tr>"
        f"<tr><td>Upper</td><td>7</td></tr></table><p>{SECOND}</p>"
    )
    assert paragraphs(inside) == [FIRST, "State | Dams", "Upper | 7", SECOND]


def test_the_title_is_not_repeated_in_the_text():
    assert paragraphs(f"<p>Talks open</p><p>TALKS OPEN</p>{BODY}") == list(PARAGRAPHS)


def test_no_paragraph_comes_twice():
    assert paragraphs(BODY + BODY) == list(PARAGRAPHS)


def test_line_breaks_end_paragraphs_where_a_page_has_no_p():
    assert paragraphs("<div>" + "<br><br>".join(PARAGRAPHS) + "</div>") == list(PARAGRAPHS)


def test_a_body_split_over_sibling_sections_stays_whole():
    assert paragraphs("".join(f"<section>{p}</section>" for p in PARAGRAPHS)) == list(PARAGRAPHS)


def test_a_standfirst_in_the_header_is_part_of_the_text():
    html = (
        f"<html><body><header><h1>Talks open</h1><p class=standfirst>{FIRST}</p></header>"
        f"<div><div class=article-body><p>{SECOND}</p><p>{THIRD}</p></div></div></body></html>"
    )
    assert clean_page(html.encode(), URL).text.split("\n\n") == list(PARAGRAPHS)


def test_a_name_that_speaks_against_all_of_the_prose_is_not_believed():
    cleaned = clean_page(page(f"<div class='sidebar related-promo'>{BODY}</div>"), URL)
    assert cleaned.text == "\n\n".join(PARAGRAPHS)


def test_cards_of_other_articles_below_the_text_are_left_out():
    cards = "".join(
        f"<div><h3><a href=/{i}>A wholly different story number {i}</a></h3>"
        f"<p>It was a quiet day in town {i}, and nobody who was asked could say why it was so.</p></div>"
        for i in range(3)
    )
    assert paragraphs(f"{BODY}<div>{cards}</div>") == list(PARAGRAPHS)


def test_a_heading_with_nothing_under_it_is_dropped():
    assert paragraphs(f"{BODY}<h2>Where we met them</h2>") == list(PARAGRAPHS)


def test_entities_are_unescaped_once():
    assert paragraphs(f"<p>A &amp;amp; B &lt;b&gt; {FIRST}</p>") == [f"A &amp; B <b> {FIRST}"]


def test_controls_bidi_marks_and_odd_spaces_do_not_reach_the_text():
    dirty = FIRST.replace("Envoys", "En\u00advo\u202eys\x07\u2066").replace(
        " of ", "\u00a0\n of\t "
    )
    assert paragraphs(f"<p>{dirty}</p><p>{SECOND}</p>") == [FIRST, SECOND]


def test_text_is_nfc():
    assert paragraphs(f"<p>Cafe\u0301. {FIRST}</p>") == [f"Café. {FIRST}"]


@pytest.mark.parametrize("inside", ["", "<p>Hello.</p>"])
def test_a_page_without_article_gives_little_and_says_so(inside):
    cleaned = clean_page(page(inside), URL)
    assert len(cleaned.text) < 10
    assert cleaned.confidence < 0.5


def test_chinese_text_without_spaces_is_found():
    first = "两国代表周一在旧海关大楼举行会谈，就水资源、渔业和桥梁问题交换了意见，双方同意五月再次会晤。"
    second = (
        "调解人表示，会谈气氛良好，但数字并不乐观；他说，他更愿意看到这种情况，而不是相反的情况。"
    )
    html = f"<html><body><nav>首页</nav><div><p>{first}</p><p>{second}</p></div></body></html>"
    assert clean_page(html.encode(), URL).text == f"{first}\n\n{second}"


def test_the_json_ld_body_rescues_a_page_whose_article_is_drawn_by_scripts():
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Talks open",'
        f'"articleBody":"Talks open\\n{FIRST}\\n{SECOND}"}}</script>'
    )
    cleaned = clean_page(page("<div id=root></div>", head), URL)
    assert (cleaned.text, cleaned.method) == (f"{FIRST}\n\n{SECOND}", "json_ld")


def test_a_json_ld_stub_does_not_replace_the_page():
    head = (
        '<script type="application/ld+json">{"@type":"NewsArticle",'
        f'"articleBody":"{FIRST}"}}</script>'
    )
    cleaned = clean_page(page(BODY, head), URL)
    assert (cleaned.text.count("\n\n"), cleaned.method) == (2, "blocks")


def test_a_long_article_is_trusted_more_than_a_short_one():
    short = clean_page(page(f"<p>{FIRST}</p>"), URL)
    full = clean_page(page(BODY), URL)
    assert 0 < short.confidence < full.confidence <= 1


def test_a_refrain_that_is_half_of_the_text_stays_as_often_as_it_is_written():
    assert paragraphs(f"<p>{FIRST}</p>" * 3) == [FIRST] * 3


def test_a_refrain_elsewhere_on_the_page_is_a_copy():
    assert paragraphs(f"<div><p>{FIRST}</p></div>" * 3) == [FIRST]


def test_a_line_of_controls_around_a_space_is_empty():
    assert paragraphs(f"<p>\x01\t\x01</p><p>{FIRST}</p>") == [FIRST]
