"""Build transforms/topics/data/country_names.tsv: states in other languages than English.

    python benchmarks/topics/build_names.py

Names: Unicode CLDR, as shipped in Babel. Capitals: the cities of CLDR's time zones, where they
are capitals in `countries.tsv`. Short names, adjectives and the rest: `own_names.tsv` beside this
file (code, language, names; a name that ends with * takes any ending). `-name` there drops one.
"""

import csv
from pathlib import Path

from babel import Locale
from babel.core import get_global

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "transforms/topics/data"
LANGUAGES = (
    "fr es pt it de nl no sv pl cs tr ru uk ar fa zh ja ko id vi".split()  # noqa: SIM905
)
LATIN = frozenset("fr es pt it de nl no sv pl cs tr id vi".split())  # noqa: SIM905
SHORTEST_CITY = 5
SHORTEST_CJK = 2
OWN_ALPHA_2 = {"XKX": "XK"}
HEAD = """\
# Names of states in other languages than English: code, then one column per language (ISO 639-1),
# names separated by |; with * at the end a name takes any ending. Built by
# benchmarks/topics/build_names.py: Unicode CLDR (Babel), and short names and adjectives by hand.
"""


def read(path):
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def main():
    english = read(DATA / "countries.tsv")
    codes = sorted({row["code"] for row in english})
    capitals = {
        name: row["code"]
        for row in english
        if row["kind"] == "capital"
        for name in row["names"].split("|")
    }
    aliases = get_global("territory_aliases")
    own = {
        (row["code"], row["language"]): row["names"].split("|")
        for row in read(HERE / "own_names.tsv")
    }
    rows = []
    for code in codes:
        row = [code]
        for language in LANGUAGES:
            locale = Locale(language)
            two = OWN_ALPHA_2.get(code) or aliases.get(code, [""])[0]
            names = [locale.territories.get(two, "")]
            names += cities(locale, {c for c, owner in capitals.items() if owner == code})
            mine = own.get((code, language), [])
            drop = {name[1:] for name in mine if name.startswith("-")}
            names += [name for name in mine if not name.startswith("-")]
            kept = [n.replace("’", "'").strip() for n in names if n and n not in drop]
            row.append("|".join(dict.fromkeys(kept)))
        rows.append("\t".join(row))
    header = "\t".join(["code", *LANGUAGES])
    text = "\n".join([header, *rows])
    (DATA / "country_names.tsv").write_text(f"{HEAD}{text}\n", encoding="utf-8")


def cities(locale, capitals):
    """The capitals of one state that CLDR names in a language."""
    found = []
    for zone, names in locale.time_zones.items():
        city = zone.rpartition("/")[2].replace("_", " ")
        if city in capitals and "city" in names and len(names["city"]) >= SHORTEST_CJK:
            found.append(names["city"])
    if locale.language in LATIN:
        found += [city for city in capitals if city.isascii() and len(city) >= SHORTEST_CITY]
    return found


if __name__ == "__main__":
    main()
