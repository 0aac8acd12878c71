"""Lists count sentences in doubt, as pages do, and not the doubts about them: what is published is counted anew."""

import sqlalchemy as sa
from alembic import op

from limitedtimes.model import Translation
from limitedtimes.store.codec import unpack

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    published = sa.table("publications", *map(sa.column, ("article", "fingerprint", "flags")))
    kept = sa.table("translations", *map(sa.column, ("article", "fingerprint", "content")))
    said = (kept.c.article == published.c.article) & (kept.c.fingerprint == published.c.fingerprint)
    several = sa.select(published.c.article, kept.c.content).join(kept, said).where(published.c.flags > 1)
    connection = op.get_bind()
    counts = [
        {"id": article, "count": sum(bool(sentence.flags) for sentence in unpack(content, Translation).sentences)}
        for article, content in connection.execute(several)
    ]
    if counts:
        counted = sa.update(published).values(flags=sa.bindparam("count"))
        connection.execute(counted.where(published.c.article == sa.bindparam("id")), counts)
