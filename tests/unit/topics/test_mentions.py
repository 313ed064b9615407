import pytest

from transforms.topics import load_tagger

TAGGER = load_tagger()


def countries(text, title="Envoys meet"):
    """Codes and roles, of names that stand in the lead."""
    found = TAGGER.tag(title, f"{text} {text}", "en")
    return {country.code: country.role for country in found.countries}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("North Korea fired a rocket.", {"PRK"}),
        ("South Sudan and Guinea-Bissau signed.", {"SSD", "GNB"}),
        ("A report in the New York Times said so.", set()),
        ("The turkey was roasted, the china was washed, it told us.", set()),
        ("The US said no.", {"USA"}),
        ("Michael Jordan scored.", set()),
        ("Jordan and Israel opened a bridge.", {"JOR", "ISR"}),
        ("Voters in Georgia chose a Republican.", set()),
        ("Georgia accused Russia near Tbilisi.", {"GEO", "RUS"}),
        ("Rebels advanced in Congo.", {"COD"}),
        ("Congo's capital Brazzaville was calm.", {"COG"}),
        ("The two Koreas will talk.", {"KOR", "PRK"}),
        ("Korean negotiators left.", {"KOR"}),
        ("Chad's army and the Sahel states met.", {"TCD"}),
        ("My friend Chad left.", set()),
        ("Volodymyr Zelensky called the Kremlin.", {"UKR", "RUS"}),
        ("Erdoğan met Merkel.", {"TUR", "DEU"}),
        ("Erdogan met Merkel.", {"TUR", "DEU"}),
        ("Officials in Papua New Guinea agreed.", {"PNG"}),
        ("Ireland and Northern Ireland traded.", {"IRL", "GBR"}),
    ],
)
def test_names_are_resolved(text, expected):
    assert set(countries(text)) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Chinese officials left.", "government"),
        ("Beijing said no.", "government"),
        ("China's foreign ministry spoke.", "government"),
        ("It rained near Beijing.", "place"),
        ("Chinese farmers left.", "people"),
        ("The farmers met Xi Jinping.", "leader"),
        ("They left Shanghai, they left China.", "place"),
    ],
)
def test_a_role_is_the_strongest_in_which_a_state_appears(text, role):
    assert countries(text)["CHN"] == role


def test_organisations_are_no_countries():
    found = TAGGER.tag("NATO and the EU meet", "The U.N. and the African Union sent envoys.", "en")
    assert set(found.organisations) == {"NATO", "EU", "UN", "AU"}
    assert found.countries == ()


def test_the_name_of_a_korean_leader_is_not_the_united_nations():
    found = TAGGER.tag("Kim Jong Un", "Kim Jong Un spoke of Kim Jong Un sanctions.", "en")
    assert found.organisations == ()
    assert "united_nations" not in {miss.id for miss in found.near_misses}


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("fr", "La Chine et les États-Unis reprennent leurs discussions", {"CHN", "USA"}),
        ("de-AT", "Großbritannien und Frankreich einigen sich", {"GBR", "FRA"}),
        ("ru", "Переговоры России и Украины в Турции", {"RUS", "UKR", "TUR"}),
        ("zh-Hans", "中国与俄罗斯外长在印度会谈", {"CHN", "RUS", "IND"}),
        ("ja", "日本とイランが協議", {"JPN", "IRN"}),
        ("ko", "북한은 러시아와 회담", {"PRK", "RUS"}),
        ("ar", "مصر تستضيف محادثات", {"EGY"}),
        ("tr", "Türkiye'nin Suriye politikası", {"TUR", "SYR"}),
    ],
)
def test_other_languages_get_countries_only(language, title, expected):
    found = TAGGER.tag(title, "", language)
    assert {country.code for country in found.countries} == expected
    assert (found.level, found.diplomatic, found.score) == ("countries_only", False, 0.0)
    assert found.topics == found.dyads == found.near_misses == ()


def test_languages_without_names_get_nothing():
    for language in ("sw", "x", "tlh"):
        assert TAGGER.tag("Russia, China", "Putin", language).level == "none"


def test_an_unknown_language_is_full_only_if_it_looks_like_english():
    english = "The ministers of the two states said on Friday that they will meet in the city."
    swahili = "Jeshi la Polisi mkoani hapa limewakamata watu kumi na wanane kwa makosa " * 3
    for unknown in (None, "", "und", "42"):
        assert TAGGER.tag("Talks", english, unknown).level == "full"
        assert TAGGER.tag("Watu", swahili, unknown).level == "none"
    assert TAGGER.tag("", "", None).level == "none"
