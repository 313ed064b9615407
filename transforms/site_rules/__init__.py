"""Site rules: what a reader knows of one site's pages, said in CSS selectors.

`load_site_rules` reads and checks a file of them, `take_apart` applies one to a page.
`transforms.boilerplate.clean_page` does the rest, by the rules of every page.
"""

from transforms.site_rules.load import SiteRulesError, load_site_rules
from transforms.site_rules.rules import NO_RULES, SiteRule, SiteRules
from transforms.site_rules.taking import Taken, take_apart

__all__ = [
    "NO_RULES",
    "SiteRule",
    "SiteRules",
    "SiteRulesError",
    "Taken",
    "load_site_rules",
    "take_apart",
]
