import re
from collections import Counter

import pytest

from transforms.topics import TaxonomyError, load_taxonomy
from transforms.topics.taxonomy import STATUSES, UNMEASURED, parse_term, parse_terms

GOOD = """\
version: "2.0.0"
domains:
  trade: {label: Trade}
topics:
  - id: fish_quotas
    parent: trade
    kind: theme
    label: Fish quotas
    definition: Who may catch how much.
    needs_states: 1
    strong: [fishing quota*]
    weak: [herring]
"""


def load(tmp_path, text):
    path = tmp_path / "mine.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_taxonomy(path)


def test_the_packaged_taxonomy_has_8_domains_and_66_topics_48_of_them_themes():
    taxonomy = load_taxonomy()
    assert len(taxonomy.domains) == 8
    assert len(taxonomy.topics) == 66
    assert sum(topic.kind == "theme" for topic in taxonomy.topics) == 48
    assert taxonomy.version.startswith("1.2.0+")


def test_topics_that_no_one_has_labelled_say_so():
    by_status = Counter(topic.status for topic in load_taxonomy().topics)
    assert set(by_status) == set(STATUSES)
    assert by_status[UNMEASURED] == 21


def test_an_own_file_is_read(tmp_path):
    taxonomy = load(tmp_path, GOOD)
    assert [topic.id for topic in taxonomy.topics] == ["fish_quotas"]
    assert [term.text for term in taxonomy.topics[0].terms] == ["fishing quota*", "herring"]


def test_the_version_changes_with_the_bytes_of_the_file(tmp_path):
    one, other = load(tmp_path, GOOD).version, load(tmp_path, GOOD + "# more\n").version
    assert one != other
    assert one.split("+")[0] == other.split("+")[0] == "2.0.0"


ANOTHER = GOOD[GOOD.index("  - id") :]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (GOOD + ANOTHER, 13, "'fish_quotas' stands in line 5 already"),
        (GOOD.replace("[herring]", "[herring, Fishing-quota*]"), 12, "already in line 11"),
        (GOOD.replace("[herring]", "[fishing-quota*]"), 12, "already in line 11"),
        (GOOD.replace("parent: trade", "parent: traed"), 6, "unknown parent 'traed'"),
        (GOOD.replace("kind: theme", "kind: thema"), 7, "unknown kind 'thema'"),
        (GOOD.replace("    label: Fish quotas\n", ""), 5, "topic has no 'label'"),
        (GOOD.replace("[herring]", "[]"), 12, "empty list"),
        (re.sub(r"    (strong|weak).*\n", "", GOOD), 5, "could never be found"),
        (GOOD.replace("[herring]", "herring"), 12, "it must be a list"),
        (GOOD.replace("herring", "no"), 12, "'no', which YAML reads as true or false"),
        (GOOD.replace('"2.0.0"', "2.0"), 1, "'2.0', which YAML reads as a number"),
        (GOOD.replace("    weak:", "    weka:"), 12, "unknown key 'weka'; did you mean 'weak'?"),
        (GOOD.replace("needs_states: 1", "needs_states: many"), 10, "whole number from 0 to 5"),
        (GOOD.replace("needs_states: 1", "needs_states: 9"), 10, "is '9'"),
        (GOOD.replace("needs_states: 1", "needs_states: -1"), 10, "is '-1'"),
        (GOOD.replace("[herring]", "[h*ring]"), 12, "put it at the word's end"),
        (GOOD.replace("[herring]", '["*"]'), 12, "must begin with a letter"),
        (GOOD.replace("[herring]", '["talks {country}"]'), 12, "only {state} is known"),
        (GOOD.replace("[herring]", '["a* b* c* d"]'), 12, "more than 2 stems"),
        (GOOD.replace("  - id: fish_quotas", "  - id: Fish Quotas"), 5, "small letters"),
        (GOOD.replace("[herring]", "[herring"), 13, "not valid YAML"),
        (GOOD + "    weak: [cod]\n", 13, "twice, first in line 12"),
        (GOOD[: GOOD.index("topics:")] + "topics: []\n", 4, "at least one topic"),
        (GOOD.replace("[herring]", "[(cod|ling]"), 12, "without its )"),
        (GOOD.replace("[herring]", "[cod|ling]"), 12, "outside of ( )"),
        (GOOD.replace("[herring]", f"[{'(a|b|c|d|e) ' * 4}x]"), 12, "more than 400 spellings"),
        (GOOD + "    status: good\n", 13, "unknown status 'good'; use measured or thin or"),
        (GOOD + "    valid_from: 2014-02-31\n", 13, "must be a date"),
        (GOOD + "    plover: {event: [AID]}\n", 13, "unknown key 'event'"),
        (GOOD.replace("domains:\n  trade: {label: Trade}\n", ""), 3, "has no domains"),
        ("extends: mine\n" + GOOD, 1, "it can only be 'packaged'"),
        ("- a\n- b\n", 1, "it must be a mapping"),
        ("", 1, "the file is empty"),
    ],
)
def test_a_bad_file_is_refused_with_file_line_and_remedy(tmp_path, text, line, words):
    with pytest.raises(TaxonomyError) as caught:
        load(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'mine.yaml'}:{line}: "), message
    assert words in message


def test_a_missing_file_and_wrong_bytes_are_refused(tmp_path):
    with pytest.raises(TaxonomyError, match="cannot be read"):
        load_taxonomy(tmp_path / "none.yaml")
    with pytest.raises(TaxonomyError, match="not UTF-8"):
        load(tmp_path, b"version: \xff\n")
    with pytest.raises(TaxonomyError, match="not valid YAML"):
        load(tmp_path, "version: \x07\n")


def test_a_file_that_names_itself_is_refused(tmp_path):
    with pytest.raises(TaxonomyError, match="must be a text"):
        load(tmp_path, GOOD.replace("label: Fish quotas", "label: &a [*a]"))


def test_a_star_inside_a_term_is_spelt_out_and_one_at_its_end_is_left_open():
    inner, last = parse_term("recall* its envoy", "strong"), parse_term("envoy*", "weak")
    assert "recalled its envoy" in inner.patterns
    assert not inner.any_ending
    assert (last.patterns, last.any_ending) == (("envoy",), True)


def test_a_state_may_stand_first_or_last():
    assert parse_term("{state} navy", "strong").state == "before"
    assert parse_term("visit to {state}", "strong").state == "after"


def test_choices_stand_for_each_of_their_spellings():
    terms = parse_terms("(sign|ratif(y|ies)) the (peace |)treaty", "strong")
    assert [term.text for term in terms] == [
        *("sign the peace treaty", "sign the treaty"),
        *("ratify the peace treaty", "ratify the treaty"),
        *("ratifies the peace treaty", "ratifies the treaty"),
    ]


def test_choices_may_overlap_but_must_say_something_new(tmp_path):
    taxonomy = load(tmp_path, GOOD.replace("[herring]", "[(cod|ling) war, (cod|eel) war]"))
    assert [term.text for term in taxonomy.topics[0].terms[1:]] == [
        "cod war",
        "ling war",
        "eel war",
    ]
    with pytest.raises(TaxonomyError, match="already in line 12"):
        load(tmp_path, GOOD.replace("[herring]", "[(cod|ling) war, ling war]"))


def test_a_file_that_extends_the_packaged_taxonomy_adds_and_replaces_topics(tmp_path):
    own = "extends: packaged\n" + GOOD + ANOTHER.replace("fish_quotas", "sanctions")
    packaged, taxonomy = load_taxonomy(), load(tmp_path, own)
    assert [t.id for t in taxonomy.topics] == [*(t.id for t in packaged.topics), "fish_quotas"]
    assert taxonomy.domains == packaged.domains | {"trade": "Trade"}
    (sanctions,) = (topic for topic in taxonomy.topics if topic.id == "sanctions")
    assert sanctions.label == "Fish quotas"
    assert taxonomy.version.startswith("2.0.0+")


def test_an_extending_file_needs_no_domains_of_its_own(tmp_path):
    own = GOOD.replace("domains:\n  trade: {label: Trade}\n", "extends: packaged\n")
    taxonomy = load(tmp_path, own.replace("parent: trade", "parent: economic"))
    assert taxonomy.topics[-1].id == "fish_quotas"
