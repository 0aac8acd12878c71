"""The queue against a plain model of it, over random histories (hypothesis)."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from small_press import NOW, entry_of, fetch_todo, page_of
from stores import STORES

from limitedtimes.errors import FetchError
from limitedtimes.model import Entry, Page
from limitedtimes.protocols import Input, Outcome, StepName, Task

LEASE = timedelta(minutes=5)
TITLES = "abcdefgh"  # as many inputs as the store remembers of a fetch
LANES = ("de.zeitung0", "de.zeitung1", "de.zeitung2")


@dataclass
class Row:
    """A task as the model has it."""

    entry: Entry
    due: datetime
    state: str = "queued"
    attempts: int = 0
    lease_until: datetime = NOW
    again: Entry | None = None
    holder: Task[Input] | None = None
    titles: set[str] = field(default_factory=set)

    def open(self, entry: Entry, due: datetime) -> None:
        self.entry, self.due, self.state, self.attempts, self.holder, self.again = entry, due, "queued", 0, None, None


class QueueMachine(RuleBasedStateMachine):
    """Six addresses on three lanes, each with up to eight titles; claims with a lease of five minutes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.rows: dict[str, Row] = {}
        self.held: list[Task[Input]] = []
        self.now = NOW

    @initialize(name=st.sampled_from(sorted(STORES)))
    def open(self, name: str) -> None:
        self.store = STORES[name](Path(self.folder.name))

    @precondition(lambda self: self.held)
    @rule(pick=st.integers(0), title=st.sampled_from(TITLES))
    def change_what_somebody_holds(self, pick: int, title: str) -> None:
        task = self.held[pick % len(self.held)]
        self.add(int(task.key.rpartition("-")[2]), title, None)

    @rule(number=st.integers(0, 5), title=st.sampled_from(TITLES), wait=st.none() | st.integers(-9, 9))
    def add_something(self, number: int, title: str, wait: int | None) -> None:
        self.add(number, title, wait)

    def add(self, number: int, title: str, wait: int | None) -> None:
        entry = entry_of(number, feed=number % 3, title=title)
        due = None if wait is None else self.now + timedelta(minutes=wait)
        row = self.rows.get(entry.url)
        news = row is None or title not in row.titles
        assert self.store.add(fetch_todo(entry, due=due), now=self.now) is news
        if row is None:
            row = self.rows[entry.url] = Row(entry, due or self.now)
        elif news and row.state == "claimed":
            row.again, row.due = entry, due or self.now
        elif news:
            row.open(entry, due or self.now)
        elif row.state == "queued" and due is not None:
            row.due = min(row.due, due)
        row.titles.add(title)

    @rule(
        limit=st.integers(1, 4),
        lanes=st.none() | st.sets(st.sampled_from(LANES)),
        avoid=st.sets(st.sampled_from(LANES), max_size=1),
        per_lane=st.none() | st.integers(1, 2),
    )
    def claim(self, limit: int, lanes: set[str] | None, avoid: set[str], per_lane: int | None) -> None:
        tasks = self.store.claim(
            StepName.FETCH, limit, now=self.now, lease=LEASE, lanes=lanes, avoid=avoid, per_lane=per_lane
        )
        self.lapse()
        free = sorted((row for row in self.rows.values() if row.state == "queued"), key=lambda row: row.due)
        fitting: list[Row] = []
        for row in free:
            lane = row.entry.source
            taken = sum(other.entry.source == lane for other in fitting)
            room = per_lane is None or taken < per_lane
            if row.due <= self.now and lane not in avoid and (lanes is None or lane in lanes) and room:
                fitting.append(row)
        assert [self.rows[task.key].due for task in tasks] == [row.due for row in fitting[:limit]]
        assert len({task.key for task in tasks}) == len(tasks)
        for task in tasks:
            row = self.rows[task.key]
            assert row.state == "queued"
            row.entry, row.again = row.again or row.entry, None
            assert task.input == row.entry
            row.state, row.holder, row.lease_until = "claimed", task, self.now + LEASE
            row.attempts += 1
            assert task.attempts == row.attempts
        self.held += tasks

    def lapse(self) -> None:
        """A claim puts back what its holders did not finish in time; they may still, until somebody else has it."""
        for row in self.rows.values():
            if row.state == "claimed" and row.lease_until <= self.now:
                row.state = "queued"

    @precondition(lambda self: self.held)
    @rule(pick=st.integers(0), ending=st.sampled_from(["done", "retry", "park"]), keep=st.booleans())
    def finish(self, pick: int, ending: str, keep: bool) -> None:
        task = self.held[pick % len(self.held)] if keep else self.held.pop(pick % len(self.held))
        retry = self.now + timedelta(minutes=7)
        value: Page | FetchError = FetchError("no", reason="no", retry_at=retry if ending == "retry" else None)
        if ending == "done":
            assert isinstance(task.input, Entry)
            value = page_of(task.input, now=self.now)
        self.store.finish(Outcome(task, value), now=self.now)
        row = self.rows[task.key]
        if row.holder is not task:
            return
        if row.again is not None:
            row.open(row.again, row.due)
        row_is_new = row.attempts == 0
        row.holder = None
        if not row_is_new:
            row.state = {"done": "done", "retry": "queued", "park": "parked"}[ending]
            row.due = retry if ending == "retry" else row.due

    @precondition(lambda self: self.held)
    @rule(pick=st.integers(0))
    def release(self, pick: int) -> None:
        task = self.held.pop(pick % len(self.held))
        self.store.release([task])
        row = self.rows[task.key]
        if row.holder is task:
            row.entry, row.again, row.state, row.holder = row.again or row.entry, None, "queued", None
            row.attempts -= 1

    @precondition(lambda self: self.held)
    @rule(pick=st.integers(0))
    def renew(self, pick: int) -> None:
        task = self.held[pick % len(self.held)]
        self.store.renew([task], now=self.now, lease=LEASE)
        row = self.rows[task.key]
        if row.holder is task:
            row.state, row.lease_until = "claimed", self.now + LEASE

    @precondition(lambda self: len(self.held) > 5)
    @rule()
    def reclaim(self) -> None:
        claimed = [row for row in self.rows.values() if row.state == "claimed"]
        assert self.store.reclaim() == len(claimed)
        for row in claimed:
            row.entry, row.again, row.state, row.holder = row.again or row.entry, None, "queued", None

    @rule(minutes=st.integers(0, 6))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def agrees(self) -> None:
        if not hasattr(self, "store"):
            return
        open_rows = [row for row in self.rows.values() if row.state in ("queued", "claimed")]
        assert self.store.pending([StepName.FETCH]) == len(open_rows)
        dues = [row.due if row.state == "queued" else row.lease_until for row in open_rows]
        assert self.store.next_due(now=self.now) == (max(self.now, min(dues)) if dues else None)

    def teardown(self) -> None:
        if hasattr(self, "store"):
            parked = sum(row.state == "parked" for row in self.rows.values())
            assert sum(self.store.status(now=self.now).parked.values()) == parked
            self.store.close()
        self.folder.cleanup()


TestQueueByChance = QueueMachine.TestCase
TestQueueByChance.settings = settings(
    max_examples=20, stateful_step_count=40, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
