from datetime import timedelta

from rows import NOW

from pipelines.passes import new_run, plan_pass
from pipelines.results import outlet_of
from pipelines.stop import StopFile
from schemas.feed import Feed, FeedState

FEEDS = [Feed(f"http://{name}.example/feed") for name in "abc"]


def test_a_pass_takes_as_many_feeds_as_may_fill_it_and_at_least_one():
    known = {feed.url: FeedState(polled_before=True) for feed in FEEDS}
    assert plan_pass(FEEDS, {}, 80) == FEEDS[:2]
    assert plan_pass(FEEDS, {}, 1) == FEEDS[:1]
    assert plan_pass(FEEDS, known, 80) == FEEDS
    assert plan_pass([], {}, 80) == []


def test_runs_of_one_second_have_ids_of_their_own_that_sort_by_time():
    early, late = new_run(NOW, "0"), new_run(NOW + timedelta(seconds=1), "0")
    assert early.run_id < late.run_id
    assert new_run(NOW, "0").run_id != early.run_id


def test_a_link_that_cannot_be_fetched_has_nooutlet_of():
    assert outlet_of("mailto:desk@one.example") == ""
    assert outlet_of("http://www.one.example/a") == "one.example"


def test_a_stop_is_heard_though_its_folder_was_swept(tmp_path):
    stop = StopFile(tmp_path / "swept" / "stop")
    assert not stop()
    stop.ask()
    assert stop()
