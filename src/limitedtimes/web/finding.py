"""Pages that are made of what a search finds: the search itself, and all that one country, language or topic has."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final
from urllib.parse import quote

from limitedtimes.edition import choose, query, render
from limitedtimes.edition.names import COUNTRIES, country_name
from limitedtimes.edition.rights import shown_hit
from limitedtimes.languages import LANGUAGES, language_name
from limitedtimes.model import Teaser
from limitedtimes.search import Found, Search, Term
from limitedtimes.web.pages import Desk, NotFound, feed_of, listed, page_number
from limitedtimes.web.shelf import Answer, answer

_TOPIC: Final = re.compile(r"[^\W_]+(?:-[^\W_]+){0,7}")
_LONGEST: Final = 80  # characters of a topic
NONE: Final = Found((), 0, False)


def search(desk: Desk, text: str, page: str) -> Answer:
    """``/search?q=…``: never an error for what was typed. Where pages are files, one that looks through the titles."""
    if desk.settings.static:
        return answer(render.search_titles(desk.frame("/search")))
    asked = query.query(text, desk.catalogue)
    number, size = page_number(page), desk.settings.page_size
    found = _found(desk, asked.search, number, size) if asked.search else NONE
    pager = choose.pager(found.total, size, number)
    if pager is None:
        raise NotFound("The list has no page of that number.")
    path = _address("/search", asked.text)
    frame = desk.frame(path if number == 1 else f"{path}&page={number}")
    return answer(render.search(frame, asked, found, pager))


def _found(desk: Desk, wanted: Search, number: int, size: int) -> Found:
    found = desk.store.search(wanted, now=desk.now, limit=size, offset=(number - 1) * size)
    return replace(found, hits=tuple(shown_hit(hit, desk.settings.audience) for hit in found.hits))


def _chosen(kind: str, value: str) -> tuple[str, Search]:
    """Title and search of a country, a language or a topic. Raises NotFound."""
    if kind == "country" and value in COUNTRIES:
        return country_name(value), Search(countries=(value,))
    if kind == "language" and value in LANGUAGES:
        return f"From {language_name(value)}", Search(languages=(value,))
    if kind == "topic" and _TOPIC.fullmatch(value) and len(value) <= _LONGEST:
        words = value.replace("-", " ")
        return words[0].upper() + words[1:], Search(words=((Term(words),),))
    raise NotFound(f"There is no {kind} of that name here.")


def chosen(desk: Desk, kind: str, value: str, page: str) -> Answer:
    """``/country/de``, ``/language/fr``, ``/topic/climate-change``"""
    title, wanted = _chosen(kind, value)
    number, size = page_number(page), desk.settings.page_size
    found = _found(desk, wanted, number, size)
    pager = choose.pager(found.total, size, number)
    if pager is None:
        raise NotFound("The list has no page of that number.")
    more = "These are the latest; the archive has more" if found.more else ""
    listing = render.Listing(title, [hit.teaser for hit in found.hits], pager, more)
    path = f"/{kind}/{value}"
    return listed(desk, path, listing, feed=f"{path}/feed")


def feed(desk: Desk, kind: str, value: str, suffix: str) -> Answer:
    """The latest of a country, a language or a topic."""
    title, wanted = _chosen(kind, value)
    return feed_of(desk, suffix, f"{desk.settings.title}: {title}", f"/{kind}/{value}", _latest(desk, wanted))


def search_feed(desk: Desk, text: str, suffix: str) -> Answer:
    """``/search/feed.rss?q=…``: the latest that a search finds; of nothing asked, an empty feed."""
    asked = query.query(text, desk.catalogue)
    title = f"{desk.settings.title}: Search{f': {asked.text}' if asked.text else ''}"
    found = _latest(desk, asked.search) if asked.search else []
    return feed_of(desk, suffix, title, "/search", found, query=_address("", asked.text))


def _latest(desk: Desk, wanted: Search) -> list[Teaser]:
    """As many as a feed has."""
    return [hit.teaser for hit in _found(desk, wanted, 1, desk.settings.feed_size).hits]


def _address(path: str, text: str) -> str:
    return f"{path}?q={quote(text, safe='', errors='replace')}" if text else path
