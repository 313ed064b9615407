"""Article -> the same article with its tags."""

from schemas.article import Article, has_whole_text
from transforms.topics import Tagger


def tag_article(article: Article, tagger: Tagger) -> Article:
    """The article with what the tagger finds in its title and text.

    Raises: ValueError for a row that has not its whole text: its tags would be those of a part.
    """
    if article.text is None or not has_whole_text(article.text_stored):
        raise ValueError(f"article {article.article_id} has not its whole text; fetch it again")
    found = tagger.tag(article.title, article.text, article.language)
    return article._replace(
        diplomatic=found.diplomatic,
        diplomatic_score=found.score,
        tagging_level=found.level,
        topics=found.topics,
        topic_ids=tuple(topic.id for topic in found.topics),
        primary_topic_ids=tuple(t.id for t in found.topics if t.salience == "primary"),
        domain_ids=found.domain_ids,
        countries=found.countries,
        country_ids=tuple(country.code for country in found.countries),
        organisations=found.organisations,
        dyads=found.dyads,
        taxonomy_version=tagger.taxonomy_version,
        model_version=tagger.model_version,
    )
