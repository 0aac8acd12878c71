"""The form at ``/removal``: the one address where something is sent, and what keeps it from being flooded."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
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
    """So many from one address in an hour. Addresses are kept in memory only, and only so long; of IPv6 the network
    that one household has counts as one."""

    def __init__(self, most: int = 5, span: timedelta = timedelta(hours=1), known: int = 10_000) -> None:
        self._most, self._span, self._known = most, span, known
        self._passed: OrderedDict[str, list[datetime]] = OrderedDict()
        self._lock = Lock()

    def lets(self, address: str, now: datetime) -> bool:
        """Whether one more may pass, which is counted."""
        network = _network(address)
        with self._lock:
            self._forget(now)
            recent = [at for at in self._passed.pop(network, []) if now - at < self._span]
            fits = len(recent) < self._most
            self._passed[network] = [*recent, now] if fits else recent
            return fits

    def _forget(self, now: datetime) -> None:
        """What is over, and the longest silent where there are too many."""
        while self._passed:
            network, times = next(iter(self._passed.items()))
            if len(self._passed) < self._known and now - times[-1] < self._span:
                return
            del self._passed[network]


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
