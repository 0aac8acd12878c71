"""A database as it was before a migration, brought up by that migration alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, text


def migrated_again(path: Path, migration: ModuleType, without: Sequence[str]) -> None:
    """Take the tables away that a migration makes, and let it make them."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for table in without:
            connection.execute(text(f"DROP TABLE {table}"))
        with Operations.context(MigrationContext.configure(connection)):
            migration.upgrade()
    engine.dispose()
