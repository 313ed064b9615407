"""Real servers on loopback, from published packages (`make stores`), and their environments."""

import json
import os
import runpy
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import uuid
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("COMMUNIQUE_STORES", ROOT / "build" / "stores"), "bin")
SECRET = "not-to-be-seen-anywhere"
SIGNED = {"Authorization": "AWS4-HMAC-SHA256 Credential=k/20260101/us-east-1/s3/aws4"}


class Server(NamedTuple):
    """A store, and how an object is put there only where there is none. It has a bucket `news`."""

    scheme: str
    url: str
    if_absent: dict[str, str]


def _free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _request(method, url, headers=(), body=None):
    request = urllib.request.Request(url, body, dict(headers), method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


@contextmanager
def _running(log, alive, *command):
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
    try:
        for _ in range(600):
            try:
                _request("GET", alive)
                break
            except (urllib.error.URLError, OSError):
                assert process.poll() is None, f"the server ended: {log.read_text()}"
                threading.Event().wait(0.1)
        yield
    finally:
        process.terminate()
        process.wait(30)


def _program(name):
    if not (BIN / name).exists():
        pytest.skip(f"no such server here ({BIN / name} is missing): make stores installs it")
    return BIN / name


@contextmanager
def _s3(folder):
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    command = (_program("moto_server"), "-H", "127.0.0.1", "-p", str(port))
    with _running(folder / "log", f"{url}/moto-api/data.json", *command):
        _request("PUT", f"{url}/news", SIGNED)
        yield Server("s3", url, {**SIGNED, "If-None-Match": "*"})


@contextmanager
def _gs(folder):
    port, xml_port = _free_port(), _free_port()
    store, url = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{xml_port}"
    where = ("-scheme", "http", "-host", "127.0.0.1", "-port", str(port))
    public = ("-public-host", f"127.0.0.1:{port}", "-log-level", "warn")
    command = (_program("fake-gcs-server"), "-backend", "memory", *where, *public)
    translate = (sys.executable, Path(__file__).with_name("xml_interface.py"), str(xml_port), store)
    alive = "_internal/healthcheck"
    with (
        _running(folder / "log", f"{store}/{alive}", *command),
        _running(folder / "xml-log", f"{url}/{alive}", *translate),
    ):
        kind = {"Content-Type": "application/json"}
        _request("POST", f"{store}/storage/v1/b", kind, b'{"name": "news"}')
        yield Server("gs", url, {"x-goog-if-generation-match": "0"})


@pytest.fixture(scope="session", params=[_s3, _gs], ids=["s3", "gs"])
def server(request, tmp_path_factory):
    """Each of the stores in turn."""
    with request.param(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="session")
def environment(server):
    """The environment of a process that may use the server at this URL."""

    def of(url):
        always = {"COMMUNIQUE_CONTACT": "test@communique.example", "PYTHONPATH": str(ROOT)}
        if server.scheme == "gs":
            return {**always, "STORAGE_EMULATOR_HOST": url}
        return {
            **always,
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "key-of-the-tests",
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    return of


class Proxy(NamedTuple):
    """A proxy before the store (proxy.py), in a process of its own."""

    url: str

    def rules(self, *rules):
        """From now on these rules, and counts from zero."""
        _request("PUT", f"{self.url}/_proxy", (), json.dumps(rules).encode())

    def done(self):
        """What was done by rule: `swallow PUT /news/...`."""
        return json.loads(_request("GET", f"{self.url}/_proxy"))["done"]


@pytest.fixture(scope="session")
def _proxy(server, tmp_path_factory):
    port = _free_port()
    command = (sys.executable, Path(__file__).with_name("proxy.py"), str(port), server.url)
    served = Proxy(f"http://127.0.0.1:{port}")
    with _running(tmp_path_factory.mktemp("proxy") / "log", f"{served.url}/_proxy", *command):
        yield served


@pytest.fixture
def proxy(_proxy):
    _proxy.rules()
    yield _proxy
    _proxy.rules()


@pytest.fixture
def at(monkeypatch, environment):
    """Points this process to an endpoint, as its environment would."""

    def point(url):
        for name, value in environment(url).items():
            monkeypatch.setenv(name, value)

    return point


@pytest.fixture
def output(server):
    """An output that no other test has."""
    return f"{server.scheme}://news/{uuid.uuid4().hex[:8]}"


@pytest.fixture
def start(server, environment):
    """Starts Python with these arguments beside this process."""

    def begin(*arguments, **more):
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **environment(server.url), **more},
        )

    return begin


@pytest.fixture(scope="session")
def make():
    """The builders of rows that the unit tests of the tables have."""
    return SimpleNamespace(**runpy.run_path(str(ROOT / "tests/unit/tables/conftest.py")))
