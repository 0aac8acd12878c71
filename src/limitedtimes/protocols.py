"""The three seams of the house, and the values that cross them.

A station never sees a store, an engine never sees an article, and the store decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

from limitedtimes.accounts import Accounts, Payer
from limitedtimes.contents import Contents, Outlines
from limitedtimes.errors import StepError
from limitedtimes.model import (
    Article,
    Awaiting,
    Enrichment,
    Entry,
    FeedPointer,
    Harvest,
    Page,
    Published,
    Source,
    Teaser,
    Translation,
)
from limitedtimes.place import Place, Places
from limitedtimes.removal import Appeals, Removals
from limitedtimes.search import Found, Search
from limitedtimes.story import Grouping, Kin, Story, TermCounts
from limitedtimes.trend import Chronicle, Reporting

In = TypeVar("In")
Out = TypeVar("Out")


class StepName(StrEnum):
    """The stations that an article passes, in order."""

    POLL = "poll"  # Request → Harvest
    FETCH = "fetch"  # Entry → Page
    EXTRACT = "extract"  # Page → Article
    TRANSLATE = "translate"  # Article → Translation
    ENRICH = "enrich"  # Article and Translation → Enrichment; finishing it publishes
    LOCATE = "locate"  # Article and Translation → Places: the countries and towns that it names
    GROUP = "group"  # Article and Translation → Grouping: the story that it belongs to


@dataclass(frozen=True, slots=True)
class Translated:
    """Input of the last steps."""

    article: Article
    translation: Translation


Input: TypeAlias = FeedPointer | Entry | Page | Article | Translated
Value: TypeAlias = Harvest | Page | Article | Translation | Enrichment | Places | Grouping


@dataclass(frozen=True, slots=True)
class Todo:
    """A task to queue. ``lane`` is what a claimer may choose by: the host of a fetch, the language of a translation."""

    step: StepName
    key: str
    input: Input
    lane: str = ""
    due: datetime | None = None  # None: at once


@dataclass(frozen=True, slots=True)
class Task(Generic[In]):
    """A claimed row of the queue."""

    id: int
    step: StepName
    key: str
    lane: str
    input: In
    attempts: int  # this one included: 1 at the first try
    claim: int = 0  # the store's number for this claim of the row, from 1; a later claim has another


@dataclass(frozen=True, slots=True)
class Outcome(Generic[In, Out]):
    """What became of a task. An expected failure is a value; ``besides`` is what was translated all the same."""

    task: Task[In]
    value: Out | StepError
    besides: Translation | None = None


Step: TypeAlias = Callable[[Sequence[Task[In]]], Iterator[Outcome[In, Out]]]


@dataclass(frozen=True, slots=True)
class Rendering:
    """One sentence as an engine rendered it. ``score`` is the mean log-probability per token. ``engine`` is the id of
    the one that did it, where that may be another than the one that was asked. ``others`` is what it would say else,
    the most probable first, without engines; going through them may cost time."""

    text: str
    score: float | None = None
    engine: str = ""
    others: Iterable[Rendering] = field(default=(), compare=False, repr=False)


class Translator(Protocol):
    """Strings in, English strings out. Knows nothing of articles."""

    @property
    def id(self) -> str:
        """Stored with every translation: ``ctranslate2/limitedtimes-many-en-1@3f2c1a``. Changes when the model does."""

    @property
    def languages(self) -> frozenset[str]:
        """ISO 639 codes that it translates from."""

    @property
    def drafts(self) -> Mapping[str, float]:
        """Ids, as renderings carry them, of engines in it that make words up, and the score under which each was unsure
        of a sentence (minus infinity: its scores say nothing): no headline of theirs may be so."""

    def fits(self, sentence: str, language: str) -> bool:
        """Whether the sentence is within the model's limit; a longer one must be cut before it is sent."""

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        """As many renderings as sentences, in order. Raises TranslateError for a language it does not know."""


@runtime_checkable
class Streaming(Protocol):
    """A Translator that has some sentences sooner than others."""

    def stream(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> Iterator[tuple[int, Rendering]]:
        """As ``translate``: the index of each sentence, once, with its rendering, as soon as that is there."""


@runtime_checkable
class Paid(Protocol):
    """A Translator, or several behind one, that may have to be paid for what it is sent."""

    def translate_for(
        self, payers: Mapping[str, Payer], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        """As ``translate``, of the sentences that are the keys, each on the account of its payer."""


@dataclass(frozen=True, slots=True)
class MemoryKey:
    """What makes two translations of a sentence the same one."""

    sentence: str
    language: str
    engine: str
    glossary: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionKey:
    """What a correction holds for: a clean sentence in its language, in one article (id) or, with "", in every one."""

    sentence: str
    language: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a sentence is in English by the word of a person."""

    key: CorrectionKey
    english: str
    by: str
    at: datetime
    note: str = ""  # to those who edit, not to readers


@dataclass(frozen=True, slots=True)
class KeptCorrection:
    """A correction in the store's history. It is in force unless it is undone, or a later one has its key."""

    number: int  # from 1, as they came in
    correction: Correction
    undone: datetime | None = None


class Memory(Protocol):
    """The translation memory, as a station sees it: questions, never a write."""

    def recall(self, keys: Sequence[MemoryKey]) -> Mapping[MemoryKey, Rendering]: ...

    def corrected(self, keys: Sequence[CorrectionKey]) -> Mapping[CorrectionKey, Correction]:
        """The corrections that are in force for exactly these keys."""


class Archive(Protocol):
    """The articles that are grouped already, as a station sees them: questions, never a write."""

    def term_counts(self, terms: Sequence[int]) -> TermCounts: ...

    def kin(self, terms: Mapping[int, float], *, since: datetime, until: datetime, limit: int) -> list[Kin]:
        """The articles of these days (UTC, whole ones) whose sketches are most like these terms, the likest first."""

    def company(self, article: str) -> str:
        """The id of the story that the article is in with others; "" where it is alone or not grouped yet."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the last look at an address (feed or page) left behind: validators for a conditional GET."""

    etag: str
    last_modified: str
    looked_at: datetime


@dataclass(frozen=True, slots=True)
class ParkedTask:
    step: str
    key: str
    reason: str
    message: str
    attempts: int
    since: datetime
    unexpected: bool


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from the publisher's time to our page, over the articles of a day."""

    count: int
    median: float
    p95: float


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an edition, for `limitedtimes status` and the status page."""

    articles: int
    published: int
    awaiting: Mapping[str, int]  # language → articles
    queue: Mapping[str, int]  # step → tasks that wait or are claimed
    delayed: Mapping[str, tuple[int, datetime]]  # reason → translations put off for it, and until when
    parked: Mapping[str, int]  # reason → tasks
    recent_parked: tuple[ParkedTask, ...]
    latency: Latency | None
    sources: int
    newest: datetime | None
    flags: Mapping[str, int]  # kind → sentences


class Queue(Protocol):
    """The half of the store that the runner uses. Every call is one transaction."""

    def add(self, todo: Todo, *, now: datetime) -> bool:
        """Queue a task. Idempotent by (step, key): the same input again is no news (False); a changed input
        opens the task anew (True). An explicit ``due`` earlier than that of a waiting task brings it forward."""

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
        """Due tasks, oldest due first, that nobody else gets until the lease ends. ``lanes``: only these;
        ``avoid``: not these; ``per_lane``: at most so many of one lane."""

    def finish(self, outcome: Outcome[Input, Value], *, queue: Sequence[Todo] = (), now: datetime) -> None:
        """Keep the value, queue what follows, and close the task, in ONE transaction.

        A StepError with ``retry_at`` puts the task back until then; without, it is parked with its message.
        An outcome of a task whose lease was lost and taken over has the same effect once, not twice.
        """

    def release(self, tasks: Sequence[Task[Input]]) -> None:
        """Give claimed tasks back, unharmed and uncounted."""

    def renew(self, tasks: Sequence[Task[Input]], *, now: datetime, lease: timedelta) -> None:
        """Begin the lease of claimed tasks anew; of one that somebody else has by now, nothing changes."""

    def reclaim(self) -> int:
        """Give back every claimed task, whoever holds it: only for a runner that knows that it is alone, and
        finds what a killed one left behind. Returns how many."""

    def retry(self, reason: str, *, now: datetime) -> int:
        """Put every task that is parked for this reason, and every translation that is put off for it, back on the
        line, as if it were new. Returns how many."""

    def redo(self, step: StepName, key: str, *, now: datetime) -> bool:
        """Do a task again with the input that it had: for what has another answer now. One that waits already is
        left alone (False), and so is one that is not known; one that somebody has is opened again when they are
        done."""

    def next_due(self, *, now: datetime) -> datetime | None:
        """When the next task falls due or its lease ends, whatever its step; None for an empty queue."""

    def pending(self, steps: Collection[StepName], *, lanes: Collection[str] | None = None) -> int:
        """How many tasks of these steps wait or are claimed (of these lanes only, when given)."""


class Reads(Chronicle, Reporting, Outlines, Protocol):
    """The half of the store that the edition reads. Nothing here writes."""

    def seen(self, url: str) -> Seen | None:
        """The last successful look at a feed or a page by its address as asked for."""

    def published(self, article: str) -> Published | None:
        """By article id; None when it is unknown, not yet published, or removed."""

    def revisions(self, article: str) -> list[Article]:
        """All revisions, the oldest first."""

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
        """Published articles, the latest first by the publisher's time (never later than ``now``)."""

    def story(self, article: str) -> Story | None:
        """The story that an article is in, with those of its articles that are published; None when it is in none.
        The id of a story is that of an article, so one that was merged into another leads to that one."""

    def related(self, article: str, *, since: datetime, until: datetime, limit: int) -> list[Teaser]:
        """Published articles of these days (UTC) that are not in the article's story, the likest first."""

    def count(self, *, source: str | None = None, day: date | None = None, section: str | None = None) -> int: ...

    def search(self, wanted: Search, *, now: datetime, limit: int, offset: int = 0) -> Found:
        """Published articles, as ``teasers`` has them. Never fails, whatever the terms hold."""

    def places(self, articles: Sequence[str]) -> Mapping[str, Sequence[Place]]:
        """What these articles name, each in the order of its text; without those that name nothing."""

    def sections(self) -> list[str]:
        """Those that have published articles."""

    def awaiting(self, *, limit: int, language: str | None = None) -> list[Awaiting]: ...

    def waiting(self) -> Mapping[str, int]:
        """Language → articles that are awaiting."""

    def sources(self) -> list[Source]: ...

    def status(self, *, now: datetime) -> Status: ...

    def changed_at(self) -> datetime | None:
        """When anything that a reader can see last changed: the validator of every list page."""


class Corrections(Protocol):
    """What people said that sentences are in English. Nothing of it is deleted but with its article."""

    def correct(self, corrections: Sequence[Correction]) -> None:
        """Keep them, all or none, but for removed articles. Of several with one key the latest is in force."""

    def undo(self, number: int, *, now: datetime) -> bool:
        """Take one back, so that the one before it is in force again; False where there is none to take back."""

    def corrections(self) -> list[KeptCorrection]:
        """The whole history, in the order that it came in."""


class Newsstand(Reads, Contents, Appeals, Protocol):
    """What the site needs of the store."""


class Store(Queue, Reads, Memory, Archive, Corrections, Accounts, Removals, Contents, Protocol):
    """Remembers; decides nothing."""

    def snapshot(self) -> AbstractContextManager[Newsstand]:
        """Reads that all see one moment, whatever is written meanwhile; for one thread at a time."""

    def save_sources(self, sources: Sequence[Source]) -> None:
        """Keep the catalogue beside the articles, so that a page can always name its publisher."""

    def close(self) -> None: ...
