"""The store: each call is one transaction around a function of the neighbouring modules."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from limitedtimes.accounts import Spending
from limitedtimes.contents import ArchiveDay, Gathered, Leaf, Outline
from limitedtimes.model import Article, Awaiting, Published, Source, Teaser
from limitedtimes.place import Place
from limitedtimes.protocols import (
    Correction,
    CorrectionKey,
    Input,
    KeptCorrection,
    MemoryKey,
    Newsstand,
    Outcome,
    Rendering,
    Seen,
    Status,
    StepName,
    Task,
    Todo,
    Value,
)
from limitedtimes.removal import Appeal, Deleted, Party, Removal, Target
from limitedtimes.search import Found, Search
from limitedtimes.store import (
    changes,
    chronicle,
    contents,
    corrections,
    places,
    reads,
    removals,
    search,
    spending,
    state,
    stories,
    tombstones,
    worklist,
)
from limitedtimes.store.catalogue import save_sources
from limitedtimes.store.database import Database, Wish
from limitedtimes.store.migrate import migrate
from limitedtimes.store.reads import Selection
from limitedtimes.store.values import keep_input
from limitedtimes.story import Kin, Story, TermCounts
from limitedtimes.trend import Mention, Pulse, Subject, Worth


class SqlStore:
    """``protocols.Store`` over a database. Threads may share it; processes open one each."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        # Threads of this process queue here in order: SQLite's own lock lets late-comers overtake.
        self._turn = threading.Lock()
        self._held: Connection | None = None  # of a snapshot: the one connection whose transaction all reads share
        with self._writing() as connection:
            migrate(connection, name)
        while self._catch_up():
            pass

    def _catch_up(self) -> int:
        """Put what was published before there was a search into its index, some at a time."""
        with self._reading() as connection:
            if not search.missing(connection):
                return 0
        with self._writing() as connection:
            return search.catch_up(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        if self._held is not None:
            with self._explained():
                yield self._held
            return
        with self._explained(), self._database.reader.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._explained(), self._turn, self._database.writer.begin() as connection:
            yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            explained = self._database.explain(error)
            if explained is None:
                raise
            raise explained from error

    # Queue

    def add(self, todo: Todo, *, now: datetime) -> bool:
        with self._writing() as connection:
            if not tombstones.admits(connection, todo.input):
                return False
            keep_input(connection, todo.input, now=now)
            return worklist.add(connection, todo, now=now)

    def claim(
        self,
        step: StepName,
        limit: int,
        *,
        now: datetime,
        lease: timedelta,
        lanes: Collection[str] | None = None,
        avoid: Collection[str] = (),
        per_lane: int | None = None,
    ) -> list[Task[Input]]:
        wish = Wish(step, limit, lanes, avoid, per_lane)
        with self._writing() as connection:
            rows = worklist.claim(connection, self._database, wish, now=now, until=now + lease)
        # The inputs are read outside the write: unpacking fifty pages would keep others waiting.
        with self._reading() as connection:
            return worklist.tasks_of(connection, rows)

    def finish(self, outcome: Outcome[Input, Value], *, queue: Sequence[Todo] = (), now: datetime) -> None:
        with self._writing() as connection:
            worklist.finish(connection, outcome, queue=queue, now=now)

    def release(self, tasks: Sequence[Task[Input]]) -> None:
        with self._writing() as connection:
            worklist.release(connection, tasks)

    def renew(self, tasks: Sequence[Task[Input]], *, now: datetime, lease: timedelta) -> None:
        with self._writing() as connection:
            worklist.renew(connection, tasks, until=now + lease)

    def reclaim(self) -> int:
        with self._writing() as connection:
            return worklist.reclaim(connection)

    def retry(self, reason: str, *, now: datetime) -> int:
        with self._writing() as connection:
            return worklist.retry(connection, reason, now=now)

    def redo(self, step: StepName, key: str, *, now: datetime) -> bool:
        with self._writing() as connection:
            return worklist.redo(connection, step, key, now=now)

    def next_due(self, *, now: datetime) -> datetime | None:
        with self._reading() as connection:
            due = worklist.next_due(connection)
        return max(due, now) if due else None

    def pending(self, steps: Collection[StepName], *, lanes: Collection[str] | None = None) -> int:
        with self._reading() as connection:
            return worklist.pending(connection, steps, lanes)

    # Reads

    def seen(self, url: str) -> Seen | None:
        with self._reading() as connection:
            return reads.seen(connection, url)

    def published(self, article: str) -> Published | None:
        with self._reading() as connection:
            return reads.published(connection, article)

    def revisions(self, article: str) -> list[Article]:
        with self._reading() as connection:
            return reads.all_revisions(connection, article)

    def teasers(
        self,
        *,
        now: datetime,
        limit: int,
        offset: int = 0,
        source: str | None = None,
        day: date | None = None,
        section: str | None = None,
        language: str | None = None,
    ) -> list[Teaser]:
        selection = Selection(source, day, section, language, until=now)
        with self._reading() as connection:
            return reads.teasers(connection, selection, limit=limit, offset=offset)

    def count(self, *, source: str | None = None, day: date | None = None, section: str | None = None) -> int:
        with self._reading() as connection:
            return reads.count(connection, Selection(source, day, section))

    def search(self, wanted: Search, *, now: datetime, limit: int, offset: int = 0) -> Found:
        with self._reading() as connection:
            return search.find(connection, wanted, now=now, limit=limit, offset=offset)

    def places(self, articles: Sequence[str]) -> Mapping[str, Sequence[Place]]:
        with self._reading() as connection:
            return places.of(connection, articles)

    def sections(self) -> list[str]:
        with self._reading() as connection:
            return reads.sections(connection)

    def waiting(self) -> Mapping[str, int]:
        with self._reading() as connection:
            return state.waiting(connection)

    def awaiting(self, *, limit: int, language: str | None = None) -> list[Awaiting]:
        with self._reading() as connection:
            return reads.awaiting(connection, limit=limit, language=language)

    def sources(self) -> list[Source]:
        with self._reading() as connection:
            return reads.all_sources(connection)

    def status(self, *, now: datetime) -> Status:
        with self._reading() as connection:
            return state.status(connection, now=now)

    def changed_at(self) -> datetime | None:
        with self._reading() as connection:
            return changes.marked_at(connection, changes.CHANGED)

    def changes(self, since: datetime) -> list[str] | None:
        with self._reading() as connection:
            return changes.since(connection, since)

    def story(self, article: str) -> Story | None:
        with self._reading() as connection:
            return stories.story(connection, article)

    def related(self, article: str, *, since: datetime, until: datetime, limit: int) -> list[Teaser]:
        with self._reading() as connection:
            return stories.related(connection, article, since=since, until=until, limit=limit)

    def pulse(self, *, now: datetime, days: int, worth: Worth) -> Pulse:
        with self._reading() as connection:
            return chronicle.pulse(connection, now=now, days=days, worth=worth)

    def mentions(self, subjects: Sequence[Subject], *, now: datetime) -> Mapping[Subject, tuple[Mention, ...]]:
        with self._reading() as connection:
            return chronicle.said(connection, subjects, now=now)

    def forgotten_at(self) -> datetime | None:
        with self._reading() as connection:
            return changes.marked_at(connection, changes.REMOVED)

    def reports(self, articles: Collection[str]) -> list[Teaser]:
        with self._reading() as connection:
            return reads.teasers_of(connection, articles)[::-1]

    def outlines(self, *, now: datetime) -> list[Outline]:
        with self._reading() as connection:
            return reads.outlines(connection, now=now)

    @contextmanager
    def snapshot(self) -> Iterator[Newsstand]:
        with self._reading() as connection:
            held = copy(self)
            held._held = connection
            # The pages of an article are asked for one after the other, and nothing changes between them.
            held.published = lru_cache(maxsize=8)(held.published)  # type: ignore[method-assign]
            held.changed_at()  # SQLite fixes what a transaction sees at its first read
            yield held

    # Archive

    def term_counts(self, terms: Sequence[int]) -> TermCounts:
        with self._reading() as connection:
            return stories.counts(connection, terms)

    def kin(self, terms: Mapping[int, float], *, since: datetime, until: datetime, limit: int) -> list[Kin]:
        with self._reading() as connection:
            return stories.kin(connection, terms, since=since, until=until, limit=limit)

    def company(self, article: str) -> str:
        with self._reading() as connection:
            return stories.company(connection, article)

    # Memory

    def recall(self, keys: Sequence[MemoryKey]) -> Mapping[MemoryKey, Rendering]:
        with self._reading() as connection:
            return reads.recall(connection, keys)

    def corrected(self, keys: Sequence[CorrectionKey]) -> Mapping[CorrectionKey, Correction]:
        with self._reading() as connection:
            return corrections.corrected(connection, keys)

    # Corrections

    def correct(self, given: Sequence[Correction]) -> None:
        with self._writing() as connection:
            corrections.correct(connection, given)

    def undo(self, number: int, *, now: datetime) -> bool:
        with self._writing() as connection:
            return corrections.undo(connection, number, now=now)

    def corrections(self) -> list[KeptCorrection]:
        with self._reading() as connection:
            return corrections.history(connection)

    # Removals

    def ask(self, appeal: Appeal) -> int | None:
        with self._writing() as connection:
            return removals.ask(connection, appeal)

    def appeals(self) -> list[Appeal]:
        with self._reading() as connection:
            return removals.waiting(connection)

    def answer(self, number: int) -> bool:
        with self._writing() as connection:
            return removals.answer(connection, number)

    def remove(self, target: Target, *, party: Party, note: str, answered: Sequence[int], now: datetime) -> Deleted:
        with self._writing() as connection:
            return removals.remove(connection, target, party=party, note=note, answered=answered, now=now)

    def sweep(self) -> bool:
        begin = more = True
        while more:
            with self._writing() as connection:
                more = search.tidy(connection, begin=begin)
            begin = False
        with self._explained(), self._turn:
            return self._database.sweep()

    def allow(self, target: Target, *, now: datetime) -> bool:
        with self._writing() as connection:
            return removals.allow(connection, target, now=now)

    def removals(self) -> list[Removal]:
        with self._reading() as connection:
            return removals.in_force(connection)

    def removed(self, *, article: str = "", source: str = "") -> Removal | None:
        with self._reading() as connection:
            return removals.removed(connection, article=article, source=source)

    def article_at(self, url: str) -> str:
        with self._reading() as connection:
            return removals.article_at(connection, url)

    # Contents

    def archive_days(self) -> list[ArchiveDay]:
        with self._reading() as connection:
            return contents.archive_days(connection)

    def leaves(self, first: date, last: date, *, limit: int, offset: int) -> list[Leaf]:
        with self._reading() as connection:
            return contents.leaves(connection, first, last, limit=limit, offset=offset)

    def gathered(self) -> list[Gathered]:
        with self._reading() as connection:
            return contents.gathered(connection)

    # Accounts

    def spend(self, item: Spending, *, check: Callable[[int, int], object]) -> None:
        with self._writing() as connection:
            spending.spend(connection, item, check=check)

    def spent(self, *, since: date | None = None, article: str = "", by_article: bool = False) -> list[Spending]:
        with self._reading() as connection:
            return spending.spent(connection, since=since, article=article, by_article=by_article)

    # The catalogue

    def save_sources(self, sources: Sequence[Source]) -> None:
        with self._writing() as connection:
            save_sources(connection, sources)

    def close(self) -> None:
        self._database.close()
