"""Print the articles of more_labels.tsv with their labels, as JSON lines.

    python benchmarks/topics/more_labels.py ../shared/data > more.jsonl

The texts stay where they are: they belong to their publishers.
"""

import csv
import json
import sys
from pathlib import Path

LABELS = Path(__file__).with_name("more_labels.tsv")


def main():
    shared = Path(sys.argv[1])
    lines = [x for x in LABELS.read_text("utf-8").splitlines() if not x.startswith("#")]
    for row in csv.DictReader(lines, delimiter="\t"):
        article = articles(shared / row["folder"])[row["id"]]
        text = article["text"][: int(row["characters"])]
        pairs = {
            key: [p.split("-") for p in row[key].split()] for key in ("dyads", "dyads_optional")
        }
        states = {key: row[key].split() for key in ("countries", "countries_optional")}
        labels = {"diplomatic": True, "topics": {}, "topics_optional": [], **states, **pairs}
        print(
            json.dumps(
                {"id": row["id"], "title": article.get("title") or "", "text": text, **labels}
            )
        )


def articles(folder):
    """The articles of a folder by id."""
    name = "docs.jsonl" if (folder / "docs.jsonl").exists() else "gold.jsonl"
    rows = map(json.loads, (folder / name).read_text("utf-8").splitlines())
    return {str(row["id"]): row for row in rows}


if __name__ == "__main__":
    main()
