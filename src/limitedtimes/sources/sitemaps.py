"""Sitemaps (sitemaps.org), news sitemaps, sitemap indexes and plain lists of addresses, gzipped or not."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from limitedtimes.errors import ExtractError
from limitedtimes.model import FeedKind, FeedPointer, Harvest
from limitedtimes.sources import dates
from limitedtimes.sources.markup import Element, absolute, local, markup_of, plain, text_of, xml_root
from limitedtimes.sources.records import Record, harvest

UNPACKED: Final = 50_000_000
"""Bytes of one sitemap, unpacked: the limit that sitemaps.org sets too."""

ADDRESSES: Final = 50_000
"""Addresses of one sitemap that are looked at: sitemaps.org's limit."""

CHILDREN: Final = 10
"""Sitemaps of an index that are worth a request, the newest of them."""

NEWS: Final = re.compile(r"\{https?://www\.google\.com/schemas/sitemap-news/[\d.]+\}(\w+)")
UNDATED: Final = datetime(1, 1, 1, tzinfo=UTC)


def parse(body: bytes, *, url: str, feed: FeedPointer, now: datetime, time_zone: str = "", days: int = 7) -> Harvest:
    """The articles of a sitemap, the newest first, at most 1,000; or, of an index, its newest sitemaps as children.

    What is dated more than ``days`` days before ``now`` is left out; what has no date is kept, after the dated.
    Raises ExtractError, reason ``not-a-sitemap``, when the body is something else, or unpacks to more than 50 MB.
    """
    document = _unpacked(body, url)
    root = xml_root(document, url=url)
    name = "" if root is None else local(root)
    since = now - timedelta(days=days)
    if name == "sitemapindex":
        return Harvest(feed=feed, entries=(), children=_children(root, feed, url=url, now=now, since=since))
    if name == "urlset":
        records = _urls(root)
    elif name == "" and document.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"http://", b"https://")):
        records = _lines(document)
    else:
        raise _wrong(url, "this is not a sitemap (no urlset, no sitemapindex, no plain list of addresses)")
    return harvest(feed, _newest(records, now=now, since=since, time_zone=time_zone), now=now, time_zone=time_zone)


def _wrong(url: str, what: str) -> ExtractError:
    return ExtractError(f"{url}: {what}", reason="not-a-sitemap")


def _unpacked(body: bytes, url: str) -> bytes:
    """The sitemap without gzip, if it is gzipped (a name in .gz says little: the server may have unpacked it)."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        document = zlib.decompressobj(wbits=31).decompress(body, UNPACKED + 1)
    except zlib.error:
        raise _wrong(url, "the gzipped sitemap is damaged") from None
    if len(document) > UNPACKED:
        raise _wrong(url, f"the sitemap unpacks to more than {UNPACKED // 1_000_000} MB")
    return document


def _urls(root: Element) -> Iterator[Record]:
    for url in _first_of(root, "url"):
        fields = {local(child): child for child in url}
        news = {match[1]: node for node in url.iter() if isinstance(node.tag, str) and (match := NEWS.match(node.tag))}
        yield Record(
            addresses=(_text(fields, "loc"),),
            base=root.base or "",
            title=plain(markup_of(news["title"])) if "title" in news else "",
            published=_text(news, "publication_date"),
            updated=_text(fields, "lastmod"),
            language=_text(news, "language"),
        )


def _first_of(root: Element, name: str) -> Iterator[Element]:
    """The first children of this name, as many as are looked at."""
    for number, child in enumerate(root.iterchildren(f"{{*}}{name}")):
        if number >= ADDRESSES:
            break
        yield child


def _text(fields: dict[str, Element], name: str) -> str:
    return text_of(fields[name]).strip() if name in fields else ""


def _lines(document: bytes) -> Iterator[Record]:
    """A plain list: one address on each line."""
    text = document.decode("utf-8-sig", errors="replace")
    for line in text.splitlines()[:ADDRESSES]:
        yield Record(addresses=(line,))


def _newest(records: Iterable[Record], *, now: datetime, since: datetime, time_zone: str) -> list[Record]:
    """The records from ``since`` on, the newest first, then those without a date in the order that they came in."""

    def written(record: Record) -> datetime:
        given = record.published or record.updated
        moment = dates.moment(given, now=now, time_zone=time_zone) if given else None
        return moment.at if moment else UNDATED

    dated = [(written(record), record) for record in records]
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return [record for at, record in dated if at == UNDATED or at >= since]


def _children(root: Element, feed: FeedPointer, *, url: str, now: datetime, since: datetime) -> tuple[FeedPointer, ...]:
    """The newest sitemaps of an index: by their date, then those named for news, then the highest numbered."""
    found: list[tuple[datetime, bool, list[int], str]] = []
    for child in _first_of(root, "sitemap"):
        fields = {local(field): field for field in child}
        address = absolute(_text(fields, "loc"), root.base or "")
        moment = dates.moment(_text(fields, "lastmod"), now=now)
        if address not in ("", url) and (moment is None or moment.at >= since):
            numbers = [int(digits) for digits in re.findall(r"[0-9]{1,9}", address)]
            found.append((moment.at if moment else UNDATED, "news" in address.lower(), numbers, address))
    newest = dict.fromkeys(address for *_, address in sorted(found, reverse=True))
    return tuple(FeedPointer(one, feed.source, FeedKind.SITEMAP, feed.section) for one in list(newest)[:CHILDREN])
