"""The site asked without a socket, by a clock that stands still."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime

import httpx
from made_up import shelf
from memory_shelf import NOW, MemoryShelf
from starlette.types import ASGIApp

from limitedtimes.edition.settings import Settings
from limitedtimes.web import application


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Client:
    """Asks the application directly, without a socket."""

    def __init__(self, app: ASGIApp, *, strict: bool, sender: str = "127.0.0.1") -> None:
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=strict, client=(sender, 1234))

    def request(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b""
    ) -> httpx.Response:
        async def asked() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1:8000") as inner:
                return await inner.request(method, path, headers=headers, content=body)

        return asyncio.run(asked())

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return self.request("GET", path, headers)

    def raw(self, path: str) -> bytes:
        """The body as it travels to a reader who takes gzip."""

        async def asked() -> bytes:
            async with (
                httpx.AsyncClient(transport=self._transport, base_url="http://127.0.0.1:8000") as inner,
                inner.stream("GET", path, headers={"accept-encoding": "gzip"}) as found,
            ):
                return b"".join([part async for part in found.aiter_raw()])

        return asyncio.run(asked())

    def head(self, path: str) -> httpx.Response:
        return self.request("HEAD", path)


DEFAULT = Settings()


def client(
    store: MemoryShelf | None = None, config: Settings = DEFAULT, clock: Clock | None = None, *, strict: bool = True
) -> Client:
    return Client(application(store or shelf(), settings=config, clock=clock or Clock()), strict=strict)
