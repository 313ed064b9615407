"""Run statements, with `;` between them, on Spark with Delta Lake; print the rows of the queries.

build/spark/bin/python ask_spark.py FOLDER_OF_JARS < statements
"""

import json
import sys
from pathlib import Path

from pyspark.sql import SparkSession


def main(jars):
    builder = SparkSession.builder.master("local[1]")
    for name, value in {
        "spark.jars": ",".join(map(str, sorted(Path(jars).glob("*.jar")))),
        "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.databricks.delta.snapshotPartitions": "1",
        "spark.sql.shuffle.partitions": "1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    for statement in sys.stdin.read().split(";"):
        if statement.strip():
            rows = spark.sql(statement).collect()
            print(json.dumps([list(row) for row in rows], default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
