"""What the page says of its price, and stubs that end in an invitation to pay."""

import pytest

from transforms.boilerplate import clean_page

URL = "https://news.example/2026/05/12/envoys-agree-on-the-northern-canal"
SENTENCE = (
    "The envoys of both states met on Monday in the old customs house and talked for six hours. "
)


def is_paywalled(body: str, head: str = "") -> bool:
    html = f"<html><head><title>Talks</title>{head}</head><body><main>{body}</main></body></html>"
    return clean_page(html.encode(), URL).is_paywalled


def paragraphs(count: int) -> str:
    return "".join(f"<p>{i}. {SENTENCE * 3}</p>" for i in range(count))


def json_ld(properties: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {properties}}}</script>'


@pytest.mark.parametrize(
    "head",
    [
        json_ld('"isAccessibleForFree": false'),
        json_ld('"isAccessibleForFree": "False"'),
        json_ld('"isAccessibleForFree": "http://schema.org/False"'),
        json_ld('"hasPart": {"isAccessibleForFree": false, "cssSelector": ".paid"}'),
        json_ld('"hasPart": [{"@type": "WebPageElement"}, {"isAccessibleForFree": "false"}]'),
        '<meta itemprop="isAccessibleForFree" content="false">',
        '<meta property="article:content_tier" content="metered">',
        '<meta name="cXenseParse:abc-paywall" content="true">',
        '<meta name="article.access" content="paid">',
        '<meta name="isPremium" content="1">',
    ],
)
def test_what_the_page_says_is_believed_even_if_the_whole_text_is_there(head):
    assert is_paywalled(paragraphs(20), head)


@pytest.mark.parametrize(
    "head",
    [
        "",
        json_ld('"isAccessibleForFree": true'),
        json_ld('"isAccessibleForFree": "True", "hasPart": "text"'),
        '<meta property="article:content_tier" content="free">',
        '<meta name="cXenseParse:abc-paywall" content="false">',
        '<meta name="isPremium" content="0">',
        '<meta name="adv:premium" content="yes">',
    ],
)
def test_a_free_article_is_free(head):
    assert not is_paywalled(paragraphs(3), head)


@pytest.mark.parametrize(
    "offer",
    [
        "Subscribe to continue reading.",
        "To read the full story, choose a subscription.",
        "Um weiterzulesen, melden Sie sich bitte an.",
        "La suite est réservée aux abonnés.",
        "Il vous reste 82 % de cet article à lire.",
        "Suscríbete para seguir leyendo.",
        "Conteúdo exclusivo para assinantes.",
        "Per continuare a leggere, abbonati.",
        "Pozostało jeszcze 89% artykułu",
        "Чтобы читать дальше, оформите подписку.",
        "この記事は会員限定です。残り 812文字",
    ],
)
def test_a_short_text_with_an_invitation_right_after_it_is_a_stub(offer):
    assert is_paywalled(f"{paragraphs(2)}<div class='box'><p>{offer}</p></div>")


def test_an_invitation_below_a_whole_article_says_nothing():
    assert not is_paywalled(f"{paragraphs(16)}<p>Subscribe to continue reading our letters.</p>")
    assert not is_paywalled(f"{paragraphs(7)}<p>Subscribe to continue reading our letters.</p>")


def test_a_text_that_breaks_off_may_be_longer_and_its_invitation_vaguer():
    cut = (
        "<p>The ministers had agreed on nearly all of it when, late at night, the other side...</p>"
    )
    assert is_paywalled(f"{paragraphs(7)}{cut}<p>Subscribe to continue reading.</p>")
    assert is_paywalled(f"{paragraphs(2)}{cut}<p>Already a subscriber? Log in.</p>")
    assert not is_paywalled(f"{paragraphs(2)}<p>Already a subscriber? Log in.</p>")
    assert not is_paywalled(f"{paragraphs(2)}{cut}")


def test_how_much_is_left_is_said_of_long_stubs_too():
    assert is_paywalled(f"{paragraphs(20)}<div>Pozostało jeszcze 89% artykułu</div>")


def test_an_article_about_paywalls_is_free():
    about = (
        "Readers who were asked to subscribe to continue reading mostly left, the study says; of those "
        "who stayed, the envoys of the trade said, one in nine paid for a month, and one in forty for "
        "a year, which was more than the publishers had hoped for when they began."
    )
    assert not is_paywalled(f"<p>{about}</p>{paragraphs(1)}")
