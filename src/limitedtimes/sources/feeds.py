"""Feeds: RSS 0.9x, 1.0 (RDF) and 2.0, Atom, JSON Feed and RSS in JSON, told apart by content.

A reader of our own on lxml (docs/decisions/003): on real feeds ten times as fast as feedparser, and a million unclosed
tags cost it milliseconds where they cost feedparser 21 seconds and 700 MB.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, TypeAlias

from limitedtimes.errors import ExtractError
from limitedtimes.model import FeedPointer, Harvest
from limitedtimes.sources import discover, jsonfeeds
from limitedtimes.sources.markup import Element, local, markup_of, one_line, plain, text_of, xml_root
from limitedtimes.sources.records import Record, harvest

Fields: TypeAlias = Mapping[str, Sequence[Element]]

ROOTS: Final = {"rss", "rdf", "feed", "channel"}
ATOM: Final = {"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"}
PREFIXES: Final = {"dc", "dcterms", "content", "atom", "feedburner", "prism"}
NAMESPACES: Final = re.compile(
    r"http://www\.w3\.org/2005/Atom|http://purl\.org/atom/ns#|http://purl\.org/dc/(elements/1\.[01]|terms)/"
    r"|http://purl\.org/rss/1\.0/(modules/(content|dc|prism|dcterms)/)?|http://my\.netscape\.com/rdf/simple/0\.9/"
    r"|http://rssnamespace\.org/feedburner/ext/1\.0|http://prismstandard\.org/namespaces/.*|http://backend\.userland\.com/.*"
)
"""Where an article's own fields come from; the title of a picture, sound or product in the item is none of them."""

PUBLISHED: Final = ("pubdate", "published", "date", "issued", "created", "publicationdate")
UPDATED: Final = ("updated", "modified", "modificationdate")
SUMMARY: Final = ("description", "summary", "encoded", "content")
CHILDREN: Final = 5_000
"""Children of the feed, or of an item, that are looked at."""

ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
MAIL_AND_NAME: Final = re.compile(r"\S+@\S+\s*\((.+)\)")


def parse(
    body: bytes, *, url: str, feed: FeedPointer, now: datetime, content_type: str = "", time_zone: str = ""
) -> Harvest:
    """The entries of a feed, in its order, each address once, at most 1,000.

    ``url`` is where the body came from, after redirects; ``time_zone`` (IANA) is for dates without an offset.
    Entries without an http(s) address are left out: there is nothing to fetch. Raises ExtractError, reason
    ``not-a-feed``, when the body is something else.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        channel = jsonfeeds.channel_of(body, content_type)
        if channel is None:
            raise ExtractError(f"{url}: this is JSON, but not a JSON Feed", reason="not-a-feed")
        records, title = jsonfeeds.records(channel, url), jsonfeeds.title_of(channel)
    else:
        root = xml_root(body, content_type, url=url)
        if root is None or local(root) not in ROOTS:
            raise ExtractError(f"{url}: {_what(root, body, url)}", reason="not-a-feed")
        head = _head(root)
        records, title = _records(root, head), _first(head, "title")
    return harvest(feed, records, now=now, time_zone=time_zone, title=title)


def _what(root: Element | None, body: bytes, url: str) -> str:
    """What the body is instead of a feed, and what to do about it."""
    name = "" if root is None else local(root)
    if not body.strip():
        return "the answer is empty, not a feed"
    if name == "opml":
        return "this is an OPML list of feeds, not a feed; import it with --opml"
    if name in {"urlset", "sitemapindex"}:
        return 'this is a sitemap, not a feed; give it kind = "sitemap"'
    if name == "html" or b"<html" in body[:10_000].lower() or b"<!doctype html" in body[:10_000].lower():
        found = discover.feeds_of(body, url=url)
        hint = f"; it announces {', '.join(pointer.url for pointer in found[:3])}" if found else ""
        return f"this is a web page, not a feed{hint}"
    return "this is not a feed (no RSS, Atom, RDF or JSON Feed in it)"


def _head(root: Element) -> Fields:
    """The fields of the feed itself."""
    channel = next((child for child in root if local(child) == "channel"), root)
    return _fields(channel)


def _records(root: Element, head: Fields) -> Iterator[Record]:
    language = _first(head, "language") or root.get(LANGUAGE, "")
    names = _authors(head) if root.tag.startswith("{") and local(root) == "feed" else ()
    for item in root.iter("{*}item", "{*}entry"):
        yield _record(item, language, names)


def _record(item: Element, language: str, names: tuple[str, ...]) -> Record:
    fields = _fields(item)
    return Record(
        addresses=tuple(_addresses(item, fields)),
        base=item.base or "",
        id=one_line(_raw(fields, "guid") or _raw(fields, "id") or item.get(ABOUT, "")),
        title=_first(fields, "title"),
        summary=_first(fields, *SUMMARY),
        published=_first(fields, *PUBLISHED),
        updated=_first(fields, *UPDATED),
        authors=_authors(fields) or names,
        section=_section(fields),
        language=_first(fields, "language") or item.get(LANGUAGE, "") or language,
    )


def _fields(holder: Element) -> Fields:
    """The direct children that say something about the holder itself, by local name."""
    own = holder.tag.rpartition("}")[0].lstrip("{")
    fields: dict[str, list[Element]] = defaultdict(list)
    for child in islice(holder, CHILDREN):
        if not isinstance(child.tag, str):
            continue
        namespace, _, name = child.tag.rpartition("}")
        prefix, _, bare = name.rpartition(":")  # a prefix that the document forgot to declare
        known = namespace[1:] in ("", own) or NAMESPACES.fullmatch(namespace[1:])
        if known and (not prefix or prefix.lower() in PREFIXES):
            fields[bare.lower()].append(child)
    return fields


def _addresses(item: Element, fields: Fields) -> Iterator[str]:
    """Where the article is, the most trusted first."""
    yield _raw(fields, "origlink")  # FeedBurner's: the link itself leads through a counter
    links = fields.get("link", ())
    yield from (text_of(link) for link in links if not link.get("href"))
    alternates = [link for link in links if link.get("href") and link.get("rel", "alternate") == "alternate"]
    yield from (
        link.get("href") for link in sorted(alternates, key=lambda link: "html" not in link.get("type", "html"))
    )
    guid = next(iter(fields.get("guid", ())), None)
    if guid is None or guid.get("isPermaLink", "true").lower() != "false":
        identity = _raw(fields, "guid") or _raw(fields, "id") or item.get(ABOUT, "")
        yield identity if identity.strip().startswith(("http://", "https://")) else ""


def _raw(fields: Fields, name: str) -> str:
    return next((text for element in fields.get(name, ()) if (text := text_of(element).strip())), "")


def _first(fields: Fields, *names: str) -> str:
    """The first of these fields that says anything, as plain text."""
    return next((text for name in names for element in fields.get(name, ()) if (text := _plain(element))), "")


def _plain(element: Element) -> str:
    """Atom says whether a text is HTML; in RSS every text may be."""
    if element.tag.rpartition("}")[0].lstrip("{") in ATOM and element.get("type", "text") in ("text", "text/plain"):
        return one_line(text_of(element))
    return plain(markup_of(element))


def _authors(fields: Fields) -> tuple[str, ...]:
    people = [*fields.get("author", ()), *fields.get("creator", ())]
    return tuple(dict.fromkeys(filter(None, map(_name, people))))


def _name(person: Element) -> str:
    """A person's name: Atom's ``name``, RSS's "mail (name)"; a bare mail address is not a name."""
    inner = next((child for child in person if local(child) == "name"), None)
    text = plain(markup_of(person if inner is None else inner))
    if named := MAIL_AND_NAME.fullmatch(text):
        return named[1].strip()
    return "" if "@" in text and " " not in text else text


def _section(fields: Fields) -> str:
    """The first category, by its label or term in Atom and by its text elsewhere."""
    for category in (*fields.get("category", ()), *fields.get("subject", ()), *fields.get("section", ())):
        if text := one_line(category.get("label", "") or category.get("term", "")) or _plain(category):
            return text
    return ""
