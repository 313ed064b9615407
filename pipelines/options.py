"""RunConfig: everything a run is told, checked once, before anything is fetched or written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.article import WHOLE
from schemas.feed import Feed
from transforms.site_rules import NO_RULES, SiteRules
from transforms.web import WebSettings

DEFAULT_OUTPUT = "news"
ITEMS_PER_PASS = 2000
"""New items a pass admits, about: it bounds the memory of a run and what a kill costs."""

_DURATION = re.compile(r"(\d+)\s*(s|m|h|d)\Z")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class RunConfig:
    """What `communique run` was asked to do."""

    output: str
    feeds: tuple[Feed, ...]
    web: WebSettings
    taxonomy: Path | None = None
    site_rules: SiteRules = NO_RULES
    respect_tdm: bool = True
    """Leave out pages that reserve text and data mining; else only record that they do."""
    store_text: str = WHOLE
    """How much of its text a row keeps, one of `schemas.article.TEXT_STORED`."""
    workers: int = 1
    items_per_pass: int = ITEMS_PER_PASS
    ask_all: bool = False
    """Poll the feeds that are not due as well."""
    beam_args: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.feeds:
            raise ValueError("there is no feed to poll; name a list with --feeds")
        if self.workers < 1:
            raise ValueError(f"--workers is {self.workers}; it must be at least 1")
        if self.items_per_pass < 1:
            raise ValueError(f"items_per_pass is {self.items_per_pass}; it must be at least 1")


def parse_duration(text: str, option: str) -> float:
    """Seconds of a duration such as `90s`, `15m`, `2h` or `1d`.

    Raises: ValueError that names the option, the value and the way to write it.
    """
    match = _DURATION.match(text.strip())
    if match is None:
        example = f'write "{text.strip()}m"' if text.strip().isdigit() else 'write "90s" or "15m"'
        raise ValueError(
            f'{option} is "{text}", which is no number with a unit s, m, h or d; {example}'
        )
    return float(int(match[1]) * _SECONDS[match[2]])


def unknown_beam_options(args: Sequence[str]) -> list[str]:
    """Those of `args` that Beam does not know: it would only warn, and run with its defaults."""
    from apache_beam.options.pipeline_options import (  # noqa: PLC0415 - Beam costs a second
        PipelineOptions,
        _BeamArgumentParser,
    )

    parser = _BeamArgumentParser(allow_abbrev=False)
    options = {kind.__name__: kind for kind in _subclasses(PipelineOptions)}
    for kind in options.values():
        if "_add_argparse_args" in vars(kind):
            vars(kind)["_add_argparse_args"].__get__(None, kind)(parser)  # as Beam collects them
    _, unknown = parser.parse_known_args(list(args))
    return list(unknown)


def _subclasses(kind: type) -> list[type]:
    children: list[type] = type.__subclasses__(kind)
    return children + [sub for child in children for sub in _subclasses(child)]
