"""What the options of a command mean, checked: before anything is fetched or written."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from schemas.errors import UsageError, UserError

if TYPE_CHECKING:
    from pipelines.options import RunConfig
    from transforms.web import WebSettings

_T = TypeVar("_T")
_SAMPLE_CONTACT = "sample@communique.example"


class Sources(NamedTuple):
    """Where the feeds come from and how their servers are spoken to, as the options say it."""

    feeds: Path | None
    contact: str | None
    pace: str | None
    resolve: Sequence[str] = ()
    allow_host: Sequence[str] = ()


@contextmanager
def served(sources: Sources, *, sample: bool) -> Iterator[Sources]:
    """The same sources, or those of the sample site, which is up until the end.

    Raises: UsageError for a sample with a feed list of one's own.
    """
    if not sample:
        yield sources
        return
    from pipelines.sample import SampleSite

    if sources.feeds is not None:
        raise UsageError("--sample brings its own feeds; leave --feeds out")
    with SampleSite().serve() as site:
        yield Sources(
            site.feeds_file,
            sources.contact or _SAMPLE_CONTACT,
            sources.pace or "0s",
            [*sources.resolve, *site.mappings],
            [*sources.allow_host, site.allow],
        )


def config_of(
    output: str,
    sources: Sources,
    workers: int,
    taxonomy: Path | None,
    site_rules: Path | None,
    beam_options: Sequence[str] | None,
    *,
    ask_all: bool,
    respect_tdm: bool = True,
    store_text: str = "full",
) -> "RunConfig":
    """The checked configuration. Raises ValueErrors that name file, line or option."""
    from pipelines.options import RunConfig
    from transforms.feeds import read_feed_list
    from transforms.site_rules import load_site_rules
    from transforms.topics import load_taxonomy

    if taxonomy is not None:
        load_taxonomy(taxonomy)  # a broken one stops the run before it fetched anything
    return RunConfig(
        output=output,
        feeds=tuple(read_feed_list(sources.feeds)),
        web=web_settings(*sources[1:], workers),
        taxonomy=taxonomy,
        site_rules=load_site_rules(site_rules),
        workers=workers,
        ask_all=ask_all,
        respect_tdm=respect_tdm,
        store_text=store_text,
        beam_args=tuple(beam_options or ()),
    )


def web_settings(
    contact: str | None,
    pace: str | None,
    resolve: Sequence[str] | None,
    allow_host: Sequence[str] | None,
    workers: int = 1,
) -> "WebSettings":
    """The settings of the client. Raises ValueErrors that name the option."""
    from pipelines.contact import find_contact
    from pipelines.options import parse_duration
    from transforms.web import (
        WebSettings,
        parse_allowed_host,
        parse_host_mapping,
        user_agent,
    )

    pace_s = parse_duration(pace or "1s", "--pace")
    return WebSettings(
        user_agent=user_agent(find_contact(contact), version("communique")),
        pace_s=pace_s,
        quiet_s=pace_s if workers > 1 else 0.0,
        resolve=tuple(parse_host_mapping(text) for text in resolve or ()),
        allow=tuple(parse_allowed_host(text) for text in allow_host or ()),
    )


def check_beam_options(options: Sequence[str]) -> None:
    """Raises: UsageError for options that Beam does not know."""
    if not options:
        return
    from pipelines.options import unknown_beam_options

    unknown = unknown_beam_options(options)
    if unknown:
        raise UsageError(
            f"Beam has no option {' '.join(unknown)}; "
            "options of communique go before `--`, those of Beam after it"
        )


def checked(make: Callable[[], _T]) -> _T:
    """What `make` makes; its ValueErrors are the user's: exit status 2."""
    try:
        return make()
    except UserError:
        raise
    except ValueError as error:
        raise UsageError(str(error)) from error
