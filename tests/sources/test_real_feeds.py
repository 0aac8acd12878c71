"""The shared folder's real feeds, against a simple independent look at the same bytes.

The look counts with the standard library's own XML and JSON readers, knows no broken files and no namespaces, and so
has nothing in common with the code under test.
"""

from __future__ import annotations

import html
import json
import re
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from limitedtimes.errors import ExtractError
from limitedtimes.model import FeedPointer, Harvest
from limitedtimes.sources import feeds, feeds_of, opml

pytestmark = pytest.mark.shared

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def files(shared: Path) -> dict[str, bytes]:
    found = {}
    with tarfile.open(shared / "feeds.tar.xz") as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member)
            if file and "LICENSE" not in member.name:
                found[Path(member.name).name] = file.read()
    assert len(found) == 53
    return found


def harvest_of(name: str, body: bytes) -> Harvest:
    url = f"https://feed.example/{name}"
    return feeds.parse(body, url=url, feed=FeedPointer(url, "x.feed"), now=NOW)


def kind(name: str, body: bytes) -> str:
    if name.endswith((".html", ".opml")):
        return name.rpartition(".")[2]
    return "json" if body.lstrip()[:1] == b"{" else "xml"


def bare(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def items_of(body: bytes) -> list[dict[str, list[ElementTree.Element]]]:
    """The children of every item and entry, by bare name."""
    declared = re.match(rb"[^>]*encoding=[\"']([\w-]+)", body)
    text = body.decode("gb18030" if declared and declared[1].lower() == b"gb2312" else "utf-8-sig")
    root = ElementTree.fromstring(re.sub(r"^\s*<\?[^>]*\?>", "", text).strip())
    found = []
    for element in root.iter():
        if bare(element) in ("item", "entry"):
            children: dict[str, list[ElementTree.Element]] = {}
            for child in element:
                children.setdefault(bare(child), []).append(child)
            found.append(children)
    return found


def addresses(item: dict[str, list[ElementTree.Element]]) -> set[str]:
    links = [*item.get("origlink", []), *item.get("link", []), *item.get("guid", [])]
    found = {(link.get("href") or link.text or "").strip() for link in links} - {""}
    return found or {(identity.text or "").strip() for identity in item.get("id", [])}


def says(item: dict[str, list[ElementTree.Element]], *names: str) -> bool:
    return any("".join(element.itertext()).strip() for name in names for element in item.get(name, []))


def feeds_in(files: dict[str, bytes], wanted: str) -> Iterator[tuple[str, bytes]]:
    yield from ((name, body) for name, body in sorted(files.items()) if kind(name, body) == wanted)


def test_every_xml_feed_gives_each_address_once_with_all_titles_ids_and_dates(files: dict[str, bytes]) -> None:
    checked = 0
    for name, body in feeds_in(files, "xml"):
        items, harvest = items_of(body), harvest_of(name, body)
        entries = {entry.url: entry for entry in harvest.entries}
        assert len(entries) == len(harvest.entries), name
        first: dict[str, dict[str, list[ElementTree.Element]]] = {}
        for item in items:
            written = [address.lstrip("./") for address in addresses(item)]
            match = next(
                (url for url in entries if any(url.rstrip("/").endswith(a.rstrip("/")) for a in written)), None
            )
            assert match, f"{name}: no entry for {addresses(item)}"
            first.setdefault(match, item)
        assert set(first) == set(entries), name
        for url, item in first.items():
            entry = entries[url]
            assert bool(entry.title) == says(item, "title"), f"{name}: {url}: title"
            assert bool(entry.published) == says(item, "pubdate", "published", "date"), f"{name}: {url}: published"
            assert bool(entry.updated) == says(item, "updated"), f"{name}: {url}: updated"
            assert bool(entry.id) >= says(item, "guid", "id"), f"{name}: {url}: id"
            checked += 1
    assert checked > 700


def json_items(body: bytes) -> list[dict[str, Any]]:
    document = json.loads(body, strict=False)
    channel = document.get("rss", {}).get("channel", document)
    items: list[dict[str, Any]] = channel.get("items", channel.get("item"))
    return items


def test_every_json_feed_gives_each_address_once_with_all_titles_ids_and_dates(files: dict[str, bytes]) -> None:
    for name, body in feeds_in(files, "json"):
        harvest = harvest_of(name, body)
        if name == "allthis-partial.json":  # the first kilobytes of a feed: its whole items are read
            assert len(harvest.entries) == body.count(b'"title"') - 2  # the feed's title and the broken item's
            continue
        items = {item.get("url") or item.get("link"): item for item in reversed(json_items(body))}
        items.pop(None, None)
        assert sorted(entry.url for entry in harvest.entries) == sorted(items), name
        for entry in harvest.entries:
            item = items[entry.url]
            assert bool(entry.title) == bool((item.get("title") or "").strip()), f"{name}: {entry.url}"
            assert bool(entry.id) == bool(item.get("id") or item.get("guid")), f"{name}: {entry.url}"
            assert bool(entry.published) == bool(item.get("date_published") or item.get("pubDate")), name


def test_titles_are_text_not_markup(files: dict[str, bytes]) -> None:
    for name, body in feeds_in(files, "xml"):
        for entry in harvest_of(name, body).entries:
            assert not re.search(r"</?(a|b|i|em|strong|p|span|br|img|div)\b|&(amp|lt|gt|#\d+);", entry.title), name
            assert not re.search(r"</?(p|img|div|span|blockquote)\b[^<]*>", entry.summary), name


def test_web_pages_are_refused_as_feeds_and_their_feeds_are_found(files: dict[str, bytes]) -> None:
    for name, body in feeds_in(files, "html"):
        url = f"https://page.example/{name}"
        with pytest.raises(ExtractError, match="web page, not a feed"):
            harvest_of(name, body)
        found = feeds_of(body, url=url)
        announced = re.findall(rb"<link[^>]*application/(?:rss|atom)\+xml[^>]*>", body)
        assert len(found) == len({re.search(rb"href=[\"']?([^\"' >]+)", link)[1] for link in announced}), name  # type: ignore[index]
        assert all(pointer.url.startswith("http") for pointer in found)


def test_lists_of_feeds_are_read_whole_and_refused_as_feeds(files: dict[str, bytes]) -> None:
    for name, body in feeds_in(files, "opml"):
        with pytest.raises(ExtractError, match="OPML"):
            harvest_of(name, body)
        outlines = opml.read(body)
        announced = {html.unescape(url).rstrip("/") for url in re.findall(r'xmlUrl="([^"]+)"', body.decode())}
        assert {outline.url.rstrip("/") for outline in outlines} == announced
        assert all(outline.title and not outline.title.startswith("http") for outline in outlines)
