"""The site as an ASGI application: routes, conditional requests, errors. Pages come from ``pages``."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final, ParamSpec, TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from limitedtimes.drawer import Drawer
from limitedtimes.edition import feeds, render
from limitedtimes.edition.area import Asked
from limitedtimes.edition.assets import Asset, assets
from limitedtimes.edition.settings import Settings
from limitedtimes.protocols import Newsstand
from limitedtimes.web import appeals, archive, area, articles, data, finding, pages, sitemaps, titles
from limitedtimes.web.guard import answers_for, security_headers
from limitedtimes.web.shelf import IMMUTABLE, Answer, Freshness, Key, Shelf, State, answer
from limitedtimes.web.trending import Trending

P = ParamSpec("P")
Made = TypeVar("Made")
Clock = Callable[[], datetime]
Endpoint = Callable[[Request], Awaitable[Response]]
Parts = Mapping[str, str]  # what stands in the braces of a path
Page = Callable[[pages.Desk, Parts], Answer]
Ask = Callable[[pages.Desk, Parts, Asked], Answer]  # the last is what stands behind the question mark
List = Callable[[pages.Desk, Parts, str], Answer]  # the string is the number of its page, as given

_AT_ONCE: Final = 16  # pages made at the same time, at most
_log: Final = logging.getLogger(__name__)
_TITLES: Final = {
    400: "This address cannot be right",
    404: "Not here",
    405: "Only reading is possible here",
    500: "Something is broken here",
}


def application(
    store: Newsstand,
    *,
    settings: Settings,
    clock: Clock,
    drawer: Drawer | None = None,
    turnstile: appeals.Turnstile | None = None,
) -> ASGIApp:
    """The site. Reads the store in worker threads; keeps rendered pages while the store says that nothing changed, and
    in the drawer what is an article's own while that is so.

    ``turnstile``: one that several processes share, where several serve the site.
    """
    site = _Site(store, settings, clock, turnstile=turnstile or appeals.turnstile(), drawer=drawer)
    routes = [Route(asset.address, _constant(_file(asset))) for asset in assets().values()]
    routes += [
        Route("/healthz", _constant(answer(b"ok\n", media_type=_TEXT))),
        Route("/robots.txt", _constant(answer(sitemaps.robots(settings), media_type=_TEXT))),
        Route("/search", site.search),
        Route("/search/feed.{suffix}", site.search_feed),
        Route(appeals.PATH, site.appeal, methods=["GET", "POST"]),
    ]
    routes += [Route(path, site.asking(page)) for path, page in _ASKING.items()]
    routes += [Route(path, site.listing(page)) for path, page in _LISTS.items()]
    routes += [Route(render.numbered(path, "{number}"), site.listing(page)) for path, page in _LISTS.items()]
    routes += [Route(path, site.page(page)) for path, page in _PAGES.items()]
    routes.append(Route("/{section}/{name}", site.article))
    handlers = {HTTPException: site.http_error, Exception: site.unexpected}
    inner = Starlette(routes=routes, exception_handlers=handlers)
    inner.router.redirect_slashes = False
    return _Guarded(inner, site)


def routes(app: ASGIApp) -> list[str]:
    """The paths of all routes of an application of ours."""
    inner: Any = getattr(app, "_app", app)
    return [route.path for route in inner.routes if isinstance(route, Route)]


def warm(app: ASGIApp) -> None:
    """Make the front page, so that the first reader need not wait for templates and connections to be made ready."""
    if isinstance(app, _Guarded):
        app.warm()


def make(app: ASGIApp, path: str) -> None:
    """Make an article's page, so that the drawer has it. What is not there (any more) is passed over."""
    if isinstance(app, _Guarded):
        app.make(path)


def ahead(app: ASGIApp) -> AbstractContextManager[object]:
    """While it is open, what takes long and can be known before a reader asks is made ready in a thread."""
    return app.ahead() if isinstance(app, _Guarded) else nullcontext()


_TEXT: Final = "text/plain; charset=utf-8"

_ASKING: Final[dict[str, Ask]] = {
    "/my": lambda desk, _, asked: area.page(desk, asked),
    "/my/feed.{suffix}": lambda desk, part, asked: area.feed(desk, asked, part["suffix"]),
}
"""Pages of which there is no end, so that none is kept."""

_LISTS: Final[dict[str, List]] = {
    "/latest": lambda desk, _, number: pages.latest(desk, number),
    "/date/{day}": lambda desk, part, number: archive.dated(desk, part["day"], number),
    "/source/{id}": lambda desk, part, number: pages.source(desk, part["id"], number),
    "/country/{value}": lambda desk, part, number: finding.chosen(desk, "country", part["value"], number),
    "/language/{value}": lambda desk, part, number: finding.chosen(desk, "language", part["value"], number),
    "/topic/{value}": lambda desk, part, number: finding.chosen(desk, "topic", part["value"], number),
    "/{section}/": lambda desk, part, number: pages.section(desk, part["section"], number),
}

_PAGES: Final[dict[str, Page]] = {
    "/": lambda desk, _: pages.front(desk),
    "/sources": lambda desk, _: pages.sources(desk),
    "/status": lambda desk, _: pages.status(desk),
    "/about": lambda desk, _: pages.words(desk, "about"),
    "/privacy": lambda desk, _: pages.words(desk, "privacy"),
    "/saved": lambda desk, _: pages.words(desk, "saved"),
    "/disclaimer": lambda desk, _: pages.words(desk, "disclaimer"),
    "/trends": lambda desk, _: pages.trends(desk),
    "/trends/feed.{suffix}": lambda desk, part: pages.trends_feed(desk, part["suffix"]),
    "/titles.json": lambda desk, _: titles.summary(desk),
    "/titles/{number}.json": lambda desk, part: titles.part(desk, part["number"]),
    "/removal/received": lambda desk, _: pages.words(desk, "removal-received"),
    "/archive": lambda desk, _: archive.whole(desk),
    "/date/{day}/feed.{suffix}": lambda desk, part: pages.day_feed(desk, part["day"], part["suffix"]),
    "/sitemap.xml": lambda desk, _: sitemaps.index(desk),
    "/sitemap-{part}.xml": lambda desk, part: sitemaps.part(desk, part["part"]),
    "/news-sitemap.xml": lambda desk, _: sitemaps.news(desk),
    "/feed.{suffix}": lambda desk, part: pages.feed(desk, part["suffix"]),
    "/source/{id}/feed.{suffix}": lambda desk, part: pages.feed(desk, part["suffix"], source=part["id"]),
    "/story/{id}": lambda desk, part: pages.story(desk, part["id"]),
    "/story/{id}/feed.{suffix}": lambda desk, part: pages.story_feed(desk, part["id"], part["suffix"]),
    "/country/{value}/feed.{suffix}": lambda desk, part: finding.feed(desk, "country", part["value"], part["suffix"]),
    "/language/{value}/feed.{suffix}": lambda desk, part: finding.feed(desk, "language", part["value"], part["suffix"]),
    "/topic/{value}/feed.{suffix}": lambda desk, part: finding.feed(desk, "topic", part["value"], part["suffix"]),
    "/{section}/feed.{suffix}": lambda desk, part: pages.feed(desk, part["suffix"], section=part["section"]),
    "/a/{id}.json": lambda desk, part: data.article(desk, part["id"]),
    "/a/{id}": lambda desk, part: articles.short(desk, part["id"]),
    "/{section}": lambda _, part: pages.section_root(part["section"]),
}
"""Path → page. The order counts: the first path that fits is taken."""


class _Site:
    """One edition being served."""

    def __init__(
        self,
        store: Newsstand,
        settings: Settings,
        clock: Clock,
        *,
        turnstile: appeals.Turnstile,
        drawer: Drawer | None,
    ) -> None:
        self.store, self.settings, self.clock = store, settings, clock
        self.shelf = Shelf(settings.page_cache * 1e6)
        self.trending = Trending()
        self.articles = articles.Articles(drawer)
        self._apart = _at_once if settings.static else run_in_threadpool
        self._turnstile = turnstile
        self._turns = [Lock() for _ in range(_AT_ONCE)]
        self._desk: tuple[State, pages.Desk] | None = None
        self._menu: tuple[str, ...] = ()
        self._change = Lock()
        self.freshness = Freshness(store.changed_at, timedelta(seconds=settings.check_every))

    def page(self, page: Page) -> Endpoint:
        async def respond(request: Request) -> Response:
            path, parts = request.scope["path"], request.path_params
            return response(request, await self.made((path, ""), lambda desk: page(desk, parts)))

        return respond

    def listing(self, page: List) -> Endpoint:
        async def respond(request: Request) -> Response:
            path, parts, asked = request.scope["path"], request.path_params, request.query_params.get("page", "")
            if asked and "number" not in parts:  # the address that it had once
                return response(request, await self.made((path, asked), lambda _: pages.renumbered(path, asked)))
            number = parts.get("number", "")
            return response(request, await self.made((path, ""), lambda desk: page(desk, parts, number)))

        return respond

    async def article(self, request: Request) -> Response:
        path, now = request.scope["path"], self.clock()
        state = self.freshness.state(now) if self.freshness.known(now) else None
        ready = self.articles.ready(path, state, now) if state else None
        if ready is None:
            ready = await self.made((path, ""), lambda desk: self.articles.page(desk, path))
        return response(request, ready)

    def prepare(self, path: str) -> None:
        now = self.clock()
        state = self.freshness.state(now)
        if self.articles.ready(path, state, now) is None:
            self._tried(path, lambda desk: self.articles.page(desk, path), now, state=state)

    async def search(self, request: Request) -> Response:
        text, number = request.query_params.get("q", ""), request.query_params.get("page", "")
        return await self._found(request, lambda desk: finding.search(desk, text, number))

    async def search_feed(self, request: Request) -> Response:
        text, suffix = request.query_params.get("q", ""), request.path_params["suffix"]
        return await self._found(request, lambda desk: finding.search_feed(desk, text, suffix))

    async def _found(self, request: Request, page: Callable[[pages.Desk], Answer]) -> Response:
        """Not kept on the shelf: there is no end of queries, and one is answered as fast as a page is found there."""
        made = await run_in_threadpool(self._tried, request.scope["path"], page, self.clock())
        return response(request, made)

    async def appeal(self, request: Request) -> Response:
        path, now = request.scope["path"], self.clock()
        body = await appeals.body_of(request) if request.method == "POST" else None
        sender, given = request.client.host if request.client else "", request.query_params.get("address", "")

        def page(desk: pages.Desk) -> Answer:
            if request.method != "POST":
                return appeals.blank(desk, given)
            return appeals.received(replace(desk, now=now), body, sender=sender, turnstile=self._turnstile)

        return response(request, await self._apart(self._tried, path, page, now))

    def asking(self, page: Ask) -> Endpoint:
        async def respond(request: Request) -> Response:
            path, parts, now = request.scope["path"], request.path_params, self.clock()
            asked: dict[str, list[str]] = {}
            for name, value in request.query_params.multi_items():
                asked.setdefault(name, []).append(value)
            made = await run_in_threadpool(self._tried, path, lambda desk: page(desk, parts, asked), now)
            return response(request, made)

        return respond

    async def made(self, key: Key, page: Callable[[pages.Desk], Answer]) -> Answer:
        """The page off the shelf, or made in a worker thread: the event loop never waits for the store."""
        now = self.clock()
        if self.freshness.known(now):
            kept = self.shelf.get(key, self.freshness.state(now))
            if kept:
                return kept
        return await self._apart(self.make, key, page, now)

    def make(self, key: Key, page: Callable[[pages.Desk], Answer], now: datetime) -> Answer:
        """Who asks for a page that another request is making waits for that one."""
        with self._turns[hash(key) % _AT_ONCE]:
            state = self.freshness.state(now)
            return self.shelf.get(key, state) or self._fresh(key, page, state=state, now=now)

    def _fresh(self, key: Key, page: Callable[[pages.Desk], Answer], *, state: State, now: datetime) -> Answer:
        made = self._tried(key[0], page, now, state=state)
        self.shelf.keep(key, state, made)
        return made

    def _tried(
        self, path: str, page: Callable[[pages.Desk], Answer], now: datetime, *, state: State | None = None
    ) -> Answer:
        _, feed, suffix = path.rpartition("/feed.")
        if feed and suffix not in feeds.FORMATS:  # before anything is looked for that nobody could read
            return self.problem(path, 404, f"Feeds come as {', '.join(feeds.FORMATS)}: there is none of this format.")
        try:
            return page(self.desk(state or self.freshness.state(now), now))
        except pages.Gone as error:
            return pages.gone(self.desk(self.freshness.state(now), now), error)
        except (pages.NotFound, pages.BadRequest) as error:
            status = 404 if isinstance(error, pages.NotFound) else 400
            return self.problem(path, status, str(error))

    def desk(self, state: State, now: datetime) -> pages.Desk:
        """One desk for all pages of one state."""
        with self._change:
            known = self._desk
            if known is None or known[0] != state:
                desk = pages.Desk(self.store, self.settings, now, self.trending, state)
                self._menu = desk.sections
                self.articles.begin(desk)
                known = self._desk = state, desk
        return known[1]

    def problem(self, path: str, status: int, message: str) -> Answer:
        """Asks the store for nothing: it may be what is broken. The menu has the sections that were last known."""
        frame = render.Frame(self.settings, self.clock(), render.path_of(path), self._menu)
        title = _TITLES.get(status, "This does not work")
        body = render.problem(frame, status_code=status, title=title, message=message)
        return answer(body, status=status, caching="no-store")

    def http_error(self, request: Request, error: Exception) -> Response:
        """Called in a worker thread, as is every handler that is no coroutine."""
        status, path = error.status_code if isinstance(error, HTTPException) else 500, request.scope["path"]
        now = self.clock()
        self.desk(self.freshness.state(now), now)  # it has the menu
        return response(request, self.problem(path, status, "There is nothing at this address."))

    def unexpected(self, request: Request, error: Exception) -> Response:
        _log.error("%s could not be made: %r", request.scope["path"], error)  # the server logs the traceback
        message = "The page could not be made. The operator finds the reason in the log."
        return response(request, self.problem(request.scope["path"], 500, message))


async def _at_once(function: Callable[P, Made], *arguments: P.args, **more: P.kwargs) -> Made:
    """Who publishes the pages asks for one after the other: threads would only cost."""
    return function(*arguments, **more)


def response(request: Request, made: Answer) -> Response:
    """The answer as this client wants it: compressed, or 304 if it has it already."""
    zipped = bool(made.zipped) and _accepts_gzip(request.headers.get("accept-encoding", ""))
    headers = {"cache-control": made.caching, "vary": "accept-encoding"}
    if made.location:
        return Response(status_code=made.status, headers=headers | {"location": made.location})
    if made.etag:
        headers["etag"] = f'"{made.etag}-gzip"' if zipped else f'"{made.etag}"'
        if _has_it(request.headers.get("if-none-match", ""), made.etag):
            return Response(status_code=304, headers=headers)
    if zipped:
        headers["content-encoding"] = "gzip"
    return Response(made.zipped if zipped else made.plain, made.status, headers, made.media_type)


def _accepts_gzip(header: str) -> bool:
    for part in header.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _has_it(header: str, etag: str) -> bool:
    """RFC 9110, 13.1.2: weak comparison; either of the two encodings is the same page."""
    names = {name.strip().removeprefix("W/").strip('"').removesuffix("-gzip") for name in header.split(",")}
    return "*" in names or etag in names


def _constant(made: Answer) -> Endpoint:
    async def respond(request: Request) -> Response:
        return response(request, made)

    return respond


def _file(asset: Asset) -> Answer:
    return answer(asset.body, media_type=asset.media_type, caching=IMMUTABLE)


class _Guarded:
    """Refuses what is no request of ours, and puts the security headers on every answer that leaves."""

    def __init__(self, app: ASGIApp, site: _Site) -> None:
        self._app, self._site = app, site
        self._headers = [(k.encode(), v.encode()) for k, v in security_headers(site.settings).items()]

    def warm(self) -> None:
        try:
            self._site.make(("/", ""), pages.front, self._site.clock())
        except Exception as error:  # the page itself says it to whoever asks; others can be read
            _log.error("/ could not be made: %r", error)

    def make(self, path: str) -> None:
        self._site.prepare(path)

    def ahead(self) -> AbstractContextManager[None]:
        return self._site.trending.ahead(self._site.store, self._site.clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self._headers]
            await send(message)

        refusal = self._refusal(Request(scope))
        await (refusal or self._app)(scope, receive, guarded)

    def _refusal(self, request: Request) -> Response | None:
        if not answers_for(request.headers.get("host", ""), self._site.settings):
            text = "This private edition does not answer for that host name. Its operator can name it in base_url.\n"
            return Response(text, 400, {"cache-control": "no-store"}, _TEXT)
        form = request.scope["path"] == appeals.PATH
        if request.method not in ("GET", "HEAD") and not (form and request.method == "POST"):
            refused = response(request, self._site.problem(request.scope["path"], 405, "These pages can only be read."))
            refused.headers["allow"] = "GET, HEAD, POST" if form else "GET, HEAD"
            return refused
        return None
