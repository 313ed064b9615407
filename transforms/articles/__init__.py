"""The article row: what page, entry and feed say, put together, and then its tags."""

from transforms.articles.by_site import Waiting, settle
from transforms.articles.clean import (
    MIN_FEED_WORDS,
    MIN_WORDS,
    Cleaned,
    clean_article,
    clean_placed,
    is_reserved,
)
from transforms.articles.feed_content import feed_can_stand_in
from transforms.articles.stored import excerpt, stored_row
from transforms.articles.tag import tag_article

__all__ = [
    "MIN_FEED_WORDS",
    "MIN_WORDS",
    "Cleaned",
    "Waiting",
    "clean_article",
    "clean_placed",
    "excerpt",
    "feed_can_stand_in",
    "is_reserved",
    "settle",
    "stored_row",
    "tag_article",
]
