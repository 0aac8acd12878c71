"""`sources list|show|add|check`: the publishers that this edition knows."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from limitedtimes.cli import compose
from limitedtimes.cli.wording import counted
from limitedtimes.errors import ConfigError, StepError
from limitedtimes.fetch import Fetcher
from limitedtimes.line import extract_page, read_feed
from limitedtimes.model import Article, Harvest, Page, Request, Source
from limitedtimes.sources import check as checks
from limitedtimes.sources import dump, feeds_of, opml
from limitedtimes.sources.strangers import sketch

SAMPLE = 3
"""Articles that a check looks at."""


def show_all(options: argparse.Namespace) -> int:
    known = compose.catalogue(compose.load_config(options.config))
    if options.opml:
        sys.stdout.buffer.write(opml.write(list(known)))
        return 0
    for source in sorted(known, key=lambda source: source.id):
        languages = ",".join(source.languages)
        print(f"{source.id:28} {languages:8} {len(source.feeds):2} feeds  {source.rights:8} {source.name}")
    return 0


def show(options: argparse.Namespace) -> int:
    known = compose.catalogue(compose.load_config(options.config))
    print(dump(compose.known_source(known, options.id)), end="")
    return 0


def add(options: argparse.Namespace) -> int:
    """Write a source file from what the site's front page announces."""
    config = compose.load_config(options.config)
    folder = options.directory or next(iter(config.catalogue), None)
    if folder is None:
        raise ConfigError("sources add: say where with --directory, or set `catalogue` in limitedtimes.toml")
    with closing(compose.fetcher(config, [])) as web:
        page = web.get(Request(options.url))
    feeds = feeds_of(page.body, url=page.final_url, content_type=page.headers.get("content-type", ""))
    source = sketch(page, feeds, source_id=options.id or "", language=options.language or "")
    path = Path(folder).joinpath(*source.id.split(".", 1)).with_suffix(".toml")
    if path.exists():
        raise ConfigError(f"{path}: is there already; edit it, or choose another --id")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump(source), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from None
    known = "" if folder in config.catalogue else f" put {str(folder)!r} into `catalogue`,"
    print(
        f"{path}: written with {counted(len(source.feeds), 'feed')}; look it over,{known} then: "
        f"limitedtimes sources check {source.id}"
    )
    return 0


def check(options: argparse.Namespace) -> int:
    """Look at feeds and a few articles of each source. Returns 1 if anything is wrong."""
    config = compose.load_config(options.config)
    known = compose.catalogue(config)
    sources = [compose.known_source(known, source_id) for source_id in options.id]
    wrong = 0
    with closing(compose.fetcher(config, list(known))) as web:
        for source in sources:
            findings = list(_findings(web, source))
            wrong += len(findings)
            print(f"{source.id}: {'fine' if not findings else ''}")
            for finding in findings:
                print(f"  {finding}")
    return 1 if wrong else 0


def _findings(web: Fetcher, source: Source) -> Iterator[str]:
    harvests: list[Harvest] = []
    for feed in source.feeds:
        try:
            page = web.get(Request(feed.url, source.id))
            harvests.append(read_feed(page, feed, source, compose.clock()))
        except StepError as error:
            yield str(error)
    articles: list[Article] = []
    for answer in _sample(web, source, harvests):
        article = extract_page(answer, source) if isinstance(answer, Page) else answer
        if isinstance(article, StepError):
            yield str(article)
        else:
            articles.append(article)
    yield from checks.review(source, harvests, articles)


def _sample(web: Fetcher, source: Source, harvests: list[Harvest]) -> Iterator[Page | StepError]:
    entries = [entry for harvest in harvests for entry in harvest.entries]
    for entry in entries[:SAMPLE]:
        try:
            yield web.get(Request(entry.url, source.id, entry=entry))
        except StepError as error:
            yield error
