"""Which addresses are public. The list is written out: `ipaddress.is_global` lets some pass.

Measured with Python 3.11.7, `is_global` is True for `::`, `::127.0.0.1`, `64:ff9b::7f00:1` (NAT64),
`2002:7f00:1::` (6to4), `fec0::1`, `224.0.0.1` and `192.0.0.8`.
SOURCES: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and its successors),
IANA IPv6 Global Unicast Address Space (only 2000::/3 is in use).
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

SPECIAL_IPV4 = {
    IPv4Network("0.0.0.0/8"): "this network (RFC 791)",
    IPv4Network("10.0.0.0/8"): "private (RFC 1918)",
    IPv4Network("100.64.0.0/10"): "shared by carriers (RFC 6598)",
    IPv4Network("127.0.0.0/8"): "loopback (RFC 1122)",
    IPv4Network("169.254.0.0/16"): "link-local, cloud metadata (RFC 3927)",
    IPv4Network("172.16.0.0/12"): "private (RFC 1918)",
    IPv4Network("192.0.0.0/24"): "IETF protocol assignments (RFC 6890)",
    IPv4Network("192.0.2.0/24"): "documentation (RFC 5737)",
    IPv4Network("192.31.196.0/24"): "AS112 (RFC 7535)",
    IPv4Network("192.52.193.0/24"): "AMT (RFC 7450)",
    IPv4Network("192.88.99.0/24"): "6to4 relays (RFC 7526)",
    IPv4Network("192.168.0.0/16"): "private (RFC 1918)",
    IPv4Network("192.175.48.0/24"): "AS112 (RFC 7534)",
    IPv4Network("198.18.0.0/15"): "benchmarking (RFC 2544)",
    IPv4Network("198.51.100.0/24"): "documentation (RFC 5737)",
    IPv4Network("203.0.113.0/24"): "documentation (RFC 5737)",
    IPv4Network("224.0.0.0/4"): "multicast (RFC 5771)",
    IPv4Network("240.0.0.0/4"): "reserved, broadcast (RFC 1112)",
}

SPECIAL_IPV6 = {
    IPv6Network("2001::/23"): "IETF protocol assignments, Teredo (RFC 2928, RFC 4380)",
    IPv6Network("2001:db8::/32"): "documentation (RFC 3849)",
    IPv6Network("2620:4f:8000::/48"): "AS112 (RFC 7534)",
    IPv6Network("3fff::/20"): "documentation (RFC 9637)",
}
"""Inside 2000::/3. Everything outside it is denied as a whole: loopback, v4-compatible, local
NAT64, discard, SRv6, unique local, link-local, site-local, multicast, and what is unallocated."""

GLOBAL_UNICAST = IPv6Network("2000::/3")
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_SIXTOFOUR = IPv6Network("2002::/16")


def unwrapped(address: Address) -> Address:
    """The IPv4 address inside a v4-mapped, NAT64 (RFC 6052) or 6to4 (RFC 3056) address.

    A packet to the outer address ends at the inner one. Any other address comes back as it is.
    """
    if isinstance(address, IPv4Address):
        return address
    if address in _MAPPED or address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIXTOFOUR:
        return IPv4Address(int(address) >> 80 & 0xFFFFFFFF)
    return address


def denied_range(address: str) -> str | None:
    """Why an address is not public, such as "10.0.0.1 is private (RFC 1918)"; None if it is.

    A zone (`fe80::1%eth0`) is ignored. Raises: ValueError for what is not an address.
    """
    outer = ip_address(address.partition("%")[0])
    inner = unwrapped(outer)
    shown = str(outer) if inner is outer else f"{outer} (that is {inner})"
    if isinstance(inner, IPv4Address):
        for network, what in SPECIAL_IPV4.items():
            if inner in network:
                return f"{shown} is {what}"
        return None
    if inner not in GLOBAL_UNICAST:
        return f"{shown} is outside 2000::/3, the public IPv6 space"
    for special, what in SPECIAL_IPV6.items():
        if inner in special:
            return f"{shown} is {what}"
    return None
