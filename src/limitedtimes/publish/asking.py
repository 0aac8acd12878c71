"""The site, asked as a browser would ask it, but without a socket: what is written is what a reader would be served."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlsplit

Message = MutableMapping[str, Any]
Application = Callable[
    [Message, Callable[[], Awaitable[Message]], Callable[[Message], Awaitable[None]]], Awaitable[None]
]  # ASGI 3
_ARTICLE: Final = re.compile(rb'href="/[^"/]+/[^"/]+\.([0-9a-hjkmnp-tv-z]{10})(?:\.side-by-side)?\.html[#"]')


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def location(self) -> str:
        """Where a redirect leads, as a path of this site."""
        return self.headers.get("location", "")

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles that a page links to, each once."""
        if not self.headers.get("content-type", "").startswith("text/html"):
            return ()
        return tuple(sorted({found.decode() for found in _ARTICLE.findall(self.body)}))


class Site:
    """One application. ``base_url`` is the address that it takes itself to be asked at."""

    def __init__(self, app: Application, base_url: str) -> None:
        self._app, self._host = app, urlsplit(base_url).netloc.encode()
        self._loop = asyncio.Runner()

    def ask(self, address: str) -> Answer:
        """``address`` is a path, percent-encoded. What goes wrong inside is raised here."""
        return self._loop.run(self._asked(address))

    def close(self) -> None:
        self._loop.close()

    async def _asked(self, address: str) -> Answer:
        said: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            said.append(message)

        await self._app(self._scope(address), receive, send)
        headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
        return Answer(said[0]["status"], headers, b"".join(message.get("body", b"") for message in said[1:]))

    def _scope(self, address: str) -> Message:
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": unquote(urlsplit(address).path),
            "raw_path": urlsplit(address).path.encode(),
            "query_string": urlsplit(address).query.encode(),
            "root_path": "",
            "headers": [(b"host", self._host)],
        }
