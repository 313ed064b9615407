"""A run that keeps no text, or a part of it: what is really in its files."""

import json
import re

import pyarrow.parquet as pq
import pytest

from transforms.tables import open_dataset

CUT = {"text", "summary", "topics", "countries", "dyads", "text_stored"}
OF_THE_RUN = {"run_id", "first_seen_at", "fetched_at", "ingest_date", "effective_at"}


def words_in(value):
    """Every string in a value of a row, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from words_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from words_in(item)


def everything_in(folder):
    """All that the files below a folder say, the log and the files of no version too."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.name.endswith(".parquet"):
            for row in pq.ParquetFile(path).read().to_pylist():
                yield from words_in(row)
            yield from map(repr, pq.read_metadata(path).to_dict()["row_groups"])
        else:
            yield path.read_bytes().decode("utf-8", "replace")


def rows(output, table="articles"):
    return {r["url"]: r for r in open_dataset(str(output), table).to_table().to_pylist()}


def sentences(text):
    """Sentences of 40 characters and more: a shorter one may be a name or a term."""
    found = (part.strip() for part in re.split(r"(?<=[.!?。])\s*|\n+", text))
    return [part for part in found if len(part) >= 40]


def without_quotes(tags):
    """Offsets and rules of the tags."""
    return json.loads(json.dumps(tags), object_hook=lambda o: {**o, "quote": None})


@pytest.fixture(scope="module")
def outputs(communique, sample_output, tmp_path_factory):
    """The folders of the same run by what it keeps."""
    made = {"full": sample_output}
    for store_text in ("excerpt", "none"):
        made[store_text] = tmp_path_factory.mktemp(store_text) / "news"
        done = communique(
            "run", "--sample", "--store-text", store_text, "--output", made[store_text]
        )
        assert done[0] == 0, done[2]
    return made


def test_without_text_no_sentence_of_an_article_is_in_any_file(outputs):
    found = "\n".join(everything_in(outputs["none"]))
    titles = {row["title"] for row in rows(outputs["full"]).values()}
    known = [s for row in rows(outputs["full"]).values() for s in sentences(row["text"])]
    known = [sentence for sentence in known if sentence not in titles]
    assert len(known) > 200
    assert [sentence for sentence in known if sentence in found] == []
    summaries = {row["summary"] for row in rows(outputs["full"]).values()} - titles - {None}
    assert [summary for summary in summaries if len(summary) > 40 and summary in found] == []
    assert next(iter(titles)) in found  # it would have been seen


def test_an_excerpt_is_the_beginning_and_at_most_half(outputs):
    whole = rows(outputs["full"])
    for url, row in rows(outputs["excerpt"]).items():
        text = whole[url]["text"]
        assert row["text_stored"] == "excerpt"
        assert text.startswith(row["text"])
        assert 0 < len(row["text"]) <= min(300, len(text) / 2)


@pytest.mark.parametrize("store_text", ["excerpt", "none"])
def test_all_that_was_made_of_the_text_is_the_same(outputs, store_text):
    whole, cut = rows(outputs["full"]), rows(outputs[store_text])
    assert whole.keys() == cut.keys()
    for url, row in whole.items():
        same = row.keys() - CUT - OF_THE_RUN
        assert {c: row[c] for c in same} == {c: cut[url][c] for c in same}
        for tags in ("topics", "countries", "dyads"):
            assert without_quotes(row[tags]) == without_quotes(cut[url][tags])


def test_what_failed_is_the_same_and_waits_without_text(outputs):
    def failures(store_text):
        return {url: row["code"] for url, row in rows(outputs[store_text], "failures").items()}

    assert failures("none") == failures("excerpt") == failures("full")
    for row in rows(outputs["none"], "failures").values():
        entry = row["entry"] or {}
        assert (entry.get("summary_html"), entry.get("content_html")) == (None, None)


@pytest.mark.parametrize("store_text", ["excerpt", "none"])
def test_verify_checks_what_is_there_and_says_what_it_cannot_check(communique, outputs, store_text):
    status, out, problems = communique("verify", "--output", outputs[store_text], "--json")
    assert (status, problems) == (0, "")
    articles = len(rows(outputs[store_text]))
    assert json.loads(out)["facts"][f"not_checked.text_{store_text}"] == articles


def test_a_table_may_hold_whole_and_cut_texts(communique, run_options, site, tmp_path):
    """What is there already is neither cut nor fetched again."""
    half = tmp_path / "half.csv"
    lines = site.feeds_file.read_text().splitlines()
    half.write_text("\n".join(lines[:3]) + "\n")
    options = ["--output", tmp_path / "news", *run_options]
    options[options.index("--feeds") + 1] = half
    assert communique("run", *options)[0] == 0
    before = rows(tmp_path / "news")
    options[options.index("--feeds") + 1] = site.feeds_file
    assert communique("run", *options, "--store-text", "none")[0] == 0
    after = rows(tmp_path / "news")
    assert {after[url]["text_stored"] for url in before} == {"full"}
    assert {after[url]["text_stored"] for url in after.keys() - before.keys()} == {"none"}
    assert communique("verify", "--output", tmp_path / "news")[0] == 0
