"""Bodies that are much more than they seem: refused at the cap, within 64 MiB of memory and the deadline."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest
import zstandard
from loopback import Answer, Asked, Server, fetch, refusal, reply, serve

MEBIBYTE = 2**20
BLOCK = bytes(16 * MEBIBYTE)
BLOCKS = 64  # 1 GiB

VICTIM = """
import json, resource, sys
from loopback import fetch, refusal
ordinary, bomb, gzip = sys.argv[1:]
fetch(ordinary)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
reason = refusal(bomb, gzip=gzip == "gzip").reason
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"reason": reason, "kibibytes": after - before}))
"""


def gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    return (packer.compress(BLOCK) + packer.flush()) * BLOCKS


def one_gzip_member() -> bytes:
    packer = zlib.compressobj(1, wbits=16 + zlib.MAX_WBITS)
    return b"".join([*(packer.compress(BLOCK) for _ in range(8)), packer.flush()])


def deflate_bomb() -> bytes:
    packer = zlib.compressobj(1)
    return b"".join([*(packer.compress(BLOCK) for _ in range(8)), packer.flush()])


def brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=1)
    return b"".join([*(packer.process(BLOCK) for _ in range(BLOCKS)), packer.finish()])


def zstd_bomb() -> bytes:
    packer = zstandard.ZstdCompressor(level=1).compressobj()
    return b"".join([*(packer.compress(BLOCK) for _ in range(BLOCKS)), packer.flush()])


def zstd_with_a_huge_window() -> bytes:
    parameters = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=False, strategy=1, hash_log=6)
    packer = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    return packer.compress(b"x" * 1000) + packer.flush()


def endless_chunks(server: Server) -> Iterator[bytes]:
    yield reply(content_length=None, transfer_encoding="chunked")
    while not server.closing.is_set():
        yield b"10000\r\n" + bytes(65536) + b"\r\n"


def endless_bytes(server: Server) -> Iterator[bytes]:
    yield reply(content_length=None)
    while not server.closing.is_set():
        yield bytes(65536)


def endless_chunk_size(server: Server) -> Iterator[bytes]:
    yield reply(content_length=None, transfer_encoding="chunked")
    while not server.closing.is_set():
        yield b"0" * 65536


def endless_chunk_of_negative_size(server: Server) -> Iterator[bytes]:
    yield reply(content_length=None, transfer_encoding="chunked") + b"-1\r\n"
    while not server.closing.is_set():
        yield bytes(65536)


def endless_headers(server: Server) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while not server.closing.is_set():
        yield b"x: " + b"y" * 60_000 + b"\r\n"


def attack(path: str, answer: bytes | Callable[[Server], Iterator[bytes]], *, gzip: bool = False) -> tuple[str, float]:
    """The reason of the refusal and the MiB that it cost, in a process of its own."""

    def respond(_: Asked) -> Answer:
        return answer(server) if callable(answer) else answer

    with serve({"/": reply(b"ordinary"), path: respond}) as server:
        ran = subprocess.run(
            [sys.executable, "-c", VICTIM, server.url(), server.url(path), "gzip" if gzip else ""],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert ran.returncode == 0, ran.stderr
    result = json.loads(ran.stdout)
    return result["reason"], result["kibibytes"] / 1024


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip_bomb),
        ("gzip", one_gzip_member),
        ("deflate", deflate_bomb),
        ("br", brotli_bomb),
        ("zstd", zstd_bomb),
        ("gzip, br", lambda: brotli.compress(gzip_bomb(), quality=1)),
    ],
)
def test_a_bomb_costs_no_more_than_the_cap(coding: str, bomb: Callable[[], bytes]) -> None:
    reason, mebibytes = attack("/bomb", reply(bomb(), content_encoding=coding))
    assert reason == "too-large"
    assert mebibytes <= 64


def test_a_zstandard_frame_cannot_ask_for_a_gigabyte_window() -> None:
    reason, mebibytes = attack("/bomb", reply(zstd_with_a_huge_window(), content_encoding="zstd"))
    assert reason == "encoding"
    assert mebibytes <= 32


def test_a_sitemap_that_is_a_bomb_costs_no_more_than_the_cap() -> None:
    reason, mebibytes = attack("/sitemap.xml.gz", reply(gzip_bomb(), content_type="application/gzip"), gzip=True)
    assert reason == "too-large"
    assert mebibytes <= 64


@pytest.mark.parametrize(
    ("endless", "expected"),
    [
        (endless_chunks, "too-large"),
        (endless_bytes, "too-large"),
        (endless_chunk_size, "cut-short"),
        (endless_chunk_of_negative_size, "protocol"),
        (endless_headers, "protocol"),
    ],
)
def test_what_never_ends_is_cut_off(endless: Callable[[Server], Iterator[bytes]], expected: str) -> None:
    reason, mebibytes = attack("/endless", endless)
    assert reason == expected
    assert mebibytes <= 64


def test_a_body_announced_too_large_is_refused_before_it_is_read() -> None:
    with serve({"/": lambda _: server.drip(reply(content_length=str(10**12)))}) as server:
        assert refusal(server.url()).reason == "too-large"


@pytest.mark.parametrize("length", ["5", "0005"])
def test_bytes_beyond_the_announced_length_are_not_read(length: str) -> None:
    with serve({"/": reply(b"hello, and more", content_length=length)}) as server:
        assert fetch(server.url()).body == b"hello"


@pytest.mark.parametrize("length", ["1000", "9" * 6])
def test_a_length_that_promises_more_than_comes_is_no_page(length: str) -> None:
    with serve({"/": reply(b"hello", content_length=length)}) as server:
        error = refusal(server.url())
    assert (error.reason, error.transient) == ("cut-short", True)


@pytest.mark.parametrize("length", ["-1", "many", "9" * 5000, "1e3"])
def test_a_length_that_is_none_is_read_to_the_cap(length: str) -> None:
    with serve({"/": reply(bytes(3000), content_length=length)}) as server:
        assert refusal(server.url(), decompressed=2000).reason in ("too-large", "protocol")


def test_the_caps_are_of_the_wire_and_of_the_page() -> None:
    noise = bytes(range(256)) * 40
    with serve({"/": reply(noise, content_length=None)}) as server:
        assert "over the wire" in str(refusal(server.url(), compressed=10_000))
        assert "body is larger" in str(refusal(server.url(), decompressed=10_000))
