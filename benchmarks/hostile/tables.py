"""Our tables in the shape that the judge of the hostile web wants: `tables:load`."""

from pathlib import Path

from transforms.tables import open_dataset


def load(arguments):
    """(article rows, dead letters) of the output folder that `--rows` names.

    Through the log: a glob would also see files of a crashed run. A failed feed has no entry, and
    goes by the URL of the feed.
    """
    output = str(Path(arguments.rows[0]))
    articles = open_dataset(output, "articles").to_table().to_pylist()
    failures = open_dataset(output, "failures").to_table().to_pylist()
    rows = [
        {
            "url": [row["url"]],
            "text": row["text"],
            "title": row["title"],
            "published": row["published_at"],
            "fetched": row["fetched_at"],
        }
        for row in articles
    ]
    dead = [{"url": [row["url"] or row["feed_url"]], "reason": row["code"]} for row in failures]
    return rows, dead
