"""The HTML of feed entries as plain text."""

import pytest

from transforms.boilerplate import clean_fragment, plain_line


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("Envoys met.", "Envoys met."),
        ("<p>Envoys met.</p><p>They parted.</p>", "Envoys met.\n\nThey parted."),
        ("Envoys met.<br/>They parted.", "Envoys met.\n\nThey parted."),
        ("Envoys met.\n\nThey parted.", "Envoys met.\n\nThey parted."),
        ("<p>Envoys <b>met</b>\n  today.</p>", "Envoys met today."),
        ("<ul><li>Water</li><li>Fish</li></ul>", "Water\n\nFish"),
        ("<div>Envoys met.<div>Inner.</div>Outer.</div>", "Envoys met.\n\nInner.\n\nOuter."),
        ("<p>A &amp; B &lt;b&gt;</p>", "A & B <b>"),
        (
            "&lt;p&gt;Envoys met.&lt;/p&gt;&lt;p&gt;Twice escaped.&lt;/p&gt;",
            "Envoys met.\n\nTwice escaped.",
        ),
        ("<script>x</script><style>y</style><p>Envoys met.</p>", "Envoys met."),
        ("<p>Envoys met.</p><img src=//t.example/p.gif width=1 height=1>", "Envoys met."),
        ("<figure><img><figcaption>A table</figcaption></figure><p>Envoys met.</p>", "Envoys met."),
        ("<p>Envoys met.</p><p>Envoys met.</p>", "Envoys met."),
        ("<!-- c --><p>Envoys met.</p>", "Envoys met."),
    ],
)
def test_a_fragment_becomes_paragraphs(html, text):
    assert clean_fragment(html) == text


@pytest.mark.parametrize(
    "tail",
    [
        '<p>The post <a href="/a">Talks</a> appeared first on <a href="/">News</a>.</p>',
        '<p>Der Beitrag <a href="/a">Talks</a> erschien zuerst auf <a href="/">News</a>.</p>',
        '<a href="/a">Continue reading Talks <span>&rarr;</span></a>',
        '… <a href="/a">Read more</a>',
        '[&#8230;] <a href="/a">Weiterlesen</a>',
        "<p>Share this</p>",
    ],
)
def test_trailers_of_feeds_are_dropped(tail):
    assert clean_fragment(f"<p>Envoys met.</p>{tail}").rstrip("… ") == "Envoys met."


def test_read_more_inside_of_a_sentence_stays():
    assert clean_fragment("<p>Envoys should read more books</p>") == "Envoys should read more books"


@pytest.mark.parametrize(
    ("html", "limit", "line"),
    [
        ("  Talks\n<b>open</b> ", 80, "Talks open"),
        ("Talks &amp; fish", 80, "Talks & fish"),
        ("&lt;b&gt;Talks&lt;/b&gt; open", 80, "Talks open"),
        ("a < b and c > d", 80, "a < b and c > d"),
        ("Envoys met on Monday", 12, "Envoys met…"),
        ("Envoysmetonmonday", 5, "Envo…"),
        ("", 5, ""),
        ("<p>One.</p><p>Two.</p>", 80, "One. Two."),
        ("Tal\u202eks", 80, "Talks"),
    ],
)
def test_a_plain_line_is_one_line_within_its_limit(html, limit, line):
    assert plain_line(html, limit) == line
