import pytest

from pipelines.__main__ import main


@pytest.mark.parametrize("runner", ["FnApiRunner", "DirectRunner"])
def test_a_stream_on_a_local_runner_ends_with_2_and_the_reason(runner, tmp_path, capsys):
    output = tmp_path / "news"
    assert main(["stream", "--sample", "--output", str(output), "--", f"--runner={runner}"]) == 2
    assert "is silently wrong on unbounded input" in capsys.readouterr().err
    assert not output.exists()
