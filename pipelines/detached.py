"""A stream that outlives its command: where that is possible, and what then names it."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from pipelines.engines import value_of

_IN_THIS_PROCESS = ("[local]", "[auto]", "")
"""Values of --flink_master for a Flink that Beam starts itself (beam.runners.flink_runner 2.77)."""

_JOB_SERVER = (
    "the job server would be a process of this command and end with it; name one that stays: "
    "--job_endpoint=HOST:PORT, or for FlinkRunner write --flink_submit_uber_jar and --flink_master"
)
_LOOPBACK = (
    "the command itself would be the worker (LOOPBACK): name an --environment_type that is none"
)


def check_detached(runner: str, beam_options: Sequence[str], output: str) -> None:
    """Raises: ValueError where the job would die with the command, or lose what it writes.

    `runner` is one that `pipelines.engines.stream_engine` took, `output` a folder or a URI.
    Source: how runners of Beam 2.77 start job servers and workers (`portable_runner.py`,
    `flink_runner.py`, `prism_runner.py`).
    """
    reason = _dies_with_us(runner, beam_options)
    if reason is None and runner == "DataflowRunner" and "://" not in output:
        reason = (
            f'--output is "{output}", a folder that the workers of Dataflow do not share: '
            "name gs://bucket/path"
        )
    if reason is not None:
        raise ValueError(f"--detach is not possible: {reason}; without --detach the command stays")


def describe_job(runner: str, job_id: str, beam_options: Sequence[str]) -> Mapping[str, str]:
    """What to note of a job that was sent: its id, where it is seen, how it is ended.

    An empty id means that the engine made no job: a template, whose launcher sends it.
    """
    told = {"engine": runner, "job": job_id or "none yet: the template's launcher sends it"}
    region, project = (value_of(beam_options, name) or "" for name in ("--region", "--project"))
    if runner != "DataflowRunner":
        named = (value_of(beam_options, name) for name in ("--flink_master", "--job_endpoint"))
        return told | {"look": " ".join(filter(None, named)), "stop": "cancel it in the engine"}
    if not job_id:
        return told
    place = f"--project={project} --region={region}"
    return told | {
        "look": f"https://console.cloud.google.com/dataflow/jobs/{region}/{job_id}?"
        + urlencode({"project": project}),
        "stop": f"gcloud dataflow jobs cancel {job_id} {place}",
    }


def _dies_with_us(runner: str, options: Sequence[str]) -> str | None:
    worker = value_of(options, "--environment_type")
    local = (value_of(options, "--flink_master") or "") in _IN_THIS_PROCESS
    served = value_of(options, "--job_endpoint") not in (None, "", "embed")
    uber_jar = runner == "FlinkRunner" and "--flink_submit_uber_jar" in options and not local
    reason = None
    if runner == "PrismRunner":
        reason = "Prism and its workers are processes of this command and end with it"
    elif worker == "LOOPBACK" or (runner == "FlinkRunner" and worker is None and local):
        reason = _LOOPBACK
    elif runner != "DataflowRunner" and not served and not uber_jar:
        reason = _JOB_SERVER
    return reason
