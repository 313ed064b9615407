"""What holds on a disk holds in a bucket: a real server, real processes, lost answers."""

import json
import os
import runpy
import signal
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

import transforms.topics
from transforms.tables import (
    commit_pass,
    compact,
    open_dataset,
    prepare_tables,
    store,
    sweep,
    verify,
)

TABLES = ("articles", "failures", "entries", "polls")
TAXONOMY = Path(transforms.topics.__file__).parent / "data" / "taxonomy.yaml"
SECRET = "not-to-be-seen-anywhere"
VICTIMS = Path(__file__).with_name("victims.py")
A_PASS = Path(__file__).with_name("a_pass.py")
STEPS = ["before_publish", "after_write"]
STEPS += [f"{when}_commit:{table}" for table in TABLES for when in ("before", "after")]
# Two runs are killed so many times; without a number only the steps that differ most are tried.
KILLS = int(os.environ.get("COMMUNIQUE_KILLS", "0"))
if not KILLS:
    STEPS = ["after_write", "after_commit:articles", "before_commit:entries"]


def offer(make, output, name, items="abc"):
    """A pass that offers an article for each of the items, by a run of this name."""
    run = make.run(name)
    rows = [row for n in items for row in (make.article(n, run), make.offered(n, run))]
    rows.append(make.poll(make.FEED, run))
    return commit_pass(output, run, make.write(output, run, rows), make.ids(rows))


def ids(output):
    return sorted(open_dataset(output, "articles").to_table()["article_id"].to_pylist())


def lose_commits(table="", times=1):
    """The rule that answers to so many commits are lost."""
    return {
        "do": "swallow",
        "method": "PUT",
        "path": rf"{table}/_delta_log/0\d+\.json$",
        "times": times,
    }


def test_the_server_lets_one_of_many_writers_create_an_object(server):
    def put(number):
        url = f"{server.url}/news/race/{number // 4}"
        request = urllib.request.Request(url, b"%d" % number, server.if_absent, method="PUT")
        try:
            return urllib.request.urlopen(request, timeout=60).status
        except urllib.error.HTTPError as error:
            return error.code

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(put, range(200)))
    races = [sorted(codes[start : start + 4]) for start in range(0, 200, 4)]
    assert races == [[200, 412, 412, 412]] * 50


def test_every_command_does_in_a_bucket_what_it_does_on_a_disk(
    start, at, server, output, sample_output, tmp_path
):
    at(server.url)
    said = {}
    for command in (
        ["run", "--sample", "--json"],
        ["run", "--sample", "--poll", "all"],
        ["compact"],
        ["verify", "--json"],
        ["status", "--json"],
        ["feeds", "health", "--json"],
        ["topics", "try", TAXONOMY, "--json"],
        ["explain", ids(sample_output)[0], "--json"],
        ["export", tmp_path / "copy"],
        ["query", "select count(*) as articles from latest"],
    ):
        process = start("-m", "pipelines", *command, "--output", output)
        out, err = process.communicate(timeout=900)
        assert process.returncode == 0, f"{command}: {out}{err}"
        assert SECRET not in out + err
        said[command[0]] = out
    assert ids(output) == ids(sample_output)
    assert json.loads(said["verify"])["problems"] == []
    assert json.loads(said["explain"])["article_id"] == ids(sample_output)[0]
    assert said["query"].split()[-1] == str(len(ids(sample_output)))
    assert list((tmp_path / "copy" / "articles").glob("*/*.parquet"))


def test_credentials_that_are_wrong_are_complained_of_and_not_repeated(
    start, server, output, tmp_path
):
    key = tmp_path / "key.json"
    key.write_text(json.dumps({"type": "service_account", "private_key": SECRET, "client_id": "a"}))
    wrong = {
        "s3": {"AWS_SECRET_ACCESS_KEY": SECRET, "AWS_ENDPOINT_URL": "http://127.0.0.1:9"},
        "gs": {"STORAGE_EMULATOR_HOST": "", "GOOGLE_APPLICATION_CREDENTIALS": str(key)},
    }
    process = start(
        "-m", "pipelines", "status", "--output", output, **wrong[server.scheme], PYTHONDEVMODE="1"
    )
    out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert err.startswith("communique: cannot read")
    assert SECRET not in out + err


def test_the_next_run_completes_what_a_kill_left(start, at, make, server, output):
    at(server.url)
    a_pass = runpy.run_path(str(A_PASS))["a_pass"]
    for step in STEPS:
        where = f"{output}/{step.replace(':', '-')}"
        killed = start(A_PASS, where, "killed", COMMUNIQUE_FAULT=step)
        _, err = killed.communicate(timeout=120)
        assert killed.returncode == -signal.SIGKILL, err
        a_pass(where, "again")
        assert ids(where) == sorted(make.key(n) for n in "abc"), step
        assert verify(where).problems == (), step


def test_two_writers_of_the_same_items_neither_lose_nor_double(at, make, server, output):
    at(server.url)
    prepare_tables(output)
    rounds = [("abcd"[: 2 + n % 3] + str(n)) for n in range(4)]

    def write(writer):
        return [offer(make, output, f"{writer}-{n}", items) for n, items in enumerate(rounds)]

    with ThreadPoolExecutor(2) as pool:
        receipts = [receipt for done in pool.map(write, ["one", "two"]) for receipt in done]
    assert ids(output) == sorted(make.key(n) for n in set("".join(rounds)))
    assert sum(receipt.articles for receipt in receipts) == len(ids(output))
    assert verify(output).problems == ()


@pytest.mark.parametrize("times", [1, 2])
def test_a_commit_whose_answer_is_lost_counts_once(at, make, proxy, output, times):
    at(proxy.url)
    prepare_tables(output)
    proxy.rules(*(lose_commits(table, times) for table in TABLES))
    run = make.run("failing")
    rows = [make.failure("f", run), make.offered("f", run)]
    commit_pass(output, run, make.write(output, run, rows), make.ids(rows))
    offer(make, output, "one")
    offer(make, output, "two", "cde")
    assert len(proxy.done()) == len(TABLES) * times  # a second one is lost of the next try
    assert ids(output) == sorted(make.key(n) for n in "abcde")
    assert verify(output).problems == ()


def test_tables_are_created_once_when_the_answer_is_lost(at, make, proxy, output):
    at(proxy.url)
    proxy.rules(lose_commits(times=2))
    offer(make, output, "one")
    assert len(proxy.done()) == 2
    assert verify(output).problems == ()


def test_a_compaction_whose_answer_is_lost_keeps_its_files(at, make, proxy, output):
    at(proxy.url)
    offer(make, output, "one")
    offer(make, output, "two", "cde")
    proxy.rules(lose_commits("articles"))
    done = compact(output, make.T0 + timedelta(days=2), ["articles"])
    assert proxy.done()
    assert [(c.files_before, c.files_after, c.rows) for c in done] == [(2, 1, 5)]
    assert ids(output) == sorted(make.key(n) for n in "abcde")
    assert verify(output).problems == ()


@pytest.mark.parametrize(
    "rule",
    [
        {"do": "refuse", "every": 5},
        {"do": "swallow", "path": r"\.parquet$", "times": 1},
        {"do": "swallow", "method": "PUT", "path": "/upload/|parquet$", "times": 1},
        {"do": "delay", "seconds": 4, "every": 9, "times": 36},
    ],
    ids=["busy", "an answer lost", "the answer to an upload lost", "slow"],
)
def test_a_store_on_a_bad_day_is_asked_again(at, make, proxy, output, rule):
    at(proxy.url)
    proxy.rules(rule)
    offer(make, output, "one")
    assert proxy.done()
    assert ids(output) == sorted(make.key(n) for n in "abc")
    proxy.rules()
    assert verify(output).problems == ()


def test_a_file_that_is_gone_may_be_deleted_again(at, make, server, output):
    at(server.url)
    run = make.run()
    (orphan,) = make.write(output, run, [make.article("a", run)])
    root = store.table_root(output, "articles")
    for _ in range(2):
        store.remove(root, orphan.path)
        assert store.find(root, orphan.path) is None
    assert list(store.files(root)) == []


def test_orphans_are_swept_by_the_clock_of_the_store(at, make, server, output):
    at(server.url)
    offer(make, output, "one")
    run = make.run("never-committed")
    (orphan,) = make.write(output, run, [make.article("z", run)])
    root = store.table_root(output, "articles")
    written = store.find(root, orphan.path).modified_at
    assert sweep(output, make.T0, min_age_h=1) == []
    while store.clock(root) <= written:
        threading.Event().wait(0.05)
    assert sweep(output, make.T0, min_age_h=0) == [f"articles/{orphan.path}"]
    assert [f.path for f in store.files(root) if "/." in f"/{f.path}"] == []
    assert verify(output).problems == ()


@pytest.mark.slow
@pytest.mark.skipif(not KILLS, reason="make test-stores runs it, KILLS= says how often")
def test_kills_at_any_moment_lose_and_double_nothing(start, at, make, server, output):
    at(server.url)
    process = start(VICTIMS, output, KILLS, 8)
    out, err = process.communicate(timeout=30 + 60 * KILLS)
    assert process.returncode == 0, err
    done = json.loads(out)
    print(server.scheme, done)
    found = []
    for number in range(-(-KILLS // 20)):
        found += ids(f"{output}/{number}")
        assert verify(f"{output}/{number}").problems == ()
    assert sorted(found) == sorted(
        make.key(f"{n}-{i}") for n in range(done["rounds"]) for i in "abc"
    )


@pytest.mark.slow
@pytest.mark.skipif(not KILLS, reason="make test-stores runs it, KILLS= says how often")
def test_two_runs_and_random_kills_leave_the_rows_of_one_run(
    start, at, server, output, sample_output
):
    at(server.url)
    command = ("-m", "pipelines", "run", "--sample", "--json", "--output")
    for number in range(KILLS):
        where = f"{output}/{number}"
        first_run, second_run = start(*command, where), start(*command, where)
        threading.Event().wait(2 + number % 10)
        first_run.kill()
        first_run.communicate()
        _, err = second_run.communicate(timeout=900)
        assert second_run.returncode == 0, err
        third = start(*command, where)
        _, err = third.communicate(timeout=900)
        assert third.returncode == 0, err
        assert ids(where) == ids(sample_output)
        assert verify(where).problems == ()
