"""What people ask to be removed, what is, and which article each page was."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "appeals",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_appeals"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "removals",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("of_article", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_removals"),
    )
    op.create_table(
        "tombstones",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("removal", sa.Integer(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["removal"], ["removals.number"], name="fk_tombstones_removal"),
        sa.PrimaryKeyConstraint("key", name="pk_tombstones"),
    )
    op.create_index("ix_tombstones_removal", "tombstones", ["removal"], unique=False)
    # NULL for what was extracted before: nobody knows which article it was.
    op.add_column("pages", sa.Column("article", sa.Text(), nullable=True))
    op.create_index("ix_pages_article", "pages", ["article"], unique=False)
    op.create_index("ix_corrections_article", "corrections", ["article"], unique=False)
    # Days with their counts and last changes, from the index alone.
    op.drop_index("ix_publications_day", "publications")
    op.create_index("ix_publications_day", "publications", ["day", "updated"], unique=False)
