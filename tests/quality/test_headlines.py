"""Everyday headlines reach their topics: a floor for how general the terms are."""

from pathlib import Path

from transforms.topics import Tagger, load_tagger

HEADLINES = Path(__file__).parents[1] / "data" / "topics" / "headlines.tsv"

LEAST_SHARE = 0.9
"""Measured: 250 of 259. The list was written before anyone looked at the terms, but most of what
was missed then (about a fifth) has led to terms since, so it guards and does not prove. Of the 218
for the 45 labelled topics, taxonomy 1.0.0 reaches 144."""


def test_nine_of_ten_everyday_headlines_reach_their_topic():
    tagger = load_tagger()
    lines = HEADLINES.read_text(encoding="utf-8").splitlines()
    cases = [line.split("\t") for line in lines if not line.startswith("#")]
    missed = [
        (topic, headline) for topic, headline in cases if not reaches(tagger, headline, topic)
    ]
    assert len(missed) <= (1 - LEAST_SHARE) * len(cases), missed


def reaches(tagger: Tagger, headline: str, topic: str) -> bool:
    """True if the topic is given, or would be but for the gate: a headline alone is short."""
    found = tagger.explain(headline, "", "en")
    near = {m.id for m in found.near_misses if not m.reason.startswith("too few terms")}
    return topic in {*near, *(given.id for given in found.topics)}
