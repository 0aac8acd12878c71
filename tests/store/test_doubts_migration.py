"""An edition whose lists counted doubts: afterwards they count sentences."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from earlier import migrated_again
from small_press import NOW, article_of, entry_of, page_of, run, translation_of
from sqlalchemy import create_engine, text

from limitedtimes.model import Flag, FlagKind
from limitedtimes.protocols import StepName, Todo, Translated
from limitedtimes.store import open_store
from limitedtimes.store.migrations.versions import v0013_sentences_in_doubt


def test_lists_of_an_earlier_edition_count_sentences_in_doubt(tmp_path: Path) -> None:
    path = tmp_path / "paper.db"
    store = open_store(path)
    article = article_of(page_of(entry_of(1)))
    english = translation_of(article)
    headline, said = english.sentences
    twice = replace(said, flags=(Flag(FlagKind.NUMBER, 1, ""), Flag(FlagKind.DATE, 1, "")))
    store.add(Todo(StepName.ENRICH, "e", Translated(article, replace(english, sentences=(headline, twice)))), now=NOW)
    run(store, NOW)
    store.close()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE publications SET flags = 2"))
    engine.dispose()
    migrated_again(path, v0013_sentences_in_doubt, without=())
    store = open_store(path)
    assert [teaser.flags for teaser in store.teasers(now=NOW, limit=9)] == [1]
    store.close()
