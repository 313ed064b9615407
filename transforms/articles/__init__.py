"""The article row: what page, entry and feed say, put together, and then its tags."""

from transforms.articles.clean import MIN_FEED_WORDS, MIN_WORDS, clean_article
from transforms.articles.feed_content import feed_can_stand_in
from transforms.articles.tag import tag_article

__all__ = ["MIN_FEED_WORDS", "MIN_WORDS", "clean_article", "feed_can_stand_in", "tag_article"]
