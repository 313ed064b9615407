from collections import defaultdict

import pytest

from transforms.topics import LexiconError
from transforms.topics.lexicon import DATA, OFFICES, SOURCES, Lexicon, surname


def test_every_name_of_a_state_or_leader_has_one_owner():
    owners = defaultdict(set)
    for name in Lexicon().names:
        if name.kind not in {"organisation", "hide", "surname"}:
            owners[name.text].add(name.code)
    assert {text: codes for text, codes in owners.items() if len(codes) > 1} == {}


def test_all_countries_of_iso_3166_have_a_name():
    states = {name.code for name in Lexicon().names if name.kind == "name"}
    assert len(states) == 250  # 249 and Kosovo


def test_leaders_have_offices_years_and_sources():
    leaders = Lexicon().leaders
    assert {leader.office for leader in leaders} == set(OFFICES)
    assert {leader.source for leader in leaders} == set(SOURCES)
    both = [x for x in leaders if x.first_year and x.last_year]
    assert all(x.first_year <= x.last_year for x in both)
    assert [x.code for x in leaders if "Catherine Ashton" in x.names] == []  # an EU office
    lavrov = next(x for x in leaders if "Sergey Lavrov" in x.names)
    assert (lavrov.code, lavrov.office, lavrov.first_year, lavrov.last_year) == (
        "RUS",
        "foreign",
        "2004",
        "",
    )


def test_a_surname_stands_behind_in_china_and_korea_in_front():
    assert surname("Antony Blinken", "USA") == "Blinken"
    assert surname("Qin Gang", "CHN") == "Qin"
    assert surname("Kim Jong Un", "PRK") == "Kim"


def test_ukraine_is_complete():
    kinds = {name.kind for name in Lexicon().names if name.code == "UKR"}
    assert kinds >= {"name", "people", "capital", "city", "government", "group", "leader"}


def test_every_state_has_a_name_and_names_in_french_and_chinese():
    lexicon = Lexicon()
    states = {name.code for name in lexicon.names if name.kind == "name"}
    assert len(states) > 200
    for language in ("fr", "zh"):
        local = {name.code for name in lexicon.local_names(language)}
        assert len(states & local) > 195


def test_ambiguous_names_are_names_and_their_codes_are_states():
    lexicon = Lexicon()
    names = {name.text for name in lexicon.names} | {"Koreas"}
    codes = {name.code for name in lexicon.names}
    assert set(lexicon.readings) <= names | {"Victoria"}
    assert {r.code for readings in lexicon.readings.values() for r in readings} <= codes


@pytest.mark.parametrize("file", sorted(path.name for path in DATA.glob("*.tsv")))
def test_the_dictionaries_are_sorted(file):
    lines = [line for line in (DATA / file).read_text().splitlines() if not line.startswith("#")]
    keys = [line.split("\t")[0] for line in lines[1:]]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("AFG\tname", "2 columns, it must be 3"),
        ("AFG\tnames\tAfghanistan", "kind 'names' must be"),
        ("afg\tname\tAfghanistan", "code 'afg' must be"),
        ("AFG\tname\tAfghanistan||Kabul", "an empty name"),
    ],
)
def test_a_damaged_dictionary_is_refused_with_file_and_line(tmp_path, line, words):
    (tmp_path / "countries.tsv").write_text(f"# names\ncode\tkind\tnames\n{line}\n")
    with pytest.raises(LexiconError) as caught:
        _ = Lexicon(tmp_path).names
    assert str(caught.value).startswith(f"{tmp_path / 'countries.tsv'}:3: ")
    assert words in str(caught.value)


def test_a_missing_dictionary_is_refused(tmp_path):
    with pytest.raises(LexiconError, match="cannot be read"):
        _ = Lexicon(tmp_path).names
