"""Whom a page names as its authors, and whom it names besides."""

import json

import pytest

from transforms.boilerplate import clean_page

TEXT = (
    "Envoys of the two river states met in the old customs house on Monday and spoke for six hours "
    "about water, fish and the bridge that neither of them wants to pay for. They parted friends."
)


def authors(head: str = "", byline: str = "", tail: str = "") -> tuple[str, ...]:
    body = f"<p>{TEXT}</p>" * 20
    page = (
        f"<html><head><title>Envoys talk of water</title>{head}</head><body><article>"
        f"<h1>Envoys talk of water</h1>{byline}{body}</article>{tail}</body></html>"
    )
    return clean_page(page.encode(), "https://www.river.example/world/talks").authors


def ld(*nodes) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@graph": nodes})}</script>'


def test_a_person_is_named_by_its_given_and_family_name():
    person = {"@type": "Person", "givenName": "Ada", "familyName": "Quill"}
    assert authors(ld({"@type": "NewsArticle", "author": [person]})) == ("Ada Quill",)


@pytest.mark.parametrize("author", [{"@id": "#ada"}, [{"@id": "#ada"}]])
def test_a_reference_to_a_person_elsewhere_in_the_graph_is_followed(author):
    article = {"@type": "NewsArticle", "author": author}
    person = {"@type": "Person", "@id": "#ada", "name": "Ada Quill"}
    assert authors(ld(article, person)) == authors(ld(person, article)) == ("Ada Quill",)


def test_a_reference_to_the_outlet_is_no_author():
    outlet = {"@type": "Organization", "@id": "#river", "name": "River Daily"}
    assert authors(ld({"@type": "NewsArticle", "author": {"@id": "#river"}}, outlet)) == ()


def test_authors_of_papers_are_turned_around():
    head = (
        '<meta name=citation_author content="Quill, Ada">'
        '<meta name=citation_author content="Inkwell, Bo">'
    )
    assert authors(head) == ("Ada Quill", "Bo Inkwell")


@pytest.mark.parametrize(
    "line",
    [
        "By Ada Quill",
        "by Ada Quill",
        "BY ADA QUILL",
        "ByAda Quill",
        "Von: Ada Quill",
        "von Ada Quill",
        "Par Ada Quill",
        "Written by Ada Quill",
        "By Ada Quill May 5, 2024",
        "By Ada Quill in World",
        "By Ada Quill | 5 May",
        "By Ada Quill, PhD",
        "Written by</p><p>Ada Quill",
        "Author of the article:</p><p>Ada Quill",
    ],
)
def test_a_byline_below_the_headline_names_the_author(line):
    assert [name.casefold() for name in authors(byline=f"<p>{line}</p>")] == ["ada quill"]


@pytest.mark.parametrize(
    "line",
    ["By the river, envoys spoke of fish", "By Reuters", "By Staff", "Von Montag an gilt das Verbot",
     "by noon they had left", "Updated by Ada Quill", "By"],
)  # fmt: skip
def test_a_line_that_only_begins_so_names_nobody(line):
    assert authors(byline=f"<p>{line}</p>") == ()


def test_an_element_with_author_in_its_class_counts_by_the_headline_only():
    assert authors(byline="<div class=c-author__name>Ada Quill</div>") == ("Ada Quill",)
    assert authors(tail="<div class=card><b class=author>Bo Inkwell</b></div>") == ()


def test_author_links_of_other_articles_are_left_out_where_one_is_by_the_headline():
    link = '<a rel=author href="/{0}">{0}</a>'
    tail = "<aside>" + link.format("Bo Inkwell") + "</aside>"
    assert authors(byline=f"<p>{link.format('Ada Quill')}</p>", tail=tail) == ("Ada Quill",)


def test_a_style_sheet_in_an_author_element_is_no_name():
    assert authors(byline="<a rel=author href=/x><style>.a{color:red}</style></a>") == ()
