"""A fake web with one publisher, its catalogue, and a line and runner over them; and a pool that extracts in place."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fakes import FEED, NOW, FakeEngine, FakeWeb, article_of, feed_of

from limitedtimes.errors import StepError
from limitedtimes.line import Line, Rules, extract_page, poll_todo
from limitedtimes.model import Article, FeedPointer, Page, Source
from limitedtimes.protocols import Outcome, Store
from limitedtimes.runners.local import LocalRunner
from limitedtimes.sources import Catalogue
from limitedtimes.store import open_store

SOURCE = Source(
    "de.talbote",
    "Talbote",
    "https://talbote.example/",
    "de",
    ("de",),
    "Europe/Berlin",
    (FeedPointer(FEED, "de.talbote"),),
)


class InPlace:
    """Extracts when a page is submitted: for tests that need no other process."""

    workers = 2

    def submit(self, page: Page, source: Source | None) -> Future[Article | StepError]:
        future: Future[Article | StepError] = Future()
        future.set_running_or_notify_cancel()
        future.set_result(extract_page(page, source))
        return future

    def restart(self) -> None:
        raise AssertionError("nothing here can be stuck")

    def close(self) -> None:
        """Holds nothing."""


def web_of(articles: int) -> FakeWeb:
    """A feed with so many articles, and their pages."""
    paths = [f"/{number}.html" for number in range(1, articles + 1)]
    pages = {f"https://talbote.example/{number}.html": article_of(number) for number in range(1, articles + 1)}
    return FakeWeb({FEED: feed_of(*paths), **pages})


def open_paper(folder: Path) -> Store:
    """A store that knows the publisher and is to look at its feed."""
    store = open_store(folder / "paper.sqlite")
    store.save_sources([SOURCE])
    store.add(poll_todo(SOURCE.feeds[0], due=NOW), now=NOW)
    return store


def gather(web: FakeWeb, store: Store, *, engine: FakeEngine | None = None, **options: Any) -> list[Outcome[Any, Any]]:
    """One round until nothing is due; what became of every task."""
    outcomes: list[Outcome[Any, Any]] = []
    engine = engine or FakeEngine()
    clock: Callable[[], datetime] = options.pop("clock", lambda: datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
    runner = LocalRunner(clock, outcomes.append, options.pop("extractors", InPlace), until_idle=True, **options)
    runner.run(Line(web, Catalogue([SOURCE]), {"de": engine, "en": engine}, Rules()), store)
    return outcomes
