"""The picture of a soak in docs/operations.md: memory, latency, files and state over the time.

    python -m benchmarks.streaming.plot clean.jsonl > docs/soak.svg

Reads the lines that benchmarks/streaming/soak.py printed. SVG by hand.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

WIDTH, HEIGHT = 760, 500
WIDE, HIGH = 290, 160
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#57606a}.t{font-weight:600;fill:#24292f}"
    ".g{stroke:#d0d7de;stroke-width:1}.l{fill:none;stroke-width:2}"
    ".a{stroke:#0969da}.b{stroke:#bc4c00}.ka{fill:#0969da}.kb{fill:#bc4c00}"
    "@media(prefers-color-scheme:dark){text{fill:#8b949e}.t{fill:#e6edf3}.g{stroke:#30363d}"
    ".a{stroke:#58a6ff}.b{stroke:#f0883e}.ka{fill:#58a6ff}.kb{fill:#f0883e}}"
)


class Panel(NamedTuple):
    """Two lines over the time: what they are called, and how they are read from a sample."""

    title: str
    names: tuple[str, str]
    read: tuple[Callable[[dict], float | None], Callable[[dict], float | None]]


def samples(path: Path) -> list[dict]:
    """The lines that are samples, in the order of the time."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if "s" in line and "mb" in line]


def memory(position: int) -> Callable[[dict], float | None]:
    """MB of the first stream's command (0) or engine (1)."""

    def read(sample: dict) -> float | None:
        found = sample["mb"][0] if sample["mb"] else []
        return found[position] if len(found) > position else None

    return read


def state(stage: str) -> Callable[[dict], float]:
    """kB of state of all shards of a stage."""
    return lambda sample: sum(
        sign.get("state_bytes", 0) / 1000
        for name, sign in sample["signs"].items()
        if name.startswith(stage)
    )


def field(name: str) -> Callable[[dict], float | None]:
    """A number of the sample itself."""
    return lambda sample: sample[name]


PANELS = (
    Panel("Resident memory, MB", ("command", "engine"), (memory(0), memory(1))),
    Panel(
        "Publication to commit, s (last 5 minutes)",
        ("median", "95th percentile"),
        (field("latency_s_p50"), field("latency_s_p95")),
    ),
    Panel("State by its coder, kB", ("poll", "fetch"), (state("poll"), state("fetch"))),
    Panel("Files", ("Parquet", "log"), (field("parquet_files"), field("log_files"))),
)


def picture(found: Sequence[dict]) -> str:
    """SVG of the panels, two by two. The x axis is minutes since the start."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        "<title>A stream over an hour: memory, latency, state and files</title>",
        f"<style>{_STYLE}</style>",
    ]
    minutes = max(sample["s"] for sample in found) / 60
    for number, panel in enumerate(PANELS):
        x, y = 60 + 380 * (number % 2), 40 + 250 * (number // 2)
        lines = [
            [(sample["s"] / 60, value) for sample in found if (value := read(sample)) is not None]
            for read in panel.read
        ]
        most = _round_up(max((value for line in lines for _, value in line), default=1.0))
        parts += _axes(x, y, panel, minutes, most)
        for kind, line in zip("ab", lines, strict=True):
            path = " ".join(
                f"{x + WIDE * at / minutes:.1f},{y + HIGH * (1 - value / most):.1f}"
                for at, value in line
            )
            parts.append(f'<polyline class="l {kind}" points="{path}"/>')
    return "\n".join([*parts, "</svg>", ""])


def _axes(x: int, y: int, panel: Panel, minutes: float, most: float) -> list[str]:
    parts: list[Any] = [f'<text class="t" x="{x}" y="{y - 14}">{panel.title}</text>']
    for share in (0, 0.5, 1):
        at = y + HIGH * (1 - share)
        parts.append(f'<path class="g" d="M{x} {at:.1f}h{WIDE}"/>')
        label = f"{most * share:g}"
        parts.append(f'<text x="{x - 8}" y="{at + 4:.1f}" text-anchor="end">{label}</text>')
    for tick in range(0, int(minutes) + 1, 10):
        at = x + WIDE * tick / minutes
        parts.append(f'<text x="{at:.1f}" y="{y + HIGH + 18}" text-anchor="middle">{tick}</text>')
    for number, name in enumerate(panel.names):
        at, kind = x + 130 * number, "ab"[number]
        parts.append(f'<rect class="k{kind}" x="{at}" y="{y + HIGH + 30}" width="14" height="4"/>')
        parts.append(f'<text x="{at + 20}" y="{y + HIGH + 37}">{name}</text>')
    return parts


def _round_up(value: float) -> float:
    """The next of 1, 2, 4, 5 and 10 times a power of ten."""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= value)


if __name__ == "__main__":
    sys.stdout.write(picture(samples(Path(sys.argv[1]))))
