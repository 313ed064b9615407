"""The statements that docs/warehouses.md has for Spark, on Spark."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from deltalake import DeltaTable

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / "build/spark/bin/python"

pytestmark = pytest.mark.slow


def test_spark_reads_the_tables_and_finds_each_quote_where_the_offsets_say(sample_output, tmp_path):
    if not PYTHON.exists():
        pytest.skip("Spark is not installed; `make test-spark` brings it (needs Java and Maven)")
    page = (ROOT / "docs/warehouses.md").read_text("utf-8")
    (statements,) = re.findall(r"^```spark\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    statements = re.sub("--.*", "", statements.replace("/srv/news/tables", str(sample_output)))
    done = subprocess.run(
        [PYTHON, Path(__file__).with_name("ask_spark.py"), ROOT / "build/spark/jars"],
        input=statements.replace("CREATE VIEW", "CREATE OR REPLACE TEMPORARY VIEW"),
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    _, counted, _, topics, quotes = map(json.loads, done.stdout.splitlines())
    articles = DeltaTable(str(sample_output / "articles")).to_pyarrow_table(columns=["topic_ids"])
    assert counted == [[articles.num_rows]]
    assert sum(number for _, number in topics) == sum(map(len, articles["topic_ids"].to_pylist()))
    ((pieces, right),) = quotes
    assert pieces == right > 0
