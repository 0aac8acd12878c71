"""`search`: what the published articles have of some words, as the site's search finds it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Final

from limitedtimes.cli import compose
from limitedtimes.edition.query import query
from limitedtimes.edition.render import path_of
from limitedtimes.edition.safety import plain
from limitedtimes.edition.times import iso
from limitedtimes.errors import ConfigError
from limitedtimes.languages import language_name
from limitedtimes.search import Found, Hit

MOST: Final = 1000
"""Articles of one answer: a search looks for no more."""


def search(options: argparse.Namespace) -> int:
    """The latest on standard output; on standard error how many there are, and what was not taken as it was written."""
    if not 1 <= options.limit <= MOST:
        raise ConfigError(f"search: --limit: must be 1 to {MOST}, not {options.limit}")
    config = compose.load_config(options.config)
    base = config.base_url.rstrip("/") or compose.web_address(config.host, config.port)
    with closing(compose.store(config)) as store:
        asked = query(" ".join(options.query), store.sources())
        if asked.search is None:
            raise ConfigError(f"search: {' '.join(asked.hints) or 'nothing to look for'}")
        found = store.search(asked.search, now=compose.clock(), limit=options.limit)
    for hint in asked.hints:
        print(plain(hint), file=sys.stderr)
    for hit in found.hits:
        print("\n".join(plain(line) for line in _lines(hit, base)))
    print(_count(found), file=sys.stderr)
    return 0


def _lines(hit: Hit, base: str) -> Iterator[str]:
    teaser = hit.teaser
    yield f"{iso(teaser.published)}  {teaser.source_name}, from {language_name(teaser.language)}"
    yield f"  {teaser.headline}"
    text = "".join(piece for piece, _ in hit.english or hit.original) or teaser.standfirst
    if text:
        yield f"  {text}"
    yield f"  {base}{path_of(teaser.path)}"


def _count(found: Found) -> str:
    if found.more:
        return f"more than {found.total} articles"
    return f"{found.total or 'no'} {'article' if found.total == 1 else 'articles'}"
