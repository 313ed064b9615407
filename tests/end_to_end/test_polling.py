"""Runs that come again: which feeds they ask, and what they say of the others."""

import json

from transforms.tables import History, open_dataset


def test_a_run_without_a_terminal_asks_only_feeds_that_are_due(communique, site, tmp_path):
    options = ["--feeds", site.feeds_file, "--pace", "0s", "--allow-host", site.allow]
    options += [part for mapping in site.mappings for part in ("--resolve", mapping)]
    options += ["--output", tmp_path]
    assert communique("run", *options)[0] == 0
    polls = open_dataset(str(tmp_path), "polls").to_table().to_pylist()
    assert all(row["next_poll_at"] > row["polled_at"] for row in polls)
    assert all(row["window"] == row["entries"] and row["newest_at"] for row in polls)
    asked = len(site.requests)

    status, out, err = communique("run", *options)
    assert status == 0, err
    assert f"Feeds: {len(polls)} not due yet; --poll all asks these too" in out
    assert len(site.requests) == asked

    found = json.loads(communique("run", *options, "--json", "--poll", "all")[1])
    assert found["feeds"]["not_modified"] == len(polls)
    states = History(str(tmp_path)).feed_states(max(row["polled_at"] for row in polls))
    assert {state.failures_in_row for state in states.values()} == {0}
