"""`communique feeds find`: which feeds does a site have?"""

from typing import Annotated

import typer

from pipelines.commands.arguments import AllowHost, AsJson, Contact, Pace, Resolve
from pipelines.commands.json_lines import json_line
from pipelines.commands.settings import checked, web_settings
from pipelines.commands.terminal import remark, result_console, working


def find(
    url: Annotated[str, typer.Argument(metavar="URL", help="A page of the site.")],
    thorough: Annotated[
        bool, typer.Option("--thorough", help="Try usual addresses even if the page names feeds.")
    ] = False,
    contact: Contact = None,
    pace: Pace = None,
    resolve: Resolve = None,
    allow_host: AllowHost = None,
    as_json: AsJson = False,
) -> None:
    """Find the feeds of a site: what its page names, else usual addresses, and news sitemaps.

    Each is read once. The first column can be added to a feed list.
    Exit status 1 if there is none.

    Examples:
        communique feeds find https://www.example.org --contact you@example.org
        communique feeds find https://www.example.org/world --thorough --json
    """
    settings = checked(lambda: web_settings(contact, pace, resolve, allow_host))

    from pipelines.commands.feed_tables import print_rows
    from pipelines.feed_find import find_feeds
    from pipelines.passes import utc_now
    from transforms.web.client import Client

    with working(f"Looking around at {url}"), Client(settings) as client:
        found = find_feeds(client, url, utc_now(), thorough=thorough)
    if as_json:
        for one in found:
            told = {**one.checked._asdict(), "found_by": one.candidate.found_by}
            print(json_line({**told, "title": one.checked.title or one.candidate.title}))
    elif found:
        rows = [
            [
                one.checked.url,
                one.checked.format or "",
                str(one.checked.entries),
                one.candidate.found_by,
                one.checked.title or one.candidate.title or "",
            ]
            for one in found
        ]
        print_rows((("feed", "format", "entries", "found by", "title"), rows), result_console())
    if not found:
        remark(f"communique: no feed was found at {url}; its newsroom may name one on another page")
        raise typer.Exit(1)
