"""The data dictionary, docs/data-dictionary.md, from the rows: `python -m schemas.dictionary`."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Union, get_args, get_origin

from schemas.arrow import PARTITION, ROWS, SCHEMA_VERSION, arrow_type, columns
from schemas.errors import CODES, is_retryable

_KEYS = {
    "articles": "`article_id`, `version`",
    "failures": "`article_id` (`feed_url` where a whole feed failed), `run_id`",
    "entries": "`entry_key`",
    "polls": "`feed_url`, `run_id`",
}

_TITLE = f"""\
# Data dictionary

Every table, column and failure code of schema version {SCHEMA_VERSION}. Columns are only ever
added, never renamed, narrowed or removed. This page is written by `make docs` from `schemas/` and
checked by a test: edit the code, not the page.
"""

_READING = """\
## How to read the tables

Each table is a Delta Lake table: Parquet files in folders `ingest_date=YYYY-MM-DD/`, and the log
`_delta_log/` that says which of them count. **Read it through the log**, never by a glob over
`*.parquet`: a glob also counts the files of a run that was cut short, and those that a compaction
has replaced.

```python
import duckdb
from deltalake import DeltaTable

articles = DeltaTable("build/news/articles").to_pyarrow_dataset()
print(duckdb.sql("select outlet, count(*) from articles group by outlet order by outlet"))
```

```python
import polars

print(polars.read_delta("build/news/articles").select("effective_at", "outlet", "title"))
```

- **Time**: all times are UTC. Filter by `effective_at`, which is never null; `published_at` is what
  the page or the feed says, and null if neither does. `ingest_date` is the day of the run, not
  of the news.
- **Unknown is null**, never a guess; a list without members is `[]`. The column *null* below says
  where to expect it. In the files every column is nullable: only such columns can be added later.
- **Texts that are not stored** (`--store-text`): `text_stored` says of each row whether it has its
  whole `text`, an excerpt or none. Counts, hash, tags and offsets are those of the whole text.
- **Which topics, countries, organisations**: the flat lists `topic_ids`, `country_ids` and so on
  are for filters, the structs beside them for the reasons.

```sql
select effective_at, outlet, title
from articles
where diplomatic and list_contains(country_ids, 'FRA')
order by effective_at desc;
```

- **What was left out, and why**:

```sql
select code, count(*) as items
from failures
where final
group by code
order by items desc, code;
```

## Evidence

Evidence names the words that a tag rests on: `field` (`title` or `text`), `start` and `end`.
Offsets count Unicode code points from 0, and `end` is the first one after the quote, so that in
Python `text[start:end] == quote`. Elsewhere, with `e` an element of an `evidence` list and `t` the
article:

| engine | expression |
|---|---|
| DuckDB | `substring(t.text, e.start + 1, e."end" - e.start)` |
| Spark | ``substring(t.text, CAST(e.start AS INT) + 1, CAST(e.`end` - e.start AS INT))`` |
| BigQuery | ``SUBSTR(t.text, e.start + 1, e.`end` - e.start)`` |

The one for DuckDB is tested on every row of the sample; the other two were not run, they follow
these engines' references. Java, JavaScript and C# index strings by UTF-16 units: there a character
outside the basic plane, such as an emoji, counts twice.

```sql
select t.article_id, topic.id, e.quote,
       substring(if(e.field = 'title', t.title, t.text), e.start + 1, e."end" - e.start) as words
from articles t, unnest(t.topics) as u(topic), unnest(topic.evidence) as v(e)
order by t.article_id, topic.id, e.start;
```
"""


def data_dictionary() -> str:
    """The whole page, Markdown. The same rows and codes give the same bytes."""
    tables = (_table(name, row) for name, row in ROWS.items())
    return "\n".join([_TITLE, _READING, *tables, _failure_codes()])


def _table(name: str, row: type) -> str:
    """The section of a table: its columns, the partition, and the structs inside them."""
    lines = [f"## Table `{name}`", "", _claim(row), "", f"Key: {_KEYS[name]}.", ""]
    partition = f"| `{PARTITION}` | date | no | the UTC day on which the run started; in the path |"
    lines += [*_columns(row), partition, ""]
    for struct in _structs_of(row):
        lines += [f"### `{name}`: struct {struct.__name__}", "", _claim(struct), ""]
        lines += [*_columns(struct), ""]
    return "\n".join(lines)


def _claim(row: type) -> str:
    """The docstring of a row as one paragraph."""
    return " ".join((row.__doc__ or "").split())


def _columns(row: type) -> Iterator[str]:
    yield "| column | type | null | what it holds |"
    yield "|---|---|---|---|"
    for name, hint, description in columns(row):
        null = "yes" if arrow_type(hint)[1] else "no"
        yield f"| `{name}` | {_type_name(hint)} | {null} | {description} |"


def _structs_of(row: type) -> Iterator[type]:
    """The row classes inside a row, each once, outer ones first."""
    found: dict[type, None] = {}
    todo = [row]
    while todo:
        inner = [_inner(hint) for _, hint, _ in columns(todo.pop(0))]
        new = [kind for kind in inner if hasattr(kind, "_fields") and kind not in found]
        found.update(dict.fromkeys(new))
        todo += dict.fromkeys(new)
    yield from found


def _inner(hint: Any) -> Any:
    """What is left of a type hint without `None` and `tuple[..., ...]`."""
    while get_origin(hint) is not None:
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
    return hint


def _type_name(hint: Any) -> str:
    """The Arrow type of a hint, with the name of a struct instead of its fields."""
    inner = _inner(hint)
    kind = arrow_type(inner)[0]
    name = inner.__name__ if hasattr(inner, "_fields") else str(kind).replace(", tz=", ", ")
    return f"list<{name}>" if _is_list(hint) else name


def _is_list(hint: Any) -> bool:
    """True for a tuple, and for a tuple or None."""
    optional = get_origin(hint) is Union or type(hint).__name__ == "UnionType"
    return any(get_origin(h) is tuple for h in (get_args(hint) if optional else (hint,)))


def _failure_codes() -> str:
    lines = [
        "## Failure codes",
        "",
        "What `failures.code` and `polls.code` can hold. After a retryable one a later run tries",
        "again, not before `retry_at`, until a failure says that it is `final`.",
        "",
        "| code | what happened | retryable |",
        "|---|---|---|",
    ]
    for code, (meaning, retryable) in CODES.items():
        lines.append(f"| `{code}` | {meaning} | {'yes' if retryable else 'no'} |")
    retried = [status for status in range(100, 600) if is_retryable(f"http_{status}")]
    only = f"{', '.join(_ranges(retried))} only"
    lines.append(f"| `http_NNN` | the server answered with status NNN | {only} |")
    return "\n".join([*lines, ""])


def _ranges(numbers: Iterable[int]) -> Iterator[str]:
    """Neighbours written as one: 1, 2, 3, 7 -> 1 to 3, 7."""
    for _, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield f"{run[0]} to {run[-1]}" if len(run) > 2 else ", ".join(map(str, run))


if __name__ == "__main__":
    print(data_dictionary(), end="")
