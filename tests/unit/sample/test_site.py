import csv
import gzip
import http.client
import threading
from urllib.parse import urljoin, urlsplit

import pytest

from pipelines.sample import Requested, SampleSite, expected_rows, load_stories
from pipelines.sample.answers import site_answers

HOSTS = {story.outlet.host for story in load_stories()}
STATUS = {"duplicate": 200, "not_html": 200, "empty_text": 200, "robots_denied": 200}


def a_page(quirk):
    return next(story for story in load_stories() if quirk in story.quirks)


def test_the_feed_list_names_six_outlets_under_example(site):
    lines = list(csv.DictReader(site.feeds_file.read_text(encoding="utf-8").splitlines()))
    assert list(lines[0]) == ["url", "name", "country", "language", "kind"]
    assert {urlsplit(line["url"]).netloc for line in lines} == HOSTS
    assert len(HOSTS) == 6
    assert all(host.endswith(".example") for host in HOSTS)


def test_mappings_lead_every_host_to_the_port_that_is_allowed(site):
    assert site.allow == f"127.0.0.1:{site.port}"
    assert set(site.mappings) == {f"{host}:80:{site.allow}" for host in HOSTS}


def test_every_feed_is_served(browser):
    for feed_url in {story.outlet.feed_url for story in load_stories()}:
        answer = browser.get(feed_url)
        assert (answer.status, len(answer.body) > 2000) == (200, True)


def test_every_page_answers_with_the_status_its_outcome_needs(browser):
    for row, story in zip(expected_rows(), load_stories(), strict=True):
        if not story.path:
            continue
        code = row.code or ("http_403" if row.text_source == "feed" else "")
        wanted = int(code[5:]) if code.startswith("http_") else STATUS.get(code, 200)
        answer = browser.get(f"http://{story.outlet.host}{story.final_path}")
        assert (story.name, answer.status) == (story.name, wanted)


def test_a_link_with_tracking_parameters_leads_to_the_page(browser):
    tracked = next(row for row in expected_rows() if "utm_source" in row.url)
    assert browser.get(tracked.url).body == browser.get(tracked.canonical_url).body


def test_a_moved_page_redirects_to_where_it_is(browser):
    story = a_page("moved")
    answer = browser.get(story.url)
    assert answer.status == 301
    target = urljoin(story.url, answer.headers["location"])
    assert browser.get(target).status == 200


def test_every_host_has_robots_rules_but_one(browser):
    answers = {host: browser.get(f"http://{host}/robots.txt") for host in HOSTS}
    missing = {host for host, answer in answers.items() if answer.status == 404}
    assert missing == {"open-atlas.example"}
    rules = [answer.body for host, answer in answers.items() if host not in missing]
    assert all(b"User-agent: *" in rule and b"Disallow: /" in rule for rule in rules)
    assert b"Disallow: /members/" in answers["news.harbour-ledger.example"].body


@pytest.mark.parametrize("path", ["/feeds/world.xml", "/food/barley-leek-mushroom-soup"])
def test_validators_bring_a_304(browser, path):
    url = f"http://www.meridian-courier.example{path}"
    first = browser.get(url)
    by_tag = browser.get(url, If_None_Match=first.headers["etag"])
    by_date = browser.get(url, If_Modified_Since=first.headers["last-modified"])
    assert (by_tag.status, by_date.status) == (304, 304)
    assert (by_tag.body, by_tag.headers["etag"]) == (b"", first.headers["etag"])


def test_validators_that_do_not_fit_bring_the_whole_page(browser):
    url = "http://www.transoceanic-news.example/rss/full.xml"
    modified = browser.get(url).headers["last-modified"]
    # RFC 9110, 13.2.2: the date does not count where there is an ETag
    assert browser.get(url, If_None_Match='"other"', If_Modified_Since=modified).status == 200
    assert browser.get(url, If_Modified_Since="Mon, 16 Nov 2026 00:00:00 GMT").status == 200
    assert browser.get(url, If_Modified_Since="yesterday").status == 200


def test_gzip_is_sent_only_where_accepted_and_decodes_to_the_same(browser):
    url = "http://open-atlas.example/feed.json"
    plain, packed = browser.get(url), browser.get(url, Accept_Encoding="gzip, deflate")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2


def test_head_has_the_headers_of_get_and_no_body(browser):
    url = "http://open-atlas.example/deutsch/nachtzug-ans-meer"
    got, asked = browser.get(url), browser.get(url, method="HEAD")
    assert (asked.status, asked.headers, asked.body) == (200, got.headers, b"")


def test_unknown_paths_and_hosts_are_refused(browser):
    assert browser.get("http://open-atlas.example/nowhere").status == 404
    assert browser.get("http://elsewhere.example/").status == 421


def test_the_port_in_the_host_header_does_not_matter(browser, site):
    assert browser.get("http://open-atlas.example:80/feed.json").status == 200


def test_every_request_is_logged_with_its_status():
    with SampleSite().serve() as site:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
        for path in ("/feed.json", "/nowhere?x=1"):
            connection.request("GET", path, headers={"Host": "open-atlas.example"})
            connection.getresponse().read()
        assert site.requests == [
            Requested("open-atlas.example", "/feed.json", 200),
            Requested("open-atlas.example", "/nowhere?x=1", 404),
        ]
        connection.close()


def test_the_slow_page_waits_and_closing_the_site_does_not():
    story, before = a_page("slow"), threading.active_count()
    with SampleSite(slow_s=60).serve() as site:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=0.05)
        connection.request("GET", story.path, headers={"Host": story.outlet.host})
        with pytest.raises(TimeoutError):
            connection.getresponse()
        connection.close()
    assert threading.active_count() == before


def test_kept_alive_connections_do_not_hold_up_the_end():
    with SampleSite().serve() as site:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
        connection.request("GET", "/", headers={"Host": "open-atlas.example"})
        assert connection.getresponse().read()
    assert connection.sock.recv(1) == b""
    connection.close()


def test_without_outage_the_failing_page_has_come_back():
    story = a_page("outage")
    key = (story.outlet.host, story.path)
    assert site_answers(outage=True)[key].status == 503
    assert site_answers(outage=False)[key].status == 200


def test_all_answers_are_the_same_bytes_every_time():
    assert site_answers(outage=True) == site_answers(outage=True)


def test_a_negative_wait_is_refused():
    with pytest.raises(ValueError, match="slow_s must not be negative, got -1"):
        SampleSite(slow_s=-1)
