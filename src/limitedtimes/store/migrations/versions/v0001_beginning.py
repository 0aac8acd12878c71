"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _addresses()
    _articles()
    _marks()
    _memory()
    _pages()
    _sources()
    _tasks()
    _enrichments()
    _publications()
    _revisions()
    _translations()
    _flags()


def _addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_addresses"),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("awaiting", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_index("ix_articles_awaiting", "articles", ["awaiting", "published"], unique=False)


def _marks() -> None:
    op.create_table(
        "marks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_marks"),
    )


def _memory() -> None:
    op.create_table(
        "memory",
        sa.Column("hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("hash", name="pk_memory"),
        sqlite_with_rowid=False,
    )


def _pages() -> None:
    op.create_table(
        "pages",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_pages"),
    )


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("rights", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("digests", sa.Text(), nullable=False),
        sa.Column("input", sa.LargeBinary(), nullable=False),
        sa.Column("article", sa.Text(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sa.UniqueConstraint("step", "key", name="uq_tasks_step_key"),
    )
    op.create_index("ix_tasks_article", "tasks", ["article"], unique=False)
    op.create_index("ix_tasks_claim", "tasks", ["step", "state", "lane", "due"], unique=False)
    op.create_index("ix_tasks_due", "tasks", ["state", "due"], unique=False)


def _enrichments() -> None:
    op.create_table(
        "enrichments",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_enrichments_article"),
        sa.PrimaryKeyConstraint("article", "fingerprint", name="pk_enrichments"),
    )


def _publications() -> None:
    op.create_table(
        "publications",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("first_published", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.Column("latency", sa.Float(), nullable=True),
        sa.Column("published", sa.DateTime(timezone=True), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("standfirst", sa.Text(), nullable=False),
        sa.Column("original_headline", sa.Text(), nullable=False),
        sa.Column("original_url", sa.Text(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("picture", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("picture_caption", sa.Text(), nullable=False),
        sa.Column("highlights", sa.JSON(), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_publications_article"),
        sa.PrimaryKeyConstraint("article", name="pk_publications"),
        sa.UniqueConstraint("path", name="uq_publications_path"),
    )
    op.create_index("ix_publications_day", "publications", ["day"], unique=False)
    op.create_index("ix_publications_first_published", "publications", ["first_published"], unique=False)
    op.create_index("ix_publications_language", "publications", ["language", "published", "article"], unique=False)
    op.create_index("ix_publications_published", "publications", ["published", "article"], unique=False)
    op.create_index("ix_publications_section", "publications", ["section", "published", "article"], unique=False)
    op.create_index("ix_publications_source", "publications", ["source", "published", "article"], unique=False)


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_revisions_article"),
        sa.PrimaryKeyConstraint("article", "number", name="pk_revisions"),
    )
    op.create_index("ix_revisions_fingerprint", "revisions", ["article", "fingerprint"], unique=False)


def _translations() -> None:
    op.create_table(
        "translations",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_translations_article"),
        sa.PrimaryKeyConstraint("article", "fingerprint", name="pk_translations"),
    )


def _flags() -> None:
    op.create_table(
        "flags",
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["publications.article"], name="fk_flags_article"),
        sa.PrimaryKeyConstraint("article", "kind", name="pk_flags"),
    )
