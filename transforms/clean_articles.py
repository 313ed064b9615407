"""CleanArticles: keep of every page the article and nothing but the article."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.typehints.decorators import no_annotations
from apache_beam.utils.windowed_value import WindowedValue

from schemas.errors import RowError
from schemas.page import Page
from schemas.run import Run
from transforms.articles import MIN_WORDS, Cleaned, Waiting, clean_placed, settle
from transforms.attempt import FAILURES, Outcome, attempted, failed, outcome
from transforms.site_rules import NO_RULES, SiteRules
from transforms.tally import count

_STAGE = "clean_articles"


class CleanArticles(beam.PTransform):
    """Page -> Article, untagged. Safe to retry. Under `min_words` words: failure `empty_text`.

    With `respect_tdm`, a page that reserves text and data mining: failure `rights_reserved`.

    At the end of a bundle each site's furniture is taken off its articles, by which articles there
    are and never by their order (docs/decisions/0007-furniture-memory.md).
    """

    def __init__(
        self,
        run: Run,
        min_words: int = MIN_WORDS,
        rules: SiteRules = NO_RULES,
        *,
        respect_tdm: bool = False,
    ) -> None:
        super().__init__()
        if min_words < 1:
            raise ValueError(f"min_words must be at least 1, got {min_words}")
        self.run = run
        self.min_words = min_words
        self.rules = rules
        self.respect_tdm = respect_tdm

    @no_annotations
    def expand(self, pages: PCollection) -> Outcome:
        """Cleans each page by itself, then each site's articles together."""
        clean = partial(
            clean_placed,
            run=self.run,
            min_words=self.min_words,
            rules=self.rules,
            respect_tdm=self.respect_tdm,
        )
        clean_fn = _CleanFn(clean, partial(settle, min_words=self.min_words), self.run)
        return outcome(pages | _STAGE >> beam.ParDo(clean_fn).with_outputs(FAILURES, main="rows"))


class _CleanFn(beam.DoFn):
    def __init__(
        self,
        clean: Callable[[Page], Cleaned],
        settle_site: Callable[[Sequence[Cleaned]], list[Cleaned]],
        run: Run,
    ) -> None:
        self._clean = clean
        self._settle = settle_site
        self._run = run

    def start_bundle(self) -> None:
        self._waiting: Waiting[WindowedValue] = Waiting()

    def process(
        self, page: Page, at: Any = beam.DoFn.TimestampParam, window: Any = beam.DoFn.WindowParam
    ) -> Iterator[Any]:
        try:
            row = attempted(self._clean, page)
        except RowError as error:
            yield failed(_STAGE, error, page, self._run)
            return
        count(_STAGE)
        if not row.places:
            yield row.article
            return
        waiting = WindowedValue(row, at, (window,))
        for site in self._waiting.add((row.site, window), waiting, len(row.article.text or "")):
            yield from self._settled(site)

    def finish_bundle(self) -> Iterator[Any]:
        for site in self._waiting.let_all_go():
            yield from self._settled(site)

    def _settled(self, site: list[WindowedValue]) -> Iterator[Any]:
        """The articles as they are written, or their failures, each when and where it came."""
        rows = [waiting.value for waiting in site]
        try:
            articles = [row.article for row in attempted(self._settle, rows)]
        except RowError as error:
            for waiting in site:
                failure = failed(_STAGE, error, waiting.value.article, self._run)
                yield TaggedOutput(FAILURES, waiting.with_value(failure.value))
        else:
            for waiting, article in zip(site, articles, strict=True):
                yield waiting.with_value(article)
