"""Which addresses count as public, over the whole of IANA's special ranges."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.web.addresses import SPECIAL_IPV4, SPECIAL_IPV6, denied_range

PUBLIC = ["8.8.8.8", "93.184.215.14", "100.63.255.255", "172.32.0.1", "223.255.255.255",
          "2606:2800:21f:cb07::1", "2a00:1450::1", "2001:4860:4860::8888"]  # fmt: skip


def inside(networks):
    return st.sampled_from(sorted(networks)).flatmap(
        lambda n: st.integers(int(n[0]), int(n[-1])).map(type(n[0]))
    )


def wrappings(inner):
    number = int(IPv4Address(inner))
    return [
        IPv6Address((0xFFFF << 32) + number),
        IPv6Address((0x64FF9B << 96) + number),
        IPv6Address((0x2002 << 112) + (number << 80) + 1),
    ]


@given(inside(SPECIAL_IPV4))
def test_special_ipv4_is_denied_in_every_wrapping(address):
    assert denied_range(str(address))
    assert all(denied_range(str(outer)) for outer in wrappings(address))


@given(inside(SPECIAL_IPV6))
def test_special_ipv6_is_denied(address):
    assert denied_range(str(address))


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_ipv6_is_public_only_inside_the_space_in_use_or_around_public_ipv4(address):
    if denied_range(str(address)) is None:
        wraps = address.ipv4_mapped or address in {w for p in PUBLIC[:5] for w in wrappings(p)}
        assert wraps or int(address) >> 125 == 1 or int(address) >> 32 == 0x64FF9B << 64


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address):
    assert denied_range(address) is None


@pytest.mark.parametrize("inner", PUBLIC[:5])
def test_public_ipv4_passes_in_its_wrappings(inner):
    assert [denied_range(str(outer)) for outer in wrappings(inner)] == [None] * 3


@pytest.mark.parametrize(
    "address",
    ["::", "::1", "::127.0.0.1", "::8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::808:808", "2002:7f00:1::",
     "fec0::1", "fe80::1%eth0", "fd00::1", "ff02::1", "100::1", "5f00::1", "2001:0:7f00:1::",
     "224.0.0.1", "192.0.0.8", "255.255.255.255", "169.254.169.254", "0.0.0.0"],
)  # fmt: skip
def test_the_ones_that_others_let_through_are_denied(address):
    assert denied_range(address)


def test_the_reason_names_the_range_and_the_address_inside():
    assert denied_range("10.0.0.1") == "10.0.0.1 is private (RFC 1918)"
    assert "127.0.0.1" in denied_range("2002:7f00:1::")
