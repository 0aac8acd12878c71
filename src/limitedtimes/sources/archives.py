"""Pages that are already on this machine: a saved HTML file, a WARC archive, a folder with an index.

Files may be gzipped. Nothing is unpacked without a limit, and an archive that breaks off gives every page before
the break, then one clear error.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final, cast

from limitedtimes.errors import ConfigError
from limitedtimes.model import Page
from limitedtimes.sources import dates, warc
from limitedtimes.sources.markup import Element, absolute, html_root

PAGE_BYTES: Final = 20_000_000
"""The largest page, unpacked, that is read: more than any article has."""

GZIP: Final = b"\x1f\x8b"
INDEX: Final = "index.tsv"
FAR_FUTURE: Final = datetime(9998, 1, 1, tzinfo=UTC)
"""An archive's own dates are not held against the clock."""


def pages_of(path: Path, *, url: str = "", limit: int = PAGE_BYTES) -> Iterator[Page]:
    """Every page of an HTML file (.html, .html.gz), a WARC archive (.warc, .warc.gz) or a folder with index.tsv.

    ``url`` is the address of a lone HTML file that does not say its own (canonical link, og:url); the others bring
    their addresses along. ``limit`` is in bytes per page, unpacked. Of an archive, the answers that are HTML with a
    status of 200 to 299. Raises ConfigError, naming the file, when it is missing, unreadable, empty, too large or
    broken: for what lies before the break, pages have come by then.
    """
    try:
        if path.is_dir():
            yield from _folder(path, limit)
        elif path.name.lower().removesuffix(".gz").endswith(".warc"):
            yield from _warc(path, limit)
        else:
            yield _file(path, url, limit)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror or error})") from None


def _file(path: Path, url: str, limit: int) -> Page:
    body = read_bounded(path, limit)
    given = absolute(url)
    if url and not given:
        raise ConfigError(f"{url}: not an http(s) address (--url)")
    address = given or own_address(body)
    if not address:
        raise ConfigError(f"{path}: the page does not say its address; give it with --url")
    return _page(address, body, fetched_at=datetime.fromtimestamp(path.stat().st_mtime, UTC))


def _page(url: str, body: bytes, *, fetched_at: datetime) -> Page:
    return Page(url=url, final_url=url, status=200, headers={}, body=body, fetched_at=fetched_at)


def read_bounded(path: Path, limit: int = PAGE_BYTES) -> bytes:
    """The file's bytes, unpacked if they are gzipped; ConfigError when there are none, or more than ``limit``."""
    try:
        with _opened(path) as file:
            body = file.read(limit + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ConfigError(f"{path}: the gzip file is broken ({error})") from None
    if len(body) > limit:
        raise ConfigError(f"{path}: larger than {limit:,} bytes when unpacked; that is no article")
    if not body.strip():
        raise ConfigError(f"{path}: the file is empty")
    return body


def own_address(body: bytes) -> str:
    """The address that a page gives itself: its canonical link, else og:url; "" when it has neither."""
    root = html_root(body)
    if root is None:
        return ""
    canonical = (
        link.get("href", "") for link in root.iter("link") if "canonical" in link.get("rel", "").lower().split()
    )
    property_ = (meta.get("content", "") for meta in root.iter("meta") if _name(meta) == "og:url")
    return next(filter(None, map(absolute, (*canonical, *property_))), "")


def _name(meta: Element) -> str:
    return str(meta.get("property") or meta.get("name") or "").lower()


def _folder(folder: Path, limit: int) -> Iterator[Page]:
    """Pages in the order of index.tsv, whose columns ``page`` (a file's name without .html) and ``url`` are needed."""
    index = folder / INDEX
    if not index.is_file():
        raise ConfigError(f"{folder}: there is no {INDEX} in this folder")
    try:
        yield from _indexed(folder, index, limit)
    except (UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(f"{index}: is no table of tab-separated UTF-8 text ({error})") from None


def _indexed(folder: Path, index: Path, limit: int) -> Iterator[Page]:
    with index.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        missing = {"page", "url"}.difference(rows.fieldnames or ())
        if missing:
            raise ConfigError(f"{index}: no column named {' or '.join(sorted(missing))} in the first line")
        number = 1
        for number, row in enumerate(rows, start=2):
            yield _row(folder, row, f"{index}, line {number}", limit)
    if number == 1:
        raise ConfigError(f"{index}: lists no pages")


def _row(folder: Path, row: Mapping[str, str | None], where: str, limit: int) -> Page:
    name, url = row["page"] or "", absolute(row["url"] or "")
    if not url:
        raise ConfigError(f"{where}: url: {row['url']!r} is not an http(s) address")
    candidates = [folder / f"{name}{ending}" for ending in (".html.gz", ".html")]
    path = next((path for path in candidates if path.is_file()), None)
    if path is None or not path.resolve().is_relative_to(folder.resolve()):
        raise ConfigError(f"{where}: page: there is no file {name}.html.gz or {name}.html in {folder}")
    crawled = dates.moment(row.get("crawled") or "", now=FAR_FUTURE)
    fetched_at = crawled.at if crawled else datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return _page(url, read_bounded(path, limit), fetched_at=fetched_at)


def _warc(path: Path, limit: int) -> Iterator[Page]:
    found = 0
    with _opened(path) as stream:
        try:
            for page in warc.pages(stream, limit=limit):
                found += 1
                yield page
        except (warc.Broken, EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ConfigError(f"{path}: the archive is broken after {found} pages: {error}") from None
    if not found:
        raise ConfigError(f"{path}: holds no HTML page (no response record with an HTML body)")


def _opened(path: Path) -> IO[bytes]:
    """The file, unpacked as it is read if it is gzipped."""
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
    return cast(IO[bytes], gzip.open(path)) if packed else path.open("rb")
