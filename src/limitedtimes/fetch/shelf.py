"""What is known of a site for some hours, so that it is asked for once and not for every page."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")
MOST_KEPT: Final = 1_000


class Shelf(Generic[Value]):
    """Values with an age, by key; the least recently used go first. Two threads never make the same value at once."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._kept: OrderedDict[str, tuple[float, Value]] = OrderedDict()
        self._making: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: str, make: Callable[[], tuple[Value, float]]) -> Value:
        """The kept value, or the one that ``make`` gives together with the seconds it may be kept."""
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            value = self._fresh(key)
            if value is None:
                value, seconds = make()
                self._keep(key, value, seconds)
            return value

    def _fresh(self, key: str) -> Value | None:
        with self._lock:
            expires, value = self._kept.get(key, (float("-inf"), None))
            if self._monotonic() >= expires:
                return None
            self._kept.move_to_end(key)
            return value

    def _keep(self, key: str, value: Value, seconds: float) -> None:
        with self._lock:
            self._kept[key] = (self._monotonic() + seconds, value)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                forgotten, _ = self._kept.popitem(last=False)
                self._making.pop(forgotten, None)
