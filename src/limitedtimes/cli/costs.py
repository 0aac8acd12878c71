"""`costs`: what the translation services were sent, and for whom."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from typing import Final

from limitedtimes.accounts import Spending
from limitedtimes.cli import compose
from limitedtimes.cli.correcting import id_in
from limitedtimes.cli.ledger import counts
from limitedtimes.edition.safety import plain
from limitedtimes.engines.service import Service
from limitedtimes.errors import ConfigError

BY: Final = ("day", "source", "article")
MOST_DAYS: Final = 36_500
NO_ARTICLE: Final = "lines of text"


def costs(options: argparse.Namespace) -> int:
    """One line for each service and each of what is asked for, the dearest first; days in order."""
    config = compose.load_config(options.config)
    article = id_in(options.article) if options.article else ""
    if not 1 <= options.days <= MOST_DAYS:
        raise ConfigError(f"costs: --days: must be 1 to {MOST_DAYS}, not {options.days}")
    since = None if article else (compose.clock() - timedelta(days=options.days - 1)).date()
    by = "article" if article else options.by
    with closing(compose.store(config)) as store:
        spent = store.spent(since=since, article=article, by_article=by == "article")
    for line in _lines(spent, by, config.engines) or ["no service was sent anything"]:
        print(line)
    return 0


def _lines(spent: Iterable[Spending], by: str, services: Mapping[str, Service]) -> list[str]:
    groups: dict[tuple[str, str], list[Spending]] = {}
    for item in spent:
        groups.setdefault((item.service, _name(item, by)), []).append(item)
    ranked = groups.items() if by == "day" else sorted(groups.items(), key=_dearest)
    return [
        plain(f"{name}  {service}: {counts(items)}{_cost(services.get(service), items)}")
        for (service, name), items in ranked
    ]


def _cost(service: Service | None, items: Iterable[Spending]) -> str:
    """Of the service as it is configured now; nothing of one that is not any more."""
    cost = service.cost(sum(item.characters for item in items)) if service else ""
    return f", cost about {cost}" if cost else ""


def _name(item: Spending, by: str) -> str:
    if by == "day":
        return item.day.isoformat()
    source = item.payer.source or NO_ARTICLE
    return f"{item.payer.article} {source}".strip() if by == "article" else source


def _dearest(group: tuple[tuple[str, str], Sequence[Spending]]) -> tuple[int, tuple[str, str]]:
    names, items = group
    return -sum(item.characters for item in items), names
