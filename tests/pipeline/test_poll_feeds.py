"""PollFeeds against a real server on loopback."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from apache_beam import Create
from apache_beam import Map as BeamMap
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to
from rows import RUN

from schemas.feed import Feed
from transforms.poll_feeds import PollFeeds
from transforms.web import WebSettings, parse_allowed_host, parse_host_mapping

HOST = "http://news.example"
NEWS = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
    "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>http://news.example/{0}</loc>"
    "<n:news><n:publication_date>2026-11-19</n:publication_date><n:title>{0}</n:title></n:news></url>"
    "</urlset>"
)
DAYS = ["today", "yesterday", "gone", "archive"]
INDEX = (
    "<sitemapindex>"
    + "".join(
        f"<sitemap><loc>{HOST}/{name}.xml</loc><lastmod>2026-11-{20 - age}</lastmod></sitemap>"
        for age, name in enumerate(DAYS)
    )
    + "</sitemapindex>"
)
PAGES = {
    "/index.xml": INDEX,
    "/lost.xml": "<sitemapindex><sitemap><loc>/gone.xml</loc></sitemap></sitemapindex>",
}
PAGES |= {f"/{name}.xml": NEWS.format(name) for name in DAYS if name != "gone"}


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        body = PAGES.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def web():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    port = server.server_address[1]
    yield WebSettings(
        user_agent="Communique/0 (+https://test.example)",
        pace_s=0.0,
        resolve=(parse_host_mapping(f"news.example:80:127.0.0.1:{port}"),),
        allow=(parse_allowed_host(f"127.0.0.1:{port}"),),
    )
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_index_of_sitemaps_offers_what_the_newest_of_them_offer(web, tmp_path):
    with BeamPipeline(runner="FnApiRunner") as p:
        feeds = p | Create([Feed(f"{HOST}/index.xml"), Feed(f"{HOST}/lost.xml")])
        polls, entries, failures = feeds | PollFeeds(RUN, web, str(tmp_path))
        seen = entries | "Urls" >> BeamMap(lambda entry: (entry.feed_url, entry.url))
        told = polls | "Told" >> BeamMap(lambda poll: (poll.outcome, poll.entries, poll.etag))
        codes = failures | "Codes" >> BeamMap(lambda failure: (failure.feed_url, failure.code))
        offered = [(f"{HOST}/index.xml", f"{HOST}/{name}") for name in ("today", "yesterday")]
        assert_that(seen, equal_to(offered), label="entries")
        assert_that(told, equal_to([("fetched", 2, None), ("failed", 0, None)]), label="polls")
        assert_that(codes, equal_to([(f"{HOST}/lost.xml", "http_404")]), label="failures")
