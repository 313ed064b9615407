import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from transforms.feeds import read_feed_list

RSS = (
    "<rss version='2.0'><channel><title>{title}</title>"
    + "".join(
        f"<item><link>http://news.example/{n}</link>"
        f"<pubDate>Mon, 16 Nov 2026 {n:02}:00:00 GMT</pubDate></item>"
        for n in range(1, 9)
    )
    + "</channel></rss>"
)
PAGE = "<link rel=alternate type=application/rss+xml href=/world.xml><a href=/rss/gone>RSS</a>"


PAGES = {
    "/robots.txt": (200, "User-agent: *\nDisallow: /atom\n"),
    "/": (200, PAGE),
    "/bare/": (200, "<p>nothing"),
    "/world.xml": (200, RSS.format(title="World")),
    "/rss.xml": (200, RSS.format(title="All")),
    "/feed": (200, RSS.format(title="All")),
    "/dull.xml": (200, "<rss version='0.91'><channel></channel></rss>"),
    "/page": (200, "<html>no feed"),
    "/moved": (301, ""),
    "/maps.xml": (200, "<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>"),
}
ASKED = []


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        ASKED.append(self.path)
        status, text = PAGES.get(self.path, (404, ""))
        body = text.encode()
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/world.xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    """Options by which `news.example` is the site above."""
    ASKED.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    port = server.server_address[1]
    yield [
        *("--pace", "0s", "--contact", "test@communique.example"),
        *("--resolve", f"news.example:80:127.0.0.1:{port}"),
        *("--allow-host", f"127.0.0.1:{port}"),
    ]
    server.shutdown()
    thread.join()
    server.server_close()


def test_check_tells_of_each_feed_what_it_is_and_what_is_wrong(communique, site, tmp_path):
    names = ("moved", "dull.xml", "page", "gone", "world.xml")
    listed = tmp_path / "feeds.txt"
    listed.write_text("".join(f"http://news.example/{name}\n" for name in names))
    answer = communique("feeds", "check", listed, *site)
    assert answer.status == 1
    assert answer.err == "communique: 2 of 5 feeds are dead\n"
    rows = [line.split("\t") for line in answer.out.splitlines()]
    assert rows[0][:3] == ["status", "format", "entries"]
    assert [row[:3] for row in rows[1:]] == [
        ["ok", "RSS 2.0", "8"],
        ["ok", "RSS 0.91", ""],
        ["not_a_feed", "HTML", ""],
        ["http_404", "", ""],
        ["ok", "RSS 2.0", "8"],
    ]
    assert "moved for good to http://news.example/world.xml" in rows[1][-1]
    assert rows[2][-1] == "no entries"
    assert rows[5][4] == "every 60 min"


def test_check_of_sound_feeds_ends_well(communique, site):
    answer = communique("feeds", "check", "http://news.example/world.xml", "--json", *site)
    assert (answer.status, answer.err) == (0, "")
    found = json.loads(answer.out)
    assert (found["status"], found["entries"], found["rhythm_s"]) == ("ok", 8, 3600.0)
    assert "/robots.txt" not in ASKED


def test_check_knows_an_index_of_sitemaps(communique, site):
    answer = communique("feeds", "check", "http://news.example/maps.xml", *site)
    assert answer.status == 0
    assert "an index: the newest of its 1 sitemaps are polled" in answer.out


def test_check_without_a_contact_asks_nothing(communique, site, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("COMMUNIQUE_CONTACT", raising=False)
    assert communique("feeds", "check", "http://news.example/world.xml").status == 2
    assert ASKED == []


def test_find_reads_what_the_page_names(communique, site):
    answer = communique("feeds", "find", "http://news.example/", *site)
    assert answer.status == 0
    rows = [line.split("\t") for line in answer.out.splitlines()[1:]]
    assert rows == [["http://news.example/world.xml", "RSS 2.0", "8", "link", "World"]]


def test_find_tries_usual_addresses_where_the_page_names_none(communique, site):
    answer = communique("feeds", "find", "http://news.example/bare/", "--json", *site)
    assert answer.status == 0
    (found,) = map(json.loads, answer.out.splitlines())  # /rss.xml is the same document as /feed
    assert (found["url"], found["found_by"]) == ("http://news.example/feed", "well-known")
    assert "/atom.xml" not in ASKED  # robots.txt forbids to look there


def test_find_knows_a_feed_when_it_sees_one(communique, site):
    answer = communique("feeds", "find", "http://news.example/world.xml", *site)
    assert "itself" in answer.out


def test_find_says_that_there_is_none(communique, site, monkeypatch):
    for path in [path for path in PAGES if path != "/bare/"]:
        monkeypatch.delitem(PAGES, path)
    answer = communique("feeds", "find", "http://news.example/bare/", *site)
    assert (answer.status, answer.out) == (1, "")
    assert "no feed was found" in answer.err


def test_lists_go_from_form_to_form_and_grow(communique, tmp_path):
    opml, listed = tmp_path / "all.opml", tmp_path / "mine.csv"
    assert communique("feeds", "export", "--to", opml).status == 0
    answer = communique("feeds", "import", opml, "--to", listed)
    total = len(read_feed_list(None))
    assert answer.out == f"{total} added to {listed}, which has {total} feeds\n"
    assert read_feed_list(listed) == read_feed_list(opml) == read_feed_list(None)
    more = tmp_path / "more.txt"
    more.write_text(f"{read_feed_list(None)[0].url}\nhttps://new.example/rss\n")
    answer = communique("feeds", "import", more, "--to", listed)
    assert answer.out == f"1 added to {listed}, which has {total + 1} feeds\n"
    urls = communique("feeds", "export", listed, "--format", "urls").out.splitlines()
    assert (len(urls), urls[-1]) == (total + 1, "https://new.example/rss")


def test_a_list_of_unknown_form_is_refused_and_nothing_is_written(communique, tmp_path):
    answer = communique("feeds", "export", "--to", tmp_path / "feeds.docx")
    assert answer.status == 2
    assert ".opml" in answer.err
    broken = tmp_path / "broken.opml"
    broken.write_text("<opml><body>")
    assert communique("feeds", "import", broken, "--to", tmp_path / "mine.csv").status == 2
    assert not (tmp_path / "mine.csv").exists()
    assert communique("feeds", "export", "--to", tmp_path / "no" / "feeds.csv").status == 1


def test_health_shows_each_feed_of_the_tables(communique, tables):
    answer = communique("feeds", "health", "-o", tables, "--since", "9000d")
    assert answer.status == 0
    header, row = (line.split("\t") for line in answer.out.splitlines())
    found = dict(zip(header, row, strict=True))
    assert (found["polls"], found["new"], found["last"]) == ("2", "6", "ok")
    found = json.loads(communique("feeds", "health", "-o", tables, "--json").out)
    assert found["feed_url"] == "https://paper.example/feed.xml"
