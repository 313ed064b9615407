"""Pages that are read by their site's rule."""

from datetime import datetime, timezone

import pytest
from selectolax.lexbor import LexborHTMLParser

from transforms.boilerplate import clean_page
from transforms.boilerplate.markup import markup_of
from transforms.boilerplate.ruled import CONFIDENCE, MAX_EFFORT
from transforms.site_rules import SiteRule, SiteRules

URL = "https://www.news.example/a"
FIRST = "Envoys of the two river states met in the harbour town on Monday, and the talks went on."
SECOND = "They parted on Tuesday without a treaty, but with a date for the next round of talks."
POLL = "Vote in our poll on the river: should there be a ferry, a bridge, or nothing of the kind?"
PAGE = f"""<html lang=en><head><title>River talks | The News</title></head><body>
<div class=top><span class=kicker>Opinion</span><h1>River talks</h1><b class=day>5 May 2026</b></div>
<div class=story><p>{FIRST}<div class=poll><p>{POLL}</div><p>{SECOND}</div>
<table><tr><td>Dams<td>7<tr><td>Fish &amp;lt;kg&gt;<td>9</table></body></html>"""


def cleaned(html=PAGE, url=URL, **selectors):
    rules = SiteRules({"news.example": SiteRule("news.example", **selectors)})
    return clean_page(html.encode(), url, None, rules)


def paragraphs(html=PAGE, **selectors):
    return cleaned(html, **selectors).text.split("\n\n")


def test_keep_is_the_text_and_the_method_says_so():
    page = cleaned(keep=".story > p")
    assert page.text == f"{FIRST}\n\n{SECOND}"
    assert (page.method, page.confidence) == ("rules", CONFIDENCE)
    assert (page.title, page.language) == ("River talks", "en")


def test_drop_is_taken_off_what_is_kept():
    assert paragraphs(keep=".story") == [FIRST, POLL, SECOND]
    assert paragraphs(keep=".story", drop=".poll") == [FIRST, SECOND]


def test_drop_alone_leaves_the_choice_to_the_program():
    page = cleaned(drop=".poll")
    without = clean_page(PAGE.replace(f"<div class=poll><p>{POLL}</div>", "").encode(), URL)
    assert POLL not in page.text
    assert (page.text, page.method) == (without.text, without.method)


def test_kept_text_obeys_the_rules_of_every_text():
    assert paragraphs(keep=".story, table, h1") == [
        FIRST,
        POLL,
        SECOND,
        "Dams | 7",
        "Fish &lt;kg> | 9",
    ]
    doubled = PAGE.replace(SECOND, FIRST.upper())
    assert paragraphs(doubled, keep=".story") == [FIRST, POLL]


def test_cells_that_are_kept_keep_their_rows():
    assert paragraphs(keep="td, .story > p") == [FIRST, SECOND, "Dams | 7", "Fish &lt;kg> | 9"]


def test_two_matches_are_two_paragraphs_and_a_match_inside_a_match_is_none():
    html = f"<div><span class=a>{FIRST}</span>, and <span class=a>{SECOND}</span></div>"
    assert paragraphs(html, keep=".a") == [FIRST, SECOND]
    assert paragraphs(keep=".story, .story p, p") == [FIRST, POLL, SECOND]


def test_title_and_date_are_read_before_anything_is_dropped():
    page = cleaned(title=".kicker", date=".day", drop=".top, .poll")
    assert page.title == "Opinion"
    assert page.text.startswith(f"{FIRST}\n\n{SECOND}")
    assert page.published_at == datetime(2026, 5, 5, tzinfo=timezone.utc)
    assert page.published_precision == "day"


@pytest.mark.parametrize(
    ("markup", "selector"),
    [
        ("<time class=x datetime=2026-05-04T09:30:00Z>yesterday</time>", ".x"),
        ("<meta name=stamp content=2026-05-04T09:30:00Z>", "meta[name=stamp]"),
        ("<i class=x> </i><i class=x>2026-05-04T09:30:00Z</i>", ".x"),
    ],
)
def test_a_date_is_an_attribute_or_a_text(markup, selector):
    page = cleaned(PAGE.replace("<h1>", markup + "<h1>"), date=selector)
    assert page.published_at == datetime(2026, 5, 4, 9, 30, tzinfo=timezone.utc)


def test_a_date_that_cannot_be_read_leaves_the_ordinary_one():
    plain = clean_page(PAGE.encode(), URL)
    assert cleaned(date="h1").published_at == plain.published_at


@pytest.mark.parametrize(
    "selectors",
    [
        {"keep": ".article-2019"},
        {"keep": ".kicker"},
        {"keep": ".story", "drop": "body"},
        {"drop": "html"},
        {"drop": "p"},
        {"title": ".no", "date": ".no"},
    ],
)
def test_a_rule_that_is_out_of_date_leaves_the_page_as_it_is_without(selectors):
    assert cleaned(**selectors) == clean_page(PAGE.encode(), URL)


def test_other_hosts_are_read_without_it():
    elsewhere = "https://www.other.example/a"
    assert cleaned(url=elsewhere, keep=".poll") == clean_page(PAGE.encode(), elsewhere)


def test_selectors_see_the_tree_of_browsers():
    assert paragraphs(keep=".story > p:not(.poll p)", drop="table > tbody > tr") == [FIRST, SECOND]


def test_scripts_and_comments_never_come_to_light():
    hidden = (
        "<!--<script>--><p>a</p><!-- a -- > <p>b</p> -->"
        "<script><!--<script></script><p>c</p>--></script><style><p>d</p></style>"
        "<noscript><p>e</p></noscript><template><p>f</p></template><xmp><p>g</p></xmp>"
        "<svg><text>h</text></svg><textarea><p>i</p></textarea>"
    )
    words = " ".join(paragraphs(f"<body>{hidden}<p>{FIRST}</p>", keep="p, body")).split()
    assert not {"b", "c", "d", "e", "f", "g", "h", "i"} & set(words)


def test_two_thousand_nested_elements_are_read_by_rule():
    html = "<div>" * 1_990 + f"<p>{FIRST}" + "</div>" * 1_990
    page = cleaned(html, keep="div div p", drop="b")
    assert (page.text, page.method) == (FIRST, "rules")


def test_pages_that_would_cost_a_selector_seconds_are_read_without():
    html = f"<body><p>{FIRST}</p>" + "<i></i>" * 30_000
    assert markup_of(LexborHTMLParser(html), MAX_EFFORT) is None
    assert MAX_EFFORT < 30_000 * 30_000 / 2
    page = cleaned(html, keep="i:nth-last-of-type(2n + 1), p")
    assert (page.text, page.method) == (FIRST, "blocks")


def test_odd_names_and_values_of_attributes_pass_from_parser_to_parser():
    html = f"<p title='\"><script>' a\"b=1 =c=2 class='x&amp;y <z>'>{FIRST}"
    assert paragraphs(html, keep="p[title*=script][class~='<z>']") == [FIRST]
