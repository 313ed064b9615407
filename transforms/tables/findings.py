"""Findings: the problems that a check has found, counted by kind, a few of each named."""

from collections import Counter, defaultdict

_NAMED = 3


class Findings:
    """Collects problems. Memory is flat in their number."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], list[str]] = defaultdict(list)

    def add(self, table: str, problem: str, example: str, count: int = 1) -> None:
        """Notes a problem of a table, and what has it."""
        kind = (table, problem)
        self._counts[kind] += count
        if len(self._examples[kind]) < _NAMED:
            self._examples[kind].append(example)

    def lines(self) -> tuple[str, ...]:
        """One line for each kind of problem: table, problem, how many, some of them."""
        return tuple(
            f"{table}: {problem} ({count}: {', '.join(self._examples[table, problem])}"
            f"{', ...' if count > len(self._examples[table, problem]) else ''})"
            for (table, problem), count in self._counts.items()
        )
