"""`communique tag`: what the tagger makes of one text, and why."""

from typing import Annotated

import typer

from pipelines.commands.arguments import AsJson, Taxonomy
from pipelines.commands.json_lines import json_line
from pipelines.commands.terminal import read_bytes, result_console


def tag(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A text in UTF-8; - reads stdin.")],
    title: Annotated[
        str | None,
        typer.Option(help="Headline of the text.", show_default="the first line"),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="ISO 639-1 code of its language.", show_default="unknown")
    ] = None,
    taxonomy: Taxonomy = None,
    as_json: AsJson = False,
) -> None:
    """Tag one text: topics, countries and dyads, with the words that prove them.

    What it nearly tagged stands below, with what was missing.

    Examples:
        communique tag article.txt
        communique clean page.html | communique tag -
        communique tag article.txt --title "Envoys meet" --language en --json
    """
    from pipelines.commands.reasons import Tags, print_near_misses, print_tags, topic_labels
    from transforms.topics import load_tagger

    whole = read_bytes(file).decode("utf-8-sig", errors="replace")
    headline, text = split_title(whole) if title is None else (title, whole.strip())
    tagger = load_tagger(taxonomy)
    tagging = tagger.explain(headline, text, language)
    if as_json:
        versions = {name: getattr(tagger, name) for name in ("taxonomy_version", "model_version")}
        print(json_line({"title": headline, **tagging._asdict(), **versions}))
    else:
        labels, console = topic_labels(taxonomy), result_console()
        print_tags(Tags.of_tagging(headline, text, tagging), labels, console)
        print_near_misses(tagging.near_misses, labels, console)


def split_title(whole: str) -> tuple[str, str]:
    """(title, text): the first line that is not empty, and the rest. Both may be empty."""
    title, _, text = whole.strip().partition("\n")
    return title.strip(), text.strip()
