"""`read` and `extract`: one page, no database."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

from limitedtimes.cli import compose
from limitedtimes.cli.wording import counted
from limitedtimes.config import Config
from limitedtimes.edition import formats, render
from limitedtimes.errors import ConfigError, StepError, TranslateError
from limitedtimes.line import Line, extract_page
from limitedtimes.model import (
    HEADLINE,
    Article,
    Page,
    Published,
    Request,
    Translation,
    article_path,
    english_part,
)
from limitedtimes.protocols import Correction, CorrectionKey, MemoryKey, Rendering, StepName, Task, Translated
from limitedtimes.sources import Catalogue, pages_of
from limitedtimes.sources.markup import absolute
from limitedtimes.sources.strangers import stranger

FORMATS: Final = ("text", "md", "json", "html")


class NoMemory:
    """The translation memory of a command that has no database."""

    def recall(self, keys: Sequence[MemoryKey]) -> Mapping[MemoryKey, Rendering]:
        del keys
        return {}

    def corrected(self, keys: Sequence[CorrectionKey]) -> Mapping[CorrectionKey, Correction]:
        del keys
        return {}


def read(options: argparse.Namespace) -> int:
    config = compose.load_config(options.config)
    known = compose.catalogue(config)
    article = _first_article(known, pages(config, known, options.target, options.url))
    published = english(config, known, article)
    _write(options.output, _rendered(config, published, options))
    return 0


def _rendered(config: Config, published: Published, options: argparse.Namespace) -> bytes:
    if options.format == "html":
        settings = compose.settings(config)
        return render.article_file(published, side_by_side=options.side_by_side, settings=settings)
    if options.format == "json":
        return _json(formats.read_json(published), indent=2)
    if options.format == "md":
        return formats.read_markdown(published, side_by_side=options.side_by_side).encode()
    width = 100 if options.output else min(shutil.get_terminal_size().columns, 100)
    return formats.read_text(published, width=width, side_by_side=options.side_by_side).encode()


def english(config: Config, known: Catalogue, article: Article) -> Published:
    """One article through the rest of the line, without a store. Raises StepError."""
    source = known.get(article.source) or stranger(article.url)
    translators = compose.routes(config)
    if article.language not in translators.by_language:
        why = f"there is no engine for {article.language!r} yet; `limitedtimes extract` shows the original"
        raise TranslateError(f"{article.url}: {why}", reason="no-engine")
    now = compose.clock()
    with closing(compose.fetcher(config, [])) as web:
        line = replace(compose.line(config, known, web, translators), original_headlines=True)
        translation = _translated(line, article)
        enrichment = line.enrich(Translated(article, translation))
    headline = english_part(article, translation, HEADLINE)
    day = min(article.published.at, now) if article.published else now
    path = article_path(article.id, section=enrichment.section, headline=headline, published=day)
    return Published(source, article, translation, enrichment, path, 1, now, now)


def _first_article(known: Catalogue, found: Iterator[Page]) -> Article:
    """Of an archive, the first page that holds an article. Raises ExtractError for the first page when none does."""
    failure = None
    for page in found:
        article = extract_page(page, known.of(page.final_url) or stranger(page.final_url))
        if isinstance(article, Article):
            return article
        failure = failure or article
    assert failure is not None  # there is a page, or `pages` has raised
    raise failure


def _translated(line: Line, article: Article) -> Translation:
    task = Task(0, StepName.TRANSLATE, article.id, article.language, article, 1)
    (outcome,) = line.translate([task], NoMemory(), compose.clock())
    if isinstance(outcome.value, StepError):
        raise outcome.value
    return outcome.value


def extract(options: argparse.Namespace) -> int:
    config = compose.load_config(options.config)
    known = compose.catalogue(config)
    if Path(options.target).is_dir():
        return _extract_folder(known, options)
    article = _first_article(known, pages(config, known, options.target, options.url))
    if options.format == "md":
        _write(options.output, formats.article_markdown(article).encode())
    else:
        _write(options.output, _json(formats.article_json(article), indent=2))
    return 0


def _extract_folder(known: Catalogue, options: argparse.Namespace) -> int:
    """JSON Lines, one article a line; a page that gives none is one line on standard error. 1 if no page gave one."""
    lines, failed = [], 0
    for page in pages_of(Path(options.target)):
        article = extract_page(page, known.of(page.final_url) or stranger(page.final_url))
        if isinstance(article, StepError):
            failed += 1
            print(f"limitedtimes: {article}", file=sys.stderr)
        else:
            lines.append(_json(formats.article_json(article), indent=None))
    _write(options.output, b"".join(lines))
    print(f"{counted(len(lines), 'article')}, {counted(failed, 'page')} without one", file=sys.stderr)
    return 0 if lines else 1


def pages(config: Config, known: Catalogue, target: str, url: str) -> Iterator[Page]:
    """The page of an address, or the pages of a file; of an archive, those at ``url``, if it is given. One or more.

    Raises ConfigError, FetchError.
    """
    if target.startswith(("http://", "https://")):
        with closing(compose.fetcher(config, list(known))) as web:
            return iter([web.get(Request(target))])
    path = Path(target)
    if path.is_dir():
        raise ConfigError(f"{path}: is a folder; name one of its files, or use `extract` or `gather --pages`")
    found = (page for page in pages_of(path, url=url) if not url or page.url == absolute(url))
    first = next(found, None)
    if first is None:
        raise ConfigError(f"{path}: holds no page" + (f" of {url}" if url else ""))
    return chain([first], found)


def _json(value: object, *, indent: int | None) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=indent) + "\n").encode()


def _write(path: Path | None, content: bytes) -> None:
    """To a file, whole or not at all, or to standard output."""
    if path is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        part = path.with_name(path.name + ".part")
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from None
