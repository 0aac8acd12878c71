"""A gather that is killed two hundred times loses nothing and publishes nothing twice."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from mortal import ENTRIES, FEEDS, LIVES, known_to_feed, moment

from limitedtimes.model import article_id
from limitedtimes.protocols import Store
from limitedtimes.store import open_store

SEED = 20261123


class Mortal:
    """The killed process, as the test speaks to it."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, str(Path(__file__).with_name("mortal.py")), str(path)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def live(self, life: int, finishes: int, delay: float) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(life, finishes, delay, file=self._process.stdin, flush=True)
        return self._process.stdout.readline().strip()

    def close(self) -> None:
        self._process.communicate(timeout=60)


def addresses(store: Store) -> dict[str, tuple[str, datetime]]:
    """What must never change once a reader may have seen it: article id → path and first publication."""
    teasers = store.teasers(now=moment(10 * LIVES), limit=10_000)
    found = {teaser.id: (teaser.path, teaser.first_published) for teaser in teasers}
    assert len(found) == len(teasers)
    return found


def check(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.slow
def test_a_gather_that_is_killed_again_and_again_loses_nothing_and_publishes_nothing_twice(tmp_path: Path) -> None:
    path, chance = tmp_path / "paper.db", random.Random(SEED)
    mortal = Mortal(path)

    def live(life: int) -> bool:
        """A death within a few milliseconds of some task's end, or in the beginning; True if it was one."""
        finishes = chance.randrange(10)
        ending = mortal.live(life, finishes, chance.random() * (0.003 if finishes else 0.03))
        assert ending in ("killed", "ended")
        return ending == "killed"

    life, killed = 10, sum(live(life) for life in range(10))
    first: dict[str, tuple[str, datetime]] = {}
    with closing(open_store(path)) as reader:
        while killed < LIVES:
            killed += live(life)
            life += 1
            seen = addresses(reader)
            assert seen.items() >= first.items()
            first = seen
            if life % 10 == 0:
                check(path)
        assert 0 < len(first) < FEEDS * ENTRIES  # the deaths were spread over the whole run
        assert mortal.live(life, -1, 0) == "ended"
        mortal.close()
        check(path)
        assert addresses(reader).items() >= first.items()
        everything_is_published(reader, life)


def everything_is_published(store: Store, life: int) -> None:
    """Every entry, with the title that it had last, and a revision for each title that was fetched."""
    entries = [entry for feed in range(FEEDS) for entry in known_to_feed(feed, life)]
    assert addresses(store).keys() == {article_id(entry.url) for entry in entries}
    for entry in entries:
        published = store.published(article_id(entry.url))
        assert published is not None
        headlines = [revision.headline for revision in store.revisions(article_id(entry.url))]
        assert published.article.headline == headlines[-1] == entry.title
        assert len(headlines) == len(set(headlines)) == published.revision
    status = store.status(now=moment(life))
    assert (status.articles, status.published) == (len(entries), len(entries))
    assert (status.awaiting, status.parked, status.queue) == ({}, {}, {"poll": FEEDS})
