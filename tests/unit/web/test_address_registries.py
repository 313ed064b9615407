"""The guard against IANA's registries as they stand, and against every spelling of an address.

The lists are written here anew from the registries (iana-ipv4-special-registry, 2025-10-09;
iana-ipv6-special-registry, 2025-10-09; multicast and reserved space), not taken from the code.
"""

import itertools
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import RowError
from transforms.web.addresses import denied_range
from transforms.web.links import ascii_host, split_link

IPV4 = """
0.0.0.0/8 0.0.0.0/32 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
192.0.0.0/29 192.0.0.8/32 192.0.0.9/32 192.0.0.10/32 192.0.0.170/32 192.0.0.171/32 192.0.2.0/24
192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.88.99.2/32 192.168.0.0/16 192.175.48.0/24
198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 255.255.255.255/32
224.0.0.0/4 224.0.0.0/24 232.0.0.0/8 239.0.0.0/8
"""
IPV6 = """
::1/128 ::/128 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001::/32 2001:1::1/128 2001:1::2/128
2001:1::3/128 2001:2::/48 2001:3::/32 2001:4:112::/48 2001:10::/28 2001:20::/28 2001:30::/28
2001:db8::/32 2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10
fec0::/10 ff00::/8 ff02::/16 ::/96 4000::/3 8000::/1
"""


def members(networks):
    return st.sampled_from(networks).flatmap(
        lambda n: st.one_of(
            st.sampled_from([n[0], n[-1]]), st.integers(int(n[0]), int(n[-1])).map(type(n[0]))
        )
    )


special4 = members([IPv4Network(n) for n in IPV4.split()])
special6 = members([IPv6Network(n) for n in IPV6.split()])
any4 = st.integers(0, 2**32 - 1).map(IPv4Address)
any6 = st.integers(0, 2**128 - 1).map(IPv6Address)


@given(special4)
def test_every_registered_ipv4_range_is_denied(address):
    assert denied_range(str(address))


@given(special6)
def test_every_registered_ipv6_range_is_denied(address):
    assert denied_range(str(address))


@given(st.one_of(any4, special4, any6, special6))
def test_what_the_standard_library_does_not_call_global_is_denied_too(address):
    inner = getattr(address, "ipv4_mapped", None) or address
    wrapped = inner.version == 6 and int(inner) >> 32 == 0x64FF9B << 64
    sixtofour = inner.version == 6 and inner.sixtofour
    if not inner.is_global and not wrapped and not sixtofour:
        assert denied_range(str(address))


@given(special4, st.integers(0, 2**80 - 1), st.integers(0, 2**32 - 1))
def test_special_ipv4_is_denied_inside_every_ipv6_that_carries_it(address, low, server):
    number = int(address)
    carriers = [
        (0xFFFF << 32) + number,  # mapped (RFC 4291)
        number,  # compatible (RFC 4291)
        (0xFFFF << 48) + number,  # translated, ::ffff:0:a.b.c.d (RFC 2765)
        (0x64FF9B << 96) + number,  # NAT64 (RFC 6052)
        (0x64FF9B0001 << 80) + number,  # local NAT64 (RFC 8215)
        (0x2002 << 112) + (number << 80) + low,  # 6to4 (RFC 3056)
        (0x20010000 << 96) + (server << 64) + (number ^ 0xFFFFFFFF),  # Teredo (RFC 4380)
        (0xFE80 << 112) + (0x5EFE << 32) + number,  # ISATAP (RFC 5214)
    ]
    for carrier in carriers:
        assert denied_range(str(IPv6Address(carrier)))


def spellings(address):
    """Every way in which browsers read an IPv4 address: 1 to 4 parts, in 3 bases."""
    a, b, c, d = address.packed
    shapes = [(a, b, c, d), (a, b, c << 8 | d), (a, b << 16 | c << 8 | d), (int(address),)]
    bases = ("{}", "0{:o}", "0x{:x}", "0X{:X}", "0x000{:x}", "0000{:o}")
    for shape in shapes:
        for chosen in itertools.islice(itertools.product(bases, repeat=len(shape)), 0, None, 7):
            yield ".".join(base.format(n) for base, n in zip(chosen, shape, strict=True))


@given(st.one_of(any4, special4))
def test_every_spelling_of_an_address_is_that_address(address):
    for text in spellings(address):
        assert ascii_host(text) == str(address)
        assert split_link(f"http://{text}.:80/").host == str(address)


@given(special4, st.sampled_from(["０", "①", "𝟎"]))
def test_digits_of_other_scripts_are_the_same_digits(address, zero):
    first = {"０": 0xFF10, "①": 0x245F, "𝟎": 0x1D7CE}[zero]
    digits = {str(n): chr(first + n) for n in range(1 if zero == "①" else 0, 10)}
    text = "".join(digits.get(c, "。" if c == "." else c) for c in str(address))
    assert ascii_host(text) == str(address)


@given(any6)
def test_every_spelling_of_an_ipv6_address_is_that_address(address):
    for text in (address.exploded, address.compressed, address.exploded.upper()):
        host = split_link(f"http://[{text}]/").host
        assert ip_address(host) == address
        assert denied_range(host) == denied_range(str(address))


@pytest.mark.parametrize(
    "host",
    ["0x-1.0.0.1", "0x1_0.0.0.1", "0x+1.1", "1e3.1", "256.1", "1.2.3.4.5", "0x100000000", "08.1",
     "1.2.3.0x", "-1", "4294967296", "[::1%25lo]", "[::1%lo]", "[1.2.3.4]", "127%2e0%2e0%2e1", "a..b", "."],
)  # fmt: skip
def test_what_only_looks_like_an_address_is_refused_or_read_as_browsers_do(host):
    try:
        found = split_link(f"http://{host}/").host
    except RowError as error:
        assert error.code == "bad_url"  # noqa: PT017 - either outcome is right
    else:
        assert found in {"1.2.3.0", "-1"}
