"""A proxy before an object store that answers as a network on a bad day does. PORT STORE.

A program of its own: pyarrow and delta-rs hold the interpreter in some calls (reading a footer from
Cloud Storage, deleting), and then no thread beside them would answer. `PUT /_proxy` sets its rules,
a list of objects with

    do      "swallow": the store does it, and nobody hears of it; "refuse": 503, and the store does
            not do it; "delay": the store does it, the answer comes `seconds` later
    method, path    of the requests meant: a name, a regular expression (in the unquoted path)
    times   how often at most; `every`: of so many requests only the last

`GET /_proxy` says what was done by rule, and counts requests and bytes by kind.
"""

import asyncio
import collections
import re
import sys
from urllib.parse import unquote

from aiohttp import ClientSession, web
from yarl import URL

_NOT_PASSED_ON = {"connection", "expect", "keep-alive", "transfer-encoding", "date", "server"}
_BUSY = b"<Error><Code>SlowDown</Code></Error>"


class Proxy:
    """Passes requests on to the store, by the rules."""

    def __init__(self, store):
        self._store = store
        self._rules, self._done, self._met = [], [], collections.Counter()
        self._kinds = collections.defaultdict(lambda: {"requests": 0, "sent": 0, "received": 0})

    async def told(self, request):
        """New rules; what was counted is forgotten."""
        self.__init__(self._store)
        self._rules = await request.json()
        return web.Response()

    async def asked(self, request):
        """What was done, and the counts."""
        return web.json_response({"done": self._done, "kinds": self._kinds})

    def _due(self, method, path):
        """The rules that are due for this request, each counted at most once."""
        due = {}
        for number, rule in enumerate(self._rules):
            if method != rule.get("method", method) or not re.search(rule.get("path", ""), path):
                continue
            self._met[number] += 1
            every = rule.get("every", 1)
            if self._met[number] % every == 0 and self._met[number] <= rule.get("times", 1e9):
                due[rule["do"]] = rule
                break
        self._done += [f"{do} {method} {path}" for do in due]
        return due

    def _count(self, request, sent, received):
        is_list = "list-type" in request.query or request.path.endswith("/o")
        kind = self._kinds["LIST" if request.method == "GET" and is_list else request.method]
        kind["requests"] += 1
        kind["sent"] += sent
        kind["received"] += received

    async def handle(self, request):
        """Any request to the store."""
        body = await request.read()
        due = self._due(request.method, unquote(request.raw_path.partition("?")[0]))
        if "refuse" in due:
            self._count(request, len(body), len(_BUSY))
            return web.Response(status=503, body=_BUSY)
        headers = {k: v for k, v in request.headers.items() if k.lower() not in _NOT_PASSED_ON}
        url = URL(self._store + request.raw_path, encoded=True)
        asked = self.session.request(request.method, url, headers=headers, data=body)
        async with asked as answer:
            answered = await answer.read()
        self._count(request, len(body), len(answered))
        if "delay" in due:
            await asyncio.sleep(due["delay"]["seconds"])
        if "swallow" in due:
            request.transport.abort()
        kept = {k: v for k, v in answer.headers.items() if k.lower() not in _NOT_PASSED_ON}
        if "Location" in kept:  # of an upload that is continued
            kept["Location"] = kept["Location"].replace(self._store, f"http://{request.host}")
        return web.Response(status=answer.status, body=answered, headers=kept)

    async def living(self, app):
        """The session to the store, as long as the proxy lives."""
        async with ClientSession(auto_decompress=False) as self.session:
            yield


def main(port, store):
    proxy = Proxy(store)
    app = web.Application(client_max_size=1 << 30)
    app.cleanup_ctx.append(proxy.living)
    app.router.add_get("/_proxy", proxy.asked)
    app.router.add_put("/_proxy", proxy.told)
    app.router.add_route("*", "/{path:.*}", proxy.handle)
    web.run_app(app, host="127.0.0.1", port=int(port), access_log=None, print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
