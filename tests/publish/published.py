"""A made-up edition that is published into a folder, and what a reader finds there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from made_up import ARTICLES, HARBOUR, HARBOUR_BEFORE, shelf
from memory_shelf import NOW, MemoryShelf

from limitedtimes.edition.settings import Audience, Settings
from limitedtimes.model import Published
from limitedtimes.publish import Folder, Told, publish

BASE = "https://paper.example"
SETTINGS = Settings(base_url=BASE, audience=Audience.PUBLIC, static=True, page_size=4, contact="desk@paper.example")
FIRST, SECOND, THIRD = sorted(ARTICLES, key=lambda one: one.first_published)[:3]


def _in_section(published: Published, section: str) -> Published:
    path = published.path.replace(published.enrichment.section, section, 1)
    return replace(published, path=path, enrichment=replace(published.enrichment, section=section))


_LIBRARY = sorted(ARTICLES, key=lambda one: one.first_published)[-2]
OLDER = [one for one in ARTICLES if one is not _LIBRARY]
NEWEST = _in_section(_LIBRARY, FIRST.enrichment.section)  # a new section would stand in the head of every page
PRESS = [*OLDER, NEWEST]
LINK = re.compile(r'(?:href|src|action)="(/[^"#?]*)')


def edition(*articles: Published) -> MemoryShelf:
    """Some or all of the made-up articles; the three oldest are one story, and one has had a revision."""
    store = shelf()
    store.articles = {one.article.id: one for one in articles or PRESS}
    store.stories = {one.article.id: FIRST.article.id for one in (FIRST, SECOND, THIRD)}
    store.earlier[HARBOUR.article.id] = [HARBOUR_BEFORE]
    return store


@dataclass
class Paper:
    """A folder that an edition is published into, by a clock that is moved by hand."""

    path: Path
    store: MemoryShelf
    settings: Settings = SETTINGS
    now: datetime = NOW

    def publish(
        self, *, into: bool = False, again: bool = False, tell: Callable[[Told], object] = lambda _: None
    ) -> list[tuple[str, str]]:
        """What was done with which address."""
        told: list[Told] = []

        def both(one: Told) -> None:
            told.append(one)
            tell(one)

        with Folder(self.path, into=into) as folder:
            publish(self.store, self.settings, folder, now=self.now, tell=both, again=again)
        return [(one.what, one.address) for one in told if one.what]

    def news(self, *articles: Published) -> None:
        """These come in, or come anew, and readers can see it."""
        self.store.articles |= {one.article.id: one for one in articles}
        self.changed()

    def changed(self) -> None:
        assert self.store.changed is not None
        self.store.changed += timedelta(minutes=1)

    def found(self, address: str) -> Path:
        """The file that a web server finds at an address: itself, or the index of its folder."""
        path = self.path / address.lstrip("/")
        return path / "index.html" if path.is_dir() or address.endswith("/") else path

    def links(self, address: str) -> Iterator[str]:
        path = self.found(address)
        if path.suffix == ".html":
            yield from dict.fromkeys(LINK.findall(path.read_text(encoding="utf-8")))

    def walk(self) -> set[str]:
        """All addresses that can be reached from the front page. Fails for one that has no file."""
        seen: set[str] = set()
        waiting = ["/"]
        while waiting:
            address = waiting.pop()
            if address not in seen:
                seen.add(address)
                assert self.found(address).is_file(), f"a link leads to {address}, where there is nothing"
                waiting += self.links(address)
        return seen

    def tree(self) -> dict[str, bytes]:
        """All files but the publisher's own."""
        files = (path for path in self.path.rglob("*") if path.is_file())
        return {
            name: path.read_bytes()
            for path in files
            if not (name := path.relative_to(self.path).as_posix()).startswith(".limitedtimes/")
        }


def retitled(published: Published, english: str, *, minutes: int = 5) -> Published:
    """The article with another English headline, put on its page some minutes later."""
    sentences = published.translation.sentences
    translation = replace(published.translation, sentences=(replace(sentences[0], text=english), *sentences[1:]))
    return replace(published, translation=translation, updated=published.updated + timedelta(minutes=minutes))
