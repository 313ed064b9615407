"""Runs that are stopped, split, refused or shared: what the user sees, and what stays in the tables."""

import contextlib
import json
import os
import signal
import stat
import subprocess
import time

import pytest

from pipelines.sample import SampleSite, expected_rows
from transforms.tables import open_dataset, verify

ITEMS = len(expected_rows())
FAILURES = sum(row.outcome == "failure" for row in expected_rows())


def account(result):
    status, out, err = result
    assert status == 0, err
    found = json.loads(out)
    assert found["items"] == found["articles"] + found["failures"] + found["already_committed"]
    return found


def test_two_worker_processes_do_what_one_does(communique, run_options, site, tmp_path):
    found = account(communique("run", *run_options, "--output", tmp_path, "--workers", 2))
    assert (found["items"], found["failures"]) == (ITEMS, FAILURES)
    assert verify(str(tmp_path)).problems == ()
    asked = [(r.host, r.path) for r in site.requests if r.path.startswith("/robots")]
    assert len(asked) == len(set(asked))


def test_a_stop_commits_what_is_fetched_and_the_next_run_does_the_rest(
    start_communique, communique, tmp_path
):
    with SampleSite(slow_s=3).serve() as slow:
        options = ["--feeds", slow.feeds_file, "--pace", "1s", "--json", "--output", tmp_path]
        options += ["--allow-host", slow.allow]
        options += [part for mapping in slow.mappings for part in ("--resolve", mapping)]
        run = start_communique("run", *options)
        while not any("article" in r.path or r.path.count("/") > 2 for r in slow.requests):
            assert run.poll() is None
            time.sleep(0.05)
        run.send_signal(signal.SIGTERM)
        out, err = run.communicate(timeout=120)
        first = account((run.returncode, out, err))
        assert first["failure_codes"]["interrupted"] > 0
        assert verify(str(tmp_path)).problems == ()
        options[options.index("1s")] = "0s"
        second = account(communique("run", *options))
    assert second["items"] == first["failure_codes"]["interrupted"]
    articles = open_dataset(str(tmp_path), "articles").count_rows()
    assert articles == ITEMS - FAILURES
    assert verify(str(tmp_path)).problems == ()


def test_a_retry_that_is_due_is_fetched_though_no_feed_names_it(communique, tmp_path):
    def options(site):
        parts = ["--feeds", site.feeds_file, "--pace", "0s", "--json", "--output", tmp_path]
        parts += ["--allow-host", site.allow]
        return [*parts, *(p for mapping in site.mappings for p in ("--resolve", mapping))]

    with SampleSite(slow_s=0).serve() as site:
        account(communique("run", *options(site)))
    make_retries_due(tmp_path)
    with SampleSite(slow_s=0, outage=False).serve() as site:
        again = account(communique("run", *options(site)))
        pages = [r for r in site.requests if r.status == 200 and "robots" not in r.path]
    assert (again["items"], again["articles"]) == (1, 1)
    assert len(pages) == 1


def make_retries_due(output):
    """Move the retries of the tables into the past, as an hour's wait would."""
    from deltalake import DeltaTable

    table = DeltaTable(output / "failures")
    table.update(updates={"retry_at": "retry_at - interval '2 hours'"}, predicate="final = false")


def test_run_again_and_again_until_a_signal(start_communique, run_options, tmp_path):
    run = start_communique("run", *run_options, "--output", tmp_path, "--every", "1s")
    accounts = [json.loads(run.stdout.readline()) for _ in range(2)]
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=60)
    assert run.returncode == 0, err
    assert [found["items"] for found in accounts] == [ITEMS, 0]


def test_a_malformed_feed_list_is_named_with_its_line(communique, tmp_path):
    feeds = tmp_path / "feeds.csv"
    feeds.write_text("url,name\nhttp://a.example/f,A\nhtp://b.example/f,B\n")
    status, out, err = communique("run", "--feeds", feeds, "--output", tmp_path / "news")
    assert (status, out) == (2, "")
    assert f"{feeds}:3" in err
    assert "htp://b.example/f" in err
    assert not (tmp_path / "news").exists()


def test_a_taxonomy_with_a_doubled_id_is_named_with_its_line(communique, tmp_path):
    taxonomy = tmp_path / "mine.yaml"
    packaged = open_packaged_taxonomy()
    topic = packaged[packaged.index("\ntopics:") :].split("\n  - ")[1].split("\n\n")[0]
    taxonomy.write_text(packaged.rstrip() + "\n\n  - " + topic + "\n")
    status, out, err = communique(
        "run", "--sample", "--taxonomy", taxonomy, "--output", tmp_path / "news"
    )
    assert (status, out) == (2, "")
    assert f"{taxonomy}:" in err
    assert not (tmp_path / "news").exists()


def open_packaged_taxonomy():
    from importlib.resources import files

    return (files("transforms.topics") / "data" / "taxonomy.yaml").read_text(encoding="utf-8")


def test_an_output_that_cannot_be_written_is_named_before_anything_is_fetched(
    communique, run_options, site, tmp_path
):
    (tmp_path / "news").write_text("a file")
    status, out, err = communique("run", *run_options, "--output", tmp_path / "news")
    assert (status, out) == (1, "")
    assert str(tmp_path / "news") in err
    assert "--output" in err
    assert site.requests == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 1 MB."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("a tmpfs cannot be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_disk_is_named_and_the_tables_stay_as_they_were(
    communique, run_options, small_disk, workers
):
    news = small_disk / "news"
    account(communique("run", *run_options, "--output", news))
    before = {p: p.stat()[stat.ST_SIZE] for p in news.rglob("*") if p.is_file()}
    with contextlib.suppress(OSError), (small_disk / "filler").open("wb", buffering=0) as filler:
        while filler.write(b"0" * 4096):
            pass
    status, out, err = communique("run", *run_options, "--output", news, "--workers", workers)
    assert (status, out) == (1, "")
    assert "No space left" in err
    assert "free some space" in err
    assert "Traceback" not in err
    assert "while running" not in err
    assert {p: p.stat()[stat.ST_SIZE] for p in news.rglob("*") if p.is_file()} == before
    (small_disk / "filler").unlink()
    account(communique("run", *run_options, "--output", news))
    assert verify(str(news)).problems == ()
