"""What every store must say of an article that has no English yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from small_press import NOW, article_of, claim_one, entry_of, fetch_todo, page_of, translate_todo, translation_of
from stores import STORES, opened

from limitedtimes.errors import FetchError, TranslateError
from limitedtimes.model import Block, BlockKind
from limitedtimes.protocols import Outcome, StepName, Store, Todo
from limitedtimes.store.values import memory_keys

MINUTE = timedelta(minutes=1)
LATER = NOW + timedelta(hours=1)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from opened(request.param, tmp_path)


def test_awaiting_says_why_there_is_no_english(store: Store) -> None:
    parked, waiting, foreign = (article_of(page_of(entry_of(n, published=NOW - n * MINUTE))) for n in range(3))
    foreign = replace(foreign, language="pt")
    store.add(translate_todo(parked), now=NOW)
    error = TranslateError("the headline “…” could not be translated: says 2 where …", reason="headline")
    store.finish(Outcome(claim_one(store, StepName.TRANSLATE), error), now=NOW)
    store.add(translate_todo(waiting), now=NOW)
    store.add(translate_todo(foreign), now=NOW)
    rows = {article.id: article.why for article in store.awaiting(limit=9)}
    assert rows[parked.id] == "its headline could not be translated well enough"
    assert rows[waiting.id] == "waiting for its turn"
    assert rows[foreign.id] == "no engine for this language yet"
    assert [article.id for article in store.awaiting(limit=9, language="pt")] == [foreign.id]
    assert store.waiting() == store.status(now=NOW).awaiting != {}
    revised = article_of(page_of(entry_of(0), text="Ein neuer Versuch."))
    store.add(translate_todo(revised), now=LATER)
    assert {article.id: article.why for article in store.awaiting(limit=9)}[parked.id] == "waiting for its turn"


def test_a_failure_that_readers_have_no_use_for_is_told_to_them_in_a_word(store: Store) -> None:
    store.add(translate_todo(article_of(page_of(entry_of(1)))), now=NOW)
    error = TranslateError("embedded failed: /home/press/model.bin", reason="unexpected", detail="Traceback …")
    store.finish(Outcome(claim_one(store, StepName.TRANSLATE), error), now=NOW)
    (waiting,) = store.awaiting(limit=9)
    assert waiting.why == "could not be translated"
    assert store.status(now=NOW).recent_parked[0].message == error.message


def test_an_article_that_an_engine_could_not_take_today_waits_for_its_turn(store: Store) -> None:
    store.add(translate_todo(article_of(page_of(entry_of(1)))), now=NOW)
    error = TranslateError("deepl: says 456", reason="quota", transient=True, retry_at=LATER)
    store.finish(Outcome(claim_one(store, StepName.TRANSLATE), error), now=NOW)
    (waiting,) = store.awaiting(limit=9)
    assert waiting.why == "waiting for its turn"
    assert store.status(now=NOW).delayed == {"quota": (1, LATER)}
    assert store.retry("quota", now=NOW) == 1, "a quota may grow before its day is over"
    assert claim_one(store, StepName.TRANSLATE).attempts == 1


def test_a_publisher_that_asks_for_time_is_not_asked_sooner_by_hand(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    error = FetchError("says 429", reason="busy", transient=True, retry_at=LATER)
    store.finish(Outcome(claim_one(store, StepName.FETCH), error), now=NOW)
    assert (store.retry("busy", now=NOW), store.status(now=NOW).delayed) == (0, {})


def test_a_revision_does_not_make_a_language_known_that_no_engine_has_taken(store: Store) -> None:
    foreign = replace(article_of(page_of(entry_of(1))), language="pt")
    for text in ("Uma frase.", "Outra frase."):
        revised = replace(foreign, blocks=(Block(BlockKind.PARAGRAPH, text),))
        store.add(Todo(StepName.TRANSLATE, "one key", revised, lane="pt"), now=NOW)
    assert [article.why for article in store.awaiting(limit=9)] == ["no engine for this language yet"]


def test_a_later_revision_leaves_nothing_parked_of_those_before_it(store: Store) -> None:
    for number in (1, 2):
        store.add(translate_todo(article_of(page_of(entry_of(number)))), now=NOW)
        error = TranslateError("the headline “…” could not be translated", reason="headline")
        store.finish(Outcome(claim_one(store, StepName.TRANSLATE), error), now=NOW)
    store.add(translate_todo(article_of(page_of(entry_of(1), text="Ein neuer Versuch."))), now=LATER)
    assert store.status(now=LATER).parked == {"headline": 1}
    assert store.retry("headline", now=LATER) == 1


def test_what_was_translated_of_an_article_that_has_no_headline_is_remembered(store: Store) -> None:
    article = article_of(page_of(entry_of(1)))
    english = translation_of(article)
    store.add(translate_todo(article), now=NOW)
    error = TranslateError("the headline “…” could not be translated", reason="headline")
    store.finish(Outcome(claim_one(store, StepName.TRANSLATE), error, english), now=NOW)
    assert store.published(article.id) is None
    keys = [key for sentence in english.sentences for key in memory_keys(article, sentence)]
    assert {rendering.text for rendering in store.recall(keys).values()} == {one.text for one in english.sentences}
