"""The runner for one machine: what is due is done once, stops cleanly, and a broken page costs itself only."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes import FEED, NOW, FakeEngine, FakeWeb, article_of, feed_of
from talbote import SOURCE, InPlace, gather, open_paper, web_of

from limitedtimes.errors import ConfigError, FetchError, StepError, StoreError
from limitedtimes.line import Line, Rules, poll_todo
from limitedtimes.model import Article, Page, Request, Source
from limitedtimes.protocols import Outcome, Rendering, StepName, Store, Todo
from limitedtimes.runners import local
from limitedtimes.runners.extractors import Extractors
from limitedtimes.runners.local import LocalRunner
from limitedtimes.search import Search
from limitedtimes.sources import Catalogue


def test_a_round_publishes_everything_that_the_feed_names(tmp_path: Path) -> None:
    store = open_paper(tmp_path)
    gather(web_of(12), store)
    assert store.count() == 12
    assert store.pending([StepName.EXTRACT, StepName.TRANSLATE, StepName.ENRICH]) == 0
    store.close()


class Messenger(FakeEngine):
    """Renders every sentence with the name of a town in it."""

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        said = super().translate(sentences, language, terms)
        return [replace(one, text=f"{one.text} The messenger came from Lyon.") for one in said]


def test_a_round_finds_the_places_that_the_english_names(tmp_path: Path) -> None:
    store = open_paper(tmp_path)
    gather(web_of(2), store, engine=Messenger())
    hits = store.search(Search(areas=("fr",)), now=NOW, limit=9).hits
    assert len(hits) == 2
    (place,) = store.places([hits[0].teaser.id])[hits[0].teaser.id]
    assert (place.name, place.country) == ("Lyon", "fr")
    store.close()


def test_a_second_round_asks_for_headers_only_and_translates_nothing(tmp_path: Path) -> None:
    store, web, engine = open_paper(tmp_path), web_of(5), FakeEngine()
    gather(web, store, engine=engine)
    sent, asked = len(engine.sent), len(web.asked)
    store.add(poll_todo(SOURCE.feeds[0], due=NOW), now=NOW)
    outcomes = gather(web, store, engine=engine)
    assert [outcome.task.step for outcome in outcomes] == [StepName.POLL]
    assert (len(engine.sent), len(web.asked)) == (sent, asked + 1)
    store.close()


def test_a_revised_article_is_published_again_and_only_its_new_sentences_are_sent(tmp_path: Path) -> None:
    store, web, engine = open_paper(tmp_path), web_of(3), FakeEngine()
    gather(web, store, engine=engine)
    before = store.teasers(now=NOW, limit=10)
    web.pages["https://talbote.example/2.html"] = article_of(2, extra="Das Geld kommt vom Land und vom Bund.")
    sent = len(engine.sent)
    later = NOW + timedelta(hours=4)  # past the second look at a fresh article
    gather(web, store, engine=engine, clock=lambda: later)
    assert engine.sent[sent:] == ["Das Geld kommt vom Land und vom Bund."]
    after = store.teasers(now=later, limit=10)
    assert {teaser.path for teaser in after} == {teaser.path for teaser in before}
    (changed,) = [teaser for teaser in after if teaser.original_url.endswith("/2.html")]
    published = store.published(changed.id)
    assert published is not None
    assert published.revision == 2
    store.close()


def test_a_page_that_cannot_be_had_is_parked_with_its_reason_and_the_others_go_on(tmp_path: Path) -> None:
    store, web = open_paper(tmp_path), web_of(4)
    web.pages["https://talbote.example/3.html"] = FetchError("gone", reason="gone")
    gather(web, store)
    status = store.status(now=NOW)
    assert (status.published, dict(status.parked)) == (3, {"gone": 1})
    store.close()


def test_an_article_without_an_engine_waits_and_is_no_failure(tmp_path: Path) -> None:
    store, web = open_paper(tmp_path), web_of(2)
    french = """<html lang="fr"><head><title>Le marché rouvre</title>
    <meta property="og:type" content="article"></head><body><article><h1>Le marché rouvre</h1>
    <p>Quarante commerçants ont retrouvé leurs étals samedi matin, au centre de la ville. Le maire a coupé le ruban à
    neuf heures, devant plusieurs centaines d'habitants venus voir le résultat des longs travaux de la halle.</p>
    <p>Les travaux ont coûté six millions d'euros. La halle, construite en 1898, a été entièrement rénovée.</p>
    </article></body></html>"""
    web.pages["https://talbote.example/2.html"] = french.encode()
    gather(web, store)
    status = store.status(now=NOW)
    assert (status.published, dict(status.awaiting), dict(status.parked)) == (1, {"fr": 1}, {})
    store.close()


def test_only_the_feeds_asked_for_are_looked_at(tmp_path: Path) -> None:
    store, web = open_paper(tmp_path), web_of(2)
    gather(web, store, polls={"de.other"})
    assert web.asked == []
    store.close()


def test_a_stop_gives_back_what_was_not_begun(tmp_path: Path) -> None:
    store, web = open_paper(tmp_path), web_of(30)
    gather_until_stopped(web, store)
    left = store.pending(list(StepName))
    assert left > 0
    gather(web, store)
    assert store.count() == 30
    store.close()


def gather_until_stopped(web: object, store: object) -> None:
    """A round that is told to stop at its third outcome."""
    seen: list[object] = []

    def report(outcome: object) -> None:
        seen.append(outcome)
        if len(seen) == 3:
            runner.stop()

    engine = FakeEngine()
    runner = LocalRunner(lambda: NOW, report, InPlace)
    runner.run(Line(web, Catalogue([SOURCE]), {"de": engine, "en": engine}, Rules()), store)  # type: ignore[arg-type]


def test_what_an_engine_has_begun_when_a_stop_comes_is_kept_however_long_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been paid for, and the process cannot end before it anyway."""
    monkeypatch.setattr(local, "GRACE", 0.01)
    store, web = open_paper(tmp_path), web_of(3)
    runner = LocalRunner(lambda: NOW, lambda outcome: None, InPlace)

    class Slow(FakeEngine):
        def translate(
            self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
        ) -> list[Rendering]:
            runner.stop()
            time.sleep(0.5)
            return super().translate(sentences, language, terms)

    slow, engine = Slow(), FakeEngine()
    runner.run(Line(web, Catalogue([SOURCE]), {"de": slow, "en": slow}, Rules()), store)
    assert slow.sent
    gather(web, store, engine=engine)
    assert store.count() == 3
    assert not set(slow.sent) & set(engine.sent)
    store.close()


def test_a_stop_does_not_wait_for_ever_and_what_it_left_is_begun_anew_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "GRACE", 0.01)
    monkeypatch.setattr(local, "PATIENCE", 0.1)
    store, web, end = open_paper(tmp_path), web_of(2), threading.Event()
    told: list[str] = []
    runner = LocalRunner(lambda: NOW, lambda outcome: None, InPlace, warn=told.append, batch=1)

    class Endless(FakeEngine):
        def translate(
            self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
        ) -> list[Rendering]:
            runner.stop()
            end.wait(60)
            return super().translate(sentences, language, terms)

    engine = Endless()
    began = time.monotonic()
    runner.run(Line(web, Catalogue([SOURCE]), {"de": engine, "en": engine}, Rules()), store)
    assert time.monotonic() - began < 30
    assert told == ["a translation (articles: 1) did not end; the next start begins it anew"]
    assert not store.claim(StepName.TRANSLATE, 9, now=NOW, lease=timedelta(hours=1), lanes={"en"})
    end.set()
    gather(web, store)
    assert store.count() == 2
    store.close()


def test_what_is_in_hand_for_longer_than_its_lease_is_not_begun_a_second_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "TICK", 0.01)
    store, web, passed = open_paper(tmp_path), web_of(1), [0.0]

    class Slow(FakeEngine):
        def translate(
            self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
        ) -> list[Rendering]:
            assert not self.sent, "the runner took up again what it had in hand"
            for _ in range(5):
                passed[0] += 40
                time.sleep(0.05)
            return super().translate(sentences, language, terms)

    engine = Slow()
    gather(web, store, engine=engine, clock=lambda: NOW + timedelta(minutes=passed[0]))
    assert store.count() == 1
    assert passed == [200]
    store.close()


def test_what_cannot_be_kept_takes_nothing_with_it_that_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, web, again = open_paper(tmp_path), web_of(3), FakeEngine()
    finish, failed = store.finish, list[str]()

    def broken(outcome: Outcome[Any, Any], **options: Any) -> None:
        if outcome.task.step is StepName.TRANSLATE and not failed:
            failed.append(outcome.task.key)
            raise StoreError("edition.db: is locked")
        finish(outcome, **options)

    gather_without_engine(web, store)
    monkeypatch.setattr(store, "finish", broken)
    with pytest.raises(StoreError, match="locked"):
        gather(web, store)
    gather(web, store, engine=again)
    assert store.count() == 3
    assert len([text for text in again.sent if text.startswith("Die Stadt baut")]) == 1
    store.close()


def gather_without_engine(web: FakeWeb, store: Store) -> None:
    """A round without an engine, so that all articles wait at its station."""
    runner = LocalRunner(lambda: NOW, lambda outcome: None, InPlace, until_idle=True)
    runner.run(Line(web, Catalogue([SOURCE]), {}, Rules()), store)


class Stuck(InPlace):
    """Never ends with the page of number 2, until it is restarted."""

    def __init__(self) -> None:
        self.restarts = 0

    def submit(self, page: Page, source: Source | None) -> Future[Article | StepError]:
        if not page.url.endswith("/2.html"):
            return super().submit(page, source)
        future: Future[Article | StepError] = Future()
        future.set_running_or_notify_cancel()
        return future

    def restart(self) -> None:
        self.restarts += 1


def quick_clock() -> Callable[[], datetime]:
    """A minute passes with every real tenth of a second."""
    start = time.monotonic()
    return lambda: NOW + timedelta(minutes=10 * (time.monotonic() - start))


def test_a_page_that_never_ends_is_ended_with_its_process_and_tried_again_later(tmp_path: Path) -> None:
    store, web, pool = open_paper(tmp_path), web_of(3), Stuck()
    outcomes = gather(web, store, extractors=lambda: pool, clock=quick_clock())
    assert pool.restarts >= 1
    assert "stuck" in [outcome.value.reason for outcome in outcomes if isinstance(outcome.value, StepError)]
    assert store.count() == 2
    gather(web, store, clock=lambda: NOW + timedelta(days=1))
    assert store.count() == 3
    store.close()


class OneProcess(InPlace):
    """One process, stuck with the page that it was given first; like the real pool it calls the next one running."""

    workers = 1

    def __init__(self) -> None:
        self.restarts = 0

    def submit(self, page: Page, source: Source | None) -> Future[Article | StepError]:
        if self.restarts:
            return super().submit(page, source)
        future: Future[Article | StepError] = Future()
        future.set_running_or_notify_cancel()
        return future

    def restart(self) -> None:
        self.restarts += 1


def test_a_page_that_waits_behind_a_stuck_one_is_not_taken_for_stuck(tmp_path: Path) -> None:
    store = open_paper(tmp_path)
    for number in (1, 2):
        page = Page(f"https://talbote.example/{number}.html", "", 200, {}, article_of(number), NOW, SOURCE.id)
        store.add(Todo(StepName.EXTRACT, page.url, replace(page, final_url=page.url)), now=NOW)
    outcomes = gather(web_of(0), store, extractors=OneProcess, clock=quick_clock(), polls=())
    failed = [outcome.task.key for outcome in outcomes if isinstance(outcome.value, StepError)]
    assert failed == ["https://talbote.example/1.html"]
    store.close()


def test_a_fetch_that_a_stop_cuts_short_is_no_failed_try(tmp_path: Path) -> None:
    store, web = open_paper(tmp_path), web_of(1)
    runner = LocalRunner(lambda: NOW, lambda outcome: None, InPlace)

    class Closing:
        def get(self, request: Request, *, gzip: bool = False) -> Page:
            runner.stop()
            raise FetchError("stopped by us", reason="stopped", transient=True)

    engine = FakeEngine()
    runner.run(Line(Closing(), Catalogue([SOURCE]), {"de": engine, "en": engine}, Rules()), store)
    gather(web, store)  # at the same moment: nothing was put off
    assert store.count() == 1
    store.close()


def test_a_model_that_cannot_be_loaded_stops_the_paper_and_costs_no_article_a_try(tmp_path: Path) -> None:
    class Broken(FakeEngine):
        def translate(self, *_: object, **__: object) -> list[Rendering]:
            raise ConfigError("model.bin: the model cannot be loaded")

    store, web = open_paper(tmp_path), web_of(2)
    with pytest.raises(ConfigError, match="cannot be loaded"):
        gather(web, store, engine=Broken())
    gather(web, store)
    assert store.count() == 2
    store.close()


def test_what_breaks_the_paper_lets_no_engine_begin_more_and_loses_nothing_that_was_done(tmp_path: Path) -> None:
    """Two batches are in hand when the first one breaks: the second may be paid for."""
    store, web = open_paper(tmp_path), web_of(2)
    told: list[bool] = []

    class Broken(FakeEngine):
        def translate(
            self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
        ) -> list[Rendering]:
            if told:
                assert runner.halt.wait(5)
                told.append(True)
                return super().translate(sentences, language, terms)
            while store.pending([StepName.EXTRACT]):
                time.sleep(0.01)
            time.sleep(0.5)
            told.append(False)
            raise ConfigError("model.bin: the model cannot be loaded")

    engine = Broken()
    runner = LocalRunner(lambda: NOW, lambda outcome: None, InPlace, batch=1, until_idle=True)
    with pytest.raises(ConfigError, match="cannot be loaded"):
        runner.run(Line(web, Catalogue([SOURCE]), {"de": engine, "en": engine}, Rules()), store)
    assert told == [False, True]
    again = FakeEngine()
    gather(web, store, engine=again)
    assert store.count() == 2
    assert not set(engine.sent) & set(again.sent)
    store.close()


def test_an_error_after_a_stop_loses_nothing_that_an_engine_did(tmp_path: Path) -> None:
    store, web = open_paper(tmp_path), web_of(2)
    get, asked = web.get, list[str]()

    def broken(request: Request, *, gzip: bool = False) -> Page:
        if request.url != FEED:
            asked.append(request.url)
        if len(asked) == 2 and request.url == asked[1]:
            assert runner.halt.wait(5)
            raise StoreError("edition.db: is locked")
        return get(request, gzip=gzip)

    class Slow(FakeEngine):
        def translate(
            self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
        ) -> list[Rendering]:
            while len(asked) < 2:
                time.sleep(0.01)
            runner.stop()
            return super().translate(sentences, language, terms)

    web.get = broken  # type: ignore[method-assign]
    slow, again = Slow(), FakeEngine()
    runner = LocalRunner(lambda: NOW, lambda outcome: None, InPlace)
    with pytest.raises(StoreError, match="locked"):
        runner.run(Line(web, Catalogue([SOURCE]), {"de": slow, "en": slow}, Rules()), store)
    web.get = get  # type: ignore[method-assign]
    gather(web, store, engine=again)
    assert store.count() == 2
    assert slow.sent
    assert not set(slow.sent) & set(again.sent)
    store.close()


def test_a_feed_that_fails_is_looked_at_again_later(tmp_path: Path) -> None:
    store, web = open_paper(tmp_path), web_of(1)
    web.pages[FEED] = FetchError("down", reason="timeout", transient=True)
    gather(web, store)
    web.pages[FEED] = feed_of("/1.html")
    gather(web, store, clock=lambda: NOW + timedelta(days=2))
    assert store.count() == 1
    store.close()


@pytest.mark.slow
def test_real_processes_extract_and_a_dead_one_is_replaced(tmp_path: Path) -> None:
    store, pools = open_paper(tmp_path), []

    def pool() -> Extractors:
        pools.append(Extractors(1))
        return pools[-1]

    gather(web_of(3), store, extractors=pool)
    assert store.count() == 3
    survivor = Extractors(1)
    page = Page("https://talbote.example/9.html", "https://talbote.example/9.html", 200, {}, article_of(9), NOW)
    first = survivor.submit(page, SOURCE).result(timeout=60)
    survivor.restart()
    assert survivor.submit(page, SOURCE).result(timeout=60) == first
    survivor.close()
    store.close()
