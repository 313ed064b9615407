from schemas.article import Evidence, Topic
from transforms.topics import ChangedArticle, Changes


def topic(topic_id, salience="mentioned", quote="words"):
    return Topic(topic_id, 0.5, salience, (Evidence("text", 0, len(quote), quote, "rule"),))


def test_gains_losses_and_changes_of_weight_are_counted_by_topic():
    changes = Changes()
    changes.add("1", "One", [topic("a"), topic("b")], [topic("b"), topic("c", quote="new")])
    changes.add("2", "Two", [topic("b")], [topic("b", "primary"), topic("c")])
    changes.add("3", "Three", [topic("b")], [topic("b")])
    found = {change.id: change for change in changes.topics()}
    assert (changes.articles, changes.changed) == (3, 2)
    assert (found["a"].before, found["a"].after, found["a"].lost) == (1, 0, 1)
    assert (found["b"].before, found["b"].after, found["b"].salience) == (3, 3, 1)
    assert (found["c"].before, found["c"].after, found["c"].gained) == (0, 2, 2)
    assert found["c"].gains[0] == ChangedArticle("1", "One", ("new",))
    assert [change.id for change in changes.topics()] == ["c", "a", "b"]


def test_only_a_few_examples_are_kept():
    changes = Changes()
    for number in range(10):
        changes.add(str(number), "Title", [], [topic("a")])
    (change,) = changes.topics()
    assert (change.gained, len(change.gains)) == (10, 3)


def test_without_a_difference_no_topic_is_named():
    changes = Changes()
    changes.add("1", "One", [topic("a")], [topic("a")])
    assert changes.topics() == ()
    assert changes.changed == 0
