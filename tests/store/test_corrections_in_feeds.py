"""A correction of a headline or highlight is in every feed, as a change of the entry that was there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
from small_press import NOW, claim_one, do, entry_of, publish, translation_of, work
from stores import STORES, opened

from limitedtimes.edition import feeds
from limitedtimes.edition.settings import Settings
from limitedtimes.model import EnglishSentence, Origin
from limitedtimes.protocols import Correction, CorrectionKey, StepName, Store

LATER = NOW + timedelta(minutes=5)
CORRECTED = ("A headline by hand", "A sentence by hand & <b>.")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from opened(request.param, tmp_path)


def feed(store: Store) -> feeds.Feed:
    return feeds.Feed(
        Settings(base_url="https://paper.example"),
        title="Latest",
        page="/latest",
        path="/feed.xml",
        teasers=store.teasers(now=LATER, limit=10),
        updated=LATER,
    )


def correct(store: Store, article: str) -> None:
    """Both of its sentences, by the word of a person."""
    shown = store.published(article)
    assert shown is not None
    assert store.redo(StepName.TRANSLATE, f"{article}:{shown.article.fingerprint}", now=LATER)
    by_hand = (
        EnglishSentence(number, text, Origin.HUMAN, "human/Anna", corrected=LATER)
        for number, text in enumerate(CORRECTED)
    )
    task = claim_one(store, StepName.TRANSLATE, now=LATER)
    do(store, task, replace(translation_of(shown.article), sentences=tuple(by_hand)), now=LATER)
    task = claim_one(store, StepName.ENRICH, now=LATER)
    do(store, task, work(task, LATER), now=LATER)
    headline = CorrectionKey(shown.article.headline, shown.article.language, article)
    store.correct([Correction(headline, CORRECTED[0], "Anna", LATER)])


@pytest.mark.parametrize("write", [feeds.rss, feeds.atom])
def test_in_rss_and_atom(store: Store, write: feeds.Format) -> None:
    article = publish(store, entry_of(1))
    (before,) = feedparser.parse(write(feed(store))).entries
    correct(store, article)
    parsed = feedparser.parse(write(feed(store)))
    assert not parsed.bozo
    (after,) = parsed.entries
    assert after.title == CORRECTED[0] != before.title
    assert "A sentence by hand &amp; &lt;b&gt;." in after.summary
    assert [", and corrected by hand." in entry.summary for entry in (before, after)] == [False, True]
    assert (after.id, after.link, after.published) == (before.id, before.link, before.published)
    if write is feeds.atom:
        assert after.updated_parsed > before.updated_parsed


def test_in_json(store: Store) -> None:
    article = publish(store, entry_of(1))
    (before,) = json.loads(feeds.json_feed(feed(store)))["items"]
    correct(store, article)
    (after,) = json.loads(feeds.json_feed(feed(store)))["items"]
    assert (after["id"], after["url"], after["date_published"]) == (
        before["id"],
        before["url"],
        before["date_published"],
    )
    assert after["title"] == CORRECTED[0]
    assert after["date_modified"] == "2026-11-23T12:05:00Z" > before["date_modified"]


@pytest.mark.parametrize(
    ("of_this_article", "sentence", "by_hand"),
    [(True, "Any.", True), (False, "the headline", True), (False, "Another.", False)],
)
def test_what_a_correction_makes_of_its_article(
    store: Store, of_this_article: bool, sentence: str, by_hand: bool
) -> None:
    article = publish(store, entry_of(1))
    (before,) = store.teasers(now=LATER, limit=1)
    text = before.original_headline if sentence == "the headline" else sentence
    store.correct([Correction(CorrectionKey(text, "de", article if of_this_article else ""), "English.", "Anna", NOW)])
    assert store.teasers(now=LATER, limit=1)[0].by_hand is by_hand
    store.undo(store.corrections()[0].number, now=LATER)
    assert not store.teasers(now=LATER, limit=1)[0].by_hand


def test_the_address_of_the_page_stays_whatever_its_headline_says(store: Store) -> None:
    article = publish(store, entry_of(1))
    (before,) = store.teasers(now=LATER, limit=1)
    correct(store, article)
    (after,) = store.teasers(now=LATER, limit=1)
    assert (after.path, after.first_published) == (before.path, before.first_published)
    assert (after.headline, after.highlights) == (CORRECTED[0], (CORRECTED[1],))
