"""The files for users of Flink, checked without a cluster: form, pins, and versions that agree."""

import re
from pathlib import Path

import pytest
import yaml

from pipelines.engines import stream_engine

ROOT = Path(__file__).resolve().parents[1]
FLINK = ROOT / "deploy" / "flink"
COMPOSE = yaml.safe_load((FLINK / "compose.yaml").read_text())
CLUSTER = yaml.safe_load((FLINK / "kubernetes" / "cluster.yaml").read_text())
SERVICE, JOB_SERVER, STREAM = yaml.safe_load_all((FLINK / "kubernetes" / "stream.yaml").read_text())
TASK_POD = CLUSTER["spec"]["taskManager"]["podTemplate"]["spec"]


def pod(deployment):
    return deployment["spec"]["template"]["spec"]


def images():
    yield from (service["image"] for service in COMPOSE["services"].values())
    yield CLUSTER["spec"]["image"]
    for spec in (TASK_POD, pod(JOB_SERVER), pod(STREAM)):
        yield from (container["image"] for container in spec["containers"])


def versions():
    """(Flink, its series, Beam, ours), by the files that set them."""
    script = (FLINK / "flink.sh").read_text()
    flink, series = re.search(r"FLINK=(\S+) SERIES=(\S+)", script).groups()
    (beam,) = re.findall(
        r"^apache-beam==(\S+)", (ROOT / "constraints.txt").read_text(), re.MULTILINE
    )
    (ours,) = re.findall(r'^VERSION = "([\d.]+)', (ROOT / "setup.py").read_text(), re.MULTILINE)
    return flink, series, beam, ours


def test_every_image_has_the_version_that_the_project_is_tested_with():
    flink, series, beam, ours = versions()
    assert set(images()) == {
        f"flink:{flink}-java17",
        f"apache/beam_flink{series}_job_server:{beam}",
        f"communique:{ours}",
    }
    assert CLUSTER["spec"]["flinkVersion"] == f"v{series.replace('.', '_')}"


def test_the_cluster_has_what_the_operator_requires():
    assert (CLUSTER["apiVersion"], CLUSTER["kind"]) == (
        "flink.apache.org/v1beta1",
        "FlinkDeployment",
    )
    spec = CLUSTER["spec"]
    assert {"image", "flinkVersion", "serviceAccount", "jobManager", "taskManager"} <= set(spec)
    assert all(
        {"memory", "cpu"} <= set(spec[role]["resource"]) for role in ("jobManager", "taskManager")
    )
    assert "job" not in spec  # a session cluster: the job server submits


@pytest.mark.parametrize("spec", [TASK_POD, pod(JOB_SERVER), pod(STREAM)])
def test_every_mount_of_a_pod_has_its_volume_and_every_container_its_limit(spec):
    volumes = {volume["name"] for volume in spec["volumes"]}
    for container in spec["containers"]:
        assert {mount["name"] for mount in container["volumeMounts"]} <= volumes
        assert {"requests", "limits"} <= set(container["resources"])


def test_names_and_ports_of_the_parts_agree():
    ports = {port["port"] for port in SERVICE["spec"]["ports"]}
    labels = JOB_SERVER["spec"]["template"]["metadata"]["labels"]
    assert SERVICE["spec"]["selector"].items() <= labels.items()
    for deployment in (JOB_SERVER, STREAM):
        matched = deployment["spec"]["selector"]["matchLabels"]
        assert matched == deployment["spec"]["template"]["metadata"]["labels"]
    (stream,) = pod(STREAM)["containers"]
    for name, host in (("job_endpoint", 8099), ("artifact_endpoint", 8098)):
        assert f"--{name}={SERVICE['metadata']['name']}:{host}" in stream["args"]
        assert host in ports
    (server,) = pod(JOB_SERVER)["containers"]
    assert f"--flink-master={CLUSTER['metadata']['name']}-rest:8081" in server["args"]


def test_the_pool_is_where_the_workers_are_looked_for():
    port = "--service_port=50000"
    assert port in TASK_POD["containers"][0]["args"]
    pools = {name: s for name, s in COMPOSE["services"].items() if name.startswith("pool")}
    assert {s["network_mode"] for s in pools.values()} == {
        f"service:{name}" for name in COMPOSE["services"] if name.startswith("taskmanager")
    }
    assert all(port in s["command"] for s in pools.values())
    for command in (COMPOSE["services"]["stream"]["command"], pod(STREAM)["containers"][0]["args"]):
        assert "--environment_config=localhost:50000" in command


@pytest.mark.parametrize(
    "command",
    [COMPOSE["services"]["stream"]["command"], pod(STREAM)["containers"][0]["args"]],
    ids=["compose", "kubernetes"],
)
def test_the_command_is_one_that_the_program_takes(command):
    ours, _, beam = " ".join(command).partition(" -- ")
    assert stream_engine(beam.split()) == "PortableRunner"
    source = (ROOT / "pipelines" / "commands" / "stream.py").read_text()
    parameters = set(re.findall(r"^    (\w+): ", source, re.MULTILINE))
    names = {option.partition("=")[0] for option in ours.split() if option.startswith("--")}
    assert {name[2:].replace("-", "_") for name in names} <= parameters


def test_every_volume_and_dependency_of_the_compose_file_exists():
    services = COMPOSE["services"]
    for service in services.values():
        assert set(service.get("depends_on", [])) <= set(services)
        named = [v.partition(":")[0] for v in service["volumes"] if not v.startswith(".")]
        assert set(named) <= set(COMPOSE["volumes"])
    staging = [
        n for n, s in services.items() if any(v.startswith("staging:") for v in s["volumes"])
    ]
    assert set(staging) == {"jobmanager", "taskmanager-1", "taskmanager-2", "job-server"}
