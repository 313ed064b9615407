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

_WORDS = (
    (
        BODY,
        (
            r"article-?(?:body|text|content|copy|main|detail)s?|(?:body|main)-(?:text|copy|content)"
            r"|articlebody|articletext|entry-content|post-(?:content|body|text)|(?:story|news)-(?:body"
            r"|content|text|detail)s?|content-(?:body|text|article)|rich-?text|text-body|body-copy"
            r"|name-body|wysiwyg|artikel-?(?:text|body|inhalt)|page-content"
        ),
    ),
    (
        LEAD,
        (
            r"standfirst|lead|lede|dek|deck|sub-?title|sub-?head(?:line|ing)?|summary|intro"
            r"(?:duction)?|chapo|sapo|vorspann|entradilla|bajada|ingress|manchet|abstract|preamble"
            r"|excerpt|teaser-text|subheadline"
        ),
    ),
    (
        NAVIGATION,
        (
            r"nav|navbar|navigation|menu|submenu|breadcrumbs?|footer|site-?(?:header|footer)|masthead"
            r"|toolbar|topbar|pagination|pager|page-?links|skip-?(?:link|to)|toc|of-contents"
            r"|bottom-?bar|sitemap|language-?switcher|copyright|post-navigation"
        ),
    ),
    (
        RELATED,
        (
            r"related\w*|recommend\w*|recirc\w*|more-(?:stories|news|articles|from|on|like|in|to)"
            r"|read-?(?:more|also|next)|see-also|also-read|up-?next|most-?(?:read|popular|viewed)"
            r"|popular|trending|latest-(?:news|stories|posts)|suggest\w*|outbrain|taboola|teasers?"
            r"|similar|sidebar|side-?bar|rail|right-(?:rail|col|column)|in-?read|zergnet"
            r"|you-may|carousel|further|lire-aussi|mehr-zum|leia-tambem|topics?-list|jp-relatedposts"
            r"|crossposts?|story-?list|news-?list|article-?list|post-?list|list-?news|thumbs|tagcloud"
        ),
    ),
    (
        SOCIAL,
        (
            r"share|shares|sharing|sharebar|share-?(?:bar|buttons?|tools?|links?)|social\w*"
            r"|addthis\w*|addtoany\w*|sharedaddy|sharethis|follow(?:-us)?|social-?media|print-?button"
            r"|whatsapp|bookmark|reactions?|rating|likes?|post-?(?:tools|actions)|article-?tools"
        ),
    ),
    (
        COMMENTS,
        (
            r"comments?|comment-?\w*|disqus\w*|discussion|respond|replies|reply|kommentare?"
            r"|commentlist|commentaires?|comentarios|livefyre|coral|user-?comments|reader-?comments"
        ),
    ),
    (
        BYLINE,
        (
            r"byline\w*|authors?|author-?(?:box|bio|info|name|card|profile)|about-?(?:the-)?author"
            r"|bio|biography|dateline|timestamp|date|time|pub(?:lish(?:ed)?)?-?(?:date|time|info|on)"
            r"|published|updated|post-?(?:meta|date|info|author|tags|footer)|entry-?(?:meta|footer)"
            r"|(?:article|story)-?(?:meta|info|date|tags|topics|footer)|meta|metadata|kicker|eyebrow"
            r"|tags?|tag-?list|taglist|keywords?|categor(?:y|ies)|topics?|section-?(?:name|label)"
            r"|read(?:ing)?-?time|post-?category|info-?bar|contributors?|correction-?policy|vcard"
        ),
    ),
    (
        CAPTION,
        (
            r"captions?|caption-?\w*|figcaption|\w+-caption|credits?|photo-?(?:credit|caption|info)"
            r"|image-?(?:credit|caption|info|source)|img-?(?:credit|caption)|wp-caption-text|legend"
            r"|slides?|slide-?(?:info|caption|description)|carousel-?slide\w*|media-?(?:caption|credit|info)|gallery|slideshow|lightbox|photo-?gallery|bildunterschrift"
        ),
    ),
    (
        PROMOTION,
        (
            r"ad|ads|adv|advert\w*|adsense|adslot|ad-?(?:unit|slot|container|wrapper|box)|sponsor\w*"
            r"|promo\w*|newsletters?\w*|news-?letter|subscri\w+|sign-?up|signup|register|registration"
            r"|login|paywall-?(?:box|overlay|message|prompt|banner)|regwall|donat\w+|pop-?up|popover|modal|overlay|dialog"
            r"|notifications?|alert-?signup|disclaimer|to-action|cta|abo-?(?:box|teaser)|upsell"
            r"|marketing|banner|coupon|shop|product-?(?:card|box)|affiliate\w*|app-?download"
        ),
    ),
    (
        CONSENT,
        (
            r"cookies?|cookie-?\w+|consent\w*|gdpr|onetrust\w*|ot-(?:sdk|pc)-?\w*|didomi\w*|privacy\w*"
        ),
    ),
    (HIDDEN, r"visually-?hidden|sr-only|screen-?reader(?:-text)?|hidden-print|print-only|d-none"),
)
# One pattern for a word or a pair of words; the group that matched names the flag: f1, f2, f4 ...
_PATTERN = re.compile("|".join(f"(?P<f{flag}>{words})" for flag, words in _WORDS))
_FLAG_OF_GROUP = {f"f{flag}": flag for flag, _ in _WORDS}

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

    `articleBody` and `article_body` read as `article-body`. Cached twice: a site has few names,
    and all sites together have few words.
    """
    hints = 0
    before = ""
    for written in _WORD.findall(name[:300]):
        word = written.lower()
        if before not in _ABOUT_OTHERS:
            hints |= _hints_of_words(word)
        if before:
            hints |= _hints_of_words(f"{before}-{word}")
        before = word
    if hints & BODY:  # `article-body__related` is not body, `post-content share` is
        hints &= BODY | RELATED | COMMENTS | CAPTION | NAVIGATION | HIDDEN
    return hints


@lru_cache(maxsize=1 << 15)
def _hints_of_words(words: str) -> int:
    match = _PATTERN.fullmatch(words)
    return _FLAG_OF_GROUP[match.lastgroup or ""] if match else 0


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
