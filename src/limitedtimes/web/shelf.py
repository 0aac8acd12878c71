"""Rendered pages kept in memory while nothing that a reader can see has changed, and what travels in an answer."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

OVERHEAD: Final = 1_000
"""Bytes of memory that a kept page takes beside its text."""
_WORTH_COMPRESSING: Final = 512  # bytes; below, gzip saves less than a packet
LEVEL: Final = 5  # of gzip: 6 takes half as long again for two percent

Key = tuple[str, str]  # path, and the number of its page as given

HTML: Final = "text/html; charset=utf-8"
REVALIDATE: Final = "no-cache"
IMMUTABLE: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer, compressed once. ``etag`` is of the content and therefore strong.

    ``body`` is empty where only ``zipped`` is kept: ask ``plain``.
    """

    status: int
    body: bytes
    media_type: str = HTML
    caching: str = REVALIDATE
    location: str = ""
    zipped: bytes = b""
    etag: str = ""

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return len(self.body) + len(self.zipped) + OVERHEAD

    @property
    def plain(self) -> bytes:
        """For the few clients that do not take a compressed page, unpacked for each."""
        return self.body or (gzip.decompress(self.zipped) if self.zipped else b"")


def answer(body: bytes, *, status: int = 200, media_type: str = HTML, caching: str = REVALIDATE) -> Answer:
    """Compress and name a body."""
    zipped = gzip.compress(body, LEVEL, mtime=0) if len(body) >= _WORTH_COMPRESSING else b""
    digest = hashlib.sha256(body).hexdigest()[:24] if status == 200 else ""
    return Answer(status, body, media_type, caching, "", zipped if len(zipped) < len(body) else b"", digest)


def redirect(location: str, *, status: int = 301) -> Answer:
    """``location`` is a path on this host, percent-encoded."""
    return Answer(status, b"", location=location)


@dataclass(frozen=True, slots=True)
class _Kept:
    state: State
    answer: Answer


class Shelf:
    """The pages last asked for, as they are sent: compressed, and at most so many bytes of them.

    Only pages that exist: no one can fill it with misses.
    """

    def __init__(self, most: float) -> None:
        self._most = most
        self._bytes = 0
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, state: State) -> Answer | None:
        """The page, if it was made in this state of the store."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.state != state:
                return None
            self._kept.move_to_end(key)
            return kept.answer

    def keep(self, key: Key, state: State, made: Answer) -> None:
        if made.status != 200:
            return
        if made.zipped:
            made = replace(made, body=b"")
        with self._lock:
            before = self._kept.pop(key, None)
            self._kept[key] = _Kept(state, made)
            self._bytes += made.size - (before.answer.size if before else 0)
            while self._bytes > self._most:
                _, dropped = self._kept.popitem(last=False)
                self._bytes -= dropped.answer.size


@dataclass(frozen=True, slots=True)
class State:
    """Equal for two moments between which no page changes. ``changed``: what the store said; ``stretch``: of time."""

    changed: datetime | None
    stretch: int


class Freshness:
    """The state of the store by which pages are kept: asked again at most every ``interval``.

    The time of day belongs to it, five minutes at a stretch: "the last 24 hours" moves even when nothing new comes.
    """

    STRETCH: Final = timedelta(minutes=5)

    def __init__(self, changed_at: Callable[[], datetime | None], interval: timedelta) -> None:
        self._changed_at, self._interval = changed_at, interval
        self._asked: datetime | None = None
        self._changed: datetime | None = None
        self._turn = Lock()

    def known(self, now: datetime) -> bool:
        """Whether the last answer of the store still counts."""
        return self._asked is not None and abs(now - self._asked) < self._interval

    def state(self, now: datetime) -> State:
        """May ask the store, so it may block."""
        if not self.known(now):
            with self._turn:  # one asks, and the others have its answer
                if not self.known(now):
                    self._changed, self._asked = self._changed_at(), now
        return State(self._changed, int(now.timestamp() // self.STRETCH.total_seconds()))
