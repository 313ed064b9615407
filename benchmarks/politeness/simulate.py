"""Is the reader polite, and does it lose anything? A day of many hosts, on a simulated clock.

    python -m benchmarks.politeness.simulate                  # 1,000 hosts, 5,000 feeds, 24 hours
    python -m benchmarks.politeness.simulate --hosts 40 --feeds 200 --hours 6
    python -m benchmarks.politeness.simulate --write docs/polling.svg

What is real: the policy and what it makes of an answer (`transforms.polling`), and the client with
its turns, pauses, repeats, redirects and robots.txt (`transforms.web`). What is simulated: the
clock, the sockets, and the hosts behind them, some with a Crawl-delay, a forbidden folder, times of
429 (with every form of Retry-After), outages, busy feeds (503), moved and gone ones; feeds with day
and night, bursts, short documents, `ttl`, `skipHours`, validators or none. Left out: parsing, and
the backlog of the first poll, whose pages are not fetched.

Every request is judged by the simulated host that gets it, not by the reader's own books.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.politeness.clock import SimulatedLoop, run
from benchmarks.politeness.plot import picture
from benchmarks.politeness.readers import Outcome, Reader
from benchmarks.politeness.world import build


def simulate(
    hosts: int,
    feeds: int,
    hours: float,
    every_s: float,
    *,
    seed: int = 1,
    ask_all: bool = False,
    anew: bool = False,
) -> Outcome:
    """A reader's day in a world that is the same for the same numbers."""
    world = build(seed, hosts, feeds, hours)

    async def day(loop: SimulatedLoop) -> Outcome:
        return await Reader(loop, world, ask_all=ask_all, anew=anew).run_for(hours, every_s)

    return run(day)


def report(name: str, outcome: Outcome) -> str:
    """The figures, one a line."""
    watch, delays = outcome.watch, sorted(outcome.delays_s)
    share = 100 * outcome.lost / max(1, outcome.published)
    lines = [
        f"{name}: {outcome.runs} runs, {outcome.polls} polls ({outcome.unchanged} unchanged)",
        "  requests: " + ", ".join(f"{n} {kind}" for kind, n in watch.requests.most_common()),
        "  answers: " + ", ".join(f"{n} {kind}" for kind, n in watch.answers.most_common()),
        "  violations: " + (", ".join(f"{n} {v}" for v, n in watch.violations.items()) or "none"),
        f"  most requests in flight to one host: {watch.most_in_flight}",
        f"  entries published: {outcome.published}, lost: {outcome.lost} ({share:.3f} %)",
        f"  of rolling feeds (two hours): {outcome.rolling}, lost: {outcome.lost_of_rolling}",
        f"  polls with a suspected gap: {outcome.gaps}",
    ]
    if delays:
        mean, median, late = (
            sum(delays) / len(delays),
            delays[len(delays) // 2],
            delays[int(len(delays) * 0.95)],
        )
        lines.append(
            f"  from publication to poll: mean {mean / 60:.1f} min, median {median / 60:.1f},"
            f" 95 % within {late / 60:.1f}"
        )
    return "\n".join([*lines, *(f"    {example}" for example in watch.examples[:3])])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hosts", type=int, default=1000)
    parser.add_argument("--feeds", type=int, default=5000)
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--every", type=float, default=300.0, help="seconds between two runs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--anew", action="store_true", help="a process for each run, as with cron")
    parser.add_argument("--write", type=Path, help="the SVG to write; adds a day of --poll all")
    asked = parser.parse_args(arguments)
    size = (asked.hosts, asked.feeds, asked.hours)
    started = time.process_time()
    outcomes = {"when due": simulate(*size, asked.every, seed=asked.seed, anew=asked.anew)}
    if asked.write:
        outcomes["all feeds, every 15 minutes"] = simulate(
            *size, 900.0, seed=asked.seed, ask_all=True
        )
    for name, outcome in outcomes.items():
        print(report(name, outcome))
    print(f"{time.process_time() - started:.0f} s of CPU")
    if asked.write:
        delays = {name: outcome.delays_s for name, outcome in outcomes.items()}
        hosts = {name: list(o.watch.by_host.values()) for name, o in outcomes.items()}
        asked.write.write_text(picture(delays, hosts), encoding="utf-8")


if __name__ == "__main__":
    main()
