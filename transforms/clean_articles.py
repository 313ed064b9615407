"""CleanArticles: keep of every page the article and nothing but the article."""

from functools import partial

import apache_beam as beam
from apache_beam.pvalue import PCollection
from apache_beam.typehints.decorators import no_annotations

from schemas.run import Run
from transforms.articles import MIN_WORDS, clean_article
from transforms.attempt import Attempt, Outcome
from transforms.site_rules import NO_RULES, SiteRules


class CleanArticles(beam.PTransform):
    """Page -> Article, untagged. Safe to retry. Under `min_words` words: failure `empty_text`."""

    def __init__(self, run: Run, min_words: int = MIN_WORDS, rules: SiteRules = NO_RULES) -> None:
        super().__init__()
        if min_words < 1:
            raise ValueError(f"min_words must be at least 1, got {min_words}")
        self.run = run
        self.min_words = min_words
        self.rules = rules

    @no_annotations
    def expand(self, pages: PCollection) -> Outcome:
        """Cleans each page by itself."""
        clean = partial(clean_article, run=self.run, min_words=self.min_words, rules=self.rules)
        return pages | Attempt("clean_articles", clean, self.run)
