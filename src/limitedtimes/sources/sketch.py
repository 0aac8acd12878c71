"""A first source file for a publisher, from its front page: what ``sources add`` writes, for a person to look over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from limitedtimes.errors import ConfigError
from limitedtimes.model import FeedPointer, Page, Source
from limitedtimes.sources import codes
from limitedtimes.sources.markup import Element, html_root, one_line, text_of
from limitedtimes.sources.records import primary_language
from limitedtimes.sources.schema import NAME

SECOND_LEVEL: Final = {"ac", "co", "com", "edu", "go", "gob", "gov", "gv", "ne", "net", "or", "org"}
"""Labels under a country's that are no publisher's name: the "com" of "example.com.tr"."""

UNITED_KINGDOM: Final = {"uk": "gb"}
"""The one country whose host names do not end in its ISO code."""


def sketch(page: Page, feeds: Sequence[FeedPointer], *, source_id: str = "") -> Source:
    """A source by what the front page says of itself: its name, language, country, time zone, feeds.

    ``source_id`` decides the country and the name of the file; without it both come from the host name. Raises
    ConfigError, saying what to give, when the country or the language cannot be told.
    """
    parts = urlsplit(page.final_url)
    host = (parts.hostname or "").removeprefix("www.")
    identity = source_id or f"{_country(host)}.{_short(host)}"
    country, _, name = identity.partition(".")
    if country not in codes.countries() or not NAME.fullmatch(name):
        raise ConfigError(f"{identity}: no source can be named so; give --id COUNTRY.NAME, as de.{_short(host)}")
    root = html_root(page.body, page.headers.get("content-type", ""))
    language = primary_language(root.get("lang", "")) if root is not None else ""
    if root is None or not codes.is_language(language):
        raise ConfigError(
            f"{page.final_url}: the page does not say its language (<html lang>); write {name}.toml by hand"
        )
    return Source(
        id=identity,
        name=_name(root) or host,
        home=f"{parts.scheme}://{parts.netloc}/",
        country=country,
        languages=(language,),
        time_zone=codes.zones_of_countries().get(country, ("UTC",))[0],
        feeds=tuple(replace(feed, source=identity) for feed in feeds),
    )


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
