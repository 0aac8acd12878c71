"""What readers search: each published article has a place in the order of time, and its words stand there."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    # Empty for what is published already: the store puts that in when it is opened.
    op.add_column("publications", sa.Column("place", sa.BigInteger(), nullable=True))
    op.create_index("ix_publications_place", "publications", ["place"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5(headline, standfirst, body, original, labels, "
            "tokenize = 'porter unicode61 remove_diacritics 2', columnsize = 0)"
        )
