"""Index pages and walls are refused, and nothing that is an article."""

import pytest

from schemas.errors import RowError
from transforms.boilerplate import clean_page

STORY_URL = "https://news.example/2026/05/12/envoys-agree-on-the-northern-canal"
SECTION_URL = "https://news.example/world"
STATES = ("Ardovia", "Belmark", "Corvinia", "Dalmora", "Estria", "Fennland", "Galdia", "Hestria")
SUBJECTS = ("the canal", "the grain tariffs", "the border posts", "the fishing quotas", "the dam")
PARAGRAPHS = [
    f"The foreign minister of {state} told reporters on Monday that the talks about {subject} had "
    "gone further than anybody expected, and that a second round would follow before the summer."
    for state, subject in zip(STATES, SUBJECTS * 2, strict=False)
]


def refusal(html: str, url: str = SECTION_URL) -> str | None:
    try:
        clean_page(html.encode(), url)
    except RowError as error:
        assert error.code == "not_an_article"  # noqa: PT017 - an article is the other outcome
        return error.detail
    return None


def text_of(html: str, url: str = STORY_URL) -> str:
    return clean_page(html.encode(), url).text


def page(
    body: str, head: str = "<title>World news | Example News</title>", classes: str = ""
) -> str:
    menu = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("home", "world", "sport"))
    return (
        f"<html><head>{head}</head><body class='{classes}'><nav><ul>{menu}</ul></nav>{body}"
        "<footer>About us. Contact. Imprint.</footer></body></html>"
    )


def headlines(count: int) -> list[tuple[str, str]]:
    """(headline, teaser) of so many stories."""
    return [
        (
            f"{STATES[i % 8]} and {STATES[(i + 3) % 8]} reopen talks about {SUBJECTS[i % 5]}, part {i}",
            f"Envoys of {STATES[i % 8]} returned to the table on day {i}. They left it again at night.",
        )
        for i in range(count)
    ]


CARDS = {
    "cards": '<article class="card"><h3><a href="/{i}">{title}</a></h3><p>{teaser}</p></article>',
    "cards with a link below": '<div class="item"><h2><a href="/{i}">{title}</a></h2><p>{teaser}</p>'
    '<a href="/{i}">Read more</a></div>',
    "list": '<li><a href="/{i}">{title}</a><p>{teaser}</p></li>',
    "headings and paragraphs": '<h3><a href="/{i}">{title}</a></h3><p>{teaser}</p>',
    "excerpts": '<article class="post"><header><h2 class="entry-title"><a href="/{i}">{title}</a></h2>'
    '<div class="entry-meta">Posted on May 3 by Ann</div></header><div class="entry-content"><p>'
    "{teaser} {teaser} [&hellip;]</p></div></article>",
}


def index(style: str, count: int) -> str:
    cards = (
        CARDS[style].format(i=i, title=title, teaser=teaser)
        for i, (title, teaser) in enumerate(headlines(count))
    )
    return f"<main>{''.join(cards)}</main>"


@pytest.mark.parametrize("count", [8, 40])
@pytest.mark.parametrize("style", CARDS)
def test_a_section_of_teasers_is_refused_wherever_it_lies(style, count):
    for url in (SECTION_URL, "https://news.example/", "https://news.example/tag/canal"):
        detail = refusal(page(index(style, count)), url)
        assert detail is not None, url
        assert detail.startswith("an index page by ")
        assert "linked headlines" in detail


@pytest.mark.parametrize(
    ("url", "evidence"),
    [
        ("https://news.example", "home page"),
        ("https://news.example/index.html", "home page"),
        ("https://news.example/en/", "home page"),
        ("https://news.example/?utm_source=feed&utm_medium=rss", "home page"),
        ("https://news.example/?s=canal", "search"),
        ("https://news.example/search?q=canal&page=2", "'/search'"),
        ("https://news.example/author/ann-example/page/3/", "'/author/ann-example'"),
        ("https://news.example/thema/kanal", "'/thema/kanal'"),
    ],
)
def test_the_address_of_an_index_is_believed_where_several_posts_stand(url, evidence):
    posts = "".join(
        f'<article><h2><a href="/{i}">{title}</a></h2><p>{PARAGRAPHS[i]}</p><p>{PARAGRAPHS[i + 1]}</p>'
        f"<p>{PARAGRAPHS[i + 2]}</p></article>"
        for i, (title, _) in enumerate(headlines(6))
    )
    assert evidence in (refusal(page(posts), url) or "")
    assert refusal(page(posts), STORY_URL) is None


@pytest.mark.parametrize(
    ("head", "classes", "evidence"),
    [
        ('<script type="application/ld+json">{"@type": "CollectionPage"}</script>', "", "CollectionPage"),
        ('<meta name="parsely-type" content="sectionpage">', "", "parsely-type"),
        ("", "archive category category-world", "archive category"),
        ("", "home blog wp-custom-logo", "home blog"),
        ("", "search search-results", "search-results"),
    ],
)  # fmt: skip
def test_a_page_that_calls_itself_an_index_is_one(head, classes, evidence):
    html = page(index("cards", 8), head, classes)
    assert evidence in (refusal(html, STORY_URL) or "")


def test_the_articles_that_an_index_lists_do_not_make_it_one():
    listed = ",".join(
        f'{{"@type": "NewsArticle", "headline": "{title}", "url": "https://news.example/{i}"}}'
        for i, (title, _) in enumerate(headlines(4))
    )
    head = f'<script type="application/ld+json">[{listed}]</script>'
    assert refusal(page(index("cards", 8), head), "https://news.example/") is not None


WALLS = {
    "en": "<h1>We value your privacy</h1><p>We and our 842 partners store and access information on a "
    "device, such as cookies. You can accept or withdraw your consent.</p><p>Accept all</p>",
    "de": "<h1>Willkommen</h1><p>Wir und unsere 210 Partner verwenden Cookies und verarbeiten Daten, um "
    "Informationen auf einem Gerät zu speichern. Dafür benötigen wir Ihre Einwilligung.</p>",
    "fr": "<h1>Bienvenue</h1><p>Nous et nos 180 partenaires utilisons des cookies pour stocker des "
    "informations sur un appareil. Votre consentement peut être retiré.</p><p>Tout accepter</p>",
    "es": "<h1>Su privacidad</h1><p>Nosotros y nuestros socios almacenamos información en un dispositivo, "
    "como las cookies. Su consentimiento puede retirarse en todo momento.</p>",
    "it": "<h1>Benvenuti</h1><p>Noi e i nostri 90 partner archiviamo informazioni su un dispositivo, come "
    "i cookie. Il tuo consenso può essere revocato.</p>",
    "pl": "<h1>Witamy</h1><p>My i nasi partnerzy przechowujemy na urządzeniu pliki cookie. Twoja zgoda jest "
    "dobrowolna, a dane osobowe są chronione.</p>",
    "nl": "<h1>Welkom</h1><p>Wij en onze partners gebruiken cookies. Met uw toestemming bewaren wij "
    "informatie op een apparaat.</p>",
}  # fmt: skip


@pytest.mark.parametrize("language", WALLS)
def test_a_consent_wall_is_refused(language):
    html = f"<html><title>Example News</title><body><div>{WALLS[language]}</div></body></html>"
    assert (refusal(html, STORY_URL) or "").startswith("a consent wall: it says ")


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("404 - Page not found", "Sorry, the page you are looking for does not exist.", "a soft 404"),
        ("Example News | Seite nicht gefunden", "Zur Startseite.", "a soft 404"),
        ("Страница не найдена — Example", "", "a soft 404"),
        ("ページが見つかりません｜例新聞", "お探しのページは見つかりませんでした。", "a soft 404"),
        ("Example News", "The page you requested could not be found on this server.", "a soft 404"),
        ("Just a moment...", "Checking your browser before you go on.", "a challenge"),
        ("Access denied", "You don't have permission to access this page. Reference 18.", "a challenge"),
        ("news.example", "Please enable JavaScript and cookies to continue.", "a challenge"),
        ("Example News", "You need to enable JavaScript to run this app.", "a challenge"),
        ("Log in | Example News", "Enter your e-mail address and your password.", "a login form"),
        ("Anmelden - Beispielzeitung", "Bitte geben Sie Ihre Daten ein.", "a login form"),
    ],
)  # fmt: skip
def test_a_wall_is_named_by_its_title_or_its_words(title, body, kind):
    html = page(f"<h1>{title}</h1><p>{body}</p>", f"<title>{title}</title>")
    assert (refusal(html, STORY_URL) or "").startswith(kind)


def test_popular_stories_below_a_soft_404_do_not_make_it_an_article():
    body = f"<h1>Page not found</h1><p>Try one of these popular stories.</p>{index('cards', 8)}"
    head = "<title>Page not found - Example News</title><meta property='og:type' content='website'>"
    assert (refusal(page(body, head), STORY_URL) or "").startswith("a soft 404")


def test_a_soft_404_that_its_template_calls_an_article_is_still_one():
    head = "<title>Page not found</title><meta property='og:type' content='article'>"
    assert refusal(page("<h1>Page not found</h1><p>Nothing is here.</p>", head)) is not None
    assert refusal(page("<p>Nothing is here, they say.</p>", classes="error404")) is not None


def test_an_empty_shell_is_not_refused_but_empty():
    html = "<html><title>Example</title><body><div id=root></div><script>x='text'</script></body></html>"
    assert text_of(html) == ""


ARTICLE_HEAD = "<title>The week in talks</title><meta property='og:type' content='article'>"
COOKIES = [
    (
        "The court ruled on Tuesday that sites must ask for consent before they store cookies: an "
        "\u201cAccept all\u201d button alone is not enough under the GDPR."
    ),
    (
        "Publishers and their advertising partners had argued that a legitimate interest allows "
        "them to use cookies; the judges disagreed and pointed to the privacy of the users."
    ),
    "The regulator wants the ruling to apply to personalised ads as well, a spokeswoman said.",
]


def test_a_short_item_of_forty_words_is_an_article():
    item = (
        "The foreign ministers of Ardovia and Belmark will meet in the capital on Friday to talk about "
        "the canal, the ministry said. It is the first meeting since the embassies were closed in "
        "March. No further details were given on the agenda of the visit."
    )
    html = page(
        f"<h1>Ministers to meet about the northern canal</h1><p>{item}</p>" + index("list", 9)
    )
    assert item in text_of(html)


def test_a_report_about_cookies_is_an_article():
    body = "".join(f"<p>{text}</p>" for text in COOKIES)
    html = page(f"<h1>Court rules on cookies and consent</h1>{body}", "<title>Cookies</title>")
    assert text_of(html) == "\n\n".join(COOKIES)


def test_a_report_about_a_missing_page_is_an_article():
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    html = page(f"<h1>Access denied: how the envoys were kept out</h1>{body}")
    assert len(text_of(html).split("\n\n")) == len(PARAGRAPHS)


def test_a_live_blog_is_an_article():
    updates = "".join(
        f"<section><time>1{i}:30</time><h2>Update {i} from the talks</h2><p>{text}</p></section>"
        for i, text in enumerate(PARAGRAPHS)
    )
    html = page(f"<h1>Canal talks: all updates of the day</h1>{updates}")
    assert refusal(html, "https://news.example/live/canal") is None


def test_a_roundup_full_of_links_is_an_article():
    items = "".join(
        f'<h3><a href="https://other.example/{i}">{title}</a></h3><p>{text}</p>'
        for i, ((title, _), text) in enumerate(zip(headlines(8), PARAGRAPHS, strict=True))
    )
    assert (
        refusal(page(f"<article>{items}</article>", ARTICLE_HEAD), "https://n.example/week") is None
    )
    titled = f"<article><h1>The week in talks: what you have missed</h1>{items}</article>"
    assert refusal(page(titled), "https://n.example/week") is None
    assert refusal(page(f"<article>{items}</article>"), STORY_URL) is None


def test_a_gallery_of_captions_is_an_article():
    pictures = "".join(f"<figure><img><figcaption>{t}</figcaption></figure>" for t in PARAGRAPHS)
    html = page(f"<h1>Photo of the day: the envoys arrive by boat</h1><main>{pictures}</main>")
    assert refusal(html, "https://news.example/pictures") is None


def test_a_long_list_is_an_article():
    items = "".join(f"<li><b>{state}</b>: {PARAGRAPHS[0]}</li>" for state in STATES)
    html = page(f"<h1>Eight states</h1><ol>{items}</ol>", "<title>Eight states</title>")
    assert refusal(html, "https://news.example/list") is None


def test_a_page_without_an_address_is_judged_by_its_teasers_alone():
    assert refusal(page(index("cards", 8)), "") is not None
    assert refusal(page(f"<p>{PARAGRAPHS[0]}</p>"), "") is None
    assert refusal(page(f"<p>{PARAGRAPHS[0]}</p>"), "https://news.example/") is None
    assert refusal(page(f"<p>{PARAGRAPHS[0]}</p>"), "https://[bad") is None
