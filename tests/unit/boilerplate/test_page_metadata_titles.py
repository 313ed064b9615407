"""Which of a page's several titles is the headline."""

import json

import pytest

from transforms.boilerplate import clean_page

TEXT = (
    "Envoys of the two river states met in the old customs house on Monday and spoke for six hours "
    "about water, fish and the bridge that neither of them wants to pay for. They parted friends."
)
OG = '<meta property="og:title" content="{}">'


def title(head: str, body: str = "") -> str:
    page = f"<html><head>{head}</head><body>{body}<article><p>{TEXT}</p></article></body></html>"
    return clean_page(page.encode(), "https://www.river.example/world/talks").title


def ld(kind: str, headline: str) -> str:
    node = {"@type": kind, "headline": headline}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize("kind", ["NewsArticle", "Article"])
def test_an_h1_that_is_the_social_title_goes_before_the_stated_headline(kind):
    head = OG.format("Envoys talk of water") + ld(kind, "The bridge nobody pays for")
    assert title(head, "<h1>Envoys talk of water</h1>") == "Envoys talk of water"


def test_a_newsroom_headline_goes_before_titles_that_disagree():
    head = OG.format("You will not believe this bridge") + ld("NewsArticle", "Envoys talk of water")
    assert title(head, "<h1>Water, live</h1>") == "Envoys talk of water"


def test_an_h1_goes_before_the_title_for_search_engines_that_a_plug_in_states():
    seo = "Water Talks 2026: Six Facts on the River Bridge"
    head = OG.format(seo) + ld("BlogPosting", seo)
    assert title(head, "<h1>Six facts on the river bridge</h1>") == "Six facts on the river bridge"


def test_an_h1_that_shares_words_with_a_title_is_the_headline():
    head = OG.format("Water talks open, bridge on the agenda")
    assert title(head, "<h1>Talks on the bridge open at last</h1>") == (
        "Talks on the bridge open at last"
    )


def test_an_h1_of_another_part_of_the_page_is_not_the_headline():
    head = OG.format("Envoys talk of water")
    assert title(head, "<h1>World</h1><h1>Most read</h1>") == "Envoys talk of water"


def test_lines_of_an_h1_that_run_together_are_parted_as_another_title_parts_them():
    head = OG.format("River states / Envoys talk of water")
    body = "<h1><span>River states</span><span>Envoys talk of water</span></h1>"
    assert title(head, body) == "River states / Envoys talk of water"


def test_a_headline_in_capitals_is_taken_in_ordinary_letters_where_a_title_has_them():
    head = "<title>Envoys talk of water | River</title>"
    assert title(head, "<h1>ENVOYS TALK OF WATER</h1>") == "Envoys talk of water"


def test_a_character_reference_that_was_escaped_twice_is_resolved():
    assert title(ld("NewsArticle", "Envoys&amp;#8230; and water")) == "Envoys… and water"
