"""From a text as written to an article as printed, with its address, times and dates; and from that to the truth."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from string import Template
from typing import Final
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from limitedtimes.demo.calendar import fill, words
from limitedtimes.demo.texts import Kind, Piece, Publisher, Text
from limitedtimes.model import Block, BlockKind, Picture

_INLINE: Final = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<emphasis>.+?)\*|\[(?P<words>.+?)\]\((?P<address>\S+?)\)")


@dataclass(frozen=True, slots=True)
class Printed:
    """An article of one edition: dates filled in, times on the publisher's clock. Texts still bear inline marks."""

    publisher: Publisher
    text: Text
    origin: str  # "http://127.0.0.1:8101"
    path: str
    headline: str
    standfirst: str
    pieces: tuple[Piece, ...]
    published: datetime
    modified: datetime | None

    @property
    def url(self) -> str:
        return self.origin + self.path

    @property
    def section(self) -> str:
        return self.publisher.sections[self.text.section].label

    @property
    def changed(self) -> datetime:
        return self.modified or self.published

    @property
    def title(self) -> str:
        """What the feed calls it."""
        return self.text.feed_title or self.headline

    def picture(self, piece: Piece) -> str:
        """The path of a picture, without ``.svg``: on a page, that is the mark of an icon."""
        return f"/media/{self.text.name}/{piece.motif}"

    def lead_picture(self) -> str:
        """The address of the first picture, or nothing."""
        motifs = (piece for piece in self.pieces if piece.kind is BlockKind.PICTURE)
        return next((self.origin + self.picture(piece) for piece in motifs), "")


@dataclass(frozen=True, slots=True)
class Truth:
    """What a perfect extraction of a page of the press gives. ``blocks`` are empty unless it is a free article."""

    url: str
    source: str
    kind: Kind
    language: str
    headline: str
    standfirst: str
    authors: tuple[str, ...]
    published: datetime  # UTC
    modified: datetime | None  # UTC
    section: str
    keywords: tuple[str, ...]
    event: str
    free: bool
    blocks: tuple[Block, ...]

    def texts(self, kind: BlockKind) -> list[str]:
        """The texts of the blocks of one kind, in order: subheads, paragraphs, captions …"""
        return [block.text for block in self.blocks if block.kind is kind]

    @property
    def credits(self) -> list[str]:
        return [block.picture.credit for block in self.blocks if block.picture]


def typeset(publisher: Publisher, text: Text, origin: str, now: datetime) -> Printed:
    """Give a text its address, its times and its dates. Dates within it count from ``now``'s day in UTC, so that
    several publishers name the same day for the same event.
    """
    zone, today = ZoneInfo(publisher.time_zone), now.astimezone(UTC).date()
    published = (now - timedelta(minutes=text.minutes_ago)).astimezone(zone)
    changed = text.modified_minutes_ago
    return Printed(
        publisher,
        text,
        origin,
        path=text.path or address(publisher, text, published),
        headline=fill(text.headline, publisher.language, today),
        standfirst=fill(text.standfirst, publisher.language, today),
        pieces=tuple(replace(piece, text=fill(piece.text, publisher.language, today)) for piece in text.body),
        published=published,
        modified=None if changed is None else (now - timedelta(minutes=changed)).astimezone(zone),
    )


def address(publisher: Publisher, text: Text, published: datetime) -> str:
    """The path of an article by its publisher's pattern. Files are called ``07-slug.md``."""
    number, _, slug = text.name.partition("-")
    parts = words(publisher.language, published) | {"section": text.section, "slug": slug, "number": number}
    return Template(publisher.address).substitute(parts)


def truth(printed: Printed) -> Truth:
    """The truth about one printed article."""
    text = printed.text
    free = text.kind is Kind.ARTICLE
    return Truth(
        url=printed.url,
        source=printed.publisher.id,
        kind=text.kind,
        language=printed.publisher.language,
        headline=printed.headline,
        standfirst=printed.standfirst,
        authors=text.authors,
        published=printed.published.astimezone(UTC),
        modified=printed.modified and printed.modified.astimezone(UTC),
        section=printed.section,
        keywords=text.keywords,
        event=text.event,
        free=text.kind is not Kind.PAYWALL,
        blocks=tuple(_block(printed, piece) for piece in printed.pieces) if free else (),
    )


def plain(marked: str) -> str:
    """A text without its inline marks."""
    return _INLINE.sub(lambda found: found["bold"] or found["emphasis"] or found["words"], marked)


def inline_html(marked: str) -> str:
    """A text with its inline marks as HTML."""

    def element(found: re.Match[str]) -> str:
        if found["bold"]:
            return f"<strong>{found['bold']}</strong>"
        if found["emphasis"]:
            return f"<em>{found['emphasis']}</em>"
        return f'<a href="{found["address"]}">{found["words"]}</a>'

    return _INLINE.sub(element, html.escape(marked, quote=False))


def _block(printed: Printed, piece: Piece) -> Block:
    text = plain(piece.text)
    if piece.kind is not BlockKind.PICTURE:
        return Block(piece.kind, text)
    return Block(piece.kind, text, Picture(urljoin(printed.url, printed.picture(piece)), text, piece.credit))
