"""Gathers over and over in child processes that are killed with SIGKILL at random points. Prints what it found as JSON.

Run by test_killed.py in a process of its own, so that the children are forked from one with a single thread.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import statistics
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

from fakes import NOW
from talbote import SOURCE, gather, open_paper, web_of

from limitedtimes.line import poll_todo
from limitedtimes.store import open_store

PEACEFUL = 3
"""Lives that are timed first: a later one is killed within twice their median, so mostly in the middle of its work."""


def live(folder: Path, articles: int) -> None:
    """One life of a gathering process: the feed names so many articles."""
    store = open_store(folder / "paper.sqlite")
    store.add(poll_todo(SOURCE.feeds[0], due=NOW), now=NOW)
    gather(web_of(articles), store)
    store.close()


def warm_up(folder: Path) -> None:
    """Load everything that a life loads, here, so that the forked ones need not."""
    folder.mkdir()
    open_paper(folder).close()
    live(folder, 1)
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join()


def timed(folder: Path, articles: int) -> float:
    """Seconds that a life takes when nobody kills it."""
    start = time.monotonic()
    live_and_die(folder, articles, None)
    return time.monotonic() - start


def live_and_die(folder: Path, articles: int, seconds: float | None) -> bool:
    """Fork a life, and kill it after so many seconds (None: never). Returns whether it was still alive then."""
    child = os.fork()
    if child == 0:
        live(folder, articles)
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) != 0:
        raise SystemExit(f"a life ended by itself with {status}")
    return os.WIFSIGNALED(status)


def seen(folder: Path) -> dict[str, tuple[str, str]]:
    """Id → address and time of first publication, of all that is published."""
    with closing(sqlite3.connect(folder / "paper.sqlite")) as database:
        rows = database.execute("SELECT article, path, first_published FROM publications").fetchall()
    return {article: (path, first) for article, path, first in rows}


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill until ``kills`` lives were cut short; then live in peace and compare."""
    random.seed(seed)
    warm_up(folder / "warm")
    open_paper(folder).close()
    first: dict[str, tuple[str, str]] = {}
    longest = 2 * statistics.median(timed(folder, articles) for articles in range(1, PEACEFUL + 1))
    changed: list[str] = []
    killed, lives = 0, PEACEFUL
    while killed < kills:
        lives += 1
        killed += live_and_die(folder, lives, random.uniform(0, longest))
        for article, facts in seen(folder).items():
            if first.setdefault(article, facts) != facts:
                changed.append(article)
    live_and_die(folder, lives, None)
    with closing(sqlite3.connect(folder / "paper.sqlite")) as database:
        integrity = database.execute("PRAGMA integrity_check").fetchone()[0]
        addresses = database.execute("SELECT count(*), count(DISTINCT path) FROM publications").fetchone()
    last = seen(folder)
    changed += [article for article, facts in first.items() if last.get(article) != facts]
    result = {
        "lives": lives,
        "killed": killed,
        "articles": lives,
        "published": addresses[0],
        "addresses": addresses[1],
        "published_while_dying": len(first),
        "changed": changed,
        "integrity": integrity,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
