"""A drawer for what is costly to make and may be lost: the parts of pages that are an article's own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from limitedtimes.contents import Contents


@dataclass(frozen=True, slots=True)
class Folder:
    """What is put into a drawer. It is good until one of its ``subjects`` changes (``Contents.changes``), or ``until``.

    ``label`` is what it is asked for by.
    """

    label: str
    content: bytes
    subjects: Collection[str]
    until: datetime | None = None


class Drawer(Protocol):
    """Never gives what a change has made wrong. Full, it drops some of what it has; it may do so at any time."""

    def catch_up(self, contents: Contents, mark: datetime) -> None:
        """Throw away what the changes up to ``mark`` (that ``changed_at`` just said) have made wrong. To be called
        before anything is got for readers who may know of them."""

    def get(self, label: str, *, now: datetime) -> bytes | None:
        """What was put in last under that label, as far as it is still right. Does not wait for anybody."""

    def put(self, folder: Folder, *, mark: datetime) -> None:
        """``mark``: what ``changed_at`` said before the first thing was read that the content was made from. Where
        others have caught up with a later one, nothing is kept."""

    def sweep(self) -> bool:
        """Leave nothing in the files of what was thrown away; False where readers kept a part of it too long."""

    def close(self) -> None: ...
