"""The one place where a connection is made: resolve, check every address, connect to exactly what was checked.

Checking a name before connecting by name loses to DNS rebinding; here nothing is resolved twice.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from itertools import zip_longest
from typing import Final, TypeAlias

from limitedtimes.errors import FetchError
from limitedtimes.fetch.target import Target
from limitedtimes.wire import Deadline

Resolver: TypeAlias = Callable[[str, int], Sequence[str]]
"""Host name and port to the text of its addresses, best first. Raises OSError."""

CLOSED_V4: Final = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "168.63.129.16/32",  # public by number, yet the host agent of one large cloud
        "169.254.0.0/16",  # link-local, and the metadata services of clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved and broadcast
    )
)
"""https://www.iana.org/assignments/iana-ipv4-special-registry: what is not globally reachable."""

OPEN_V6: Final = IPv6Network("2000::/3")
CLOSED_V6: Final = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocols, Teredo among them
        "2001:db8::/32",
        "2002::/16",  # 6to4
        "3fff::/20",
    )
)
"""https://www.iana.org/assignments/iana-ipv6-special-registry: exceptions inside global unicast."""

NAT64: Final = IPv6Network("64:ff9b::/96")
MOST_ADDRESSES: Final = 4


def is_public(address: str) -> bool:
    """Whether the address, as text, belongs to the public Internet. IPv4 inside IPv6 is judged as IPv4."""
    with suppress(ValueError):
        parsed = ipaddress.ip_address(address)
        return _is_public_v4(parsed) if isinstance(parsed, IPv4Address) else _is_public_v6(parsed)
    return False


def _is_public_v4(address: IPv4Address) -> bool:
    return not any(address in network for network in CLOSED_V4)


def _is_public_v6(address: IPv6Address) -> bool:
    if address.ipv4_mapped:
        return _is_public_v4(address.ipv4_mapped)
    if address in NAT64:
        return _is_public_v4(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in OPEN_V6 and not any(address in network for network in CLOSED_V6)


def resolve(hostname: str, port: int) -> list[str]:
    """The system's resolver."""
    try:
        found = socket.getaddrinfo(hostname, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that is empty or longer than 63 characters
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def connect(target: Target, *, resolver: Resolver, private: bool, timeout: float, deadline: Deadline) -> socket.socket:
    """A TCP connection to a checked address of the target, a private one only if that was allowed.

    A host with one address that is not public is refused whole: honest sites have none, and the rest of a mixed
    answer is chosen by the same hand. Raises FetchError (``address``) or OSError.
    """
    addresses = _within(deadline.left(), lambda: resolver(target.hostname, target.port))
    for address in addresses:
        if not private and not is_public(address):
            raise FetchError(f"{address} is not a public address; allow_hosts may name {target.host}", reason="address")
    return _first_that_answers(
        _alternating(addresses)[:MOST_ADDRESSES], target.port, timeout=timeout, deadline=deadline
    )


def _alternating(addresses: Sequence[str]) -> list[str]:
    """IPv6 and IPv4 by turns (RFC 8305, 4), so that one of them being out of order costs one timeout, not all."""
    families = [[a for a in addresses if ":" in a], [a for a in addresses if ":" not in a]]
    families.sort(key=lambda family: addresses[:1] != family[:1])
    return [address for pair in zip_longest(*families) for address in pair if address]


def _first_that_answers(addresses: Sequence[str], port: int, *, timeout: float, deadline: Deadline) -> socket.socket:
    failure = OSError("the host has no address")
    for address in addresses:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        try:
            with ExitStack() as opened:
                connection = opened.enter_context(socket.socket(family, socket.SOCK_STREAM))
                connection.settimeout(min(timeout, deadline.left()))
                connection.connect((address, port))
                opened.pop_all()
                return connection
        except OSError as error:
            failure = error
    raise failure


def _within(seconds: float, call: Callable[[], Sequence[str]]) -> Sequence[str]:
    """The system's resolver cannot be given a deadline, so it works in a thread that may be left behind."""
    future: Future[Sequence[str]] = Future()

    def work() -> None:
        try:
            future.set_result(call())
        except Exception as error:
            future.set_exception(error)

    threading.Thread(target=work, name="resolve", daemon=True).start()
    return future.result(seconds)
