"""`communique verify`: do the tables keep what they promise?"""

import typer

from pipelines.commands.arguments import AsJson, Output
from pipelines.commands.json_lines import json_line, plain
from pipelines.commands.terminal import print_pairs, remark, result_console, working
from pipelines.options import DEFAULT_OUTPUT


def verify(output: Output = DEFAULT_OUTPUT, as_json: AsJson = False) -> None:
    """Check every promise that the tables make, and count what is in them.

    Nothing is doubled, nothing lost: every entry is an article or a failure,
    every file of the log is there. Problems go to stderr, with exit status 1.

    Examples:
        communique verify
        communique verify --output /data/news --json
    """
    from transforms.tables import verify as verify_tables

    with working(f"Checking {output}"):
        found = verify_tables(output)
    if as_json:
        print(json_line({"ok": not found.problems, **found._asdict()}))
    elif found.facts:
        facts = {name: str(plain(value)) for name, value in found.facts.items()}
        print_pairs(facts, result_console())
    for problem in found.problems:
        remark(f"communique: {problem}")
    if found.problems:
        raise typer.Exit(1)
