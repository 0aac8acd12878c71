"""OPML 2.0: lists of feeds, as every feed reader writes and reads them (opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from limitedtimes.errors import ConfigError
from limitedtimes.model import FeedKind, Source
from limitedtimes.sources.markup import Element, absolute, local, one_line, xml_root

OUTLINES: Final = 10_000
"""Feeds of one list that are read."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list."""

    url: str
    title: str
    home: str = ""
    folder: str = ""  # the outlines around it, "Press/Germany"


def read(body: bytes, *, name: str = "the OPML file") -> list[Outline]:
    """The feeds of a list, in its order, each address once. Raises ConfigError naming ``name`` when it is no OPML."""
    root = xml_root(body)
    if root is None or local(root) != "opml":
        raise ConfigError(f"{name}: this is not OPML (no <opml> element in it)")
    found: dict[str, Outline] = {}
    for outline in root.iter("{*}outline"):
        feed = _outline(outline)
        if feed and len(found) < OUTLINES:
            found.setdefault(feed.url, feed)
    return list(found.values())


def _outline(element: Element) -> Outline | None:
    attributes = {key.lower(): one_line(value) for key, value in element.attrib.items()}
    url = absolute(attributes.get("xmlurl", ""))
    if not url:
        return None
    return Outline(
        url=url,
        title=_label(element) or url,
        home=absolute(attributes.get("htmlurl", "")),
        folder="/".join(reversed([_label(above) for above in element.iterancestors("{*}outline")])),
    )


def _label(element: Element) -> str:
    return one_line(element.get("title") or element.get("text") or "")


def write(sources: Iterable[Source], *, title: str = "The Limited Times") -> bytes:
    """The feeds of sources as OPML 2.0. Sitemaps are left out: no other reader takes them for feeds."""
    root = etree.Element("opml", version="2.0")
    head, body = etree.SubElement(root, "head"), etree.SubElement(root, "body")
    etree.SubElement(head, "title").text = title
    for source in sources:
        for outline in _outlines_of(source):
            etree.SubElement(body, "outline", outline)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _outlines_of(source: Source) -> Iterator[dict[str, str]]:
    for feed in source.feeds:
        if feed.kind is FeedKind.FEED:
            title = f"{source.name} – {feed.section}" if feed.section else source.name
            language = {"language": source.languages[0]} if source.languages else {}
            yield {"type": "rss", "text": title, "title": title, "xmlUrl": feed.url, "htmlUrl": source.home, **language}
