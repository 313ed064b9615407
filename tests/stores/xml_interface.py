"""The XML interface of Cloud Storage before fake-gcs-server, which has the JSON one. PORT STORE.

delta-rs (object_store) puts and lists by XML, and the server knows neither there: a put it answers
with 400, a list without `start-after` and pages. Both are translated to JSON one to one, so that the
server itself decides, in one step, whether the generation is the one asked for. All other
requests are passed on as they are. Source: cloud.google.com/storage/docs/xml-api/reference-headers
"""

import sys
from xml.sax.saxutils import escape

from aiohttp import ClientSession, web
from yarl import URL

_HOP_BY_HOP = {"connection", "expect", "host", "keep-alive", "transfer-encoding", "date", "server"}
_JSON = ("/storage/", "/upload/", "/download/", "/batch/", "/_internal/")
_CONDITION = "x-goog-if-generation-match"
_STORE = web.AppKey("store", str)
_SESSION = web.AppKey("session", ClientSession)


async def _put(request, bucket, key):
    query = {"uploadType": "media", "name": key}
    if _CONDITION in request.headers:
        query["ifGenerationMatch"] = request.headers[_CONDITION]
    url = URL(f"{request.app[_STORE]}/upload/storage/v1/b/{bucket}/o").with_query(query)
    kind = {"Content-Type": request.headers.get("Content-Type", "application/octet-stream")}
    body = await request.read()
    async with request.app[_SESSION].post(url, headers=kind, data=body) as answer:
        if answer.status != 200:
            return web.Response(status=answer.status, body=await answer.read())
        made = await answer.json()
    generation = {"x-goog-generation": made["generation"], "ETag": f'"{made["etag"]}"'}
    return web.Response(headers=generation)


async def _list(request, bucket):
    asked, after = request.query, request.query.get("start-after", "")
    names = {
        "prefix": "prefix",
        "delimiter": "delimiter",
        "start-after": "startOffset",
        "continuation-token": "pageToken",
        "max-keys": "maxResults",
    }
    query = {json: asked[xml] for xml, json in names.items() if xml in asked}
    url = URL(f"{request.app[_STORE]}/storage/v1/b/{bucket}/o").with_query(query)
    async with request.app[_SESSION].get(url) as answer:
        if answer.status != 200:
            return web.Response(status=answer.status, body=await answer.read())
        found = await answer.json()
    items = [item for item in found.get("items", []) if item["name"] != after]
    parts = [
        f"<Contents><Key>{escape(item['name'])}</Key><Size>{item['size']}</Size>"
        f"<LastModified>{item['updated']}</LastModified><ETag>{escape(item['etag'])}</ETag>"
        f"<Generation>{item['generation']}</Generation></Contents>"
        for item in items
    ]
    parts += [
        f"<CommonPrefixes><Prefix>{escape(prefix)}</Prefix></CommonPrefixes>"
        for prefix in found.get("prefixes", [])
    ]
    if token := found.get("nextPageToken"):
        parts.append(f"<NextContinuationToken>{escape(token)}</NextContinuationToken>")
    body = f"<ListBucketResult><Name>{bucket}</Name>{''.join(parts)}</ListBucketResult>"
    return web.Response(text=body, content_type="application/xml")


async def _pass_on(request):
    headers = {k: v for k, v in request.headers.items() if k.lower() not in _HOP_BY_HOP}
    url = URL(request.app[_STORE] + request.raw_path, encoded=True)
    body = await request.read()
    asked = request.app[_SESSION].request(request.method, url, headers=headers, data=body)
    async with asked as answer:
        kept = {k: v for k, v in answer.headers.items() if k.lower() not in _HOP_BY_HOP}
        if "Location" in kept:  # of an upload that is continued
            kept["Location"] = kept["Location"].replace(
                request.app[_STORE], f"http://{request.host}"
            )
        return web.Response(status=answer.status, body=await answer.read(), headers=kept)


async def _handle(request):
    bucket, _, key = request.path.removeprefix("/").partition("/")
    if request.path.startswith(_JSON):
        return await _pass_on(request)
    if request.method == "PUT" and key:
        return await _put(request, bucket, key)
    if request.method == "GET" and not key:
        return await _list(request, bucket)
    if request.method == "POST":
        return web.Response(status=501, text="uploads in parts are not translated")
    return await _pass_on(request)


async def _session(app):
    async with ClientSession(auto_decompress=False) as app[_SESSION]:
        yield


def main(port, store):
    app = web.Application(client_max_size=1 << 30)
    app[_STORE] = store
    app.cleanup_ctx.append(_session)
    app.router.add_route("*", "/{path:.*}", _handle)
    web.run_app(app, host="127.0.0.1", port=int(port), access_log=None, print=None)


if __name__ == "__main__":
    main(*sys.argv[1:])
