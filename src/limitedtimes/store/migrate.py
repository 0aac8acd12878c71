"""Bring a database to this version's schema.

A new migration is written by hand beside the first one in ``migrations/versions``; a test compares what the migrations
make with ``schema.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from limitedtimes.errors import StoreError

SCRIPTS: Final = Path(__file__).parent / "migrations"


def migrate(connection: Connection, name: str) -> None:
    """Within the caller's transaction: all or nothing, and two that start at once do it once.

    Raises StoreError for a database that a newer version has migrated, or that is another program's.
    """
    config = Config()
    # Alembic reads the option with interpolation, where a percent sign must be doubled.
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision == script.get_current_head():
        return
    if revision is None and inspect(connection).get_table_names():
        raise StoreError(f"{name}: the database belongs to another program; name another file")
    if revision is not None and revision not in {known.revision for known in script.walk_revisions()}:
        raise StoreError(
            f"{name}: the database was written by a newer version of limitedtimes (schema {revision}); "
            "upgrade limitedtimes, or name another file"
        )
    command.upgrade(config, "head")
