"""Pages from files: saved HTML, folders with an index, WARC archives; whole, broken and hostile ones."""

from __future__ import annotations

import gc
import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import brotli
import pytest
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from limitedtimes.errors import ConfigError
from limitedtimes.model import Page
from limitedtimes.sources import archives, pages_of

HTML = '<!DOCTYPE html><html><head><link rel="canonical" href="https://zeitung.example/a"></head><body>Ä</body></html>'
BODY = HTML.encode()
HEAD = "page\turl\tpublisher\tcrawled\n"


LIMIT = 100_000
"""Bytes of a page where the limit is tested, so that it is tested quickly."""


def folder(path: Path, *rows: str, head: str = HEAD) -> Path:
    (path / "index.tsv").write_text(head + "\n".join(rows), encoding="utf-8")
    return path


def write(path: Path, body: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


def one(pages: Iterator[Page]) -> Page:
    (page,) = pages
    return page


@pytest.mark.parametrize("name", ["a.html", "a.html.gz", "no-ending"])
def test_a_saved_page_says_its_own_address(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, gzip.compress(BODY) if name.endswith("gz") else BODY)
    page = one(pages_of(path))
    assert (page.url, page.final_url, page.status, page.body) == (*["https://zeitung.example/a"] * 2, 200, BODY)
    assert page.fetched_at == datetime.fromtimestamp(path.stat().st_mtime, UTC)


def test_a_given_address_goes_before_the_pages_own(tmp_path: Path) -> None:
    assert one(pages_of(write(tmp_path / "a.html", BODY), url="https://b.example/x")).url == "https://b.example/x"


def test_og_url_is_an_address_too(tmp_path: Path) -> None:
    page = b'<html><head><link rel="canonical" href="/a"><meta property="og:url" content="https://zeitung.example/b">'
    assert one(pages_of(write(tmp_path / "a.html", page))).url == "https://zeitung.example/b"


REFUSED = {
    "no address": (b"<html><body>Hallo</body></html>", "--url"),
    "empty": (b"", "empty"),
    "blank": (b" \n ", "empty"),
    "broken gzip": (gzip.compress(BODY)[:-9], "gzip"),
    "no gzip at all": (b"\x1f\x8bxxxxxxxxxxxxxxxxxxxxx", "gzip"),
    "a gzip bomb": (gzip.compress(b"x" * (LIMIT + 1)), "larger"),
    "too large": (b"x" * (LIMIT + 1), "larger"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_page_is_refused_by_name(tmp_path: Path, name: str) -> None:
    body, word = REFUSED[name]
    path = write(tmp_path / "a.html", body)
    with pytest.raises(ConfigError) as caught:
        list(pages_of(path, limit=LIMIT))
    assert str(caught.value).startswith(f"{path}: ")
    assert word in str(caught.value)


def test_a_missing_file_and_a_wrong_address_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"fehlt\.html: cannot be read"):
        list(pages_of(tmp_path / "fehlt.html"))
    with pytest.raises(ConfigError, match="ftp://x: not an http"):
        list(pages_of(write(tmp_path / "a.html", BODY), url="ftp://x"))


def test_a_folder_gives_the_pages_of_its_index_in_order_with_the_day_of_the_crawl(tmp_path: Path) -> None:
    write(tmp_path / "de" / "b.html", BODY)
    write(tmp_path / "de" / "a.html.gz", gzip.compress(BODY))
    rows = ["de/b\thttps://zeitung.example/b\tZ\t2026-01-06", 'de/a\thttps://zeitung.example/a"\tZ\t']
    first, second = pages_of(folder(tmp_path, *rows))
    assert (first.url, first.fetched_at) == ("https://zeitung.example/b", datetime(2026, 1, 6, tzinfo=UTC))
    assert second.url == "https://zeitung.example/a%22"
    assert second.body == BODY


INDEXES = {
    "no such file": (HEAD, "de/x\thttps://a.example/\tZ\t2026", "line 2: page: there is no file de/x.html.gz"),
    "outside": (HEAD, "../x\thttps://a.example/\tZ\t2026", "line 2: page: there is no file"),
    "no address": (HEAD, "a\tkeine\tZ\t2026", "line 2: url: 'keine' is not"),
    "a short row": (HEAD, "a", "line 2: url: None is not"),
    "no rows": (HEAD, "", "lists no pages"),
    "no column": ("page\taddress\n", "a\thttps://a.example/", "no column named url"),
    "empty": ("", "", "no column named page or url"),
}


@pytest.mark.parametrize("name", INDEXES)
def test_a_mistake_in_an_index_is_named_with_its_line(tmp_path: Path, name: str) -> None:
    head, row, message = INDEXES[name]
    write(tmp_path / "inside" / "a.html", BODY)
    write(tmp_path / "x.html", BODY)
    with pytest.raises(ConfigError) as caught:
        list(pages_of(folder(tmp_path / "inside", row, head=head)))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "rows", [b"a\thttps://a.example/\tZeitung f\xfcr alle\t", b"a\t" + b"x" * 200_000], ids=["latin-1", "long"]
)
def test_an_index_that_is_no_table_is_one_clear_line(tmp_path: Path, rows: bytes) -> None:
    write(tmp_path / "index.tsv", HEAD.encode() + rows)
    with pytest.raises(ConfigError, match=r"index\.tsv: .*UTF-8"):
        list(pages_of(tmp_path))


def test_an_index_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    write(tmp_path / "a.html", BODY)
    write(tmp_path / "index.tsv", b"\xef\xbb\xbf" + f"{HEAD}a\thttps://zeitung.example/a\tZ\t".encode())
    assert one(pages_of(tmp_path)).url == "https://zeitung.example/a"


def test_a_folder_without_an_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"there is no index\.tsv"):
        list(pages_of(tmp_path))


Headers = list[tuple[str, str]]
Answer = tuple[str, str, Headers, bytes]
OK: Answer = ("response", "200 OK", [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"')], BODY)


def warc(path: Path, *answers: Answer, packed: bool = True) -> Path:
    """An archive of these records, each a gzip member of its own when packed, as crawlers write them."""
    records = [record(number, *answer) for number, answer in enumerate(answers)]
    path.write_bytes(b"".join(gzip.compress(one) if packed else one for one in records))
    return path


def record(number: int, kind: str, status: str, headers: Headers, body: bytes) -> bytes:
    http = "\r\n".join([f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "", ""]).encode()
    block = http + body if kind == "response" else body
    head = [
        *("WARC/1.1", f"WARC-Type: {kind}", f"WARC-Target-URI: https://zeitung.example/{number}"),
        *("WARC-Date: 2026-01-06T10:00:00Z", f"Content-Length: {len(block)}", "", ""),
    ]
    return "\r\n".join(head).encode() + block + b"\r\n\r\n"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_archive_that_warcio_has_written_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        http = StatusAndHeaders("200 OK", OK[2], protocol="HTTP/1.1")
        url = "https://zeitung.example/0"
        writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
        writer.write_record(writer.create_warc_record(url, "response", payload=BytesIO(BODY), http_headers=http))
        writer.write_record(writer.create_warc_record(url, "resource", payload=BytesIO(BODY)))
    page = one(pages_of(tmp_path / "a.warc.gz"))
    gc.collect()  # warcio leaves temporary files to the collector: their warnings belong here
    assert (page.url, page.body, page.headers["etag"]) == (url, BODY, '"1"')


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_gives_its_html_answers_with_their_headers(tmp_path: Path, packed: bool) -> None:
    css = ("response", "200 OK", [("Content-Type", "text/css")], b"a{}")
    gone = ("response", "404 Not Found", OK[2], BODY)
    note: Answer = ("metadata", "", [], b"x")
    path = warc(tmp_path / ("a.warc.gz" if packed else "a.warc"), OK, css, gone, note, OK, packed=packed)
    first, second = pages_of(path)
    assert [first.url, second.url] == ["https://zeitung.example/0", "https://zeitung.example/4"]
    assert first.body == BODY
    assert first.headers == {"content-type": "text/html; charset=utf-8", "etag": '"1"'}
    assert first.fetched_at == datetime(2026, 1, 6, 10, 0, tzinfo=UTC)


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x;ext\r\n%s\r\n" % (len(part), part) for part in (body[:50], body[50:], b""))


PACKED = {
    "gzip": gzip.compress(BODY),
    "br": brotli.compress(BODY),
    "zstd": zstandard.compress(BODY),
    "deflate": zlib.compress(BODY),
}


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize("in_chunks", [True, False])
def test_bodies_are_unpacked_and_the_headers_of_the_wire_left_out(
    tmp_path: Path, encoding: str, in_chunks: bool
) -> None:
    headers = [("Content-Type", "text/html"), ("Content-Encoding", encoding)]
    body = PACKED[encoding]
    if in_chunks:
        headers, body = [*headers, ("Transfer-Encoding", "chunked")], chunked(body)
    page = one(pages_of(warc(tmp_path / "a.warc.gz", ("response", "200 OK", headers, body))))
    assert page.body == BODY
    assert page.headers == {"content-type": "text/html"}


@pytest.mark.parametrize("encoding", [*PACKED, "chunked"])
def test_a_body_that_the_crawler_has_unpacked_already_is_taken_as_it_is(tmp_path: Path, encoding: str) -> None:
    name = "Transfer-Encoding" if encoding == "chunked" else "Content-Encoding"
    page = one(pages_of(warc(tmp_path / "a.warc", ("response", "200 OK", [(name, encoding)], BODY), packed=False)))
    assert page.body == BODY


BOMB = b"x" * 5_000_000
BOMBS = {"gzip": gzip.compress(BOMB), "br": brotli.compress(BOMB), "zstd": zstandard.compress(BOMB)}


@pytest.mark.parametrize("encoding", BOMBS)
def test_a_page_that_unpacks_to_more_than_the_limit_is_left_out(tmp_path: Path, encoding: str) -> None:
    bomb = ("response", "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", encoding)], BOMBS[encoding])
    assert len(list(pages_of(warc(tmp_path / "a.warc.gz", bomb, OK), limit=LIMIT))) == 1


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_breaks_off_gives_what_came_before_and_then_one_clear_error(
    tmp_path: Path, packed: bool
) -> None:
    path = warc(tmp_path / ("a.warc.gz" if packed else "a.warc"), OK, OK, OK, packed=packed)
    whole = path.read_bytes()
    path.write_bytes(whole[:-60])
    pages = pages_of(path)
    assert [next(pages).url, next(pages).url] == ["https://zeitung.example/0", "https://zeitung.example/1"]
    with pytest.raises(ConfigError, match="broken after 2 pages") as caught:
        next(pages)
    assert str(caught.value).startswith(f"{path}: ")


ARCHIVES = {
    "empty": (b"", "holds no HTML page"),
    "text": (b"Hallo Welt\n", "does not begin with WARC/"),
    "no length": (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "no Content-Length"),
    "endless header": (b"WARC/1.0\r\n" + b"a: b\r\n" * 10**5, "too long"),
    "endless line": (b"WARC/1.0\r\n" + b"a" * 10**6, "too long"),
    "a length beyond": (
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\nx",
        "middle of record 1",
    ),
    "a length below": (b"WARC/1.0\r\nContent-Length: -5\r\n\r\nx", "no Content-Length"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_what_is_no_archive_is_refused_by_name(tmp_path: Path, name: str) -> None:
    body, message = ARCHIVES[name]
    path = write(tmp_path / "a.warc", body)
    with pytest.raises(ConfigError) as caught:
        list(pages_of(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)


@pytest.mark.shared
def test_every_page_of_the_shared_folder_is_read(shared: Path) -> None:
    pages = list(pages_of(shared / "pages"))
    assert len(pages) == 106
    assert all(b"<html" in page.body[:5000].lower() for page in pages)
    assert all(page.fetched_at.year >= 2023 for page in pages)


@pytest.mark.shared
def test_most_pages_of_the_shared_folder_say_their_own_address(shared: Path) -> None:
    own = [archives.own_address(page.body) for page in pages_of(shared / "pages")]
    assert sum(map(bool, own)) >= 100
