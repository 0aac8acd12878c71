"""Which articles and sources each change was about, so that what is kept of the others can be served on."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("at", "subject", name="pk_changes"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO changes SELECT at, '' FROM marks WHERE name = 'changed'")
