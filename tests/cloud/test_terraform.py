"""deploy/cloudrun: well formed, as the provider knows it, and what the guide and the command say."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

from pipelines.cli import app

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy/cloudrun"
PYTHON = ROOT / "build/cloud/bin/python"
TEXT = "\n".join(file.read_text("utf-8") for file in sorted(FOLDER.glob("*.tf")))


def against_schema(folder):
    if not PYTHON.exists():
        pytest.skip("the schema of the provider is not installed; `make test-cloud` brings it")
    script = Path(__file__).with_name("against_schema.py")
    done = subprocess.run(
        [PYTHON, script, folder], capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1], done.stderr


def test_terraform_finds_it_well_formed():
    terraform = shutil.which("terraform") or shutil.which("tofu")
    if terraform is None:
        pytest.skip("neither terraform nor tofu is installed")
    done = subprocess.run(
        [terraform, f"-chdir={FOLDER}", "fmt", "-check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "")


def test_every_argument_is_one_of_the_provider_s():
    found, counted = against_schema(FOLDER)
    assert found == [""]
    assert counted == f"{len(re.findall('^resource ', TEXT, re.MULTILINE))} resources\n"


def test_the_check_against_the_schema_sees_what_is_wrong(tmp_path):
    text = (FOLDER / "main.tf").read_text("utf-8")
    broken = text.replace("max_retries ", "max_tries ").replace("location  ", "place  ", 1)
    (tmp_path / "main.tf").write_text(broken.replace('google_service_account"', 'google_robot"'))
    found, _ = against_schema(tmp_path)
    said = "\n".join(found)
    for part in ("has no argument max_tries", "has no argument place", "needs location",
                 "the provider has no google_robot"):  # fmt: skip
        assert part in said


@pytest.mark.parametrize("name", ["run", "status"])
def test_the_arguments_of_a_job_are_options_of_the_command(name):
    (listed,) = re.findall(rf"^ +{name} += (\[\".*\])$", TEXT, re.MULTILINE)
    words = json.loads(re.sub(r"\b(var|local)\.\w+", '"x"', listed))
    command = get_command(app).commands[words[0]]
    known = {flag for parameter in command.params for flag in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_alert_on_silence_counts_the_line_that_a_run_ends_with():
    assert "jsonPayload.run.run_id:*" in TEXT
    assert 'name  = "COMMUNIQUE_LOG_FORMAT"' in TEXT


def test_no_role_reaches_beyond_the_bucket_and_the_jobs():
    assert sorted(re.findall(r"roles/[\w.]+", TEXT)) == [
        "roles/run.invoker",
        "roles/storage.objectUser",
    ]
    assert "google_project_iam" not in TEXT
