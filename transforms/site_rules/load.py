"""A TOML file of site rules, read and checked before anything is fetched."""

import sys
from pathlib import Path
from typing import Any, NoReturn

import soupsieve

from schemas.errors import RowError, UsageError
from transforms.site_rules.rules import NO_RULES, SiteRule, SiteRules
from transforms.web.links import ascii_host

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found,unused-ignore]

_SELECTORS = ("keep", "drop", "title", "date")
_KEYS = ("host", *_SELECTORS)
_EXAMPLE = '[[rule]] with host = "news.example" and keep = ".story-text" under it'


class SiteRulesError(UsageError, ValueError):
    """A file of site rules cannot be used: the message names file, rule, key, value and remedy."""


def load_site_rules(path: Path | None) -> SiteRules:
    """Read and check a file of `[[rule]]` tables; `docs/site-rules.md` describes it.

    No file has no rules, and so may a file. Raises: SiteRulesError.
    """
    if path is None:
        return NO_RULES
    top = _document(path)
    for key in top:
        if key != "rule":
            _fail(path, f"{key!r} is no key of the file; it holds rules alone: write {_EXAMPLE}")
    tables = top.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        _fail(path, f"`rule` has to be a list of tables; write {_EXAMPLE}")
    by_host: dict[str, SiteRule] = {}
    for number, table in enumerate(tables, 1):
        rule = _rule(f"{path}, rule {number}", table)
        if rule.host in by_host:
            first = 1 + list(by_host).index(rule.host)
            _fail(
                f"{path}, rule {number}",
                f"the host {rule.host!r} has rule {first} already; a host has one rule: "
                "put the selectors into one, separated by commas",
            )
        by_host[rule.host] = rule
    return SiteRules(by_host)


def _document(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        _fail(path, f"{error.strerror or error}; --site-rules names a TOML file")
    except UnicodeDecodeError as error:
        _fail(path, f"byte {error.start + 1} is not UTF-8, and TOML always is; save it as UTF-8")
    try:
        document: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        _fail(path, f"not valid TOML: {error}; a rule is {_EXAMPLE}")
    return document


def _rule(place: str, table: dict[str, Any]) -> SiteRule:
    for key in table:
        if key not in _KEYS:
            _fail(place, f"{key!r} is no key of a rule; it has {', '.join(_KEYS)}")
    if "host" not in table:
        _fail(place, 'it has no host; write host = "news.example"')
    selectors = {key: _selector(place, key, table[key]) for key in _SELECTORS if key in table}
    if not selectors:
        _fail(place, f"it has a host alone; give at least one of {', '.join(_SELECTORS)}")
    return SiteRule(_host(place, table["host"]), **selectors)


def _host(place: str, value: Any) -> str:
    way_out = 'a host is a name alone, such as "news.example", and stands for its subdomains too'
    if not isinstance(value, str) or not value.strip():
        _fail(place, f"host is {value!r}, which is no text; {way_out}")
    try:
        host = ascii_host(value.strip().removesuffix("."))
    except RowError:
        _fail(place, f"host is {value!r}, which is no host name; {way_out}")
    return host


def _selector(place: str, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        _fail(place, f'{key} is {value!r}, which is no CSS selector; write {key} = ".story"')
    try:
        soupsieve.compile(value)
    except (soupsieve.SelectorSyntaxError, RecursionError) as error:
        why = str(error).partition("\n")[0]
        _fail(place, f"{key} is {value!r}, which is no CSS selector: {why}; {_way_out(value)}")
    return value


def _way_out(selector: str) -> str:
    if selector.lstrip().startswith(">"):
        return "begin with the element that the others stand in"
    return 'write it as in a style sheet, such as "article > p, .story-text"'


def _fail(place: Path | str, what: str) -> NoReturn:
    raise SiteRulesError(f"{place}: {what}")
