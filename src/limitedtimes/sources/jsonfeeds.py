"""JSON Feed 1.0 and 1.1 (jsonfeed.org), and RSS 2.0 written in JSON (rss.channel.item)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from limitedtimes.sources.markup import decoded, one_line, plain, plain_entities
from limitedtimes.sources.records import Record

Object: TypeAlias = dict[str, Any]

DECODER: Final = json.JSONDecoder(strict=False)
"""Not strict: raw line breaks in strings are common."""

ITEMS: Final = re.compile(r'"(items?)"\s*:\s*\[')
COMMA: Final = re.compile(r"[\s,]*")


def channel_of(body: bytes, content_type: str = "") -> Object | None:
    """The object that holds the items, if this is JSON and a feed; None otherwise."""
    text = decoded(body, content_type)
    try:
        document = DECODER.decode(text.strip())
    except (ValueError, RecursionError):
        document = _readable_part(text)
    rss = _object(_object(document).get("rss")).get("channel")
    for channel in (_object(document), _object(rss)):
        if isinstance(channel.get("items", channel.get("item")), list):
            return channel
    return None


def _readable_part(text: str) -> Object:
    """The whole items at the beginning of a document that was cut off, or is broken further on."""
    start = ITEMS.search(text)
    items: list[Any] = []
    position = start.end() if start else len(text)
    try:
        while position < len(text):
            gap = COMMA.match(text, position)
            item, position = DECODER.raw_decode(text, gap.end() if gap else position)
            items.append(item)
    except (ValueError, RecursionError):
        pass  # the rest cannot be read
    return {start[1]: items} if start and items else {}


def title_of(channel: Object) -> str:
    return one_line(_text(channel.get("title")))


def records(channel: Object, base: str) -> Iterator[Record]:
    items = channel.get("items", channel.get("item"))
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict):
            yield _rss(item, channel, base) if "items" not in channel else _json_feed(item, channel, base)


def _json_feed(item: Object, channel: Object, base: str) -> Record:
    html = _text(item.get("content_html"))
    return Record(
        addresses=(_text(item.get("url")), _address(item.get("id")), _text(item.get("external_url"))),
        base=base,
        id=_text(item.get("id")),
        title=one_line(plain_entities(_text(item.get("title")))),
        summary=one_line(_text(item.get("summary")) or _text(item.get("content_text"))) or plain(html),
        published=_text(item.get("date_published")),
        updated=_text(item.get("date_modified")),
        authors=_authors(item) or _authors(channel),
        section=next((_text(tag) for tag in _list(item.get("tags"))), ""),
        language=_text(item.get("language")) or _text(channel.get("language")),
    )


def _rss(item: Object, channel: Object, base: str) -> Record:
    guid = item.get("guid")
    identity = _text(_object(guid).get("#value")) or _text(guid)
    permanent = _text(_object(guid).get("isPermaLink")).lower() != "false"
    return Record(
        addresses=(_text(item.get("link")), _address(identity) if permanent else ""),
        base=base,
        id=identity,
        title=plain(_text(item.get("title"))),
        summary=plain(_text(item.get("description"))),
        published=_text(item.get("pubDate")),
        authors=tuple(filter(None, [plain(_text(item.get("author")))])),
        section=plain(_text(item.get("category"))),
        language=_text(channel.get("language")),
    )


def _authors(holder: Object) -> tuple[str, ...]:
    """Version 1.1's ``authors``, else version 1.0's ``author``."""
    people = _list(holder.get("authors")) or [holder.get("author")]
    return tuple(filter(None, (one_line(_text(_object(person).get("name"))) for person in people)))


def _address(value: object) -> str:
    """An id, if it is an http(s) address by itself."""
    text = _text(value)
    return text if text.startswith(("http://", "https://")) else ""


def _object(value: object) -> Object:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    """A string, or a number as one (ids are often numbers); "" for anything else."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else ""
