"""A body off the wire: counted as it comes, decoded piece by piece, and refused as soon as it is too much.

No piece is larger than a few megabytes whatever the server sends, so a bomb costs what the cap allows and no more.
"""

from __future__ import annotations

import io
import itertools
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import brotli
import zstandard
from urllib3 import HTTPResponse

from limitedtimes.errors import FetchError

PIECE: Final = 2**16
ZSTD_PIECE: Final = 2**8
"""A Zstandard block of 4 bytes may stand for 128 KiB (RFC 8878, 3.1.1.2), so 256 bytes for 8 MiB."""
ZSTD_WINDOW: Final = 2**23
"""RFC 9659: 8 MiB is the most that a content coding may ask for."""
MOST_CODINGS: Final = 2
GZIP_MAGIC: Final = b"\x1f\x8b"
ACCEPT_ENCODING: Final = "gzip, deflate, br, zstd"

Pieces = Iterable[bytes]


def read(response: HTTPResponse, *, compressed: int, decompressed: int, gzip: bool = False) -> bytes:
    """The whole decoded body; with ``gzip``, one that is a gzip file in itself is unpacked too.

    Raises FetchError: ``too-large``, ``encoding``, ``cut-short``.
    """
    body = io.BytesIO()
    decoded = pieces(response, compressed=compressed)
    for piece in unpack(decoded) if gzip else decoded:
        body.write(piece)
        if body.tell() > decompressed:
            raise FetchError(f"the body is larger than {decompressed} bytes", reason="too-large")
    return body.getvalue()


def read_start(response: HTTPResponse, *, compressed: int, most: int) -> bytes:
    """The first lines of the decoded body, ``most`` bytes of them; what follows is never read."""
    start = bytearray()
    for piece in pieces(response, compressed=compressed):
        start += piece
        if len(start) > most:
            return bytes(start[: start.rfind(b"\n", 0, most) + 1])
    return bytes(start)


def pieces(response: HTTPResponse, *, compressed: int) -> Iterator[bytes]:
    """The decoded body, piece by piece."""
    if response.length_remaining is not None and response.length_remaining > compressed:
        message = f"the server announces {response.length_remaining} bytes, more than {compressed}"
        raise FetchError(message, reason="too-large")
    codings = [name.strip().lower() for name in response.headers.get("content-encoding", "").split(",")]
    return decode(_counted(response, compressed), [name for name in codings if name not in ("", "identity")])


def _counted(response: HTTPResponse, most: int) -> Iterator[bytes]:
    count = 0
    while chunk := _chunk(response):
        count += len(chunk)
        if count > most:
            raise FetchError(f"more than {most} bytes came over the wire", reason="too-large")
        yield chunk


def _chunk(response: HTTPResponse) -> bytes:
    try:
        return response.read(PIECE, decode_content=False)
    except ValueError as error:  # http.client does not mind a chunk of negative length until it reads it
        raise FetchError("a chunk has no possible length", reason="protocol", transient=True) from error


def decode(chunks: Pieces, codings: list[str]) -> Iterator[bytes]:
    """Undo the codings, the last applied first."""
    unknown = [name for name in codings if name not in DECODERS]
    if unknown or len(codings) > MOST_CODINGS:
        raise FetchError(f"content encoding {', '.join(codings)} is not understood", reason="encoding")
    for name in reversed(codings):
        chunks = DECODERS[name](chunks)
    try:
        yield from chunks
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise FetchError(f"the body is not valid {', '.join(codings)}", reason="encoding") from error


def gunzip(chunks: Pieces) -> Iterator[bytes]:
    """One or more gzip members (RFC 1952); what follows the last one is ignored, as browsers do."""
    decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
    for chunk in chunks:
        data = chunk
        while data:
            if decoder.eof:
                if not data.startswith(GZIP_MAGIC[: len(data)]):
                    return
                decoder = zlib.decompressobj(16 + zlib.MAX_WBITS)
            yield decoder.decompress(data, PIECE)
            data = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    _expect_end(decoder.eof)


def unpack(chunks: Pieces) -> Iterator[bytes]:
    """The content of a gzip file; anything else as it is."""
    chunks = (chunk for chunk in chunks if chunk)
    first = next(chunks, b"")
    whole = itertools.chain([first], chunks)
    return decode(whole, ["gzip"] if first.startswith(GZIP_MAGIC) else [])


def inflate(chunks: Pieces) -> Iterator[bytes]:
    """``deflate`` means zlib (RFC 1950), but some servers send it bare (RFC 1951)."""
    decoder = None
    for chunk in chunks:
        data = chunk
        if decoder is None:
            bare = data[0] & 0x0F != zlib.DEFLATED or (len(data) > 1 and (data[0] * 256 + data[1]) % 31)
            decoder = zlib.decompressobj(-zlib.MAX_WBITS if bare else zlib.MAX_WBITS)
        while data and not decoder.eof:
            yield decoder.decompress(data, PIECE)
            data = decoder.unconsumed_tail
    _expect_end(decoder is None or decoder.eof)


def unbrotli(chunks: Pieces) -> Iterator[bytes]:
    """Brotli, RFC 7932. ``can_accept_more_data`` may be true while there is output left, so ask until there is none."""
    decoder = brotli.Decompressor()
    for chunk in chunks:
        piece = decoder.process(chunk, output_buffer_limit=PIECE)
        while piece or not decoder.can_accept_more_data():
            yield piece
            piece = decoder.process(b"", output_buffer_limit=PIECE)
    _expect_end(decoder.is_finished())


def unzstd(chunks: Pieces) -> Iterator[bytes]:
    """Zstandard, RFC 8878, one or more frames."""
    context = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
    decoder = context.decompressobj()
    for chunk in chunks:
        for start in range(0, len(chunk), ZSTD_PIECE):
            data = chunk[start : start + ZSTD_PIECE]
            while data:
                if decoder.eof:
                    decoder = context.decompressobj()
                yield decoder.decompress(data)
                data = decoder.unused_data
    _expect_end(decoder.eof)


def _expect_end(ended: bool) -> None:
    if not ended:
        raise FetchError("the compressed body stops in the middle", reason="cut-short", transient=True)


DECODERS: Final[dict[str, Callable[[Pieces], Iterator[bytes]]]] = {
    "gzip": gunzip,
    "x-gzip": gunzip,
    "deflate": inflate,
    "br": unbrotli,
    "zstd": unzstd,
}
