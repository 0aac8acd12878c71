"""What people corrected: a history that only grows, and what of it is in force."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from limitedtimes.protocols import Correction, CorrectionKey, KeptCorrection
from limitedtimes.store.reads import CHUNK
from limitedtimes.store.schema import corrections
from limitedtimes.store.tombstones import barred


def correct(connection: Connection, given: Sequence[Correction]) -> None:
    rows = [_row(one) for one in given if not one.key.article or barred(connection, [one.key.article]) is None]
    if rows:
        connection.execute(insert(corrections), rows)


def undo(connection: Connection, number: int, *, now: datetime) -> bool:
    wanted = corrections.c.number == number, corrections.c.undone.is_(None)
    return connection.execute(update(corrections).where(*wanted).values(undone=now)).rowcount > 0


def history(connection: Connection) -> list[KeptCorrection]:
    query = select(corrections).order_by(corrections.c.number)
    return [KeptCorrection(row.number, _correction(row), row.undone) for row in connection.execute(query)]


def corrected(connection: Connection, keys: Sequence[CorrectionKey]) -> dict[CorrectionKey, Correction]:
    wanted = {_hash(key): key for key in keys}
    hashes = list(wanted)
    found: dict[CorrectionKey, Correction] = {}
    for start in range(0, len(hashes), CHUNK):
        query = (
            select(corrections)
            .where(corrections.c.hash.in_(hashes[start : start + CHUNK]), corrections.c.undone.is_(None))
            .order_by(corrections.c.at, corrections.c.number)
        )
        found |= {wanted[row.hash]: _correction(row) for row in connection.execute(query)}
    return found


def _row(correction: Correction) -> dict[str, Any]:
    key = correction.key
    return {
        "hash": _hash(key),
        "sentence": key.sentence,
        "language": key.language,
        "article": key.article,
        "english": correction.english,
        "by": correction.by,
        "at": correction.at,
        "note": correction.note,
    }


def _correction(row: Row[Any]) -> Correction:
    key = CorrectionKey(row.sentence, row.language, row.article)
    return Correction(key, row.english, row.by, row.at, row.note)


def _hash(key: CorrectionKey) -> bytes:
    """128 bits, as of a MemoryKey."""
    return hashlib.sha256(json.dumps([key.sentence, key.language, key.article]).encode()).digest()[:16]
