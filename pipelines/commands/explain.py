"""`communique explain`: what became of one article, and why it carries its tags."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from pipelines.commands.arguments import AsJson, Output, Taxonomy
from pipelines.commands.json_lines import json_line
from pipelines.commands.rows import open_tables, read_rows
from pipelines.commands.terminal import print_pairs, printable, remark, result_console
from pipelines.options import DEFAULT_OUTPUT
from schemas.article import Article, has_whole_text
from schemas.errors import CODES, UsageError, UserError

if TYPE_CHECKING:
    from rich.console import Console

    from transforms.topics import NearMiss

Row = dict[str, Any]

_ID = re.compile(r"[0-9a-fA-F]{32}\Z")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)

# The article of this very id first, then one that has this canonical URL.
_ARTICLE = """
    FROM articles WHERE article_id = $id OR canonical_id = $id
    ORDER BY article_id = $id DESC, version DESC LIMIT 1
"""
_FAILURES = "FROM failures WHERE article_id = $id ORDER BY failed_at, attempt"


class Found(NamedTuple):
    """What the tables hold of one id: the article, if it became one, and its failed attempts."""

    article_id: str
    article: Row | None
    failures: Sequence[Row]


class _Again(NamedTuple):
    """What the tagger says now: the tables keep what was found, not what was missed."""

    near_misses: "Sequence[NearMiss]"
    version: str
    labels: Mapping[str, str]
    why_not: str = ""
    """Why there are no near misses to tell; "" where they were looked for."""


def explain(
    article: Annotated[
        str, typer.Argument(metavar="ID|URL", help="The article's id, or its URL in any form.")
    ],
    output: Output = DEFAULT_OUTPUT,
    taxonomy: Taxonomy = None,
    as_json: AsJson = False,
) -> None:
    """Show one article and, for each tag, the words that prove it and the rule that found them.

    Topics that it nearly has come last, with what was missing. An item that did
    not become an article is shown with every attempt and its reason.

    Examples:
        communique explain https://www.example.org/world/treaty
        communique explain 0f5cbb1ae4d1b0d2a4a1d0a3f3f0c9d7 --output news
        communique explain https://www.example.org/world/treaty --json
    """
    found = _find(id_of_argument(article), output)
    if found.article is not None:
        _print_article(found, found.article, taxonomy, as_json=as_json)
    elif not found.failures:
        raise UserError(
            f"{article} (id {found.article_id}) is in no table of {output}: no feed has offered it "
            "yet, or the tables are elsewhere and --output has to name them"
        )
    elif as_json:
        print(json_line(found))
    else:
        _print_failed(found)


def id_of_argument(argument: str) -> str:
    """The article id that is meant: an id as it is, or that of a URL.

    Raises: UsageError for something else, RowError for a URL without an identity.
    """
    from transforms.web import article_id_of

    argument = argument.strip()
    if _ID.match(argument):
        return argument.lower()
    if _SCHEME.match(argument):
        return article_id_of(argument)
    raise UsageError(
        f'"{argument}" is neither an article id (32 hex digits) nor a URL; '
        "write the URL with http:// or https://"
    )


def _tag_again(article: Article, taxonomy: Path | None) -> _Again:
    from pipelines.commands.reasons import topic_labels
    from transforms.topics import load_tagger

    if article.text is None or not has_whole_text(article.text_stored):
        from transforms.topics import tagging_versions

        kept = article.text_stored
        why = f"near misses need the whole text, which is not stored (text_stored: {kept})"
        return _Again((), tagging_versions(taxonomy)[0], topic_labels(taxonomy), why)
    tagger = load_tagger(taxonomy)
    tagging = tagger.explain(article.title, article.text, article.language)
    return _Again(tagging.near_misses, tagger.taxonomy_version, topic_labels(taxonomy))


def _find(article_id: str, output: str) -> Found:
    with open_tables(output) as connection:
        articles, failures = (
            rows.read_all().to_pylist()
            for sql in (_ARTICLE, _FAILURES)
            if (rows := read_rows(connection, sql, {"id": article_id})) is not None
        )
    return Found(article_id, next(iter(articles), None), failures)


def _print_article(found: Found, row: Row, taxonomy: Path | None, *, as_json: bool) -> None:
    from pipelines.commands.reasons import Tags, print_near_misses, print_tags
    from schemas.arrow import read_row

    article: Article = read_row(Article, row)
    again = _tag_again(article, taxonomy)
    if again.why_not:
        remark(f"communique: {again.why_not}")
    if as_json:
        misses = None if again.why_not else again.near_misses
        print(json_line({**found._asdict(), "near_misses": misses}))
        return
    console = result_console()
    console.print(printable(article.title), style="bold")
    print_pairs(article_facts(article), console)
    console.print()
    print_tags(Tags.of_article(article), again.labels, console)
    if not again.why_not and article.taxonomy_version != again.version:
        remark(
            f"communique: tagged with taxonomy {article.taxonomy_version}, the near misses are "
            f"those of {again.version}; --taxonomy names another"
        )
    if not again.why_not:
        print_near_misses(again.near_misses, again.labels, console)
    if found.failures:
        console.print("Failed attempts before:", style="bold")
        _print_attempts(found.failures, console)


def _print_failed(found: Found) -> None:
    last = found.failures[-1]
    console = result_console()
    code = CODES.get(last["code"])
    reason = f"{last['code']}, {code.meaning}" if code else last["code"]
    console.print(f"No article: {reason}", style="bold")
    facts = {"url": last["url"], "feed": last["feed_url"], "id": found.article_id}
    print_pairs(facts, console)
    _print_attempts(found.failures, console)


def _print_attempts(failures: Sequence[Row], console: "Console") -> None:
    for row in failures:
        then = "final" if row["final"] else f"to be tried again after {_time(row['retry_at'])}"
        attempt = f"{_time(row['failed_at'])}  attempt {row['attempt']}  {row['stage']}"
        console.print(f"  {attempt}  {row['code']}: {printable(row['detail'])} ({then})")


def article_facts(article: Article) -> dict[str, str]:
    """What there is to know of an article beside its text and tags; "" for what is unknown."""
    about = filter(None, (article.outlet_name, article.outlet_country, article.outlet_kind))
    outlet = ", ".join(about)
    published = "unknown"
    if article.published_at is not None:
        source = f"by the {article.published_source}, to the {article.published_precision}"
        published = f"{_time(article.published_at)} ({source})"
    how = f"{article.extraction_method}, confidence {article.extraction_confidence:.2f}"
    return {
        "outlet": f"{article.outlet} ({outlet})" if outlet else article.outlet,
        "published": published,
        "first seen": _time(article.first_seen_at),
        "fetched": _time(article.fetched_at),
        "url": article.url,
        "canonical": "" if article.canonical_url == article.url else article.canonical_url or "",
        "feed": article.feed_url,
        "authors": ", ".join(article.authors),
        "wire": article.wire_source or "",
        "language": article.language or "unknown",
        "text": f"{article.word_count} words from the {article.text_source} ({how})",
        "text stored": "" if has_whole_text(article.text_stored) else article.text_stored or "",
        "paywalled": "yes" if article.is_paywalled else "",
        "taxonomy": article.taxonomy_version or "",
        "model": article.model_version or "",
        "run": article.run_id,
        "id": article.article_id,
    }


def _time(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S} UTC" if value else "an unknown time"
