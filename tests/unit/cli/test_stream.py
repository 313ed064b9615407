import shutil
from datetime import datetime, timezone

import pytest

from pipelines.__main__ import main
from transforms.tables import Ruler, keep_ruler


@pytest.mark.parametrize("runner", ["FnApiRunner", "DirectRunner"])
def test_a_stream_on_a_local_runner_ends_with_2_and_the_reason(runner, tmp_path, capsys):
    output = tmp_path / "news"
    assert main(["stream", "--sample", "--output", str(output), "--", f"--runner={runner}"]) == 2
    assert "is silently wrong on unbounded input" in capsys.readouterr().err
    assert not output.exists()


@pytest.mark.parametrize("command", [["run"], ["stream", "--", "--runner=PrismRunner"]])
def test_a_table_of_another_ruler_is_refused_with_2_before_an_engine_is_asked(
    command, tables, tmp_path, capsys
):
    output, feeds = tmp_path / "news", tmp_path / "feeds.txt"
    shutil.copytree(tables, output)
    feeds.write_text("https://paper.example/feed.xml\n")
    ruler = Ruler("0.1.0+00000000", "0+00000000")
    at = datetime(2026, 11, 18, tzinfo=timezone.utc)
    keep_ruler(str(output), ruler, at, accept_break=True)
    name, *beam = command
    options = ["--output", str(output), "--feeds", str(feeds), "--contact", "me@paper.example"]
    assert main([name, *options, *beam]) == 2
    said = capsys.readouterr().err
    assert str(ruler) in said
    assert "--accept-break" in said
