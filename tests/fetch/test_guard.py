"""No connection to anything but the public Internet, however the address is written, found or redirected to."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import Server, fetch, redirect, refusal, reply, serve

from limitedtimes.fetch.guard import is_public

LOOPBACK = [
    "127.0.0.1",
    "127.1",
    "127.255.255.254",
    "0x7f.1",
    "0x7f000001",
    "2130706433",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",
    "127.0.0.1.",
    "%31%32%37.0.0.1",
    "①②⑦.0.0.1",
    "localhost",
    "LOCALHOST",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
]
ELSEWHERE = [
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.255",
    "168.63.129.16",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[fe80::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[ff02::1]",
    "[2001:db8::1]",
    "[2001::1]",
    "[2002:a00:1::]",
    "[64:ff9b::10.0.0.1]",
    "[64:ff9b:1::1]",
    "[100::1]",
    "[::ffff:192.168.0.1]",
    "[4000::1]",
]


@pytest.fixture(scope="module")
def bait() -> Any:
    """A server that must never be reached."""
    with serve({"*": reply(b"secret")}) as server:
        yield server


@pytest.mark.parametrize("host", LOOPBACK + ELSEWHERE)
def test_a_private_address_is_never_connected_to_however_it_is_written(host: str, bait: Server) -> None:
    error = refusal(f"http://{host}:{bait.port}/", allow_hosts=frozenset())
    assert (error.reason, error.transient, error.retry_at) == ("address", False, None)
    assert bait.accepted == 0


@pytest.mark.parametrize("host", LOOPBACK + ELSEWHERE)
def test_a_redirect_to_a_private_address_is_never_followed(host: str, bait: Server) -> None:
    allowed = "press.example"
    with serve({"/": redirect(f"http://{host}:{bait.port}/")}) as server:
        resolver = only(allowed, ["127.0.0.1"])
        url = f"http://{allowed}:{server.port}/"
        error = refusal(url, allow_hosts=frozenset({allowed}), options={"resolver": resolver})
        assert server.pages_asked == ["/"]
    assert error.reason == "address"
    assert bait.accepted == 0


def test_a_dot_at_the_end_of_a_name_changes_nothing(bait: Server) -> None:
    assert refusal(f"http://localhost.:{bait.port}/", allow_hosts=frozenset()).reason in ("address", "dns")
    assert bait.accepted == 0


def only(name: str, addresses: Sequence[str]) -> Any:
    """A resolver that invents one name and asks the system for the rest."""

    def resolve(hostname: str, port: int) -> Sequence[str]:
        if hostname == name:
            return addresses
        return [str(found[4][0]) for found in socket.getaddrinfo(hostname, port, type=socket.SOCK_STREAM)]

    return resolve


@pytest.mark.parametrize("path", ["/robots.txt", "/.well-known/tdmrep.json"])
def test_what_is_looked_up_before_a_page_passes_the_same_guard(path: str, bait: Server) -> None:
    with serve({path: redirect(f"http://127.0.0.1:{bait.port}/"), "/": reply(b"page")}) as server:
        if path == "/robots.txt":
            assert refusal(server.url()).reason == "address"
        else:
            assert fetch(server.url()).body == b"page", "a reservation that cannot be read reserves nothing"
    assert bait.accepted == 0


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1", "93.184.215.14"],
        ["93.184.215.14", "127.0.0.1"],
        ["2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::1"],
        ["93.184.215.14", "10.0.0.1", "93.184.215.15"],
        ["93.184.215.14", "not an address"],
    ],
)
def test_a_mixed_answer_is_refused_whole(addresses: list[str], bait: Server) -> None:
    url = f"http://mixed.example:{bait.port}/"
    assert refusal(url, options={"resolver": only("mixed.example", addresses)}).reason == "address"
    assert bait.accepted == 0


def test_a_name_that_is_bound_anew_between_check_and_connection_gains_nothing(bait: Server) -> None:
    """The resolver says "public" to the first question and "loopback" to all others; there is no second question."""
    answers = [["93.184.215.14"]]
    asked = []

    def resolver(hostname: str, port: int) -> Sequence[str]:
        asked.append(hostname)
        return answers.pop() if answers else ["127.0.0.1"]

    with pytest.raises(AssertionError, match=r"tried to connect to 93\.184\.215\.14"):
        fetch(f"http://rebind.example:{bait.port}/", options={"resolver": resolver})
    assert asked == ["rebind.example"]
    assert bait.accepted == 0


def test_an_allowed_name_is_allowed_on_its_port_only() -> None:
    with serve({"/": reply(b"mine")}) as mine, serve({"/": reply(b"not mine")}) as other:
        allowed = frozenset({mine.host})
        assert fetch(mine.url(), allow_hosts=allowed).body == b"mine"
        assert refusal(other.url(), allow_hosts=allowed).reason == "address"
    assert other.accepted == 0


def test_an_allowed_name_says_nothing_of_the_address_behind_it() -> None:
    with serve({"/": redirect("/b"), "/b": reply(b"b")}) as server:
        assert fetch(server.url()).body == b"b"
        assert refusal(f"http://127.0.0.1:{server.port}/").reason == "address"


def test_a_family_of_addresses_that_is_out_of_order_does_not_hide_the_other() -> None:
    with serve({"/": reply(b"four")}) as server:
        resolver = only("dual.example", ["::1", "::1", "::1", "::1", "::1", "127.0.0.1"])
        url = f"http://dual.example:{server.port}/"
        assert fetch(url, allow_hosts=frozenset({"dual.example"}), options={"resolver": resolver}).body == b"four"


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    with serve({"/": reply(b"second")}) as server:
        resolver = only("two.example", ["127.0.0.2", "127.0.0.1"])
        url = f"http://two.example:{server.port}/"
        assert fetch(url, allow_hosts=frozenset({"two.example"}), options={"resolver": resolver}).body == b"second"


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_an_allowed_ipv6_address_is_reached() -> None:
    with serve({"/": reply(b"six")}, host="::1") as server:
        assert fetch(f"http://[::1]:{server.port}/", allow_hosts=frozenset({"[::1]"})).body == b"six"


@pytest.mark.parametrize(
    "address",
    ["93.184.215.14", "8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::8.8.8.8"],
)
def test_the_public_internet_is_open(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_what_is_not_global_by_the_registry_is_not_public(address: ipaddress.IPv4Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert not is_public(str(address))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_inside_ipv6(address: ipaddress.IPv4Address) -> None:
    for prefix in ("::ffff:", "64:ff9b::"):
        assert is_public(f"{prefix}{address}") == is_public(str(address))


@given(st.ip_addresses(v=6))
def test_ipv6_outside_global_unicast_is_not_public(address: ipaddress.IPv6Address) -> None:
    embedded = address.ipv4_mapped or address in ipaddress.ip_network("64:ff9b::/96")
    if not embedded and (not address.is_global or address not in ipaddress.ip_network("2000::/3")):
        assert not is_public(str(address))
