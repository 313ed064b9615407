"""Floors under what the tagger reaches on labelled articles.

The gate's weights and a few thresholds were fitted on the same articles, and terms that break the
annotation rules there were weakened: the figures flatter the tagger somewhat.
"""

import json
from pathlib import Path

import pytest

from transforms.topics import load_tagger, load_taxonomy

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SEED = SHARED / "data" / "seed" / "article.txt"
LABELLED = SHARED / "data" / "topics" / "dev.jsonl"


@pytest.fixture(scope="module")
def tagger():
    return load_tagger()


@pytest.mark.skipif(not SEED.exists(), reason=f"{SEED} is not there")
def test_the_first_article_ever_asked_for_is_understood(tagger):
    title, _, text = SEED.read_text(encoding="utf-8").partition("\n")
    found = tagger.tag(title.strip(), text.strip(), "en")
    assert found.diplomatic
    assert {"USA", "CHN"} <= {country.code for country in found.countries}
    assert ("CHN", "USA") in {(dyad.a, dyad.b) for dyad in found.dyads}
    expected = {"bilateral_relations", "visits_and_summits", "military_dialogue"}
    assert expected <= {topic.id for topic in found.topics}


def f1(found, wanted, optional):
    """F1 over articles; optional labels count neither for nor against."""
    hits = wrong = missed = 0
    for got, must, may in zip(found, wanted, optional, strict=True):
        hits += len(got & must)
        wrong += len(got - must - may)
        missed += len(must - got)
    return 2 * hits / (2 * hits + wrong + missed)


def pairs(dyads):
    return {tuple(sorted(pair)) for pair in dyads}


@pytest.mark.skipif(not LABELLED.exists(), reason=f"{LABELLED} is not there")
def test_tags_agree_with_labelled_articles(tagger):
    lines = LABELLED.read_text(encoding="utf-8").splitlines()
    articles = [a for a in map(json.loads, lines) if a["diplomatic"] is not None]
    found = [tagger.tag(a["title"], a["text"], None) for a in articles]
    gate = f1(
        [{True} & {got.diplomatic} for got in found],
        [{True} & {a["diplomatic"]} for a in articles],
        [set()] * len(articles),
    )
    labelled = {topic.id for topic in load_taxonomy().topics if topic.status != "unmeasured"}
    topics = f1(
        [{topic.id for topic in got.topics} & labelled for got in found],
        [set(a["topics"]) for a in articles],
        [set(a["topics_optional"]) for a in articles],
    )
    opened = [(a, got) for a, got in zip(articles, found, strict=True) if a["diplomatic"]]
    countries = f1(
        [{country.code for country in got.countries} for _, got in opened],
        [{code for code in a["countries"] if len(code) == 3} for a, _ in opened],
        [set(a["countries_optional"]) for a, _ in opened],
    )
    dyads = f1(
        [{(dyad.a, dyad.b) for dyad in got.dyads} for _, got in opened],
        [pairs(a["dyads"]) for a, _ in opened],
        [pairs(a["dyads_optional"]) for a, _ in opened],
    )
    # measured 0.966, 0.801, 0.933, 0.862; by leave-one-out the gate reaches 0.930
    assert gate >= 0.94
    assert topics >= 0.77
    assert countries >= 0.89
    assert dyads >= 0.77
