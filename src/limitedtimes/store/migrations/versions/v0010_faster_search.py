"""The search's index anew: with indexes of beginnings, with the texts in a table beside it, and with places that are
smaller numbers. See docs/decisions/020-speed-of-pages.md."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    # Places are dealt anew: the store puts what is published into the index when it is opened.
    op.execute("UPDATE publications SET place = NULL")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search")
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5(labels, headline, standfirst, body, original, "
            "tokenize = 'porter unicode61 remove_diacritics 2', columnsize = 0, prefix = '2 3', "
            "content = 'search_texts', content_rowid = 'place')"
        )
        op.execute(
            "CREATE TABLE search_texts (place INTEGER PRIMARY KEY, labels TEXT NOT NULL, headline TEXT NOT NULL, "
            "standfirst TEXT NOT NULL, body TEXT NOT NULL, original TEXT NOT NULL)"
        )
