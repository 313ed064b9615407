from datetime import timedelta

from transforms.tables import commit_pass, open_dataset, plan


def failures(output):
    return open_dataset(str(output), "failures").to_table().to_pylist()


def test_the_same_article_under_another_link_is_a_duplicate(tmp_path, make):
    one, two = make.run("one"), make.run("two")
    make.commit(tmp_path, one, make.article("a", one))
    copy = make.article("a?from=feed", two, canonical_id=make.key("a"), title="Talks on a")
    receipt = make.commit(tmp_path, two, copy)
    assert (receipt.articles, receipt.failures, receipt.duplicates) == (0, 1, 1)
    assert receipt.failure_codes == {"duplicate": 1}
    (row,) = failures(tmp_path)
    assert (row["article_id"], row["code"], row["final"]) == (copy.article_id, "duplicate", True)
    assert make.key("a") in row["detail"]
    assert "https://news.example/a" in row["detail"]
    assert row["stage"] == "write_tables"


def test_a_canonical_url_alone_is_not_believed(tmp_path, make):
    run = make.run()
    front = make.key("front page")
    rows = [make.article(name, run, canonical_id=front) for name in "abc"]
    assert make.commit(tmp_path, run, *rows).articles == 3


def test_of_two_in_one_pass_the_canonical_one_stays_then_the_earlier_one(tmp_path, make):
    run = make.run()
    same = {"title": "The same", "canonical_id": make.key("a")}
    receipt = make.commit(
        tmp_path,
        run,
        make.article("late", run, at=make.T0, **same),
        make.article("early", run, at=make.T0 - timedelta(days=1), **same),
        make.article("a", run, at=make.T0, **same),
    )
    assert (receipt.articles, receipt.duplicates) == (1, 2)
    kept = open_dataset(str(tmp_path), "articles").to_table()["article_id"].to_pylist()
    assert kept == [make.key("a")]
    other = {"title": "Another", "canonical_id": make.key("elsewhere")}
    make.commit(
        tmp_path,
        run,
        make.article("second", run, at=make.T0, **other),
        make.article("first", run, at=make.T0 - timedelta(days=1), **other),
    )
    kept = open_dataset(str(tmp_path), "articles").to_table()["article_id"].to_pylist()
    assert set(kept) == {make.key("a"), make.key("first")}


def test_equal_text_is_enough_where_the_titles_differ(tmp_path, make):
    run = make.run()
    make.commit(tmp_path, run, make.article("a", run, text="Envoys met."))
    copy = make.article("b", run, text="Envoys met.", canonical_id=make.key("a"))
    assert make.commit(tmp_path, run, copy).duplicates == 1


def test_a_duplicate_after_a_retry_gets_the_next_attempt(tmp_path, make):
    one, two = make.run("one"), make.run("two", make.T0 + timedelta(hours=2))
    make.commit(tmp_path, one, make.article("a", one), make.failure("b", one))
    copy = make.article("b", two, title="Talks on a", canonical_id=make.key("a"))
    files = make.write(tmp_path, two, [copy])
    receipts = [commit_pass(str(tmp_path), two, files, {make.key("b")}) for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert [(r["attempt"], r["code"]) for r in failures(tmp_path)] == [
        (2, "duplicate"),
        (1, "http_503"),
    ]


def test_a_duplicate_that_two_runs_find_at_once_is_one_failure(tmp_path, make, monkeypatch):
    one, two = make.run("one"), make.run("two")
    make.commit(tmp_path, one, make.article("a", one))

    def copy(of):
        return make.article("b", of, title="Talks on a", canonical_id=make.key("a"))

    look = plan.PassPlanner._plan_articles

    def look_then_lose_the_race(self, *arguments):
        looked = look(self, *arguments)
        monkeypatch.setattr(plan.PassPlanner, "_plan_articles", look)
        make.commit(tmp_path, one, copy(one))
        return looked

    monkeypatch.setattr(plan.PassPlanner, "_plan_articles", look_then_lose_the_race)
    receipt = make.commit(tmp_path, two, copy(two))
    assert (receipt.failures, receipt.already_committed) == (0, 1)
    assert [(r["attempt"], r["code"]) for r in failures(tmp_path)] == [(1, "duplicate")]
