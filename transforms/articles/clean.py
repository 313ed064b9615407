"""Page -> Article: which of page, entry and feed is believed for which column."""

import datetime as dt
import hashlib
import re
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from schemas.article import Article, Rights
from schemas.entry import Entry
from schemas.errors import RowError
from schemas.page import Page
from schemas.run import Run
from transforms.articles.feed_content import feed_text
from transforms.boilerplate import CleanPage, clean_page, plain_line
from transforms.site_rules import NO_RULES, SiteRules
from transforms.web import article_id_of, registrable_domain, split_link

MIN_WORDS = 25
"""Fewer words than this are no article but a caption, a teaser or a consent note."""

MIN_FEED_WORDS = 50
"""A feed's copy needs more: a summary of one or two sentences is not the article."""

MAX_SUMMARY = 1000
_MIDNIGHT = dt.time()
_CLOCK_SKEW = timedelta(days=1)

_NOAI = re.compile(r"\bnoai\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


class Cleaned(NamedTuple):
    """An article, and what its neighbours have to know to find their common furniture."""

    article: Article
    site: tuple[str, str]
    """Host of the link, outlet of the page. All pages of a link's host are fetched by one worker,
    so a site is the same however many there are; the outlet parts what a redirector brings in."""
    places: tuple[str, ...]
    """See `CleanPage.places`; () for the feed's copy, which stands nowhere."""


def clean_article(
    page: Page,
    run: Run,
    min_words: int = MIN_WORDS,
    rules: SiteRules = NO_RULES,
    *,
    respect_tdm: bool = False,
) -> Article:
    """The untagged article of a page, or of the feed's copy where the page cannot be had.

    Raises: RowError `empty_text` under `min_words` words, `not_html`, `too_deep`, or the code with
    which the page failed where the feed's copy is too short as well; with `respect_tdm`,
    `rights_reserved` for a page that reserves text and data mining.
    """
    return clean_placed(page, run, min_words, rules, respect_tdm=respect_tdm).article


def clean_placed(
    page: Page,
    run: Run,
    min_words: int = MIN_WORDS,
    rules: SiteRules = NO_RULES,
    *,
    respect_tdm: bool = False,
) -> Cleaned:
    """What `clean_article` gives, with the places of its paragraphs. Raises: as that."""
    if page.error_code is not None:
        return _from_feed(
            page, run, RowError(page.error_code, page.error_detail, page.status or None)
        )
    try:
        cleaned = _cleaned(page, min_words, rules)
    except RowError as error:
        return _from_feed(page, run, error)
    article = _article(page, run, cleaned, "page")
    if respect_tdm and is_reserved(article.rights):
        said = f"robots: {article.rights.robots}, tdm-reservation: {article.rights.tdm}"
        raise RowError("rights_reserved", f"{said}; --tdm record keeps such pages, marked")
    return Cleaned(article, (split_link(page.entry.url).host, article.outlet), cleaned.places)


def is_reserved(rights: Rights) -> bool:
    """True if a page reserves text and data mining by a sign that machines read.

    `noai` in X-Robots-Tag or the robots meta element, or `tdm-reservation: 1` in a header or meta
    element (W3C TDM Reservation Protocol, 2024; EU directive 2019/790, article 4(3)).
    """
    return rights.noai or (rights.tdm or "").strip() == "1"


def with_text(article: Article, text: str) -> Article:
    """The article with another text, and the columns that are made of it.

    `extraction_confidence` is of the page's own text, `wire_source` and `is_paywalled` of the page.
    """
    return article._replace(text=text, word_count=count_words(text), content_sha256=_sha256(text))


def _cleaned(page: Page, min_words: int, rules: SiteRules) -> CleanPage:
    cleaned = clean_page(page.body, page.url, page.charset, rules)
    words = count_words(cleaned.text)
    if words < min_words:
        raise RowError("empty_text", f"{words} words of text, at least {min_words} are needed")
    return cleaned


def count_words(text: str) -> int:
    """Number of words; where a script has no spaces (CJK, Thai) each character is half a word.

    Source: about two characters a word in Chinese and Thai news text.
    """
    unspaced = len(_CJK.findall(text))
    return len(_WORD.findall(_CJK.sub(" ", text) if unspaced else text)) + (unspaced + 1) // 2


def _from_feed(page: Page, run: Run, error: RowError) -> Cleaned:
    text = feed_text(page.entry)
    if count_words(text) < MIN_FEED_WORDS:
        raise error
    cleaned = CleanPage(
        title="",
        text=text,
        places=(),
        published_at=None,
        published_precision=None,
        modified_at=None,
        authors=(),
        language=None,
        canonical_url=None,
        wire_source=None,
        method="feed",
        confidence=0.5,
        is_paywalled=False,
        robots=None,
        tdm=None,
    )
    return Cleaned(_article(page, run, cleaned, "feed"), ("", ""), ())


def _article(page: Page, run: Run, cleaned: CleanPage, text_source: str) -> Article:
    entry = page.entry
    published_at, precision, source = _published(entry, cleaned, page.fetched_at)
    canonical_url = _canonical(page, cleaned)
    summary = plain_line(entry.summary_html or "", MAX_SUMMARY) or None
    return Article(
        article_id=entry.article_id,
        version=1,
        url=entry.url,
        canonical_url=canonical_url,
        canonical_id=article_id_of(canonical_url) if canonical_url else entry.article_id,
        outlet=registrable_domain(page.url),
        outlet_name=entry.outlet_name,
        outlet_country=entry.outlet_country,
        outlet_kind=entry.outlet_kind,
        feed_url=entry.feed_url,
        title=cleaned.title or entry.title or "",
        summary=summary,
        text=cleaned.text,
        text_source=text_source,
        language=cleaned.language or entry.language,
        authors=cleaned.authors or entry.authors,
        wire_source=cleaned.wire_source,
        published_at=published_at,
        published_precision=precision,
        published_source=source,
        modified_at=cleaned.modified_at or entry.updated_at,
        first_seen_at=entry.first_seen_at,
        effective_at=published_at or entry.first_seen_at,
        fetched_at=page.fetched_at,
        http_status=page.status or None,
        word_count=count_words(cleaned.text),
        content_sha256=_sha256(cleaned.text),
        extraction_method=cleaned.method,
        extraction_confidence=cleaned.confidence,
        is_paywalled=cleaned.is_paywalled,
        rights=_rights(page, cleaned),
        pipeline_version=run.pipeline_version,
        run_id=run.run_id,
    )


def _rights(page: Page, cleaned: CleanPage) -> Rights:
    robots = ", ".join(filter(None, (page.robots_header, cleaned.robots))) or None
    is_noai = _NOAI.search(robots or "") is not None
    return Rights(robots, is_noai, page.tdm_header or cleaned.tdm)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _published(
    entry: Entry, cleaned: CleanPage, fetched_at: datetime
) -> tuple[datetime | None, str | None, str]:
    """(time, precision, source): the page before the feed, and a time of day before a mere day.

    A page's JSON-LD date is right on 99 % of 117 pages measured; a feed's date is often that of the
    last change. A time after the fetch is nobody's publication time.
    """
    stated = (
        (cleaned.published_at, cleaned.published_precision, "page"),
        (entry.published_at, _feed_precision(entry.published_at), "feed"),
    )
    believed = [
        (time.astimezone(timezone.utc), precision, source)
        for time, precision, source in stated
        if time is not None and time <= fetched_at + _CLOCK_SKEW
    ]
    exact = [found for found in believed if found[1] == "second"]
    return next(iter(exact or believed), (None, None, "none"))


def _feed_precision(time: datetime | None) -> str:
    """A feed's midnight, to the second, is how it writes a day without a time of day."""
    return "day" if time and time.astimezone(timezone.utc).time() == _MIDNIGHT else "second"


def _canonical(page: Page, cleaned: CleanPage) -> str | None:
    """The canonical URL the page gives, else where its redirects led, else None."""
    if cleaned.canonical_url:
        return cleaned.canonical_url
    return page.url if page.url != page.entry.url else None
