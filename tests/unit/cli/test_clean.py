import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

TITLE = "France and Tunisia sign a pact"


def test_title_and_text_go_to_stdout_and_facts_to_stderr(communique, page):
    answer = communique("clean", page)
    assert answer.status == 0
    title, empty, *text = answer.out.splitlines()
    assert (title, empty) == (TITLE, "")
    assert text[0].startswith("The foreign ministers of France and Tunisia signed")
    assert "Home" not in answer.out
    assert "language: en" in answer.err.splitlines()


def test_json_has_everything_and_stderr_nothing(communique, page):
    answer = communique("clean", page, "--json")
    cleaned = json.loads(answer.out)
    assert (answer.status, answer.err) == (0, "")
    assert (cleaned["title"], cleaned["language"]) == (TITLE, "en")


def test_a_page_that_a_run_would_reject_is_a_failure(communique, tmp_path):
    page = tmp_path / "thin.html"
    page.write_text("<html><title>Talks</title><body><p>Envoys met.</p></body></html>")
    answer = communique("clean", page)
    assert answer.status == 1
    assert "empty_text" in answer.err


def test_a_missing_file_is_named(communique, tmp_path):
    missing = tmp_path / "missing.html"
    answer = communique("clean", missing)
    assert answer == (1, "", f"communique: {missing}: No such file or directory\n")


def test_a_fetch_needs_a_contact(communique, monkeypatch, tmp_path):
    monkeypatch.delenv("COMMUNIQUE_CONTACT", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    answer = communique("clean", "http://paper.example/")
    assert answer.status == 2
    assert "--contact" in answer.err


@pytest.mark.parametrize(
    "option", [("--contact", "nobody"), ("--resolve", "x"), ("--allow-host", "x")]
)
def test_a_wrong_option_of_a_fetch_is_bad_usage(communique, monkeypatch, option):
    monkeypatch.setenv("COMMUNIQUE_CONTACT", "desk@desk.example")
    answer = communique("clean", "http://paper.example/", *option)
    assert answer.status == 2
    assert option[1] in answer.err


@pytest.fixture
def site(page):
    """A server on loopback; its port, and what it was asked."""
    body = page.read_bytes()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append((self.path, self.headers["User-Agent"]))
            found = self.path == "/treaty"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body) if found else 0))
            self.end_headers()
            self.wfile.write(body if found else b"")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def fetched(communique, site, path, *options):
    port = site.server_address[1]
    return communique(
        *("clean", f"http://paper.example:{port}{path}"),
        *("--contact", "desk@desk.example"),
        *("--resolve", f"paper.example:{port}:127.0.0.1"),
        *options,
    )


def test_a_page_is_fetched_politely_and_cleaned(communique, site):
    allow = f"paper.example:{site.server_address[1]}"
    answer = fetched(communique, site, "/treaty", "--allow-host", allow)
    assert answer.out.startswith(f"{TITLE}\n\nThe foreign ministers")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/treaty"]
    assert all("mailto:desk@desk.example" in agent for _, agent in site.asked)


def test_a_private_address_is_refused(communique, site):
    answer = fetched(communique, site, "/treaty")
    assert (answer.status, answer.out, site.asked) == (1, "", [])
    assert "address_denied" in answer.err


def test_a_page_that_is_gone_is_a_failure_with_its_code(communique, site):
    allow = f"paper.example:{site.server_address[1]}"
    answer = fetched(communique, site, "/gone", "--allow-host", allow)
    assert (answer.status, answer.out) == (1, "")
    assert "http_404" in answer.err


def test_a_site_rule_says_where_the_article_is(communique, page, tmp_path):
    rules = tmp_path / "site_rules.toml"
    rules.write_text('[[rule]]\nhost = "paper.example"\nkeep = "article p:first-of-type"\n')
    answer = communique("clean", page, "--url", "https://paper.example/a", "--site-rules", rules)
    assert answer.status == 0
    assert "Emmanuel Macron" not in answer.out
    assert "method: rules" in answer.err.splitlines()


def test_site_rules_need_the_address_of_a_saved_page(communique, page, tmp_path):
    rules = tmp_path / "site_rules.toml"
    rules.write_text("")
    answer = communique("clean", page, "--site-rules", rules)
    assert (answer.status, answer.out) == (2, "")
    assert "--url" in answer.err


@pytest.mark.parametrize("command", [("clean", "page.html"), ("run", "--contact", "a@b.example")])
def test_broken_site_rules_are_bad_usage_and_say_where(communique, tmp_path, command):
    rules = tmp_path / "site_rules.toml"
    rules.write_text('[[rule]]\nhost = "paper.example"\nkep = "p"\n')
    answer = communique(*command, "--site-rules", rules)
    assert (answer.status, answer.out) == (2, "")
    assert f"{rules}, rule 1: 'kep' is no key of a rule" in answer.err
