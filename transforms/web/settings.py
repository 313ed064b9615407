"""Settings of the client, and the three things a user writes: contact, mapping, allowed host."""

import math
import re
from dataclasses import dataclass, fields
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import NamedTuple

from schemas.errors import RowError
from transforms.web.addresses import unwrapped
from transforms.web.links import ascii_host

PRODUCT_TOKEN = "communique"  # noqa: S105  a name, not a secret
"""The name that robots.txt files may address (RFC 9309, section 2.2.1)."""

_EMAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+\Z")
_HOMEPAGE = re.compile(r"https?://[^\s()]+\.[^\s()]+\Z")
_HEADER_VALUE = re.compile(r"[\x20-\x7e]+\Z")
_AT_LEAST_ONE = ("max_page_bytes", "max_feed_bytes", "max_header_bytes", "tries", "max_in_flight")


class HostMapping(NamedTuple):
    """Connections to `host` at `port` go to `address` at `to_port`; the name stays what it is."""

    host: str
    port: int
    address: str
    to_port: int


class AllowedHost(NamedTuple):
    """One entry of the allow list: a name or a network, at one port."""

    port: int
    host: str | None = None
    network: IPv4Network | IPv6Network | None = None


@dataclass(frozen=True)
class WebSettings:
    """All that a client needs to know; picklable. Sizes are in bytes after decoding, times in s.

    Limits come from a set of 160 hostile servers and from the peers that met them in the field
    (Mastodon: total read deadline; Scrapy CVE-2024-3572: caps on decoded size).
    Raises: ValueError for a value that makes no sense.
    """

    user_agent: str
    pace_s: float = 1.0
    """Least time between two requests to a host; a larger Crawl-delay wins, up to 30 s."""
    quiet_s: float = 0.0
    """How long every host is left alone before this client's first request to it."""
    resolve: tuple[HostMapping, ...] = ()
    allow: tuple[AllowedHost, ...] = ()
    connect_timeout_s: float = 5.0
    """Name resolution, TCP and TLS together."""
    idle_timeout_s: float = 8.0
    """Longest silence while an answer is awaited or read."""
    total_timeout_s: float = 20.0
    """One try of one URL, with its redirects; waiting for a host's turn does not count."""
    max_page_bytes: int = 10_000_000
    max_feed_bytes: int = 50_000_000
    max_header_bytes: int = 64_000
    max_redirects: int = 5
    tries: int = 3
    """Requests for one hop, the first one included."""
    backoff_s: float = 1.0
    """First pause between two tries; it doubles, with 50 to 100 % of it taken at random."""
    max_in_flight: int = 64
    """Requests in the air at once, and answers that wait to be taken from one `fetch`."""

    def __post_init__(self) -> None:
        """Check every value; a message names the setting, the value and the rule."""
        if not _HEADER_VALUE.match(self.user_agent.strip()):
            raise ValueError(
                f"user_agent is {self.user_agent!r}; it must be printable ASCII, for example "
                "what user_agent(contact, version) returns"
            )
        for field in fields(self):
            if field.type not in {int, float}:
                continue
            value = getattr(self, field.name)
            if not math.isfinite(value) or value < 0:
                raise ValueError(f"{field.name} is {value}; it must be a number, 0 or more")
            if value < 1 and field.name in _AT_LEAST_ONE:
                raise ValueError(f"{field.name} is {value}; it must be at least 1")
            if value == 0 and field.name.endswith("_timeout_s"):
                raise ValueError(f"{field.name} is 0; without a limit one dead server stops a run")


def user_agent(contact: str, version: str) -> str:
    """An honest user agent: `Communique/0.1.0 (+https://desk.example/bot)`.

    `contact` is where a site's owner can complain. Raises: ValueError unless it is an e-mail
    address or an http(s) URL in printable ASCII.
    """
    contact = contact.strip()
    if not _HEADER_VALUE.match(contact) or not (_EMAIL.match(contact) or _HOMEPAGE.match(contact)):
        raise ValueError(
            f"the contact is {contact!r}; sites must be able to reach you: "
            "write an e-mail address or a URL, such as desk@example.org or https://example.org/bot"
        )
    return f"Communique/{version} (+{contact if '://' in contact else f'mailto:{contact}'})"


def parse_host_mapping(text: str) -> HostMapping:
    """`HOST:PORT:ADDRESS[:PORT]`, after curl's --resolve; an IPv6 address stands in brackets.

    Without the last port connections keep the first. Raises: ValueError.
    """
    how = "write HOST:PORT:ADDRESS[:PORT], such as news.example:80:127.0.0.1:8765"
    match = re.match(
        r"([^:\[\]/]+):(\d{1,5}):(\[[^\]]+\]|[^:\[\]]+)(?::(\d{1,5}))?\Z", text.strip()
    )
    if match is None:
        raise ValueError(f"the mapping {text!r} is not of the form HOST:PORT:ADDRESS; {how}")
    host = _name(match[1], text, how)
    if _is_address(host):
        raise ValueError(f"the mapping {text!r} maps an address; map a name: {how}")
    address = match[3].strip("[]")
    if not _is_address(address):
        raise ValueError(f"in the mapping {text!r}, {address!r} is not an IP address; {how}")
    port = _port(match[2], text, how)
    to_port = _port(match[4], text, how) if match[4] else port
    return HostMapping(host, port, str(ip_address(address)), to_port)


def parse_allowed_host(text: str) -> AllowedHost:
    """`HOST:PORT`, `ADDRESS:PORT` or `CIDR:PORT`; IPv6 in brackets: `[fd00::/8]:8765`.

    A name allows whatever address it resolves to, at that port of the URL; an address or network
    allows connections to it at that port. Raises: ValueError.
    """
    how = "write HOST:PORT, ADDRESS:PORT or CIDR:PORT, such as 127.0.0.1:8765 or [::1]:8765"
    match = re.match(r"(\[[^\]]+\]|[^:\[\]]+):(\d{1,5})\Z", text.strip())
    if match is None:
        raise ValueError(f"the allowed host {text!r} has no port, or not one only; {how}")
    host, port = match[1].strip("[]"), _port(match[2], text, how)
    if "/" in host or _is_address(host):
        try:
            network = ip_network(host)
        except ValueError as error:
            raise ValueError(
                f"the allowed host {text!r} is not a network: {error}; {how}"
            ) from None
        if network.prefixlen == network.max_prefixlen:
            network = ip_network(unwrapped(network.network_address))
        return AllowedHost(port, network=network)
    return AllowedHost(port, host=_name(host, text, how))


def _name(host: str, text: str, how: str) -> str:
    try:
        return ascii_host(host)
    except RowError as error:
        raise ValueError(f"in {text!r}, {error.detail}; {how}") from None


def _port(digits: str, text: str, how: str) -> int:
    if not 0 < int(digits) < 65536:
        raise ValueError(f"in {text!r}, {digits} is not a port (1 to 65535); {how}")
    return int(digits)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
