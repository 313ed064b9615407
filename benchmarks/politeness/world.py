"""Simulated hosts and their feeds: what they publish, how they misbehave, what they ask for."""

import bisect
import math
import random
from dataclasses import dataclass, field

DAY_S = 86_400.0
HISTORY_S = 14 * DAY_S
"""Feeds have been publishing for so long when the simulation begins."""


@dataclass
class Episode:
    """A time in which a host or a feed refuses: [start, end) in s."""

    start: float
    end: float
    retry_after: str = ""
    """Form of the Retry-After: seconds, date, garbage, year9999, or "" for none."""


@dataclass
class Host:
    """A host name and how it behaves."""

    name: str
    crawl_delay_s: float
    latency_s: float
    forbids: str
    """Path prefix that its robots.txt disallows; "" for none."""
    limits: list[Episode] = field(default_factory=list)
    """Answers 429 to everything."""
    outages: list[Episode] = field(default_factory=list)
    """No connection."""


@dataclass
class SimulatedFeed:
    """A feed: when its entries were published, and how it is served."""

    host: Host
    number: int
    published: list[float]
    """Ascending; s, negative before the start."""
    window: int
    headers: dict[str, str]
    """Freshness fields that it sends."""
    fresh_s: float
    validator: str
    """etag, last-modified, or "" for none."""
    ttl_s: float | None
    skip: str | None
    busy: list[Episode]
    """Answers 503."""
    moved: bool
    gone: bool

    @property
    def url(self) -> str:
        return f"http://{self.host.name}/feeds/{self.number}"

    def shown(self, now_s: float) -> tuple[int, int]:
        """(first, end) positions in `published` of the entries that the document shows."""
        end = bisect.bisect_right(self.published, now_s)
        return max(0, end - self.window), end

    def rolls_within(self, span_s: float) -> bool:
        """True if at its busiest all entries of the document are replaced within so long."""
        later = zip(self.published, self.published[self.window :], strict=False)
        return any(new - old <= span_s for old, new in later if new >= 0)


def active(episodes: list[Episode], now_s: float) -> Episode | None:
    """The episode that `now_s` falls into."""
    return next((e for e in episodes if e.start <= now_s < e.end), None)


def build(seed: int, hosts: int, feeds: int, hours: float) -> list[SimulatedFeed]:
    """A world that is the same for the same numbers."""
    rng = random.Random(seed)
    made = [_host(rng, number, hours) for number in range(hosts)]
    return [_feed(rng, made[number % hosts], number, hours) for number in range(feeds)]


def _host(rng: random.Random, number: int, hours: float) -> Host:
    host = Host(
        f"h{number}.example",
        rng.choice([2.0, 5.0, 10.0, 30.0]) if rng.random() < 0.10 else 0.0,
        rng.lognormvariate(math.log(0.25), 0.6),
        "/private/" if rng.random() < 0.10 else "",
    )
    if rng.random() < 0.04:
        forms = ["seconds", "seconds", "date", "date", "garbage", ""]
        host.limits = [
            _episode(rng, hours, 120, 2400, rng.choice(forms)) for _ in range(rng.randint(1, 3))
        ]
    elif rng.random() < 0.002:
        host.limits = [_episode(rng, hours, 60, 600, "year9999")]
    if rng.random() < 0.05:
        host.outages = [_episode(rng, hours, 300, 3 * 3600)]
    return host


def _episode(
    rng: random.Random, hours: float, shortest: float, longest: float, form: str = ""
) -> Episode:
    start = rng.uniform(0, hours * 3600)
    return Episode(start, start + rng.uniform(shortest, longest), form)


def _feed(rng: random.Random, host: Host, number: int, hours: float) -> SimulatedFeed:
    per_day = min(rng.lognormvariate(math.log(10), 1.1), 500.0)
    bursts = rng.random() < 0.05
    published = _published(rng, per_day, hours, batch=rng.randint(2, 6) if bursts else 1)
    headers, fresh_s = _freshness(rng)
    validators = ["etag"] * 7 + ["last-modified"] * 2 + [""]
    return SimulatedFeed(
        host=host,
        number=number,
        published=published,
        window=max(rng.choice([10, 15, 20, 25, 30, 50, 100]), math.ceil(per_day / 24)),
        headers=headers,
        fresh_s=fresh_s,
        validator=rng.choice(validators),
        ttl_s=rng.choice([900.0, 1800.0, 3600.0, 7200.0]) if rng.random() < 0.25 else None,
        skip=rng.choice(["0 1 2 3 4", "22 23"]) if rng.random() < 0.03 else None,
        busy=[_episode(rng, hours, 120, 1800, rng.choice(["seconds", "date", ""]))]
        if rng.random() < 0.03
        else [],
        moved=rng.random() < 0.02,
        gone=rng.random() < 0.005,
    )


def _published(rng: random.Random, per_day: float, hours: float, batch: int) -> list[float]:
    """A Poisson process with a day and a night, in batches. By thinning (Lewis, Shedler 1979)."""
    morning = rng.uniform(0, DAY_S)
    peak = 2.0 * per_day / batch / DAY_S
    times, at = [], -HISTORY_S
    while (at := at + rng.expovariate(peak)) < hours * 3600:
        share = (1 + 0.85 * math.sin(2 * math.pi * (at - morning) / DAY_S)) / 2
        if rng.random() < share:
            times += [at + 20.0 * k for k in range(batch)]
    return sorted(t for t in times if t < hours * 3600)


def _freshness(rng: random.Random) -> tuple[dict[str, str], float]:
    kind = rng.random()
    seconds = rng.choice([60, 120, 300, 300, 600, 900, 1800])
    if kind < 0.35:
        return {"cache-control": f"public, max-age={seconds}"}, float(seconds)
    if kind < 0.45:
        return {"expires": "", "date": ""}, float(seconds)  # dated when it is sent
    if kind < 0.60:
        return {"cache-control": f"no-cache, max-age={seconds}"}, 0.0
    return {}, 0.0
