"""next_poll: the state machine of one feed."""

from datetime import datetime, timedelta

from schemas.feed import FeedState
from schemas.poll import Poll
from transforms.polling.rhythm import newest_at, observed
from transforms.polling.skips import after_skips
from transforms.polling.standing import is_retired, standing_after
from transforms.polling.waits import (
    CEILING_S,
    UNSAID_REST_S,
    failure_wait_s,
    lively_wait_s,
    window_wait_s,
)

_CARRIED = (
    *("polled_at", "code", "next_poll_at", "rest_until", "refresh_s", "skip", "window", "rhythm_s"),
    *("fastest_s", "newest_at", "moved_to", "repeated_since", "ask_url", "note"),
)


def next_poll(state: FeedState, poll: Poll, now: datetime) -> Poll:
    """The row of a poll, with what it leaves behind for the next one.

    `state` is what the last row left, `poll` what this poll observed: its outcome, `rest_until`
    where the server asked for rest, `refresh_s`, `skip`, `window`, `rhythm_s` and `newest_at` as
    the document alone shows them (None after a 304), `moved_to` after 301 and 308, and, once they
    are counted, `new_entries` and `gap_suspected`. `now` is the start of the run: the soft wait
    counts from there, so that runs at equal distances find the same feeds due.
    """
    standing = standing_after(state, poll)
    poll = poll._replace(**standing._asdict())
    if poll.outcome == "failed":
        return _after_failure(state, poll, now)
    return _after_answer(state, poll, now)


def state_after(state: FeedState, poll: Poll) -> FeedState:
    """The state that a row of `next_poll` leaves behind, as the tables give it back."""
    known = {name: getattr(poll, name) for name in _CARRIED}
    state = state._replace(**known, repeated=poll.repeated or 0)
    state = state._replace(failures_in_row=poll.failures_in_row or 0)
    if poll.outcome == "failed":
        return state
    return state._replace(
        etag=poll.etag,
        last_modified=poll.last_modified,
        body_sha256=poll.body_sha256,
        answered_at=poll.polled_at,
        polled_before=True,
    )


def _after_answer(state: FeedState, poll: Poll, now: datetime) -> Poll:
    is_read = poll.outcome == "fetched"
    rhythm = observed(state, poll)
    poll = poll._replace(
        **rhythm._asdict(),
        newest_at=newest_at(state, poll),
        window=poll.window if is_read else state.window,
        refresh_s=poll.refresh_s if is_read else state.refresh_s,
        skip=poll.skip if is_read else state.skip,
        failures_in_row=0,
    )
    before_loss_s = window_wait_s(poll.window, poll.fastest_s)
    wait_s = lively_wait_s(poll.rhythm_s, poll.newest_at, now)
    wait_s = min(max(wait_s, min(poll.refresh_s or 0.0, CEILING_S)), before_loss_s)
    at = after_skips(poll.skip, now + timedelta(seconds=wait_s))
    latest_s = min(before_loss_s, CEILING_S)
    at = min(at, now + timedelta(seconds=max(wait_s, latest_s)))
    return poll._replace(next_poll_at=_not_before(at, poll.rest_until))


def _after_failure(state: FeedState, poll: Poll, now: datetime) -> Poll:
    is_sent = (poll.code, poll.http_status) != ("http_429", None)  # not while its host rests
    failures = state.failures_in_row + 1 if is_sent else state.failures_in_row
    rest_until = poll.rest_until
    if rest_until is None and poll.code == "http_429":
        rest_until = now + timedelta(seconds=UNSAID_REST_S)
    poll = poll._replace(
        rest_until=rest_until,
        failures_in_row=failures,
        window=state.window,
        rhythm_s=state.rhythm_s,
        fastest_s=state.fastest_s,
        newest_at=state.newest_at,
        refresh_s=state.refresh_s,
        skip=state.skip,
    )
    after = state._replace(
        code=poll.code, repeated=poll.repeated or 0, repeated_since=poll.repeated_since
    )
    if is_retired(after, poll.polled_at):
        return poll._replace(next_poll_at=None)
    wait_s = failure_wait_s(poll.code or "", failures) if is_sent else 0.0
    at = now + timedelta(seconds=wait_s)
    return poll._replace(next_poll_at=_not_before(at, rest_until))


def _not_before(at: datetime, rest_until: datetime | None) -> datetime:
    return at if rest_until is None else max(at, rest_until)
