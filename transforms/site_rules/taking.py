"""One rule on one page: the elements that it keeps, drops and names, by beautifulsoup4."""

from typing import NamedTuple

import soupsieve
from bs4 import BeautifulSoup
from bs4.element import Tag

from transforms.site_rules.rules import SiteRule


class Taken(NamedTuple):
    """What the selectors of a rule found; "" for each that is not given or matches nothing."""

    title: str
    date: str
    left: str
    """Markup of the page without what `drop` matches; "" where it matches nothing."""
    kept: str
    """Markup of what `keep` matches in that, and of the elements around it."""


def take_apart(markup: str, rule: SiteRule) -> Taken:
    """What the rule finds in a page.

    `title` and `date` are read before `drop` takes anything, each from its first match that says
    something. `markup` is the caller's to bound: some selectors take the square of the siblings.
    """
    soup = BeautifulSoup(markup, "html.parser")
    title = _first_text(soup, rule.title, ("content",))
    date = _first_text(soup, rule.date, ("datetime", "content"))
    dropped = _matches(soup, rule.drop)
    for element in dropped:
        element.extract()  # not `decompose`: an element inside of a dropped one comes later
    left = soup.decode() if dropped else ""
    kept = _matches(soup, rule.keep)
    if kept:
        _prune(soup, kept)
    return Taken(title, date, left, soup.decode() if kept else "")


def _matches(soup: BeautifulSoup, selector: str | None) -> list[Tag]:
    return soupsieve.select(selector, soup) if selector else []


def _first_text(soup: BeautifulSoup, selector: str | None, attributes: tuple[str, ...]) -> str:
    """An attribute of the first match that has one or text, else its text."""
    for element in _matches(soup, selector):
        stated = [str(element.get(name) or "") for name in attributes]
        for text in (*stated, element.get_text(" ")):
            if text.strip():
                return text.strip()
    return ""


def _prune(soup: BeautifulSoup, kept: list[Tag]) -> None:
    """Takes off all but the kept elements and those around them: a cell needs its row.

    A line break goes before each: two matches are never one paragraph.
    """
    chosen = {id(element) for element in kept}
    outermost = [e for e in kept if not any(id(parent) in chosen for parent in e.parents)]
    around = {id(parent): parent for element in outermost for parent in element.parents}
    for parent in around.values():
        for child in list(parent.contents):
            if id(child) not in chosen and id(child) not in around:
                child.extract()
    for element in outermost:
        element.insert_before(soup.new_tag("br"))
