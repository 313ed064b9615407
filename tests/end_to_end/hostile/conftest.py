"""A web on loopback where every case has a host of its own, and one run of the real command on it."""

import asyncio
import inspect
import json
import threading
from html import escape
from types import SimpleNamespace

import pytest

from transforms.tables import open_dataset, verify

PARAGRAPH = (
    "The foreign minister met the envoy in Geneva on Tuesday, and both said that the talks on the "
    "ceasefire had been useful, although no date was set for the next round of them. "
)


def article(name, head="", extra="", title=None):
    """A page whose text has the word MARK-<name>, and whose furniture has the word FURNITURE."""
    title = title or f"Talks on {name}"
    text = "".join(f"<p>{PARAGRAPH}Paragraph {i}, MARK-{name}.</p>" for i in range(5))
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        f"<nav><a href=/>FURNITURE</a></nav><article><h1>{title}</h1>{text}{extra}</article></body>"
    ).encode()


def reply(body=b"", status=200, *headers):
    """The bytes of an answer; it closes the connection."""
    lines = [f"HTTP/1.1 {status} X", "Connection: close", *headers]
    if not any(line.lower().startswith("content-type") for line in headers):
        lines.append("Content-Type: text/html; charset=utf-8")
    if not any(line.lower().startswith(("content-length", "transfer-enc")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def item(link, guid=None, title="Talks", extra=""):
    guid = f"<guid isPermaLink='false'>{escape(guid or link)}</guid>"
    return f"<item><title>{title}</title><link>{escape(link)}</link>{guid}{extra}</item>"


def rss(*items, head="<?xml version='1.0'?>", extra=""):
    items = "".join(items)
    return f"{head}<rss version='2.0'><channel><title>f</title>{extra}{items}</channel></rss>"


class HostileWeb:
    """Answers by host and path; counts what arrives, at the site and at an internal service."""

    def __init__(self):
        self.answers, self.seen, self.canary = {}, [], []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._tasks, self._servers = set(), []
        self.port, self.canary_port = self._listen(self._site), self._listen(self._internal)

    def _listen(self, handler):
        started = asyncio.start_server(handler, "127.0.0.1", 0, limit=1 << 20)
        server = asyncio.run_coroutine_threadsafe(started, self._loop).result(5)
        self._servers.append(server)
        return server.sockets[0].getsockname()[1]

    async def _internal(self, reader, writer):
        self.canary.append((await reader.read(4096))[:200])
        writer.write(reply(article("CANARY")))
        writer.close()

    def listen_silently(self):
        """The port of a service that takes every connection and says nothing."""
        return self._listen(self._silent)

    async def _silent(self, reader, writer):
        self._tasks.add(asyncio.current_task())
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            pass  # the test is over
        finally:
            writer.close()

    async def _site(self, reader, writer):
        self._tasks.add(asyncio.current_task())
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
            name = headers["host"].partition(".example")[0]
            seen = SimpleNamespace(name=name, path=head[0].split(" ")[1], headers=headers)
            self.seen.append(seen)
            await self._answer(seen, writer)
            await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass  # the client has had enough
        finally:
            writer.close()

    async def _answer(self, seen, writer):
        answer = self.answers.get((seen.name, seen.path), reply(b"none", 404))
        if callable(answer):
            answer = answer(*(seen, writer)[: len(inspect.signature(answer).parameters)])
            if inspect.isawaitable(answer):
                answer = await answer
        if answer is not None:
            writer.write(answer)

    def close(self):
        async def shut():
            for server in self._servers:
                server.close()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(shut(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture(scope="module")
def web():
    served = HostileWeb()
    yield served
    served.close()


@pytest.fixture(scope="module")
def run_on(web, start_communique, tmp_path_factory):
    """Runs the command once on feeds (host names) of the web; what it stored, by host."""

    def run(feeds, pages, more=()):
        folder = tmp_path_factory.mktemp("hostile")
        listed = folder / "feeds.txt"
        listed.write_text("".join(f"http://{name}.example/feed\n" for name in feeds))
        options = ["--feeds", listed, "--output", folder / "news", "--pace", "0s", "--json"]
        options += ["--poll", "all", "--allow-host", f"127.0.0.1:{web.port}", *more]
        for name in dict.fromkeys([*feeds, *pages]):
            options += ["--resolve", f"{name}.example:80:127.0.0.1:{web.port}"]
        process = start_communique("run", *options)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        return Stored(json.loads(out), str(folder / "news"))

    return run


class Stored:
    """Articles and failures of a run by the host of their link."""

    def __init__(self, account, output):
        self.account, self.output = account, output
        self.articles = open_dataset(output, "articles").to_table().to_pylist()
        self.failures = open_dataset(output, "failures").to_table().to_pylist()

    def ends(self, name):
        """`article` or the code of everything that came of a host, in order."""
        host = f"//{name}.example/"
        found = ["article" for row in self.articles if host in row["url"]]
        return found + [f["code"] for f in self.failures if host in (f["url"] or f["feed_url"])]

    def texts(self, name):
        return [row["text"] for row in self.articles if f"//{name}.example/" in row["url"]]

    def check(self):
        found = self.account
        assert found["items"] == found["articles"] + found["failures"] + found["already_committed"]
        assert verify(self.output).problems == ()
        ids = [row["article_id"] for row in self.articles]
        assert len(ids) == len(set(ids))
        assert "CANARY" not in json.dumps([self.articles, self.failures], default=str)


@pytest.fixture(scope="session")
def make():
    """What cases are made of."""
    return SimpleNamespace(reply=reply, article=article, item=item, rss=rss)
