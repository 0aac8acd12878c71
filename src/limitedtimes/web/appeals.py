"""The form at ``/removal``: the one address where something is sent, and what keeps it from being flooded."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Mapping, MutableSequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b
from multiprocessing.context import SpawnContext
from threading import Lock
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from limitedtimes.edition import appeals, render
from limitedtimes.edition.appeals import Form
from limitedtimes.web.pages import Desk
from limitedtimes.web.shelf import Answer, answer, redirect

PATH: Final = "/removal"
LARGEST: Final = 32_000
"""Bytes of a form; its fields full of four-byte characters, each written as %F0%9F…, take fewer with room to spare
for all that anybody means."""
_FIELDS: Final = 20
FULL: Final = "Too many requests wait already. Nothing was kept: try again in some days, or write to the operator."
OFTEN: Final = "Several requests came from your network within the hour. Nothing was kept: try again later."


class Turnstile:
    """So many from one address in an hour, in all processes that count together; of IPv6 the network that one
    household has counts as one.

    No address is kept, only when somebody passed whose address falls, with a secret of this run, on the same of
    ``PLACES`` places. Two that fall on one place share their number, which is rare for a form that few need.
    """

    PLACES: Final = 4096
    MOST: Final = 5  # from one address within the span

    def __init__(
        self, times: MutableSequence[float], lock: AbstractContextManager[object], span: timedelta = timedelta(hours=1)
    ) -> None:
        """``times``: seconds since 1970, ``MOST`` for each of ``PLACES``, all zero; ``lock`` guards them."""
        self._times, self._lock, self._span = times, lock, span.total_seconds()
        self._secret = secrets.token_bytes(16)

    def lets(self, address: str, now: datetime) -> bool:
        """Whether one more may pass, which is counted."""
        digest = blake2b(_network(address).encode(), key=self._secret, digest_size=8).digest()
        first = int.from_bytes(digest) % self.PLACES * self.MOST
        with self._lock:
            longest_ago = min(range(first, first + self.MOST), key=lambda place: self._times[place])
            fits = now.timestamp() - self._times[longest_ago] >= self._span
            if fits:
                self._times[longest_ago] = now.timestamp()
            return fits


def turnstile() -> Turnstile:
    """One for this process alone."""
    return Turnstile([0.0] * Turnstile.PLACES * Turnstile.MOST, Lock())


def shared_turnstile(context: SpawnContext) -> Turnstile:
    """One that can be given to the processes of this context, which count together."""
    return Turnstile(context.Array("d", Turnstile.PLACES * Turnstile.MOST, lock=False), context.Lock())


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


async def body_of(request: Request) -> bytes | None:
    """The body, or None for one that is too large, of which no more is read, or that its sender broke off."""
    body = b""
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > LARGEST:
                return None
    except ClientDisconnect:
        return None
    return body


def fields_of(body: bytes) -> Mapping[str, str]:
    """The fields of a form (application/x-www-form-urlencoded); of one that comes twice the last."""
    try:
        return dict(parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=_FIELDS))
    except ValueError:
        return {}


def blank(desk: Desk, address: str) -> Answer:
    return shown(desk, Form(address=address[: appeals.LONGEST["address"]]))


def received(desk: Desk, body: bytes | None, *, sender: str, turnstile: Turnstile) -> Answer:
    """Keep what was asked and lead on; or the form as it was filled in, with what is wrong."""
    form = appeals.read(fields_of(body or b""), desk.settings)
    if body is None:
        return shown(desk, Form(problems={"": "What was sent is too large for this form."}), status=413)
    if form.problems:
        return shown(desk, form, status=400)
    if not turnstile.lets(sender, desk.now):
        return shown(desk, replace(form, problems={"": OFTEN}), status=429)
    if desk.store.ask(appeals.appeal(form, desk.now)) is None:
        return shown(desk, replace(form, problems={"": FULL}), status=503)
    return redirect(f"{PATH}/received", status=303)


def shown(desk: Desk, form: Form, *, status: int = 200) -> Answer:
    """Never kept anywhere: it may hold what somebody typed."""
    return answer(render.removal(desk.frame(PATH), form), status=status, caching="no-store")
