"""Places: what each article names, and its countries and names as labels in the index of the search."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from limitedtimes.place import Place, Places
from limitedtimes.store import search
from limitedtimes.store.reads import CHUNK
from limitedtimes.store.schema import named_places


def keep(connection: Connection, places: Places) -> bool:
    """Keep them over those that the article had. Whether a reader can see a difference."""
    before = of(connection, [places.article]).get(places.article, [])
    if list(places.found) == before:
        return False
    connection.execute(delete(named_places).where(named_places.c.article == places.article))
    if places.found:
        rows = [_row(places.article, number, place) for number, place in enumerate(places.found)]
        connection.execute(insert(named_places), rows)
    search.relabel(connection, places.article)
    return True


def _row(article: str, number: int, place: Place) -> dict[str, object]:
    return {"article": article, "number": number, "name": place.name, "country": place.country, "times": place.times}


def of(connection: Connection, articles: Sequence[str]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for start in range(0, len(articles), CHUNK):
        query = select(named_places).where(named_places.c.article.in_(articles[start : start + CHUNK]))
        for row in connection.execute(query.order_by(named_places.c.article, named_places.c.number)):
            found.setdefault(row.article, []).append(Place(row.name, row.country, row.times))
    return found
