import pytest

from transforms.topics import load_tagger
from transforms.topics.sentences import sentence_at, sentence_ends, sentence_spans

TAGGER = load_tagger()
TALKS = " The foreign ministers signed a treaty after the summit and the sanctions were lifted."


def dyads(title, text):
    """The pairs of an article about diplomacy."""
    found = TAGGER.tag(title, text + TALKS, "en")
    assert found.diplomatic
    return {(dyad.a, dyad.b) for dyad in found.dyads}


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "China accuses Japan of harassment",
            "China accused Japan of harassing its envoys. Japan denied it.",
            {("CHN", "JPN")},
        ),
        (
            "Talks between Egypt and Ethiopia end",
            "Egypt and Ethiopia ended their talks. Egypt and Ethiopia will meet again.",
            {("EGY", "ETH")},
        ),
        (
            "US to work with Mexico and Canada",
            "The US will negotiate with Mexico and Canada. The US wrote to Mexico and Canada.",
            {("MEX", "USA"), ("CAN", "USA")},
        ),
        (
            "EU imposes sanctions on Belarus",
            "The European Union imposed sanctions on Belarus. Belarus recalled its EU envoy.",
            {("BLR", "EU")},
        ),
        (
            "Iran and Russia sign treaty in Helsinki",
            "Iran and Russia signed a treaty at a meeting in Helsinki. Russia thanked Iran.",
            {("IRN", "RUS")},
        ),
    ],
)
def test_states_that_deal_with_each_other_are_a_pair(title, text, expected):
    assert dyads(title, text) == expected


def test_the_evidence_of_a_pair_is_a_sentence_that_names_both():
    text = "It was late. Japan asked India for help, its envoy said. India agreed." + TALKS
    found = TAGGER.tag("Japan asks India for help", text, "en")
    (dyad,) = found.dyads
    (evidence,) = dyad.evidence
    assert (dyad.a, dyad.b) == ("IND", "JPN")
    assert evidence.quote in {
        "Japan asks India for help",
        "Japan asked India for help, its envoy said.",
    }


def test_sentences_end_at_full_stops_and_line_breaks_but_not_after_titles():
    text = "Gen. Smith met Mr. Li. The U.S. agreed\nSo did Li"
    assert [text[a:b] for a, b in sentence_spans(text, 0, len(text))] == [
        "Gen. Smith met Mr. Li.",
        "The U.S. agreed",
        "So did Li",
    ]
    assert not sentence_ends(text, text.index("Gen"), text.index("Smith"))
    assert sentence_ends(text, text.index("Li."), text.index("The"))
    assert sentence_ends(text, text.index("agreed"), text.index("So did"))


def test_the_sentence_around_a_span_is_whole():
    text = "It rained. Japan asked India for help. India agreed."
    start, end = sentence_at(text, text.index("Japan"), text.index(" for help"))
    assert text[start:end] == "Japan asked India for help."
    whole = "Japan " * 400
    start, end = sentence_at(whole, 1200, 1205)
    assert start <= 1200
    assert end >= 1205
