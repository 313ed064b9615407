import http.client
import json
from typing import NamedTuple

import feedparser
import pytest

from pipelines.sample import SampleSite, load_stories


class Answered(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Browser:
    """One keep-alive connection to the site, that asks for hosts by name."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)

    def get(self, url, method="GET", **headers):
        host, _, path = url.removeprefix("http://").partition("/")
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, f"/{path}", headers={"Host": host, **named})
        response = self.connection.getresponse()
        fields = {name.lower(): value for name, value in response.getheaders()}
        return Answered(response.status, fields, response.read())


@pytest.fixture(scope="session")
def site():
    with SampleSite(slow_s=0).serve() as served:
        yield served


@pytest.fixture
def browser(site):
    browser = Browser(site.port)
    yield browser
    browser.connection.close()


@pytest.fixture
def offered(browser):
    """(link or "", title) of the entries by feed URL, as a feed reader that is not ours sees the feeds."""
    return {url: _entries(browser.get(url)) for url in {s.outlet.feed_url for s in load_stories()}}


def _entries(answer):
    if "json" in answer.headers["content-type"]:
        return [(item["url"], item["title"]) for item in json.loads(answer.body)["items"]]
    parsed = feedparser.parse(answer.body)
    return [(entry.get("link", ""), entry.title) for entry in parsed.entries]
