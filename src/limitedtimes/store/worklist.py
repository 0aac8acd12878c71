"""The queue: one row for each task, from its first input to its last."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, Update, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import NoResultFound

from limitedtimes.errors import StepError
from limitedtimes.model import Article, Enrichment, Harvest, Page, Translation
from limitedtimes.place import Places
from limitedtimes.protocols import Input, Outcome, StepName, Task, Todo, Translated, Value
from limitedtimes.store import chronicle, places, stories, tombstones
from limitedtimes.store.changes import mark_changed
from limitedtimes.store.codec import pack
from limitedtimes.store.database import Database, Wish
from limitedtimes.store.publish import publish
from limitedtimes.store.schema import CLAIMED, DONE, PARKED, QUEUED, tasks
from limitedtimes.store.values import (
    article_of,
    digest,
    keep_article,
    keep_harvest,
    keep_input,
    keep_origin,
    keep_page,
    keep_translation,
    read_kept,
    refer,
    remember,
    resolve,
)
from limitedtimes.story import Grouping

REMEMBERED: Final = {StepName.FETCH: 8}
"""How many inputs of a task are remembered; 1 for steps not named. One article stands in several feeds and sitemaps
with slightly different entries: if only the last one counted, they would take turns in having the page fetched."""

# Built once, because every task passes here: putting a statement together takes SQLAlchemy longer than SQLite takes to
# execute it.
_STATE: Final[Select[Any]] = select(
    tasks.c.id,
    tasks.c.state,
    tasks.c.due,
    tasks.c.attempts,
    tasks.c.claim,
    tasks.c.again,
    tasks.c.digests,
    tasks.c.since,
)
_BY_KEY: Final = _STATE.where(tasks.c.step == bindparam("step"), tasks.c.key == bindparam("key"))
_BY_ID: Final = _STATE.where(tasks.c.id == bindparam("task"))
_CHANGE: Final = update(tasks).where(tasks.c.id == bindparam("task"))
_LAPSED: Final = (
    update(tasks)
    .where(tasks.c.step == bindparam("of"), tasks.c.state == CLAIMED, tasks.c.lease_until <= bindparam("now"))
    .values(state=QUEUED)
)


def add(connection: Connection, todo: Todo, *, now: datetime) -> bool:
    """Queue a task whose input is kept already; see ``Queue.add``."""
    mark = digest(connection, todo.input)
    row = connection.execute(_BY_KEY, {"step": todo.step, "key": todo.key}).one_or_none()
    known = row.digests.split() if row else []
    if row and mark in known:
        _bring_forward(connection, row, todo.due)
        return False
    _supersede(connection, todo)
    if row is None:
        fresh = _opened(todo, mark, now) | {"step": todo.step, "key": todo.key, "claim": 0, "again": False}
        connection.execute(insert(tasks), fresh)
        return True
    changed = _opened(todo, " ".join([*known, mark][-REMEMBERED.get(todo.step, 1) :]), now)
    # A late holder whose lease ran out must not close the task that is opened here.
    changed["claim"] = row.claim + 1
    if row.state == CLAIMED:
        # Whoever has it works on the earlier input; the task opens again when they are done.
        changed |= {"claim": row.claim, "state": CLAIMED, "attempts": row.attempts, "since": row.since, "again": True}
    connection.execute(_CHANGE, changed | {"task": row.id})
    return True


def _opened(todo: Todo, digests: str, now: datetime) -> dict[str, Any]:
    return {
        "lane": todo.lane,
        "state": QUEUED,
        "due": todo.due or now,
        "attempts": 0,
        "digests": digests,
        "input": pack(refer(todo.input)),
        "article": article_of(todo.input),
        "since": now,
    } | _failure(None)


def _supersede(connection: Connection, todo: Todo) -> None:
    """Nobody need mend, or pay for, an earlier revision that could not be translated."""
    if todo.step is not StepName.TRANSLATE:
        return
    # By the article alone, which has few: beside it SQLite would look through all that is parked.
    own = select(tasks.c.id, tasks.c.step, tasks.c.state).where(tasks.c.article == article_of(todo.input))
    for row in connection.execute(own).all():
        if (row.step, row.state) == (todo.step, PARKED):
            connection.execute(_CHANGE, {"task": row.id, "state": DONE} | _failure(None))


def _bring_forward(connection: Connection, row: Row[Any], due: datetime | None) -> None:
    if due is not None and row.state == QUEUED and due < row.due:
        connection.execute(_CHANGE, {"task": row.id, "due": due})


def claim(connection: Connection, database: Database, wish: Wish, *, now: datetime, until: datetime) -> list[Row[Any]]:
    """Mark the chosen tasks as claimed and give their rows, for ``tasks_of``."""
    connection.execute(_LAPSED, {"of": wish.step, "now": now})
    ids = database.choose(connection, wish, now) if wish.limit > 0 else []
    if not ids:
        return []
    taken = update(tasks).where(tasks.c.id.in_(ids)).returning(*tasks.c)
    rows = connection.execute(
        taken.values(
            state=CLAIMED,
            lease_until=until,
            attempts=tasks.c.attempts + 1,
            claim=tasks.c.claim + 1,
            again=False,
            since=now,
        )
    ).all()
    return sorted(rows, key=lambda row: (row.due, row.id))


def tasks_of(connection: Connection, rows: Sequence[Row[Any]]) -> list[Task[Input]]:
    """The claimed tasks with their inputs, but for those that were removed meanwhile."""
    return [task for row in rows if (task := _task(connection, row))]


def _task(connection: Connection, row: Row[Any]) -> Task[Input] | None:
    try:
        given = resolve(connection, read_kept(row.input))
    except NoResultFound:
        if connection.execute(_BY_ID, {"task": row.id}).one_or_none() is None:
            return None
        raise
    return Task(row.id, StepName(row.step), row.key, row.lane, given, attempts=row.attempts, claim=row.claim)


def finish(connection: Connection, outcome: Outcome[Input, Value], *, queue: Sequence[Todo], now: datetime) -> None:
    """Keep the value, queue what follows, close the task; nothing at all if the claim is no longer the task's."""
    task = outcome.task
    row = connection.execute(_BY_ID, {"task": task.id}).one_or_none()
    if row is None or row.claim != task.claim or not task.claim:
        return
    if isinstance(outcome.value, StepError):
        if outcome.besides and isinstance(task.input, Article) and tombstones.admits(connection, task.input):
            remember(connection, task.input, outcome.besides)
        _close(connection, row, _after_failure(outcome.value), now)
        return
    if not (tombstones.admits(connection, task.input) and tombstones.admits(connection, outcome.value)):
        tombstones.turn_away(connection, task.input, outcome.value)
        connection.execute(delete(tasks).where(tasks.c.id == task.id))
        return
    keep(connection, task.input, outcome.value, now=now)
    for todo in queue:
        if not tombstones.admits(connection, todo.input):
            continue
        if not _is_kept(todo.input, outcome):
            keep_input(connection, todo.input, now=now)
        add(connection, todo, now=now)
    next_at = outcome.value.next_at if isinstance(outcome.value, Harvest) else None
    into = {"state": QUEUED, "due": next_at, "attempts": 0} if next_at else {"state": DONE}
    _close(connection, row, into | _failure(None), now)


def keep(connection: Connection, given: Input, value: Value, *, now: datetime) -> None:
    """Keep what a station made of its input."""
    match value, given:
        case Harvest(), _:
            keep_harvest(connection, value, now=now)
        case Page(), _:
            keep_page(connection, value)
        case Article(), _:
            if isinstance(given, Page):
                keep_origin(connection, given, value)
            if keep_article(connection, value, now=now):
                mark_changed(connection, now)
        case Translation(), Article():
            keep_translation(connection, given, value)
        case Enrichment(), Translated():
            publish(connection, given, value, now=now)
        case Places(), Translated():
            if places.keep(connection, value):
                mark_changed(connection, now)
        case Grouping(), Translated():
            chronicle.keep(connection, given.article, value.sketch)
            changed = stories.keep(connection, value)
            if changed:
                mark_changed(connection, now, changed)
        case _:
            raise TypeError(f"a {type(value).__name__} cannot be made of a {type(given).__name__}")


def _is_kept(value: Input, outcome: Outcome[Input, Value]) -> bool:
    """Whether a follow-up's input is just what this outcome kept or came from."""
    parts = (value.article, value.translation) if isinstance(value, Translated) else (value,)
    return all(part is outcome.value or part is outcome.task.input for part in parts)


def _failure(error: StepError | None) -> dict[str, str]:
    if error is None:
        return {"reason": "", "message": "", "detail": ""}
    return {"reason": error.reason, "message": error.message, "detail": error.detail}


def _after_failure(error: StepError) -> dict[str, Any]:
    if error.retry_at is None:
        return {"state": PARKED} | _failure(error)
    return {"state": QUEUED, "due": error.retry_at} | _failure(error)


def _close(connection: Connection, row: Row[Any], into: dict[str, Any], now: datetime) -> None:
    if row.again:
        into = {"state": QUEUED, "attempts": 0, "due": row.due}
    into |= {"task": row.id, "claim": row.claim + 1, "again": False, "lease_until": None, "since": now}
    connection.execute(_CHANGE, into)


def _held(task: Task[Input]) -> Update:
    """A change of a task, unless somebody else has it by now. Lapsed, it may be queued: it is held all the same."""
    mine = tasks.c.id == task.id, tasks.c.claim == task.claim, tasks.c.state.in_((CLAIMED, QUEUED))
    return update(tasks).where(*mine)


def renew(connection: Connection, given: Sequence[Task[Input]], *, until: datetime) -> None:
    for task in given:
        connection.execute(_held(task).values(state=CLAIMED, lease_until=until))


def release(connection: Connection, given: Sequence[Task[Input]]) -> None:
    """Put claimed tasks back as they were; one that somebody else has by now stays theirs."""
    back = {"attempts": tasks.c.attempts - 1, "claim": tasks.c.claim + 1}
    for task in given:
        connection.execute(_held(task).values(state=QUEUED, again=False, lease_until=None, **back))


def reclaim(connection: Connection) -> int:
    """Give back every claimed task. Each was tried, and that counts: one that kills its runner must not look new."""
    back = update(tasks).where(tasks.c.state == CLAIMED)
    return connection.execute(
        back.values(state=QUEUED, claim=tasks.c.claim + 1, again=False, lease_until=None)
    ).rowcount


def retry(connection: Connection, reason: str, *, now: datetime) -> int:
    """Open every task that is parked for this reason; how many. Of those that are put off only translations: when a
    publisher is asked again is not for us to say."""
    put_off = (tasks.c.state == QUEUED) & (tasks.c.step == StepName.TRANSLATE)
    parked = update(tasks).where((tasks.c.state == PARKED) | put_off, tasks.c.reason == reason)
    opened = {"state": QUEUED, "due": now, "attempts": 0, "since": now} | _failure(None)
    return connection.execute(parked.values(opened)).rowcount


def redo(connection: Connection, step: StepName, key: str, *, now: datetime) -> bool:
    """Open a task that is done, parked or in somebody's hands, with the input that it has; see ``Queue.redo``."""
    row = connection.execute(_BY_KEY, {"step": step, "key": key}).one_or_none()
    if row is None or row.state == QUEUED or row.again:
        return False
    change = {"state": QUEUED, "due": now, "attempts": 0, "since": now, "claim": row.claim + 1} | _failure(None)
    if row.state == CLAIMED:  # whoever has it may have begun before what makes it worth doing again
        change = {"due": now, "again": True}
    connection.execute(_CHANGE, change | {"task": row.id})
    return True


def next_due(connection: Connection) -> datetime | None:
    queued = connection.execute(select(func.min(tasks.c.due)).where(tasks.c.state == QUEUED)).scalar()
    leased = connection.execute(select(func.min(tasks.c.lease_until)).where(tasks.c.state == CLAIMED)).scalar()
    return min((at for at in (queued, leased) if at), default=None)


def pending(connection: Connection, steps: Collection[StepName], lanes: Collection[str] | None) -> int:
    query = select(func.count()).where(tasks.c.step.in_(steps), tasks.c.state.in_((QUEUED, CLAIMED)))
    if lanes is not None:
        query = query.where(tasks.c.lane.in_(lanes))
    return connection.execute(query).scalar_one()
