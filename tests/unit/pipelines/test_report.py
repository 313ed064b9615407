import io
import json
from datetime import datetime, timezone

from rich.console import Console

from pipelines.report import print_report, to_json
from pipelines.results import Results
from transforms.tables import Break, Ruler

FOUND = Break(
    datetime(2026, 11, 18, 8, 30, tzinfo=timezone.utc),
    Ruler("1.0.0[a]+aaaaaaaa", "1+aaaaaaaa"),
    Ruler("2.0.0+bbbbbbbb", "1+aaaaaaaa"),
    accepted=True,
)
RESULTS = Results(
    run_id="run-1",
    output="news",
    items=0,
    articles=0,
    failures=0,
    already_committed=0,
    failure_codes={},
    feeds={},
    feed_failures={},
    gaps=(),
    silent={},
    left_out={},
    retries_waiting=0,
    next_retry_at=None,
    outlets=(),
    lines=(),
)


def printed(results):
    text = io.StringIO()
    print_report(results, Console(file=text, width=120))
    return text.getvalue()


def test_the_summary_says_that_a_break_was_accepted_and_from_what_to_what():
    assert "break" not in printed(RESULTS)
    assert (
        "break accepted at 2026-11-18 08:30 UTC: articles were tagged with taxonomy "
        "1.0.0[a]+aaaaaaaa, model 1+aaaaaaaa, since then with taxonomy 2.0.0+bbbbbbbb, model "
        "1+aaaaaaaa; counts before and after it do not compare\n"
    ) in printed(RESULTS._replace(accepted_break=FOUND))


def test_the_json_account_has_the_break_with_its_names():
    assert json.loads(to_json(RESULTS))["accepted_break"] is None
    assert json.loads(to_json(RESULTS._replace(accepted_break=FOUND)))["accepted_break"] == {
        "at": "2026-11-18T08:30:00+00:00",
        "from": FOUND.before._asdict(),
        "to": FOUND.after._asdict(),
        "accepted": True,
    }
