"""The runner for one machine: fetching in threads, extraction in processes, the engine in one thread of its own.

One loop in one thread claims, hands out, and finishes; nothing else writes to the store, so there is nothing to race.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, TypeVar

from limitedtimes.errors import STOPPED, UNCOUNTED, ConfigError, ExtractError, StepError, StoreError
from limitedtimes.line import LEASES, Line, unexpected
from limitedtimes.model import Article, Page, Source
from limitedtimes.protocols import Outcome, StepName, Store, Task
from limitedtimes.runners.desk import Desk

Clock = Callable[[], datetime]
T = TypeVar("T")
AnyOutcome = Outcome[Any, Any]
Report = Callable[[AnyOutcome], None]

EXTRACTION_DEADLINE: Final = timedelta(seconds=60)
"""A page takes about 20 ms; one that takes this long never ends."""
TICK: Final = 0.2
"""Seconds between two looks at the queue while there is nothing to do."""
GRACE: Final = 10.0
"""Seconds that a stop waits for what is in hand; what is not done by then goes back to the queue."""
PATIENCE: Final = 240.0
"""Seconds that a stop waits for translations, which may be paid for; less than the service manager's
``TimeoutStopSec=300`` in docs/operate.md, which would kill what else is to be kept."""
OUR_OWN: Final = (ConfigError, StoreError)
"""No page's fault, and no page's failure: a model that cannot be loaded, a full disk. They stop the paper."""


class Pool(Protocol):
    """Where pages are extracted: `Extractors`, in processes."""

    workers: int

    def submit(self, page: Page, source: Source | None) -> Future[Article | StepError]: ...

    def restart(self) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Flight:
    """Tasks that a station has in hand, since when, and when their lease began."""

    tasks: Sequence[Task[Any]]
    since: datetime
    leased: datetime

    @property
    def lease(self) -> timedelta:
        return LEASES[self.tasks[0].step]


@dataclass
class LocalRunner:
    """Runs a line over a store until ``stop()`` is called or, with ``until_idle``, until nothing is due.

    ``polls``: look only at the feeds of these sources (ids); None: at all that are due. ``halt`` is set by ``stop()``,
    so that an engine that is asked for much at once need not begin all of it. ``warn`` is told what a stop left behind.
    """

    clock: Clock
    report: Report
    extractors: Callable[[], Pool]
    fetch_workers: int = 32
    batch: int = 32
    until_idle: bool = False
    polls: Collection[str] | None = None
    halt: threading.Event = field(default_factory=threading.Event)
    warn: Callable[[str], object] = print

    def stop(self) -> None:
        """Claim nothing more; what is in hand is finished or given back. Safe in a signal handler."""
        self.halt.set()

    def run(self, line: Line, store: Store) -> None:
        """Raises whatever breaks the store: that stops the paper. A broken page does not."""
        store.reclaim()
        shift = _Shift(self, line, store)
        try:
            while not self.halt.is_set():
                shift.hand_out()
                if self.until_idle and not shift.flying:
                    return
                shift.take_in()
        except BaseException:
            self.stop()  # else an engine that is asked for much would begin all of it
            raise
        finally:
            shift.end()


class _Shift:
    """One run of the runner: the pools, and the tasks in flight."""

    def __init__(self, runner: LocalRunner, line: Line, store: Store) -> None:
        self.runner, self.line, self.store = runner, line, store
        self.web = ThreadPoolExecutor(runner.fetch_workers, thread_name_prefix="fetch")
        self.desk = Desk("desk")
        # Its own thread: at the desk a batch of translations would stand before every single article.
        self.archivist = Desk("archivist")
        self.extractors = runner.extractors()
        self.flying: dict[Future[list[AnyOutcome]], Flight] = {}

    def hand_out(self) -> None:
        """Fill every station that has room; the last one first, so that what is begun is ended."""
        self._renew_leases()
        self._to_archivist()
        self._to_desk(StepName.LOCATE, self._locate, None)
        self._to_desk(StepName.ENRICH, self._enrich, None)
        self._to_desk(StepName.TRANSLATE, self._translate, self.line.lanes())
        self._to_extractors()
        self._to_web(StepName.POLL, self._poll, self.runner.polls)
        self._to_web(StepName.FETCH, self._fetch, None)

    def take_in(self) -> None:
        """Finish what is done."""
        if not self.flying:
            self.runner.halt.wait(TICK)
            return
        done, _ = wait(self.flying, timeout=TICK, return_when=FIRST_COMPLETED)
        for future in done:
            self._finish(future)
        self._end_stuck_extractions()

    def end(self) -> None:
        """Finish what ends within the grace, give the rest back, and close the pools."""
        self.web.shutdown(wait=False, cancel_futures=True)
        for future in self.flying:
            future.cancel()
        self.desk.close()
        self.archivist.close()
        # A cancelled future that no thread took up never counts as done: waiting for it would use up the grace.
        begun = {future: flight for future, flight in self.flying.items() if not future.cancelled()}
        wait(begun, timeout=GRACE)
        translations = [future for future, flight in begun.items() if flight.tasks[0].step is StepName.TRANSLATE]
        _, late = wait(translations, timeout=PATIENCE - GRACE)
        done = {future for future in begun if future.done()}
        self.extractors.close()
        self._settle_all(done, late)

    def _settle_all(self, done: Collection[Future[Any]], late: Collection[Future[Any]]) -> None:
        """Finish what is done and give back the rest, but for what an engine still works on: that keeps its lease, so
        that nobody begins it a second time before this process has ended."""

        def settle(future: Future[Any]) -> None:
            if future in done:
                self._finish(future)
            elif future in late:
                count = len(self.flying.pop(future).tasks)
                self.runner.warn(f"a translation (articles: {count}) did not end; the next start begins it anew")
            else:
                self.store.release(self.flying.pop(future).tasks)

        _each(settle, list(self.flying))

    def _renew_leases(self) -> None:
        """Nothing in hand lapses, however slow: this runner would take it up a second time, beside itself."""
        now = self.runner.clock()
        for future, flight in self.flying.items():
            if now - flight.leased > flight.lease / 2:
                self.store.renew(flight.tasks, now=now, lease=flight.lease)
                self.flying[future] = replace(flight, leased=now)

    def _in_hand(self, *steps: StepName) -> list[Task[Any]]:
        return [task for flight in self.flying.values() for task in flight.tasks if task.step in steps]

    def _claim(self, step: StepName, limit: int, **choice: Any) -> list[Task[Any]]:
        if limit <= 0:
            return []
        return list(self.store.claim(step, limit, now=self.runner.clock(), lease=LEASES[step], **choice))

    def _send(self, future: Future[Any], tasks: Sequence[Task[Any]]) -> None:
        now = self.runner.clock()
        self.flying[future] = Flight(tasks, now, now)

    def _to_desk(self, step: StepName, work: Callable[[list[Task[Any]]], list[AnyOutcome]], lanes: Any) -> None:
        # Two batches in hand, so that the engine never waits for the store.
        if sum(flight.tasks[0].step is step for flight in self.flying.values()) < 2:
            tasks = self._claim(step, self.runner.batch, lanes=lanes)
            if tasks:
                self._send(self.desk.submit(work, tasks), tasks)

    def _to_archivist(self) -> None:
        """One article in hand: the next must find it in the store."""
        if not self._in_hand(StepName.GROUP):
            for task in self._claim(StepName.GROUP, 1):
                self._send(self.archivist.submit(self._group, task), [task])

    def _to_extractors(self) -> None:
        room = 2 * self.extractors.workers - len(self._in_hand(StepName.EXTRACT))
        for task in self._claim(StepName.EXTRACT, room):
            source = self.line.source_of(task.input.source, task.input.final_url)
            self._send(self.extractors.submit(task.input, source), [task])

    def _to_web(self, step: StepName, work: Callable[[Task[Any]], list[AnyOutcome]], lanes: Any) -> None:
        in_hand = self._in_hand(StepName.POLL, StepName.FETCH)
        busy = {task.lane for task in in_hand if task.step is step}
        room = self.runner.fetch_workers - len(in_hand)
        for task in self._claim(step, room, lanes=lanes, avoid=busy, per_lane=1):
            self._send(self.web.submit(work, task), [task])

    def _poll(self, task: Task[Any]) -> list[AnyOutcome]:
        return [_outcome(task, lambda: self.line.poll(task.input, self.store.seen, self.runner.clock()))]

    def _fetch(self, task: Task[Any]) -> list[AnyOutcome]:
        return [_outcome(task, lambda: self.line.fetch(task.input, self.store.seen))]

    def _translate(self, tasks: list[Task[Any]]) -> list[AnyOutcome]:
        return list(self.line.translate(tasks, self.store, self.runner.clock()))

    def _enrich(self, tasks: list[Task[Any]]) -> list[AnyOutcome]:
        return [_outcome(task, lambda task=task: self.line.enrich(task.input)) for task in tasks]  # type: ignore[misc]

    def _locate(self, tasks: list[Task[Any]]) -> list[AnyOutcome]:
        return [_outcome(task, lambda task=task: self.line.locate(task.input)) for task in tasks]  # type: ignore[misc]

    def _group(self, task: Task[Any]) -> list[AnyOutcome]:
        return [_outcome(task, lambda: self.line.group(task.input, self.store))]

    def _finish(self, future: Future[Any]) -> None:
        """Raises ConfigError or StoreError, once all that can be kept is kept: it may be paid for."""
        tasks = self.flying.pop(future).tasks
        try:
            answers = _answers(future, tasks)
        except OUR_OWN:
            self.store.release(tasks)
            raise
        _each(self._keep, answers)

    def _keep(self, outcome: AnyOutcome) -> None:
        now, value = self.runner.clock(), outcome.value
        if not isinstance(value, StepError):
            self.store.finish(outcome, queue=self.line.follow(outcome.task, value, now), now=now)
        elif value.reason in (STOPPED, UNCOUNTED):  # the web was closed under it, say: no failure of the page's
            self.store.release([outcome.task])
            if value.reason == UNCOUNTED:
                raise StoreError(value.message)
            return
        else:
            self.line.settle(outcome.task, value, now)
            self.store.finish(outcome, now=now)
        self.runner.report(outcome)

    def _end_stuck_extractions(self) -> None:
        """A page that never ends is failed with its process; its neighbours go back to the queue, uncounted."""
        limit = self.runner.clock() - EXTRACTION_DEADLINE
        flights = {f: t for f, t in self.flying.items() if t.tasks[0].step is StepName.EXTRACT}
        # Pages are taken in order, so the oldest are those that run; those behind them only wait for a process.
        oldest = list(flights)[: self.extractors.workers]
        stuck = [future for future in oldest if flights[future].since < limit and not future.done()]
        if not stuck:
            return
        self.extractors.restart()
        for future, flight in flights.items():
            del self.flying[future]
            if future in stuck:
                self._keep(_stuck(flight.tasks[0]))
            else:
                self.store.release(flight.tasks)


def _each(settle: Callable[[T], None], items: Iterable[T]) -> None:
    """Settle all, whatever one raises: what the others did may be paid for. Raises the first ConfigError or StoreError
    in the end."""
    errors: list[Exception] = []
    for item in items:
        try:
            settle(item)
        except OUR_OWN as error:
            errors.append(error)
    if errors:
        raise errors[0]


def _stuck(task: Task[Any]) -> AnyOutcome:
    """Tried again, because a machine that slept for an hour makes every page look stuck."""
    message = f"{task.key}: extraction did not end within {EXTRACTION_DEADLINE}"
    return Outcome(task, ExtractError(message, reason="stuck", transient=True))


def _outcome(task: Task[Any], work: Callable[[], Any]) -> AnyOutcome:
    """Call a station; what it raises belongs to this task alone, unless the paper itself is at fault."""
    try:
        return Outcome(task, work())
    except StepError as error:
        return Outcome(task, error)
    except OUR_OWN:
        raise
    except Exception:
        return Outcome(task, unexpected(f"{task.key}: {task.step} failed unexpectedly"))


def _answers(future: Future[Any], tasks: Sequence[Task[Any]]) -> list[AnyOutcome]:
    """A future's outcomes; an extraction's is its bare value, for nothing else should cross between processes."""
    try:
        answer = future.result()
    except BrokenProcessPool:
        error = ExtractError(f"{tasks[0].key}: the extracting process died", reason="died", transient=True)
        return [Outcome(tasks[0], error)]
    except OUR_OWN:
        raise
    except Exception:
        return [Outcome(task, unexpected(f"{task.key}: {task.step} failed unexpectedly")) for task in tasks]
    return answer if isinstance(answer, list) else [Outcome(tasks[0], answer)]
