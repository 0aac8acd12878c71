"""The drawer by itself: how large it gets, and what it makes of a file that it cannot use."""

from __future__ import annotations

import logging
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from memory_shelf import NOW, MemoryShelf

from limitedtimes.drawer import Folder
from limitedtimes.errors import StoreError
from limitedtimes.store import drawer as module
from limitedtimes.store.drawer import FileDrawer, open_drawer, path_of

CONTENT = random.Random(1).randbytes(8_000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return path_of(tmp_path, "0123456789abcdef")


@pytest.fixture
def drawer(path: Path) -> Iterator[FileDrawer]:
    with closing(open_drawer(path, 2)) as found:
        found.catch_up(MemoryShelf([]), NOW)
        yield found


def test_it_gives_what_was_put_in_last(drawer: FileDrawer, path: Path) -> None:
    assert drawer.get("/a", now=NOW) is None
    for content in (b"one", b"two"):
        drawer.put(Folder("/a", content, ["x"]), mark=NOW)
        assert drawer.get("/a", now=NOW) == content
    with closing(open_drawer(path, 2)) as other:
        assert other.get("/a", now=NOW) == b"two"
    drawer.put(Folder("/b", b"three", ["x"], until=NOW), mark=NOW)
    assert drawer.get("/b", now=NOW - timedelta(seconds=1)) == b"three"
    assert drawer.get("/b", now=NOW) is None


def test_it_is_full_before_anything_is_driven_out(drawer: FileDrawer) -> None:
    number = 0
    while not drawer.full:
        drawer.put(Folder(f"/{number}", CONTENT, []), mark=NOW)
        number += 1
    assert number > 100
    assert all(drawer.get(f"/{each}", now=NOW) for each in range(number))


def test_it_keeps_within_its_bounds_and_what_it_has_stays_right(drawer: FileDrawer, path: Path) -> None:
    for number in range(1_000):  # 8 MB
        drawer.put(Folder(f"/{number}", CONTENT, [f"x{number}", "all"]), mark=NOW)
    kept = [number for number in range(1_000) if drawer.get(f"/{number}", now=NOW)]
    assert 100 < len(kept) < 260
    assert path.stat().st_size < 3e6

    class News(MemoryShelf):
        subject = f"x{kept[0]}"

        def changes(self, since: object) -> list[str]:
            return [self.subject]

    drawer.catch_up(News([]), NOW + timedelta(seconds=1))
    assert [number for number in kept if drawer.get(f"/{number}", now=NOW)] == kept[1:]
    News.subject = "all"
    drawer.catch_up(News([]), NOW + timedelta(seconds=2))
    assert not any(drawer.get(f"/{number}", now=NOW) for number in kept)
    assert not drawer.full


def test_while_another_writes_nothing_is_kept_and_afterwards_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "_WAIT", timedelta())
    with closing(open_drawer(path, 2)) as drawer, closing(sqlite3.connect(path, isolation_level=None)) as other:
        drawer.catch_up(MemoryShelf([]), NOW)
        drawer.put(Folder("/a", b"one", []), mark=NOW)
        other.execute("BEGIN IMMEDIATE")
        drawer.put(Folder("/b", b"two", []), mark=NOW)
        assert (drawer.get("/a", now=NOW), drawer.get("/b", now=NOW)) == (b"one", None)
        other.execute("ROLLBACK")
        drawer.put(Folder("/b", b"two", []), mark=NOW)
        assert drawer.get("/b", now=NOW) == b"two"
        assert not caplog.records
        other.execute("BEGIN IMMEDIATE")
        drawer.catch_up(MemoryShelf([]), NOW + timedelta(seconds=1))
        assert drawer.get("/a", now=NOW) is None  # nobody knows whether it is right
        assert "locked" in caplog.text


def test_a_damaged_file_is_begun_anew(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.write_bytes(b"no database" * 1_000)
    with caplog.at_level(logging.WARNING), closing(open_drawer(path, 2)) as drawer:
        drawer.catch_up(MemoryShelf([]), NOW)
        drawer.put(Folder("/a", b"one", []), mark=NOW)
        assert drawer.get("/a", now=NOW) == b"one"
    assert "it is begun anew" in caplog.text


def test_a_file_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    path = path_of(tmp_path / "nowhere", "0123456789abcdef")
    with pytest.raises(StoreError, match="pages-0123456789abcdef.sqlite: cannot be used .*; make room, or look at"):
        open_drawer(path, 2)
