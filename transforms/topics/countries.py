"""Which of the states that are named play a part."""

import re
from collections import defaultdict
from collections.abc import Iterable

from transforms.topics.mentions import ROLES, Mention
from transforms.topics.roles import ACTS, DEALT, LISTED, NAMED, PASSING, VENUE

ZONE_POINTS = (3.0, 2.25, 1.0)
"""Title, lead, rest."""
PART_SHARES = {PASSING: 0.0, LISTED: 0.6, VENUE: 1.0, NAMED: 1.0, DEALT: 1.15, ACTS: 2.3}
"""Who acts proves more than who is dealt with, and that more than a bare name."""
ACTOR_ROLES = frozenset({"government", "leader"})
ACTOR_SHARE = 1.5
CITY_SHARE = 0.5
"""A city or region proves less than the state's own name."""
KEPT_AT = 2.2
"""Acts once, or is named in the title, in the lead, or twice."""
PEOPLE_SHARE = 0.9
"""`Soviet patron`: an adjective proves a little less than the state's name."""
TERRITORIES = frozenset(
    re.findall(
        r"\w+",
        """
    ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK COK CUW CXR CYM FLK FRO GGY GIB GLP GRL GUF
    GUM HMD IMN IOT JEY MAC MAF MNP MSR MTQ MYT NCL NFK NIU PCN PRI PYF REU SGS SHN SJM SPM
    SXM TCA TKL UMI VGB VIR WLF
        """,
    )
)
"""No states: they count only where a government of their own acts (`Greenland's premier`)."""
SAME_PLACE = 2
"""`Hanoi, Vietnam` is one mention: so few characters between."""


def rank_countries(mentions: Iterable[Mention]) -> list[tuple[str, str, list[Mention]]]:
    """The states that play a part, most named first: code, best role, mentions in text order.

    Shape: [] if none does.
    """
    points: dict[str, float] = defaultdict(float)
    own: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        code = mention[2]
        before = own[code]
        if not (before and mention[0] - before[-1][1] <= SAME_PLACE):
            points[code] += points_of(mention)
        before.append(mention)
    kept = [c for c in points if points[c] >= KEPT_AT and (c not in TERRITORIES or _acts(own[c]))]
    kept.sort(key=lambda code: (-points[code], code))
    return [
        (code, min({mention[3] for mention in own[code]}, key=ROLES.index), own[code])
        for code in kept
    ]


def points_of(mention: Mention) -> float:
    """How much one mention says for its state playing a part."""
    _, _, _, role, zone, is_city, part = mention
    return _POINTS[role][is_city][part][zone]


def _share(role: str, part: int, *, is_city: bool) -> float:
    share = PART_SHARES[part]
    if part == NAMED:
        share = ACTOR_SHARE if role in ACTOR_ROLES else PEOPLE_SHARE if role == "people" else share
    return min(share, CITY_SHARE) if is_city else share


_POINTS = {
    role: [
        {
            part: [_share(role, part, is_city=is_city) * points for points in ZONE_POINTS]
            for part in PART_SHARES
        }
        for is_city in (False, True)
    ]
    for role in (*ROLES, "organisation")
}


def _acts(mentions: Iterable[Mention]) -> bool:
    return any(part == ACTS and role in ACTOR_ROLES for _, _, _, role, _, _, part in mentions)
