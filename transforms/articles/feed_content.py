"""The feed's own copy of an article, for when its page cannot be had."""

from schemas.entry import Entry
from transforms.boilerplate import clean_fragment

_WITHDRAWN = frozenset({"http_404", "http_410", "http_451", "no_link", "bad_url"})
"""The outlet says that there is no such article (any more), or never named one."""


def feed_can_stand_in(entry: Entry, code: str) -> bool:
    """True if the feed's copy may replace a page that failed for good with `code`."""
    return code not in _WITHDRAWN and bool(entry.content_html or entry.summary_html)


def feed_text(entry: Entry) -> str:
    """The longer of the feed's content and summary as plain paragraphs, "" if it has neither."""
    texts = [clean_fragment(html) for html in (entry.content_html, entry.summary_html) if html]
    return max(texts, key=len, default="")
