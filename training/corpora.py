"""Where the parallel text lies, and how it is read. It is never copied into the project."""

from __future__ import annotations

import lzma
import os
from collections.abc import Iterator
from pathlib import Path

from training.clean import Pair, near_key, normalise


def shared() -> Path:
    """Where the corpora lie: `LT_SHARED`, or the folder beside the project."""
    return Path(os.environ.get("LT_SHARED", "../shared"))


def read_pairs(path: Path) -> Iterator[Pair]:
    """The lines of one compressed corpus file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            source, english, corpus = line.rstrip("\n").split("\t")
            yield Pair(source, english, corpus)


def held_out_keys() -> frozenset[str]:
    """What the measuring sets contain, in any language, so that none of it is learned."""
    keys: set[str] = set()
    for path in sorted((shared() / "mt" / "dev").glob("*/*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            keys.update(near_key(normalise(side)) for side in line.split("\t")[:2])
    return frozenset(key for key in keys if len(key) > 20)
