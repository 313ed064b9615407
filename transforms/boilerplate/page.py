"""A page's bytes -> the article and what the page says of it."""

from datetime import datetime
from typing import Literal, NamedTuple

from schemas.errors import RowError
from transforms.boilerplate.authors import authors_of
from transforms.boilerplate.blocks import read_layout
from transforms.boilerplate.body import body_of
from transforms.boilerplate.choose import choose_blocks
from transforms.boilerplate.furniture import places_of
from transforms.boilerplate.head import read_head
from transforms.boilerplate.headline import around_headline, bylines_of, dated_lines
from transforms.boilerplate.identity import (
    canonical_of,
    domain_of,
    is_same_page,
    robots_of,
    tdm_of,
)
from transforms.boilerplate.json_ld import article_of
from transforms.boilerplate.language import language_of
from transforms.boilerplate.page_kind import why_no_article
from transforms.boilerplate.parse import parse_page
from transforms.boilerplate.paywall import is_paywalled
from transforms.boilerplate.published import modified_of, published_of
from transforms.boilerplate.ruled import LEAST_CHARS, apply_rule, kept_text
from transforms.boilerplate.titles import title_of
from transforms.boilerplate.wire import wire_source_of
from transforms.site_rules import NO_RULES, SiteRules


class CleanPage(NamedTuple):
    """The article of a page. Unknown is None or empty, never a guess."""

    title: str
    text: str
    """Paragraphs with one empty line between two; NFC, no controls, no paragraph twice."""
    places: tuple[str, ...]
    """Where each paragraph stands, such as `article/div/p`: see `furniture.places_of`."""
    published_at: datetime | None
    """Aware; the offset is the one that the page wrote."""
    published_precision: Literal["second", "day"] | None
    modified_at: datetime | None
    authors: tuple[str, ...]
    language: str | None
    """ISO 639-1."""
    canonical_url: str | None
    wire_source: str | None
    method: str
    """`blocks`; `json_ld` where the page states more text there than it shows; `rules` where a
    site rule's `keep` found the text."""
    confidence: float
    """The F1 to be expected of the text, 0.0 to 1.0: 1.0 is the whole article and nothing else."""
    is_paywalled: bool
    robots: str | None
    tdm: str | None


def clean_page(
    html: bytes, url: str, charset: str | None = None, rules: SiteRules = NO_RULES
) -> CleanPage:
    """The article of the page that `url` answered with. `charset` is the HTTP header's.

    The rule for the host of `url`, if `rules` has one, goes before all else. Where it leaves next
    to no text, the page is read as if there were none.
    A page without an article has the text "". The same bytes give the same answer: no clock, no
    network, no state.
    Raises: RowError `empty_text` for no bytes, `not_html` for bytes that are not an HTML page,
    `too_deep` for markup beyond what any real page has, `not_an_article` for an index of articles,
    a soft 404, a challenge for browsers, a login form or a consent wall, never for a page that a
    site rule reads.
    """
    tree = parse_page(html, charset)
    head = read_head(tree)
    article = article_of(head.json_ld, lambda other: is_same_page(url, other))
    layout = read_layout(tree)
    rule = rules.rule_for(url)
    ruled = apply_rule(rule, tree, layout)
    domain = domain_of(url)
    headings = [block.text for block in layout.blocks if block.tag == "h1"]
    title = ruled.title or title_of(head, article, headings, domain.partition(".")[0])
    choice = choose_blocks(ruled.layout, title)
    by_rule = kept_text(ruled, title)
    text, method, confidence = by_rule or body_of(ruled.layout, choice, title, article)
    if rule is not None and len(text) < LEAST_CHARS:
        return clean_page(html, url, charset)
    if not by_rule:
        classes = (tree.body and tree.body.attributes.get("class")) or ""
        if reason := why_no_article(url, head, article, ruled.layout, choice.perhaps, classes):
            raise RowError("not_an_article", reason)
    around = around_headline(layout, title)
    dates = dated_lines(layout, around)
    published = ruled.published or published_of(head, article, url, dates)
    return CleanPage(
        title=title,
        text=text,
        places=places_of(text, ruled.kept if by_rule and ruled.kept else ruled.layout),
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        modified_at=modified_of(head, article),
        authors=authors_of(head, article, domain.partition(".")[0], [line.text for line in around]),
        language=language_of(head, article, text),
        canonical_url=canonical_of(head, url),
        wire_source=wire_source_of(head, article, text, bylines_of(layout, around), domain),
        method=method,
        confidence=confidence,
        is_paywalled=is_paywalled(head, article, ruled.layout.blocks, choice.kept, text),
        robots=robots_of(head),
        tdm=tdm_of(head),
    )
