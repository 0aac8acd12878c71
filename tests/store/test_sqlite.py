"""What is SQLite's own: files, locks, processes, migrations, and the one line that says what is wrong."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from small_press import LEASE, NOW, entry_of, fetch_todo, publish
from sqlalchemy import create_engine

from limitedtimes.errors import StoreError
from limitedtimes.protocols import StepName, Store
from limitedtimes.search import Term
from limitedtimes.store import WAIT, open_store
from limitedtimes.store.fts5 import Fts5
from limitedtimes.store.index import Texts, Want
from limitedtimes.store.schema import metadata
from limitedtimes.store.sqlite import Sqlite

HERE = Path(__file__).parent
AT_ONCE = timedelta(milliseconds=50)


@contextmanager
def paper(path: Path | str, wait: timedelta = AT_ONCE) -> Iterator[Store]:
    store = open_store(path, wait=wait)
    yield store
    store.close()


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """The file without the store."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def complaint(path: Path | str) -> str:
    """The one line that opening the path gives."""
    with pytest.raises(StoreError) as caught, paper(path):
        pass
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_paper_is_still_there_when_it_is_opened_again(tmp_path: Path) -> None:
    with paper(tmp_path / "new" / "folder" / "paper.db") as store:
        id_ = publish(store, entry_of(1))
    with paper(f"sqlite:///{tmp_path}/new/folder/paper.db") as store:
        assert store.published(id_) is not None


def test_a_closed_paper_is_one_file(tmp_path: Path) -> None:
    with paper(tmp_path / "paper.db") as store:
        publish(store, entry_of(1))
    assert [path.name for path in tmp_path.iterdir()] == ["paper.db"]


def test_the_migrations_make_the_schema_that_the_code_uses(tmp_path: Path) -> None:
    with paper(tmp_path / "paper.db"):
        pass
    engine = create_engine(f"sqlite:///{tmp_path}/paper.db")
    with engine.connect() as connection:
        # The tables of the full-text index are SQLite's own.
        ours = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("search")}
        assert compare_metadata(MigrationContext.configure(connection, opts=ours), metadata) == []
    engine.dispose()


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "paper.db"
    with paper(path):
        pass
    with raw(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    line = complaint(path)
    assert str(path) in line
    assert "newer version" in line
    assert "upgrade limitedtimes" in line
    with raw(path) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_many_may_create_the_same_paper_at_once(tmp_path: Path) -> None:
    opened: list[Store] = []
    threads = [threading.Thread(target=lambda: opened.append(open_store(tmp_path / "paper.db"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 6
    assert sum(store.add(fetch_todo(entry_of(1)), now=NOW) for store in opened) == 1
    for store in opened:
        store.close()


def test_two_processes_never_get_the_same_task(tmp_path: Path) -> None:
    with paper(tmp_path / "paper.db") as store:
        for number in range(60):
            store.add(fetch_todo(entry_of(number, feed=number % 7)), now=NOW)
        command = [sys.executable, str(HERE / "claimer.py"), str(tmp_path / "paper.db")]
        claimers = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
        ]
        for claimer in claimers:
            assert claimer.stdout is not None
            assert claimer.stdout.readline() == "ready\n"
        outputs = []
        for claimer in claimers:
            assert claimer.stdin is not None
            claimer.stdin.write("go\n")
            claimer.stdin.flush()
        for claimer in claimers:
            outputs.append(claimer.communicate(timeout=60)[0].split())
            assert claimer.returncode == 0
        got = [id_ for output in outputs for id_ in output]
        assert len(got) == len(set(got)) == 60
        assert not store.claim(StepName.FETCH, 9, now=NOW, lease=LEASE)


def test_reading_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "paper.db"
    with paper(path) as store, raw(path) as writer:
        id_ = publish(store, entry_of(1))
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM tasks")
        assert store.published(id_) is not None
        assert len(store.teasers(now=NOW, limit=9)) == 1
        assert store.status(now=NOW).articles == 1


def test_a_writer_that_waited_too_long_says_who_is_in_the_way_and_goes_on_later(tmp_path: Path) -> None:
    path = tmp_path / "paper.db"
    with paper(path) as store, raw(path) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"paper\.db: the database is locked by another process"):
            store.add(fetch_todo(entry_of(1)), now=NOW)
        writer.execute("ROLLBACK")
        assert store.add(fetch_todo(entry_of(1)), now=NOW)


def test_a_locked_paper_cannot_be_opened_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "paper.db"
    with paper(path):
        pass
    with raw(path) as writer:
        writer.execute("PRAGMA locking_mode = EXCLUSIVE")
        writer.execute("BEGIN IMMEDIATE")
        assert "locked by another process" in complaint(path)


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear editor, " * 100)
    assert complaint(path) == f"{path}: the database is not a limitedtimes database; name another file"
    assert path.read_text().startswith("Dear editor")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    with raw(path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    assert complaint(path) == f"{path}: the database belongs to another program; name another file"
    with raw(path) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert complaint(tmp_path) == f"{tmp_path}: is a folder; name a file for the database"


def test_a_place_where_no_folder_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert f"{tmp_path / 'file' / 'paper.db'}: its folder cannot be made" in complaint(tmp_path / "file" / "paper.db")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write to, not even root")
def test_a_folder_that_cannot_be_written_to_is_named() -> None:
    assert complaint("/proc/paper.db") == (
        "/proc/paper.db: the database cannot be opened; check that its folder exists and may be written to"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to every file")
def test_a_file_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    path = tmp_path / "paper.db"
    with paper(path):
        pass
    path.chmod(0o444)
    assert "cannot be written to; check its permissions" in complaint(path)


@pytest.mark.parametrize("address", ["postgresql://me:secret@host/paper", "mysql:///x", "sqlite://", "://"])
def test_an_address_of_another_kind_is_refused_without_its_password(address: str) -> None:
    line = complaint(address)
    assert "name a file or sqlite:///file" in line
    assert "secret" not in line


def test_a_disk_that_is_full_loses_nothing_and_work_goes_on_when_there_is_room(tmp_path: Path) -> None:
    with paper(tmp_path / "paper.db") as store:
        id_ = publish(store, entry_of(1))
        with files_no_larger_than(1):
            with pytest.raises(StoreError, match="the disk"):
                store.add(fetch_todo(entry_of(2)), now=NOW)
            assert store.published(id_) is not None
        assert store.add(fetch_todo(entry_of(2)), now=NOW)
    with raw(tmp_path / "paper.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """Writes beyond ``size`` bytes fail, as on a full disk (Python ignores SIGXFSZ)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_page_is_kept_once_and_compressed(tmp_path: Path) -> None:
    path = tmp_path / "paper.db"
    with paper(path) as store:
        publish(store, entry_of(1), text="Ein langer Satz. " * 5000)
    with raw(path) as connection:
        (body,) = connection.execute("SELECT length(body) FROM pages").fetchone()
        (inputs,) = connection.execute("SELECT max(length(input)) FROM tasks").fetchone()
    assert body < 1000
    assert inputs < 1000


def wanted(label: str) -> Want:
    return Want(((Term("be or not"),),), (), ((label,),), 0, 9)


def test_what_stands_in_the_index_gets_other_labels(tmp_path: Path) -> None:
    open_store(tmp_path / "paper.db").close()
    database, index = Sqlite(tmp_path / "paper.db", wait=WAIT), Fts5()
    with database.writer.begin() as connection:
        index.put(connection, 7, Texts("A headline", "", "To be or not to be", "Sein", ("zall0", "zold0")))
        index.label(connection, 7, ("zall0", "znew0"))
        found = {
            label: list(index.find(connection, wanted(label), 5, show=range(5)).marked)
            for label in ("zall0", "znew0", "zold0")
        }
    database.close()
    assert found == {"zall0": [7], "znew0": [7], "zold0": []}
