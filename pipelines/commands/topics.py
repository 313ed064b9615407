"""`communique topics`: the taxonomy, looked at, checked, and tried before it is used."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.arguments import AsJson, Output, Taxonomy
from pipelines.commands.json_lines import json_line
from pipelines.commands.rows import open_tables, read_rows
from pipelines.commands.terminal import printable, remark, result_console, working
from pipelines.options import DEFAULT_OUTPUT
from schemas.article import has_whole_text
from schemas.errors import UsageError, UserError

if TYPE_CHECKING:
    from transforms.topics import Changes, TopicDefinition
    from transforms.topics import Taxonomy as LoadedTaxonomy

topics = typer.Typer(
    name="topics", no_args_is_help=True, help="Look at the taxonomy, check one, or try one."
)

TaxonomyFile = Annotated[Path, typer.Argument(metavar="FILE", help="A taxonomy file.")]

_ARTICLES = """
    SELECT article_id, title, text, language, text_stored FROM latest ORDER BY article_id
"""


@topics.command("list")
def list_topics(taxonomy: Taxonomy = None, as_json: AsJson = False) -> None:
    """List the topics by domain, with what is known of their quality.

    measured: ten or more labelled articles; thin: fewer; unmeasured: nobody has
    labelled it yet.

    Examples:
        communique topics list
        communique topics list --taxonomy mine.yaml --json
    """
    loaded = _loaded(taxonomy)
    if as_json:
        rows = [
            {name: getattr(topic, name) for name in ("id", "parent", "kind", "label", "status")}
            for topic in loaded.topics
        ]
        print(json_line({"version": loaded.version, "topics": rows}))
        return
    console = result_console()
    width = max(len(topic.id) for topic in loaded.topics)
    for domain, label in loaded.domains.items():
        own = [topic for topic in loaded.topics if topic.parent == domain]
        if own:
            console.print(f"{printable(label)} ({domain})", style="bold")
        for topic in own:
            console.print(f"  {topic.id:{width}}  {topic.status:10}  {printable(topic.label)}")
    console.print(f"{len(loaded.topics)} topics, taxonomy {loaded.version}")


@topics.command("show")
def show_topic(
    topic: Annotated[str, typer.Argument(metavar="ID", help="The topic's id.")],
    taxonomy: Taxonomy = None,
    as_json: AsJson = False,
) -> None:
    """Show one topic in full: what it means, its codes elsewhere, and all its terms.

    Examples:
        communique topics show sanctions
        communique topics show sit_sudan --json
    """
    loaded = _loaded(taxonomy)
    found = next((each for each in loaded.topics if each.id == topic), None)
    if found is None:
        raise UsageError(_unknown_topic(topic, [each.id for each in loaded.topics]))
    if as_json:
        row = {name: value for name, value in found._asdict().items() if name != "terms"}
        row |= {"codes": found.codes._asdict(), "written": dict(found.written)}
        print(json_line({**row, "shared_with": dict(found.shared_with)}))
    else:
        _print_topic(found, loaded)


@topics.command("lint")
def lint(file: TaxonomyFile, as_json: AsJson = False) -> None:
    """Check a taxonomy file: order, codes, dead topics, terms in two topics.

    A file that cannot be used at all is refused at its first fault, with its line.
    Complaints go to stdout as FILE:LINE, with exit status 1.

    Examples:
        communique topics lint mine.yaml
    """
    from transforms.topics import RULES, lint_taxonomy

    complaints = lint_taxonomy(file)
    for complaint in complaints:
        if as_json:
            print(json_line({"file": str(file), **complaint._asdict()}))
        else:
            line = f"{file}:{complaint.line}: {complaint.rule}: {complaint.message}"
            print(printable(line))
    if not complaints:
        remark(f"communique: {file} keeps all {len(RULES)} rules")
        return
    for rule in sorted({complaint.rule for complaint in complaints}):
        remark(f"communique: the rule {rule}: {RULES[rule]}")
    raise typer.Exit(1)


@topics.command("try")
def try_taxonomy(
    file: TaxonomyFile,
    output: Output = DEFAULT_OUTPUT,
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="The taxonomy to compare with.", show_default="the packaged one"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what a taxonomy would change in the tables, by topic and example.

    Every article is tagged with both taxonomies by the same tagger; nothing is
    written.

    Examples:
        communique topics try mine.yaml
        communique topics try mine.yaml --output news --against yesterday.yaml --json
    """
    from transforms.topics import Changes, load_tagger

    before, after = load_tagger(against), load_tagger(file)
    changes = Changes()
    cut = 0
    with working(f"Tagging {output} with both taxonomies"):
        for row in _articles(output):
            if not has_whole_text(row["text_stored"]):
                cut += 1
                continue
            tags = (row["title"], row["text"], row["language"])
            had, would = (tagger.tag(*tags).topics for tagger in (before, after))
            changes.add(row["article_id"], row["title"], had, would)
    if cut:
        remark(f"communique: {cut} articles are left out: only a part of their text is stored")
    if not changes.articles and cut:
        raise UserError(
            f"no article in {output} has its whole text (run --store-text full keeps it)"
        )
    if not changes.articles:
        raise UserError(f"there are no articles in {output}; --output names other tables")
    if as_json:
        for change in changes.topics():
            print(json_line(change))
    else:
        _print_changes(changes, before.taxonomy_version, after.taxonomy_version)


def _loaded(taxonomy: Path | None) -> "LoadedTaxonomy":
    from transforms.topics import load_taxonomy

    return load_taxonomy() if taxonomy is None else load_taxonomy(taxonomy)


def _unknown_topic(topic: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(topic, known, n=1)
    hint = f'did you mean "{near[0]}"?' if near else "`communique topics list` has all ids"
    return f'the taxonomy has no topic "{topic}"; {hint}'


def _print_topic(topic: "TopicDefinition", loaded: "LoadedTaxonomy") -> None:
    from pipelines.commands.terminal import print_pairs

    console = result_console()
    console.print(f"{topic.id}: {printable(topic.label)}", style="bold")
    names = ("IPTC", "GDELT", "PLOVER events", "PLOVER modes", "PLOVER contexts")
    codes = {name: ", ".join(own) for name, own in zip(names, topic.codes, strict=True)}
    facts = {
        "domain": f"{topic.parent} ({loaded.domains[topic.parent]})",
        "kind": topic.kind,
        "status": topic.status,
        "definition": topic.definition,
        "include": topic.include,
        "exclude": topic.exclude,
        "valid": " to ".join(filter(None, (topic.valid_from, topic.valid_to))),
        "needs": f"states or organisations: {topic.needs_states}",
        **codes,
        "shares with": "; ".join(f"{other}: {why}" for other, why in topic.shared_with),
        "taxonomy": loaded.version,
    }
    print_pairs(facts, console)
    for strength, terms in topic.written:
        console.print(f"{strength}, as written:", style="bold")
        for term in terms:
            console.print(f"  {printable(term)}")


def _articles(output: str) -> Iterator[dict[str, Any]]:
    with open_tables(output) as connection:
        rows = read_rows(connection, _ARTICLES)
        if rows is not None:
            for batch in rows:
                yield from batch.to_pylist()


def _print_changes(changes: "Changes", before: str, after: str) -> None:
    console = result_console()
    found = changes.topics()
    console.print(
        f"{changes.changed} of {changes.articles} articles would change, "
        f"in {len(found)} topics (taxonomy {before} to {after})",
        style="bold",
    )
    for change in found:
        counts = f"{change.before} -> {change.after} articles"
        parts = {"gained": change.gained, "lost": change.lost, "changed weight": change.salience}
        console.print(
            f"{change.id}: {counts} ("
            + ", ".join(f"{number} {name}" for name, number in parts.items() if number)
            + ")"
        )
        for sign, examples in (("+", change.gains), ("-", change.losses)):
            for example in examples:
                quotes = ", ".join(f'"{quote}"' for quote in example.quotes)
                console.print(
                    printable(f"  {sign} {example.title} [{example.article_id}]: {quotes}")
                )
