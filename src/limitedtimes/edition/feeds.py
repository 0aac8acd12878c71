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

from limitedtimes.edition.names import section_name
from limitedtimes.edition.render import path_of
from limitedtimes.edition.safety import plain, web_address
from limitedtimes.edition.settings import Settings
from limitedtimes.edition.times import iso
from limitedtimes.languages import language_name
from limitedtimes.model import Teaser

_ATOM: Final = "http://www.w3.org/2005/Atom"
_DC: Final = "http://purl.org/dc/elements/1.1/"
ET.register_namespace("dc", _DC)
ET.register_namespace("atom", _ATOM)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, whatever its format. ``identity`` never changes; ``html`` is what we wrote."""

    identity: str
    title: str
    path: str
    html: str
    published: datetime
    updated: datetime
    summary: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""  # where no author is known
    original: tuple[str, str] = ("", "")  # address and language
    image: str = ""
    tags: tuple[tuple[str, str], ...] = ()  # term and label; the first is its category


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, whatever its format. ``page`` is the path of the list it follows, ``path`` its own."""

    settings: Settings
    title: str
    page: str
    path: str
    teasers: Sequence[Teaser]
    updated: datetime
    others: Sequence[Entry] = ()  # of a feed that is not of articles

    def address(self, path: str) -> str:
        return self.settings.base_url + path_of(path)

    @property
    def entries(self) -> list[Entry]:
        return [*map(entry_of, self.teasers), *self.others]


def entry_of(teaser: Teaser) -> Entry:
    """An article. Its id has no host and no path, so that it outlives a change of either."""
    return Entry(
        identity=f"urn:limitedtimes:{teaser.id}",
        title=teaser.headline,
        path=teaser.path,
        html=summary_html(teaser),
        published=teaser.published,
        updated=teaser.updated,
        summary=teaser.standfirst,
        authors=teaser.authors,
        publisher=teaser.source_name,
        original=(web_address(teaser.original_url), teaser.language),
        image=web_address(teaser.picture.url) if teaser.picture else "",
        tags=((teaser.section, section_name(teaser.section)), (teaser.language, language_name(teaser.language))),
    )


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
    for entry in feed.entries:
        channel.append(_rss_item(feed, entry))
    return _xml(root)


def _rss_item(feed: Feed, entry: Entry) -> ET.Element:
    item = ET.Element("item")
    _text(item, "title", entry.title)
    _text(item, "link", feed.address(entry.path))
    _text(item, "description", entry.html)
    for name in entry.authors:
        _text(item, f"{{{_DC}}}creator", name)
    for _, label in entry.tags[:1]:
        _text(item, "category", label)
    ET.SubElement(item, "guid", {"isPermaLink": "false"}).text = entry.identity
    _text(item, "pubDate", _rfc822(entry.published))
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
    for entry in feed.entries:
        root.append(_atom_entry(feed, entry))
    return _xml(root)


def _atom_entry(feed: Feed, entry: Entry) -> ET.Element:
    element = ET.Element("entry")
    _text(element, "id", entry.identity)
    _text(element, "title", entry.title)
    _text(element, "published", iso(entry.published))
    _text(element, "updated", iso(entry.updated))
    _link(element, "alternate", feed.address(entry.path), "text/html")
    url, language = entry.original
    if url:
        _link(element, "via", url, "text/html", hreflang=language)
    for name in entry.authors or tuple(filter(None, (entry.publisher,))):
        _text(ET.SubElement(element, "author"), "name", name)
    for term, label in entry.tags[:1]:
        ET.SubElement(element, "category", {"term": term, "label": label})
    _text(element, "summary", entry.html).set("type", "html")
    return element


def json_feed(feed: Feed) -> bytes:
    """https://www.jsonfeed.org/version/1.1/"""
    described = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": plain(feed.title),
        "description": plain(feed.settings.tagline),
        "home_page_url": feed.address(feed.page),
        "feed_url": feed.address(feed.path),
        "language": "en",
        "items": [_json_item(feed, entry) for entry in feed.entries],
    }
    return json.dumps(described, ensure_ascii=False, indent=1).encode()


def _json_item(feed: Feed, entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.identity,
        "url": feed.address(entry.path),
        "external_url": entry.original[0],
        "title": plain(entry.title),
        "summary": plain(entry.summary),
        "content_html": entry.html,
        "image": entry.image,
        "date_published": iso(entry.published),
        "date_modified": iso(entry.updated),
        "authors": [{"name": plain(name)} for name in entry.authors],
        "tags": [label for _, label in entry.tags],
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
    how = f"translated by machine from {said[1]}{', and corrected by hand' if teaser.by_hand else ''}"
    if teaser.flags:
        how += f"; {teaser.flags} {'sentence' if teaser.flags == 1 else 'sentences'} in doubt"
    source = f"<p>{said[0]}; {how}. Original: {original}</p>"
    return standfirst + (f"<ul>{points}</ul>" if points else "") + source


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
