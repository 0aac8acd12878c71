"""`gather`: one round of the line, until nothing is due."""

from __future__ import annotations

import argparse
import dataclasses
import signal
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from limitedtimes.cli import compose
from limitedtimes.cli.progress import Progress
from limitedtimes.cli.wording import are
from limitedtimes.config import Config
from limitedtimes.errors import ConfigError
from limitedtimes.languages import language_name
from limitedtimes.line import poll_todo
from limitedtimes.model import Entry, FeedPointer, Page, Source
from limitedtimes.protocols import StepName, Store, Todo
from limitedtimes.runners.extractors import Extractors
from limitedtimes.runners.local import LocalRunner
from limitedtimes.sources import Catalogue, opml, pages_of
from limitedtimes.sources.strangers import stranger
from limitedtimes.store.reads import FAILED, WHY_PARKED


def gather(options: argparse.Namespace) -> int:
    config = compose.load_config(options.config)
    known = compose.catalogue(config)
    given = bool(options.opml or options.warc or options.pages)
    sources = [] if given and not options.source else compose.wanted(config, known, options.source)
    with compose.alone(config):
        store = compose.store(config)
        try:
            store.save_sources(sources)
            polls = _queue(store, known, sources, options)
            return one_round(config, known, store, polls)
        finally:
            store.close()


def _queue(store: Store, known: Catalogue, sources: Sequence[Source], options: argparse.Namespace) -> set[str]:
    """Queue everything that the command names. Returns the sources whose feeds are looked at."""
    feeds = [feed for source in sources for feed in source.feeds]
    if options.opml:
        feeds += _feeds_of(options.opml, known, store)
    queue_feeds(store, feeds)
    for path in [*options.warc, *([options.pages] if options.pages else [])]:
        queue_pages(store, known, pages_of(path))
    return {feed.source for feed in feeds}


def _feeds_of(path: Path, known: Catalogue, store: Store) -> list[FeedPointer]:
    """The feeds of an OPML file, each with its source: one of the catalogue, or a stranger by the name it has there."""
    try:
        outlines = opml.read(path.read_bytes(), name=str(path))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    feeds = []
    for outline in outlines:
        source = known.of(outline.url) or stranger(outline.url, name=outline.title)
        store.save_sources([source])
        feeds.append(FeedPointer(outline.url, source.id))
    return feeds


def queue_feeds(store: Store, feeds: Iterable[FeedPointer], *, at_once: bool = True) -> None:
    """Look at these feeds now, whenever their turn would have been; or else, each in its turn, a new one now."""
    now = compose.clock()
    for feed in feeds:
        store.add(poll_todo(feed, due=now if at_once else None), now=now)


def queue_pages(store: Store, known: Catalogue, pages: Iterable[Page]) -> None:
    """Put fetched pages on the line, where extraction begins."""
    saved: set[str] = set()
    for page in pages:
        source = known.of(page.final_url) or stranger(page.final_url)
        if source.id not in saved:
            store.save_sources([source])
            saved.add(source.id)
        entry = page.entry or Entry(page.url, source.id)
        placed = dataclasses.replace(page, source=source.id, entry=entry)
        store.add(Todo(StepName.EXTRACT, page.url, placed), now=compose.clock())


def one_round(config: Config, known: Catalogue, store: Store, polls: set[str]) -> int:
    """Run until nothing is due; Ctrl-C and SIGTERM give back what is in hand. Returns the exit code."""
    halt = threading.Event()
    translators = compose.routes(config, halt.is_set)
    progress = Progress(lambda: store.pending(list(StepName)))
    web = compose.fetcher(config, list(known))
    runner = LocalRunner(
        compose.clock,
        progress.report,
        lambda: Extractors(config.extract_workers),
        fetch_workers=config.fetch_workers,
        batch=config.batch_articles,
        halt=halt,
        warn=progress.say,
        until_idle=True,
        polls=polls,
    )
    interrupted = stop_on_signals(runner)
    try:
        runner.run(compose.line(config, known, web, translators), store)
    finally:
        web.close()
        progress.close()
    _say_what_waits(store)
    return 1 if interrupted or (progress.failed and not progress.done) else 0


def stop_on_signals(runner: LocalRunner) -> list[int]:
    """SIGINT and SIGTERM stop the runner cleanly. The list returned holds the signals that came."""
    came: list[int] = []

    def stop(number: int, _: object) -> None:
        came.append(number)
        runner.stop()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    return came


def _say_what_waits(store: Store) -> None:
    """What is kept without English, and why."""
    waiting = Counter((language_name(item.language), item.why) for item in store.awaiting(limit=10_000))
    for (language, why), count in sorted(waiting.items()):
        print(f"{count:6} in {language}: {why}")
    reasons = {why for _, why in waiting}
    if not reasons.isdisjoint(WHY_PARKED.values()):
        print(
            "       `limitedtimes models list` names larger models, `limitedtimes retry headline` tries again with one"
        )
    if FAILED in reasons or store.status(now=compose.clock()).delayed:
        print("       `limitedtimes status` says what is amiss; once it is mended, `limitedtimes retry` tries again")


def retry(options: argparse.Namespace) -> int:
    """Put what is parked or put off back on the line: after a new engine, say, or a fault that was mended."""
    config = compose.load_config(options.config)
    with closing(compose.store(config)) as store:
        opened = store.retry(options.reason, now=compose.clock())
        if not opened:
            status = store.status(now=compose.clock())
            known = ", ".join(sorted({*status.parked, *status.delayed})) or "nothing is"
            raise ConfigError(f"{options.reason}: nothing is parked for this reason; parked for: {known}")
    print(f"{are(opened, 'task')} on the line again, for `limitedtimes gather` or the edition that runs")
    return 0
