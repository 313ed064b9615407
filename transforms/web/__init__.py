"""The web: what a URL is, who may be asked for it and how, and what came back.

Pure names stand here and start fast; the client, which imports aiohttp, is
`transforms.web.client.Client`. Everything that leaves for the network leaves through it: http and
https only, every address checked where the connection is made, one request at a time to a host,
robots.txt obeyed for pages, sizes and times bounded.
"""

from transforms.web.charset import decode_body
from transforms.web.exchange import Fetched, Kind, Request, Response
from transforms.web.links import Link, resolve_link, split_link
from transforms.web.outlets import registrable_domain
from transforms.web.settings import (
    AllowedHost,
    HostMapping,
    WebSettings,
    parse_allowed_host,
    parse_host_mapping,
    user_agent,
)
from transforms.web.url_key import article_id_of, url_key

__all__ = [
    "AllowedHost",
    "Fetched",
    "HostMapping",
    "Kind",
    "Link",
    "Request",
    "Response",
    "WebSettings",
    "article_id_of",
    "decode_body",
    "parse_allowed_host",
    "parse_host_mapping",
    "registrable_domain",
    "resolve_link",
    "split_link",
    "url_key",
    "user_agent",
]
