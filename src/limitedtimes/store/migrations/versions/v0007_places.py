"""Places. What is published already is put on the line to be searched for them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "named_places",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_named_places_article"),
        sa.PrimaryKeyConstraint("article", "number", name="pk_named_places"),
    )
    op.execute(
        "INSERT INTO tasks (step, key, lane, state, due, attempts, claim, again, digests, input, article, since,"
        " reason, message, detail)"
        " SELECT 'locate', key, lane, 'queued', due, 0, 0, again, digests, input, article, since, '', '', ''"
        " FROM tasks WHERE step = 'enrich' AND state = 'done' ORDER BY id"
    )
