"""The press's texts as they lie on disk: publishers, articles, and the calendar words of their languages.

A publisher is a folder of ``texts/``: ``press.toml``, ``frame.html``, ``article.html`` and one file per article.
An article is TOML between two lines of ``+++``, then its body: paragraphs parted by empty lines, ``## subhead``,
``> quotation``, ``- list item``, ``![caption](motif "credit")``. Within a line, ``**bold**``, ``*emphasis*`` and
``[words](/address)``. ``name.2.md`` is the second version of ``name.md``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from limitedtimes.model import BlockKind, Hints

TEXTS: Final = Path(__file__).parent / "texts"

_PICTURE: Final = re.compile(r'!\[(?P<caption>[^\]]*)\]\((?P<motif>\w+)(?: "(?P<credit>[^"]*)")?\)')


class Kind(StrEnum):
    """What an address that a feed gives turns out to be."""

    ARTICLE = "article"
    PAYWALL = "paywall"  # a stub: the publisher keeps the rest for subscribers
    NOT_ARTICLE = "not-article"  # a topic page that lists articles
    DISALLOWED = "disallowed"  # robots.txt keeps it from us


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a body as written, with its inline marks. The text of a picture is its caption."""

    kind: BlockKind
    text: str
    motif: str = ""  # of a picture: what pictures.py draws
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """An article as written: its times are minutes before the press's ``now``."""

    name: str
    edition: int
    headline: str
    minutes_ago: int
    section: str
    body: tuple[Piece, ...]
    standfirst: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    kind: Kind = Kind.ARTICLE
    modified_minutes_ago: int | None = None
    event: str = ""  # the same word on articles about the same event, whoever publishes them
    path: str = ""  # where it is not made by the publisher's address pattern
    feed_title: str = ""  # where the feed's title is not the headline


@dataclass(frozen=True, slots=True)
class Section:
    """A publisher's section: the word that its pages print, and ours."""

    label: str
    ours: str


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher as described in its ``press.toml``, with its layout and all versions of its texts."""

    id: str
    name: str
    country: str
    language: str
    time_zone: str
    feed: str  # rss, atom, rdf, json, news-sitemap or sitemap-index
    feed_path: str
    address: str  # pattern of an article's path: $section, $slug, $number, $year, $mm, $dd
    visible_date: str  # pattern of the date on a page: see calendar.words
    robots: str  # pattern of robots.txt: may name $origin
    sections: Mapping[str, Section]
    markup: Mapping[str, str]  # patterns of the pieces of a body
    frame: str  # pattern of a whole page
    article: str  # pattern of an article within it
    texts: tuple[Text, ...]
    metadata: tuple[str, ...] = ()  # of json-ld, json-ld-graph, opengraph, description, dates
    clutter: Mapping[str, str] = field(default_factory=dict)  # number of a paragraph → what stands after it
    encoding: str = "utf-8"
    charset_in_header: bool = True
    compression: str = ""  # gzip, br or zstd
    hints: Hints = field(default_factory=Hints)  # for pages that do not say where things are

    def edition(self, number: int) -> list[Text]:
        """The texts that are out in an edition: of each the latest version."""
        latest = {
            text.name: text for text in sorted(self.texts, key=lambda text: text.edition) if text.edition <= number
        }
        return sorted(latest.values(), key=lambda text: text.minutes_ago)


def publishers(folder: Path = TEXTS) -> list[Publisher]:
    """Every publisher of a folder, in the order of their folders' names."""
    return [read_publisher(path.parent) for path in sorted(folder.glob("*/press.toml"))]


def read_publisher(folder: Path) -> Publisher:
    """One publisher's folder."""
    fields = tomllib.loads((folder / "press.toml").read_text(encoding="utf-8"))
    sections = {slug: Section(**section) for slug, section in fields.pop("sections").items()}
    return Publisher(
        sections=sections,
        hints=Hints(**_tuples(fields.pop("hints", {}))),
        frame=(folder / "frame.html").read_text(encoding="utf-8"),
        article=(folder / "article.html").read_text(encoding="utf-8"),
        texts=tuple(read_text(path) for path in sorted(folder.glob("*.md"))),
        **_tuples(fields),
    )


def read_text(path: Path) -> Text:
    """One article's file."""
    _, matter, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    name, _, edition = path.stem.partition(".")
    fields = tomllib.loads(matter)
    kind = Kind(fields.pop("kind", Kind.ARTICLE))
    return Text(name=name, edition=int(edition or 1), kind=kind, body=tuple(pieces(body)), **_tuples(fields))


def pieces(body: str) -> Iterator[Piece]:
    """The pieces of a body as written."""
    for chunk in re.split(r"\n{2,}", body.strip()):
        if picture := _PICTURE.fullmatch(chunk):
            yield Piece(BlockKind.PICTURE, picture["caption"], picture["motif"], picture["credit"] or "")
        elif chunk.startswith("## "):
            yield Piece(BlockKind.HEADING, chunk[3:])
        elif chunk.startswith("> "):
            yield Piece(BlockKind.QUOTE, chunk[2:])
        elif chunk.startswith("- "):
            yield from (Piece(BlockKind.ITEM, line[2:]) for line in chunk.splitlines())
        else:
            yield Piece(BlockKind.PARAGRAPH, " ".join(chunk.split()))


def _tuples(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
