"""What an operator may choose about an edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Audience(StrEnum):
    """Who can read the site. A public one shows only as much of an article as its publisher permits."""

    PRIVATE = "private"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Settings:
    """One edition's choices. ``base_url`` has no slash at its end."""

    title: str = "The Limited Times"
    tagline: str = "The world’s press, in English"
    base_url: str = "http://127.0.0.1:8000"
    hosts: tuple[str, ...] = ()  # host names that a private edition answers for, beside base_url's and loopback
    audience: Audience = Audience.PRIVATE
    noindex: bool = True
    static: bool = False  # the pages are files: no query is answered, and none is made anew for the time alone
    pictures: bool = True  # show publishers' pictures from their own servers
    contact: str = ""  # an e-mail address or URL where removals and corrections are asked for
    # engine id → language → what a reader may expect of it, for the notice
    engines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    page_size: int = 40  # articles on one page of a list
    feed_size: int = 50  # articles in a feed
    page_cache: float = 64.0  # megabytes of rendered pages kept in memory, compressed: some 8 KB each
    check_every: float = 0.5  # seconds for which the store is not asked again whether anything has changed
