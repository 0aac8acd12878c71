"""Token arrays to batches of sentences of equal length, so that hardly anything is padding."""

from __future__ import annotations

from collections.abc import Iterator
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


class Examples:
    """One of the files that `prepare.py` writes."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as arrays:
            self._source, self._target = arrays["source"], arrays["target"]
            self._source_start, self._target_start = arrays["source_start"], arrays["target_start"]
        self._source_length: Numbers = np.diff(self._source_start) + 1
        self._target_length: Numbers = np.diff(self._target_start) + 1

    def __len__(self) -> int:
        return len(self._source_length)

    def batches(self, tokens: int, dice: np.random.Generator) -> list[Numbers]:
        """Example numbers of batches of at most so many tokens, similar lengths together, in random order."""
        order = dice.permutation(len(self))
        source, target = self._source_length[order], self._target_length[order]
        # Every other source length is walked backwards, so that neighbours are alike across the border too.
        order = order[np.lexsort((np.where(source % 2 == 0, target, -target), source))]
        found = list(self._cut(order, tokens))
        dice.shuffle(found)
        return found

    def _cut(self, order: Numbers, tokens: int) -> Iterator[Numbers]:
        """Whole groups of GRAIN sentences, as many as fit with their padding."""
        start = longest_source = longest_target = 0
        for i in range(0, len(order), GRAIN):
            group = order[i : i + GRAIN]
            source = max(longest_source, _padded(self._source_length[group].max()))
            target = max(longest_target, _padded(self._target_length[group].max()))
            if i > start and (source + target) * (i + len(group) - start) > tokens:
                yield order[start:i]
                start = i
                source = _padded(self._source_length[group].max())
                target = _padded(self._target_length[group].max())
            longest_source, longest_target = source, target
        yield order[start:]

    def tensors(self, batch: Numbers) -> tuple[Tensor, Tensor]:
        """Source (with its end mark) and target (with start and end mark) of one batch."""
        source = np.full((len(batch), _padded(self._source_length[batch].max())), PAD, np.int64)
        target = np.full((len(batch), _padded(self._target_length[batch].max()) + 1), PAD, np.int64)
        target[:, 0] = BOS
        for row, example in enumerate(batch):
            left = self._source[self._source_start[example] : self._source_start[example + 1]]
            right = self._target[self._target_start[example] : self._target_start[example + 1]]
            source[row, : len(left)], source[row, len(left)] = left, EOS
            target[row, 1 : len(right) + 1], target[row, len(right) + 1] = right, EOS
        return torch.from_numpy(source), torch.from_numpy(target)
