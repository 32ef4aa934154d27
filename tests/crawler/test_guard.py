"""The guard: only public addresses of web servers, in whatever disguise the others come."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import Refused, SiteError, Unreachable
from crawler.guard import Guard, is_public

PRIVATE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "192.88.99.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1",
    "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::10.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "nonsense", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_out_on_the_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "118.70.80.1", "2606:4700:4700::1111", "64:ff9b::101:101", "::ffff:8.8.8.8"]
)
def test_what_is_out_there_is(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_no_form_of_ipv6_hides_an_address(address: IPv4Address) -> None:
    number = int(address)
    high, low = number >> 16, number & 0xFFFF
    for form in (f"::ffff:{address}", f"64:ff9b::{high:x}:{low:x}", f"2002:{high:x}:{low:x}::1"):
        assert is_public(form) == is_public(str(address))


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.1", "2130706433", "0x7f.1", "017700000001", "[::1]", "0"]
)
def test_loopback_is_refused_by_any_name(host: str) -> None:
    with pytest.raises((Refused, Unreachable)):
        Guard().endpoints(host, 80)


def test_a_host_with_one_private_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in ("1.1.1.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: both)
    with pytest.raises(Refused, match=r"10\.0\.0\.1"):
        Guard().endpoints("rebinding.example", 80)


def test_what_was_looked_up_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers otherwise the second time is not asked a second time."""
    answers = iter([[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", 80))]])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: next(answers))
    assert Guard().endpoints("rebinding.example", 80) == [("1.1.1.1", 80)]


@pytest.mark.parametrize("port", [22, 25, 445, 1])
def test_ports_of_other_services_are_refused(port: int) -> None:
    with pytest.raises(Refused):
        Guard().check(f"http://suoimo.example:{port}/")


def test_a_host_of_the_settings_is_where_they_say() -> None:
    guard = Guard({"SuoiMo.example": "127.0.0.1:8080"})
    assert guard.endpoints("suoimo.example", 80) == [("127.0.0.1", 8080)]
    assert guard.maps("suoimo.example")
    assert not guard.maps("b.example")


@pytest.mark.parametrize("place", ["127.0.0.1", "localhost:80", "127.0.0.1:x", ""])
def test_a_wrong_entry_of_hosts_is_told(place: str) -> None:
    with pytest.raises(SiteError, match="address:port"):
        Guard({"a.example": place})
