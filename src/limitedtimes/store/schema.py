"""The tables. What a noun holds lies packed in a ``content`` column; beside it stands only what is searched or sorted.

A change here needs a migration in ``migrations/versions``; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql, sqlite

QUEUED, CLAIMED, DONE, PARKED = "queued", "claimed", "done", "parked"
"""States of a task."""


class Instant(TypeDecorator[datetime]):
    """An aware time, kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Words(TypeDecorator[str]):
    """Text from the web: what no database takes (NUL, lone surrogates) becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        if value is None or value.isascii():
            return value.replace("\0", "\ufffd") if value else value
        return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

tasks: Final = Table(
    "tasks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("step", Text, nullable=False),
    Column("key", Words, nullable=False),
    Column("lane", Words, nullable=False),
    Column("state", Text, nullable=False),
    Column("due", Instant, nullable=False),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False),
    Column("claim", Integer, nullable=False),  # goes up with every claim, release and finish: who holds the task
    Column("again", Boolean, nullable=False),  # a changed input came while the task was claimed
    Column("digests", Text, nullable=False),  # of the inputs it has had, the latest last
    Column("input", LargeBinary, nullable=False),
    Column("article", Text),  # the article that the input is about, once there is one
    Column("since", Instant, nullable=False),  # when it came into its state
    Column("reason", Text, nullable=False, default=""),
    Column("message", Words, nullable=False, default=""),
    Column("detail", Words, nullable=False, default=""),
    UniqueConstraint("step", "key"),
    Index("ix_tasks_claim", "step", "state", "lane", "due"),
    Index("ix_tasks_due", "state", "due"),
    Index("ix_tasks_article", "article"),
)

addresses: Final = Table(
    "addresses",
    metadata,
    Column("url", Words, primary_key=True),  # of a feed or page, as asked for
    Column("etag", Words, nullable=False),
    Column("last_modified", Words, nullable=False),
    Column("looked_at", Instant, nullable=False),
    Column("title", Words, nullable=False),  # a feed's own
)

pages: Final = Table(
    "pages",
    metadata,
    Column("url", Words, primary_key=True),
    Column("content", LargeBinary, nullable=False),  # a packed Page whose body is empty
    Column("body", LargeBinary, nullable=False),  # Zstandard
    Column("article", Text),  # that it was; "" until it is extracted, NULL where nobody kept that
    Index("ix_pages_article", "article"),
)

articles: Final = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", Words, nullable=False),
    Column("source", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("headline", Words, nullable=False),
    Column("published", Instant, nullable=False),
    Column("revision", Integer, nullable=False),  # the latest
    Column("fingerprint", Text, nullable=False),  # of the latest
    Column("awaiting", Boolean, nullable=False),  # kept, but not published
    Index("ix_articles_awaiting", "awaiting", "published"),
)

revisions: Final = Table(
    "revisions",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1
    Column("fingerprint", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("ix_revisions_fingerprint", "article", "fingerprint"),
)

translations: Final = Table(
    "translations",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

enrichments: Final = Table(
    "enrichments",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

publications: Final = Table(
    "publications",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("path", Text, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("first_published", Instant, nullable=False),
    Column("updated", Instant, nullable=False),
    Column("latency", Float),  # seconds from the publisher's time to ours; NULL when it gave none
    Column("published", Instant, nullable=False),
    Column("day", Date, nullable=False),  # of published, UTC
    Column("source", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("headline", Words, nullable=False),
    Column("standfirst", Words, nullable=False),
    Column("original_headline", Words, nullable=False),
    Column("original_url", Words, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("picture", JSON(none_as_null=True)),  # {url, caption, credit}
    Column("picture_caption", Words, nullable=False),
    Column("highlights", JSON, nullable=False),
    Column("flags", Integer, nullable=False),  # sentences that have any
    Column("place", BigInteger),  # in the index of the search; NULL for what is not in it yet
    Index("ix_publications_place", "place", unique=True),
    Index("ix_publications_published", "published", "article"),
    Index("ix_publications_source", "source", "published", "article"),
    Index("ix_publications_section", "section", "published", "article"),
    Index("ix_publications_language", "language", "published", "article"),
    Index("ix_publications_day", "day", "updated"),
    Index("ix_publications_first_published", "first_published"),
)

flags: Final = Table(
    "flags",
    metadata,
    Column("article", ForeignKey("publications.article"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("sentences", Integer, nullable=False),
)

memory: Final = Table(
    "memory",
    metadata,
    Column("hash", LargeBinary(16), primary_key=True),  # of a MemoryKey
    Column("text", Words, nullable=False),
    Column("score", Float),
    sqlite_with_rowid=False,
)

sketches: Final = Table(
    "sketches",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("story", Text, nullable=False),  # the id of its first article
    Column("at", Instant, nullable=False),
    Column("terms", JSON, nullable=False),  # [[term, weight], …]
    Index("ix_sketches_story", "story"),
)

postings: Final = Table(
    "postings",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),  # of the sketch, UTC, from 1 January of the year 1
    Column("article", Text, primary_key=True),
    Column("weight", Float, nullable=False),
    sqlite_with_rowid=False,
)

term_counts: Final = Table(
    "term_counts",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("articles", Integer, nullable=False),
)

mentions: Final = Table(
    "mentions",
    metadata,
    Column("name", Words, primary_key=True),  # its key: small letters, without accents
    Column("day", Integer, primary_key=True, autoincrement=False),  # as of a posting
    Column("article", Text, primary_key=True),
    Column("hour", Integer, nullable=False),  # whole hours since 1970
    Column("source", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("spelling", Words, nullable=False),  # as the article writes it
    Index("ix_mentions_article", "article"),
    Index("ix_mentions_hour", "hour", "name", "source", "language"),
    sqlite_with_rowid=False,
)

voices: Final = Table(
    "voices",  # how many different ones spoke of a name in a day; of anything, where the name is ""
    metadata,
    Column("name", Words, primary_key=True),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("sources", Integer, nullable=False),
    Column("languages", Integer, nullable=False),
    sqlite_with_rowid=False,
)

named_places: Final = Table(
    "named_places",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),  # from 0, in the order of the text
    Column("name", Words, nullable=False),
    Column("country", Text, nullable=False),
    Column("times", Integer, nullable=False),
)

corrections: Final = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("hash", LargeBinary(16), nullable=False),  # of a CorrectionKey
    Column("sentence", Words, nullable=False),
    Column("language", Text, nullable=False),
    Column("article", Text, nullable=False),  # no foreign key: it may be imported before its article is gathered
    Column("english", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("note", Words, nullable=False),
    Column("undone", Instant),
    Index("ix_corrections_hash", "hash"),
    Index("ix_corrections_article", "article"),
)

spending: Final = Table(
    "spending",
    metadata,
    Column("day", Date, primary_key=True),  # UTC
    Column("service", Words, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("article", Text, primary_key=True),  # no foreign key: `read` keeps no article, but what it cost
    Column("characters", Integer, nullable=False),
    Column("read", Integer, nullable=False),  # tokens
    Column("written", Integer, nullable=False),  # tokens
    Index("ix_spending_article", "article"),
)

appeals: Final = Table(
    "appeals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("address", Words, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("party", Text, nullable=False),
    Column("why", Words, nullable=False),
    Column("contact", Words, nullable=False),
    Column("at", Instant, nullable=False),
    sqlite_autoincrement=True,  # the number of an erased one is not given again
)

removals: Final = Table(
    "removals",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("party", Text, nullable=False),
    Column("of_article", Text, nullable=False),  # "" for a whole source
    Column("source", Text, nullable=False),
    Column("note", Words, nullable=False),
)

tombstones: Final = Table(
    "tombstones",
    metadata,
    Column("key", Words, primary_key=True),  # the hash of an address, as an article's id is one; source:…; host:…
    Column("removal", ForeignKey("removals.number"), nullable=False),
    Column("story", Text, nullable=False),  # an article that was in one story with this
    Index("ix_tombstones_removal", "removal"),
)

sources: Final = Table(
    "sources",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Words, nullable=False),
    Column("country", Text, nullable=False),
    Column("rights", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

marks: Final = Table(
    "marks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", Instant, nullable=False),
)

changes: Final = Table(
    "changes",  # what each mark was about, "" for every one of them: articles, sources
    metadata,
    Column("at", Instant, primary_key=True),
    Column("subject", Text, primary_key=True),
    sqlite_with_rowid=False,
)

_INSERTS: Final[Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def upsert(connection: Connection, table: Table, row: dict[str, Any], *, keep: frozenset[str] = frozenset()) -> None:
    """Insert a row, or write its columns over the one with the same primary key, except those in ``keep``."""
    connection.execute(_upsert(connection.dialect.name, table, frozenset(row) - keep), row)


@cache
def _upsert(dialect: str, table: Table, changing: frozenset[str]) -> sqlite.Insert | postgresql.Insert:
    """Built once: putting a statement together takes SQLAlchemy longer than SQLite takes to execute it."""
    statement = _INSERTS[dialect](table)
    keys = [column.name for column in table.primary_key]
    changed = {name: statement.excluded[name] for name in sorted(changing.difference(keys))}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def insert_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert those rows whose primary key is not there yet."""
    if rows:
        connection.execute(_INSERTS[connection.dialect.name](table).on_conflict_do_nothing(), rows)


def add_up(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows; where the primary key is there already, add their other columns to those of the row."""
    statement = _INSERTS[connection.dialect.name](table)
    keys = {column.name for column in table.primary_key}
    sums = {column.name: column + statement.excluded[column.name] for column in table.c if column.name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=sorted(keys), set_=sums), rows)
