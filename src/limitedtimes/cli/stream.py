"""Lines from a file or a pipe as they come: many at a time where they are there, few where one has to wait for them.

Only ``\\n`` ends a line. Memory is bounded: a line that is longer than LONGEST comes in parts.
"""

from __future__ import annotations

import os
import select
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from limitedtimes.errors import ConfigError

LINES: Final = 512
CHARACTERS: Final = 1 << 18
"""The most in a chunk: enough to fill an engine's batches, and a reader need not wait long for it."""
LONGEST: Final = 1 << 13
"""Bytes: more than any paragraph of prose, and little enough for checks that compare every word with every other."""
BLOCK: Final = 1 << 16
PAUSE: Final = 0.05
"""Seconds without input after which what has come is not kept waiting for more."""
PATIENCE: Final = 0.5
"""Seconds after which it is not kept waiting although more comes, slowly."""


@dataclass(frozen=True, slots=True)
class Given:
    """A line as it was given, or a part of one. ``end`` follows it: a line's end, or what parts are joined with."""

    text: str
    end: str


def chunks(descriptor: int, *, name: str) -> Iterator[list[Given]]:
    """All lines of an open file, in order. Raises ConfigError, after what precedes it, for a line that is not UTF-8."""
    chunk: list[Given] = []
    size, due = 0, 0.0
    try:
        for line in _decoded(_lines(_blocks(descriptor, name)), name):
            if line is not None:
                due = due if chunk else time.monotonic() + PATIENCE
                chunk.append(line)
                size += len(line.text)
            if chunk and (line is None or len(chunk) == LINES or size >= CHARACTERS or time.monotonic() > due):
                yield chunk
                chunk, size = [], 0
    except ConfigError:
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk


def _blocks(descriptor: int, name: str) -> Iterator[bytes]:
    """What can be read, when it can be; an empty block where the input pauses."""
    while True:
        if not select.select([descriptor], [], [], PAUSE)[0]:
            yield b""
            select.select([descriptor], [], [])
        try:
            block = os.read(descriptor, BLOCK)
        except OSError as error:
            raise ConfigError(f"{name}: cannot be read: {error.strerror}") from None
        if not block:
            return
        yield block


def _lines(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, bytes] | None]:
    """Lines, or parts of long ones, each with its end; None where the input pauses. The last line need have no end."""
    rest = b""
    for block in blocks:
        if not block:
            yield None
        *whole, rest = (rest + block).split(b"\n")
        for line in whole:
            *parts, last = _parts(line)
            yield from parts
            yield (last[0], b"\n")
        *parts, last = _parts(rest)
        yield from parts
        rest = last[0]
    if rest:
        yield rest, b"\n"


def _parts(line: bytes) -> list[tuple[bytes, bytes]]:
    """A line in parts of at most LONGEST bytes, cut after a sentence or else between words or else characters."""
    parts = []
    while len(line) > LONGEST:
        place = line.rfind(b". ", 0, LONGEST) + 1 or line.rfind(b" ", 0, LONGEST)
        if place > 0:
            parts.append((line[:place], b" "))
            line = line[place + 1 :]
            continue
        place = LONGEST
        while place > LONGEST - 4 and line[place] & 0xC0 == 0x80:  # inside a character
            place -= 1
        parts.append((line[:place], b""))
        line = line[place:]
    return [*parts, (line, b"")]


def _decoded(lines: Iterator[tuple[bytes, bytes] | None], name: str) -> Iterator[Given | None]:
    """Text without the mark that some editors put before it; the ``\\r`` of other systems goes with the line's end."""
    number, encoding = 1, "utf-8-sig"
    for line in lines:
        if line is None:
            yield None
            continue
        try:
            text, end = line[0].decode(encoding), line[1].decode()
        except UnicodeDecodeError:
            raise ConfigError(f"{name}: line {number} is not UTF-8; `iconv -t utf-8` converts") from None
        encoding = "utf-8"
        if end == "\n":
            number += 1
            if text.endswith("\r"):
                text, end = text[:-1], "\r\n"
        yield Given(text, end)
