"""TagTopics: say what diplomacy an article is about, and which words prove it."""

from functools import cache, partial
from pathlib import Path

import apache_beam as beam
from apache_beam.pvalue import PCollection
from apache_beam.typehints.decorators import no_annotations

from schemas.article import Article
from schemas.run import Run
from transforms.articles import tag_article
from transforms.attempt import Attempt, Outcome
from transforms.topics import Tagger, load_tagger


class TagTopics(beam.PTransform):
    """Article -> Article with topics, countries, organisations and dyads. Safe to retry."""

    def __init__(self, run: Run, taxonomy: Path | None = None) -> None:
        super().__init__()
        self.run = run
        self.taxonomy = taxonomy

    @no_annotations
    def expand(self, articles: PCollection) -> Outcome:
        """Tags each article by itself."""
        return articles | Attempt("tag_topics", partial(_tag, taxonomy=self.taxonomy), self.run)


@cache
def _worker_tagger(taxonomy: Path | None) -> Tagger:
    """The one tagger of this process: its automaton is built once."""
    return load_tagger(taxonomy)


def _tag(article: Article, taxonomy: Path | None) -> Article:
    return tag_article(article, _worker_tagger(taxonomy))
