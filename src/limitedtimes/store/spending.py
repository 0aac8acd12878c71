"""What services were sent, on whose account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, literal, select

from limitedtimes.accounts import Payer, Spending
from limitedtimes.store.schema import add_up, spending


def spend(connection: Connection, item: Spending, *, check: Callable[[int, int], object]) -> None:
    payer, that_day = item.payer, (spending.c.day == item.day, spending.c.service == item.service)
    if item.characters:
        check(_sent(connection, *that_day), _sent(connection, *that_day, spending.c.source == payer.source))
    counts = {"characters": item.characters, "read": item.read, "written": item.written}
    keys = {"day": item.day, "service": item.service, "source": payer.source, "article": payer.article}
    add_up(connection, spending, [keys | counts])


def _sent(connection: Connection, *which: ColumnElement[bool]) -> int:
    query = select(func.coalesce(func.sum(spending.c.characters), 0)).where(*which)
    return int(connection.execute(query).scalar_one())


def spent(connection: Connection, *, since: date | None, article: str, by_article: bool) -> list[Spending]:
    table = spending.c
    shown = table.article if article or by_article else literal("")
    kept = table.day, table.service, table.source, shown.label("of")
    counts = [func.sum(count).label(count.name) for count in (table.characters, table.read, table.written)]
    query = select(*kept, *counts).group_by(*kept).order_by(table.day, table.service, table.source, "of")
    if since:
        query = query.where(table.day >= since)
    if article:
        query = query.where(table.article == article)
    return [
        Spending(row.day, row.service, Payer(row.source, row.of), int(row.characters), int(row.read), int(row.written))
        for row in connection.execute(query)
    ]
