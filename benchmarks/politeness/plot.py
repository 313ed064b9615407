"""The picture of docs/polling.md: delay of the entries, requests of the hosts. SVG by hand."""

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT = 760, 300
LEFT, TOP, WIDE, HIGH = 60, 46, 290, 190
SECOND = 440
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#57606a}.t{font-weight:600;fill:#24292f}"
    ".g{stroke:#d0d7de;stroke-width:1}.l{fill:none;stroke-width:2}"
    ".us{stroke:#0969da}.all{stroke:#bc4c00}.kus{fill:#0969da}.kall{fill:#bc4c00}"
    "@media(prefers-color-scheme:dark){text{fill:#8b949e}.t{fill:#e6edf3}.g{stroke:#30363d}"
    ".us{stroke:#58a6ff}.all{stroke:#f0883e}.kus{fill:#58a6ff}.kall{fill:#f0883e}}"
)


def shares(values: Sequence[float], points: int = 200) -> list[tuple[float, float]]:
    """(value, share of the values that are at most that), at equal steps of the share."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return [(ordered[round(last * k / points)], k / points) for k in range(points + 1)]


def picture(delays: dict[str, Sequence[float]], requests: dict[str, Sequence[float]]) -> str:
    """SVG of two panels with one line for each name; the first name is ours.

    `delays` in seconds (0 to 90 minutes are drawn), `requests` a day of each host (0 to 1,500).
    """
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        "<title>Delay from publication to poll, and requests per host and day</title>",
        f"<style>{_STYLE}</style>",
        *_panel(LEFT, "Entries read within so many minutes", [0, 15, 30, 45, 60, 75, 90]),
        *_panel(
            SECOND, "Hosts with at most so many requests a day", [0, 300, 600, 900, 1200, 1500]
        ),
    ]
    for number, name in enumerate(delays):
        kind = "us" if number == 0 else "all"
        parts.append(_line(LEFT, shares([d / 60 for d in delays[name]]), 90, kind))
        parts.append(_line(SECOND, shares(requests[name]), 1500, kind))
        x = LEFT + 250 * number
        parts.append(f'<rect class="k{kind}" x="{x}" y="274" width="14" height="4"/>')
        parts.append(f'<text x="{x + 20}" y="281">{escape(name)}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _panel(x: int, title: str, ticks: Sequence[int]) -> list[str]:
    parts = [f'<text class="t" x="{x}" y="{TOP - 20}">{title}</text>']
    for share in (0, 25, 50, 75, 100):
        y = TOP + HIGH * (1 - share / 100)
        parts.append(f'<path class="g" d="M{x} {y:.1f}h{WIDE}"/>')
        parts.append(f'<text x="{x - 8}" y="{y + 4:.1f}" text-anchor="end">{share} %</text>')
    for tick in ticks:
        at = x + WIDE * tick / ticks[-1]
        parts.append(f'<text x="{at:.1f}" y="{TOP + HIGH + 18}" text-anchor="middle">{tick}</text>')
    return parts


def _line(x: int, points: Sequence[tuple[float, float]], most: float, kind: str) -> str:
    drawn = [(x + WIDE * v / most, TOP + HIGH * (1 - s)) for v, s in points if v <= most]
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in drawn)
    return f'<polyline class="l {kind}" points="{path}"/>'
