"""The article that stands for the input this program exists for, from a feed to `explain`."""

import html
import http.server
import json
import threading
from pathlib import Path

import pytest

SEED = Path(__file__).resolve().parents[3] / "shared" / "data" / "seed" / "article.txt"

PAGE = """<!doctype html><html lang="en"><head><title>{title} | Example Wire</title></head><body>
<nav><ul><li><a href="/">Home</a><li><a href="/world">World</a><li><a href="/sport">Sport</a></ul>
</nav><main><article><h1>{title}</h1>{paragraphs}</article>
<aside><h2>Related articles</h2><ul><li><a href="/1">Trade talks resume in Geneva</a>
<li><a href="/2">Ministers meet on fisheries</a></ul></aside></main><footer>About us</footer>"""

FEED = """<rss version="2.0"><channel><title>Wire</title><link>http://wire.example/</link>
<item><title>{title}</title><link>http://wire.example/world/talks</link></item></channel></rss>"""


@pytest.fixture(scope="module")
def seed():
    if not SEED.exists():
        pytest.skip("the seed article is not beside this repository")
    title, *paragraphs = [
        " ".join(part.split())
        for part in SEED.read_text(encoding="utf-8").split("\n")
        if part.strip()
    ]
    return title, [part for part in paragraphs if part != title]


@pytest.fixture
def wire(seed):
    title, paragraphs = seed
    body = "".join(f"<p>{html.escape(part)}</p>" for part in paragraphs)
    answers = {
        "/feed": ("application/rss+xml", FEED.format(title=html.escape(title))),
        "/world/talks": ("text/html", PAGE.format(title=html.escape(title), paragraphs=body)),
    }

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            kind, text = answers.get(self.path, (None, ""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,)).start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_the_seed_article_comes_out_clean_tagged_and_explained(communique, wire, seed, tmp_path):
    title, paragraphs = seed
    feeds = tmp_path / "feeds.txt"
    feeds.write_text("http://wire.example/feed\n")
    news = tmp_path / "news"
    options = ["--feeds", feeds, "--output", news, "--pace", "0s", "--allow-host", wire]
    status, _, err = communique("run", *options, "--resolve", f"wire.example:80:{wire}")
    assert status == 0, err
    query = "SELECT * FROM latest"
    status, out, err = communique("query", query, "--output", news, "--format", "json")
    assert status == 0, err
    article = json.loads(out)
    assert article["title"] == title
    assert article["text"].split("\n\n") == [p for p in paragraphs if "comments posted" not in p]
    assert article["diplomatic"] is True
    assert {"USA", "CHN"} <= set(article["country_ids"])
    wanted = {"bilateral_relations", "visits_and_summits", "military_dialogue"}
    assert wanted <= set(article["topic_ids"])
    status, why, _ = communique("explain", "http://wire.example/world/talks", "--output", news)
    assert status == 0
    assert all(topic in why for topic in wanted)
    assert article["taxonomy_version"] in why
