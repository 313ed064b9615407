"""`communique compact`: fewer, larger files, and no leftovers."""

from datetime import datetime, timezone

from pipelines.commands.arguments import Output
from pipelines.commands.terminal import remark, working
from pipelines.options import DEFAULT_OUTPUT


def compact(output: Output = DEFAULT_OUTPUT) -> None:
    """Merge the files of each closed day, and delete files that no table names any more.

    Rows do not change, and readers do not notice: what is replaced stays for 7
    days. A run does the same when it ends, so this is for tables that many short
    runs have written.

    Examples:
        communique compact
        communique compact --output /data/news
    """
    from transforms.tables import compact as compact_tables
    from transforms.tables import open_dataset, sweep

    open_dataset(output, "articles")  # says so if there is none: a misspelt folder is no success
    now = datetime.now(timezone.utc)
    with working(f"Compacting {output}"):
        merged = compact_tables(output, now)
        swept = sweep(output, now)
    for day in merged:
        print(
            f"{day.table} {day.ingest_date}: {day.files_before} files -> {day.files_after}, "
            f"{day.rows} rows, {day.size_before / 1e6:.1f} MB -> {day.size_after / 1e6:.1f} MB"
        )
    for path in swept:
        print(f"deleted {path}")
    if not merged and not swept:
        remark("Nothing to do: every closed day is compact, and nothing is left over", "INFO")
