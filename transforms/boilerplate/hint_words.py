"""The words of class and id attributes that are evidence, and what for.

Source of the word lists: names that news sites and their content systems commonly give to such
elements, tried on the development sets (861 pages, 40 countries).
"""

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

WORDS = {
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

PAIRS = (
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
