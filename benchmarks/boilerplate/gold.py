"""The gold pages: what `docs/quality.md` calls a set, read from its folder."""

import gzip
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

FEW = 4
"""A language with fewer pages than this is not shown alone."""


class GoldPage(NamedTuple):
    """One page and what is right for it; None is what nobody has judged."""

    dataset: str
    id: str
    path: Path
    url: str | None
    text: str | None
    title: str | None
    date: str | None
    lang: str | None
    snippets: tuple[str, ...]
    furniture: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What names the page among all sets."""
        return self.dataset, self.id


def read_sets(folder: Path, only: Iterable[str] = (), limit: int | None = None) -> list[GoldPage]:
    """The pages of every set in `folder`, or of those named; the first `limit` of each.

    Raises: FileNotFoundError if there is no such folder, no set in it, or not one that was named.
    """
    found = {path.parent.name: path for path in sorted(folder.glob("*/gold.jsonl"))}
    if not found:
        raise FileNotFoundError(f"{folder} holds no set: no */gold.jsonl")
    if missing := sorted(set(only) - set(found)):
        raise FileNotFoundError(f"{folder} has no set {missing[0]}; it has {', '.join(found)}")
    return [
        _page(path.parent, json.loads(line))
        for name, path in found.items()
        if name in (set(only) or found)
        for line in path.read_text(encoding="utf-8").splitlines()[:limit]
    ]


def _page(folder: Path, row: dict[str, Any]) -> GoldPage:
    return GoldPage(
        dataset=folder.name,
        id=row["id"],
        path=folder / "pages" / f"{row['id']}.html.gz",
        url=row.get("url"),
        text=row.get("text"),
        title=row.get("title"),
        date=row.get("date"),
        lang=row.get("lang"),
        snippets=tuple(row.get("with") or ()) if row.get("text") is None else (),
        furniture=tuple(row.get("without") or ()) if row.get("text") is None else (),
    )


def read_bytes(path: Path) -> bytes:
    """The page as its server sent it."""
    return gzip.decompress(path.read_bytes())


def language_groups(pages: Iterable[GoldPage]) -> dict[str, list[GoldPage]]:
    """The pages with a body by language, most frequent first; then, by script, what is left.

    Left are the languages with fewer than four pages, and the pages whose set states none.
    """
    judged = [page for page in pages if page.text is not None]
    counts = Counter(_language(page) for page in judged)
    frequent = [name for name, count in counts.most_common() if name and count >= FEW]
    groups: dict[str, list[GoldPage]] = {name: [] for name in frequent}
    for page in judged:
        name = _language(page)
        if name not in frequent:
            stated = "others" if name else "not stated"
            name = f"{stated}, {script_of(page.text or '')}"
        groups.setdefault(name, []).append(page)
    others = sorted(groups.keys() - set(frequent))
    return {name: groups[name] for name in (*frequent, *others)}


def _language(page: GoldPage) -> str:
    """ISO 639-1; both written forms of Norwegian are one."""
    return {"nb": "no", "nn": "no"}.get(page.lang or "", page.lang or "")


def script_of(text: str) -> str:
    """`Latin`, `Han or kana` or `other scripts`: what most of its letters are."""
    letters = (unicodedata.name(char, "").split(" ")[0] for char in text[:2000] if char.isalpha())
    names = Counter("CJK" if name in {"HIRAGANA", "KATAKANA"} else name for name in letters)
    most = names.most_common(1)[0][0] if names else ""
    return {"LATIN": "Latin", "CJK": "Han or kana"}.get(most, "other scripts")
