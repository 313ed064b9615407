"""Kills at every step: a child process forks one victim for each, which ends by SIGKILL."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from transforms.tables import compact, open_dataset, sweep, verify

ROOT = Path(__file__).resolve().parents[3]
BUILDERS = Path(__file__).with_name("conftest.py")

CHILD = """
    import os, runpy, sys
    from datetime import timedelta
    from types import SimpleNamespace
    from pathlib import Path
    from transforms.tables import commit_pass, compact, export
    make = SimpleNamespace(**runpy.run_path({builders!r}))
    run = make.run()
    def a_pass(output, name):
        run = make.run(name)
        rows = [make.article(n, run) for n in "abc"]
        rows += [make.failure("d", run), make.poll(make.FEED, run)]
        rows += [make.offered(n, run) for n in "abcd"]
        commit_pass(output, run, make.write(output, run, rows), make.ids(rows))
    {body}
    for step in sys.argv[2:]:
        victim = os.fork()
        if not victim:
            os.environ["COMMUNIQUE_FAULT"] = step
            work(os.path.join(sys.argv[1], step.replace(":", "-")))
            os._exit(0)
        _, status = os.waitpid(victim, 0)
        print(step, os.WTERMSIG(status))
"""


def kill_at(tmp_path, body, *steps):
    code = textwrap.dedent(CHILD).format(builders=str(BUILDERS), body=textwrap.dedent(body))
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), *steps],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.split() == [word for step in steps for word in (step, "9")], done.stderr


STEPS = [
    "before_publish",
    "after_write",
    *(
        f"{when}_commit:{table}"
        for table in ("articles", "failures", "entries", "polls")
        for when in ("before", "after")
    ),
]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_the_next_run_completes_what_a_kill_left(tmp_path, make):
    kill_at(tmp_path, 'work = lambda output: a_pass(output, "killed")', *STEPS)
    for step in STEPS:
        output = tmp_path / step.replace(":", "-")
        run = make.run("next")
        rows = [make.article(n, run) for n in "abc"]
        rows += [make.failure("d", run), make.poll(make.FEED, run)]
        rows += [make.offered(n, run) for n in "abcd"]
        receipt = make.commit(output, run, *rows)
        assert receipt.articles + receipt.failures + receipt.already_committed == 4, step
        found = verify(str(output))
        assert found.problems == (), step
        counts = [found.facts[f"{table}.rows"] for table in ("articles", "failures", "entries")]
        assert counts == [3, 1, 4], step


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_compaction_changes_no_row(tmp_path, make):
    body = """
    def work(output):
        os.environ.pop("COMMUNIQUE_FAULT")
        a_pass(output, "one")
        a_pass(output, "two")
        run = make.run("three")
        make.commit(output, run, make.article("e", run))
        os.environ["COMMUNIQUE_FAULT"] = os.path.basename(output)
        compact(output, make.T0 + timedelta(days=1))
    """
    steps = ("before_compaction_commit", "after_compaction_commit")
    kill_at(tmp_path, body, *steps)
    for step in steps:
        output = str(tmp_path / step)
        assert open_dataset(output, "articles").count_rows() == 4
        compact(output, make.T0.replace(day=2))
        assert verify(output).problems == ()
        assert sweep(output, make.T0) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_export_is_not_visible(tmp_path):
    body = """
    def work(output):
        a_pass(output, "one")
        export(output, Path(output + "-copy"))
    """
    kill_at(tmp_path, body, "before_export_rename")
    assert not (tmp_path / "before_export_rename-copy").exists()


def test_processes_that_commit_at_once_lose_and_double_nothing(tmp_path, make):
    code = textwrap.dedent("""
        import runpy, sys
        from types import SimpleNamespace
        make = SimpleNamespace(**runpy.run_path(sys.argv[1]))
        print("ready", flush=True)
        sys.stdin.readline()
        for i in range(8):
            run = make.run(f"{sys.argv[3]}-{i}")
            names = [f"{i}-{n}" for n in range(3)]
            rows = [make.article(n, run) for n in names] + [make.offered(n, run) for n in names]
            receipt = make.commit(sys.argv[2], run, *rows)
            print(receipt.articles, flush=True)
    """)
    output = tmp_path / "news"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(BUILDERS), str(output), name],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    for child in started:
        assert child.stdout.readline() == "ready\n"
    committed = 0
    for child in started:
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in started:
        committed += sum(map(int, child.communicate(timeout=60)[0].split()))
        assert child.returncode == 0
    assert committed == 24
    assert open_dataset(str(output), "articles").count_rows() == 24
    assert open_dataset(str(output), "entries").count_rows() == 24
    assert verify(str(output)).problems == ()
