"""`communique feeds check`: can the feeds of a list be read, and what is wrong with them?"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.arguments import AllowHost, AsJson, Contact, Pace, Resolve
from pipelines.commands.json_lines import json_line
from pipelines.commands.settings import checked, web_settings
from pipelines.commands.terminal import remark, result_console, working

if TYPE_CHECKING:
    from pipelines.feed_check import Checked
    from schemas.feed import Feed
    from transforms.web import WebSettings


def check(
    lists: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE|URL]...", help="Feed lists or feeds.", show_default="the packaged list"
        ),
    ] = None,
    contact: Contact = None,
    pace: Pace = None,
    resolve: Resolve = None,
    allow_host: AllowHost = None,
    as_json: AsJson = False,
) -> None:
    """Read each feed once and tell its status, format, rhythm and problems.

    Exit status 1 if any is dead: it cannot be fetched, or is no feed.
    No table is touched.

    Examples:
        communique feeds check --contact you@example.org
        communique feeds check my.opml --contact you@example.org
        communique feeds check https://www.example.org/rss.xml --json
    """
    feeds = _feeds(lists or ())
    settings = checked(lambda: web_settings(contact, pace, resolve, allow_host))

    from pipelines.commands.feed_tables import check_rows, print_rows
    from pipelines.passes import utc_now

    with working(f"Reading {len(feeds)} feeds"):
        found = _check(feeds, settings)
    if as_json:
        for one in found:
            print(json_line(one))
    else:
        print_rows(check_rows(found, utc_now()), result_console())
    dead = sum(one.is_dead for one in found)
    if dead:
        remark(f"communique: {dead} of {len(found)} feeds are dead")
        raise typer.Exit(1)


def _feeds(lists: "list[str] | tuple[()]") -> "list[Feed]":
    """The feeds of all lists, each address once."""
    from schemas.feed import Feed
    from transforms.feeds import merged, read_feed_list

    if not lists:
        return read_feed_list(None)
    feeds: list[Feed] = []
    for name in lists:
        is_url = name.lower().startswith(("http://", "https://"))
        feeds, _ = merged(feeds, [Feed(name)] if is_url else read_feed_list(Path(name)))
    return feeds


def _check(feeds: "list[Feed]", settings: "WebSettings") -> "list[Checked]":
    """In the order of the list, whatever answers first."""
    from pipelines.feed_check import check as check_feed
    from pipelines.passes import utc_now
    from transforms.web import Request
    from transforms.web.client import Client

    found: dict[str, Checked] = {}
    requests = [Request(feed.url, kind="feed", tag=feed) for feed in feeds]
    with Client(settings) as client:
        for fetched in client.fetch(requests):
            feed = fetched.request.tag
            found[feed.url] = check_feed(feed, fetched, utc_now())
    return [found[feed.url] for feed in feeds]
