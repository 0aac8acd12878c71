"""What a reader of one format hands over, and the one place where it becomes a Harvest.

The readers only copy strings; believing dates, resolving addresses, dropping duplicates and cutting to size happen
here, so that they happen alike for every format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final

from limitedtimes.model import Entry, FeedPointer, Harvest
from limitedtimes.sources import dates
from limitedtimes.sources.markup import absolute

ENTRIES: Final = 1_000
"""Entries of one feed or sitemap that are kept."""

RECORDS: Final = 5_000
"""Records that are looked at: more than ENTRIES, because some have no address, or one that came before."""

TITLE: Final = 500
SUMMARY: Final = 2_000
NAME: Final = 200
"""Characters kept; longer ones end at a word."""

AUTHORS: Final = 20

FORMER: Final = {"iw": "he", "in": "id", "ji": "yi"}
"""Codes that ISO 639 has withdrawn, and that software still writes."""


@dataclass(frozen=True, slots=True)
class Record:
    """One entry as written: addresses in the order of trust, dates as strings, texts plain and on one line."""

    addresses: tuple[str, ...]
    base: str = ""  # what relative addresses are relative to
    id: str = ""
    title: str = ""
    summary: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    language: str = ""


def harvest(
    feed: FeedPointer, records: Iterable[Record], *, now: datetime, time_zone: str = "", title: str = ""
) -> Harvest:
    """The records that have an address, each address once, at most ENTRIES of them, in the given order."""
    entries: dict[str, Entry] = {}
    for record in islice(records, RECORDS):
        url = next((url for address in record.addresses if (url := absolute(address, record.base))), "")
        if url and url not in entries:
            entries[url] = _entry(url, record, feed, now=now, time_zone=time_zone)
        if len(entries) >= ENTRIES:
            break
    return Harvest(feed=feed, entries=tuple(entries.values()), title=cut(title, TITLE))


def _entry(url: str, record: Record, feed: FeedPointer, *, now: datetime, time_zone: str) -> Entry:
    names = dict.fromkeys(cut(name, NAME) for name in record.authors if name)
    return Entry(
        url=url,
        source=feed.source,
        id=record.id[:SUMMARY],
        title=cut(record.title, TITLE),
        summary=cut(record.summary, SUMMARY),
        published=dates.moment(record.published, now=now, time_zone=time_zone),
        updated=dates.moment(record.updated, now=now, time_zone=time_zone),
        authors=tuple(names)[:AUTHORS],
        section=feed.section or cut(record.section, NAME),
        language=primary_language(record.language),
    )


def cut(text: str, limit: int) -> str:
    """The text, or as many of its words as fit into ``limit`` characters."""
    if len(text) <= limit:
        return text
    head = text[: limit + 1]
    return head[: head.rfind(" ")] if " " in head else text[:limit]


def primary_language(tag: str) -> str:
    """The language of a BCP 47 tag: "de" of "de-AT"; "" for what is none."""
    first = re.split(r"[-_]", tag.strip().lower(), maxsplit=1)[0]
    return FORMER.get(first, first) if re.fullmatch(r"[a-z]{2,3}", first) else ""
