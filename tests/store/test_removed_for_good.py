"""What is removed is in no file of the database any more: not in a row, not packed, not in the room that rows left."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from small_press import ENGINE, NOW, article_of, claim_one, do, entry_of, fetch_todo, page_of, publish, run, work

from limitedtimes.errors import TranslateError
from limitedtimes.model import Origin, Translation
from limitedtimes.protocols import Correction, CorrectionKey, MemoryKey, Outcome, Rendering, StepName, Store
from limitedtimes.removal import Appeal, Party, Target
from limitedtimes.store import open_store
from limitedtimes.store.values import former_hash

WORD = "Zwetschgenkuchenskandal"
PLANTED = re.compile(b"wetschgenkuchensk", re.I)
"""The middle of the word: an index keeps no more of one than the words before it do not say."""
ENTRY = replace(entry_of(1), title=f"Der {WORD}", url=f"https://zeitung0.example/der-{WORD.lower()}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(tmp_path / "paper.db")) as store:
        yield store


def traces(folder: Path) -> list[str]:
    """Where the planted word stands in the files, as it is or compressed."""
    found = []
    for path in sorted(folder.iterdir()):
        body = path.read_bytes()
        found += [f"{path.name}: {match.start()}" for match in PLANTED.finditer(body)]
        found += [f"{path.name}: packed at {at}" for at, text in frames(body) if PLANTED.search(text)]
    return found


def frames(body: bytes) -> Iterator[tuple[int, bytes]]:
    """What can be unpacked, wherever something packed begins: in a row, or in the room that one left."""
    for match in re.finditer(re.escape(b"\x28\xb5\x2f\xfd"), body):
        try:
            yield match.start(), zstandard.ZstdDecompressor().decompressobj().decompress(body[match.start() :])
        except zstandard.ZstdError:
            continue


def plant(store: Store) -> str:
    """An article with two revisions, corrections, a failed task and an appeal, among others."""
    for number in range(2, 40):
        publish(store, entry_of(number), text=f"Artikel {number} hat einen Satz.")
    id_ = publish(store, ENTRY, text=f"Alle reden vom {WORD} im Dorf.")
    publish(store, replace(ENTRY, title=f"Neues vom {WORD}"), text=f"Der {WORD} ist vorbei.")
    for article in (id_, ""):
        key = CorrectionKey(f"Der {WORD} ist vorbei.", "de", article)
        store.correct([Correction(key, f"The {WORD} is over.", "Anna", NOW)])
    store.add(fetch_todo(replace(ENTRY, title=f"Zum dritten: {WORD}")), now=NOW)
    for step in (StepName.FETCH, StepName.EXTRACT):
        task = claim_one(store, step)
        do(store, task, work(task, NOW))
    error = TranslateError(f"{WORD} is too much", reason="limit", detail=f"Traceback of {WORD}")
    store.finish(Outcome(claim_one(store, StepName.TRANSLATE), error), now=NOW)
    store.ask(Appeal(ENTRY.url, False, Party.PERSON, f"The {WORD} was not mine.", "", NOW))
    return id_


def test_no_file_has_a_word_of_it(store: Store, tmp_path: Path) -> None:
    id_ = plant(store)
    assert len(traces(tmp_path)) > 10
    store.remove(Target(article=id_), party=Party.PERSON, note="", answered=(1,), now=NOW)
    assert store.sweep()
    assert traces(tmp_path) == []
    assert store.count() == 38


def test_no_table_names_it_but_the_tombstone(store: Store, tmp_path: Path) -> None:
    """Whatever tables there will be: one that names an article is emptied of it."""
    id_ = plant(store)
    store.remove(Target(article=id_), party=Party.PERSON, note="", answered=(1,), now=NOW)
    with closing(sqlite3.connect(tmp_path / "paper.db")) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        holding = [
            table
            for table in tables
            if not table.startswith("search")
            for row in file.execute(f'SELECT * FROM "{table}"')
            if any(id_ in str(value) for value in row)
        ]
    assert sorted(set(holding)) == ["changes", "removals", "tombstones"]  # the first says what to forget, for a month


def test_a_page_from_before_it_was_kept_which_article_it_is_goes_too(store: Store, tmp_path: Path) -> None:
    other = "https://zeitung0.example/amp/77"
    body = f'Der {WORD}\n<link rel="canonical" href="{ENTRY.url}">'.encode()
    store.add(fetch_todo(replace(ENTRY, url=other)), now=NOW)
    page = replace(page_of(ENTRY), url=other, final_url=other, body=body)
    do(store, claim_one(store, StepName.FETCH), page)
    do(store, claim_one(store, StepName.EXTRACT), article_of(page_of(ENTRY)))
    run(store, NOW)
    linking = replace(page_of(entry_of(3)), body=f'Titel\n<a href="{ENTRY.url}">more</a>'.encode())
    store.add(fetch_todo(entry_of(3)), now=NOW)
    do(store, claim_one(store, StepName.FETCH), linking)
    run(store, NOW)
    with closing(sqlite3.connect(tmp_path / "paper.db")) as file, file:
        file.execute("UPDATE pages SET article = NULL")
    id_ = article_of(page_of(ENTRY)).id
    store.remove(Target(article=id_), party=Party.PERSON, note="", answered=(), now=NOW)
    assert store.seen(other) is None
    assert store.seen(entry_of(3).url) is not None


def test_what_was_remembered_under_its_former_key_is_still_known_and_not_paid_for_again(
    store: Store, tmp_path: Path
) -> None:
    key = MemoryKey("Ein Satz.", "de", "pseudo/1")
    with closing(sqlite3.connect(tmp_path / "paper.db")) as file, file:
        file.execute("INSERT INTO memory (hash, text, score) VALUES (?, 'A sentence.', -0.5)", (former_hash(key),))
    assert store.recall([key]) == {key: Rendering("A sentence.", -0.5)}
    assert store.recall([replace(key, engine="pseudo/2")]) == {}


def test_what_was_remembered_under_its_former_key_is_forgotten_too(store: Store, tmp_path: Path) -> None:
    key = MemoryKey("Ein Satz.", "de", ENGINE)
    id_ = publish(store, ENTRY)
    with closing(sqlite3.connect(tmp_path / "paper.db")) as file, file:
        file.execute("DELETE FROM memory")
        file.execute("INSERT INTO memory (hash, text, score) VALUES (?, 'English', NULL)", (former_hash(key),))
    assert store.recall([key])
    store.remove(Target(article=id_), party=Party.PERSON, note="", answered=(), now=NOW)
    assert not store.recall([key])


def test_what_was_remembered_before_a_correction_and_a_new_term_is_forgotten_too(store: Store, tmp_path: Path) -> None:
    """The translation that is kept names neither the engine of the one sentence nor the old glossary of the other."""
    store.add(fetch_todo(ENTRY), now=NOW)
    for step in (StepName.FETCH, StepName.EXTRACT):
        task = claim_one(store, step)
        do(store, task, work(task, NOW))
    task = claim_one(store, StepName.TRANSLATE)
    made = work(task, NOW)
    assert isinstance(made, Translation)
    headline, sentence = made.sentences
    corrected = replace(sentence, origin=Origin.HUMAN, engine="human/Anna")
    do(store, task, replace(made, sentences=(replace(headline, glossary="7"), corrected)))
    former = [MemoryKey(f"Der {WORD}", "de", ENGINE), MemoryKey("Ein Satz.", "de", ENGINE)]
    with closing(sqlite3.connect(tmp_path / "paper.db")) as file, file:
        file.executemany(
            "INSERT INTO memory (hash, text, score) VALUES (?, 'English', NULL)",
            [(former_hash(key),) for key in former],
        )
    assert len(store.recall(former)) == 2
    store.remove(Target(article=made.article), party=Party.PERSON, note="", answered=(), now=NOW)
    assert not store.recall(former)
