"""A file of weights is read as it was written: 8 bits and a scale a row, shared tables, and plain norms."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tiny_model import WIDTH, random_spec

from training.weights import Floats, read_weights

TABLES = ("encoder/embeddings_0/weight", "decoder/embeddings/weight")


def written(folder: Path, quantization: str | None) -> tuple[Floats, Floats]:
    """A random model in a folder; its table of pieces and one of its matrices as they were before."""
    spec = random_spec([f"piece{number}" for number in range(40)], np.random.default_rng(1))
    table, matrix = spec.encoder.embeddings[0].weight.copy(), spec.encoder.layer[0].ffn.linear_0.weight.copy()
    spec.validate()
    spec.optimize(quantization=quantization)
    spec.save(str(folder))
    return table, matrix


@pytest.mark.parametrize(("quantization", "step"), [("int8", 1 / 127), (None, 0.0)])
def test_weights_are_read_within_half_a_step_of_what_was_written(
    tmp_path: Path, quantization: str | None, step: float
) -> None:
    table, matrix = written(tmp_path, quantization)
    after = read_weights(tmp_path / "model.bin")
    for before, name in ((matrix, "encoder/layer_0/ffn/linear_0/weight"), *((table, name) for name in TABLES)):
        largest = np.abs(before).max(axis=1, keepdims=True)
        assert after[name].shape == before.shape
        assert (np.abs(after[name] - before) <= 0.51 * step * largest).all()
    assert np.array_equal(after["encoder/layer_norm/gamma"], np.ones(WIDTH, np.float32))
