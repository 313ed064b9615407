"""A site rule, and which of many is that of a page."""

from collections.abc import Mapping
from typing import NamedTuple

from schemas.errors import RowError
from transforms.web import split_link


class SiteRule(NamedTuple):
    """What is known of the pages of one host. Selectors are CSS; None where there is none."""

    host: str
    """ASCII, lower case; stands for its subdomains too."""
    keep: str | None = None
    drop: str | None = None
    title: str | None = None
    date: str | None = None


class SiteRules(NamedTuple):
    """The rules of a file, by host."""

    by_host: Mapping[str, SiteRule]

    def rule_for(self, url: str) -> SiteRule | None:
        """The rule with the longest host that `url` is of; None without one, and for no URL."""
        if not self.by_host:
            return None
        try:
            name = split_link(url).host
        except RowError:
            return None
        while name not in self.by_host:
            _, dot, name = name.partition(".")
            if not dot:
                return None
        return self.by_host[name]


NO_RULES = SiteRules({})
