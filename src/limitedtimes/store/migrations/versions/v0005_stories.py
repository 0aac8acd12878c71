"""Stories. What is published already is put on the line to be grouped."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "sketches",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_sketches_article"),
        sa.PrimaryKeyConstraint("article", name="pk_sketches"),
    )
    op.create_index("ix_sketches_story", "sketches", ["story"], unique=False)
    op.create_table(
        "postings",
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("term", "day", "article", name="pk_postings"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "term_counts",
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", name="pk_term_counts"),
    )
    op.execute(
        "INSERT INTO tasks (step, key, lane, state, due, attempts, claim, again, digests, input, article, since,"
        " reason, message, detail)"
        " SELECT 'group', key, lane, 'queued', due, 0, 0, again, digests, input, article, since, '', '', ''"
        " FROM tasks WHERE step = 'enrich' AND state = 'done' ORDER BY id"
    )
