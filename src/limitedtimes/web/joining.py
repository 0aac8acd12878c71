"""Pages joined from pieces that are compressed already.

A piece is deflate blocks that end on a byte and look back at nothing before them (RFC 1951, 2.3; Z_SYNC_FLUSH), so that
pieces one after the other, and an empty last block, are one deflate stream, in one gzip member (RFC 1952).
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from limitedtimes.web.shelf import LEVEL, Answer

_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"  # no name, no time, any system
_END: Final = b"\x03\x00"  # a last block with nothing in it
_DIGEST: Final = 16
_FACTS: Final = struct.Struct(f">III{_DIGEST}s")


@dataclass(frozen=True, slots=True)
class Piece:
    """``size``: bytes before compression. ``check``: what its text adds to the checksum of a text that it ends."""

    zipped: bytes
    size: int
    check: int
    digest: bytes


def piece(text: bytes) -> Piece:
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    zipped = compressor.compress(text) + compressor.flush(zlib.Z_SYNC_FLUSH)
    check = zlib.crc32(text) ^ zlib.crc32(bytes(len(text)))
    return Piece(zipped, len(text), check, hashlib.sha256(text).digest()[:_DIGEST])


def joined(pieces: Sequence[Piece]) -> Answer:
    """The page, compressed only. Its name is that of the pieces' texts and their order."""
    check = 0
    for each in pieces:
        # A CRC is affine in its start: crc(text, start) ^ crc(text, 0) is the same for all texts of one length, and so
        # for zeros. `check` has the two terms that do not know the start.
        check = zlib.crc32(bytes(each.size), check) ^ each.check
    end = struct.pack("<II", check, sum(each.size for each in pieces) & 0xFFFFFFFF)
    zipped = b"".join((_HEADER, *(each.zipped for each in pieces), _END, end))
    digest = hashlib.sha256(b"".join(each.digest for each in pieces)).hexdigest()[:24]
    return Answer(200, b"", zipped=zipped, etag=digest)


def packed(pieces: Iterable[Piece]) -> bytes:
    facts = ((_FACTS.pack(len(each.zipped), each.size, each.check, each.digest), each.zipped) for each in pieces)
    return b"".join(part for both in facts for part in both)


def unpacked(content: bytes) -> list[Piece]:
    """The inverse of ``packed``."""
    found, at = [], 0
    while at < len(content):
        length, size, check, digest = _FACTS.unpack_from(content, at)
        at += _FACTS.size
        found.append(Piece(content[at : at + length], size, check, digest))
        at += length
    return found
