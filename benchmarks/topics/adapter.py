"""The tagger in the shape that a scoring tool wants: `adapter:tag` takes title and text.

Topics whose status is `unmeasured` are left out: no one has labelled them yet, so the labels
cannot say whether they are right, and a scoring tool would count each of them as wrong.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from transforms.topics import load_tagger

TAGGER = load_tagger()


def tag(title, text):
    """Tags as plain dicts; all evidence as (field, start, end)."""
    found = TAGGER.tag(title, text, None)
    tags = (*found.topics, *found.countries, *found.dyads)
    evidence = [e for tag in tags for e in tag.evidence]
    return {
        "diplomatic": found.diplomatic,
        "topics": {t.id: t.salience for t in found.topics if t.id in TAGGER.measured_topics},
        "countries": [country.code for country in found.countries],
        "dyads": [[dyad.a, dyad.b] for dyad in found.dyads],
        "evidence": [(e.field, e.start, e.end) for e in evidence],
    }
