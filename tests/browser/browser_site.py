"""A site on loopback for the browser: the made-up press, with pictures drawn here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import Final

from made_up import ARTICLES, AWAITING, HARBOUR, HARBOUR_BEFORE
from memory_shelf import NOW, MemoryShelf
from right_to_left import ARABIC_FERRY, HEBREW_ORCHARD
from rises import chronicle_of
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from limitedtimes.edition.settings import Settings
from limitedtimes.model import Block, Published
from limitedtimes.web import application, serve

DRAWING: Final = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 800" width="1200" height="800">
<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl({hue} 45% 62%)"/>
<stop offset="1" stop-color="hsl({warm} 70% 86%)"/></linearGradient></defs>
<rect width="1200" height="800" fill="url(#sky)"/><circle cx="{sun}" cy="330" r="62" fill="#fff6dd"/>
<path d="M0 520 {hills} V800 H0Z" fill="hsl({hue} 25% 42%)"/>
<path d="M0 610 Q300 560 640 615 T1200 590 V800 H0Z" fill="hsl({hue} 30% 30%)"/>
<path d="M120 600 H1080 M240 600 V470 M960 600 V470 M120 600 Q240 360 600 560 Q960 360 1080 600" fill="none"
 stroke="#f4ead2" stroke-width="9"/></svg>"""


@dataclass(frozen=True)
class Site:
    address: str
    shelf: MemoryShelf


def drawing(number: int) -> str:
    """A landscape, another for every number."""
    hue, hills = (205 + 47 * number) % 360, ""
    for step in range(6):
        hills += f"Q{100 + 200 * step} {440 - (number * 37 + step * 53) % 120} {200 + 200 * step} 520 "
    return DRAWING.format(hue=hue, warm=(hue + 190) % 360, sun=250 + number * 131 % 700, hills=hills)


def with_pictures(app: ASGIApp) -> ASGIApp:
    """The site, and beside it ``/pictures/N.svg``."""

    async def serving(scope: Scope, receive: Receive, send: Send) -> None:
        inner = app
        if scope.get("path", "").startswith("/pictures/"):
            inner = Response(drawing(int(scope["path"][10:-4])), media_type="image/svg+xml")
        await inner(scope, receive, send)

    return serving


def repictured(published: Published, url: str) -> Published:
    """The article with its pictures at another address."""

    def moved(block: Block) -> Block:
        return replace(block, picture=replace(block.picture, url=url)) if block.picture else block

    article = replace(published.article, blocks=tuple(map(moved, published.article.blocks)))
    return replace(published, article=article)


@contextmanager
def serving() -> Iterator[Site]:
    """The made-up articles, served on loopback by the real server."""
    found: list[tuple[str, int]] = []
    ready, stop = Event(), Event()
    shelf = MemoryShelf([], AWAITING, changed=None)

    def started(host: str, port: int) -> None:
        found.append((host, port))
        ready.set()

    settings = Settings(contact="desk@limitedtimes.example")
    app = with_pictures(application(shelf, settings=settings, clock=lambda: NOW))
    thread = Thread(target=serve, args=(app, "127.0.0.1", 0), kwargs={"stop": stop, "ready": started})
    thread.start()
    assert ready.wait(10)
    address = f"http://{found[0][0]}:{found[0][1]}"
    for number, published in enumerate([*ARTICLES, ARABIC_FERRY, HEBREW_ORCHARD]):
        shelf.articles[published.article.id] = repictured(published, f"{address}/pictures/{number}.svg")
    shelf.chronicle = chronicle_of(ARTICLES)
    shelf.earlier[HARBOUR.article.id] = [HARBOUR_BEFORE]
    yield Site(address, shelf)
    stop.set()
    thread.join(10)
