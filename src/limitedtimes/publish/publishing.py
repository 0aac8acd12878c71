"""One run: what changed is made anew, new pages before what leads to them, and what is gone goes at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from itertools import count
from typing import Final

from limitedtimes.edition import render
from limitedtimes.edition.settings import Settings
from limitedtimes.protocols import Newsstand
from limitedtimes.publish import hosting
from limitedtimes.publish.addresses import Unit, units
from limitedtimes.publish.asking import Answer, Site
from limitedtimes.publish.folder import Folder, digest_of
from limitedtimes.publish.manifest import Entry
from limitedtimes.publish.state import State, digest
from limitedtimes.web import application

NOT_FOUND: Final = "/404.html"
HOST_FILES: Final = (NOT_FOUND, "/_headers", "/_redirects", "/.nojekyll")
WRITTEN, REMOVED, LEFT = "written", "removed", "not ours, and left as it is:"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a page. ``left``: units of pages that are still to be looked at."""

    what: str  # "": nothing had to be done
    address: str
    left: int

    @property
    def foreign(self) -> bool:
        """Whether somebody else's file stands at the address."""
        return self.what == LEFT


def publish(
    reads: Newsstand,
    settings: Settings,
    folder: Folder,
    *,
    now: datetime,
    tell: Callable[[Told], object],
    again: bool = False,
) -> None:
    """Bring the folder to the state of ``reads``, which must see one moment only. ``again``: make every page anew.

    May be killed anywhere: the next run does what is missing. Raises LimitedTimesError for what cannot be written.
    """
    settings = replace(settings, static=True, page_cache=0)
    state = State(reads, settings, now)
    entries = folder.manifest.entries.values()
    if not again and folder.manifest.state == state.moment and all(map(folder.has, entries)):
        return
    site = Site(application(reads, settings=settings, clock=lambda: now), settings.base_url)
    with closing(site):
        _Run(folder, site, state, tell).run(again=again)
    folder.manifest.complete(state.moment)


class _Run:
    def __init__(self, folder: Folder, site: Site, state: State, tell: Callable[[Told], object]) -> None:
        self._folder, self._site, self._state, self._tell = folder, site, state, tell
        self._made: set[str] = set()  # addresses that are published by now, made anew or not
        self._left = 0

    def run(self, *, again: bool) -> None:
        planned = list(units(self._state))
        known = self._folder.manifest.by_unit()
        stale = [unit for unit in planned if again or not self._current(unit, known.get(unit.addresses[0], ()))]
        self._left = len(stale)
        # Nothing that a reader can reach leads to a new page until what is there already is made anew.
        for unit in sorted(stale, key=self._is_there):
            self._make(unit)
        self._clear()
        self._for_hosts()

    def _current(self, unit: Unit, entries: Sequence[Entry]) -> bool:
        """Whether its pages are there and show what they should."""
        written = {entry.address for entry in entries}
        fresh = written.issuperset(unit.addresses) and all(
            entry.version == self._version(unit.version, entry.articles) and self._folder.has(entry)
            for entry in entries
        )
        if fresh:
            self._made |= written
        return fresh

    def _is_there(self, unit: Unit) -> bool:
        entry = self._folder.manifest.entries.get(unit.addresses[-1])
        return entry is not None and self._folder.has(entry)

    def _version(self, version: str, articles: Sequence[str]) -> str:
        """Of a page with the articles that it leads to, as they are now."""
        return digest(version, *(self._state.articles.get(id_, "gone") for id_ in articles))

    def _make(self, unit: Unit) -> None:
        self._left -= 1
        answers = [(address, self._site.ask(address)) for address in unit.addresses]
        if unit.paged:
            answers += self._further(unit.addresses[-1])
            answers.reverse()  # a new last page is there before the one that leads to it
        for address, answer in answers:
            self._put(unit, address, answer)

    def _further(self, address: str) -> Iterator[tuple[str, Answer]]:
        for number in count(2):
            page = render.numbered(address, number)
            answer = self._site.ask(page)
            if answer.status != HTTPStatus.OK:
                return
            yield page, answer

    def _put(self, unit: Unit, address: str, answer: Answer, *, wanted: int = HTTPStatus.OK) -> bool:
        """Write what the site answers. False where it has no such page."""
        target = answer.location
        if answer.status != wanted and not target:
            return False
        body = render.moved(self._state.settings, target) if target else answer.body
        version = self._version(unit.version, answer.articles)
        entry = Entry(address, unit.addresses[0], version, digest_of(body), len(body), target, answer.articles)
        self._made.add(address)
        if self._folder.is_foreign(address):
            self._say(LEFT, address)
        else:
            self._say(WRITTEN if self._folder.write(entry, body) else "", address)
        return True

    def _clear(self) -> None:
        """What was published once and is not of the edition now: addresses never die, unless the site says so.

        Files of an earlier look stay: a page in somebody's cache may ask for them.
        """
        gone = self._folder.manifest.entries.keys() - self._made - set(HOST_FILES)
        for address in sorted(gone):
            if address.startswith("/static/"):
                continue
            if not self._put(Unit((address,), self._state.changed), address, self._site.ask(address)):
                self._folder.remove(address)
                self._say(REMOVED, address)

    def _for_hosts(self) -> None:
        settings, entries = self._state.settings, self._folder.manifest.entries
        leads = hosting.redirects(entries.values(), [f"/a/{one.id}" for one in self._state.outlines])
        self._put(Unit((NOT_FOUND,), ""), NOT_FOUND, self._site.ask(NOT_FOUND), wanted=HTTPStatus.NOT_FOUND)
        for address, body in (
            ("/_headers", hosting.headers_file(settings)),
            ("/_redirects", hosting.redirects_file(leads)),
            ("/.nojekyll", b""),
        ):
            self._put(Unit((address,), ""), address, Answer(HTTPStatus.OK, {}, body))
        self._folder.write_beside("nginx.conf", hosting.nginx_server(settings))
        self._folder.write_beside("redirects.map", hosting.nginx_map(leads))

    def _say(self, what: str, address: str) -> None:
        self._tell(Told(what, address, self._left))
