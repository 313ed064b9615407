import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from transforms.topics import TaxonomyError
from transforms.topics.folding import fold
from transforms.topics.taxonomy import PACKAGED, RULES, lint_taxonomy, parse_terms

SHARED = Path(__file__).resolve().parents[3].parent / "shared"

GOOD = """\
version: "2.0.0"
domains:
  sea: {label: Sea}
topics:
  - id: fish_quotas
    parent: sea
    kind: theme
    label: Fish quotas
    definition: Who may catch how much.
    iptc: ["medtop:20000377"]
    plover:
      events: [AGREE]
      modes: [ban]
      contexts: [economic]
    gdelt: [MARITIME]
    strong: [(cod|eel) war, fishing quota*]
  - id: fish_wars
    parent: sea
    kind: theme
    label: Fish wars
    definition: Boats in each other's way.
    strong: [collision of trawlers]
"""
WARS = "strong: [collision of trawlers]"


def lint(tmp_path, text):
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    return lint_taxonomy(path)


def test_the_packaged_taxonomy_has_no_complaints():
    assert lint_taxonomy(PACKAGED) == ()


def test_a_good_file_has_no_complaints(tmp_path):
    assert lint(tmp_path, GOOD) == ()


@pytest.mark.parametrize(
    ("text", "line", "rule", "words"),
    [
        (
            GOOD.replace("[(cod|eel) war, fishing quota*]", "[fishing quota*, (cod|eel) war]"),
            *(16, "unsorted", "'(cod|eel) war' stands after 'fishing quota*'; sort the list"),
        ),
        (
            GOOD.replace("20000377", "2000037"),
            *(10, "unknown_code", "not among the IPTC Media Topics; did you mean 'medtop:"),
        ),
        (GOOD.replace("[AGREE]", "[AGREED]"), 12, "unknown_code", "did you mean 'AGREE'?"),
        (GOOD.replace("[MARITIME]", "[X1]"), 15, "unknown_code", "codes.tsv lists them"),
        (
            GOOD + "    block: [collision]\n",
            *(17, "dead_topic", "'fish_wars': each of its terms begins with one of its block"),
        ),
        (
            GOOD.replace(WARS, "strong: [cod war]"),
            *(22, "shared_term", "of 'fish_wars' is one of 'fish_quotas' too; keep one, or add"),
        ),
        (
            GOOD.replace(WARS, "shared_with: {fish_quotas: a war over quotas}\n    " + WARS),
            *(22, "idle_reason", "shares no strong or medium term with such a topic; remove it"),
        ),
    ],
)
def test_each_fault_is_named_with_line_rule_and_remedy(tmp_path, text, line, rule, words):
    (complaint,) = lint(tmp_path, text)
    assert (complaint.line, complaint.rule) == (line, rule)
    assert complaint.rule in RULES
    assert words in complaint.message


def test_a_reason_or_a_situation_lets_a_term_be_shared(tmp_path):
    shared = GOOD.replace(WARS, "strong: [cod war]")
    assert not lint(tmp_path, shared + "    shared_with: {fish_quotas: a war over quotas}\n")
    head, wars = shared.split("  - id: fish_wars")
    assert not lint(tmp_path, head + "  - id: fish_wars" + wars.replace("theme", "situation"))


def test_all_complaints_come_at_once_in_the_order_of_the_file(tmp_path):
    text = GOOD.replace("[AGREE]", "[AGREED]").replace("[ban]", "[bans]")
    assert [complaint.line for complaint in lint(tmp_path, text)] == [12, 13]


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(TaxonomyError, match="no 'version'"):
        lint(tmp_path, "topics: []\n")


def test_no_strong_term_fits_the_example_article_alone():
    """Terms copied from one article find it and no other; choices are more than its words."""
    example = SHARED / "data" / "seed" / "article.txt"
    if not example.exists():
        pytest.skip(f"the example article is not there: {example}")
    folded = fold(example.read_text(encoding="utf-8")).text
    others = "\n".join(other_articles())
    found = {
        (topic["id"], written)
        for topic in yaml.load(PACKAGED.read_text(encoding="utf-8"), yaml.CSafeLoader)["topics"]
        for written in topic["strong"]
        if "(" not in written
        if stands_in(written, folded) and not stands_in(written, others)
    }
    assert found == set()


def other_articles() -> Iterator[str]:
    files = [SHARED / "data" / "topics" / "dev.jsonl"]
    files += sorted((SHARED / "data" / "extraction").glob("*/gold.jsonl"))
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            yield fold(json.loads(line).get("text") or "").text


def stands_in(written: str, folded: str) -> bool:
    terms = parse_terms(written, "strong")
    return any(p in folded for term in terms if not term.state for p in term.patterns)
