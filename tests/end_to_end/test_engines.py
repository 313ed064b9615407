"""The same input on every engine that can be had here: the same rows, shown by one query."""

import os
import signal
from pathlib import Path

import duckdb
import pytest

from transforms.tables import open_dataset

ROOT = Path(__file__).resolve().parents[2]
PRISM = Path(os.environ.get("PRISM", ROOT / "build" / "prism" / "prism"))
ON_PRISM = ["--", "--runner=PrismRunner", f"--prism_location={PRISM}"]
RETRYING = ["--", "--runner=BundleBasedDirectRunner"]
"""Beam's old local runner: slow, and the one at hand that does a failed bundle again, as Flink and
Dataflow do. FnApiRunner and Prism end the pass instead."""

UNEQUAL = """
select table_name, article_id, content, count(*) as engines, min(engine) as seen_on
from (
    select engine, 'articles' as table_name, article_id,
           concat_ws(' | ', url, title, text, topic_ids, country_ids) as content
    from articles
    union all
    select engine, 'failures', article_id, concat_ws(' | ', url, code, attempt, final)
    from failures
    union all
    select engine, 'entries', article_id, concat_ws(' | ', entry_key, url, title)
    from entries
)
group by all having count(*) <> ?
"""
"""What is not once in the tables of each engine; nothing, where the engines agree."""

pytestmark = pytest.mark.slow
needs_prism = pytest.mark.skipif(not PRISM.exists(), reason=f"{PRISM} is not built: `make prism`")


def unequal(outputs):
    """The rows of UNEQUAL over the tables of several outputs, and how many articles each has."""
    connection = duckdb.connect()
    for table in ("articles", "failures", "entries"):
        for number, output in enumerate(outputs):
            connection.register(f"{table}_{number}", open_dataset(str(output), table))
        union = " union all ".join(
            f"select '{output.name}' as engine, * from {table}_{number}"
            for number, output in enumerate(outputs)
        )
        connection.execute(f"create table {table} as {union}")
    counts = connection.execute("select engine, count(*) from articles group by all").fetchall()
    return connection.execute(UNEQUAL, [len(outputs)]).fetchall(), dict(counts)


@pytest.fixture
def reference(communique, run_options, tmp_path):
    """The tables of the local runner."""
    output = tmp_path / "fnapi"
    assert communique("run", *run_options, "--output", output)[0] == 0
    return output


@needs_prism
def test_batch_and_stream_on_prism_give_the_rows_of_the_local_runner(
    reference, communique, start_communique, wait_until, run_options, polled, tmp_path
):
    batch, streamed = tmp_path / "prism", tmp_path / "prism_stream"
    status, _, err = communique("run", *run_options, "--output", batch, *ON_PRISM)
    assert status == 0, err
    options = [option for option in run_options if option not in ("--json", "--poll", "all")]
    stream = start_communique("stream", *options, "--output", streamed, "--flush", "2s", *ON_PRISM)
    try:
        wait_until(lambda: polled(streamed) == polled(reference), 180)
    finally:
        stream.send_signal(signal.SIGINT)
        stream.communicate(timeout=30)
    outputs = [reference, batch, streamed]
    found, articles = unequal(outputs)
    assert found == []
    assert articles == dict.fromkeys(("fnapi", "prism", "prism_stream"), 47)
    assert [communique("verify", "--output", output)[0] for output in outputs] == [0, 0, 0]


@pytest.mark.parametrize("point", ["written:articles", "before_commit:entries"])
def test_a_bundle_that_fails_and_is_done_again_gives_the_same_rows(
    point, reference, communique, run_options, monkeypatch, tmp_path
):
    output = tmp_path / "retried"
    monkeypatch.setenv("COMMUNIQUE_FAULT", f"{point}=eio_once")
    status, _, err = communique("run", *run_options, "--output", output, *RETRYING)
    assert status == 0, err
    found, articles = unequal([reference, output])
    assert found == []
    assert articles == {"fnapi": 47, "retried": 47}
    assert communique("verify", "--output", output)[0] == 0


@needs_prism
def test_prism_ends_the_pass_with_a_bundle_that_fails_and_the_next_run_has_the_same_rows(
    reference, communique, run_options, monkeypatch, tmp_path
):
    output = tmp_path / "again"
    monkeypatch.setenv("COMMUNIQUE_FAULT", "written:articles=eio_once")
    status, _, err = communique("run", *run_options, "--output", output, *ON_PRISM)
    assert (status, "Input/output error" in err) == (1, True)
    monkeypatch.delenv("COMMUNIQUE_FAULT")
    assert communique("run", *run_options, "--output", output, *ON_PRISM)[0] == 0
    found, _ = unequal([reference, output])
    assert found == []
    assert communique("verify", "--output", output)[0] == 0
