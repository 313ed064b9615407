from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.boilerplate import PlacedText, clean_page, without_furniture

BODY, BOX, LIST = "main/article/p", "article/aside.1024/div/p", "aside/div/ul/li"
HEADING = "main/article/h2"
SUPPORT = (BOX, "Support our newsroom with a small gift.")
FOLLOW = (BODY, "Follow our desk for more of the news.")


def story(name, paragraphs=8):
    """A body of so many paragraphs of about 110 characters that no other story has."""
    line = f"On day {{}} of the {name} talks the envoys of both sides met again and parted again"
    return [(BODY, f"{line.format(i)}, as before, without a word.") for i in range(paragraphs)]


def page(*lines):
    return PlacedText("\n\n".join(text for _, text in lines), tuple(place for place, _ in lines))


def whole(*pages):
    return without_furniture(pages) == [p.text for p in pages]


def text_of(lines):
    return page(*lines).text


def test_what_three_stories_have_at_one_place_is_taken_off():
    bodies = [story(name) for name in ("grain", "border", "fishing")]
    pages = [page(*body[:4], SUPPORT, *body[4:]) for body in bodies]
    assert without_furniture(pages) == [text_of(body) for body in bodies]


def test_two_stories_are_not_enough():
    assert whole(*(page(*story(name), SUPPORT) for name in ("grain", "border")))
    assert whole()


def test_the_same_words_at_three_places_are_not_furniture():
    places = (BODY, BOX, LIST)
    assert whole(*(page(*story(at), (at, SUPPORT[1])) for at in places))


def test_at_the_end_of_the_body_it_is_furniture_in_the_middle_background():
    background = (BODY, "The two states have had no treaty since 1994.")
    bodies = [story(name) for name in ("grain", "border", "fishing")]
    pages = [page(*body[:4], background, *body[4:], FOLLOW) for body in bodies]
    assert without_furniture(pages) == [
        text_of([*body[:4], background, *body[4:]]) for body in bodies
    ]


def test_an_address_at_the_start_of_speeches_stays():
    address = (BODY, "Excellencies, ladies and gentlemen,")
    assert whole(*(page(address, *story(name)) for name in ("grain", "border", "fishing")))


def test_a_report_under_many_links_survives_whole():
    regions = ("north", "south", "east", "west")
    report = story("grain")
    editions = [page(*report, (BODY, f"Seen from the {r} of the country.")) for r in regions]
    assert whole(*editions)
    assert whole(*(page(*report) for _ in regions))


def test_a_report_under_many_links_is_one_story_when_stories_are_counted():
    # each edition has a new end of its own, but the same long middle as one other
    first = [page(*story("grain"), (BODY, f"Edition {i}."), SUPPORT) for i in range(2)]
    assert whole(*first, page(*story("border"), SUPPORT))


def test_copies_lose_what_other_stories_prove_to_be_furniture():
    others = [page(*story(name), SUPPORT) for name in ("grain", "border", "fishing")]
    copies = [page(*story("visa"), SUPPORT)] * 3
    assert without_furniture([*others, *copies])[3:] == [text_of(story("visa"))] * 3


def test_a_text_that_is_mostly_furniture_stays_whole():
    others = [page(*story(name), SUPPORT) for name in ("grain", "border", "fishing")]
    brief = page((BODY, "The envoys met."), SUPPORT)
    assert without_furniture([*others, brief])[3] == brief.text


def test_one_entry_of_a_list_is_not_furniture_a_whole_list_is():
    states = [(LIST, "Norway"), (LIST, "Chile")]
    mixed = [page(*story(n), *states, (LIST, n)) for n in ("Oman", "Fiji", "Togo")]
    assert whole(*mixed)
    same = [page(*story(n), *states) for n in ("Oman", "Fiji", "Togo")]
    assert without_furniture(same) == [text_of(story(n)) for n in ("Oman", "Fiji", "Togo")]


def test_a_heading_goes_only_with_what_stands_under_it():
    heading = (HEADING, "What we know")
    bodies = [story(name) for name in ("grain", "border", "fishing")]
    assert whole(*(page(*body[:4], heading, *body[4:]) for body in bodies))
    pages = [page(*body, heading, SUPPORT) for body in bodies]
    assert without_furniture(pages) == [text_of(body) for body in bodies]


def test_a_long_paragraph_takes_six_stories():
    long = (BOX, "The council was founded to settle what its members cannot. " * 6)
    pages = [page(*story(f"matter {i}", 16), long) for i in range(6)]
    assert whole(*pages[:5])
    assert without_furniture(pages) == [text_of(story(f"matter {i}", 16)) for i in range(6)]


def test_a_phrase_that_few_of_many_stories_have_is_not_furniture():
    few = [page(*story(f"matter {i}"), SUPPORT) for i in range(3)]
    many = [page(*story(f"affair {i}"), (BOX, f"Our reader number {i} writes.")) for i in range(28)]
    assert whole(*few, *many)
    assert not whole(*few, *many[:27])


_LINES = st.lists(
    st.tuples(st.sampled_from((BODY, BOX, LIST, HEADING, "")), st.sampled_from("abcdefgh")),
    unique_by=lambda line: line[1],
).map(lambda lines: [(place, letter * 9) for place, letter in lines])
_PAGES = st.lists(
    st.builds(
        lambda name, lines: page(*story(name), *lines),
        st.sampled_from([f"matter {i}" for i in range(9)]),
        _LINES,
    ),
    max_size=14,
)


@given(_PAGES, st.randoms())
def test_the_order_of_the_pages_does_not_matter(pages, random: Random):
    order = list(range(len(pages)))
    random.shuffle(order)
    texts = without_furniture(pages)
    assert without_furniture([pages[i] for i in order]) == [texts[i] for i in order]


@given(_PAGES)
def test_paragraphs_are_taken_off_whole_and_never_most_of_a_text(pages):
    for before, after in zip(pages, without_furniture(pages), strict=True):
        paragraphs = iter(before.text.split("\n\n"))
        assert all(kept in paragraphs for kept in after.split("\n\n"))  # in the same order
        assert len(after) > 0.65 * len(before.text)


HTML = """<title>Talks</title><body><main><article>
<h1>Talks</h1><p>Envoys of both sides met in the capital on Monday to speak of grain.</p>
<p>They parted in the even\u00ading without a word for the press, as they had done before.</p>
<table><tr><td>Norway</td><td>12 ships</td></tr></table>
<ul class="article-body"><li>The talks will go on in May, and both sides will send more envoys.</ul>
</article></main>"""


def test_a_page_tells_the_place_of_each_paragraph():
    cleaned = clean_page(HTML.encode(), "http://one.example/a", "utf-8")
    placed = dict(zip(cleaned.text.split("\n\n"), cleaned.places, strict=True))
    assert [place for text, place in placed.items() if text.startswith("Envoys")] == [
        "body/main/article/p"
    ]
    assert [place for text, place in placed.items() if text.startswith("They")] == [""]
    assert [place for text, place in placed.items() if text.startswith("The talks")] == [
        "main/article/ul.1/li"
    ]


@pytest.mark.parametrize("html", ["<p>", "<body><nav><a href=/>Home</a></nav>"])
def test_a_page_without_text_has_no_places(html):
    cleaned = clean_page(html.encode(), "http://one.example/a")
    assert (cleaned.text, cleaned.places) == ("", ())
