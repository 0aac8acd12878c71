"""SQLite's full-text index, FTS5 (https://www.sqlite.org/fts5.html). A row's number is the place of its article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, text

from limitedtimes.search import Term
from limitedtimes.store.index import BEGIN, END, Marked, Texts, Want

_PIECE: Final = 24  # words of a text that are shown around what fits
_PUT: Final = text(
    "INSERT INTO search (rowid, headline, standfirst, body, original, labels) "
    "VALUES (:place, :headline, :standfirst, :body, :original, :labels)"
)
_LABEL: Final = text("UPDATE search SET labels = :labels WHERE rowid = :place")
_DROP: Final = text("DELETE FROM search WHERE rowid = :place")
_RANGE: Final = "search MATCH :match AND rowid BETWEEN :first AND :last"
_FIND: Final = text(f"SELECT rowid FROM search WHERE {_RANGE} ORDER BY rowid DESC LIMIT :limit")  # noqa: S608
_SHOW: Final = text(
    f"SELECT rowid AS place, highlight(search, 0, :begin, :end) AS headline, "  # noqa: S608
    f"snippet(search, 1, :begin, :end, '…', {_PIECE}) AS standfirst, "
    f"snippet(search, 2, :begin, :end, '…', {_PIECE}) AS body, "
    f"snippet(search, 3, :begin, :end, '…', {_PIECE}) AS original FROM search WHERE {_RANGE}"
)


class Fts5:
    def put(self, connection: Connection, place: int, texts: Texts) -> None:
        row = {name: getattr(texts, name) for name in ("headline", "standfirst", "body", "original")}
        connection.execute(_PUT, row | {"place": place, "labels": " ".join(texts.labels)})

    def label(self, connection: Connection, place: int, labels: Sequence[str]) -> None:
        connection.execute(_LABEL, {"place": place, "labels": " ".join(labels)})

    def drop(self, connection: Connection, place: int) -> None:
        connection.execute(_DROP, {"place": place})

    def find(self, connection: Connection, want: Want, limit: int) -> Sequence[int]:
        wanted = {"match": _match(want), "first": want.first, "last": want.last, "limit": limit}
        return connection.execute(_FIND, wanted).scalars().all()

    def show(self, connection: Connection, want: Want, places: Sequence[int]) -> Mapping[int, Marked]:
        """``places`` are a stretch of what ``find`` found, so that a range of numbers names them."""
        wanted = {"match": _match(want), "first": min(places), "last": max(places), "begin": BEGIN, "end": END}
        rows = connection.execute(_SHOW, wanted)
        return {row.place: Marked(row.headline, row.standfirst, row.body, row.original) for row in rows}


def _match(want: Want) -> str:
    """``(("vote" OR "poll") AND (labels : "zall0")) NOT "cup"``"""
    words = [_any(map(_term, group)) for group in want.words]
    labels = [_any(f'labels : "{label}"' for label in group) for group in want.labels]
    joined = (" OR " if want.loose else " AND ").join([*words, *labels])
    return " NOT ".join([f"({joined})", *map(_term, want.without)])


def _any(alternatives: Iterable[str]) -> str:
    return f"({' OR '.join(alternatives)})"


def _term(term: Term) -> str:
    quoted = '"' + term.text.replace('"', '""') + '"'
    return quoted + " *" if term.beginning else quoted
