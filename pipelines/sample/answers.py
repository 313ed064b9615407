"""What every host of the sample site answers on every path, computed once and never changed."""

from datetime import datetime, timezone
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

from pipelines.sample.feed_documents import feed_document
from pipelines.sample.pages import article_page, error_page, index_page
from pipelines.sample.stories import PACKAGE, Outlet, Story, load_outlets, load_stories

FIRST_DAY = datetime(2026, 11, 16, tzinfo=timezone.utc)
"""Monday of the week that the sample site is about; `Last-Modified` of all that has no date."""

_HTML = "text/html; charset=utf-8"
_PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<<>>\n%%EOF\n"


class Answer(NamedTuple):
    """One response. `location` is set for a redirect; `slow` answers come late."""

    status: int
    content_type: str
    body: bytes
    last_modified: datetime = FIRST_DAY
    location: str | None = None
    slow: bool = False


def site_answers(*, outage: bool) -> dict[tuple[str, str], Answer]:
    """(host, path) -> answer, for all six hosts; with `outage` the page of that quirk is a 503."""
    answers: dict[tuple[str, str], Answer] = {}
    for outlet in load_outlets():
        stories = [story for story in load_stories() if story.outlet == outlet]
        answers[outlet.host, "/"] = Answer(200, _HTML, index_page(outlet))
        answers[outlet.host, "/robots.txt"] = _robots(outlet)
        answers[outlet.host, urlsplit(outlet.feed_url).path] = _feed(outlet, stories)
        for story in stories:
            if story.path:
                answers[outlet.host, story.final_path] = _page(story, outage=outage)
            if "moved" in story.quirks:
                target = f"http://{outlet.host}{story.moved_to}"
                moved = error_page(outlet, 301, "Moved Permanently")
                answers[outlet.host, story.path] = Answer(301, _HTML, moved, location=target)
    return answers


def not_found(host: str) -> Answer:
    """The answer for a path that the host does not have, or for a host that is not here."""
    for outlet in load_outlets():
        if outlet.host == host:
            return _error(outlet, HTTPStatus.NOT_FOUND)
    return Answer(421, "text/plain", b"This server answers for the hosts of the sample site.\n")


def _feed(outlet: Outlet, stories: list[Story]) -> Answer:
    document = feed_document(outlet)
    newest = max(story.published_at or FIRST_DAY for story in stories)
    return Answer(200, document.content_type, document.body, newest)


def _robots(outlet: Outlet) -> Answer:
    source = PACKAGE / "outlets" / outlet.host / "robots.txt"
    if not source.is_file():  # RFC 9309, 2.3.1.3: no rules, all is allowed
        return _error(outlet, HTTPStatus.NOT_FOUND)
    return Answer(200, "text/plain; charset=utf-8", source.read_bytes())


def _page(story: Story, *, outage: bool) -> Answer:
    error = _error_status(story, outage=outage)
    if error:
        return _error(story.outlet, error)
    when = story.published_at or FIRST_DAY
    if story.outcome == "not_html":
        return Answer(200, "application/pdf", _PDF, when)
    content_type = "text/html" if "windows_1252" in story.quirks else _HTML
    if "latin_1_header" in story.quirks:
        content_type = "text/html; charset=ISO-8859-1"
    slow = "slow" in story.quirks
    return Answer(200, content_type, article_page(story), when, slow=slow)


def _error_status(story: Story, *, outage: bool) -> HTTPStatus | None:
    if "forbidden" in story.quirks:
        return HTTPStatus.FORBIDDEN
    if "outage" in story.quirks:
        return HTTPStatus.SERVICE_UNAVAILABLE if outage else None
    if story.outcome.startswith("http_"):
        return HTTPStatus(int(story.outcome[5:]))
    return None


def _error(outlet: Outlet, status: HTTPStatus) -> Answer:
    return Answer(status.value, _HTML, error_page(outlet, status.value, status.phrase))
