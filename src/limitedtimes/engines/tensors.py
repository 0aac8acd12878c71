"""The weights in a checkpoint as arrays: `.safetensors`, and PyTorch's `.bin` in both of its forms, without PyTorch.

A `.bin` is a pickle, which can name any function to call. Here it can name none: the few names that weights need stand
for records of where a tensor lies in the file, and any other is refused.
"""

from __future__ import annotations

import collections
import json
import math
import pickle
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from limitedtimes.errors import ConfigError

Tensors = dict[str, np.ndarray]

LONGEST_HEADER: Final = 2**24
"""Bytes of the JSON before safetensors; those of the largest models have a hundredth."""
MOST_PICKLED: Final = 2**24
"""Bytes of the records of a checkpoint; those of the largest models have a hundredth."""
MAGIC, PROTOCOL = 0x1950A86A20F9469CFC6C, 1001
"""What a checkpoint of PyTorch before 1.6 begins with."""
KINDS: Final[Mapping[str, str]] = {
    "F64": "<f8",
    "F32": "<f4",
    "F16": "<f2",
    "BF16": "bfloat",
    "I64": "<i8",
    "DoubleStorage": "<f8",
    "FloatStorage": "<f4",
    "HalfStorage": "<f2",
    "BFloat16Storage": "bfloat",
    "LongStorage": "<i8",
}
"""What safetensors and PyTorch call the kinds of numbers, and what NumPy does. It has no bfloat16."""


BROKEN: Final = (
    OSError,
    EOFError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,  # also for what zipfile cannot do, and for too deep a pickle
    TypeError,
    ValueError,
    struct.error,
    pickle.UnpicklingError,
    zipfile.BadZipFile,
)
"""What pickle, zipfile and NumPy raise for bytes that they do not understand, found by spoiling files at random."""


def read_tensors(path: Path) -> Tensors:
    """Every tensor by name, floats in 32 bits. Raises ConfigError for a file that is none or is broken."""
    try:
        with path.open("rb") as file:
            if path.suffix == ".safetensors":
                return _read_safetensors(file, path.stat().st_size)
            if zipfile.is_zipfile(file):
                return _read_zip(file, path.stat().st_size)
            file.seek(0)
            return _read_legacy(file)
    except BROKEN as error:
        raise ConfigError(f"{path}: the weights cannot be read ({error}); put a sound copy there") from None


def _floats(data: Any, kind: str) -> np.ndarray:
    """A flat array of what bytes hold."""
    name = KINDS[kind]
    if name == "bfloat":  # the upper half of a float of 32 bits
        return (np.frombuffer(data, "<u2").astype("<u4") << 16).view("<f4")
    return np.frombuffer(data, name).astype("<i8" if name == "<i8" else "<f4")


def _read_safetensors(file: BinaryIO, size: int) -> Tensors:
    """https://huggingface.co/docs/safetensors: the length of a JSON header in 8 bytes, the header, the data."""
    length = int.from_bytes(file.read(8), "little")
    if length > min(LONGEST_HEADER, size):
        raise ValueError("its header is too long")
    header = json.loads(file.read(length))
    header.pop("__metadata__", None)
    found, left = {}, size
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        left -= end - begin  # no two of them share data
        if not 0 <= begin <= end <= size - 8 - length or left < 0:
            raise ValueError(f"{name} lies outside the file")
        file.seek(8 + length + begin)
        found[name] = _floats(file.read(end - begin), entry["dtype"]).reshape(entry["shape"])
    return found


@dataclass(frozen=True)
class Storage:
    kind: str
    key: str
    count: int


@dataclass(frozen=True)
class Stored:
    """A tensor that is still in the file. ``size`` and ``stride`` are in numbers, as PyTorch has them."""

    storage: Storage
    offset: int
    size: tuple[int, ...]
    stride: tuple[int, ...]

    def of(self, flat: np.ndarray) -> np.ndarray:
        """The tensor in its storage, in place where it lies in order. Raises ValueError if it reaches beyond."""
        steps = zip(self.size, self.stride, strict=True)
        last = self.offset + sum((length - 1) * step for length, step in steps)
        inside = min((self.offset, *self.stride)) >= 0 and min((1, *self.size)) >= 1 and last < len(flat)
        if not inside or math.prod(self.size) > len(flat):  # a stride of 0 would make much of little
            raise ValueError("a tensor lies outside its storage")
        strides = tuple(step * flat.itemsize for step in self.stride)
        return np.ascontiguousarray(np.lib.stride_tricks.as_strided(flat[self.offset :], self.size, strides))


def _stored(storage: Storage, offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_: object) -> Stored:
    return Stored(storage, offset, tuple(size), tuple(stride))


def _parameter(data: Stored, *_: object) -> Stored:
    return data


class Records(pickle.Unpickler):
    """Reads where tensors lie, and calls nothing."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if module == "torch._utils" and name in ("_rebuild_tensor_v2", "_rebuild_parameter"):
            return _stored if name == "_rebuild_tensor_v2" else _parameter
        if module in ("torch", "torch.storage") and name in KINDS:
            return name
        raise pickle.UnpicklingError(f"it names {module}.{name}, which weights have no need of")

    def persistent_load(self, pid: Any) -> Storage:
        kind, key, count = pid[1], pid[2], pid[4]
        return Storage(str(kind), str(key), int(count))


def _resolved(records: Any, storage: Callable[[Storage], bytes]) -> Tensors:
    """Those of a state dict; what else is in it (a version, a step) is left out."""
    flat: dict[str, np.ndarray] = {}
    found = {}
    for name, stored in records.items():
        if isinstance(stored, Stored):
            key = stored.storage.key
            if key not in flat:
                flat[key] = _floats(storage(stored.storage), stored.storage.kind)
            found[str(name)] = stored.of(flat[key])
    return found


def _read_zip(file: BinaryIO, size: int) -> Tensors:
    """PyTorch since 1.6: a ZIP archive, not compressed, with a pickle and a file for each storage."""
    with zipfile.ZipFile(file) as archive:
        (records,) = [entry for entry in archive.infolist() if entry.filename.endswith("/data.pkl")]
        folder = records.filename.removesuffix("data.pkl")
        if any(entry.compress_type != zipfile.ZIP_STORED for entry in archive.infolist()):
            raise ValueError("it is compressed, as no checkpoint is")
        if sum(entry.file_size for entry in archive.infolist()) > size:  # no two of them share data
            raise ValueError("its files are larger than it is")
        if records.file_size > MOST_PICKLED:
            raise ValueError("its records are too long")
        with archive.open(records) as pickled:
            found = Records(pickled).load()
        return _resolved(found, lambda storage: archive.read(f"{folder}data/{storage.key}"))


def _read_legacy(file: BinaryIO) -> Tensors:
    """PyTorch before 1.6: pickles of a magic number, a version, the machine, the records and the storages' keys; then
    each storage's count in 8 bytes, and its numbers."""
    if Records(file).load() != MAGIC or Records(file).load() != PROTOCOL:
        raise ValueError("it is no checkpoint of PyTorch's")
    Records(file).load()
    found = Records(file).load()
    keys = Records(file).load()
    kinds = {stored.storage.key: stored.storage.kind for stored in found.values() if isinstance(stored, Stored)}
    data = {}
    for key in map(str, keys):
        count = int.from_bytes(file.read(8), "little")
        data[key] = _exactly(file, count * _width(kinds[key]))
    return _resolved(found, lambda storage: data[storage.key])


def _width(kind: str) -> int:
    """Bytes of one number."""
    return 2 if KINDS[kind] == "bfloat" else np.dtype(KINDS[kind]).itemsize


def _exactly(file: BinaryIO, count: int) -> bytes:
    data = file.read(count) if count < 2**40 else b""
    if len(data) != count:
        raise EOFError("it ends too early")
    return data
