"""Codes of other schemes that a taxonomy may name."""

import csv
import difflib
from collections import defaultdict
from pathlib import Path

from transforms.topics.taxonomy.model import Codes

CODES_FILE = Path(__file__).parents[1] / "data" / "codes.tsv"

SCHEMES = {
    "iptc": "IPTC Media Topics",
    "gdelt": "GDELT themes",
    "plover_event": "PLOVER events",
    "plover_mode": "PLOVER modes",
    "plover_context": "PLOVER contexts",
}
"""Schemes of the file, in the order of the fields of `Codes`, and what they are called."""


def known_codes() -> dict[str, dict[str, str]]:
    """Scheme -> code -> name; the name is "" where the code says it all."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with CODES_FILE.open(encoding="utf-8", newline="") as lines:
        facts = (line for line in lines if not line.startswith("#"))
        for row in csv.DictReader(facts, delimiter="\t"):
            found[row["scheme"]][row["code"]] = row["name"]
    return dict(found)


def unknown_codes(codes: Codes, known: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    """(code, what to do about it) for each code that its scheme does not have."""
    complaints = []
    for scheme, named in zip(SCHEMES, codes, strict=True):
        for code in named:
            if code not in known[scheme]:
                near = difflib.get_close_matches(code, known[scheme], n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"{CODES_FILE.name} lists them"
                complaints.append((code, f"{code!r} is not among the {SCHEMES[scheme]}; {hint}"))
    return complaints
