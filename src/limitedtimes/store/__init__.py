"""The store: remembers everything, decides nothing. One SQL store; today on SQLite.

``open_store`` is its door.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from limitedtimes.errors import StoreError
from limitedtimes.protocols import Store
from limitedtimes.store.sql import SqlStore
from limitedtimes.store.sqlite import Sqlite

WAIT: Final = timedelta(seconds=30)
"""How long a write waits for another process's."""


def open_store(url_or_path: str | Path, *, wait: timedelta = WAIT) -> Store:
    """Open the database, creating it or bringing it to this version's schema first.

    Takes a path or ``sqlite:///path``. Raises StoreError, one line, for what cannot be opened or is too new.
    """
    path = _path(url_or_path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path}: its folder cannot be made ({error.strerror}); name another one") from error
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a file for the database")
    return _open(path, wait)


def _open(path: Path, wait: timedelta) -> Store:
    database = Sqlite(path, wait=wait)
    try:
        database.use_wal()
        return SqlStore(database, str(path))
    except DBAPIError as error:
        database.close()
        raise database.explain(error) or error from error
    except StoreError:
        database.close()
        raise


def _path(url_or_path: str | Path) -> Path:
    if isinstance(url_or_path, Path) or "://" not in url_or_path:
        return Path(url_or_path)
    try:
        url = make_url(url_or_path)
    except ArgumentError as error:
        raise StoreError(f"{url_or_path}: is no database address; name a file or sqlite:///file") from error
    if url.get_backend_name() != "sqlite" or not url.database:
        # The password that such an address may hold is not for the terminal.
        raise StoreError(f"{url.render_as_string()}: is no SQLite address; name a file or sqlite:///file")
    return Path(url.database)
