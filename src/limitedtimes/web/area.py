"""A reader's own choice of the news as a page and as feeds. The server keeps nothing of it: the address is all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from limitedtimes.edition import area, choose, render
from limitedtimes.edition.area import Area, Asked
from limitedtimes.edition.rights import shown_hit
from limitedtimes.search import Found
from limitedtimes.web.finding import NONE
from limitedtimes.web.pages import BadRequest, Desk, feed_of, page_number
from limitedtimes.web.shelf import Answer, answer

_PATH: Final = "/my"


def page(desk: Desk, asked: Asked) -> Answer:
    """``/my?country=es&topic=bridges``: never an error for what stands in the address."""
    sources = desk.catalogue
    chosen = area.read(asked, sources)
    number, hints = _number(asked)
    found, reasons = _found(desk, chosen.area, size=desk.settings.page_size, number=number)
    pager = choose.pager(found.total, desk.settings.page_size, number)
    if pager is None:
        hints = (f"There is no page {number}; this is the first.",)
        found, reasons = _found(desk, chosen.area, size=desk.settings.page_size, number=1)
        pager = choose.Pager(1, -(-found.total // desk.settings.page_size), found.total)
    query = chosen.area.query
    path = f"{_PATH}?{query}" if query else _PATH
    frame = desk.frame(path if pager.page == 1 else f"{path}&page={pager.page}", feed=f"{_PATH}/feed" if query else "")
    frame = replace(frame, feed_query=f"?{query}" if query else "")
    listed = render.MyArea(
        chosen.area, area.names(chosen.area, sources), (*chosen.hints, *hints), found, reasons, pager, sources
    )
    return answer(render.my_area(frame, listed))


def feed(desk: Desk, asked: Asked, suffix: str) -> Answer:
    """The latest of the same choice."""
    sources = desk.catalogue
    chosen = area.read(asked, sources).area
    found, _ = _found(desk, chosen, size=desk.settings.feed_size, number=1)
    teasers = [hit.teaser for hit in found.hits]
    title = f"{desk.settings.title}: {', '.join(area.names(chosen, sources)) or 'My area'}"
    return feed_of(desk, suffix, title, _PATH, teasers, query=f"?{chosen.query}" if chosen.query else "")


def _number(asked: Asked) -> tuple[int, tuple[str, ...]]:
    given = asked.get("page", ("",))[-1]
    try:
        return page_number(given), ()
    except BadRequest as error:
        return 1, (f"{error} This is the first.",)


def _found(desk: Desk, chosen: Area, *, size: int, number: int) -> tuple[Found, Sequence[Sequence[str]]]:
    """What fits, and for each article why."""
    wanted = area.search(chosen)
    if wanted is None:
        return NONE, ()
    found = desk.store.search(wanted, now=desk.now, limit=size, offset=(number - 1) * size)
    places = desk.store.places([hit.teaser.id for hit in found.hits])
    reasons = [area.reasons(hit, places.get(hit.teaser.id, ()), chosen) for hit in found.hits]
    return replace(found, hits=tuple(shown_hit(hit, desk.settings.audience) for hit in found.hits)), reasons
