"""Hand the graph of `run` or `stream` to DataflowRunner, up to where it would be sent.

    build/dataflow/bin/python dry_run.py batch|stream FOLDER

Beam's own `dry_run` serialises the graph with all its functions, stages nothing, asks no cloud and
gives the state DONE. Prints that state and the number of transforms.
"""

import sys
from datetime import datetime, timezone
from pathlib import Path

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions

from pipelines import batch, stream
from pipelines.options import RunConfig
from schemas.feed import Feed
from schemas.run import Run
from transforms.live_run import live_run
from transforms.web import WebSettings

CLOUD = [
    *("--runner=DataflowRunner", "--project=a-project", "--region=europe-west1"),
    *("--temp_location=gs://a-bucket/temp", "--job_name=communique", "--dry_run=True"),
]
WHEN = datetime(2026, 11, 16, 8, 30, tzinfo=timezone.utc)


def main(kind, folder):
    config = RunConfig(
        output=str(Path(folder, "news")),
        feeds=(Feed("https://paper.example/feed.xml"),),
        web=WebSettings(user_agent="Communique/0 (+mailto:you@example.org)"),
    )
    streaming = ["--streaming"] if kind == "stream" else []
    pipeline = beam.Pipeline(options=PipelineOptions([*CLOUD, *streaming]))
    if kind == "stream":
        settings = stream.StreamConfig(config, None, shards=4, every_s=None, flush_s=60.0)
        stream.build(pipeline, settings, live_run("0"))
    else:
        batch.build(pipeline, config.feeds, config, Run("r", WHEN, "0"), lambda: False)
    state = pipeline.run().state
    proto = pipeline.to_runner_api()
    print(state, len(proto.components.transforms))


if __name__ == "__main__":
    main(*sys.argv[1:])
