"""The line: the order of the stations, what follows what, and when a failure is tried again.

Here rooms meet: a station is called with values, and its answer becomes an outcome and the tasks that follow. What
runs where, and when, is the runner's; what is kept, the store's.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

from limitedtimes.enrich import enrich, section, stories
from limitedtimes.enrich.places import locate
from limitedtimes.errors import StepError
from limitedtimes.extract import extract
from limitedtimes.fetch import host_of
from limitedtimes.model import (
    Article,
    Enrichment,
    Entry,
    FeedKind,
    FeedPointer,
    Harvest,
    Page,
    Request,
    Source,
    Translation,
)
from limitedtimes.place import Places
from limitedtimes.protocols import (
    Archive,
    Input,
    Memory,
    Outcome,
    Seen,
    StepName,
    Task,
    Todo,
    Translated,
    Translator,
    Value,
)
from limitedtimes.sources import feeds, sitemaps
from limitedtimes.story import Grouping
from limitedtimes.translate import Headless, translate
from limitedtimes.translate.glossary import Glossary, Scope

Look = Callable[[str], Seen | None]
"""What is known of an address from the last time: ``Reads.seen``."""

LEASES: Final[Mapping[StepName, timedelta]] = {
    StepName.POLL: timedelta(minutes=15),
    StepName.FETCH: timedelta(minutes=15),
    StepName.EXTRACT: timedelta(minutes=5),
    StepName.TRANSLATE: timedelta(hours=1),
    StepName.ENRICH: timedelta(minutes=5),
    StepName.LOCATE: timedelta(minutes=5),
    StepName.GROUP: timedelta(minutes=5),
}
"""How long a claim holds: several times the longest that a station was seen to take."""

FIRST_RETRY: Final = timedelta(minutes=1)
LAST_RETRY: Final = timedelta(hours=6)
FEED_RETRY: Final = timedelta(days=1)
ENGINE_AWAY: Final = frozenset(("quota", "budget", "source-budget", "busy", "unreachable"))
"""Reasons of a TranslateError that tell of a service, not of the article."""


class Web(Protocol):
    """The door to the web, as the line uses it."""

    def get(self, request: Request, *, gzip: bool = False) -> Page: ...


class Catalogue(Protocol):
    """The sources, by id and by address."""

    def get(self, source_id: str) -> Source | None: ...

    def of(self, url: str) -> Source | None: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What an operator may change about the line."""

    poll_every: timedelta = timedelta(minutes=15)
    max_age: timedelta = timedelta(days=7)
    relook: timedelta = timedelta(hours=3)  # zero: a fresh article is not looked at again by itself
    retries: int = 5


@dataclass(frozen=True, slots=True)
class Line:
    """The stations, each from the input of a task to its value. Raises StepError; the runner makes it an outcome."""

    web: Web
    catalogue: Catalogue
    engines: Mapping[str, Translator]  # language → engine
    rules: Rules = Rules()
    glossary: Callable[[], Glossary] = Glossary  # as it is now
    original_headlines: bool = False  # as `translate` has it
    own_engines: Mapping[tuple[str, str], Translator] = field(default_factory=dict)  # (Source.id, language) → engine

    def lanes(self) -> frozenset[str]:
        """Languages that can leave the translation station; an article in any other waits for an engine."""
        return frozenset(self.engines)

    def source_of(self, source_id: str, url: str) -> Source | None:
        return (self.catalogue.get(source_id) if source_id else None) or self.catalogue.of(url)

    def poll(self, feed: FeedPointer, look: Look, now: datetime) -> Harvest:
        """One look at a feed or sitemap."""
        source = self.source_of(feed.source, feed.url)
        every = timedelta(minutes=source.every) if source and source.every else self.rules.poll_every
        packed = feed.kind is FeedKind.SITEMAP  # a sitemap.xml.gz is a gzip file, whatever its Content-Encoding
        page = self.web.get(_request(feed.url, feed.source, look(feed.url)), gzip=packed)
        if page.status == 304:
            return Harvest(
                feed, (), etag=page.etag, last_modified=page.last_modified, unchanged=True, next_at=now + every
            )
        harvest = read_feed(page, feed, source, now)
        return replace(harvest, etag=page.etag, last_modified=page.last_modified, next_at=now + every)

    def fetch(self, entry: Entry, look: Look) -> Page:
        page = self.web.get(_request(entry.url, entry.source, look(entry.url)))
        return replace(page, source=entry.source, entry=entry)

    def translate(
        self, tasks: Sequence[Task[Article]], memory: Memory, now: datetime
    ) -> Iterator[Outcome[Article, Translation]]:
        """Many articles at once, because an engine wants a thousand sentences at once."""
        for engine, group in self._by_engine(tasks):
            articles = [task.input for task in group]
            answers = translate(
                articles,
                engine=engine,
                memory=memory,
                now=now,
                terms=self.terms,
                original_headlines=self.original_headlines,
            )
            for task, answer in zip(group, answers, strict=True):
                yield Outcome(task, answer, answer.besides if isinstance(answer, Headless) else None)

    def terms(self, article: Article) -> Scope:
        """The entries of the glossary that hold for an article, by its source and its section of the edition."""
        source = self.source_of(article.source, article.url)
        return self.glossary().within(source=article.source, section=section(article, source))

    def engine_of(self, article: Article) -> Translator | None:
        """That of its source, if that has its own for the language; else that of the language."""
        if self.own_engines:
            source = self.source_of(article.source, article.url)
            own = self.own_engines.get((source.id if source else article.source, article.language))
            if own:
                return own
        return self.engines.get(article.language)

    def _by_engine(self, tasks: Sequence[Task[Article]]) -> Iterator[tuple[Translator, list[Task[Article]]]]:
        """Two routes may begin with the same engine, and so have its id: they are two engines all the same."""
        groups: dict[int, tuple[Translator, list[Task[Article]]]] = {}
        for task in tasks:
            engine = self.engine_of(task.input) or self.engines[task.lane]
            groups.setdefault(id(engine), (engine, []))[1].append(task)
        yield from sorted(groups.values(), key=lambda group: group[0].id)

    def enrich(self, item: Translated) -> Enrichment:
        source = self.source_of(item.article.source, item.article.url)
        return enrich(item.article, item.translation, source=source)

    def locate(self, item: Translated) -> Places:
        source = self.source_of(item.article.source, item.article.url)
        return locate(item.article, item.translation, source=source)

    def group(self, item: Translated, archive: Archive) -> Grouping:
        """One at a time: two articles about one event that are grouped side by side would not find each other."""
        return stories.group(item, archive)

    def follow(self, task: Task[Input], value: Value, now: datetime) -> list[Todo]:
        """What a finished task puts on the queue."""
        match value:
            case Harvest():
                return self._after_poll(value, now)
            case Page():
                return self._after_fetch(task, value, now)
            case Article():
                key = f"{value.id}:{value.fingerprint}"
                return [Todo(StepName.TRANSLATE, key, value, lane=value.language)]
            case Translation():
                assert isinstance(task.input, Article)
                return [Todo(StepName.ENRICH, task.key, Translated(task.input, value))]
            case Enrichment():
                assert isinstance(task.input, Translated)
                return [Todo(step, task.key, task.input) for step in (StepName.LOCATE, StepName.GROUP)]
            case Places() | Grouping():
                return []

    def _after_poll(self, harvest: Harvest, now: datetime) -> list[Todo]:
        oldest = now - self.rules.max_age
        pages = [
            fetch_todo(entry) for entry in harvest.entries if entry.published is None or entry.published.at >= oldest
        ]
        return pages + [poll_todo(child) for child in self._children(harvest)]

    def _children(self, harvest: Harvest) -> tuple[FeedPointer, ...]:
        """What a sitemap index points to, one floor down: an index of indexes would lead anywhere and never end."""
        source = self.catalogue.get(harvest.feed.source)
        declared = source is not None and harvest.feed.url in {feed.url for feed in source.feeds}
        return harvest.children if declared else ()

    def _after_fetch(self, task: Task[Input], page: Page, now: datetime) -> list[Todo]:
        if page.status == 304:
            return []
        todos = [Todo(StepName.EXTRACT, page.url, page)]
        if self.rules.relook and isinstance(task.input, Entry) and not task.key.endswith(RELOOK):
            todos.append(fetch_todo(task.input, mark=RELOOK, due=now + self.rules.relook))
        return todos

    def settle(self, task: Task[Input], error: StepError, now: datetime) -> StepError:
        """The failure with its ``retry_at``: none parks the task, and a feed is never parked.

        Waits double from a minute to six hours; what the web asked for (Retry-After) wins when it is later. Up to
        a half is added by the task's number, so that what failed together does not come back together. An article
        whose engines are all away waits for them, however long: that is no fault of its own.
        """
        doublings = min(task.attempts - 1, 10)
        wait = min(FIRST_RETRY * 2**doublings, LAST_RETRY) * (1 + task.id % 6 / 10)
        if task.step is StepName.POLL:
            wait = min(self.rules.poll_every * 2**doublings, FEED_RETRY)
        elif not error.transient or (task.attempts >= self.rules.retries and not _engine_is_away(task, error)):
            error.retry_at = None
            return error
        error.retry_at = max(now + wait, error.retry_at or now)
        return error


RELOOK: Final = "#relook"
"""Ends the key of a second look at a fresh article: a fragment, so no address has it."""


def poll_todo(feed: FeedPointer, *, due: datetime | None = None) -> Todo:
    return Todo(StepName.POLL, feed.url, feed, lane=feed.source, due=due)


def fetch_todo(entry: Entry, *, mark: str = "", due: datetime | None = None) -> Todo:
    """The summary stays behind: some feeds change it with every look, which would fetch the page every time."""
    return Todo(StepName.FETCH, entry.url + mark, replace(entry, summary=""), lane=host_of(entry.url), due=due)


def read_feed(page: Page, feed: FeedPointer, source: Source | None, now: datetime) -> Harvest:
    """The entries of a fetched feed or sitemap. Raises ExtractError when it is neither."""
    zone = source.time_zone if source else "UTC"
    if feed.kind is FeedKind.SITEMAP:
        return sitemaps.parse(page.body, url=page.final_url, feed=feed, now=now, time_zone=zone)
    kind = page.headers.get("content-type", "")
    return feeds.parse(page.body, url=page.final_url, content_type=kind, feed=feed, now=now, time_zone=zone)


def extract_page(page: Page, source: Source | None) -> Article | StepError:
    """The extraction station as a plain function of values, so that another process can run it."""
    try:
        return extract(page, source)
    except StepError as error:
        return error
    except Exception:  # a hostile border: whatever a page does to a parser stays with that page
        return unexpected(f"{page.url}: extraction failed unexpectedly")


def unexpected(message: str) -> StepError:
    """The exception in flight as a labelled failure that keeps its traceback."""
    return StepError(message, reason="unexpected", transient=True, detail=traceback.format_exc(limit=20))


def _engine_is_away(task: Task[Input], error: StepError) -> bool:
    return task.step is StepName.TRANSLATE and error.reason in ENGINE_AWAY


def _request(url: str, source: str, seen: Seen | None) -> Request:
    if seen is None:
        return Request(url, source)
    return Request(url, source, etag=seen.etag, last_modified=seen.last_modified)
