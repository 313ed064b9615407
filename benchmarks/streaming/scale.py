"""What a stream of 100,000 feeds and 5 million articles a day would take: a model, not a run.

    python -m benchmarks.streaming.scale [--feeds N] [--articles N] [--json]

Every figure of `MEASURED` was measured on one machine and says where; what is assumed is in
`Assumed`, and can be given. The rest is arithmetic, checked against the soak in
tests/unit/benchmarks/test_scale.py. docs/operations.md holds the table (`--markdown`).
"""

import argparse
import json
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

DAY_S = 86_400
TABLES = 4
TABLES_LOOKED_INTO = 3
"""Entries by their key, articles by their ids, failures by their item."""

FILE_GB = 0.256
"""Size of a file that upkeep makes of the files of a closed day (transforms/tables/compact.py)."""


class Measured(NamedTuple):
    """What was measured: CPU in seconds of one core, sizes in bytes."""

    clean_s: float = 0.0131
    """A page (mean of 861 real ones, docs/quality.md)."""
    tag_s: float = 1 / 1_311
    """An article of 3,623 characters, docs/quality-topics.md."""
    tag_chars: int = 3_623
    write_s: float = 0.00014
    """`benchmarks.stages`, write, a row of 1,000."""
    parse_s: float = 0.00025
    """`benchmarks.stages`, parse_feed, an entry."""
    fetch_s: float = 0.00106
    """A request by asyncio and aiohttp, loopback, 172 kB (2,000 pages of 40 hosts)."""
    shuffle_s: float = 0.000026
    """A shuffled element (50,000 on FnApiRunner)."""
    entry_bytes: int = 853
    """A keyed Entry of the sample by the coder that carries it."""
    article_bytes: int = 2_950
    """A keyed, tagged Article of the sample, 1,205 characters of text."""
    article_chars: int = 1_205
    handed_bytes: int = 46
    """State of PollHosts for an entry of the last hour (the soak: 42,226 bytes for 917)."""
    fetched_bytes: int = 50
    """State of FetchHosts for a page of the last hour (the soak)."""
    feed_state_bytes: int = 220
    """State of PollHosts for a feed (the soak, 3 feeds, without what is handed)."""
    lookup_s: float = 0.084
    """One look for keys into a table of a million rows (500,000 rows of `entries`)."""
    id_bytes: int = 41
    """Bytes in a file of a key of a row (41.3 MB of 500,000 rows with two keys each)."""
    polls_a_feed: float = 35.6
    """Polls of a feed and day by the polling policy (benchmarks/politeness, 5,000 feeds)."""


class Assumed(NamedTuple):
    """What nobody has measured here. Prices are list prices of the year given, without tax."""

    feeds: int = 100_000
    articles_a_day: int = 5_000_000
    text_chars: int = 4_000
    answer_s: float = 0.8
    """From the first byte sent to the last one read."""
    pace_s: float = 1.0
    peak: float = 3.0
    """The busiest hour over the mean."""
    days_kept: int = 30
    """Days whose rows the tables hold: a look into the tables reads them all."""
    shards: int = 8
    core_load: float = 0.6
    """Share of a core that may be used at the peak."""
    flush_s: float = 60.0
    parquet_share: float = 0.35
    """Bytes on disk of a character of text, tags and all (zstd)."""
    year: int = 2025
    vcpu_hour_usd: float = 0.0425
    """An AWS m7g vCPU with its 4 GB, on demand, Frankfurt or the like: ask for today's price."""
    gb_month_usd: float = 0.023
    """S3 standard, first 50 TB."""
    put_1000_usd: float = 0.005
    """S3 PUT requests."""


def model(assumed: Assumed, found: Measured) -> dict[str, float]:
    """The load, the machines, the state, the files and the cost of a month of 30 days."""
    load = _load(assumed, found)
    lookups = lookup_cores(assumed, found)
    cores = load["cpu_s_an_article"] * load["articles_a_s_peak"] / assumed.core_load + lookups
    cores += load["committer_cores"]
    kept = assumed.articles_a_day * assumed.days_kept
    stored_gb = kept * assumed.text_chars * assumed.parquet_share / 1e9
    commits = DAY_S / assumed.flush_s * TABLES
    return {
        **load,
        "lookup_cores": lookups,
        "cores": cores,
        **_state(assumed, found, load),
        "commits_a_day": commits,
        "files_a_day_before_upkeep": commits,
        "files_after_upkeep": assumed.days_kept
        * (TABLES - 1 + ceil(stored_gb / assumed.days_kept / FILE_GB)),
        "stored_gb": stored_gb,
        "machines_usd_a_month": cores * 24 * 30 * assumed.vcpu_hour_usd,
        "storage_usd_a_month": stored_gb * assumed.gb_month_usd,
        "puts_usd_a_month": commits * 2 * 30 / 1000 * assumed.put_1000_usd,
    }


def cpu_s_an_article(assumed: Assumed, found: Measured, polls_an_article: float) -> float:
    """CPU seconds of an article through all stages, with its share of the polls."""
    tag = found.tag_s * assumed.text_chars / found.tag_chars
    write = found.write_s * assumed.text_chars / found.article_chars
    own = found.fetch_s + found.clean_s + tag + write + found.parse_s + 2 * found.shuffle_s
    return own + polls_an_article * found.fetch_s


def lookup_cores(assumed: Assumed, found: Measured) -> float:
    """Cores that look into the tables: one look a bundle and table at most, so one core a shard."""
    millions = assumed.articles_a_day * assumed.days_kept / 1e6
    look_s = TABLES_LOOKED_INTO * found.lookup_s * millions
    polls_a_s = assumed.feeds * found.polls_a_feed / DAY_S
    return min(float(assumed.shards), look_s * polls_a_s)


def _load(assumed: Assumed, found: Measured) -> dict[str, float]:
    articles_a_s = assumed.articles_a_day / DAY_S
    polls_a_day = assumed.feeds * found.polls_a_feed
    requests_a_s = articles_a_s + polls_a_day / DAY_S
    grown = assumed.text_chars / found.article_chars
    kept = assumed.articles_a_day * assumed.days_kept
    look_s = TABLES_LOOKED_INTO * found.lookup_s * kept / 1e6
    write_s = found.write_s * grown
    return {
        "articles_a_s": articles_a_s,
        "articles_a_s_peak": articles_a_s * assumed.peak,
        "polls_a_s": polls_a_day / DAY_S,
        "hosts_in_flight": requests_a_s * assumed.answer_s,
        "hosts_in_flight_peak": requests_a_s * assumed.peak * (assumed.answer_s + assumed.pace_s),
        "cpu_s_an_article": cpu_s_an_article(assumed, found, polls_a_day / assumed.articles_a_day),
        "shuffled_bytes_an_article": found.entry_bytes + found.article_bytes * grown,
        "look_s": look_s,
        "look_gb": 2 * found.id_bytes * kept / 1e9,
        "committer_cores": min(1.0, look_s / assumed.flush_s) + articles_a_s * write_s,
    }


def _state(assumed: Assumed, found: Measured, load: dict[str, float]) -> dict[str, float]:
    an_hour = load["articles_a_s_peak"] * 3600
    poll = assumed.feeds * found.feed_state_bytes + an_hour * found.handed_bytes
    fetch = an_hour * found.fetched_bytes
    grown = assumed.text_chars / found.article_chars
    commit = load["articles_a_s_peak"] * assumed.flush_s * found.article_bytes * grown
    return {
        "state_mb": (poll + fetch + commit) / 1e6,
        "state_poll_mb_a_shard": poll / 1e6 / assumed.shards,
        "state_commit_mb": commit / 1e6,
    }


LINES = (
    ("articles a second, mean and busiest hour", "{articles_a_s:.0f}, {articles_a_s_peak:.0f}"),
    ("polls a second", "{polls_a_s:.1f}"),
    ("hosts in flight, mean and busiest hour", "{hosts_in_flight:.0f}, {hosts_in_flight_peak:.0f}"),
    ("CPU of an article, ms", "{cpu_ms:.0f}"),
    ("bytes of an article that cross a shuffle", "{shuffled_bytes_an_article:,.0f}"),
    ("a look into the tables", "{look_s:.1f} CPU s, {look_gb:.1f} GB read"),
    (
        "cores: all, of them for looks, for the committer",
        "{cores:.1f}, {lookup_cores:.1f}, {committer_cores:.1f}",
    ),
    ("state, MB", "{state_mb:.0f}"),
    ("commits a day, files of a day before upkeep at most", "{commits_a_day:,.0f}"),
    ("files after upkeep, all days", "{files_after_upkeep:,.0f}"),
    ("stored, GB", "{stored_gb:,.0f}"),
    (
        "USD a month: machines, storage, PUTs",
        "{machines_usd_a_month:,.0f}, {storage_usd_a_month:,.0f}, {puts_usd_a_month:,.0f}",
    ),
)
"""What docs/operations.md shows of the model."""

CASES = (
    Assumed(feeds=2_000, articles_a_day=50_000, shards=4),
    Assumed(feeds=20_000, articles_a_day=1_000_000, shards=8),
    Assumed(),
)


def table(cases: Sequence[Assumed]) -> str:
    """Markdown: a column for each case."""
    heads = [f"{case.feeds:,} feeds, {case.articles_a_day:,} articles a day" for case in cases]
    found = [model(case, Measured()) for case in cases]
    lines = [f"| | {' | '.join(heads)} |", "|---|" + "---:|" * len(cases)]
    for name, form in LINES:
        values = [form.format(cpu_ms=one["cpu_s_an_article"] * 1000, **one) for one in found]
        lines.append(f"| {name} | {' | '.join(values)} |")
    return "\n".join(lines)


def main() -> None:
    """Print the model as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    for name, value in Assumed()._asdict().items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true", help="the table of docs/operations.md")
    asked = vars(parser.parse_args())
    as_json, as_table = asked.pop("json"), asked.pop("markdown")
    if as_table:
        print(table(CASES))
        return
    result = model(Assumed(**asked), Measured())
    if as_json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:28} {value:14,.3f}")


if __name__ == "__main__":
    main()
