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
    ("text", "expected"),
    [
        ("Antony Blinken left. Mr. Blinken had met Qin Gang, and Qin agreed.", {"USA", "CHN"}),
        ("The dentist John Sybiha left. Sybiha agreed.", set()),
        ("Sybiha agreed after a call.", {"UKR"}),
        ("President Ruto spoke, Ruto agreed.", {"KEN"}),
        ("Her neighbours the Camerons met Jordan Peterson.", set()),
        ("The press secretary Jay Rubio spoke. Rubio declined.", set()),
        ("Canada's House of Commons voted.", {"CAN"}),
        ("The House of Commons voted.", {"GBR"}),
        ("The German Foreign Office agreed.", {"DEU"}),
        ("Macron called; Downing Street agreed.", {"FRA", "GBR"}),
        ("Secretary Antony J. Blinken spoke. Mr. Blinken left.", {"USA"}),
        ("A leader will travel to Turkey and Lebanon.", {"TUR", "LBN"}),
        ("Cuba Gooding and Paris Hilton ate French fries.", set()),
        ("A Chinese restaurant in New Mexico closed.", set()),
        ("The Indian reservation voted; a Boston Globe reporter saw it.", set()),
        ("Sofia Coppola filmed it.", set()),
        ("Sofia agreed, said Bulgarian officials.", {"BGR"}),
        ("Santiago Lopez said so.", set()),
        ("Nigerien soldiers met Nigerian officials.", {"NER", "NGA"}),
        ("Guyana, French Guiana and Guinea-Bissau agreed.", {"GUY", "GNB"}),
        ("Hamas and Israel agreed.", {"PSE", "ISR"}),
        (
            "Hezbollah fired; the Houthis stopped; the Kremlin and the Pentagon talked.",
            {"LBN", "YEM", "RUS", "USA"},
        ),
        ("The Bundestag, the Knesset and MI6 agreed.", {"DEU", "ISR", "GBR"}),
        ("Greenland is large.", set()),
        ("Greenland's government agreed.", {"GRL"}),
    ],
)
def test_persons_houses_and_groups_stand_for_states(text, expected):
    assert set(countries(text)) == expected


def once(text):
    """Codes of a text whose last sentence stands far behind the lead."""
    filler = "Nobody was there and nothing happened for a long time. " * 14
    return {c.code for c in TAGGER.tag("A quiet day", f"{filler}\n{text}", "en").countries}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("India banned the app last month.", {"IND"}),
        ("The Swiss president called for talks.", {"CHE"}),
        ("Some, including Germany and Finland, will need to vote.", {"DEU", "FIN"}),
        ("Norway is organizing a conference.", {"NOR"}),
        ("Australian, British and Japanese forces took part.", {"AUS", "GBR", "JPN"}),
        ("The presidents of Latvia and Estonia came.", {"LVA", "EST"}),
        ("He lives in Norway.", set()),
        ("The London-based group and the Iraq war came up.", set()),
        ("A force in Yemen was blamed.", set()),
        ("They worked in Somalia, Mali, Chad and Senegal.", set()),
        ("OSLO (Reuters) - Nobody said so.", set()),
        ("UAE and US officials agreed.", {"ARE", "USA"}),
        ("U.S. officials agreed.", {"USA"}),
        ("Ministers meet in Ankara, Turkey. (AP Photo/A. Name)", set()),
        ("The talks were held in Hanoi, Vietnam.", set()),
    ],
)
def test_a_state_named_once_counts_if_it_acts(text, expected):
    assert once(text) == expected


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
    found = TAGGER.explain("Kim Jong Un", "Kim Jong Un spoke of Kim Jong Un sanctions.", "en")
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


@pytest.mark.parametrize(
    ("language", "title", "states", "bodies"),
    [
        ("fr", "L'Union européenne et l'ONU condamnent Moscou", {"RUS"}, {"EU", "UN"}),
        ("fr", "Le président chinois reçu à l'Élysée", {"CHN", "FRA"}, set()),
        (
            "es",
            "La OTAN y el Gobierno ucraniano negocian con la Casa Blanca",
            {"UKR", "USA"},
            {"NATO"},
        ),
        (
            "de",
            "Der Kreml droht, die EU berät mit der türkischen Regierung",
            {"RUS", "TUR"},
            {"EU"},
        ),
        ("no", "Norske og russiske ministre møtes i FN", {"NOR", "RUS"}, {"UN"}),
        ("nb", "Kina og Storbritannia forhandler", {"CHN", "GBR"}, set()),
        ("sv", "Den ryska ambassadören i Nato", {"RUS"}, {"NATO"}),
        (
            "pl",
            "Spotkanie w Chinach: rosyjski minister o Iranie i Niemczech",
            {"CHN", "RUS", "IRN", "DEU"},
            set(),
        ),
        ("pl", "Unia Europejska wobec Białorusi i Stanów Zjednoczonych", {"BLR", "USA"}, {"EU"}),
        (
            "cs",
            "Česká vláda a ruský velvyslanec, jednání v Polsku o Ukrajině",
            {"CZE", "RUS", "POL", "UKR"},
            set(),
        ),
        ("ru", "Индивидуальный подход МАГАТЭ к Ирану", {"IRN"}, {"IAEA"}),
        (
            "ru",
            "Встреча в Индии: российская делегация и американские послы",
            {"IND", "RUS", "USA"},
            set(),
        ),
        ("ru", "В Чаде и в Мали ждут визита в Польшу", {"TCD", "MLI", "POL"}, set()),
        ("uk", "Переговори в Туреччині з Росією та Китаєм", {"TUR", "RUS", "CHN"}, set()),
        ("ar", "مباحثات مع روسيا والصين في باريس", {"RUS", "CHN", "FRA"}, set()),
        ("ar", "الوزير الروسي يزور مصر للقاء مجلس الأمن", {"RUS", "EGY"}, {"UN"}),
        ("ar", "رسالة للصين وبإيران", {"CHN", "IRN"}, set()),
        ("ar", "تقرير مالي عن الشركات", set(), set()),
        ("fa", "وزیر خارجه ایران و مقام‌های روسیه در سازمان ملل", {"IRN", "RUS"}, {"UN"}),
        ("zh", "中美元首在联合国会晤", {"CHN", "USA"}, {"UN"}),
        ("vi", "Việt Nam và Trung Quốc hội đàm tại ASEAN", {"VNM", "CHN"}, {"ASEAN"}),
        ("vi", "Anh ấy gặp bạn", set(), set()),
        ("ko", "유엔은 북한과 미국에", {"PRK", "USA"}, {"UN"}),
        ("ja", "国連で日本とロシアが協議", {"JPN", "RUS"}, {"UN"}),
        ("tr", "BM, Rusya'ya ve Türkiye'ye seslendi", {"RUS", "TUR"}, {"UN"}),
    ],
)
def test_other_languages_have_inflected_states_and_organisations(language, title, states, bodies):
    found = TAGGER.tag(title, "", language)
    assert {country.code for country in found.countries} == states
    assert set(found.organisations) == bodies
