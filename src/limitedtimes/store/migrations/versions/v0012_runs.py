"""The search's index anew: with runs of three words beside the pairs. See docs/decisions/023-search-at-100000.md."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    # The store puts what is published into the index when it is opened.
    op.execute("UPDATE publications SET place = NULL")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO search (search) VALUES ('delete-all')")
        op.execute("DELETE FROM search_texts")
