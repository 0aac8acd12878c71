"""The end of a whole request, asked before every single wait."""

from __future__ import annotations

from collections.abc import Callable


class Deadline:
    """Counts down from ``seconds``. A socket's own timeout starts anew with every byte; this one does not."""

    def __init__(self, seconds: float, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._end = monotonic() + seconds

    def left(self) -> float:
        """Seconds, more than 0. Raises TimeoutError."""
        left = self._end - self._monotonic()
        if left <= 0:
            raise TimeoutError("the time for the whole request is over")
        return left

    def extend(self, seconds: float) -> None:
        """Give back time that was not the server's: waiting for one's turn."""
        self._end += seconds
