"""Every store there is: the conformance tests run over this table. A new database is one more line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from limitedtimes.protocols import Store
from limitedtimes.store import open_store

Opener = Callable[[Path], Store]

STORES: dict[str, Opener] = {
    "sqlite": lambda folder: open_store(folder / "paper.db"),
}


def opened(name: str, folder: Path) -> Iterator[Store]:
    store = STORES[name](folder)
    yield store
    store.close()
