"""The sources as the articles know them: kept beside them, so that a page can always name its publisher."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from limitedtimes.contents import subject_of_source
from limitedtimes.model import Source
from limitedtimes.store.changes import mark_changed
from limitedtimes.store.codec import pack, unpack
from limitedtimes.store.schema import sources, upsert
from limitedtimes.store.tombstones import barred, key_of_source


def save_sources(connection: Connection, catalogue: Sequence[Source]) -> None:
    """Keep new and changed sources; one that left the catalogue stays, for its articles do."""
    known = {row.id: row.content for row in connection.execute(select(sources.c.id, sources.c.content))}
    changed = [source for source in catalogue if source.id not in known or unpack(known[source.id], Source) != source]
    for source in changed:
        if barred(connection, [key_of_source(source.id)]) is not None:
            continue
        row = {"id": source.id, "name": source.name, "country": source.country, "rights": source.rights}
        upsert(connection, sources, row | {"content": pack(source)})
    if changed:
        mark_changed(connection, None, [subject_of_source(source.id) for source in changed])
