"""What every store must remember of corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from small_press import NOW, claim_one, do, entry_of, publish, translation_of
from sqlalchemy.exc import StatementError
from stores import STORES, opened

from limitedtimes.model import EnglishSentence, Origin
from limitedtimes.protocols import Correction, CorrectionKey, KeptCorrection, StepName, Store

MINUTE = timedelta(minutes=1)
KEY = CorrectionKey("Ein Satz.", "de", "0123456789")
FIRST = Correction(KEY, "One sentence.", "Anna", NOW, "of an article")
SECOND = Correction(KEY, "A sentence.", "Ben", NOW + MINUTE)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from opened(request.param, tmp_path)


def test_a_correction_is_found_by_all_of_its_key(store: Store) -> None:
    store.correct([FIRST])
    others = [replace(KEY, sentence="Ein Satz"), replace(KEY, language="nl"), replace(KEY, article="")]
    assert store.corrected([KEY, *others]) == {KEY: FIRST}
    assert store.corrected([]) == {}


def test_the_latest_by_its_time_is_in_force_whatever_came_in_last(store: Store) -> None:
    store.correct([SECOND])
    store.correct([FIRST])
    assert store.corrected([KEY]) == {KEY: SECOND}
    again = replace(SECOND, english="Some sentence.")
    store.correct([again])
    assert store.corrected([KEY]) == {KEY: again}  # at the same time: the last that came in


def test_what_is_undone_gives_way_to_what_was_before_and_stays_in_the_history(store: Store) -> None:
    store.correct([FIRST, SECOND])
    first, second = store.corrections()
    assert store.undo(second.number, now=NOW + 2 * MINUTE)
    assert store.corrected([KEY]) == {KEY: FIRST}
    assert not store.undo(second.number, now=NOW + 3 * MINUTE)
    assert not store.undo(99, now=NOW)
    assert store.undo(first.number, now=NOW + 3 * MINUTE)
    assert store.corrected([KEY]) == {}
    assert store.corrections() == [
        KeptCorrection(first.number, FIRST, NOW + 3 * MINUTE),
        KeptCorrection(second.number, SECOND, NOW + 2 * MINUTE),
    ]


def test_times_are_aware_and_come_back_in_utc(store: Store) -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=9)))
    store.correct([replace(FIRST, at=elsewhere)])
    assert store.corrections()[0].correction.at.utcoffset() == timedelta()
    assert store.corrections()[0].correction == FIRST
    with pytest.raises(StatementError, match="without a zone"):
        store.correct([replace(FIRST, at=datetime(2026, 1, 1))])  # noqa: DTZ001
    assert len(store.corrections()) == 1


def test_any_text_and_any_number_of_keys(store: Store) -> None:
    odd = [CorrectionKey(f"{number} \ud800\0 \u202eنص '\"%", "ar") for number in range(1203)]
    store.correct([Correction(key, "text", "Anna", NOW) for key in odd])
    assert store.corrected(odd).keys() == set(odd)


def test_a_confirmed_sentence_is_news_to_the_page_though_no_word_changed(store: Store) -> None:
    article = publish(store, entry_of(1))
    before = store.published(article)
    assert before is not None
    key = f"{article}:{before.article.fingerprint}"
    assert store.redo(StepName.TRANSLATE, key, now=NOW + MINUTE)
    said = translation_of(before.article).sentences
    human = EnglishSentence(1, said[1].text, Origin.HUMAN, "human/Anna", corrected=NOW + MINUTE)
    task = claim_one(store, StepName.TRANSLATE, now=NOW + MINUTE)
    do(store, task, replace(translation_of(before.article), sentences=(said[0], human)), now=NOW + MINUTE)
    assert store.pending([StepName.ENRICH]) == 1
