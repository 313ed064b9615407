"""From gold pages and answers to the tables of docs/quality.md."""

import gzip
import json
import sys
from pathlib import Path

import pytest

from benchmarks.boilerplate.gold import language_groups, read_sets
from benchmarks.boilerplate.measure import Found, System, measure, read, write
from benchmarks.boilerplate.quality import cross_validated, main, put_between_marks
from benchmarks.boilerplate.summary import Judge
from benchmarks.boilerplate.tables import all_tables

GOLD = {"id": "p1", "url": None, "text": "Envoys met.", "title": "Talks", "date": "2026-05-05"}


def write_set(folder, name, *rows):
    (folder / name / "pages").mkdir(parents=True)
    lines = "\n".join(json.dumps(row) for row in rows)
    (folder / name / "gold.jsonl").write_text(f"{lines}\n", encoding="utf-8")
    for row in rows:
        page = f"<title>Talks</title><article><p>{row['text']}</p></article>".encode()
        (folder / name / "pages" / f"{row['id']}.html.gz").write_bytes(gzip.compress(page))


def test_sets_are_read_whole_or_in_part(tmp_path):
    write_set(tmp_path, "coast", GOLD, GOLD | {"id": "p2"})
    write_set(tmp_path, "river", GOLD)
    assert [page.key for page in read_sets(tmp_path, limit=1)] == [("coast", "p1"), ("river", "p1")]
    assert [page.key for page in read_sets(tmp_path, ["river"])] == [("river", "p1")]
    with pytest.raises(FileNotFoundError, match="no set lake; it has coast, river"):
        read_sets(tmp_path, ["lake"])


def test_without_pages_the_command_says_so_and_fails(tmp_path, capsys):
    status = main(["--data", str(tmp_path), "--peers", str(tmp_path)])
    assert (status, capsys.readouterr().err.startswith("nothing to measure with")) == (2, True)


def test_rare_and_unstated_languages_are_grouped_by_script(tmp_path):
    rows = [GOLD | {"id": f"e{at}", "lang": "en"} for at in range(4)]
    rows += [GOLD | {"id": "f", "lang": "fr"}, GOLD | {"id": "u"}]
    rows += [GOLD | {"id": "j", "text": "会談はきのう", "lang": "ja"}]
    write_set(tmp_path, "coast", *rows)
    groups = {name: len(pages) for name, pages in language_groups(read_sets(tmp_path)).items()}
    assert groups == {
        "en": 4,
        "not stated, Latin": 1,
        "others, Han or kana": 1,
        "others, Latin": 1,
    }


def test_answers_are_kept_and_read_back(tmp_path):
    found = {("coast", "p1"): Found("Envoys met.", "Talks", "2026-05-05", ["date", "title"], 2.5)}
    system = System("ours", "1.0", "2026-05-06T10:00:00", found)
    write(tmp_path, system)
    assert read(tmp_path, "ours") == system
    assert read(tmp_path, "justext") is None


def test_a_page_that_ends_the_process_is_a_crash_and_the_next_one_is_answered(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(Path(__file__).resolve().parents[3])
    write_set(tmp_path, "coast", GOLD, GOLD | {"id": "p2"})
    first, second = read_sets(tmp_path)
    gone = first._replace(path=tmp_path / "gone.html.gz")
    run = measure(["ours"], [gone, second], Path(sys.executable), tmp_path / "kept")
    system = read(tmp_path / "kept", "ours")
    crash, answer = system.found.values()
    assert (system.run, crash) == (run, Found("", None, "", [], None, crashed=True))
    assert (answer.text, answer.title, answer.crashed) == ("Envoys met.", "Talks", False)
    assert answer.ms > 0.0


def test_tables_show_scores_and_only_the_times_of_the_run(tmp_path):
    write_set(tmp_path, "coast", GOLD)
    key = ("coast", "p1")
    ours = Found("Envoys met.", "Talks", "2026-05-06", ["date", "title"], 2.0)
    systems = [
        System("ours", "1.0", "now", {key: ours}),
        System("justext", "3.0", "now", {key: Found("Envoys", gives=["text"], ms=5.0)}),
        System("goose3", "3.1", "earlier", {key: Found("", crashed=True)}),
    ]
    report = all_tables(Judge(read_sets(tmp_path)), systems, "now").splitlines()
    best = "| **Communiqué** | 1.000 | 1.000 | 1.000 | 1.000 | 1.000 | 0.000 / 1.000 / 0.000 |"
    assert f"{best} 0 | 0 | 2.0 | 2.0 | 2.0 | 1.00 |" in report
    second = "| justext 3.0 | 0.667 | 1.000 | 0.500 | 0.000 | – | – |"
    assert f"{second} 0 | 0 | 5.0 | 5.0 | 5.0 | 2.50 |" in report
    third = "| goose3 3.1 | 0.000 | 0.000 | 0.000 | 0.000 | – | – | 0 | 1 | – | – | – | – |"
    assert third in report


def test_cross_validated_texts_must_be_whole_sets(tmp_path):
    write_set(tmp_path, "coast", GOLD, GOLD | {"id": "p2"})
    texts = tmp_path / "texts.jsonl"
    line = {"dataset": "coast", "id": "p1", "text": "Envoys met."}
    texts.write_text(json.dumps(line), encoding="utf-8")
    assert cross_validated(texts, read_sets(tmp_path, limit=1)).name == "ours-cross-validated"
    with pytest.raises(ValueError, match="lacks 1 of the 2 pages of its sets, such as coast/p2"):
        cross_validated(texts, read_sets(tmp_path))


def test_only_what_stands_between_the_marks_is_replaced(tmp_path):
    page = tmp_path / "quality.md"
    begin, end = "<!-- measured: begin -->", "<!-- measured: end -->"
    page.write_text(f"before\n{begin}\nold\n{end}\nafter\n", encoding="utf-8")
    put_between_marks(page, "new")
    assert page.read_text(encoding="utf-8") == f"before\n{begin}\nnew\n{end}\nafter\n"
