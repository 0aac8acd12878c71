"""The arrays of a `model.bin`, CTranslate2's file of weights, of which its own library only writes."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_TYPES = (np.float32, np.int8, np.int16, np.int32, np.float16)


class _Reader:
    """A place in the bytes of a `model.bin`."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def numbers(self, form: str) -> tuple[int, ...]:
        """Unsigned numbers in the notation of `struct`."""
        values: tuple[int, ...] = struct.unpack_from("<" + form, self._content, self._at)
        self._at += struct.calcsize("<" + form)
        return values

    def bytes(self, size: int) -> bytes:
        self._at += size
        return self._content[self._at - size : self._at]

    def text(self) -> str:
        """A string: its length, and a zero byte at its end."""
        return self.bytes(self.numbers("H")[0])[:-1].decode()


def _variables(reader: _Reader) -> tuple[dict[str, NDArray[np.generic]], dict[str, str]]:
    """The arrays of a `model.bin` (its version 6) by name, and the names of those that have another one too."""
    reader.numbers("I")
    reader.text()
    found: dict[str, NDArray[np.generic]] = {}
    for _ in range(reader.numbers("II")[1]):
        name = reader.text()
        shape = reader.numbers(f"{reader.numbers('B')[0]}I")
        kind, size = reader.numbers("BI")
        found[name] = np.frombuffer(reader.bytes(size), _TYPES[kind]).reshape(shape)
    return found, {reader.text(): reader.text() for _ in range(reader.numbers("I")[0])}


def read_weights(path: Path) -> dict[str, Floats]:
    """The weights of a CTranslate2 model in 32 bits. A row of an 8-bit matrix is its numbers over the row's scale."""
    found, aliases = _variables(_Reader(path.read_bytes()))
    weights: dict[str, Floats] = {}
    for name, array in found.items():
        weights[name] = array.astype(np.float32)
        if (scale := found.get(f"{name}_scale")) is not None:
            weights[name] /= scale.astype(np.float32).reshape(-1, *[1] * (array.ndim - 1))
    return weights | {alias: weights[name] for alias, name in aliases.items()}
