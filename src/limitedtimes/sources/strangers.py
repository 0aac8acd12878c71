"""Sources for publishers that the catalogue does not know: from an address alone, or from a front page or a feed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from limitedtimes.errors import ConfigError, ExtractError
from limitedtimes.model import FeedPointer, Page, Source
from limitedtimes.sources import codes, feeds
from limitedtimes.sources.markup import Element, absolute, html_root, one_line, text_of
from limitedtimes.sources.records import primary_language
from limitedtimes.sources.schema import NAME

NO_COUNTRY: Final = "web"
"""Stands where the country code stands in the id of a source whose country is not known."""

SECOND_LEVEL: Final = {"ac", "co", "com", "edu", "go", "gob", "gov", "gv", "ne", "net", "or", "org"}
"""Labels under a country's that are no publisher's name: the "com" of "example.com.tr"."""

UNITED_KINGDOM: Final = {"uk": "gb"}
"""The one country whose host names do not end in its ISO code."""


def stranger(url: str, *, name: str = "") -> Source:
    """A source for any address: named by its host, rights as narrow as they get. Raises ConfigError without a host."""
    address = absolute(url)
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    if not host:
        raise ConfigError(f"{url!r}: not the address of a web page; give one that begins with https://")
    identity = f"{NO_COUNTRY}.{re.sub(r'[^a-z0-9]+', '-', host).strip('-')}"
    return Source(identity, name or host, _home(address), country="", languages=(), time_zone="UTC")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a front page, or a feed, says of its site."""

    name: str
    home: str
    language: str
    feeds: tuple[FeedPointer, ...]


def sketch(page: Page, announced: Sequence[FeedPointer], *, source_id: str = "", language: str = "") -> Source:
    """A source by what a front page, or a feed, says of itself: its name, language, country, time zone, feeds.

    ``announced`` are the feeds that the front page announces. ``source_id`` decides the country and the name of the
    file; without it both come from the host name. ``language`` (ISO 639) goes before what the page says. Raises
    ConfigError, saying what to give, when there is no feed, or the country or the language cannot be told.
    """
    told = _by_feed(page) or _by_front_page(page, announced)
    if not told.feeds:
        raise ConfigError(f"{page.final_url}: announces no feed; give the address of a feed, or of a page that does")
    host = (urlsplit(told.home).hostname or "").removeprefix("www.")
    identity = source_id or f"{_country(host)}.{_short(host)}"
    country, _, name = identity.partition(".")
    if country not in codes.countries() or not NAME.fullmatch(name):
        raise ConfigError(f"{identity}: no source can be named so; give --id COUNTRY.NAME, as de.{_short(host)}")
    spoken = language or told.language
    if not codes.is_language(spoken):
        wrong = f"{language!r} is no ISO 639 code" if language else f"{page.final_url}: does not say its language"
        raise ConfigError(f"{wrong}; give --language, as de")
    return Source(
        id=identity,
        name=told.name or host,
        home=told.home,
        country=country,
        languages=(spoken,),
        time_zone=codes.zones_of_countries().get(country, ("UTC",))[0],
        feeds=tuple(replace(feed, source=identity) for feed in told.feeds),
    )


def _by_feed(page: Page) -> _Told | None:
    """By a feed; None when the page is none. The site is where most of its entries are."""
    pointer = FeedPointer(page.final_url, "")
    try:
        harvest = feeds.parse(page.body, url=page.final_url, feed=pointer, now=page.fetched_at)
    except ExtractError:
        return None
    homes = Counter(_home(entry.url) for entry in harvest.entries)
    home = homes.most_common(1)[0][0] if homes else _home(page.final_url)
    language = next((entry.language for entry in harvest.entries if entry.language), "")
    return _Told(harvest.title, home, language, (pointer,))


def _by_front_page(page: Page, announced: Sequence[FeedPointer]) -> _Told:
    home = _home(page.final_url)
    root = html_root(page.body, page.headers.get("content-type", ""))
    if root is None:
        return _Told("", home, "", tuple(announced))
    return _Told(_name(root), home, primary_language(root.get("lang", "")), tuple(announced))


def _home(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _country(host: str) -> str:
    ending = host.rpartition(".")[2]
    return UNITED_KINGDOM.get(ending, ending)


def _short(host: str) -> str:
    """The publisher's part of a host name: "example" of "news.example.com.tr"."""
    labels = host.split(".")[:-1]
    while len(labels) > 1 and labels[-1] in SECOND_LEVEL:
        labels.pop()
    return re.sub(r"[^a-z0-9]+", "-", labels[-1]).strip("-") if labels else ""


def _name(root: Element) -> str:
    """The site's name: og:site_name, else the title up to the first dash or bar."""
    for meta in root.iter("meta"):
        if (meta.get("property") or "").lower() == "og:site_name" and one_line(meta.get("content") or ""):
            return one_line(meta.get("content"))
    title = next((one_line(text_of(title)) for title in root.iter("title")), "")
    return re.split(r"\s+[-–—|·:]\s+", title)[0][:100]
