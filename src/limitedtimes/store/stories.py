"""Stories: the sketches of articles, an inverted index of their terms by day, and how many articles have each term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    CTE,
    BigInteger,
    Connection,
    Float,
    Select,
    bindparam,
    column,
    delete,
    func,
    insert,
    select,
    update,
    values,
)

from limitedtimes.model import Teaser
from limitedtimes.store.changes import with_its_story
from limitedtimes.store.reads import CHUNK, teasers_of
from limitedtimes.store.schema import add_up, postings, sketches, term_counts, tombstones, upsert
from limitedtimes.story import Grouping, Kin, Story, TermCounts

ALL: Final = -1
"""Stands in the place of a term for the number of all articles that were counted; a real one is never negative."""


def keep(connection: Connection, grouping: Grouping) -> set[str]:
    """Put an article, and all of the absorbed stories, into its story. The articles whose pages say otherwise now."""
    grouping = _standing(connection, grouping)
    sketch = grouping.sketch
    before = connection.execute(
        select(sketches.c.story, sketches.c.at, sketches.c.terms).where(sketches.c.article == sketch.article)
    ).one_or_none()
    if before is None:
        add_up(connection, term_counts, [{"term": term, "articles": 1} for term in (ALL, *sorted(sketch.counted))])
    else:
        old = [term for term, _ in before.terms]
        gone = postings.c.term.in_(old), postings.c.day == _day(before.at), postings.c.article == sketch.article
        connection.execute(delete(postings).where(*gone))
    upsert(connection, sketches, _row(grouping))
    place = {"day": _day(sketch.at), "article": sketch.article}
    rows = [place | {"term": term, "weight": weight} for term, weight in sketch.terms.items()]
    if rows:
        connection.execute(insert(postings), rows)
    moved = update(sketches).where(sketches.c.story.in_(grouping.absorbed)).values(story=grouping.story)
    merged = connection.execute(moved).rowcount if grouping.absorbed else 0
    if not merged and grouping.story == (before.story if before else sketch.article):
        return set()
    return with_its_story(connection, sketch.article)


def _standing(connection: Connection, grouping: Grouping) -> Grouping:
    """A story may have been left without articles since the article was compared with them."""
    there = select(sketches.c.article).where(sketches.c.story == grouping.story).limit(1)
    if grouping.story == grouping.sketch.article or connection.execute(there).first():
        return grouping
    return replace(grouping, story=_story_of(connection, grouping.story) or grouping.sketch.article)


def leave(connection: Connection, article: str) -> str:
    """Take an article out of its story and out of the archive. Returns an article that stays in the story, or "".

    A story that had its id gets that of the first of the others. The document frequencies keep counting it: they are
    numbers of hashes, of which no word can be told.
    """
    row = connection.execute(select(sketches).where(sketches.c.article == article)).one_or_none()
    if row is None:
        return ""
    for term, _ in row.terms:
        mine = postings.c.term == term, postings.c.day == _day(row.at), postings.c.article == article
        connection.execute(delete(postings).where(*mine))
    connection.execute(delete(sketches).where(sketches.c.article == article))
    others = select(sketches.c.article).where(sketches.c.story == row.story)
    first = connection.execute(others.order_by(sketches.c.at, sketches.c.article).limit(1)).scalar()
    if first and row.story == article:
        connection.execute(update(sketches).where(sketches.c.story == article).values(story=first))
    return first or ""


def _story_of(connection: Connection, article: str) -> str | None:
    """The id of the story that an article is in, or that a removed one was in with others."""
    of = select(sketches.c.story).where(sketches.c.article == article)
    if (row := connection.execute(of).one_or_none()) is not None:
        return str(row.story)
    other = connection.execute(select(tombstones.c.story).where(tombstones.c.key == article)).scalar()
    return _story_of(connection, other) if other else None


def _row(grouping: Grouping) -> dict[str, Any]:
    sketch = grouping.sketch
    terms = [[term, weight] for term, weight in sketch.terms.items()]
    return {"article": sketch.article, "story": grouping.story, "at": sketch.at, "terms": terms}


def _day(at: datetime) -> int:
    return at.astimezone(UTC).toordinal()


def counts(connection: Connection, terms: Sequence[int]) -> TermCounts:
    asked = [ALL, *terms]
    found: dict[int, int] = {}
    for start in range(0, len(asked), CHUNK):
        query = select(term_counts).where(term_counts.c.term.in_(asked[start : start + CHUNK]))
        found |= {row.term: row.articles for row in connection.execute(query)}
    return TermCounts(found.pop(ALL, 0), found)


def kin(
    connection: Connection, terms: Mapping[int, float], *, since: datetime, until: datetime, limit: int
) -> list[Kin]:
    if not terms:
        return []
    nearest = _nearest(terms, since, until).limit(limit).subquery()
    query = (
        select(nearest, sketches.c.story, sketches.c.at)
        .join(sketches, sketches.c.article == nearest.c.article)
        .order_by(nearest.c.likeness.desc(), nearest.c.article)
    )
    return [Kin(row.article, row.story, row.at, row.likeness, row.shared) for row in connection.execute(query)]


def _nearest(terms: Mapping[int, float], since: datetime, until: datetime) -> Select[Any]:
    """Articles by the sum of products over the terms that they share: the cosine, for sketches of length 1."""
    asked = _asked(terms)
    likeness, shared = func.sum(postings.c.weight * asked.c.weight), func.count()
    return (
        select(postings.c.article, likeness.label("likeness"), shared.label("shared"))
        .join(asked, asked.c.term == postings.c.term)
        .where(postings.c.day.between(_day(since), _day(until)))
        .group_by(postings.c.article)
        .order_by(likeness.desc(), postings.c.article)
    )


def _asked(terms: Mapping[int, float]) -> CTE:
    table = values(column("term", BigInteger), column("weight", Float), name="asked")
    return table.data(list(terms.items())).cte("asked")


def company(connection: Connection, article: str) -> str:
    mine = select(sketches.c.story).where(sketches.c.article == article).scalar_subquery()
    query = select(sketches.c.story).where(sketches.c.story == mine).limit(2)
    found = connection.execute(query).scalars().all()
    return found[0] if len(found) > 1 else ""


def story(connection: Connection, article: str) -> Story | None:
    id_ = _story_of(connection, article)
    if id_ is None:
        return None
    members = connection.execute(select(sketches.c.article).where(sketches.c.story == id_)).scalars().all()
    return Story(id_, tuple(teasers_of(connection, members)))


def related(connection: Connection, article: str, *, since: datetime, until: datetime, limit: int) -> list[Teaser]:
    row = connection.execute(_SKETCH, {"article": article}).one_or_none()
    if row is None or not row.terms:
        return []
    wanted = {
        "article": article,
        "day": _day(row.at),
        "terms": [term for term, _ in row.terms],
        "since": _day(since),
        "until": _day(until),
        "story": row.story,
        "limit": limit,
    }
    ids = connection.execute(_related(), wanted).scalars().all()
    found = {teaser.id: teaser for teaser in teasers_of(connection, ids)}
    return [found[id_] for id_ in ids if id_ in found]


_SKETCH: Final = select(sketches).where(sketches.c.article == bindparam("article"))


@cache
def _related() -> Select[Any]:
    """As ``_nearest``, but the terms are those that the article has in the index itself: their number changes nothing
    in the statement, so that it is put together once. SQLAlchemy takes longer for that than SQLite for the answer."""
    mine = postings.alias("mine")
    likeness = func.sum(postings.c.weight * mine.c.weight)
    nearest = (
        select(postings.c.article, likeness.label("likeness"), func.count().label("shared"))
        .join(mine, mine.c.term == postings.c.term)
        .where(mine.c.term.in_(bindparam("terms", expanding=True)))
        .where(mine.c.day == bindparam("day"), mine.c.article == bindparam("article"))
        .where(postings.c.day.between(bindparam("since"), bindparam("until")))
        .group_by(postings.c.article)
        .subquery()
    )
    return (
        select(nearest.c.article)
        .join(sketches, sketches.c.article == nearest.c.article)
        .where(sketches.c.story != bindparam("story"), nearest.c.shared > 1)
        .order_by(nearest.c.likeness.desc(), nearest.c.article)
        .limit(bindparam("limit"))
    )
