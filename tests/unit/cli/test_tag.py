import io
import json

import pytest

from pipelines.commands.tag import split_title

TEXT = (
    "France and Tunisia sign a pact\n\nThe foreign ministers of France and Tunisia signed a "
    "memorandum of understanding in Paris on Monday. President Emmanuel Macron met with his "
    "counterpart. A weapon was shown.\n"
)


@pytest.fixture
def text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT)
    return path


def test_every_topic_stands_with_the_words_that_prove_it(communique, text):
    answer = communique("tag", text)
    assert (answer.status, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0].startswith("Diplomatic: yes")
    assert any(
        line.strip().startswith("text: The foreign ministers")
        and "[signed a memorandum of understanding]" in line
        and "(rule: signed a memorandum of understanding)" in line
        for line in lines
    )
    assert any(line.startswith("  TUN  government: ") for line in lines)
    assert "Near misses:" in answer.out


def test_json_has_offsets_into_title_and_text(communique, text):
    found = json.loads(communique("tag", text, "--json").out)
    title, body = split_title(TEXT)
    fields = {"title": title, "text": body}
    proofs = [proof for tag in (*found["topics"], *found["countries"]) for proof in tag["evidence"]]
    assert proofs
    for proof in proofs:
        assert fields[proof["field"]][proof["start"] : proof["end"]] == proof["quote"]
    assert found["taxonomy_version"]


def test_a_title_may_be_given_apart(communique, text):
    found = json.loads(communique("tag", text, "--title", "Rain", "--json").out)
    assert found["title"] == "Rain"


def test_text_may_come_from_stdin(communique, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert communique("tag", "-").out.startswith("Diplomatic: yes")


def test_an_empty_text_has_no_tags(communique, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    answer = communique("tag", empty)
    assert answer.status == 0
    assert "Topics: none" in answer.out


def test_a_broken_taxonomy_is_named(communique, text, tmp_path):
    taxonomy = tmp_path / "own.yaml"
    taxonomy.write_text("version: 1")
    answer = communique("tag", text, "--taxonomy", taxonomy)
    assert answer.status == 2
    assert str(taxonomy) in answer.err


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ("Title\n\nText.\n", ("Title", "Text.")),
        ("\n\n Title \nText.", ("Title", "Text.")),
        ("Title", ("Title", "")),
        ("", ("", "")),
    ],
)
def test_the_first_line_is_the_title(whole, expected):
    assert split_title(whole) == expected
