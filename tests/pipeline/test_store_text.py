from operator import attrgetter

import pytest
from apache_beam import Create, Flatten, Map
from apache_beam.testing.test_pipeline import TestPipeline as BeamPipeline
from apache_beam.testing.util import assert_that, equal_to
from rows import RUN, entry, page

from schemas.errors import RowError
from transforms.articles import clean_article
from transforms.failures import failure_of
from transforms.store_text import StoreText

TEXT = " ".join(f"On day {n} the envoys met in the old town hall and parted." for n in range(9))
ARTICLE = clean_article(page(f"<title>Envoys</title><article><p>{TEXT}</article>"), RUN)
FAILURE = failure_of(
    entry("b", content_html=f"<p>{TEXT}"), RowError("http_503", "busy"), "fetch_articles", RUN
)


@pytest.mark.parametrize(
    ("store_text", "texts", "contents"),
    [("full", [ARTICLE.text], [f"<p>{TEXT}"]), ("none", [None], [None])],
)
def test_articles_and_failures_of_one_collection_are_cut(store_text, texts, contents):
    with BeamPipeline(runner="FnApiRunner") as p:
        rows = (p | "A" >> Create([ARTICLE]), p | "B" >> Create([FAILURE])) | Flatten()
        kept = rows | StoreText(store_text)
        articles = kept | "Articles" >> Map(lambda row: getattr(row, "text", "failure"))
        failures = kept | "Failures" >> Map(
            lambda row: row.entry.content_html if hasattr(row, "entry") else "article"
        )
        ids = kept | Map(attrgetter("article_id"))
        assert_that(articles, equal_to([*texts, "failure"]), label="articles")
        assert_that(failures, equal_to([*contents, "article"]), label="failures")
        both = [ARTICLE.article_id, FAILURE.article_id]
        assert_that(ids, equal_to(both), label="ids")


def test_an_unknown_choice_is_refused_before_anything_runs():
    with pytest.raises(ValueError, match="full, excerpt, none"):
        StoreText("some")
