"""A process that gathers a small press through the store, life after life; each life is killed when it is told.

Imports are paid for once: a life is a fork. Every line of the standard input is one life, ``number finishes delay``: it
starts the line anew on the same database and is killed with SIGKILL ``delay`` seconds after its ``finishes``-th task;
a negative number of finishes lets it run to its end. The answer is ``killed`` or ``ended``. Run by ``test_kill.py``.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path

from small_press import LEASE, NOW, entry_of, feed_of, page_of, poll_todo, run

from limitedtimes.model import Entry, FeedPointer, Harvest, Page
from limitedtimes.store import open_store

FEEDS, ENTRIES, LIVES = 6, 20, 50


def moment(life: int) -> datetime:
    """The lives are far enough apart for the leases of the dead to have run out."""
    return NOW + life * 2 * LEASE


def known_to_feed(feed: int, life: int) -> list[Entry]:
    """More entries with every life, and every fifth has another title from the middle of the run."""
    shown = min(ENTRIES, 1 + ENTRIES * life * 10 // (9 * LIVES))
    numbers = range(feed * ENTRIES, feed * ENTRIES + shown)
    return [entry_of(n, feed=feed, title=f"Titel {n} {life_of_title(n, life)}") for n in numbers]


def life_of_title(number: int, life: int) -> str:
    return "neu" if number % 5 == 0 and life > LIVES // 2 else "alt"


def live(path: str, life: int, finished: int) -> None:
    """Gather what there is at this moment, writing a byte for every finished task."""

    def look(feed: FeedPointer, now: datetime) -> Harvest:
        number = int(feed.source.removeprefix("de.zeitung"))
        entries = known_to_feed(number, life)
        return Harvest(feed, tuple(entries), etag=f'"{len(entries)}"', next_at=now + timedelta(minutes=9))

    def fetch(entry: Entry, now: datetime) -> Page:
        """The page has the title of the moment, whatever the feed said when the task was made."""
        number = int(entry.url.rpartition("-")[2])
        title = f"Titel {number} {life_of_title(number, life)}"
        return page_of(entry_of(number, feed=number // ENTRIES, title=title), now=NOW, text=f"Satz {number}. " * 20)

    store = open_store(Path(path))
    if life % 2:  # as a runner that is alone; the others wait for the leases of the dead
        store.reclaim()
    for number in range(FEEDS):
        store.add(poll_todo(feed_of(number)), now=moment(life))

    def one_more() -> None:
        os.write(finished, b".")

    run(store, moment(life), look=look, fetch=fetch, finished=one_more)
    store.close()


def one_life(path: str, life: int, finishes: int, delay: float) -> str:
    heard, finished = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        live(path, life, finished)
        os._exit(0)
    os.close(finished)
    await_work(heard, finishes)
    if finishes >= 0:
        select.select([], [], [], delay)
        os.kill(child, signal.SIGKILL)
    os.close(heard)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed"
    return "ended" if os.WEXITSTATUS(status) == 0 else "failed"


def await_work(heard: int, finishes: int) -> None:
    """Until so many tasks are finished or, for a negative number, until there are no more."""
    while finishes != 0 and os.read(heard, 1):
        finishes -= 1


if __name__ == "__main__":
    for order in sys.stdin:
        life, finishes, delay = order.split()
        print(one_life(sys.argv[1], int(life), int(finishes), float(delay)), flush=True)
