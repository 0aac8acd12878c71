"""Token arrays to batches of sentences of equal length, so that hardly anything is padding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.vocabulary import BOS, EOS, PAD

Numbers = NDArray[np.int64]

# Batches are whole eights of sentences, padded to whole fours of pieces: so there are few different shapes, and the
# library's kernels, which are compiled anew for each shape and kept, stay few too (without this, memory grew to 20 GB).
GRAIN, PAD_TO = 8, 4


def _padded(length: int) -> int:
    return int(-(-length // PAD_TO) * PAD_TO)


@dataclass(frozen=True)
class Texts:
    """Sentences one after the other in one array, and where each begins (and the last ends)."""

    pieces: NDArray[np.uint16]
    start: Numbers

    def __len__(self) -> int:
        return len(self.start) - 1

    @property
    def length(self) -> Numbers:
        """The number of pieces of each, without marks."""
        return np.diff(self.start)

    def row(self, number: int) -> NDArray[np.uint16]:
        """The pieces of one sentence."""
        return self.pieces[self.start[number] : self.start[number + 1]]

    def table(self, chosen: Numbers, *, begin: bool) -> Numbers:
        """A matrix with a row for each chosen sentence, its end mark, and, if wanted, a start mark before it."""
        lengths = self.length[chosen]
        places = np.arange(_padded(int(lengths.max()) + 1)) < lengths[:, None]
        rows = np.full(places.shape, PAD, np.int64)
        first = np.repeat(self.start[chosen] - np.cumsum(lengths) + lengths, lengths)
        rows[places] = self.pieces[first + np.arange(len(first))]
        rows[np.arange(len(rows)), lengths] = EOS
        return np.pad(rows, ((0, 0), (1, 0)), constant_values=BOS) if begin else rows

    @classmethod
    def of(cls, rows: list[NDArray[np.uint16]]) -> Texts:
        """From one array for each sentence."""
        pieces = np.concatenate(rows) if rows else np.empty(0, np.uint16)
        return cls(pieces.astype(np.uint16), np.cumsum([0, *map(len, rows)]))


class Examples:
    """Sentences and their English: what `prepare.py` writes, of one file or several."""

    def __init__(self, source: Texts, target: Texts) -> None:
        self.source, self.target = source, target

    @classmethod
    def read(cls, *paths: Path) -> Examples:
        """All that the files hold, one after the other."""
        sides = []
        for name in ("source", "target"):
            pieces, lengths = [], []
            for path in paths:
                with np.load(path) as arrays:
                    pieces.append(arrays[name])
                    lengths.append(np.diff(arrays[f"{name}_start"]))
            starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])
            sides.append(Texts(np.concatenate(pieces), starts))
        return cls(*sides)

    def write(self, path: Path) -> None:
        """One file of them all."""
        sides = {"source": self.source, "target": self.target}
        arrays = {name: side.pieces for name, side in sides.items()}
        partial = path.with_suffix(".partial.npz")
        np.savez(partial, **arrays, **{f"{name}_start": side.start for name, side in sides.items()})
        partial.replace(path)

    def __len__(self) -> int:
        return len(self.source)

    def batches(self, tokens: int, dice: np.random.Generator) -> list[Numbers]:
        """Example numbers of batches of at most so many tokens, similar lengths together, in random order."""
        order = dice.permutation(len(self))
        source, target = self.source.length[order] + 1, self.target.length[order] + 1
        # Every other source length is walked backwards, so that neighbours are alike across the border too.
        order = order[np.lexsort((np.where(source % 2 == 0, target, -target), source))]
        found = list(self._cut(order, tokens))
        dice.shuffle(found)
        return found

    def _cut(self, order: Numbers, tokens: int) -> Iterator[Numbers]:
        """Whole groups of GRAIN sentences, as many as fit with their padding."""
        starts = range(0, len(order), GRAIN)
        sides = [-(-(side.length[order] + 1) // PAD_TO) * PAD_TO for side in (self.source, self.target)]
        longest = zip(*(np.maximum.reduceat(side, starts).tolist() for side in sides), strict=True)
        first = longest_source = longest_target = 0
        for start, (source, target) in zip(starts, longest, strict=True):
            longest_source, longest_target = max(longest_source, source), max(longest_target, target)
            size = min(start + GRAIN, len(order)) - first
            if start > first and (longest_source + longest_target) * size > tokens:
                yield order[first:start]
                first, longest_source, longest_target = start, source, target
        yield order[first:]

    def tensors(self, batch: Numbers) -> tuple[Tensor, Tensor]:
        """Source (with its end mark) and target (with start and end mark) of one batch."""
        tables = self.source.table(batch, begin=False), self.target.table(batch, begin=True)
        return torch.from_numpy(tables[0]), torch.from_numpy(tables[1])
