from rows import RUN, entry, poll

from transforms.admission import admit

ONE, TWO = "http://one.example/feed", "http://two.example/feed"


def admitted(entries, *, due=(), unseen=None, new_keys=None, polled_before=(), limit=10):
    polls = [
        poll(url, entries=sum(e.feed_url == url for e in entries))
        for url in sorted({e.feed_url for e in entries})
    ]
    return admit(
        polls=polls,
        entries=entries,
        due=due,
        new_keys={e.entry_key for e in entries} if new_keys is None else new_keys,
        unseen={e.article_id for e in entries} if unseen is None else unseen,
        polled_before=set(polled_before),
        run=RUN,
        limit=limit,
    )


def names(rows):
    return [(row.feed_url, row.entry_id) for row in rows]


def test_an_article_that_two_feeds_offer_is_admitted_once_and_recorded_twice():
    both = [entry("a", ONE), entry("a", TWO)]
    admission = admitted(both)
    assert names(admission.new) == [(ONE, "a")]
    assert names(admission.offered) == [(ONE, "a"), (TWO, "a")]


def test_what_is_committed_is_not_admitted_but_its_first_offer_is_recorded():
    admission = admitted([entry("a")], unseen=set())
    assert (names(admission.new), names(admission.offered)) == ([], [(ONE, "a")])


def test_an_offer_is_recorded_once():
    assert admitted([entry("a")], new_keys=set()).offered == []


def test_an_offer_keeps_the_date_as_the_feed_wrote_it():
    odd = entry("a")._replace(published_raw="in two days", is_published_in_future=True)
    (offered,) = admitted([odd]).offered
    assert (offered.published_raw, offered.is_published_in_future) == ("in two days", True)


def test_a_feed_beyond_the_limit_waits_whole_with_its_poll():
    entries = [entry("a", ONE), entry("b", ONE), entry("c", TWO), entry("d", TWO)]
    admission = admitted(entries, limit=3)
    assert names(admission.new) == [(ONE, "a"), (ONE, "b")]
    assert names(admission.offered) == [(ONE, "a"), (ONE, "b")]
    assert [p.feed_url for p in admission.polls] == [ONE]


def test_a_feed_larger_than_a_pass_is_admitted_in_parts_and_its_poll_waits():
    entries = [entry(name) for name in "abcde"]
    first = admitted(entries, limit=2)
    assert (names(first.new), first.polls) == ([(ONE, "a"), (ONE, "b")], [])
    assert names(first.offered) == names(first.new)
    left = {e.article_id for e in entries[4:]}
    last = admitted(entries, unseen=left, limit=2)
    assert names(last.new) == [(ONE, "e")]
    assert len(last.polls) == 1


def test_a_retry_goes_first_and_its_feed_does_not_admit_it_again():
    again = entry("a", attempt=2)
    admission = admitted([entry("a"), entry("b")], due=[again])
    assert [(e.entry_id, e.attempt) for e in admission.new] == [("a", 2), ("b", 1)]


def test_retries_take_at_most_half_of_a_pass_and_the_others_stay_due():
    due = [entry(name, attempt=2) for name in "abcd"]
    admission = admitted([entry("d"), entry("e")], due=due, limit=4)
    assert [e.entry_id for e in admission.new] == ["a", "b", "e"]
    assert len(admission.polls) == 1


def test_a_known_feed_without_a_known_entry_may_have_dropped_some():
    entries = [entry("a"), entry("b")]
    assert admitted(entries, polled_before=[ONE]).polls[0].gap_suspected
    assert not admitted(entries).polls[0].gap_suspected
    known = admitted(entries, polled_before=[ONE], new_keys={entries[0].entry_key})
    assert (known.polls[0].gap_suspected, known.polls[0].new_entries) == (False, 1)


def test_a_feed_that_did_not_change_has_no_gap():
    admission = admit(
        polls=[poll(outcome="not_modified", entries=0)],
        entries=[],
        due=[],
        new_keys=set(),
        unseen=set(),
        polled_before={ONE},
        run=RUN,
        limit=5,
    )
    assert not admission.polls[0].gap_suspected
