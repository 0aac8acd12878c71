"""Feeds that a web page announces: ``<link rel="alternate" type="application/rss+xml" href="…">``."""

from __future__ import annotations

from typing import Final

from limitedtimes.model import FeedPointer
from limitedtimes.sources.markup import Element, absolute, html_root

TYPES: Final = {
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
    "text/xml",
    "application/xml",
}
API: Final = ("/wp-json", "/oembed", "oembed?")
"""Links of type application/json that are no feeds."""

LIMIT: Final = 50


def feeds_of(body: bytes, *, url: str, source: str = "", content_type: str = "") -> tuple[FeedPointer, ...]:
    """The feeds that an HTML page announces, in its order, each address once."""
    root = html_root(body, content_type)
    if root is None:
        return ()
    base = absolute(next((element.get("href", "") for element in root.iter("base")), ""), url) or url
    addresses = (absolute(link.get("href", ""), base) for link in root.iter("link") if _announces(link))
    unique = dict.fromkeys(filter(None, addresses))
    return tuple(FeedPointer(url=address, source=source) for address in list(unique)[:LIMIT])


def _announces(link: Element) -> bool:
    relations, kind = link.get("rel", "").lower().split(), link.get("type", "").lower().partition(";")[0].strip()
    if kind == "application/json" and any(part in link.get("href", "") for part in API):
        return False
    return "alternate" in relations and "stylesheet" not in relations and kind in TYPES
