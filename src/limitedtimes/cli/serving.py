"""`run`, `serve`, `status` and `demo`: the commands that show an edition."""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Final

from limitedtimes.cli import compose, keeping
from limitedtimes.cli.gathering import one_round, queue_feeds
from limitedtimes.cli.ledger import spending
from limitedtimes.cli.progress import Progress
from limitedtimes.cli.workers import serve_with_workers
from limitedtimes.config import Config
from limitedtimes.demo import Press
from limitedtimes.edition.report import status_text
from limitedtimes.model import Source
from limitedtimes.protocols import StepName, Store
from limitedtimes.runners.extractors import Extractors
from limitedtimes.runners.local import LocalRunner
from limitedtimes.sources import Catalogue
from limitedtimes.web import ahead, application, serve, warm

PRESS_PORT: Final = 8101
"""The first port of the sample press when its edition is kept; otherwise any that are free."""


def status(options: argparse.Namespace) -> int:
    config = compose.load_config(options.config)
    store = compose.store(config)
    try:
        print(status_text(store.status(now=compose.clock())))
        for line in spending(store, config.engines, compose.clock().date()):
            print(line)
    finally:
        store.close()
    return 0


def serve_edition(options: argparse.Namespace) -> int:
    config = compose.addressed(compose.load_config(options.config), options)
    store = compose.store(config)
    try:
        _serve(config, store)
    finally:
        store.close()
    return 0


def run(options: argparse.Namespace) -> int:
    config = compose.addressed(compose.load_config(options.config), options)
    known = compose.catalogue(config)
    with compose.alone(config):
        store = compose.store(config)
        try:
            run_edition(config, known, store, compose.wanted(config, known))
        finally:
            store.close()
    return 0


def run_edition(config: Config, known: Catalogue, store: Store, sources: list[Source]) -> None:
    """Gather in a thread beside the server, until the server is stopped."""
    store.save_sources(sources)
    # In their turn: a service that is restarted again and again must not ask its publishers again and again.
    queue_feeds(store, [feed for source in sources for feed in source.feeds], at_once=False)
    halt = threading.Event()
    translators = compose.routes(config, halt.is_set)
    web = compose.fetcher(config, list(known))
    progress = Progress(lambda: store.pending(list(StepName)))
    runner = LocalRunner(
        compose.clock,
        progress.report,
        lambda: Extractors(config.extract_workers),
        fetch_workers=config.fetch_workers,
        batch=config.batch_articles,
        halt=halt,
        warn=progress.say,
        polls={source.id for source in sources},
    )
    # A runner that fails stops the server too: a paper that looks alive and gathers nothing would be worse.
    over = threading.Event()
    with ThreadPoolExecutor(1, thread_name_prefix="runner") as thread:
        work = thread.submit(runner.run, compose.line(config, known, web, translators), store)
        work.add_done_callback(lambda _: over.set())
        try:
            _serve(config, store, over)
        finally:
            runner.stop()
            web.close()
            work.exception()  # waits for its end
            progress.close()
        work.result()


def demo(options: argparse.Namespace) -> int:
    """The sample press, gathered twice: the second round brings a revised article."""
    place: AbstractContextManager[str] = (
        nullcontext(str(options.data)) if options.data else tempfile.TemporaryDirectory(prefix="limitedtimes-")
    )
    # A kept edition finds its articles again only at the addresses that they had.
    first_port = PRESS_PORT if options.data else 0
    with place as folder, Press(compose.clock(), first_port=first_port) as press:
        config = compose.addressed(_demo_config(compose.load_config(options.config), Path(folder), press), options)
        known = Catalogue(press.sources())
        with compose.alone(config):
            store = compose.store(config)
            try:
                code = _gather_demo(config, known, store, press)
                if code == 0 and not options.no_serve:
                    run_edition(config, known, store, list(known))
                return code
            finally:
                store.close()


def _demo_config(config: Config, folder: Path, press: Press) -> Config:
    """The operator's engine, address and limits; not the identity of their paper, nor the services that they pay, whose
    budget is counted where their own paper is."""
    return dataclasses.replace(
        config,
        data=folder,
        engine="embedded" if config.engine in config.engines else config.engine,
        engines={},
        routes={},
        base_url="",
        title="The Limited Times – sample press",
        allow_hosts=tuple(sorted(press.hosts)),
        poll_minutes=1,
    )


def _gather_demo(config: Config, known: Catalogue, store: Store, press: Press) -> int:
    store.save_sources(list(known))
    feeds = [feed for source in known for feed in source.feeds]
    ids = {source.id for source in known}
    queue_feeds(store, feeds)
    code = one_round(config, known, store, ids)
    press.revise()
    queue_feeds(store, feeds)
    return code or one_round(config, known, store, ids)


def _serve(config: Config, store: Store, stop: threading.Event | None = None) -> None:
    settings = compose.settings(config)
    keeping.tidy(config, settings)
    if config.workers > 1:
        serve_with_workers(config, stop=stop, ready=_say_where)
        return
    with keeping.drawer(config, settings, store) as drawer:
        app = application(store, settings=settings, clock=compose.clock, drawer=drawer)
        warm(app)
        with ahead(app):
            serve(app, host=config.host, port=config.port, stop=stop, ready=_say_where)


def _say_where(host: str, port: int) -> None:
    print(f"Read the edition at {compose.web_address(host, port)}/ (Ctrl-C ends it)", flush=True)
