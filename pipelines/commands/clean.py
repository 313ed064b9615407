"""`communique clean`: the text that the pipeline would keep of one page."""

import re
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.arguments import AllowHost, AsJson, Contact, Resolve, SiteRulesFile
from pipelines.commands.json_lines import json_line, plain
from pipelines.commands.terminal import print_text, read_bytes, remark
from schemas.errors import RowError, UsageError

if TYPE_CHECKING:
    from transforms.boilerplate import CleanPage
    from transforms.web import Response, WebSettings

_SCHEME = re.compile(r"https?://", re.IGNORECASE)


def clean(
    page: Annotated[
        str,
        typer.Argument(metavar="FILE|URL|-", help="A saved page, a page to fetch, or - for stdin."),
    ],
    url: Annotated[
        str,
        typer.Option(metavar="URL", help="The address a saved page is from."),
    ] = "",
    site_rules: SiteRulesFile = None,
    contact: Contact = None,
    resolve: Resolve = None,
    allow_host: AllowHost = None,
    as_json: AsJson = False,
) -> None:
    """Print title and text of one page, as the pipeline would keep them.

    What else the page says of itself (date, authors, language ...) goes to
    stderr. A page is fetched as a run fetches it: robots.txt is obeyed, private
    addresses are refused.

    Examples:
        communique clean page.html
        communique clean page.html --url https://www.example.org/treaty --json
        communique clean https://www.example.org/treaty --contact you@example.org
        communique clean page.html --url https://www.example.org/a --site-rules rules.toml
        communique clean page.html | communique tag -
    """
    from transforms.boilerplate import clean_page
    from transforms.site_rules import load_site_rules

    rules = load_site_rules(site_rules)
    if site_rules is not None and not url and not _SCHEME.match(page):
        raise UsageError("--site-rules goes by the host of a page; say it with --url")
    if _SCHEME.match(page):
        response = _fetch(page, _settings(contact, resolve, allow_host))
        cleaned = clean_page(response.body, url or response.final_url, response.charset, rules)
    else:
        cleaned = clean_page(read_bytes(page), url, None, rules)
    if as_json:
        print(json_line(cleaned))
    else:
        print_text(f"{cleaned.title}\n\n{cleaned.text}")
        _remark_facts(cleaned)
    _check_length(cleaned.text)


def _settings(
    contact: str | None, resolve: list[str] | None, allow_host: list[str] | None
) -> "WebSettings":
    from pipelines.contact import find_contact
    from transforms.web import WebSettings, parse_allowed_host, parse_host_mapping, user_agent

    try:
        return WebSettings(
            user_agent=user_agent(find_contact(contact), version("communique")),
            resolve=tuple(parse_host_mapping(text) for text in resolve or ()),
            allow=tuple(parse_allowed_host(text) for text in allow_host or ()),
        )
    except ValueError as error:
        raise UsageError(str(error)) from None


def _fetch(url: str, settings: "WebSettings") -> "Response":
    """The page's answer. Raises: RowError with the code that a run would record."""
    from transforms.web import Request
    from transforms.web.client import Client

    with Client(settings) as client:
        (fetched,) = client.fetch([Request(url)])
    if fetched.error is not None:
        raise fetched.error
    if fetched.response is None:
        raise RowError("unexpected", f"{url} gave neither an answer nor an error")
    return fetched.response


def _remark_facts(cleaned: "CleanPage") -> None:
    """What the page says of itself, a fact a line; what is unknown is left out."""
    facts: dict[str, Any] = cleaned._asdict()
    for name in ("title", "text"):
        facts.pop(name)
    for name, value in facts.items():
        if value not in (None, "", ()) and value is not False:
            shown = ", ".join(value) if isinstance(value, tuple) else plain(value)
            remark(f"{name}: {shown}")


def _check_length(text: str) -> None:
    """Raises: RowError `empty_text` under the number of words that a run demands of a page."""
    from transforms.articles import MIN_WORDS
    from transforms.articles.clean import count_words

    words = count_words(text)
    if words < MIN_WORDS:
        raise RowError("empty_text", f"{words} words of text; a run rejects under {MIN_WORDS}")
