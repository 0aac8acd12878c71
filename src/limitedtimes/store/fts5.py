"""SQLite's full-text index, FTS5 (https://www.sqlite.org/fts5.html). A row's number is the place of its article.

Two things make it fast where it would read the whole archive. A phrase of common words is looked for by its **runs**
first: each two and each three words that follow each other are one more label of the article, and most are rare.
(Search engines call them common grams.) And the beginnings of words have indexes of their own.

The texts lie in a table beside the index (an external content table), without the runs.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from zlib import crc32

from sqlalchemy import Connection, text

from limitedtimes.search import Term
from limitedtimes.store.index import BEGIN, END, Marked, Places, Texts, Want
from limitedtimes.store.pieces import better, enough, piece

CUT_BY: Final = "tokenize = 'porter unicode61 remove_diacritics 2'"
"""What makes words of a text. Who changes it must make the whole index anew, by a migration."""
_BUCKETS: Final = 1 << 19  # of runs: one of four hundred articles of 700 words is in each
_RUN: Final = 3  # words of the longest
_ENOUGH: Final = 8  # runs of a phrase that are looked for: so many are together in hardly any article
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
_TEXT: Final = "highlight(search, %d, :begin, :end)"
# Most of the work is to cut texts into words again: it is done only for the rows that are shown, and only up to the
# first text that fits. (snippet() would do it three times.)
_SHOWN: Final = (
    f"json_array({_TEXT % 1}, coalesce('e' || enough({_TEXT % 2}, :enough), 'e' || better({_TEXT % 2}, {_TEXT % 3}), "
    f"CASE WHEN instr({_TEXT % 1}, :begin) = 0 THEN 'o' || enough({_TEXT % 4}, 1) END))"
)
_FROM: Final = (
    "FROM search WHERE search MATCH :match AND rowid BETWEEN :first AND :last ORDER BY rowid DESC LIMIT :limit"
)
_FIND: Final = text(f"SELECT rowid, CASE WHEN shown() THEN {_SHOWN} END {_FROM}")
_FIND_WITHOUT_WORDS: Final = text(f"SELECT rowid, CASE WHEN shown() THEN json_array(headline, NULL) END {_FROM}")
_CUT: Final = text(
    "INSERT INTO temp.cut (rowid, headline, standfirst, body, original) "
    "VALUES (1, :headline, :standfirst, :body, :original)"
)
_WORDS: Final = text("SELECT col, offset, term FROM temp.cut_words")
_UNCUT: Final = text("INSERT INTO temp.cut (cut) VALUES ('delete-all')")


class _Window:
    """The SQL function ``shown()``: whether the row at hand, by its number in the answer, is to be shown."""

    def __init__(self) -> None:
        self.open(range(0))

    def open(self, rows: range) -> None:
        self._rows, self._number = rows, -1

    def __call__(self) -> bool:
        self._number += 1
        return self._number in self._rows


def prepare(connection: sqlite3.Connection, info: dict[Any, Any]) -> None:
    """Give a new connection a small index in memory, which cuts texts into words as FTS5 does, and the functions of
    ``find``. ``info`` is kept with it."""
    info[_Window] = window = _Window()
    connection.create_function("shown", 0, window)
    connection.create_function("enough", 2, enough, deterministic=True)
    connection.create_function("better", 2, better, deterministic=True)
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

    def find(self, connection: Connection, want: Want, limit: int, *, show: range = range(0)) -> Places:
        wanted = {"match": _match(want, _Runs(connection)), "first": want.first, "last": want.last, "limit": limit}
        connection.info[_Window].open(show)
        marks = {"begin": BEGIN, "end": END, "enough": 1 if want.loose else max(len(want.words), 1)}
        rows = connection.execute(_FIND if want.words else _FIND_WITHOUT_WORDS, wanted | marks).all()
        marked = {place: _marked(*json.loads(shown)) for place, shown in rows[show.start : show.stop]}
        return Places(len(rows), marked)


def _marked(headline: str, text: str | None) -> Marked:
    """``text``: "e" and English, or "o" and original."""
    if not text:
        return Marked(headline)
    shown = piece(text[1:])
    return Marked(headline, english=shown) if text[0] == "e" else Marked(headline, original=shown)


def _put(connection: Connection, row: dict[str, Any]) -> None:
    connection.execute(_KEEP, row)
    connection.execute(_PUT, _indexed(connection, row))


def _kept(connection: Connection, place: int) -> dict[str, Any] | None:
    row = connection.execute(_KEPT, {"place": place}).one_or_none()
    return dict(row._mapping) if row else None


def _indexed(connection: Connection, row: Mapping[str, Any]) -> dict[str, Any]:
    """An article's row of the index: what is kept of it, with its runs among the labels."""
    cut = _cut(connection, {name: row[name] for name in _TEXTS})
    runs = {run for words in cut.values() for length in range(2, _RUN + 1) for run in _runs(words, length)}
    return {**row, "labels": " ".join((row["labels"], *sorted(runs)))}


def _cut(connection: Connection, texts: Mapping[str, str]) -> dict[str, list[str]]:
    """The words that FTS5 makes of each text, in their order."""
    connection.execute(_CUT, {name: texts.get(name, "") for name in _TEXTS})
    words: dict[str, list[str]] = defaultdict(list)
    for name, _, word in sorted(map(tuple, connection.execute(_WORDS))):
        words[name].append(word)
    connection.execute(_UNCUT)
    return words


def _runs(words: Sequence[str], length: int) -> list[str]:
    """For each so many words that follow each other one that no text has, and that no stemmer changes."""
    runs = (" ".join(words[start : start + length]) for start in range(len(words) - length + 1))
    return [f"zp{crc32(run.encode(errors='replace')) % _BUCKETS:x}0" for run in runs]


class _Runs:
    """The runs that an article with a phrase must have."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, term: Term) -> list[str]:
        """As the index is asked for them; none for a word."""
        if term.text.isalnum():
            return []
        words = _cut(self._connection, {"body": term.text}).get("body", [])
        whole = words[:-1] if term.beginning else words
        return [*map(_label, _runs(whole, min(len(whole), _RUN))[:_ENOUGH])] if len(whole) > 1 else []


def _match(want: Want, runs: _Runs) -> str:
    """``(("vote" OR "poll") AND (labels : "zall0")) NOT "cup"``"""
    labels = [_any(map(_label, group)) for group in want.labels]
    if want.loose:
        found = " OR ".join([*(_any(_term(term, runs) for term in group) for group in want.words), *labels])
    else:
        found = _all(want.words, labels, runs)
    return " NOT ".join([f"({found})", *(_term(term, runs) for term in want.without)])


def _all(groups: Iterable[Sequence[Term]], labels: Sequence[str], runs: _Runs) -> str:
    """One term of each group, and the labels."""
    words, phrases = list(labels), []
    for group in groups:
        needed = [runs.of(term) for term in group]
        if len(group) == 1 and needed[0]:
            words += needed[0]
            phrases.append(_quoted(group[0]))
        else:
            (phrases if any(needed) else words).append(_any(_term(term, runs) for term in group))
    return _first(words, phrases)


def _first(words: Sequence[str], phrases: Sequence[str]) -> str:
    """All of it. FTS5 would make one AND of everything, and read the words of a phrase wherever two others differ; what
    has a NOT stands for itself. Nothing has the label ``znone0``."""
    if not words or not phrases:
        return " AND ".join([*words, *phrases])
    return " AND ".join([f"(({' AND '.join(words)}) NOT {_label('znone0')})", *phrases])


def _label(label: str) -> str:
    return f'labels : "{label}"'


def _any(alternatives: Iterable[str]) -> str:
    return f"({' OR '.join(alternatives)})"


def _quoted(term: Term) -> str:
    """``"vote"``, ``{body …} : "vot" *``"""
    quoted = '"' + term.text.replace('"', '""') + '"'
    return f"{{{' '.join(_TEXTS)}}} : {quoted} *" if term.beginning else quoted  # labels have beginnings too


def _term(term: Term, runs: _Runs) -> str:
    """``(((labels : "zp1f0") NOT labels : "znone0") AND "to vote")``"""
    needed = runs.of(term)
    return f"({_first(needed, [_quoted(term)])})" if needed else _quoted(term)
