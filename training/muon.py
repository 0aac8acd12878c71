"""Muon: steepest descent for matrices (momentum, made orthogonal), far quicker here than AdamW.

The embedding and the norms are not such matrices and stay with AdamW.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import torch
from torch import Tensor, nn

PARTS = {".qkv.": 3, ".kv.": 2}


def orthogonal(matrices: Tensor, rounds: int = 5) -> Tensor:
    """The nearest orthogonal matrix of each of a stack, roughly, by Newton-Schulz in 16 bits."""
    tall = matrices.shape[1] > matrices.shape[2]
    x = matrices.bfloat16()
    x = x.mT if tall else x
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(rounds):
        square = x @ x.mT
        mixed = torch.baddbmm(square, square, square, beta=-4.7750, alpha=2.0315)
        x = torch.baddbmm(x, mixed, x, beta=3.4445)
    return x.mT if tall else x


class Muon:
    """Takes the matrices by name, because stacked ones (queries, keys, values) are made orthogonal one by one."""

    def __init__(self, matrices: Mapping[str, nn.Parameter], momentum: float = 0.95) -> None:
        self._matrices = dict(matrices)
        self._momentum = momentum
        self._buffers = {name: torch.zeros_like(matrix) for name, matrix in matrices.items()}

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """Move every matrix against its gradient; those of one shape are worked out together, which is quicker."""
        alike: dict[torch.Size, list[tuple[Tensor, Tensor]]] = defaultdict(list)
        for name, matrix in self._matrices.items():
            if matrix.grad is None:
                continue
            buffer = self._buffers[name].lerp_(matrix.grad, 1 - self._momentum)
            wanted = matrix.grad.lerp(buffer, self._momentum)
            parts = next((count for mark, count in PARTS.items() if mark in name), 1)
            for piece, direction in zip(matrix.chunk(parts), wanted.chunk(parts), strict=True):
                alike[piece.shape].append((piece, direction))
        for shape, members in alike.items():
            directions = orthogonal(torch.stack([direction for _, direction in members])).float()
            size = 0.2 * max(shape) ** 0.5
            torch._foreach_add_([piece for piece, _ in members], list(directions), alpha=-rate * size)

    def state(self) -> dict[str, Tensor]:
        """The momentum, for the checkpoint."""
        return self._buffers

    def restore(self, state: Mapping[str, Tensor]) -> None:
        """Take up the momentum of a checkpoint."""
        for name, buffer in state.items():
            self._buffers[name].copy_(buffer)
