"""What the documents say is what the program does: generated pages, examples, names, links."""

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.main import get_command

from pipelines.cli import app
from schemas.dictionary import data_dictionary
from schemas.errors import CODES
from transforms.boilerplate import clean_page
from transforms.site_rules import load_site_rules
from transforms.tables import connect
from transforms.topics import load_taxonomy
from transforms.topics.taxonomy.page import taxonomy_page

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)[^)]*\)")


class Example(NamedTuple):
    """A fenced block of a page."""

    place: str
    language: str
    code: str


def examples(language: str) -> list[Example]:
    """Every block of that language, in README, docs and the other pages."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            line = text.count("\n", 0, block.start()) + 1
            place = f"{page.relative_to(ROOT)}:{line}"
            found.append(Example(place, block[1], block[2]))
    return [example for example in found if example.language == language]


def commands(program: str) -> list[Example]:
    """Every line of a shell block that starts `program`, with the lines that continue it."""
    return [
        example._replace(code=line.partition(" # ")[0].strip())
        for example in examples("sh")
        for line in example.code.replace("\\\n", " ").splitlines()
        if re.match(rf"(\$ )?{program}\b", line)
    ]


def by_place(cases: list[Example]) -> dict[str, object]:
    return {"argvalues": cases, "ids": [case.place for case in cases]}


def test_the_data_dictionary_is_the_generated_one():
    page = ROOT / "docs" / "data-dictionary.md"
    assert page.read_text(encoding="utf-8") == data_dictionary(), "stale: run `make docs`"


def test_the_taxonomy_page_is_the_generated_one():
    page = ROOT / "docs" / "taxonomy.md"
    assert page.read_text(encoding="utf-8") == taxonomy_page(load_taxonomy()), "run `make docs`"


@pytest.mark.parametrize("example", **by_place(examples("sql")))
def test_sql_runs_on_the_tables_of_the_sample(example, sample_output):
    with connect(str(sample_output)) as tables:
        assert tables.execute(example.code).fetchall(), "the example finds nothing in the sample"


@pytest.mark.parametrize("example", **by_place(examples("python")))
def test_python_runs_beside_the_tables_of_the_sample(example, sample_output, tmp_path):
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "news").symlink_to(sample_output)
    done = subprocess.run(
        [sys.executable, "-c", example.code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip(), "the example prints nothing"


@pytest.mark.parametrize("example", **by_place(commands("communique")))
def test_commands_and_options_exist(example):
    _, name, *words = re.sub(r'"[^"]*"|\'[^\']*\'', "QUOTED", example.code).split()
    options = {word.partition("=")[0] for word in _before_beam(words) if word.startswith("-")}
    group = get_command(app)
    assert name in {*group.commands, "COMMAND", "--help", "--version"}
    command = group.commands.get(name)
    if hasattr(command, "commands"):
        command = command.commands[words[0]]
    if command is not None:
        known = {flag for p in command.params for flag in (*p.opts, *p.secondary_opts)}
        assert options <= {*known, "-h", "--help"}


def _before_beam(words: list[str]) -> list[str]:
    """The words before `--` or the end of the command."""
    ends = [words.index(end) for end in ("--", "|", ">", "&&") if end in words]
    return words[: min(ends, default=len(words))]


@pytest.mark.parametrize("example", **by_place(commands("make")))
def test_make_targets_exist(example):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = [word for word in example.code.split()[1:] if "=" not in word]
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(named) <= targets


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_links_lead_somewhere(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_the_example_of_a_site_rule_does_what_the_page_says(tmp_path):
    rule, page, text = (
        next(e.code for e in examples(language) if e.place.startswith("docs/site-rules.md"))
        for language in ("toml", "html", "text")
    )
    (tmp_path / "site_rules.toml").write_text(rule, encoding="utf-8")
    rules = load_site_rules(tmp_path / "site_rules.toml")
    cleaned = clean_page(page.encode(), "https://www.gazette.example/talks", None, rules)
    assert f"{cleaned.title}\n\n{cleaned.text}\n" == text
    assert (cleaned.method, cleaned.confidence) == ("rules", 0.9)
    assert str(cleaned.published_at) == "2026-05-05 00:00:00+00:00"


def test_evidence_offsets_of_the_dictionary_give_the_quotes_in_duckdb(sample_output):
    pieces = [
        ("topics", "from articles t, unnest(t.topics) u(tag), unnest(tag.evidence) v(e)"),
        ("countries", "from articles t, unnest(t.countries) u(tag), unnest(tag.evidence) v(e)"),
        ("dyads", "from articles t, unnest(t.dyads) u(tag), unnest(tag.evidence) v(e)"),
    ]
    for field in ("text", "title"):
        expression = f'substring(t.{field}, e.start + 1, e."end" - e.start)'
        assert expression.replace(".title", ".text") in data_dictionary()
        for column, rows in pieces:
            with connect(str(sample_output)) as tables:
                found = tables.execute(
                    f"select e.quote, {expression} {rows} where e.field = '{field}'"
                ).fetchall()
            assert [quote for quote, words in found if quote != words] == [], column


def test_evidence_offsets_count_code_points_in_duckdb():
    import duckdb

    text = "\N{SMILING FACE WITH SUNGLASSES} e\N{COMBINING ACUTE ACCENT} 外交 talks"
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            found = duckdb.execute("select substring(?, ? + 1, ? - ?)", [text, start, end, start])
            assert found.fetchone() == (text[start:end],)


def test_every_failure_code_has_a_line_that_says_what_to_do():
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    table = page.partition("## What each failure code means")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `(\w+)` \| \S", table, re.MULTILINE)
    assert listed == [*CODES, "http_NNN"]
