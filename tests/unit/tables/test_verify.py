import json
from datetime import timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from schemas.arrow import record_batch
from schemas.article import Country, Dyad, Evidence, Topic
from transforms.articles import stored_row
from transforms.tables import commit_pass, compact, log, verify
from transforms.tables.check_rows import row_faults
from transforms.tables.log import active_files, open_table


def a_good_run(output, make):
    run = make.run()
    make.commit(
        output,
        run,
        make.article("a", run),
        make.failure("b", run),
        make.failure("c", run, "http_404", retry_in=None),
        make.feed_failure("https://dead.example/", run),
        *(make.offered(name, run) for name in "abc"),
        make.poll(make.FEED, run),
    )
    return run


def path_of(output, table):
    return output / table / active_files(open_table(str(output), table))[0].path


def rewrite(output, table, change):
    """Changes a file behind the log's back, and makes the log believe its new size."""
    path = path_of(output, table)
    old = path.stat().st_size
    pq.write_table(change(pq.ParquetFile(path).read()), path, store_schema=False)
    for commit in (output / table / "_delta_log").glob("*.json"):
        text = commit.read_text()
        commit.write_text(text.replace(f'"size":{old}', f'"size":{path.stat().st_size}'))


def set_column(table, name, values):
    field = table.schema.field(name)
    position = table.schema.get_field_index(name)
    return table.set_column(position, field, pa.array(values, field.type))


def test_a_good_run_has_no_problems_and_its_counts_are_facts(tmp_path, make):
    a_good_run(tmp_path, make)
    found = verify(str(tmp_path))
    assert found.problems == ()
    counts = {name: found.facts[f"{name}.rows"] for name in ("articles", "failures", "entries")}
    assert counts == {"articles": 1, "failures": 3, "entries": 3}
    assert found.facts["pending_retries"] == 1
    assert found.facts["article_and_final_failure"] == 0
    assert all(isinstance(value, int) for value in found.facts.values())


def test_missing_tables_are_problems(tmp_path):
    found = verify(str(tmp_path / "nowhere"))
    assert len(found.problems) == 4
    assert all("the table is missing" in problem for problem in found.problems)


def test_a_deleted_file_is_found(tmp_path, make):
    a_good_run(tmp_path, make)
    path_of(tmp_path, "entries").unlink()
    (problem,) = verify(str(tmp_path)).problems
    assert problem.startswith("entries: a committed file is missing")


@pytest.mark.parametrize("keep", [0.0, 0.95])
def test_a_cut_file_is_found(tmp_path, make, keep):
    a_good_run(tmp_path, make)
    path = path_of(tmp_path, "articles")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    problems = "\n".join(verify(str(tmp_path)).problems)
    assert "a file does not have the size that the log says" in problems
    assert "a file cannot be read" in problems


def test_a_flipped_bit_is_found(tmp_path, make):
    a_good_run(tmp_path, make)
    path = path_of(tmp_path, "articles")
    content = bytearray(path.read_bytes())
    content[content.index(make.key("a").encode())] ^= 1
    path.write_bytes(content)
    problems = "\n".join(verify(str(tmp_path)).problems)
    assert "a file cannot be read" in problems
    assert "CRC" in problems


PROOF = (Evidence("text", 0, 6, "Envoyz", "envoys"),)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"content_sha256": "0" * 64}, "content_sha256 is not that of the text"),
        ({"effective_at": None}, "effective_at"),
        ({"word_count": 0}, "word_count is not positive"),
        ({"article_id": "ABC"}, "article_id or canonical_id is not 32 hex digits"),
        ({"topic_ids": ()}, "topic_ids are not those of topics"),
        ({"primary_topic_ids": ()}, "primary_topic_ids are not those of topics"),
        ({"country_ids": ("FRA",)}, "country_ids are not those of countries"),
        (
            {"countries": (Country("FRA", "place", PROOF),), "country_ids": ("FRA",)},
            "the evidence of countries is not where it says",
        ),
        ({"dyads": (Dyad("FRA", "DEU", ()),)}, "a dyad is not in order"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named(make, changes, problem):
    if "effective_at" in changes:
        changes = {"effective_at": make.T0}
    row = make.article("a", make.run(), **changes)
    (stored,) = pa.Table.from_batches([record_batch("articles", [row])]).to_pylist()
    (fault,) = row_faults("articles", stored)
    assert problem in fault


FAR_PROOF = (Evidence("text", 400, 406, "Envoys", "envoys"),)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"text": None, "text_stored": "none"}, "the evidence of topics is not where it says"),
        ({"text": None, "text_stored": "none", "topics": (), "topic_ids": ()}, None),
        ({"text": "Envoys met.", "text_stored": "none"}, "more text than text_stored says"),
        ({"text": "Envoys met.", "text_stored": "excerpt"}, None),
        ({"text": "E" * 301, "text_stored": "excerpt"}, "more text than text_stored says"),
        ({"text": "Others met.", "text_stored": "excerpt"}, "the evidence of topics"),
        ({"text": "Envoys met.", "text_stored": "half"}, "text_stored is none of full, excerpt"),
        ({"text": "Envoys met.", "text_stored": None}, "content_sha256 is not that of the text"),
        ({"text": "Envoys of a met.", "text_stored": None}, None),
        ({"text": None}, "there is no text"),
        ({"text": "Envoys met.", "text_stored": "excerpt", "topics": FAR_PROOF}, None),
        ({"text": None, "text_stored": "none", "word_count": 0}, "word_count is not positive"),
    ],
)
def test_of_a_text_that_is_not_whole_only_what_is_there_is_checked(make, changes, problem):
    sha = make.article("a", make.run()).content_sha256
    tags = changes.pop("topics", None)
    if tags:
        changes["topics"] = (Topic("talks", 0.5, "primary", tags),)
    if tags == ():
        changes |= {"topics": (), "topic_ids": (), "primary_topic_ids": ()}
    row = make.article("a", make.run())._replace(**changes, content_sha256=sha)
    (stored,) = pa.Table.from_batches([record_batch("articles", [row])]).to_pylist()
    found = list(row_faults("articles", stored))
    assert (found == []) if problem is None else any(problem in fault for fault in found)


def test_rows_that_cannot_be_checked_whole_are_counted(tmp_path, make):
    run = make.run()
    rows = [make.article(name, run) for name in "abcd"]
    rows[:3] = (stored_row(row, kind) for row, kind in zip(rows, ("none", "none", "excerpt")))  # noqa: B905
    make.commit(tmp_path, run, *rows, *(make.offered(name, run) for name in "abcd"))
    found = verify(str(tmp_path))
    assert found.problems == ()
    assert found.facts["not_checked.text_none"] == 2
    assert found.facts["not_checked.text_excerpt"] == 1


def test_other_tables_have_rules_too(make):
    run = make.run()
    good = make.failure("a", run)
    for table, row, fault in (
        ("failures", good, None),
        ("failures", good._replace(code="no_such"), "the code is not on the list"),
        ("failures", good._replace(final=True), "final and retry_at contradict each other"),
        ("failures", good._replace(entry=None), "a retry is possible, but the entry is missing"),
        ("failures", good._replace(article_id="x"), "article_id is not 32 hex digits"),
        ("failures", good._replace(attempt=None), "attempt is null"),
        ("entries", make.offered("a", run)._replace(entry_key=None), "entry_key is null"),
        ("polls", make.poll("u", run, outcome="failed"), "outcome and code contradict each other"),
        ("polls", make.poll("u", run, outcome="lost"), "the outcome is none of"),
    ):
        (stored,) = pa.Table.from_batches([record_batch(table, [row])]).to_pylist()
        found = list(row_faults(table, stored))
        assert found == [] if fault is None else found[0].startswith(fault)


def test_a_row_that_breaks_a_rule_is_found(tmp_path, make):
    run = make.run()
    make.commit(tmp_path, run, make.article("a", run, word_count=0))
    (found,) = verify(str(tmp_path)).problems
    assert found.startswith("articles: there is no text, or word_count is not positive (1: ")
    assert make.key("a") in found


def test_changed_text_is_found_by_hash_and_by_evidence(tmp_path, make):
    a_good_run(tmp_path, make)
    rewrite(tmp_path, "articles", lambda rows: set_column(rows, "text", ["Somebody else met."]))
    problems = "\n".join(verify(str(tmp_path)).problems)
    assert "content_sha256 is not that of the text" in problems
    assert "the evidence of topics is not where it says" in problems


def test_statistics_and_counts_that_do_not_match_are_found(tmp_path, make):
    a_good_run(tmp_path, make)
    times = [make.T0 - timedelta(days=3)]
    rewrite(tmp_path, "polls", lambda rows: set_column(rows, "polled_at", times))
    rewrite(tmp_path, "entries", lambda rows: rows.slice(1))
    problems = "\n".join(verify(str(tmp_path)).problems)
    assert "polls: the log's statistics are not those of the file" in problems
    assert "entries: a file does not have the rows that the log says" in problems
    assert "polls: readers disagree" not in problems


def test_a_doubled_key_is_found(tmp_path, make):
    run = a_good_run(tmp_path, make)
    (file,) = make.write(tmp_path, run, [make.article("a", run)])
    handle = open_table(str(tmp_path), "articles")
    log.commit(str(tmp_path), "articles", handle, log.add_actions(str(tmp_path), [file]), "x", {})
    (problem,) = verify(str(tmp_path)).problems
    assert problem == f"articles: a key is there more than once (1: {make.key('a')} 1)"


def test_an_entry_without_article_or_failure_is_found(tmp_path, make):
    run = a_good_run(tmp_path, make)
    make.commit(tmp_path, run, make.offered("lost", run))
    (problem,) = verify(str(tmp_path)).problems
    assert "the article has neither article nor failure row" in problem
    assert make.key("lost") in problem


def test_an_entry_of_a_canonical_id_is_accounted_for(tmp_path, make):
    run = make.run()
    row = make.article("a", run, canonical_id=make.key("b"))
    make.commit(tmp_path, run, row, make.offered("a", run), make.offered("b", run))
    assert verify(str(tmp_path)).problems == ()


def test_a_column_of_another_type_is_found(tmp_path, make):
    a_good_run(tmp_path, make)

    def as_text(rows):
        position = rows.schema.get_field_index("entries")
        return rows.set_column(position, "entries", rows["entries"].cast(pa.string()))

    rewrite(tmp_path, "polls", as_text)
    problems = "\n".join(verify(str(tmp_path)).problems)
    assert "polls: a file has a column of another type" in problems


def test_a_broken_log_is_a_problem_not_an_error(tmp_path, make):
    a_good_run(tmp_path, make)
    (tmp_path / "polls" / "_delta_log" / f"{1:020d}.json").write_text("{broken")
    (problem,) = verify(str(tmp_path)).problems
    assert problem.startswith("polls: the table cannot be read")


def test_all_is_well_after_many_runs_and_a_compaction(tmp_path, make):
    for i in range(4):
        run = make.run(f"run-{i}", make.T0 + timedelta(hours=i))
        rows = [make.article(n, run) for n in range(i * 3, i * 3 + 5)]
        files = make.write(tmp_path, run, [*rows, make.poll(make.FEED, run)])
        commit_pass(str(tmp_path), run, files, make.ids(rows))
    compact(str(tmp_path), make.T0 + timedelta(days=1))
    found = verify(str(tmp_path))
    assert (found.problems, found.facts["articles.rows"]) == ((), 14)
    commits = DeltaTable(tmp_path / "articles").history()
    assert json.loads(commits[1]["receipt"])["articles"] == 3
