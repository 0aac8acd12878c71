"""SQLite's full-text index, FTS5 (https://www.sqlite.org/fts5.html). A row's number is the place of its article.

Two things make it fast where it would read the whole archive. A phrase of common words is looked for by its **pairs**
first: each two words that follow each other are one more label of the article, and most are rare. (Search engines call
them common grams.) And the beginnings of words have indexes of their own.

The texts lie in a table beside the index (an external content table), without the pairs.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Connection, text

from limitedtimes.search import Term
from limitedtimes.store.index import BEGIN, END, Marked, Texts, Want

CUT_BY: Final = "tokenize = 'porter unicode61 remove_diacritics 2'"
"""What makes words of a text. Who changes it must make the whole index anew, by a migration."""
_PIECE: Final = 24  # words of a text that are shown around what fits
_BUCKETS: Final = 1 << 17  # of pairs: one of two hundred articles of 700 words is in each
_ENOUGH: Final = 8  # pairs of a phrase that are looked for: so many are together in hardly any article
_TEXTS: Final = ("headline", "standfirst", "body", "original")

_COLUMNS: Final = "place, labels, headline, standfirst, body, original"
_VALUES: Final = "(:place, :labels, :headline, :standfirst, :body, :original)"
_ROW: Final = _COLUMNS.replace("place", "rowid")
_PUT: Final = text(f"INSERT INTO search ({_ROW}) VALUES {_VALUES}")  # noqa: S608
_DROP: Final = text(
    f"INSERT INTO search (search, {_ROW}) "  # noqa: S608
    "VALUES ('delete', :place, :labels, :headline, :standfirst, :body, :original)"
)
# A dropped row's words are only marked as gone until the segments that have them are merged: 6.8 of the page above.
_MERGE: Final = text("INSERT INTO search (search, rank) VALUES ('merge', :pages)")
_PAGES: Final = 2000  # written in one piece: some tenths of a second
_CHANGES: Final = text("SELECT total_changes()")
_KEEP: Final = text(f"INSERT INTO search_texts ({_COLUMNS}) VALUES {_VALUES}")  # noqa: S608
_KEPT: Final = text(f"SELECT {_COLUMNS} FROM search_texts WHERE place = :place")  # noqa: S608
_FORGET: Final = text("DELETE FROM search_texts WHERE place = :place")
_RANGE: Final = "search MATCH :match AND rowid BETWEEN :first AND :last"
_FIND: Final = text(f"SELECT rowid FROM search WHERE {_RANGE} ORDER BY rowid DESC LIMIT :limit")  # noqa: S608
_SHOW: Final = text(
    f"SELECT rowid AS place, highlight(search, 1, :begin, :end) AS headline, "  # noqa: S608
    f"snippet(search, 2, :begin, :end, '…', {_PIECE}) AS standfirst, "
    f"snippet(search, 3, :begin, :end, '…', {_PIECE}) AS body, "
    f"snippet(search, 4, :begin, :end, '…', {_PIECE}) AS original FROM search WHERE {_RANGE}"
)
_CUT: Final = text(
    "INSERT INTO temp.cut (rowid, headline, standfirst, body, original) "
    "VALUES (1, :headline, :standfirst, :body, :original)"
)
_WORDS: Final = text("SELECT col, offset, term FROM temp.cut_words")
_UNCUT: Final = text("INSERT INTO temp.cut (cut) VALUES ('delete-all')")


def prepare(connection: sqlite3.Connection) -> None:
    """Give a new connection a small index in memory, which cuts texts into words as FTS5 does."""
    connection.execute("PRAGMA temp_store = MEMORY")
    columns = ", ".join(_TEXTS)
    connection.execute(f"CREATE VIRTUAL TABLE temp.cut USING fts5({columns}, {CUT_BY}, content = '', columnsize = 0)")
    connection.execute("CREATE VIRTUAL TABLE temp.cut_words USING fts5vocab(temp, cut, instance)")


class Fts5:
    def put(self, connection: Connection, place: int, texts: Texts) -> None:
        row = {name: getattr(texts, name) for name in _TEXTS}
        _put(connection, row | {"place": place, "labels": " ".join(texts.labels)})

    def label(self, connection: Connection, place: int, labels: Sequence[str]) -> None:
        kept = _kept(connection, place)
        if kept:
            self.drop(connection, place)
            _put(connection, kept | {"labels": " ".join(labels)})

    def drop(self, connection: Connection, place: int) -> None:
        kept = _kept(connection, place)
        if kept:
            # An index without texts must be told what was there.
            connection.execute(_DROP, _indexed(connection, kept))
            connection.execute(_FORGET, {"place": place})

    def tidy(self, connection: Connection, *, begin: bool) -> bool:
        before = connection.execute(_CHANGES).scalar_one()
        # A negative number begins a merge of all segments, however few; positive ones go on with it.
        connection.execute(_MERGE, {"pages": -_PAGES if begin else _PAGES})
        return int(connection.execute(_CHANGES).scalar_one()) - int(before) >= 2

    def find(self, connection: Connection, want: Want, limit: int) -> Sequence[int]:
        wanted = {"match": _match(want, _Pairs(connection)), "first": want.first, "last": want.last, "limit": limit}
        return connection.execute(_FIND, wanted).scalars().all()

    def show(self, connection: Connection, want: Want, places: Sequence[int]) -> Mapping[int, Marked]:
        """``places`` are a stretch of what ``find`` found, so that a range of numbers names them."""
        wanted = {"match": _match(want, _Pairs(connection)), "first": min(places), "last": max(places)}
        rows = connection.execute(_SHOW, wanted | {"begin": BEGIN, "end": END})
        return {row.place: Marked(row.headline, row.standfirst, row.body, row.original) for row in rows}


def _put(connection: Connection, row: dict[str, Any]) -> None:
    connection.execute(_KEEP, row)
    connection.execute(_PUT, _indexed(connection, row))


def _kept(connection: Connection, place: int) -> dict[str, Any] | None:
    row = connection.execute(_KEPT, {"place": place}).one_or_none()
    return dict(row._mapping) if row else None


def _indexed(connection: Connection, row: Mapping[str, Any]) -> dict[str, Any]:
    """An article's row of the index: what is kept of it, with its pairs among the labels."""
    cut = _cut(connection, {name: row[name] for name in _TEXTS})
    pairs = {_pair(*two) for words in cut.values() for two in pairwise(words)}
    return {**row, "labels": " ".join((row["labels"], *sorted(pairs)))}


def _cut(connection: Connection, texts: Mapping[str, str]) -> dict[str, list[str]]:
    """The words that FTS5 makes of each text, in their order."""
    connection.execute(_CUT, {name: texts.get(name, "") for name in _TEXTS})
    words: dict[str, list[str]] = defaultdict(list)
    for name, _, word in sorted(map(tuple, connection.execute(_WORDS))):
        words[name].append(word)
    connection.execute(_UNCUT)
    return words


def _pair(first: str, second: str) -> str:
    """One word that no text has, and that no stemmer changes, for two that follow each other."""
    digest = hashlib.blake2b(f"{first} {second}".encode(errors="replace"), digest_size=8).digest()
    return f"zp{int.from_bytes(digest) % _BUCKETS:x}0"


class _Pairs:
    """The pairs that an article with a phrase must have."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, term: Term) -> list[str]:
        if term.text.isalnum():
            return []
        words = _cut(self._connection, {"body": term.text}).get("body", [])
        return [_pair(*two) for two in pairwise(words[:-1] if term.beginning else words)][:_ENOUGH]


def _match(want: Want, pairs: _Pairs) -> str:
    """``(("vote" OR "poll") AND (labels : "zall0")) NOT "cup"``"""
    words = [_any(_term(term, pairs) for term in group) for group in want.words]
    labels = [_any(map(_label, group)) for group in want.labels]
    joined = (" OR " if want.loose else " AND ").join([*words, *labels])
    return " NOT ".join([f"({joined})", *(_term(term, pairs) for term in want.without)])


def _label(label: str) -> str:
    return f'labels : "{label}"'


def _any(alternatives: Iterable[str]) -> str:
    return f"({' OR '.join(alternatives)})"


def _term(term: Term, pairs: _Pairs) -> str:
    """``"vote"``, ``{body …} : "vot" *``, ``(labels : "zp1f0" AND "to vote")``"""
    quoted = '"' + term.text.replace('"', '""') + '"'
    if term.beginning:
        quoted = f"{{{' '.join(_TEXTS)}}} : {quoted} *"  # labels have beginnings too
    needed = pairs.of(term)
    return f"({' AND '.join([*map(_label, needed), quoted])})" if needed else quoted
