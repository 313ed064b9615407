"""Which of the states that are named play a part."""

from collections import defaultdict
from collections.abc import Iterable

from transforms.topics.mentions import ROLES, Mention

MENTION_POINTS = (3.0, 2.0, 1.0)
"""Title, lead, rest."""
CITY_SHARE = 0.5
"""A city or region proves less than the state's own name."""
ROLE_SHARES = {"government": 1.5, "leader": 1.5}
"""Who acts proves more than a place or a people."""
KEPT_AT = 2.2
"""Named twice, in the title, or as an actor in the lead."""


def rank_countries(mentions: Iterable[Mention]) -> list[tuple[str, str, list[Mention]]]:
    """The states that play a part, most named first: code, best role, mentions in text order.

    Shape: [] if none does.
    """
    points: dict[str, float] = defaultdict(float)
    own: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        share = CITY_SHARE if mention.is_city else ROLE_SHARES.get(mention.role, 1.0)
        points[mention.code] += share * MENTION_POINTS[mention.zone]
        own[mention.code].append(mention)
    kept = sorted((c for c in points if points[c] >= KEPT_AT), key=lambda c: (-points[c], c))
    return [(code, min((m.role for m in own[code]), key=ROLES.index), own[code]) for code in kept]
