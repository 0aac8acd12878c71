"""WARC archives (ISO 28500): the HTML answers in them, with every length bounded.

Our own reader (docs/decisions/003): warcio takes an archive that breaks off for one that ends, fails on brotli, and
unpacks without a limit.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import IO, Final

import brotli
import zstandard

from limitedtimes.model import Page
from limitedtimes.sources import dates
from limitedtimes.sources.markup import absolute

LINE: Final = 16_384
HEADERS: Final = 500
"""Bytes of one header line, and lines of one header, that are believed."""

FAR_FUTURE: Final = datetime(9998, 1, 1, tzinfo=UTC)
"""An archive's own dates are not held against the clock."""

WIRE: Final = {"content-encoding", "transfer-encoding", "content-length"}
"""Headers that describe the bytes on the wire, not the body that a Page holds."""

STATUS: Final = re.compile(rb"HTTP/[\d.]+\s+(2\d\d)\b")
HTML: Final = ("text/html", "application/xhtml+xml")


class Broken(Exception):
    """The archive cannot be read any further."""


def pages(stream: IO[bytes], *, limit: int) -> Iterator[Page]:
    """The HTML pages with a status of 200 to 299, in the archive's order; larger ones than ``limit`` are left out.

    Raises Broken where the archive ends in the middle of a record, or is none.
    """
    number = 0
    while headers := _warc_headers(stream, number + 1):
        number += 1
        length = headers.get("content-length", "")
        if not length.isascii() or not length.isdigit():
            raise Broken(f"record {number} has no Content-Length")
        if headers.get("warc-type", "").lower() == "response" and int(length) <= limit:
            page = _page(headers, _exactly(stream, int(length), number), limit)
            if page:
                yield page
        else:
            _skip(stream, int(length), number)


def _warc_headers(stream: IO[bytes], number: int) -> dict[str, str]:
    """The next record's headers; none at the end of the archive."""
    line = b"\r\n"
    while line in (b"\r\n", b"\n"):
        line = stream.readline(LINE)
    if line and not line.startswith(b"WARC/"):
        raise Broken(f"record {number} does not begin with WARC/: {line[:40]!r}")
    return _headers(stream, number) if line else {}


def _headers(stream: IO[bytes], number: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for _ in range(HEADERS):
        line = stream.readline(LINE)
        if line in (b"\r\n", b"\n"):
            return found
        if not line.endswith(b"\n"):
            break
        name, _, value = line.decode("utf-8", errors="replace").partition(":")
        found.setdefault(name.strip().lower(), value.strip())
    raise Broken(f"the archive ends in the middle of the headers of record {number}, or they are too long")


def _exactly(stream: IO[bytes], length: int, number: int) -> bytes:
    block = stream.read(length)
    if len(block) < length:
        raise Broken(f"the archive ends in the middle of record {number}")
    return block


def _skip(stream: IO[bytes], length: int, number: int) -> None:
    while length:
        length -= len(_exactly(stream, min(length, 1 << 20), number))


def _page(record: Mapping[str, str], block: bytes, limit: int) -> Page | None:
    """The page of a response record, if it is one."""
    url = absolute(record.get("warc-target-uri", "").strip("<>"))
    taken = dates.moment(record.get("warc-date", ""), now=FAR_FUTURE)
    head, _, payload = block.partition(b"\r\n\r\n")
    status = STATUS.match(head)
    if not url or taken is None or not status:
        return None
    headers = _http_headers(head)
    if headers.get("content-type", HTML[0]).partition(";")[0].strip().lower() not in HTML:
        return None
    body = _unpacked(payload, headers, limit)
    if body is None or not body.strip():
        return None
    kept = {name: value for name, value in headers.items() if name not in WIRE}
    return Page(url=url, final_url=url, status=int(status[1]), headers=kept, body=body, fetched_at=taken.at)


def _http_headers(head: bytes) -> dict[str, str]:
    lines = head.decode("latin-1").split("\r\n")[1 : HEADERS + 1]
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _unpacked(payload: bytes, headers: Mapping[str, str], limit: int) -> bytes | None:
    """The body without chunks and compression; None when it is damaged, or larger than ``limit``.

    Many crawlers write the body unpacked under the headers of a packed one: such a body is taken as it is.
    """
    body = _joined(payload) if headers.get("transfer-encoding", "").lower() == "chunked" else payload
    encoding = headers.get("content-encoding", "").lower()
    try:
        if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
            body = zlib.decompressobj(wbits=31).decompress(body, limit + 1)
        elif encoding == "zstd" and body.startswith(b"\x28\xb5\x2f\xfd"):
            body = zstandard.ZstdDecompressor().stream_reader(body).read(limit + 1)
        elif encoding in ("br", "deflate") and b"<" not in body[:200]:
            body = _brotli(body, limit) if encoding == "br" else zlib.decompressobj().decompress(body, limit + 1)
    except (zlib.error, brotli.error, zstandard.ZstdError):
        return None
    return body if len(body) <= limit else None


def _brotli(body: bytes, limit: int) -> bytes:
    decompressor, pieces, size = brotli.Decompressor(), [], 0
    while not decompressor.is_finished() and size <= limit:
        piece = decompressor.process(body, output_buffer_limit=1 << 20)
        if not piece and decompressor.can_accept_more_data():
            break  # the body ends early
        body, size = b"", size + len(piece)
        pieces.append(piece)
    return b"".join(pieces)


def _joined(payload: bytes) -> bytes:
    """A chunked body in one piece; unchanged when it is not chunked after all."""
    pieces, position = [], 0
    while match := CHUNK.match(payload, position):
        size = int(match[1], 16)
        pieces.append(payload[match.end() : match.end() + size])
        position = match.end() + size + 2
        if not size:
            break
    return b"".join(pieces) if pieces else payload


CHUNK: Final = re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r\n")
