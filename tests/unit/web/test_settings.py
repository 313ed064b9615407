"""What a user may write, and what the messages say when it is wrong."""

import pickle

import pytest

from transforms.web import WebSettings, parse_allowed_host, parse_host_mapping, user_agent

AGENT = user_agent("desk@x.example", "0.1.0")


def test_the_user_agent_says_who_and_where():
    assert AGENT == "Communique/0.1.0 (+mailto:desk@x.example)"
    assert user_agent(" https://x.example/bot ", "1") == "Communique/1 (+https://x.example/bot)"


@pytest.mark.parametrize("contact", ["", "me", "http://", "a@b", "x@y.z\r\nEvil: 1", "é@x.example"])
def test_a_contact_that_reaches_nobody_is_refused(contact):
    with pytest.raises(ValueError, match="write an e-mail address or a URL"):
        user_agent(contact, "1")


def test_settings_can_be_pickled_and_compared():
    settings = WebSettings(AGENT, allow=(parse_allowed_host("10.0.0.0/8:80"),))
    assert pickle.loads(pickle.dumps(settings)) == settings


@pytest.mark.parametrize(
    "wrong",
    [{"pace_s": -1}, {"pace_s": float("nan")}, {"tries": 0}, {"total_timeout_s": 0},
     {"max_page_bytes": 0}, {"user_agent": ""}, {"user_agent": "x\ny"}],
)  # fmt: skip
def test_settings_that_make_no_sense_are_refused_by_name(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        WebSettings(**{"user_agent": AGENT} | wrong)


def test_mappings_are_read():
    assert parse_host_mapping("A.example:80:127.0.0.1:8765") == ("a.example", 80, "127.0.0.1", 8765)
    assert parse_host_mapping("a.example:443:[::1]") == ("a.example", 443, "::1", 443)


@pytest.mark.parametrize(
    "text", ["", "a.example", "a.example:80", "a.example:80:b.example", "a.example:0:1.2.3.4",
             "a.example:80:1.2.3.4:99999", "1.2.3.4:80:1.2.3.4", "a b:80:1.2.3.4", "[::1]:80:::1"]
)  # fmt: skip
def test_wrong_mappings_are_explained(text):
    with pytest.raises(ValueError, match="write HOST:PORT:ADDRESS"):
        parse_host_mapping(text)


def test_allowed_hosts_are_names_addresses_or_networks():
    assert parse_allowed_host("NAS.example:8080").host == "nas.example"
    assert str(parse_allowed_host("127.0.0.1:80").network) == "127.0.0.1/32"
    assert str(parse_allowed_host("127.0.1.0/24:8765").network) == "127.0.1.0/24"
    assert str(parse_allowed_host("[fd00::/8]:80").network) == "fd00::/8"
    assert str(parse_allowed_host("[::ffff:10.0.0.1]:80").network) == "10.0.0.1/32"


@pytest.mark.parametrize(
    "text", ["", "nas", "nas:x", "nas:0", "10.0.0.1/8:80", "1.2.3:80:90", "::1:80", "http://a:80"]
)
def test_wrong_allowed_hosts_are_explained(text):
    with pytest.raises(ValueError, match="write HOST:PORT, ADDRESS:PORT or CIDR:PORT"):
        parse_allowed_host(text)
