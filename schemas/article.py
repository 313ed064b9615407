"""Article: the published row of the `articles` table, and the structs inside it."""

from datetime import datetime
from typing import Annotated, NamedTuple

WHOLE = "full"
TEXT_STORED = (WHOLE, "excerpt", "none")
"""How much of its text a row keeps, from all of it to nothing."""

MAX_EXCERPT = 300
"""Characters of an excerpt at most: two or three sentences."""

MAX_EXCERPT_QUOTE = 60
"""Characters of an evidence's quote that is kept beside an excerpt. Measured on 521 quotes of terms
and names: 34 at most; the sentences that prove a dyad have 38 to 185."""


def has_whole_text(text_stored: str | None) -> bool:
    """True if a row with this `text_stored` has its whole text: hash and offsets can be checked.

    None, in rows from before there was such a column, says so as well.
    """
    return text_stored is None or text_stored == WHOLE


class Evidence(NamedTuple):
    """The words that prove a tag. Offsets are 0-based, end-exclusive code points."""

    field: Annotated[str, "where the words stand: `title` or `text`"]
    start: Annotated[int, "first code point of the quote in that field"]
    end: Annotated[int, "code point after the last one of the quote"]
    quote: Annotated[
        str | None,
        "the words themselves: `field[start:end]`; null where they are text that is not stored",
    ]
    rule: Annotated[str, "the term or rule that matched"]


class Topic(NamedTuple):
    """A diplomatic topic the article is about."""

    id: Annotated[str, "topic id of the taxonomy"]
    score: Annotated[float, "strength of the tag, 0.0 to 1.0"]
    salience: Annotated[str, "`primary` (a main point) or `mentioned`"]
    evidence: Annotated[tuple[Evidence, ...], "the words that prove it, strongest first"]


class Country(NamedTuple):
    """A state that plays a part."""

    code: Annotated[str, "ISO 3166-1 alpha-3"]
    role: Annotated[str, "`government`, `leader`, `people` or `place`: how it is named at its best"]
    evidence: Annotated[tuple[Evidence, ...], "the words that name it, first ones first"]


class Dyad(NamedTuple):
    """Two states, or a state and the European Union, that deal with each other; a < b."""

    a: Annotated[str, "ISO 3166-1 alpha-3 or `EU`, the smaller code"]
    b: Annotated[str, "ISO 3166-1 alpha-3 or `EU`, the larger code"]
    evidence: Annotated[tuple[Evidence, ...], "the sentence that holds both"]


class Rights(NamedTuple):
    """What the page says about its use."""

    robots: Annotated[str | None, "robots directives of header and meta tag, comma-separated"]
    noai: Annotated[bool, "a `noai` directive is present"]
    tdm: Annotated[str | None, "`tdm-reservation` of header or page (TDMRep), `0` or `1`"]


class Article(NamedTuple):
    """One cleaned article. The fields with a default are what tagging fills in."""

    article_id: Annotated[str, "32 hex digits: blake2b-128 of the URL key of the entry's link"]
    version: Annotated[int, "1; later versions of the same article count up"]
    url: Annotated[str, "the entry's link"]
    canonical_url: Annotated[
        str | None, "canonical URL the page gives, else where its redirects led"
    ]
    canonical_id: Annotated[str, "like article_id, of the canonical URL where there is one"]
    outlet: Annotated[str, "registrable domain of the page"]
    outlet_name: Annotated[str | None, "name of the outlet by the feed list"]
    outlet_country: Annotated[str | None, "country of the outlet by the feed list"]
    outlet_kind: Annotated[str | None, "kind of the outlet by the feed list"]
    feed_url: Annotated[str, "the feed through which the article was found first"]
    title: Annotated[str, "headline without the outlet's name"]
    summary: Annotated[str | None, "the feed's summary, as plain text; cut as the text is"]
    text: Annotated[
        str | None,
        "the article text, paragraphs separated by an empty line; its beginning or null where "
        "`text_stored` says so",
    ]
    text_source: Annotated[str, "`page`, or `feed` where the page could not be had"]
    language: Annotated[str | None, "ISO 639-1 code"]
    authors: Annotated[tuple[str, ...], "names of persons, in the order of the byline"]
    wire_source: Annotated[str | None, "the news agency that the text is credited to"]
    published_at: Annotated[
        datetime | None, "publication time; midnight where only the day is known"
    ]
    published_precision: Annotated[str | None, "`second` or `day`"]
    published_source: Annotated[str, "`feed`, `page` or `none`"]
    modified_at: Annotated[datetime | None, "time of the last change that page or feed gives"]
    first_seen_at: Annotated[datetime, "start of the run that saw the entry first"]
    effective_at: Annotated[datetime, "published_at, else first_seen_at: filter time by this"]
    fetched_at: Annotated[datetime, "when the page's answer was complete"]
    http_status: Annotated[int | None, "HTTP status of the page; null if there was no answer"]
    word_count: Annotated[int, "number of words in the whole text"]
    content_sha256: Annotated[str, "SHA-256 of the whole text in UTF-8, 64 hex digits"]
    extraction_method: Annotated[
        str,
        "how the text was found: `blocks`, `json_ld`, `rules` (a site rule) or `feed`",
    ]
    extraction_confidence: Annotated[
        float, "0.0 to 1.0: the F1 to be expected of the text, as measured on pages with gold text"
    ]
    is_paywalled: Annotated[bool, "the page says that it is not free, or ends as a stub"]
    rights: Annotated[Rights, "what the page says about its use"]
    pipeline_version: Annotated[str, "version of this program"]
    run_id: Annotated[str, "the run that committed this row"]
    diplomatic: Annotated[bool, "the article is about relations between states"] = False
    diplomatic_score: Annotated[float, "0.0 to 1.0: how clearly it is"] = 0.0
    tagging_level: Annotated[str, "`full`, `countries_only` or `none`: what this language gets"] = (
        "none"
    )
    topics: Annotated[tuple[Topic, ...], "topics with evidence, strongest first"] = ()
    topic_ids: Annotated[tuple[str, ...], "ids of all topics"] = ()
    primary_topic_ids: Annotated[tuple[str, ...], "ids of the topics that are a main point"] = ()
    domain_ids: Annotated[tuple[str, ...], "domains of the topics"] = ()
    countries: Annotated[tuple[Country, ...], "states that play a part, most named first"] = ()
    country_ids: Annotated[tuple[str, ...], "their codes"] = ()
    organisations: Annotated[tuple[str, ...], "intergovernmental organisations that are named"] = ()
    dyads: Annotated[tuple[Dyad, ...], "pairs of states that deal with each other"] = ()
    taxonomy_version: Annotated[str | None, "version of the taxonomy that tagged it"] = None
    model_version: Annotated[str | None, "version of the extraction and tagging models"] = None
    text_stored: Annotated[
        str | None,
        "how much of the text the row keeps: `full`, `excerpt` (its beginning, 300 characters and "
        "half of it at most) or `none`; null, in rows from before this column, means `full`",
    ] = WHOLE
