"""Decoding: what goes in comes out, in small pieces, and never more than the cap."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from loopback import fetch, refusal, reply, serve

from limitedtimes.errors import FetchError
from limitedtimes.fetch.body import decode, unpack


def deflate_bare(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


PACKERS: dict[str, list[Callable[[bytes], bytes]]] = {
    "gzip": [gzip.compress],
    "x-gzip": [gzip.compress],
    "deflate": [zlib.compress, deflate_bare],
    "br": [brotli.compress],
    "zstd": [zstd],
}
ALL = [(name, packer) for name, packers in PACKERS.items() for packer in packers]
TEXT = ("Die Sonne scheint über Köln. " * 400).encode()


@pytest.mark.parametrize(("name", "packer"), ALL)
def test_every_coding_that_we_ask_for_is_read(name: str, packer: Callable[[bytes], bytes]) -> None:
    with serve({"/": reply(packer(TEXT), content_encoding=name)}) as server:
        assert fetch(server.url()).body == TEXT


def test_we_ask_for_the_codings_that_we_read() -> None:
    with serve({"/": reply()}) as server:
        fetch(server.url())
    assert server.asked[-1].headers["accept-encoding"] == "gzip, deflate, br, zstd"


@pytest.mark.parametrize("names", ["identity", "IDENTITY", "", " gzip ", "GZIP"])
def test_the_name_of_a_coding_is_read_generously(names: str) -> None:
    body = gzip.compress(TEXT) if "gzip" in names.lower() else TEXT
    with serve({"/": reply(body, content_encoding=names)}) as server:
        assert fetch(server.url()).body == TEXT


def test_two_codings_are_undone_from_the_last() -> None:
    with serve({"/": reply(brotli.compress(gzip.compress(TEXT)), content_encoding="gzip, br")}) as server:
        assert fetch(server.url()).body == TEXT


@pytest.mark.parametrize("names", ["lzma", "gzip, gzip, gzip", "br, nothing"])
def test_an_unknown_coding_or_a_pile_of_them_is_refused(names: str) -> None:
    with serve({"/": reply(TEXT, content_encoding=names)}) as server:
        assert refusal(server.url()).reason == "encoding"


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_is_not_what_it_says_is_refused(name: str) -> None:
    with serve({"/": reply(b"\xffplain text", content_encoding=name)}) as server:
        assert refusal(server.url()).reason == "encoding"


@pytest.mark.parametrize(("name", "packer"), ALL)
def test_a_compressed_body_that_stops_in_the_middle_is_no_page(name: str, packer: Callable[[bytes], bytes]) -> None:
    packed = packer(TEXT)
    with serve({"/": reply(packed[: len(packed) // 2], content_encoding=name)}) as server:
        error = refusal(server.url())
    assert (error.reason, error.transient) == ("cut-short", True)


def test_what_follows_a_gzip_file_is_ignored() -> None:
    assert b"".join(decode([gzip.compress(TEXT), b"trailing rubbish"], ["gzip"])) == TEXT


@given(st.binary(max_size=2000), st.integers(1, 300), st.sampled_from(ALL))
def test_pieces_may_be_cut_anywhere(data: bytes, size: int, coding: tuple[str, Callable[[bytes], bytes]]) -> None:
    name, packer = coding
    packed = packer(data) + (packer(data) if name in ("gzip", "zstd") else b"")
    chunks = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert b"".join(decode(chunks, [name])) == (data * 2 if name in ("gzip", "zstd") else data)


@given(st.binary(max_size=500), st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_rubbish_is_an_error_of_ours_or_a_result(data: bytes, name: str) -> None:
    try:
        b"".join(decode([data] if data else [], [name]))
    except FetchError as error:
        assert error.reason in ("encoding", "cut-short")


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_no_piece_is_large_however_much_a_few_bytes_stand_for(name: str) -> None:
    packed = PACKERS[name][0](bytes(32 * 2**20))
    largest = max(len(piece) for piece in decode([packed], [name]))
    assert largest <= 8 * 2**20


def test_a_gzip_file_is_unpacked_where_it_is_welcome() -> None:
    packed = gzip.compress(TEXT)
    site = {"/s.gz": reply(packed, content_type="application/gzip"), "/s.xml": reply(TEXT, content_type="text/xml")}
    with serve(site) as server:
        assert fetch(server.url("/s.gz"), gzip=True).body == TEXT
        assert fetch(server.url("/s.xml"), gzip=True).body == TEXT
        assert refusal(server.url("/s.gz")).reason == "not-text"


def test_a_gzip_file_may_come_gzipped() -> None:
    twice = gzip.compress(gzip.compress(TEXT))
    with serve({"/s.gz": reply(twice, content_type="application/octet-stream", content_encoding="gzip")}) as server:
        assert fetch(server.url("/s.gz"), gzip=True).body == TEXT


@given(st.lists(st.binary(max_size=20), max_size=5))
def test_what_is_no_gzip_file_is_left_as_it_is(chunks: list[bytes]) -> None:
    whole = b"".join(chunks)
    if not whole.startswith(b"\x1f"):
        assert b"".join(unpack(chunks)) == whole
