"""`removals list|accept|reject|add|undo`: what is asked to be taken down, and what the operator decides."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Final
from urllib.parse import urlsplit

from limitedtimes.cli import compose, keeping
from limitedtimes.cli.correcting import id_in
from limitedtimes.cli.wording import counted
from limitedtimes.config import Config, is_loopback
from limitedtimes.edition.safety import web_address
from limitedtimes.errors import ConfigError, StoreError
from limitedtimes.extract.canonical import absolute, without_tracking
from limitedtimes.model import Source, article_id
from limitedtimes.protocols import Store
from limitedtimes.removal import Appeal, Deleted, Party, Removal, Target
from limitedtimes.sources import Catalogue
from limitedtimes.sources.strangers import stranger

PARTIES: Final = {Party.PUBLISHER: "the publisher", Party.PERSON: "a person", Party.OPERATOR: "this edition"}
LEFT: Final = (
    "the log beside the database still has traces of what was deleted, because a program reads it all the time; "
    "end that one, then `limitedtimes removals sweep`"
)
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}")
_SOURCE_PAGE: Final = re.compile(r"/source/([a-z0-9][a-z0-9._-]{0,99})")
_ARTICLE_PAGE: Final = re.compile(
    r"/(?:a/|story/|[a-z]+/[^/]*\.)([0-9a-hjkmnp-tv-z]{10})(?:\.html|\.json|\.side-by-side\.html)?"
)


@contextmanager
def _desk(options: argparse.Namespace) -> Iterator[_Desk]:
    config = compose.load_config(options.config)
    with closing(compose.store(config)) as store:
        yield _Desk(config, store)


class _Desk:
    """The edition whose removals are decided: what an address means in it."""

    def __init__(self, config: Config, store: Store) -> None:
        self.store, self._config = store, config

    def swept(self) -> bool:
        """Nothing of what was removed is left in the files; False where a program that reads keeps traces there."""
        purged = keeping.purge(self._config, self.store)
        return self.store.sweep() and purged

    def target(self, text: str, *, whole: bool) -> Target:
        """Raises ConfigError for what is no address, and for one of ours that leads to nothing."""
        try:
            _ = urlsplit(text).port
        except ValueError:
            raise ConfigError(f"{text}: is no web address; give one that begins with https://") from None
        return self._source(text) if whole else self._article(text)

    def _path(self, text: str) -> str:
        """The path of one of our own pages, or the id that somebody wrote in its place; "" for any other address."""
        if "://" not in text:
            return text
        parts, base = urlsplit(text), urlsplit(self._config.base_url)
        here = is_loopback(parts.hostname or "") and (parts.port or 80) == self._config.port
        return parts.path if here or (base.netloc and parts.netloc == base.netloc) else ""

    def _elsewhere(self, url: str) -> str:
        """The path of an article's page where this edition is read under an address that no setting names, as behind
        a proxy or at another port; "" for a page of a publisher.
        """
        parts = urlsplit(url)
        found = _ARTICLE_PAGE.fullmatch(parts.path)
        if not found or self.store.article_at(url):
            return ""
        ours = self.store.revisions(found[1]) or self.store.removed(article=found[1])
        return parts.path if ours or is_loopback(parts.hostname or "") else ""

    def _article(self, text: str) -> Target:
        path = self._path(text) or self._elsewhere(text)
        if not path:
            return self._page(text)
        if path.startswith("/story/"):
            raise ConfigError(f"{text}: is a story; name the articles of it that are to be removed")
        id_ = id_in(path.replace(".side-by-side.html", ".html").removesuffix(".json"))
        if not (self.store.revisions(id_) or self.store.removed(article=id_)):
            raise ConfigError(f"{text}: no such article; give the address of its page, here or at its publisher's")
        return Target(article=id_)

    def _page(self, url: str) -> Target:
        """The page of a publisher, whether it is known here or not."""
        address = absolute(url, "") if web_address(url) else ""
        if not address:
            raise ConfigError(f"{url}: is no web address; give one that begins with https://")
        plain = without_tracking(address)
        known = self.store.article_at(url) or self.store.article_at(address) or self.store.article_at(plain)
        return Target(article=known or article_id(plain), addresses=tuple(dict.fromkeys((url, address, plain))))

    def _source(self, text: str) -> Target:
        known = Catalogue([*compose.catalogue(self._config), *self.store.sources()])
        path, elsewhere = self._path(text), _SOURCE_PAGE.fullmatch(urlsplit(text).path)
        if not path and elsewhere and not known.of(text) and known.get(elsewhere[1]):
            path = elsewhere[0]
        named = _SOURCE_PAGE.fullmatch(path)
        id_ = named[1] if named else path
        source = known.get(id_) if id_ else known.of(text) or (stranger(text) if web_address(text) else None)
        if source:
            return Target(source=source.id, hosts=_hosts(source))
        if id_ and self.store.removed(source=id_):
            return Target(source=id_)
        raise ConfigError(f"{text}: no such source; `limitedtimes sources list` shows those that there are")

    def asking(self, text: str, *, whole: bool) -> list[Appeal]:
        """The requests that ask for just this, in whatever words."""
        target = self.target(text, whole=whole)
        return [one for one in self.store.appeals() if one.whole == whole and self._asks_for(one, target)]

    def _asks_for(self, appeal: Appeal, target: Target) -> bool:
        try:
            found = self.target(appeal.address, whole=appeal.whole)
        except ConfigError:
            return False
        return (found.article, found.source) == (target.article, target.source)


def _hosts(source: Source) -> tuple[str, ...]:
    """The hosts that are a source's as a whole: of one that it shares with others its articles are told by its id."""
    addresses = (source.home, *(f"https://{host}" for host in source.hosts))
    parts = [urlsplit(address) for address in addresses]
    return tuple(dict.fromkeys(part.hostname for part in parts if part.hostname and part.path in ("", "/")))


def show_all(options: argparse.Namespace) -> int:
    with _desk(options) as desk:
        if options.removed:
            print("\n".join(map(_removal_line, desk.store.removals())) or "nothing is removed")
            return 0
        print("\n".join(line for one in desk.store.appeals() for line in _appeal_lines(desk, one)) or "nobody waits")
    return 0


def _appeal_lines(desk: _Desk, appeal: Appeal) -> Iterator[str]:
    what = "a whole source" if appeal.whole else "an article"
    yield f"{appeal.number:4}  {appeal.at:%Y-%m-%d} {PARTIES[appeal.party]} asks for {what}: {appeal.address}"
    yield f"      here: {_here(desk, appeal)}"
    if appeal.why:
        yield f"      why: {' '.join(appeal.why.split())}"
    if appeal.contact:
        yield f"      answer to: {appeal.contact}"


def _here(desk: _Desk, appeal: Appeal) -> str:
    try:
        target = desk.target(appeal.address, whole=appeal.whole)
    except ConfigError as error:
        return str(error)
    if desk.store.removed(article=target.article, source=target.source):
        return "removed already"
    if target.source:
        return f"{target.source}, {counted(desk.store.count(source=target.source), 'article')}"
    published = desk.store.published(target.article)
    return published.path if published else "nothing of it; accepting keeps it out"


def _removal_line(removal: Removal) -> str:
    what = removal.article or f"all of {removal.source}"
    source = f" of {removal.source}" if removal.article and removal.source else ""
    note = f"  ({removal.note})" if removal.note else ""
    return f"{removal.at:%Y-%m-%d}  {what}{source}, asked by {PARTIES[removal.party]}{note}"


def accept(options: argparse.Namespace) -> int:
    with _desk(options) as desk:
        asked = _asked(desk, options)
        _remove(desk, asked.address, whole=asked.whole, party=asked.party, reason=options.reason)
    return 0


def _asked(desk: _Desk, options: argparse.Namespace) -> Appeal:
    """The request of that number, or the first that asks for that. Raises ConfigError."""
    what = options.what
    if _NUMBER.fullmatch(what):
        found = [appeal for appeal in desk.store.appeals() if appeal.number == int(what)]
    else:
        found = desk.asking(what, whole=options.source)
    if not found:
        hint = "`limitedtimes removals list` shows those that wait, and `removals add` needs none"
        raise ConfigError(f"{what}: no such request; {hint}")
    return found[0]


def reject(options: argparse.Namespace) -> int:
    with _desk(options) as desk:
        asked = _asked(desk, options)
        desk.store.answer(asked.number)
        print(f"request {asked.number} is rejected, and what was written in it is deleted")
        _say_whom(asked)
    return 0


def add(options: argparse.Namespace) -> int:
    with _desk(options) as desk:
        _remove(desk, options.what, whole=options.source, party=Party(options.party), reason=options.reason)
    return 0


def _remove(desk: _Desk, what: str, *, whole: bool, party: Party, reason: str) -> None:
    """All requests that ask for the same are answered by it."""
    target, answered = desk.target(what, whole=whole), desk.asking(what, whole=whole)
    numbers = [appeal.number for appeal in answered]
    before = desk.store.removed(article=target.article, source=target.source)
    deleted = desk.store.remove(target, party=party, note=reason, answered=numbers, now=compose.clock())
    print(_deletion(deleted, again=before is not None))
    for appeal in answered:
        _say_whom(appeal)
    if not desk.swept():
        print(f"limitedtimes: warning: {LEFT}", file=sys.stderr)


def _deletion(deleted: Deleted, *, again: bool) -> str:
    if not deleted.articles and again:
        return "it was removed before, and stays kept out"
    if not deleted.articles:
        return "nothing of it was here; it is kept out from now on"
    also = f"{counted(deleted.memory, 'sentence')} of the memory, {counted(deleted.corrections, 'correction')} by hand"
    return f"{counted(deleted.articles, 'article')} deleted and kept out from now on, with {also}"


def _say_whom(appeal: Appeal) -> None:
    if appeal.contact:
        print(f"answer to {appeal.contact} (request {appeal.number}); this is not kept")


def sweep(options: argparse.Namespace) -> int:
    with _desk(options) as desk:
        if not desk.swept():
            raise StoreError(LEFT)
    print("what was deleted is in no file of the database any more")
    return 0


def undo(options: argparse.Namespace) -> int:
    with _desk(options) as desk:
        target = desk.target(options.what, whole=options.source)
        if not desk.store.allow(target, now=compose.clock()):
            removal = desk.store.removed(article=target.article, source=target.source)
            if removal:
                hint = f"`limitedtimes removals undo --source {removal.source}` allows all of it"
                raise ConfigError(f"{options.what}: is removed with its source; {hint}")
            raise ConfigError(f"{options.what}: is not removed; `limitedtimes removals list --removed` shows what is")
    print("it may be gathered again; what was deleted does not come back by itself")
    return 0
