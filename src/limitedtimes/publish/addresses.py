"""Which addresses of each route are published, and which routes need a server: one line for each route of the site.

A test fails for a route that stands in neither table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from limitedtimes.contents import Outline
from limitedtimes.edition import sitemaps as edition
from limitedtimes.edition.assets import assets
from limitedtimes.edition.feeds import FORMATS
from limitedtimes.edition.render import path_of, side_by_side_path
from limitedtimes.model import SECTIONS
from limitedtimes.publish.state import State, digest
from limitedtimes.web import sitemaps, titles


@dataclass(frozen=True, slots=True)
class Unit:
    """Addresses that are made together, in this order. ``version``: of what their pages show.

    ``paged``: the last one is a list, and its further pages (``/page/2`` …) belong to it, as far as the site has them.
    """

    addresses: tuple[str, ...]
    version: str
    paged: bool = False


Units = Callable[[State], Iterable[Unit]]


def _one(address: str, version: Callable[[State], str]) -> Units:
    return lambda state: [Unit((address,), version(state))]


def _lists(groups: Callable[[State], Mapping[str, Sequence[Outline]]], address: str) -> Units:
    """A list for each group, at ``address`` with the group's name in it."""
    return lambda state: [
        Unit((path_of(address.format(name)),), state.of(group, len(group)), paged=True)
        for name, group in groups(state).items()
    ]


def _feeds(groups: Callable[[State], Mapping[str, Sequence[Outline]]], address: str) -> Units:
    """The feeds of each group. One of nothing says when anything last changed."""

    def units(state: State) -> Iterator[Unit]:
        for name, group in groups(state).items():
            version = state.of(group[: state.settings.feed_size]) if group else state.changed
            yield Unit(tuple(path_of(f"{address.format(name)}/feed.{suffix}") for suffix in FORMATS), version)

    return units


def _days(state: State) -> Iterator[Unit]:
    for day, outlines in state.by_day.items():
        yield Unit((f"/date/{day.isoformat()}",), state.of(outlines, state.around(day)), paged=True)


def _months(state: State) -> Iterator[Unit]:
    """The archive's pages of years and of months."""
    days = list(state.by_date)
    for part in sorted({day[:length] for day in days for length in (len("2023"), len("2023-11"))}):
        yield Unit((f"/date/{part}",), state.changed)


def _where_indexed(units: Units) -> Units:
    """None where search engines are asked to keep out."""
    return lambda state: () if state.settings.noindex else units(state)


def _sitemaps(state: State) -> Iterator[Unit]:
    names = [sitemaps.PAGES, *(part.name for part in edition.parts(state.reads.archive_days()))]
    yield from (Unit((f"/sitemap-{name}.xml",), state.changed) for name in names)


def _articles(state: State) -> Iterator[Unit]:
    for one in state.outlines:
        path = path_of(one.path)
        yield Unit((f"/a/{one.id}", side_by_side_path(path), path), state.article(one))


def _titles(state: State) -> Iterator[Unit]:
    oldest_first = state.outlines[::-1]
    for number in range(titles.parts(len(oldest_first))):
        inside = oldest_first[number * titles.IN_PART : (number + 1) * titles.IN_PART]
        yield Unit((f"/titles/{number + 1}.json",), state.of(inside))


def _sections(state: State) -> Mapping[str, Sequence[Outline]]:
    return {section: state.by_section.get(section, ()) for section in SECTIONS}


def _sources(state: State) -> Mapping[str, Sequence[Outline]]:
    return {id_: state.by_source.get(id_, ()) for id_ in state.sources}


PUBLISHED: Final[Mapping[str, Units]] = {
    "/robots.txt": _one("/robots.txt", lambda state: state.everywhere),
    "/a/{id}": _articles,
    "/{section}/{name}": lambda _: (),  # with the short address that leads there
    "/story/{id}": lambda state: [Unit((f"/story/{id_}",), state.of(group)) for id_, group in state.stories.items()],
    "/story/{id}/feed.{suffix}": _feeds(lambda state: state.stories, "/story/{}"),
    "/date/{day}": lambda state: chain(_days(state), _months(state)),
    "/date/{day}/feed.{suffix}": _feeds(lambda state: state.by_date, "/date/{}"),
    "/archive": _one("/archive", lambda state: state.changed),
    "/source/{id}": _lists(_sources, "/source/{}"),
    "/source/{id}/feed.{suffix}": _feeds(_sources, "/source/{}"),
    "/country/{value}": _lists(lambda state: state.by_country, "/country/{}"),
    "/country/{value}/feed.{suffix}": _feeds(lambda state: state.by_country, "/country/{}"),
    "/language/{value}": _lists(lambda state: state.by_language, "/language/{}"),
    "/language/{value}/feed.{suffix}": _feeds(lambda state: state.by_language, "/language/{}"),
    "/titles/{number}.json": _titles,
    "/titles.json": _one("/titles.json", lambda state: digest(state.everywhere, len(state.outlines))),
    "/search": _one("/search", lambda state: state.everywhere),
    "/removal": _one("/removal", lambda state: state.everywhere),
    "/saved": _one("/saved", lambda state: state.everywhere),
    "/about": _one("/about", lambda state: state.everywhere),
    "/privacy": _one("/privacy", lambda state: state.everywhere),
    "/disclaimer": _one("/disclaimer", lambda state: state.everywhere),
    "/sources": _one("/sources", lambda state: state.changed),
    "/status": _one("/status", lambda state: state.changed),
    "/{section}/": _lists(_sections, "/{}/"),
    "/{section}/feed.{suffix}": _feeds(_sections, "/{}"),
    "/latest": lambda state: [Unit(("/latest",), state.of(state.outlines), paged=True)],
    "/feed.{suffix}": _feeds(lambda state: {"": state.outlines}, "{}"),
    "/trends": _one("/trends", lambda state: state.moment),
    "/trends/feed.{suffix}": lambda state: [Unit(tuple(f"/trends/feed.{suffix}" for suffix in FORMATS), state.moment)],
    "/sitemap-{part}.xml": _where_indexed(_sitemaps),
    "/sitemap.xml": _where_indexed(_one("/sitemap.xml", lambda state: state.changed)),
    "/news-sitemap.xml": _where_indexed(_one("/news-sitemap.xml", lambda state: state.moment)),
    "/": _one("/", lambda state: state.moment),
}
"""Route → its pages, in the order in which they are written: what leads to all others comes last."""

SERVER: Final[Mapping[str, str]] = {
    "/removal/received": "thanks for a form, and files have none",
    "/a/{id}.json": "is for programs that ask; the pages have what they show",
    "/healthz": "says whether a server is alive",
    "/search/feed.{suffix}": "any words can be searched for",
    "/my": "there is no end of choices",
    "/my/feed.{suffix}": "there is no end of choices",
    "/topic/{value}": "any words can be a topic",
    "/topic/{value}/feed.{suffix}": "any words can be a topic",
    "/{section}": "a host of files adds the slash by itself",
}
"""Route → why its addresses are not published."""


def units(state: State) -> Iterator[Unit]:
    """Everything that is published of the edition."""
    yield from (Unit((asset.address,), asset.address) for asset in assets().values())
    yield from chain.from_iterable(pages(state) for pages in PUBLISHED.values())


def of_route(route: str) -> str:
    """The line of the tables that a route of the site belongs to: the files of ``/static/`` have one in common."""
    return "/static/" if route.startswith("/static/") else route.removesuffix("/page/{number}")
