"""JSON to a translation service and back, and the files of models, over HTTP: the only door of the engines.

The operator gives the address, so it may be on this machine or a private network; no redirect is followed, so that
neither the key nor a sentence goes anywhere else. A request ends within its deadline, an answer is read no further than
its cap, and whatever goes wrong is one TranslateError, in which the key never is.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final, Protocol
from urllib.parse import SplitResult, urlsplit

import certifi
from urllib3 import HTTPResponse, exceptions

from limitedtimes import __version__
from limitedtimes.accounts import Payer
from limitedtimes.engines.service import Service, split_address
from limitedtimes.errors import TranslateError
from limitedtimes.wire import Deadline, asked_wait, exchange

LARGEST: Final = 4 * 2**20
"""Bytes of an answer: a hundred times the longest that a full request was seen to bring."""
PIECE: Final = 2**16
LONGEST_COMPLAINT: Final = 200
CONNECT: Final = 10.0
"""Seconds for one TCP connection."""
LONGEST_NAP: Final = 30.0
"""Seconds: a service that asks for a longer wait is left alone, and the article comes back to it later."""
LONGEST_REST: Final = timedelta(days=1)
"""The longest Retry-After that is believed."""
RESTS: Final[Mapping[str, timedelta]] = {
    "quota": timedelta(hours=1),
    "busy": timedelta(minutes=1),
    "unreachable": timedelta(minutes=1),
    "key": timedelta(minutes=1),  # of a token that has run out, another may come soon
    "absent": timedelta(minutes=1),
}
"""Reasons that say that the service cannot be used for a while, and for how long, unless it says so itself."""
REASONS: Final[Mapping[int, str]] = {
    401: "key",
    402: "quota",
    403: "key",
    404: "absent",
    405: "absent",
    408: "busy",
    410: "absent",
    413: "limit",
    414: "limit",
    429: "busy",
    503: "busy",
}
REFUSED_UNREAD: Final = (429, 503)
"""Statuses of a request that was not taken, so that asking again does not count a second time."""
LASTING: Final = ("limit", "refused", "absent")
"""Reasons that no time mends: the operator must."""


class Meter(Protocol):
    """Counts what one engine sends and gets."""

    def spend(self, characters: int, payer: Payer) -> None:
        """Count what is about to be sent. Raises TranslateError when the day has not so many left, for all
        (``budget``) or for the payer's source (``source-budget``), and when it cannot be counted (``uncounted``)."""
        ...

    def expect(self, characters: int, payer: Payer) -> None:
        """Raises TranslateError when what is left of the day does not hold so many, no day ever will (``limit``), or
        what is left is not known (``uncounted``)."""
        ...

    def note(self, payer: Payer, *, read: int, written: int) -> None:
        """Count the tokens that the service says it read and wrote. They are paid for by then, so it raises nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """What an engine has of the world, from whoever puts the parts together. ``key`` is "" where there is none;
    ``stopping`` says whether to begin no other article."""

    key: Callable[[], str]
    meter: Meter
    clock: Callable[[], datetime]
    stopping: Callable[[], bool] = lambda: False
    sleep: Callable[[float], object] = time.sleep
    monotonic: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Request:
    """One POST. ``characters`` are those of the sentences in it, which is what is counted."""

    path: str
    payload: object
    headers: Mapping[str, str]
    characters: int
    payer: Payer


@dataclass(frozen=True, slots=True)
class Reply:
    """``body`` is whole for a 200, else its beginning. ``status`` is 0 where the connection was
    closed before one came; then ``broken`` says how."""

    status: int
    retry_after: str = ""
    body: bytes = b""
    broken: str = ""


@dataclass
class Exchange:
    """Asks one service. ``reason`` knows what its complaints mean: a reason for a status and its text, or ""."""

    service: Service
    outside: Outside
    address: str
    reason: Callable[[int, str], str]

    def key(self) -> str:
        """The key, or "". Raises TranslateError (``key``)."""
        key = self.outside.key()
        if not key.isascii() or not key.isprintable():
            raise self.error("the key has characters that no key has", "key")
        return key

    def post(self, request: Request) -> Any:
        """The JSON that the service answers with. Tries again while it is busy or failing; raises TranslateError."""
        body, counted = json.dumps(request.payload, ensure_ascii=False).encode(errors="replace"), False
        for attempt in range(1, self.service.attempts + 1):
            if not counted:
                self.outside.meter.spend(request.characters, request.payer)
            reply = self._ask(request, body)
            if reply.status == http.client.OK:
                return self._parsed(reply)
            error, nap = self._complaint(reply), self._nap(reply, attempt)
            if attempt == self.service.attempts or error.reason not in ("busy", "unreachable") or nap > LONGEST_NAP:
                raise error
            counted = reply.status in REFUSED_UNREAD
            self.outside.sleep(nap)
        raise AssertionError("there is at least one attempt")

    def error(self, message: str, reason: str, *, wait: timedelta | None = None) -> TranslateError:
        """A failure of this service, with the time to come back, where there is one."""
        rest, transient = wait or RESTS.get(reason), reason not in LASTING
        return TranslateError(
            f"{self.service.name}: {message}",
            reason=reason,
            transient=transient,
            retry_at=self.outside.clock() + rest if rest and transient else None,
        )

    def _ask(self, request: Request, body: bytes) -> Reply:
        """One attempt. Raises TranslateError for an answer that took too long, or is none."""
        deadline = Deadline(self.service.deadline, self.outside.monotonic)
        headers = {
            "Host": self._parts.netloc,
            "User-Agent": f"LimitedTimes/{__version__}",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "Content-Type": "application/json; charset=utf-8",
            **request.headers,
        }
        path = self._parts.path.rstrip("/") + request.path
        try:
            with (
                connected(self._parts, deadline, self._trust) as connection,
                exchange(connection, deadline, path, headers, post=body) as response,
            ):
                return self._read(response)
        except (TimeoutError, exceptions.TimeoutError):
            raise self.error(f"took longer than {self.service.deadline:g} s to answer", "unreachable") from None
        except (OSError, ValueError, http.client.HTTPException, exceptions.HTTPError) as error:
            if isinstance(error, ConnectionError) and not isinstance(error, ConnectionRefusedError):
                return Reply(0, broken=str(error))
            raise self._broken(str(error)) from None

    def _broken(self, why: str) -> TranslateError:
        return self.error(f"cannot be asked ({self._scrubbed(why)})", "unreachable")

    def _read(self, response: HTTPResponse) -> Reply:
        """Raises TranslateError (``answer``) for one that is too large or encoded, which was not asked for."""
        found = response.status == http.client.OK
        if response.headers.get("content-encoding", "identity").lower() != "identity" and found:
            raise self.error("answers in a content encoding that was not asked for", "answer")
        body = bytearray()
        while piece := response.read(PIECE, decode_content=False):
            body += piece
            if len(body) > LARGEST and found:
                raise self.error(f"answers with more than {LARGEST} bytes", "answer")
            if not found and len(body) >= PIECE:
                break
        return Reply(response.status, response.headers.get("retry-after", ""), bytes(body))

    def _parsed(self, reply: Reply) -> Any:
        try:
            return json.loads(reply.body)
        except (ValueError, RecursionError):
            raise self.error("answers with something that is not JSON", "answer") from None

    def _complaint(self, reply: Reply) -> TranslateError:
        """What the service says is wrong. Its own words about a key are left out: some repeat a part of it."""
        if not reply.status:
            return self._broken(reply.broken)
        words = complaint(reply.body)
        reason = self.reason(reply.status, words) or _usual(reply.status)
        if reason == "key":
            said = f"does not take the key (says {reply.status}); look at key_env or key_file"
        elif 300 <= reply.status < 400:
            said = f"says {reply.status} and leads elsewhere, which is not followed; set address to where it leads"
        else:
            said = f"says {reply.status}" + (f": {self._scrubbed(words)}" if words else "")
            said += "; set items or characters lower" if reason == "limit" else ""
        return self.error(said, reason, wait=self._asked_wait(reply))

    def _asked_wait(self, reply: Reply) -> timedelta | None:
        return asked_wait(reply.retry_after, now=self.outside.clock(), most=LONGEST_REST)

    def _nap(self, reply: Reply, attempt: int) -> float:
        """Seconds before the next attempt: what the service asks for, or else 1, 2, 4 …"""
        asked = self._asked_wait(reply)
        return asked.total_seconds() if asked else float(2 ** (attempt - 1))

    def _scrubbed(self, text: str) -> str:
        """One short line, without the key."""
        key = self.outside.key()
        line = " ".join((text.replace(key, "…") if key else text).split())
        return line if len(line) <= LONGEST_COMPLAINT else line[:LONGEST_COMPLAINT] + "…"

    @cached_property
    def _parts(self) -> Any:
        return split_address(self.address)

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return trust()


def _usual(status: int) -> str:
    """The reason that a status stands for, whatever the service is."""
    if 300 <= status < 400:
        return "absent"
    return REASONS.get(status) or ("unreachable" if status >= 500 else "refused")


def trust() -> ssl.SSLContext:
    """The system's certificate authorities, and certifi's for a system that has none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@contextmanager
def connected(parts: SplitResult, deadline: Deadline, trust: ssl.SSLContext) -> Iterator[socket.socket]:
    """A connection to whom an address names. Raises OSError."""
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    with closing(socket.create_connection((host, port), timeout=min(CONNECT, deadline.left()))) as raw:
        raw.settimeout(deadline.left())
        if parts.scheme == "http":
            yield raw
            return
        with closing(trust.wrap_socket(raw, server_hostname=host)) as secured:
            yield secured


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer whose body is still to come; names of ``headers`` are in lower case. ``read`` gives up to so many
    bytes, none at the end, within the time of one request, and raises OSError. Whoever reads must count."""

    status: int
    headers: Mapping[str, str]
    read: Callable[[int], bytes]


@contextmanager
def opened(
    address: str, headers: Mapping[str, str], *, seconds: float, monotonic: Callable[[], float]
) -> Iterator[Stream]:
    """GET from an address, without a key: so many seconds to the headers, and for each read. No redirect is followed
    here. Raises OSError, TimeoutError."""
    deadline = Deadline(seconds, monotonic)
    with ExitStack() as stack:
        with expected():
            parts = urlsplit(address)
            if parts.scheme not in ("http", "https") or not parts.hostname or not address.isascii():
                raise OSError(f"{address!r} is no web address")
            connection = stack.enter_context(connected(parts, deadline, trust()))
            asked = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": f"LimitedTimes/{__version__}"}
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            every = {**asked, "Accept-Encoding": "identity", **headers}
            response = stack.enter_context(exchange(connection, deadline, path, every))

        def read(most: int) -> bytes:
            deadline.renew(seconds)
            with expected():
                return response.read(most, decode_content=False)

        yield Stream(response.status, {name.lower(): value for name, value in response.headers.items()}, read)


def asked_seconds(stream: Stream, *, now: datetime) -> float | None:
    """The Retry-After of an answer; None if it has none."""
    asked = asked_wait(stream.headers.get("retry-after", ""), now=now, most=LONGEST_REST)
    return asked.total_seconds() if asked else None


@contextmanager
def expected() -> Iterator[None]:
    """What the libraries raise, as OSError and TimeoutError."""
    try:
        yield
    except (exceptions.TimeoutError, TimeoutError):
        raise TimeoutError("the time is over") from None
    except (ValueError, http.client.HTTPException, exceptions.HTTPError) as error:
        raise OSError(" ".join(str(error).split()) or type(error).__name__) from None


def complaint(body: bytes) -> str:
    """The message in an error's JSON, wherever the services put it; "" where there is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    for key in ("error", "message", "detail"):
        if isinstance(found, dict) and key in found:
            inner = found[key]
            if isinstance(inner, dict):
                return " ".join(str(inner[name]) for name in ("code", "status", "message") if inner.get(name))
            return inner if isinstance(inner, str) else ""
    return ""
