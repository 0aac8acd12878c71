"""What a process that works for another does first. Imports nothing of ours, so that nothing else can happen before."""

from __future__ import annotations

import multiprocessing
import os
import signal
from threading import Thread


def settle_in() -> None:
    """Leave signals to the runner, and go when it goes.

    Ctrl-C reaches every process of a terminal, a service manager's SIGTERM every process of the service: one that took
    them for itself would fail the page that it has in hand. A killed runner tells nobody, and a pool's process would
    wait for its next page for ever.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    Thread(target=_go_when_orphaned, daemon=True, name="orphaned").start()


def _go_when_orphaned() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
