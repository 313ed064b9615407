import os
import signal
import subprocess
import sys

import pytest

from pipelines import __main__ as entry_point

COMMANDS = ["run", "status", "query", "explain", "clean", "tag", "export", "verify", "compact"]
GROUPED = [("feeds", name) for name in ("check", "find", "import", "export", "health")]
GROUPED += [("topics", name) for name in ("list", "show", "lint", "try")]


def test_help_lists_the_commands_in_the_order_of_work(communique):
    answer = communique("--help")
    assert answer.status == 0
    listed = [line.split()[1] for line in answer.out.splitlines() if line.startswith("│ ")]
    assert [name for name in listed if name in COMMANDS] == COMMANDS


@pytest.mark.parametrize("command", [*((name,) for name in COMMANDS), *GROUPED])
def test_the_help_of_each_command_has_examples_that_fit_a_line(communique, command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    answer = communique(*command, "--help")
    assert answer.status == 0
    examples = answer.out.split("Examples:")[1].split("╭")[0].strip().splitlines()
    assert examples
    assert all(line.split()[0] in {"communique", "duckdb"} for line in examples)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nope"],
        ["nope"],
        ["clean"],
        ["clean", "a", "b"],
        ["tag", "--nope"],
        ["query", "--format"],
    ],
)
def test_bad_usage_is_one_line_and_status_2(communique, arguments):
    answer = communique(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("communique: ")
    assert answer.err.count("\n") == 1
    assert "--help" in answer.err


def test_without_arguments_the_help_is_shown(communique):
    answer = communique()
    assert answer.status == 2
    assert "Usage: communique" in answer.out + answer.err


def test_the_version_is_told(communique):
    answer = communique("--version")
    assert answer.status == 0
    assert answer.out.startswith("communique ")


def test_ctrl_c_ends_without_a_traceback(communique, monkeypatch, tmp_path):
    def interrupt(_path):
        raise KeyboardInterrupt

    monkeypatch.setattr("pipelines.commands.tag.read_bytes", interrupt)
    assert communique("tag", "text.txt") == (130, "", "")


def test_a_fault_of_the_program_keeps_its_traceback(monkeypatch):
    def fail(_path):
        raise ZeroDivisionError

    monkeypatch.setattr("pipelines.commands.tag.read_bytes", fail)
    with pytest.raises(ZeroDivisionError):
        entry_point.main(["tag", "text.txt"])


def started(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def test_a_reader_that_has_had_enough_ends_the_command_quietly(tables):
    command = started("query", "FROM range(1000000)", "-o", tables)
    command.stdout.readline()
    command.stdout.close()
    assert command.stderr.read() == ""
    command.stderr.close()
    assert command.wait() == 128 + signal.SIGPIPE


def test_an_interrupt_ends_a_query_without_a_traceback(tables, tmp_path):
    begun = tmp_path / "begun"
    os.mkfifo(begun)
    sql = (
        f"COPY (SELECT 1) TO '{begun}' (FORMAT csv, USE_TMP_FILE false);"
        "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b"
    )
    command = started("query", sql, "-o", tables)
    begun.read_text()  # blocks until the query writes to it
    command.send_signal(signal.SIGINT)
    out, err = command.communicate(timeout=60)
    assert (err, out, command.returncode) == ("", "", 130)


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--help"], {"apache_beam", "pyarrow", "deltalake", "duckdb", "aiohttp"}),
        (["clean", "{page}"], {"apache_beam", "pyarrow", "deltalake", "duckdb", "aiohttp"}),
        (["tag", "{page}"], {"apache_beam", "pyarrow", "deltalake", "duckdb", "aiohttp"}),
        (["query", "SELECT 1", "-o", "{tables}"], {"apache_beam", "aiohttp"}),
        (["verify", "-o", "{tables}"], {"apache_beam", "aiohttp"}),
    ],
)
def test_a_command_loads_only_what_it_works_with(page, tables, arguments, absent):
    program = (
        "import sys; from pipelines.__main__ import main; main(sys.argv[1:]); "
        "print(*sys.modules, file=sys.stderr)"
    )
    filled = [argument.format(page=page, tables=tables) for argument in arguments]
    command = [sys.executable, "-c", program, *filled]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not absent & set(ran.stderr.splitlines()[-1].split())
