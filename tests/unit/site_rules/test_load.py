"""The file of site rules: what is taken, and what each refusal says."""

import pickle

import pytest

from schemas.errors import UserError
from transforms.site_rules import NO_RULES, SiteRule, load_site_rules


def load(tmp_path, text):
    path = tmp_path / "site_rules.toml"
    path.write_text(text, encoding="utf-8")
    return load_site_rules(path)


TWO = """
[[rule]]
host = "news.example"
keep = "article > p"

[[rule]]  # the magazine is built in another way
host = "Magazine.News.Example."
drop = ".promo, aside"
title = "h2"
date = "time[datetime]"
"""


def test_each_rule_has_a_host_and_selectors(tmp_path):
    rules = load(tmp_path, TWO)
    assert rules.by_host == {
        "news.example": SiteRule("news.example", keep="article > p"),
        "magazine.news.example": SiteRule(
            "magazine.news.example", drop=".promo, aside", title="h2", date="time[datetime]"
        ),
    }


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://news.example/a", "news.example"),
        ("http://www.NEWS.example:8080/a", "news.example"),
        ("https://magazine.news.example/", "magazine.news.example"),
        ("https://old.magazine.news.example/", "magazine.news.example"),
        ("https://othernews.example/", None),
        ("https://example/", None),
        ("not a url", None),
        ("", None),
    ],
)
def test_the_longest_host_that_a_url_is_of_wins(tmp_path, url, host):
    rule = load(tmp_path, TWO).rule_for(url)
    assert (rule and rule.host) == host


def test_a_host_in_another_script_is_the_one_that_urls_have(tmp_path):
    rules = load(tmp_path, '[[rule]]\nhost = "zürich.example"\nkeep = "p"')
    assert rules.rule_for("https://www.xn--zrich-kva.example/a") is not None
    assert rules.rule_for("https://ZÜRICH.example/a") is not None


def test_no_file_and_no_rule_are_no_rules(tmp_path):
    assert load_site_rules(None) == NO_RULES
    assert load(tmp_path, "# none yet\n") == NO_RULES
    assert NO_RULES.rule_for("https://news.example/a") is None


def test_rules_travel_to_workers(tmp_path):
    rules = load(tmp_path, TWO)
    assert pickle.loads(pickle.dumps(rules)) == rules


RULE = '[[rule]]\nhost = "a.example"\nkeep = "p"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rule]\nhost = 1", "not valid TOML: Expected ']]'"),
        ('[[rule]]\nhost = "a\nkeep = "b"', "(at line 2, column 10)"),
        ("[rule]\nhost = 'a.example'\nkeep = 'p'", "`rule` has to be a list of tables"),
        ("rule = [1]", "`rule` has to be a list of tables"),
        ("[[rules]]\nhost = 'a.example'", "'rules' is no key of the file"),
        (RULE + "[[rule]]\nkeep = 'p'", "rule 2: it has no host; write host = "),
        (RULE + "[[rule]]\nhost = 'b.example'", "rule 2: it has a host alone; give at least one"),
        (RULE + "kep = 'p'", "rule 1: 'kep' is no key of a rule; it has host, keep, drop, title"),
        (RULE + RULE, "rule 2: the host 'a.example' has rule 1 already"),
        ("[[rule]]\nhost = 7\nkeep = 'p'", "rule 1: host is 7, which is no text"),
        ("[[rule]]\nhost = ' '\nkeep = 'p'", "rule 1: host is ' ', which is no text"),
        ("[[rule]]\nhost = 'https://a.example/'\nkeep = 'p'", "which is no host name; a host is a"),
        ("[[rule]]\nhost = '*.a.example'\nkeep = 'p'", "stands for its subdomains too"),
        ("[[rule]]\nhost = 'a.example:80'\nkeep = 'p'", "'a.example:80', which is no host name"),
        ("[[rule]]\nhost = 'a.example'\nkeep = ['p']", "keep is ['p'], which is no CSS selector"),
        ("[[rule]]\nhost = 'a.example'\ndrop = ''", "drop is '', which is no CSS selector"),
        (
            "[[rule]]\nhost = 'a.example'\ntitle = 'div['",
            "Malformed attribute selector at position",
        ),
        ("[[rule]]\nhost = 'a.example'\ndate = '> p'", "begin with the element that the others"),
        ("[[rule]]\nhost = 'a.example'\nkeep = 'p:foo'", "':foo' was detected as a pseudo-class"),
    ],
)
def test_a_refusal_names_file_rule_key_value_and_way_out(tmp_path, text, said):
    with pytest.raises(UserError) as error:
        load(tmp_path, text)
    message = str(error.value)
    assert message.startswith(str(tmp_path / "site_rules.toml"))
    assert said in message
    assert "\n" not in message


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(UserError, match="No such file or directory"):
        load_site_rules(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(UserError, match=r"byte 6 is not UTF-8"):
        load_site_rules(tmp_path / "latin.toml")
