"""Frozen dataclasses to compressed JSON and back, by their type hints.

Rows outlive the version that wrote them, so reading is tolerant: fields that this version does not know are ignored,
and fields that the row does not have take their defaults.
"""

from __future__ import annotations

import base64
import json
import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import zstandard

from limitedtimes.errors import StoreError

FORMAT: Final = 1
"""Of the envelope. A reader refuses a higher one; a new field of a noun does not change it."""

Json: TypeAlias = Any
Decoder: TypeAlias = Callable[[Json], Any]
T = TypeVar("T")


def pack(value: object) -> bytes:
    """Zstandard-compressed JSON of a dataclass, in an envelope that names its type."""
    envelope = {"format": FORMAT, "type": type(value).__name__, "value": encode(value)}
    text = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
    # Text from a badly decoded page may hold lone surrogates, which plain UTF-8 refuses.
    return compress(text.encode("utf-8", "surrogatepass"))


def unpack(packed: bytes, *kinds: type[T]) -> T:
    """The value that ``pack`` was given, which must be of one of ``kinds``. Raises StoreError for anything else."""
    envelope = json.loads(decompress(packed).decode("utf-8", "surrogatepass"))
    if envelope["format"] > FORMAT:
        raise StoreError("a row was written by a newer version of limitedtimes; upgrade this one")
    for kind in kinds:
        if kind.__name__ == envelope["type"]:
            return decode(kind, envelope["value"])
    raise StoreError(f"a row holds a {envelope['type']} where {' or '.join(kind.__name__ for kind in kinds)} belongs")


def compress(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3).compress(data)


def decompress(data: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompress(data)


def encode(value: object) -> Json:
    """A value as what ``json.dumps`` takes: times as ISO 8601, bytes as base64, names of fields as keys."""
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return str(value)
        case datetime():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode("ascii")
        case Mapping():
            return {key: encode(item) for key, item in value.items()}
        case tuple():
            return [encode(item) for item in value]
    if is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"a {type(value).__name__} cannot be kept")


def decode(kind: type[T], data: Json) -> T:
    """The inverse of ``encode``. Raises StoreError when a field without default is missing."""
    value: T = _decoder(cast(Hashable, kind))(data)
    return value


@cache
def _decoder(kind: Hashable) -> Decoder:
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in (str, int, float, bool):
        return _as_is
    if kind is datetime:
        return datetime.fromisoformat
    if kind is bytes:
        return base64.b64decode
    if origin in (types.UnionType, Union):
        return _optional(arguments)
    if origin is tuple:
        item = _decoder(arguments[0])
        return lambda data: tuple(item(each) for each in data)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        item = _decoder(arguments[1])
        return lambda data: {key: item(each) for key, each in data.items()}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    if is_dataclass(kind):
        return _dataclass(kind)
    raise TypeError(f"{kind} cannot be kept")


def _as_is(data: Json) -> Any:
    return data


def _optional(arguments: tuple[Any, ...]) -> Decoder:
    """``X | None``; a union of two things that look alike in JSON has no place in a noun."""
    (kind,) = (argument for argument in arguments if argument is not types.NoneType)
    inner = _decoder(kind)
    return lambda data: None if data is None else inner(data)


def _dataclass(kind: Any) -> Decoder:
    hints = get_type_hints(kind)
    # Looked up at the first row, not now: a dataclass may hold its own kind.
    names = [field.name for field in fields(kind)]
    required = {field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING}

    def read(data: Json) -> Any:
        missing = required - data.keys()
        if missing:
            raise StoreError(f"a row of {kind.__name__} lacks {', '.join(sorted(missing))}; restore a backup")
        return kind(**{name: _decoder(hints[name])(data[name]) for name in names if name in data})

    return read
