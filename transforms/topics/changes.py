"""What another taxonomy would change: which articles would gain or lose which topic."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from schemas.article import Topic

MAX_EXAMPLES = 3


class ChangedArticle(NamedTuple):
    """An article that would gain or lose a topic, and the words that speak for the topic."""

    article_id: str
    title: str
    quotes: tuple[str, ...]


class TopicChange(NamedTuple):
    """One topic before and after, over all articles seen."""

    id: str
    before: int  # articles that have it
    after: int
    gained: int
    lost: int
    salience: int  # articles that keep it, as primary instead of mentioned or the other way round
    gains: tuple[ChangedArticle, ...]  # at most MAX_EXAMPLES, the first seen
    losses: tuple[ChangedArticle, ...]


class Changes:
    """Collects articles one by one; holds counts and a few examples, however many there are."""

    def __init__(self) -> None:
        self.articles = 0
        self.changed = 0
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._examples: dict[tuple[str, str], list[ChangedArticle]] = defaultdict(list)

    def add(
        self, article_id: str, title: str, before: Sequence[Topic], after: Sequence[Topic]
    ) -> None:
        """Note one article with the topics that it has and those that it would have."""
        old, new = ({topic.id: topic for topic in topics} for topics in (before, after))
        self.articles += 1
        self.changed += {(t.id, t.salience) for t in before} != {(t.id, t.salience) for t in after}
        for topic_id in old.keys() | new.keys():
            counts = self._counts[topic_id]
            counts["before"] += topic_id in old
            counts["after"] += topic_id in new
            if topic_id in old and topic_id in new:
                counts["salience"] += old[topic_id].salience != new[topic_id].salience
                continue
            way, topic = ("lost", old[topic_id]) if topic_id in old else ("gained", new[topic_id])
            counts[way] += 1
            examples = self._examples[topic_id, way]
            if len(examples) < MAX_EXAMPLES:
                quotes = tuple(dict.fromkeys(item.quote for item in topic.evidence if item.quote))
                examples.append(ChangedArticle(article_id, title, quotes))

    def topics(self) -> tuple[TopicChange, ...]:
        """The topics that would change, the most changed first; () if none would."""
        found = [
            TopicChange(
                id=topic_id,
                before=counts["before"],
                after=counts["after"],
                gained=counts["gained"],
                lost=counts["lost"],
                salience=counts["salience"],
                gains=tuple(self._examples[topic_id, "gained"]),
                losses=tuple(self._examples[topic_id, "lost"]),
            )
            for topic_id, counts in self._counts.items()
            if counts["gained"] or counts["lost"] or counts["salience"]
        ]
        return tuple(sorted(found, key=lambda c: (-c.gained - c.lost - c.salience, c.id)))
