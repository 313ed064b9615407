"""Options that several commands share."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer


class TextStored(str, Enum):
    """How much of its text a row keeps: the words of `schemas.article.TEXT_STORED`."""

    full = "full"
    excerpt = "excerpt"
    none = "none"


BeamOptions = Annotated[
    list[str] | None,
    typer.Argument(help="Options for Beam, after `--`.", metavar="[-- BEAM OPTIONS]"),
]
Output = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER|URI",
        help="Where the tables are: a folder, s3://bucket/path or gs://bucket/path.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead.")]
Contact = Annotated[
    str | None,
    typer.Option(
        metavar="URL|MAIL",
        help="Whom an outlet may ask about our requests; "
        "else COMMUNIQUE_CONTACT, else contact in ~/.config/communique/config.toml.",
        show_default=False,
    ),
]
Pace = Annotated[
    str | None,
    typer.Option(
        metavar="1s", help="Least time between two requests to a host.", show_default="1s"
    ),
]
Resolve = Annotated[
    list[str] | None,
    typer.Option(
        metavar="HOST:PORT:ADDRESS",
        help="Connect to ADDRESS[:PORT] for HOST:PORT, as curl does. May be repeated.",
        show_default=False,
    ),
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option(
        metavar="HOST:PORT",
        help="Let this private host, address or network through the guard. May be repeated.",
        show_default=False,
    ),
]
AcceptBreak = Annotated[
    bool,
    typer.Option(
        "--accept-break",
        help="Add to articles that another taxonomy or model tagged; the tables record it.",
    ),
]
Sample = Annotated[
    bool, typer.Option("--sample", help="Run on the packaged sample site, on loopback.")
]
SiteRulesFile = Annotated[
    Path | None,
    typer.Option(
        "--site-rules",
        metavar="FILE",
        help="TOML: where on a site's pages article, title and date are.",
        show_default=False,
    ),
]
StoreText = Annotated[
    TextStored,
    typer.Option(
        "--store-text",
        help="Keep of each text all, the first sentences (300 characters at most), or nothing; "
        "its tags, counts and hash are those of the whole text.",
    ),
]
Taxonomy = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Your own taxonomy.", show_default="the packaged one"),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show Beam's log.")]
