import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.article import Country, Dyad, Topic
from transforms.topics import TaxonomyError, load_tagger

TAGGER = load_tagger()

TALKS = (
    "The foreign ministers of France and Iran met in Vienna on Monday to save the nuclear deal. "
    "Iran demands that sanctions on its banks are lifted first, economic sanctions above all. France warned Iran against more uranium "
    "enrichment, and the IAEA said its inspectors had been refused entry.\n\n"
    "The French minister called the meeting frank. A new round of talks was agreed for May."
)
MATCH = (
    "Brazil beat Germany 3-1 in the semi-final after two late goals by their striker. "
    "The coach praised his squad and the fans in the stadium. Germany had scored first, "
    "but the goalkeeper was injured before half-time and the tournament is over for them."
)
RECIPE = (
    "Roast the Turkey slowly in the oven with butter and garlic. Add two tablespoons of flour, "
    "Spanish paprika and Greek yoghurt, simmer for an hour, and serve with Swiss chard."
)
CRICKET = (
    "India cruised to victory over Pakistan in Dubai on Sunday. Pakistan were bowled out for 127 "
    "before India's openers knocked off the runs with four overs to spare. India now face Sri "
    "Lanka, while Pakistan must beat Bangladesh to stay alive in the Asia Cup."
)
FILM = (
    "A film by an Iranian director won the Golden Bear in Berlin. The actress from France took the "
    "acting award, and the jury praised a Romanian movie."
)
BOYCOTT = (
    "The United States will not send officials to the Winter Olympics in Beijing, the White House "
    "said on Monday, citing human rights abuses in Xinjiang. China vowed to respond. American "
    "athletes may still compete. Britain and Australia consider a diplomatic boycott too."
)


def topics(found):
    return {topic.id: topic.salience for topic in found.topics}


def test_talks_between_states_are_diplomatic():
    found = TAGGER.tag("France and Iran meet over nuclear deal", TALKS, "en")
    assert found.diplomatic
    assert found.level == "full"
    assert topics(found)["arms_control_nuclear"] == "primary"
    assert {"visits_and_summits", "sanctions", "sit_iran"} <= set(topics(found))
    assert [country.code for country in found.countries][:2] == ["IRN", "FRA"]
    assert found.organisations == ("IAEA",)
    assert [(dyad.a, dyad.b) for dyad in found.dyads] == [("FRA", "IRN")]
    assert set(found.domain_ids) >= {"bilateral", "security", "situations"}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Brazil beat Germany in semi-final", MATCH),
        ("A Turkey for the holidays", RECIPE),
        ("India crush Pakistan by eight wickets in Dubai", CRICKET),
        ("Iranian film wins top prize at Berlin festival", FILM),
        ("", ""),
        ("Hi", "Hi"),
    ],
)
def test_sport_and_recipes_get_no_topic(title, text):
    found = TAGGER.tag(title, text, "en")
    assert not found.diplomatic
    assert found.topics == found.dyads == found.domain_ids == ()


def test_sport_between_governments_is_diplomacy():
    found = TAGGER.tag("US announces diplomatic boycott of Beijing Olympics", BOYCOTT, "en")
    assert topics(found)["public_cultural_diplomacy"] == "primary"
    assert "human_rights" in topics(found)


def test_a_closed_gate_keeps_the_countries():
    found = TAGGER.tag("Brazil beat Germany in semi-final", MATCH, "en")
    assert {country.code for country in found.countries} == {"BRA", "DEU"}


def test_near_misses_say_why_not():
    closed = TAGGER.explain("Brazil beat Germany", MATCH + " A tariff on shirts is planned.", "en")
    assert closed.near_misses[0].reason.startswith("the article is not diplomatic: 0.")
    few = TAGGER.explain("France and Iran meet", TALKS + "\n\nA tanker passed.", "en")
    assert any(
        miss.reason.startswith("its terms are too few or too weak: ") for miss in few.near_misses
    )
    assert {miss.id for miss in few.near_misses}.isdisjoint(topics(few))


def test_blocked_words_give_no_points():
    text = TALKS + " The trade union of the trade unions spoke."
    plain, blocked = (TAGGER.explain("France and Iran meet", t, "en") for t in (TALKS, text))
    assert "trade_policy" not in {miss.id for miss in blocked.near_misses}
    assert topics(plain) == topics(blocked)


def test_a_longer_ending_is_quoted_whole():
    found = TAGGER.tag("France and Iran meet over nuclear programmes", TALKS, "en")
    quotes = {e.quote for topic in found.topics for e in topic.evidence}
    assert "nuclear programmes" in quotes


def test_the_evidence_of_a_pair_is_its_shortest_sentence():
    found = TAGGER.tag("France and Iran meet over nuclear deal", TALKS, "en")
    assert [e.quote for e in found.dyads[0].evidence] == ["France and Iran meet over nuclear deal"]


def test_an_own_taxonomy_replaces_the_packaged_one(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        'version: "9"\ndomains: {mine: {label: Mine}}\ntopics:\n'
        "  - {id: inspectors, parent: mine, kind: theme, label: L, definition: D,"
        " strong: [inspector*], needs_states: 1}\n"
    )
    tagger = load_tagger(path)
    found = tagger.tag("France and Iran meet over inspectors", TALKS, "en")
    assert tagger.taxonomy_version.startswith("9+")
    assert (tagger.model_version, set(topics(found))) == (TAGGER.model_version, {"inspectors"})
    path.write_text("version: 9\n")
    with pytest.raises(TaxonomyError):
        load_tagger(path)


def assert_evidence_holds(found, title, text):
    fields = {"title": title, "text": text}
    for tag in (*found.topics, *found.countries, *found.dyads):
        assert isinstance(tag, Topic | Country | Dyad)
        assert 1 <= len(tag.evidence) <= (24 if isinstance(tag, Topic) else 3)
        for field, start, end, quote, rule in tag.evidence:
            assert 0 <= start < end
            assert fields[field][start:end] == quote
            assert quote.strip()
            assert rule


PIECES = st.sampled_from(
    [
        *TALKS.split(" "),
        *("France", "Iran", "İran", "ofﬁcials", "E\u0301lyse\u0301e", "China’s", "U.S.", "UN"),
        *(
            " ",
            "  ",
            "\n",
            "\n\n",
            "\xa0",
            "\u200b",
            "\u0301",
            "“",
            "\ud800",
            "—",
            ". ",
            "한",
            "\u1112",
        ),
        *(
            "🤝",
            "🇺🇳",
            "nuclear\u00addeal",
            "visit\xa0to China",
            "sanctions on Russia.",
            "invaded\nIran",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=60).map(" ".join) | st.lists(PIECES, max_size=30).map("".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS | st.text(max_size=60), TEXTS | st.text(), st.sampled_from(["en", None, "fr", "zh"]))
def test_evidence_is_always_a_slice_of_the_original(title, text, language):
    found = TAGGER.tag(title, text, language)
    assert_evidence_holds(found, title, text)
    assert found == TAGGER.tag(title, text, language)
    assert 0 <= found.score <= 1
    assert all(0 < topic.score <= 1 for topic in found.topics)
    assert all(dyad.a < dyad.b for dyad in found.dyads)
    assert [t.score for t in found.topics] == sorted((t.score for t in found.topics), reverse=True)
    if not found.diplomatic:
        assert found.topics == found.dyads == found.domain_ids == ()


@pytest.mark.parametrize("blanks", ["\xa0", "  ", "\n", "İ ", "\u200b "])
def test_offsets_survive_what_changes_length_when_folded(blanks):
    title, text = f"{blanks}France and Iran meet", blanks + TALKS.replace(" ", f" {blanks}", 3)
    found = TAGGER.tag(title, text, "en")
    assert found.diplomatic
    assert_evidence_holds(found, title, text)


def test_a_long_text_takes_time_in_proportion_to_its_length():
    def seconds(text):
        start = time.process_time()
        TAGGER.tag("France and Iran meet", text, "en")
        return time.process_time() - start

    for piece in (TALKS, "." * 500, "? " * 300, " " * 500, "France Iran " * 40):
        assert seconds(piece * 200) < 2


def test_loading_is_quick():
    start = time.process_time()
    load_tagger()
    assert time.process_time() - start < 2.0  # 0.7 s measured; the bound leaves room for noise


def without(found, topic, title, text):
    """Title and text with the evidence of a topic blanked."""
    fields = {"title": title, "text": text}
    for e in next(t for t in found.topics if t.id == topic).evidence:
        written = fields[e.field]
        fields[e.field] = written[: e.start] + " " * (e.end - e.start) + written[e.end :]
    return fields["title"], fields["text"]


def test_without_its_evidence_a_tag_is_gone_or_demoted():
    title, text = "France and Iran meet over nuclear deal", TALKS
    found = TAGGER.tag(title, text, "en")
    for topic, salience in topics(found).items():
        again = topics(TAGGER.tag(*without(found, topic, title, text), "en"))
        assert again.get(topic, "") < salience, topic  # "" < "mentioned" < "primary"


def test_a_word_counts_more_the_further_up_it_stands():
    filler = " The two capitals said little else, and nothing of that was new." * 30
    said = " France imposed sanctions on Iran."
    low, high = (
        next(t for t in TAGGER.tag("France and Iran", body, "en").topics if t.id == "sanctions")
        for body in (TALKS.replace("sanctions", "terms") + filler + said,
                     said + TALKS.replace("sanctions", "terms") + filler)
    )  # fmt: skip
    assert high.score >= low.score
