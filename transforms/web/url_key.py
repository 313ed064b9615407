"""The URL key: the string from which an article's identity is built."""

import re
from hashlib import blake2b
from urllib.parse import unquote

from transforms.web.links import split_link
from transforms.web.tracking import is_tracking

_SLASHES = re.compile(r"/{2,}")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_ODD = re.compile(r"[^!$&'()*+,\-./:;=@_~0-9A-Za-z%?]+|%(?![0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_AMP_SUFFIX = re.compile(r"(?<=[^/])(?:/amp(?:\.html?)?\Z|\.amp(?=(?:\.html?)?\Z))")
_AMP_PREFIX = re.compile(r"\A/amp(?=/[^/])")
_AMP_CACHE_PATH = re.compile(r"/[a-z]{1,2}/(?:s/)?([a-z0-9.-]+\.[a-z]{2,}(?:/.*)?)\Z")
_AMP_VIEWER_PATH = re.compile(r"/amp/(?:s/)?([a-z0-9.-]+\.[a-z]{2,}(?:/.*)?)\Z")
_AMP_NAMES = frozenset({"amp", "amp_js_v", "amp_gsa", "usqp", "outputtype", "_amp", "isamp"})
_GOOGLE = re.compile(r"(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?\Z")


def article_id_of(url: str) -> str:
    """32 hex digits: BLAKE2b-128 (RFC 7693) of the URL key. Raises: RowError("bad_url")."""
    return blake2b(url_key(url).encode(), digest_size=16).hexdigest()


def url_key(url: str) -> str:
    """The string that identity is built from: equal for the spellings of one article's URL.

    Folded away: http or https (the key always says `https`), `www.`, `amp.` and the other AMP
    variants (`/amp` at either end of the path, `.amp.html`, `amp=1`, `outputType=amp`, the AMP
    caches of Google), the fragment unless it is a `#!` route, default port, dot segments,
    repeated and trailing slashes, `&amp;`, session and tracking parameters (see `tracking`).
    Percent-encoding follows RFC 3986, section 6.2.2: capital hex, unreserved characters decoded.
    Query parameters are sorted by name: their order means nothing to servers that read them by
    name, and CDNs, share buttons and AMP viewers change it (courlan sorts too). Equal names keep
    their order, parameters without a value stay (`story.php?12345` is a story).
    A parameter that is not known to track stays: two stories in one key are lost for good, one
    story under two keys is found by its canonical URL.

    `url_key(url_key(url)) == url_key(url)`, unless percent-encoding made the key longer than a URL
    may be. Raises: RowError("bad_url").
    """
    link = split_link(url)
    host, path, query = link.host, link.path, link.query
    inner = _inside_amp_cache(host, path)
    if inner is not None:
        return url_key(f"https://{inner}?{query}")
    port = "" if link.port in {80, 443} else f":{link.port}"
    key = f"https://{_folded_host(host)}{port}{_folded_path(path)}"
    query = _folded_query(query) if query else ""
    if query:
        key += f"?{query}"
    if link.fragment.startswith("!"):
        key += f"#{_recoded(link.fragment.replace('#', '%23')).rstrip('/')}"
    return key


def _inside_amp_cache(host: str, path: str) -> str | None:
    """Host and path of the page that an AMP cache URL shows; None for any other URL.

    Source: https://amp.dev, "AMP cache URL format"; google.com/amp is its viewer.
    """
    if host.endswith(".cdn.ampproject.org"):
        match = _AMP_CACHE_PATH.match(path)
    elif path.startswith("/amp/") and _GOOGLE.match(host):
        match = _AMP_VIEWER_PATH.match(path)
    else:
        return None
    return match[1] if match else None


def _folded_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    while True:
        label, _, rest = host.partition(".")
        if label not in {"www", "amp"} or "." not in rest or rest.replace(".", "").isdecimal():
            return host
        host = rest


def _folded_path(path: str) -> str:
    if "%" in path or _ODD.search(path):
        path = _recoded(path)
    if ";" in path:
        path = _SESSION.sub("", path)
    if "//" in path:
        path = _SLASHES.sub("/", path)
    if "/." in path:
        path = _without_dots(path)
    path = path.rstrip("/")
    if "amp" in path:
        page = _AMP_SUFFIX.sub("", _AMP_PREFIX.sub("", path))
        # Once more from the top, so that the key of a key is the key.
        return path if page == path else _folded_path(page)
    return path


def _without_dots(path: str) -> str:
    """RFC 3986, section 5.2.4."""
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept)


def _folded_query(query: str) -> str:
    if "&amp;" in query:
        query = query.replace("&amp;", "&")
    kept = []
    for pair in query.split("&"):
        if not pair:
            continue
        name, equals, value = pair.partition("=")
        lowered = unquote(name).lower() if "%" in name else name.lower()
        if is_tracking(lowered, value) or _is_amp(lowered, value):
            continue
        name = _recoded(name.replace("+", "%20"))
        kept.append((name, f"{name}{equals}{_recoded(value.replace('+', '%20'))}"))
    kept.sort(key=lambda item: item[0])
    return "&".join(pair for _, pair in kept)


def _is_amp(name: str, value: str) -> bool:
    if name not in _AMP_NAMES:
        return False
    return name != "outputtype" or value.lower().startswith("amp")


def _recoded(text: str) -> str:
    """Percent-encoding in its normal form; stray percent signs and odd characters encoded."""
    if _ODD.search(text):
        text = _ODD.sub(_encoded, text)
    return _ESCAPE.sub(_normal_escape, text) if "%" in text else text


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def _normal_escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()
