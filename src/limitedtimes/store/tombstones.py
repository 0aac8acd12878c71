"""What is kept out: the hashes of addresses, sources and hosts that were removed, and the gate that asks for them.

An article's id is the hash of its canonical address, so the id alone tells the article when it comes again, whatever
page it comes from. Other addresses that lead to it are learned as they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import Connection, bindparam, delete, select

from limitedtimes.model import Article, Entry, FeedPointer, Page, article_id
from limitedtimes.protocols import Input, Translated, Value
from limitedtimes.store.schema import addresses, insert_new, pages, tasks, tombstones

RELOOK: Final = "#relook"  # ends the key of a second look at a page
_BARRED: Final = (
    select(tombstones.c.removal).where(tombstones.c.key.in_(bindparam("keys", expanding=True))).order_by("removal")
)


def key_of_source(source: str) -> str:
    return f"source:{source}"


def key_of_host(host: str) -> str:
    return f"host:{host.lower().removeprefix('www.')}"


def barred(connection: Connection, keys: Iterable[str]) -> int | None:
    """The number of the first removal that keeps one of these out."""
    return connection.execute(_BARRED, {"keys": list(keys)}).scalars().first()


def bar(connection: Connection, keys: Iterable[str], removal: int, *, story: str = "") -> None:
    rows = [{"key": key, "removal": removal, "story": story} for key in sorted(set(keys))]
    insert_new(connection, tombstones, rows)


def admits(connection: Connection, value: Input | Value) -> bool:
    """Whether nothing keeps the input of a task, or what a station made of it, out."""
    keys = _keys(value)
    return not keys or barred(connection, keys) is None


def _keys(value: Input | Value) -> list[str]:
    match value:
        case FeedPointer():
            return [key_of_source(value.source), *_of_addresses(value.url)]
        case Entry():
            return [key_of_source(value.source), *_of_addresses(value.url)]
        case Page():
            return [key_of_source(value.source), *_of_addresses(value.url, value.final_url)]
        case Article():
            return [key_of_source(value.source), *_of_addresses(value.url)]
        case Translated():
            return _keys(value.article)
        case _:
            return []


def _of_addresses(*urls: str) -> list[str]:
    return [key for url in urls for key in (article_id(url), *keys_of_host(url))]


def keys_of_host(url: str) -> list[str]:
    """Of an address's host and of all that it is a part of: a source's subdomains are its own."""
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return []
    return [key_of_host(".".join(labels[start:])) for start in range(len(labels) - 1)]


def turn_away(connection: Connection, given: Input, value: Value) -> None:
    """Delete what came of an address that leads to something removed, and know it next time."""
    urls = {one.url for one in (given, value) if isinstance(one, Entry | Page | Article)}
    urls |= {one.final_url for one in (given, value) if isinstance(one, Page)}
    removal = barred(connection, [*_keys(given), *_keys(value)])
    assert removal is not None
    if isinstance(value, Article):
        bar(connection, map(article_id, urls), removal)
    forget(connection, sorted(urls))


def forget(connection: Connection, urls: Sequence[str]) -> None:
    """Delete the pages of these addresses, what is known of them, and the tasks that are about them."""
    keys = [*urls, *(url + RELOOK for url in urls)]
    connection.execute(delete(tasks).where(tasks.c.step.in_(("fetch", "extract")), tasks.c.key.in_(keys)))
    connection.execute(delete(pages).where(pages.c.url.in_(urls)))
    connection.execute(delete(addresses).where(addresses.c.url.in_(urls)))
