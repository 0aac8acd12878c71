"""Feeds of the latest articles: RSS 2.0, Atom 1.0 and JSON Feed 1.1, with ids that never change."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from types import MappingProxyType
from typing import Final
from xml.etree import ElementTree as ET

from limitedtimes.edition.names import language_name, section_name
from limitedtimes.edition.render import path_of
from limitedtimes.edition.safety import plain, web_address
from limitedtimes.edition.settings import Settings
from limitedtimes.edition.times import iso
from limitedtimes.model import Teaser

_ATOM: Final = "http://www.w3.org/2005/Atom"
_DC: Final = "http://purl.org/dc/elements/1.1/"
ET.register_namespace("dc", _DC)
ET.register_namespace("atom", _ATOM)


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, whatever its format. ``page`` is the path of the list it follows, ``path`` its own."""

    settings: Settings
    title: str
    page: str
    path: str
    teasers: Sequence[Teaser]
    updated: datetime

    def address(self, path: str) -> str:
        return self.settings.base_url + path_of(path)


def rss(feed: Feed) -> bytes:
    """https://www.rssboard.org/rss-specification"""
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", feed.address(feed.page))
    _text(channel, "description", feed.settings.tagline)
    _text(channel, "language", "en")
    _text(channel, "lastBuildDate", _rfc822(feed.updated))
    ET.SubElement(
        channel,
        f"{{{_ATOM}}}link",
        {"rel": "self", "type": "application/rss+xml", "href": feed.address(feed.path)},
    )
    for teaser in feed.teasers:
        channel.append(_rss_item(feed, teaser))
    return _xml(root)


def _rss_item(feed: Feed, teaser: Teaser) -> ET.Element:
    item = ET.Element("item")
    _text(item, "title", teaser.headline)
    _text(item, "link", feed.address(teaser.path))
    _text(item, "description", summary_html(teaser))
    for name in teaser.authors:
        _text(item, f"{{{_DC}}}creator", name)
    _text(item, "category", section_name(teaser.section))
    ET.SubElement(item, "guid", {"isPermaLink": "false"}).text = _identity(teaser)
    _text(item, "pubDate", _rfc822(teaser.published))
    return item


def atom(feed: Feed) -> bytes:
    """RFC 4287"""
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _text(root, "id", feed.address(feed.path))
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.settings.tagline)
    _text(root, "updated", iso(feed.updated))
    _link(root, "self", feed.address(feed.path), "application/atom+xml")
    _link(root, "alternate", feed.address(feed.page), "text/html")
    _text(ET.SubElement(root, "author"), "name", feed.settings.title)
    for teaser in feed.teasers:
        root.append(_atom_entry(feed, teaser))
    return _xml(root)


def _atom_entry(feed: Feed, teaser: Teaser) -> ET.Element:
    entry = ET.Element("entry")
    _text(entry, "id", _identity(teaser))
    _text(entry, "title", teaser.headline)
    _text(entry, "published", iso(teaser.published))
    _text(entry, "updated", iso(teaser.updated))
    _link(entry, "alternate", feed.address(teaser.path), "text/html")
    if web_address(teaser.original_url):
        _link(entry, "via", web_address(teaser.original_url), "text/html", hreflang=teaser.language)
    for name in teaser.authors or (teaser.source_name,):
        _text(ET.SubElement(entry, "author"), "name", name)
    label = {"term": teaser.section, "label": section_name(teaser.section)}
    ET.SubElement(entry, "category", label)
    _text(entry, "summary", summary_html(teaser)).set("type", "html")
    return entry


def json_feed(feed: Feed) -> bytes:
    """https://www.jsonfeed.org/version/1.1/"""
    described = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(feed.title),
        "description": plain(feed.settings.tagline),
        "home_page_url": feed.address(feed.page),
        "feed_url": feed.address(feed.path),
        "language": "en",
        "items": [_json_item(feed, teaser) for teaser in feed.teasers],
    }
    return json.dumps(described, ensure_ascii=False, indent=1).encode()


def _json_item(feed: Feed, teaser: Teaser) -> dict[str, object]:
    item: dict[str, object] = {
        "id": _identity(teaser),
        "url": feed.address(teaser.path),
        "external_url": web_address(teaser.original_url),
        "title": plain(teaser.headline),
        "summary": plain(teaser.standfirst),
        "content_html": summary_html(teaser),
        "image": web_address(teaser.picture.url) if teaser.picture else "",
        "date_published": iso(teaser.published),
        "date_modified": iso(teaser.updated),
        "authors": [{"name": plain(name)} for name in teaser.authors],
        "tags": [section_name(teaser.section), language_name(teaser.language)],
        "language": "en",
    }
    return {name: value for name, value in item.items() if value not in ("", [])}


def summary_html(teaser: Teaser) -> str:
    """The entry's text as HTML that we wrote: standfirst, highlights, and where it comes from."""
    said = escape(plain(teaser.source_name)), escape(language_name(teaser.language))
    headline = f'<span lang="{escape(teaser.language)}">{escape(plain(teaser.original_headline))}</span>'
    url = web_address(teaser.original_url)
    original = f'<a href="{escape(url)}">{headline}</a>' if url else headline
    points = "".join(f"<li>{escape(plain(text))}</li>" for text in teaser.highlights)
    standfirst = f"<p>{escape(plain(teaser.standfirst))}</p>" if teaser.standfirst else ""
    source = f"<p>{said[0]}; translated by machine from {said[1]}. Original: {original}</p>"
    return standfirst + (f"<ul>{points}</ul>" if points else "") + source


def _identity(teaser: Teaser) -> str:
    """The article's id as a URI: no host and no path, so that it outlives a change of either."""
    return f"urn:limitedtimes:{teaser.id}"


def _rfc822(at: datetime) -> str:
    """``Fri, 10 Nov 2023 17:51:00 GMT``"""
    return format_datetime(at.astimezone(UTC), usegmt=True)


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = plain(text)
    return child


def _link(parent: ET.Element, rel: str, href: str, media_type: str, *, hreflang: str = "") -> None:
    attributes = {"rel": rel, "type": media_type, "href": href}
    ET.SubElement(parent, "link", attributes | ({"hreflang": hreflang} if hreflang else {}))


def _xml(root: ET.Element) -> bytes:
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


Format = Callable[[Feed], bytes]

FORMATS: Final = MappingProxyType(
    {
        "rss": (rss, "application/rss+xml; charset=utf-8"),
        "atom": (atom, "application/atom+xml; charset=utf-8"),
        "json": (json_feed, "application/feed+json; charset=utf-8"),
    }
)
"""Suffix of a feed's address → what writes it, and its media type."""
