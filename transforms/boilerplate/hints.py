"""What tag, class, id and role say about an element: evidence for the choice, never a verdict.

Source of the word lists: names that news sites and their content systems commonly give to such
elements, tried on the development sets (861 pages, 40 countries).
"""

import re
from functools import lru_cache

BODY = 1
LEAD = 2
NAVIGATION = 4
RELATED = 8
SOCIAL = 16
COMMENTS = 32
BYLINE = 64
CAPTION = 128
PROMOTION = 256
HIDDEN = 512
ASIDE = 1024
CONSENT = 2048

AGAINST = (
    NAVIGATION
    | RELATED
    | SOCIAL
    | COMMENTS
    | BYLINE
    | CAPTION
    | PROMOTION
    | HIDDEN
    | ASIDE
    | CONSENT
)
"""The evidence that speaks against a block. `BODY` and `LEAD` speak for it."""

_WORD = re.compile(r"[A-Z]*[a-z0-9]+|[A-Z]+")
# Words before a word about another part, or another state: `has-sidebar`, `no-comments`.
_ABOUT_OTHERS = frozenset(
    {"has", "with", "no", "without", "hide", "show", "is", "js", "lg", "md", "sm", "xl", "u"}
)

_WORDS = {
    BODY: """articlebody wysiwyg richtext""",
    LEAD: """
standfirst lead lede dek deck subtitle subhead subheadline subheading summary intro introduction
chapo sapo vorspann entradilla bajada ingress manchet abstract preamble excerpt
""",
    NAVIGATION: """
nav navbar navigation menu submenu breadcrumb breadcrumbs footer masthead toolbar topbar
pagination pager toc sitemap copyright
""",
    RELATED: """
related* recommend* recirc* suggest* popular trending outbrain taboola teaser teasers similar
sidebar rail zergnet carousel further crosspost crossposts thumbs tagcloud
""",
    SOCIAL: """
share shares sharing sharedaddy social* addthis* addtoany* follow whatsapp bookmark reaction
reactions rating like likes
""",
    COMMENTS: """
comment* disqus* discussion respond replies reply kommentar kommentare comentarios livefyre coral
""",
    BYLINE: """
byline* author authors bio biography dateline timestamp date time published updated meta metadata
kicker eyebrow tag tags keyword keywords category categories topic topics contributor contributors
vcard
""",
    CAPTION: """
caption* figcaption credit credits legend slide slides gallery slideshow lightbox carouselslide*
bildunterschrift
""",
    PROMOTION: """
ad ads adv advert* adsense sponsor* promo* newsletter* subscri* signup register registration login
regwall donat* popup popover modal overlay dialog notification notifications disclaimer cta upsell
marketing banner coupon shop affiliate*
""",
    CONSENT: """cookie* consent* gdpr onetrust* didomi* privacy*""",
}
"""Words that are evidence alone; a star stands for any ending."""

_PAIRS = (
    (BODY, "article", "body text content copy main detail bodys texts contents details"),
    (BODY, "body main", "text copy content"),
    (BODY, "entry post story news artikel", "content body text detail details inhalt"),
    (BODY, "content", "body text article"),
    (BODY, "rich", "text"),
    (BODY, "text name", "body"),
    (BODY, "page", "content"),
    (LEAD, "sub", "title head headline heading"),
    (LEAD, "teaser", "text"),
    (NAVIGATION, "site", "header footer"),
    (NAVIGATION, "page skip", "links link to"),
    (NAVIGATION, "of", "contents"),
    (NAVIGATION, "bottom", "bar"),
    (NAVIGATION, "language", "switcher"),
    (NAVIGATION, "post", "navigation"),
    (RELATED, "more", "stories news articles from on like in to"),
    (RELATED, "read see also up", "more also next read"),
    (RELATED, "most", "read popular viewed"),
    (RELATED, "latest", "news stories posts"),
    (RELATED, "side right", "bar rail col column"),
    (RELATED, "in you", "read may"),
    (RELATED, "lire mehr leia", "aussi zum tambem"),
    (RELATED, "topic topics story news article post", "list"),
    (RELATED, "list jp", "news relatedposts"),
    (SOCIAL, "share", "bar button buttons tool tools link links this"),
    (SOCIAL, "follow social print", "us media button"),
    (SOCIAL, "post article", "tools actions"),
    (COMMENTS, "user reader", "comments"),
    (BYLINE, "author", "box bio info name card profile"),
    (BYLINE, "about", "author"),
    (BYLINE, "pub publish published", "date time info on"),
    (BYLINE, "post entry article story", "meta date info author tags topics footer category"),
    (BYLINE, "tag", "list"),
    (BYLINE, "section", "name label"),
    (BYLINE, "read reading", "time"),
    (BYLINE, "info correction", "bar policy"),
    (CAPTION, "photo image img media", "credit caption info source gallery"),
    (CAPTION, "slide", "info caption description"),
    (PROMOTION, "ad", "slot unit container wrapper box"),
    (PROMOTION, "sign pop", "up"),
    (PROMOTION, "news", "letter"),
    (PROMOTION, "to", "action"),
    (PROMOTION, "app", "download"),
    (PROMOTION, "paywall", "box overlay message prompt banner"),
    (PROMOTION, "abo product", "box teaser card"),
    (CONSENT, "ot", "sdk pc"),
    (HIDDEN, "visually", "hidden"),
    (HIDDEN, "sr print", "only"),
    (HIDDEN, "screen", "reader"),
    (HIDDEN, "d", "none"),
)
"""Two words that are evidence together: each of the first before each of the second."""


def _read_words() -> dict[str, int]:
    """The flag of each word, and of each pair as `article-body` and as `articlebody`."""
    flags: dict[str, int] = {}
    for flag, befores, afters in _PAIRS:
        for before in befores.split():
            for after in afters.split():
                flags.setdefault(f"{before}-{after}", flag)
                flags.setdefault(f"{before}{after}", flag)
    for flag, words in _WORDS.items():
        flags.update((word, flag) for word in words.split() if not word.endswith("*"))
    return flags


_FLAGS = _read_words()
_BEGINNINGS = {
    word[:-1]: flag
    for flag, words in _WORDS.items()
    for word in words.split()
    if word.endswith("*")
}
_ALL_BEGINNINGS = tuple(_BEGINNINGS)

_TAGS = {
    "nav": NAVIGATION,
    "footer": NAVIGATION,
    "menu": NAVIGATION,
    "aside": ASIDE,
    "figcaption": CAPTION,
    "figure": CAPTION,
    "address": BYLINE,
    "time": BYLINE,
    "dialog": PROMOTION,
    "label": PROMOTION,
    "fieldset": PROMOTION,
}
_ROLES = {
    "navigation": NAVIGATION,
    "banner": NAVIGATION,
    "contentinfo": NAVIGATION,
    "menu": NAVIGATION,
    "complementary": ASIDE,
    "dialog": PROMOTION,
    "alertdialog": PROMOTION,
    "search": NAVIGATION,
}
# These hold the whole page or article: their class says what else the page has.
_WHOLE_PAGE = frozenset({"html", "body", "main", "article"})


@lru_cache(maxsize=1 << 15)
def hints_of_name(name: str) -> int:
    """The evidence in one class or id attribute, as the sum of the flags above; 0 for none.

    `articleBody` and `article_body` read as `article-body`.
    """
    hints = 0
    before = ""
    for written in _WORD.findall(name[:300]):
        word = written.lower()
        if before not in _ABOUT_OTHERS:
            hints |= _FLAGS.get(word, 0) or _by_beginning(word)
        if before:
            hints |= _FLAGS.get(f"{before}-{word}", 0)
        before = word
    if hints & BODY:  # `article-body__related` is not body, `post-content share` is
        hints &= BODY | RELATED | COMMENTS | CAPTION | NAVIGATION | HIDDEN
    return hints


def _by_beginning(word: str) -> int:
    if not word.startswith(_ALL_BEGINNINGS):
        return 0
    return next(flag for beginning, flag in _BEGINNINGS.items() if word.startswith(beginning))


def hints_of(tag: str, attributes: dict[str, str | None]) -> int:
    """The evidence of an element's tag and attributes, as the sum of the flags above."""
    hints = _TAGS.get(tag, 0)
    if not attributes:
        return hints
    if tag not in _WHOLE_PAGE:
        if name := attributes.get("class"):
            hints |= hints_of_name(name)
        if name := attributes.get("id"):
            hints |= hints_of_name(name)
        if role := attributes.get("role"):
            hints |= _ROLES.get(role, 0)
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        hints |= HIDDEN
    if (style := attributes.get("style")) and "none" in style and "display" in style:
        hints |= HIDDEN
    if attributes.get("itemprop") == "articleBody":
        hints = BODY
    return hints
