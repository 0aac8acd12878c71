"""What a process that works for another does first, and how it is ended. Imports nothing of ours, so that nothing else
can happen before."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from typing import Final

CLOSING: Final = 5.0
"""Seconds for a pool whose processes are gone: it takes some milliseconds."""


def settle_in() -> None:
    """Leave signals to the runner, and go when it goes.

    Ctrl-C reaches every process of a terminal, a service manager's SIGTERM every process of the service: one that took
    them for itself would fail the page that it has in hand. A killed runner tells nobody, and a pool's process would
    wait for its next page for ever.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_go_when_orphaned, daemon=True, name="orphaned").start()


def _go_when_orphaned() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def end_pool(pool: ProcessPoolExecutor) -> None:
    """Whatever its processes do. A pool has no public way to end a running call; they are ours, and hold nothing."""
    for process in list((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(wait=True, cancel_futures=True)


def end_all() -> None:
    """Whatever they do: nobody will hear of it. Python waits at exit for what they have in hand, and for ever where one
    was killed that held the lock of their queue; SIGTERM, with which it would end them, is not theirs to take."""
    for process in multiprocessing.active_children():
        process.kill()
    # Python wakes a pool's own thread at exit, and complains of one that just then closes, for its processes are gone.
    for thread in threading.enumerate():
        if type(thread).__module__ == "concurrent.futures.process":
            thread.join(CLOSING)
