"""TAGGING_RULES is raised when, and only when, code answers otherwise than it did.

The dictionaries, the taxonomy and the weights in `fixed/` never change, so that the answers recorded
there can change by code alone. Record them anew, after raising the number, with
`python tests/unit/topics/test_versions.py`.
"""

import json
import shutil
from pathlib import Path

import pytest

from transforms.topics import Tagger
from transforms.topics.lexicon import Lexicon
from transforms.topics.relevance import GATE_COUNTS
from transforms.topics.scoring import TOPIC_COUNTS
from transforms.topics.versions import TAGGING_RULES, model_version
from transforms.topics.weights import unpack

FIXED = Path(__file__).parent / "fixed"
RECORD = FIXED / "answers.json"
WEIGHTS = json.loads((FIXED / "weights.json").read_text(encoding="utf-8"))
ARTICLES = json.loads((FIXED / "articles.json").read_text(encoding="utf-8"))


def weights(**changed):
    return unpack({**WEIGHTS, **changed}, GATE_COUNTS, TOPIC_COUNTS)


def answers():
    """What is written to rows, of each article."""
    tagger = Tagger(FIXED / "taxonomy.yaml", Lexicon(FIXED), weights())
    found = [tagger.tag(a["title"], a["text"], a["language"]) for a in ARTICLES]
    rows = [{**tagging._asdict(), "near_misses": ()} for tagging in found]
    return json.loads(json.dumps(rows))


def test_the_same_rules_give_the_same_answers():
    recorded = json.loads(RECORD.read_text(encoding="utf-8"))
    remedy = "`python tests/unit/topics/test_versions.py` records the answers anew"
    assert recorded["rules"] == TAGGING_RULES, f"the record is of other rules; {remedy}"
    changed = [
        article["title"]
        for article, before, now in zip(ARTICLES, recorded["answers"], answers(), strict=True)
        if before != now
    ]
    assert not changed, (
        f"code answers otherwise than rules {TAGGING_RULES} did: raise TAGGING_RULES in "
        f"transforms/topics/versions.py to {TAGGING_RULES + 1}, so that no table mixes the two; "
        f"then {remedy}"
    )


def test_the_recorded_articles_use_every_kind_of_answer():
    found = answers()
    assert {row["level"] for row in found} == {"full", "countries_only", "none"}
    assert {row["diplomatic"] for row in found} == {True, False}
    assert {t[2] for row in found for t in row["topics"]} == {"primary", "mentioned"}
    assert {c[1] for row in found for c in row["countries"]} == {
        "government", "leader", "people", "place"
    }  # fmt: skip
    assert {code for row in found for code in row["organisations"]} == {"EU", "IAEA", "UN"}
    assert {(d[0], d[1]) for row in found for d in row["dyads"]} >= {("FRA", "IRN")}


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FIXED, tmp_path / "lexicon"))


def test_a_name_more_makes_another_version_a_comment_does_not(folder):
    before = model_version(weights(), Lexicon(folder))
    names = folder / "organisations.tsv"
    names.write_text("# a comment\n\n" + names.read_text(encoding="utf-8"), encoding="utf-8")
    assert model_version(weights(), Lexicon(folder)) == before
    names.write_text(names.read_text(encoding="utf-8") + "NATO\tNATO\n", encoding="utf-8")
    assert model_version(weights(), Lexicon(folder)) != before


def test_other_weights_make_another_version_though_they_are_called_the_same(folder):
    other = weights(gate={**WEIGHTS["gate"], "bias": -7.0})
    assert model_version(other, Lexicon(folder)) != model_version(weights(), Lexicon(folder))
    assert model_version(weights(), Lexicon(folder)).startswith(f"{WEIGHTS['version']}+")


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in answers())
    RECORD.write_text(f'{{"rules": {TAGGING_RULES}, "answers": [\n{lines}\n]}}\n', encoding="utf-8")
