"""Who speaks of which names. What the last weeks published is put on the line to be looked through for them."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

WEEKS = timedelta(days=30)  # of the past, that trends look at


def upgrade() -> None:
    op.create_table(
        "mentions",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("spelling", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", "day", "article", name="pk_mentions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mentions_article", "mentions", ["article"], unique=False)
    op.create_index("ix_mentions_hour", "mentions", ["hour", "name", "source", "language"], unique=False)
    op.create_table(
        "voices",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("languages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "day", name="pk_voices"),
        sqlite_with_rowid=False,
    )
    published = sa.table("publications", sa.column("article"), sa.column("published", sa.DateTime(timezone=True)))
    newest = op.get_bind().execute(sa.select(sa.func.max(published.c.published))).scalar_one()
    if newest is None:
        return
    tasks = sa.table("tasks", *map(sa.column, ("step", "state", "article", "attempts", "claim")))
    recent = sa.select(published.c.article).where(published.c.published > newest - WEEKS)
    op.execute(
        sa.update(tasks)
        .where(tasks.c.step == "group", tasks.c.state == "done", tasks.c.article.in_(recent))
        .values(state="queued", attempts=0, claim=tasks.c.claim + 1)
    )
