"""Topics: what diplomacy an article is about, and the words that say so.

`load_tagger().tag(title, text, language)` answers with a `Tagging`: is it diplomatic at all (the
gate), which topics of the taxonomy, which states in which role, which organisations, which pairs of
states deal with each other. Every tag carries its evidence: offsets into the title or the text, and
the term or rule that matched. `explain` answers with the topics that were close as well.
Dictionaries and 22 fitted weights: no language model, no network.
"""

from transforms.topics.changes import ChangedArticle, Changes, TopicChange
from transforms.topics.lexicon import LexiconError
from transforms.topics.marked_yaml import TaxonomyError
from transforms.topics.near_misses import NearMiss
from transforms.topics.tagging import Tagger, Tagging, load_tagger, tagging_versions
from transforms.topics.taxonomy import (
    RULES,
    Complaint,
    Taxonomy,
    Term,
    TopicDefinition,
    lint_taxonomy,
    load_taxonomy,
)

__all__ = [
    "RULES",
    "ChangedArticle",
    "Changes",
    "Complaint",
    "LexiconError",
    "NearMiss",
    "Tagger",
    "Tagging",
    "Taxonomy",
    "TaxonomyError",
    "Term",
    "TopicChange",
    "TopicDefinition",
    "lint_taxonomy",
    "load_tagger",
    "load_taxonomy",
    "tagging_versions",
]
