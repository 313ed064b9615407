"""What a feed document says of how often it changes."""

import re

_PERIODS_S = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}


def refresh_after_s(ttl: str | None, period: str | None, frequency: str | None) -> float | None:
    """Seconds that a feed asks to be left alone; None if it does not say, or says nonsense."""
    minutes = _count(ttl)
    if minutes:
        return minutes * 60.0
    seconds = _PERIODS_S.get(period.strip().lower()) if period else None
    return seconds / (_count(frequency) or 1) if seconds else None


def _count(text: str | None) -> int | None:
    text = text.strip() if text else ""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None
