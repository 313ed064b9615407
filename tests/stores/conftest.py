"""A real S3 server on loopback, from a published package (`make stores`), and its environment."""

import importlib.util
import os
import runpy
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = Path(os.environ.get("COMMUNIQUE_STORES", ROOT / "build" / "stores"), "bin", "moto_server")
SECRET = "not-to-be-seen-anywhere"


def _free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _request(method, url, headers=()):
    request = urllib.request.Request(url, method=method, headers=dict(headers))
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The server's URL; it has the bucket `news`."""
    if not SERVER.exists():
        pytest.skip(f"no S3 server here ({SERVER} is missing): make stores installs it")
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    with (tmp_path_factory.mktemp("server") / "log").open("wb") as log:
        process = subprocess.Popen(
            [SERVER, "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log
        )
        try:
            for _ in range(600):
                try:
                    _request("GET", f"{url}/moto-api/data.json")
                    break
                except (urllib.error.URLError, OSError):
                    assert process.poll() is None, "the server ended"
                    threading.Event().wait(0.1)
            signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/s3/aws4"}
            _request("PUT", f"{url}/news", signed)
            yield url
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="session")
def credentials():
    """The environment of a process that may use the server."""
    return {
        "AWS_ACCESS_KEY_ID": "key-of-the-tests",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "COMMUNIQUE_CONTACT": "test@communique.example",
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture
def proxy(server):
    spec = importlib.util.spec_from_file_location("proxy", Path(__file__).with_name("proxy.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with module.Proxy(server).served() as served:
        yield served


@pytest.fixture
def at(monkeypatch, credentials):
    """Points this process to an endpoint, as its environment would."""

    def point(url):
        for name, value in {**credentials, "AWS_ENDPOINT_URL": url}.items():
            monkeypatch.setenv(name, value)

    return point


@pytest.fixture
def output():
    """An output that no other test has."""
    return f"s3://news/{uuid.uuid4().hex[:8]}"


@pytest.fixture
def start(server, credentials):
    """Starts Python with these arguments beside this process."""

    def begin(*arguments, **environment):
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "AWS_ENDPOINT_URL": server, **credentials, **environment},
        )

    return begin


@pytest.fixture(scope="session")
def make():
    """The builders of rows that the unit tests of the tables have."""
    return SimpleNamespace(**runpy.run_path(str(ROOT / "tests/unit/tables/conftest.py")))
