import json
import re

import pytest

from transforms.web import article_id_of

TREATY = "https://paper.example/world/treaty"
GONE = "https://paper.example/world/gone"
SLOW = "https://paper.example/world/slow"


@pytest.mark.parametrize(
    "argument", [TREATY, f"{TREATY}?utm_source=feed#top", article_id_of(TREATY)]
)
def test_an_article_is_found_by_id_and_by_any_form_of_its_url(communique, tables, argument):
    answer = communique("explain", argument, "-o", tables)
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == "France and Tunisia sign a pact"
    assert any(line.split(maxsplit=1) == ["url", TREATY] for line in lines)


def test_each_tag_stands_with_its_sentence_its_rule_and_the_version(communique, tables):
    lines = communique("explain", TREATY, "-o", tables).out.splitlines()
    proof = next(line for line in lines if "[signed a memorandum of understanding]" in line)
    assert proof.strip().startswith("text: The foreign ministers of France and Tunisia [signed")
    assert proof.endswith("(rule: signed a memorandum of understanding)")
    assert any(line.startswith("  treaties_and_agreements (Treaties and") for line in lines)
    assert any(line.startswith("  FRA  ") for line in lines)
    assert any(line.startswith("  FRA-TUN  ") for line in lines)
    assert any(line.startswith("taxonomy ") for line in lines)
    assert any(line.startswith("Near misses:") for line in lines)


def test_attempts_that_failed_before_are_told(communique, tables):
    out = communique("explain", TREATY, "-o", tables).out
    assert "attempt 1  fetch_articles  read_timeout: what happened" in out


def test_an_item_that_failed_for_good_shows_why(communique, tables):
    answer = communique("explain", GONE, "-o", tables)
    assert answer.status == 0
    assert answer.out.startswith("No article: http_410\n")
    assert "http_410: what happened (final)" in answer.out


def test_every_attempt_and_the_next_one_are_shown(communique, tables):
    out = communique("explain", SLOW, "-o", tables).out
    assert out.index("attempt 1") < out.index("attempt 2")
    assert "to be tried again after 2026-11-1" in out


def test_json_has_the_row_its_failures_and_the_near_misses(communique, tables):
    found = json.loads(communique("explain", TREATY, "-o", tables, "--json").out)
    assert found["article"]["url"] == TREATY
    assert [row["code"] for row in found["failures"]] == ["read_timeout"]
    assert all({"id", "score", "reason"} == miss.keys() for miss in found["near_misses"])
    failed = json.loads(communique("explain", GONE, "-o", tables, "--json").out)
    assert (failed["article"], failed["failures"][0]["final"]) == (None, True)


def test_what_is_in_no_table_is_an_error_with_a_hint(communique, tables):
    answer = communique("explain", "https://paper.example/other", "-o", tables)
    assert (answer.status, answer.out) == (1, "")
    assert "--output" in answer.err


@pytest.mark.parametrize("argument", ["paper.example/world", "0f5c", ""])
def test_what_is_neither_id_nor_url_is_bad_usage(communique, tables, argument):
    answer = communique("explain", argument, "-o", tables)
    assert answer.status == 2
    assert "32 hex digits" in answer.err


def test_another_taxonomy_is_said_to_be_another(communique, tables, tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text(
        "version: '9'\n"
        "domains:\n  d: {label: Domain}\n"
        "topics:\n- {id: fish, parent: d, kind: theme, label: Fish, definition: Fish, "
        "strong: [herring quota]}\n"
    )
    answer = communique("explain", TREATY, "-o", tables, "--taxonomy", own)
    assert answer.status == 0
    assert "9+" in answer.err


def test_without_its_text_an_article_shows_where_its_words_stood(communique, cut_tables):
    answer = communique("explain", TREATY, "-o", cut_tables("none"))
    assert answer.status == 0
    assert "near misses need the whole text" in answer.err
    assert "not stored" in answer.out
    assert "Near misses" not in answer.out
    assert "signed in Paris" not in answer.out
    line = next(line for line in answer.out.splitlines() if "(rule: signed a memorandum" in line)
    assert re.match(r"    text: characters \d+ to \d+, not stored  \(rule", line)


def test_an_excerpt_shows_the_sentences_it_has(communique, cut_tables):
    answer = communique("explain", TREATY, "-o", cut_tables("excerpt"))
    assert (answer.status, "[signed a memorandum of understanding]" in answer.out) == (0, True)
    assert any(line.split() == ["text", "stored", "excerpt"] for line in answer.out.splitlines())


def test_json_says_that_near_misses_were_not_looked_for(communique, cut_tables):
    answer = communique("explain", TREATY, "-o", cut_tables("none"), "--json")
    found = json.loads(answer.out)
    assert (found["article"]["text_stored"], found["near_misses"]) == ("none", None)
