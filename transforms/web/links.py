"""Links: from what a feed or a Location header says to the parts of a URL that may be fetched."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urljoin

from schemas.errors import RowError

MAX_URL_CHARS = 4096
"""Longer links are refused; half of what common servers accept for a request line (8,190)."""

DEFAULT_PORTS = {"http": 80, "https": 443}

_DIRT = "".join(map(chr, range(0x21))) + "\x7f\xa0\u200b\ufeff"
_INNER_DIRT = re.compile(r"[\x00-\x1f\x7f]+")
_URL = re.compile(r"(?i:(https?))://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?\Z", re.DOTALL)
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]*)(?::([0-9]{0,5}))?\Z")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")
_ENDS_IN_NUMBER = re.compile(r"(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)\Z")
_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)\Z")
_UNSAFE = re.compile(r"[^!#$%&'()*+,\-./:;=?@_~\[\]0-9A-Za-z]+")
_SPACES = re.compile(r"[ \"<>\\^`{|}\ud800-\udfff]")


class Link(NamedTuple):
    """The parts of an absolute http or https URL."""

    scheme: str
    host: str
    """Lower-case ASCII without trailing dot; IDN as punycode; IPv6 without brackets."""
    port: int
    path: str
    """As it was written; empty or starting with a slash."""
    query: str
    fragment: str

    @property
    def authority(self) -> str:
        """Host as a URL writes it, with the port if it is not the default one of the scheme."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority: what one robots.txt speaks for (RFC 9309, section 2.3)."""
        return f"{self.scheme}://{self.authority}"

    @property
    def target(self) -> str:
        """Path and query in ASCII, as they are sent (RFC 9112, section 3.2.1)."""
        path = f"{self.path or '/'}?{self.query}" if self.query else self.path or "/"
        return path if _UNSAFE.search(path) is None else _UNSAFE.sub(_quoted, path)


def split_link(url: str) -> Link:
    """The parts of an absolute URL, its host in one spelling.

    Dirt is treated as browsers do (WHATWG URL, section 4.4): white space and control characters
    around it are cut, tabs and line ends inside it dropped.
    Raises: RowError("bad_url") for any other scheme, userinfo, a backslash in the authority,
    a bad host or port, or more than 4,096 characters.
    """
    if len(url) > MAX_URL_CHARS:
        raise RowError(
            "bad_url", f"the URL has {len(url)} characters; the limit is {MAX_URL_CHARS}"
        )
    url = _INNER_DIRT.sub("", url.strip(_DIRT))
    match = _URL.match(url)
    if match is None:
        raise RowError("bad_url", f"{url[:200]!r} is not an absolute http or https URL")
    scheme, authority, path, query, fragment = match.groups()
    scheme = scheme.lower()
    if "@" in authority or "\\" in authority:
        raise RowError("bad_url", f"{url[:200]!r} has user information or a backslash in its host")
    parts = _AUTHORITY.match(authority)
    if parts is None:
        raise RowError("bad_url", f"{authority[:200]!r} is not a host, or a host and a port")
    port = int(parts[2]) if parts[2] else DEFAULT_PORTS[scheme]
    if not 0 < port < 65536:
        raise RowError("bad_url", f"{url[:200]!r} has port {port}; ports are 1 to 65535")
    return Link(scheme, ascii_host(parts[1]), port, path, query or "", fragment or "")


def resolve_link(base: str, link: str) -> str:
    """The absolute URL that `link`, found in the document at `base`, stands for.

    Relative and protocol-relative links are resolved (RFC 3986, section 5); dirt is removed as
    in `split_link`, spaces and the characters that no URL may hold are percent-encoded, letters
    of other scripts are kept. Scheme and host come out in lower case, the fragment stays.
    Raises: RowError("bad_url") if there is no link, or what comes out may not be fetched.
    """
    cleaned = _INNER_DIRT.sub("", link.strip(_DIRT))
    if not cleaned:
        raise RowError("bad_url", "the link is empty")
    if len(cleaned) > MAX_URL_CHARS:
        raise RowError(
            "bad_url", f"the link has {len(cleaned)} characters; the limit is {MAX_URL_CHARS}"
        )
    try:
        absolute = urljoin(base, cleaned)
    except ValueError as error:
        raise RowError("bad_url", f"{cleaned[:200]!r} is not a URL: {error}") from None
    parts = split_link(absolute)
    url = f"{parts.origin}{parts.path or '/'}"
    if parts.query:
        url += f"?{parts.query}"
    if parts.fragment:
        url += f"#{parts.fragment}"
    url = _SPACES.sub(_quoted, url)
    if len(url) > MAX_URL_CHARS:
        raise RowError("bad_url", f"the URL grows to {len(url)} characters; {MAX_URL_CHARS} may be")
    return url


@lru_cache(maxsize=4096)
def ascii_host(host: str) -> str:
    """One spelling of a host: lower-case ASCII, no trailing dot, addresses in canonical form.

    A host whose last label is a number is an IPv4 address in any of the spellings that browsers
    read (decimal, octal, hex, fewer than four parts: WHATWG URL, section 3.5), so that
    `http://2130706433/` is seen for the loopback address it is.
    Raises: RowError("bad_url").
    """
    name = host.lower()
    if name.startswith("["):
        return _ipv6(name[1:-1])
    if "%" in name:
        raise RowError("bad_url", f"the host {host[:200]!r} is percent-encoded; write it plainly")
    if not name.isascii():
        name = _punycode(name)
    name = name.removesuffix(".")
    if _ENDS_IN_NUMBER.search(name):
        return _ipv4(name)
    if _HOST.match(name) is None:
        raise RowError("bad_url", f"{host[:200]!r} is not a host name")
    return name


def _ipv6(text: str) -> str:
    from ipaddress import IPv6Address  # noqa: PLC0415  rare, and not free at start-up

    try:
        return str(IPv6Address(text))
    except ValueError:
        raise RowError("bad_url", f"[{text[:200]}] is not an IPv6 address") from None


def _ipv4(name: str) -> str:
    """Dotted form of the WHATWG IPv4 spellings; RowError("bad_url") for anything else."""
    try:
        numbers = [_number(part) for part in name.split(".")]
    except ValueError:
        numbers = []
    *front, last = numbers or [-1]
    room = 256 ** (4 - len(front)) if len(front) < 4 else 0
    if any(n > 255 for n in front) or not 0 <= last < room:
        raise RowError("bad_url", f"{name[:200]!r} is not an IPv4 address")
    value = sum(n << 8 * (3 - i) for i, n in enumerate(front)) + last
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _number(part: str) -> int:
    if _NUMBER.match(part) is None:  # Python alone would take 0x-1 and 0x1_0
        raise ValueError(part)
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if part.startswith("0") and len(part) > 1 else int(part)


def _punycode(name: str) -> str:
    import idna  # noqa: PLC0415  only hosts in other scripts pay for its tables

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except UnicodeError as error:  # idna.IDNAError is one
        raise RowError("bad_url", f"{name[:200]!r} is not a host name: {error}") from None


def _quoted(match: re.Match[str]) -> str:
    # A lone surrogate has no UTF-8 form; "replace" makes it a question mark, which would start a
    # query, so it is encoded as well.
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
