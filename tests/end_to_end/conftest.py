import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipelines.sample import SampleSite
from transforms.tables import open_dataset

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments, **options):
    """Start the command `communique` as a user would."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines", *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COMMUNIQUE_CONTACT": "test@communique.example"},
        **options,
    )


@pytest.fixture(scope="session")
def communique():
    """Run the command and return (exit status, stdout, stderr)."""

    def run(*arguments):
        process = start(*arguments)
        out, err = process.communicate(timeout=300)
        return process.returncode, out, err

    return run


@pytest.fixture(scope="session")
def start_communique():
    return start


@pytest.fixture
def site():
    """The sample site, without its slow page's second, and with what it saw."""
    with SampleSite(slow_s=0).serve() as served:
        yield served


@pytest.fixture
def run_options(site):
    """What a run needs to find the sample site."""
    options = ["--feeds", site.feeds_file, "--pace", "0s", "--json", "--allow-host", site.allow]
    options += ["--poll", "all"]  # tests run it twice within a second
    return [*options, *(part for mapping in site.mappings for part in ("--resolve", mapping))]


@pytest.fixture
def wait_until():
    """Wait until something another process does is true; fail after so many seconds."""

    def wait(is_true, seconds):
        end = time.monotonic() + seconds
        while not is_true():
            assert time.monotonic() < end, f"not within {seconds} s"
            threading.Event().wait(0.2)

    return wait


OF_THE_SITE = {
    "articles": ["article_id", "version", "url", "title", "text", "topic_ids", "country_ids"],
    "failures": ["article_id", "url", "code", "attempt", "final"],
    "entries": ["entry_key", "article_id", "url", "title"],
}
"""What of the rows is the site's, and not that of the run that read it."""


@pytest.fixture(scope="session")
def rows_of():
    """The rows of an output, by table, without what differs from run to run."""

    def rows(output):
        found = {}
        for table, columns in OF_THE_SITE.items():
            read = open_dataset(str(output), table).to_table(columns=columns).to_pylist()
            found[table] = sorted(json.dumps(row) for row in read)
        return found

    return rows


@pytest.fixture(scope="session")
def polled():
    """The feeds of which a poll is committed."""

    def feeds(output):
        if not (output / "polls").exists():
            return set()
        read = open_dataset(str(output), "polls").to_table(columns=["feed_url"])
        return set(read["feed_url"].to_pylist())

    return feeds
