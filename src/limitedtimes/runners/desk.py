"""One thread that works in order, and that a process which must end need not wait for.

The threads of a ThreadPoolExecutor are waited for at exit, without a limit; an engine may take hours for a batch.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, Final, TypeVar

T = TypeVar("T")
_PREFIX: Final = "desk:"


def is_at_work() -> bool:
    """Whether a desk of this process has work in hand, which its runner did not wait for."""
    return any(thread.name.startswith(_PREFIX) for thread in threading.enumerate())


class Desk:
    """``submit`` as an executor has it. A future that is cancelled before its turn is passed over."""

    def __init__(self, name: str) -> None:
        self._work: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        threading.Thread(target=self._run, daemon=True, name=f"{_PREFIX} {name}").start()

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
