"""One thread that works in order, and that a process which must end need not wait for.

The threads of a ThreadPoolExecutor are waited for at exit, without a limit; an engine may take hours for a batch.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


class Desk:
    """``submit`` as an executor has it. A future that is cancelled before its turn is passed over."""

    def __init__(self, name: str) -> None:
        self._work: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        Thread(target=self._run, daemon=True, name=name).start()

    def submit(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        future: Future[T] = Future()
        self._work.put((future, lambda: work(*arguments)))
        return future

    def close(self) -> None:
        """The thread ends after what was submitted; nobody waits for it."""
        self._work.put(None)

    def _run(self) -> None:
        while item := self._work.get():
            future, work = item
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except BaseException as error:
                    future.set_exception(error)
