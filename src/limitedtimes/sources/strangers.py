"""Sources for publishers that the catalogue does not know, from nothing but an address or a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from limitedtimes.errors import ConfigError
from limitedtimes.model import UNKNOWN_LANGUAGE, FeedPointer, Page, Rights, Source
from limitedtimes.sources.markup import html_root

NO_COUNTRY: Final = "web"
"""Stands where the country code stands in the id of a source whose country is not known."""

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?=$|[-_])")


def stranger(url: str, *, name: str = "") -> Source:
    """A source for any address: named by its host, rights as narrow as they get. Raises ConfigError without a host."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if parts.scheme not in ("http", "https") or not host:
        raise ConfigError(f"{url!r}: not the address of a web page; give one that begins with https://")
    identifier = f"{NO_COUNTRY}.{re.sub(r'[^a-z0-9]+', '-', host.lower()).strip('-')}"
    home = f"{parts.scheme}://{parts.netloc}/"
    return Source(identifier, name or host, home, "", (), "UTC", rights=Rights.LINK)


def sketch(page: Page, feeds: Sequence[FeedPointer], *, source_id: str = "") -> Source:
    """A first draft of a source file from a front page: its name and language, and the feeds that it announces.

    Raises ConfigError when the page announces no feed.
    """
    if not feeds:
        raise ConfigError(f"{page.final_url}: announces no feed; give the address of a page that does")
    unknown = stranger(page.final_url)
    root = html_root(page.body, page.headers.get("content-type", ""))
    names = [] if root is None else [*_site_names(root), *(title.text or "" for title in root.iter("title"))]
    declared = _LANGUAGE.match((root.get("lang") or "").lower()) if root is not None else None
    identifier = source_id or unknown.id
    return Source(
        id=identifier,
        name=next((" ".join(name.split()) for name in names if name.strip()), unknown.name),
        home=unknown.home,
        country="",
        languages=(declared.group() if declared else UNKNOWN_LANGUAGE,),
        time_zone="UTC",
        feeds=tuple(FeedPointer(feed.url, identifier, feed.kind) for feed in feeds),
    )


def _site_names(root: object) -> list[str]:
    found = root.iter("meta")  # type: ignore[attr-defined]
    return [meta.get("content") or "" for meta in found if meta.get("property") == "og:site_name"]
