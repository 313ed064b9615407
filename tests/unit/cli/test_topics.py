import json

import pytest

OWN = """\
version: "2.0.0"
extends: packaged
topics:
  - id: fishing_rights
    parent: economic
    kind: theme
    label: Fishing rights
    definition: Who may fish where.
    strong: [fishing rights]
  - id: treaties_and_agreements
    parent: bilateral
    kind: theme
    label: Treaties
    definition: Next to nothing any more.
    strong: [treaty of westphalia]
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(OWN)
    return path


def test_the_list_shows_topics_under_their_domain_with_their_status(communique):
    answer = communique("topics", "list")
    assert answer.status == 0
    lines = answer.out.splitlines()
    assert "Economic statecraft (economic)" in lines
    assert any(line.split()[:2] == ["sit_sudan", "unmeasured"] for line in lines)
    assert lines[-1].startswith("66 topics, taxonomy 1.")


def test_the_list_of_an_own_taxonomy_can_be_json(communique, own):
    answer = communique("topics", "list", "--taxonomy", own, "--json")
    found = json.loads(answer.out)
    assert found["version"].startswith("2.0.0+")
    assert found["topics"][-1] == {
        "id": "fishing_rights",
        "parent": "economic",
        "kind": "theme",
        "label": "Fishing rights",
        "status": "unmeasured",
    }


def test_a_topic_is_shown_in_full(communique):
    answer = communique("topics", "show", "sit_ukraine_war")
    assert answer.status == 0
    assert answer.out.startswith("sit_ukraine_war: Russia-Ukraine war\n")
    for words in ("thin", "2014-02-20", "medtop:20000062", "ARMEDCONFLICT", "as written:"):
        assert words in answer.out
    found = json.loads(communique("topics", "show", "sit_ukraine_war", "--json").out)
    assert found["codes"]["iptc"] == ["medtop:20000062"]
    assert found["written"]["strong"]


def test_an_unknown_topic_is_bad_usage_with_a_hint(communique):
    answer = communique("topics", "show", "sanction")
    assert (answer.status, answer.out) == (2, "")
    assert 'did you mean "sanctions"?' in answer.err


def test_a_file_without_faults_passes(communique, own):
    answer = communique("topics", "lint", own)
    assert (answer.status, answer.out) == (0, "")
    assert "keeps all 5 rules" in answer.err


def test_complaints_name_file_and_line_and_the_status_is_1(communique, own):
    own.write_text(OWN.replace("[fishing rights]", "[fishing rights, cod war]"))
    answer = communique("topics", "lint", own)
    assert answer.status == 1
    assert answer.out.startswith(f"{own}:9: unsorted: ")
    (found,) = (
        json.loads(line)
        for line in communique("topics", "lint", own, "--json").out.split("\n")
        if line
    )
    assert (found["line"], found["rule"]) == (9, "unsorted")


def test_a_file_that_is_no_taxonomy_is_refused_with_its_line(communique, own):
    own.write_text(OWN.replace("parent: economic", "parent: economics"))
    answer = communique("topics", "lint", own)
    assert (answer.status, answer.out) == (2, "")
    assert f"{own}:5: " in answer.err


def test_a_trial_tells_what_would_change_with_examples(communique, own, tables):
    answer = communique("topics", "try", own, "--output", tables)
    assert answer.status == 0
    assert answer.out.startswith("1 of 1 articles would change, in 2 topics (taxonomy 1.")
    assert "fishing_rights: 0 -> 1 articles (1 gained)\n" in answer.out
    assert "treaties_and_agreements: 1 -> 0 articles (1 lost)\n" in answer.out
    assert "  + France and Tunisia sign a pact [" in answer.out
    assert ']: "fishing rights"\n' in answer.out


def test_a_trial_can_be_json_and_against_another_taxonomy(communique, own, tables):
    answer = communique("topics", "try", own, "--against", own, "--output", tables)
    assert answer.out.startswith("0 of 1 articles would change, in 0 topics")
    answer = communique("topics", "try", own, "--output", tables, "--json")
    changes = {row["id"]: row for row in map(json.loads, answer.out.splitlines())}
    assert changes["treaties_and_agreements"]["lost"] == 1
    assert changes["fishing_rights"]["gains"][0]["quotes"] == ["fishing rights"]


def test_a_trial_needs_whole_texts_and_says_so(communique, own, cut_tables):
    answer = communique("topics", "try", own, "--output", cut_tables("excerpt"))
    assert answer.status == 1
    assert "1 articles are left out: only a part of their text is stored" in answer.err
    assert "--store-text full" in answer.err
