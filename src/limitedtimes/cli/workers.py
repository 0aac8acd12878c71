"""Several processes that serve one edition on one port. But for requests of removals, they only read."""

from __future__ import annotations

import multiprocessing
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import closing
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from threading import Event, Thread
from typing import Final

from limitedtimes.cli import compose, keeping
from limitedtimes.config import Config
from limitedtimes.errors import LimitedTimesError
from limitedtimes.web import ahead, application, serve_on, until_stopped, warm
from limitedtimes.web.appeals import Turnstile, shared_turnstile
from limitedtimes.web.server import listen

_LOOK: Final = 0.2  # seconds between two looks at whether it is time to stop
_PATIENCE: Final = 10.0  # seconds that a process gets to end by itself


def serve_with_workers(
    config: Config, *, stop: Event | None = None, ready: Callable[[str, int], None] | None = None
) -> None:
    """Serve until SIGINT, SIGTERM or ``stop``, in ``config.workers`` processes.

    Raises LimitedTimesError when the port cannot be had, and when a process ends that was not told to: a paper that
    half answers would be worse than one that its supervisor starts again.
    """
    stop = stop or Event()
    # Spawned, not forked: this process may have threads at work.
    context = multiprocessing.get_context("spawn")
    with closing(listen(config.host, config.port)) as listener, until_stopped(stop):
        begun, turnstile = [context.Event() for _ in range(config.workers)], shared_turnstile(context)
        workers = [
            context.Process(target=_work, args=(config, listener, mine, turnstile), name=f"serve-{number}")
            for number, mine in enumerate(begun)
        ]
        for worker in workers:
            worker.start()
        try:
            _watch(workers, stop, lambda: _say(listener, ready) if all(mine.is_set() for mine in begun) else False)
        finally:
            _end(workers)


def _say(listener: socket.socket, ready: Callable[[str, int], None] | None) -> bool:
    if ready is not None:
        ready(*listener.getsockname()[:2])
    return True


def _watch(workers: Sequence[BaseProcess], stop: Event, said: Callable[[], bool]) -> None:
    done = False
    while not stop.is_set():
        done = done or said()
        ended = wait([worker.sentinel for worker in workers], timeout=_LOOK)
        if ended and not stop.is_set():
            first = next(worker for worker in workers if worker.sentinel in ended)
            first.join(_PATIENCE)  # the sentinel may be earlier than the exit code
            raise LimitedTimesError(f"a process that served the edition ended by itself (exit code {first.exitcode})")


def _end(workers: Sequence[BaseProcess]) -> None:
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(_PATIENCE)
        if worker.is_alive():
            worker.kill()
            worker.join()


def _work(config: Config, listener: socket.socket, begun: Event, turnstile: Turnstile) -> None:
    """One process. It ends when told, and when its parent has died, however that died."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the parent says when
    stop = Event()
    Thread(target=_stop_when_orphaned, args=(stop,), daemon=True, name="orphaned").start()
    store = compose.store(config)
    try:
        settings = compose.settings(config)
        with keeping.drawer(config, settings, store) as drawer, closing(listener):
            app = application(store, settings=settings, clock=compose.clock, drawer=drawer, turnstile=turnstile)
            warm(app)
            with ahead(app):
                serve_on(app, listener, stop=stop, ready=begun.set)
    finally:
        store.close()


def _stop_when_orphaned(stop: Event) -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    stop.set()
