"""`correct` and `corrections list|undo|export|import`: what a person says that a sentence is in English."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from limitedtimes.cli import compose
from limitedtimes.cli.affected import everything
from limitedtimes.cli.wording import are, counted
from limitedtimes.errors import ConfigError
from limitedtimes.model import Article, Sentence
from limitedtimes.protocols import Correction, CorrectionKey, KeptCorrection, StepName, Store
from limitedtimes.translate import corrected, tmx

_ARTICLE: Final = re.compile(r"(?:.*[./])?([0-9a-hjkmnp-tv-z]{10})(?:\.html)?(?:[#?].*)?")
"""An id, or any address of the page: ``/world/2026-11-10-bridge.0123456789.html``, ``/a/0123456789``."""
MOST_WAITING: Final = 10_000
"""Articles of a language without English that are looked through for a sentence."""
_SENTENCE: Final = re.compile(r"#?s?([0-9]{1,6})")


def correct(options: argparse.Namespace) -> int:
    """Keep the correction and put its article back on the line. What looks mistyped is told, and kept all the same."""
    config = compose.load_config(options.config)
    with closing(compose.store(config)) as store:
        article = _article(store, options.article)
        key = corrected.key_of(_sentence(article, options.sentence), article)
        key = corrected.anywhere(key) if options.everywhere else key
        now = _second()
        correction = _made(key, options, now)
        store.correct([correction])
        _put_back(store, [key], now)
    for warning in corrected.warnings(correction):
        print(f"limitedtimes: warning: {warning}; if that is a slip, correct it again", file=sys.stderr)
    return 0


def _article(store: Store, address: str) -> Article:
    """The article as its page shows it, or else the latest revision of one without a page."""
    for revision in _revisions(store, id_in(address)):
        return revision
    raise _no_article(address)


def id_in(address: str) -> str:
    """The id of an article, by that or any address of its page."""
    found = _ARTICLE.fullmatch(address)
    if not found:
        raise _no_article(address)
    return found[1]


def _no_article(address: str) -> ConfigError:
    return ConfigError(f"{address}: no such article; give the address of its page, or the id in it")


def _revisions(store: Store, article: str) -> list[Article]:
    """The one on the page first; then the latest, where that is another, which waits or is parked."""
    published = store.published(article)
    shown = [published.article] if published else []
    known = {revision.fingerprint for revision in shown}
    return [*shown, *(latest for latest in store.revisions(article)[-1:] if latest.fingerprint not in known)]


def _sentence(article: Article, number: str) -> Sentence:
    found = _SENTENCE.fullmatch(number)
    if not found or int(found[1]) >= len(article.sentences):
        last = len(article.sentences) - 1
        raise ConfigError(f"{number}: no such sentence; the page side by side numbers those of the article 0 to {last}")
    return article.sentences[int(found[1])]


def _second() -> datetime:
    """Now, to the second: the translation memory's format has no more."""
    return compose.clock().replace(microsecond=0)


def _made(key: CorrectionKey, options: argparse.Namespace, now: datetime) -> Correction:
    try:
        return corrected.made(key, options.english, by=options.by, at=now, note=options.note)
    except ValueError as error:
        raise ConfigError(f"correct: {error}") from None


def _put_back(store: Store, keys: Sequence[CorrectionKey], now: datetime) -> None:
    """Translate again what has one of these sentences. A task that waits already is as good as one that is opened."""
    found = list(_holding(store, keys, now))
    for article in found:
        store.redo(StepName.TRANSLATE, f"{article.id}:{article.fingerprint}", now=now)
    count = len({article.id for article in found})
    print(f"{are(count, 'article')} on the line, for `limitedtimes gather` or the edition that runs")


def _holding(store: Store, keys: Sequence[CorrectionKey], now: datetime) -> Iterable[Article]:
    """The articles that have one of these sentences. All are read only for a key that holds everywhere."""
    wanted = set(keys)
    articles = _every(store, {key.language for key in keys}, now)
    if all(key.article for key in keys):
        ids = dict.fromkeys(key.article for key in keys)
        articles = (article for id_ in ids for article in _revisions(store, id_))
    return (article for article in articles if not wanted.isdisjoint(_keys(article)))


def _every(store: Store, languages: Iterable[str], now: datetime) -> Iterator[Article]:
    """All that are published, and the latest of those in these languages that are not: one may only lack a headline."""
    yield from (item.article for item in everything(store, now))
    for language in languages:
        for waiting in store.awaiting(limit=MOST_WAITING, language=language):
            yield from store.revisions(waiting.id)[-1:]


def _keys(article: Article) -> Iterable[CorrectionKey]:
    for sentence in article.sentences:
        key = corrected.key_of(sentence, article)
        yield from (key, corrected.anywhere(key))


def show_all(options: argparse.Namespace) -> int:
    with _store(options) as store:
        history = store.corrections()
    held = {kept.number for kept in corrected.in_force(history)}
    for kept in history:
        if options.all or kept.number in held:
            print(_line(kept, kept.number in held))
    return 0


def _line(kept: KeptCorrection, held: bool) -> str:
    key, correction = kept.correction.key, kept.correction
    state = f"  [undone {_time(kept.undone)}]" if kept.undone else "" if held else "  [a later one is in force]"
    note = f"  ({correction.note})" if correction.note else ""
    where = key.article or "everywhere"
    who = f"{_time(correction.at)} {correction.by}"
    return f"{kept.number:4}  {where:10}  {key.language:3} {who}: {key.sentence} → {correction.english}{note}{state}"


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def undo(options: argparse.Namespace) -> int:
    """Take a correction back: the one before it, or else the engine, has the word again."""
    now = _second()
    with _store(options) as store:
        known = {kept.number: kept for kept in store.corrections()}
        if options.number not in known:
            raise ConfigError(f"{options.number}: no such correction; `limitedtimes corrections list` numbers them")
        if not store.undo(options.number, now=now):
            raise ConfigError(f"{options.number}: is undone already; `limitedtimes corrections list --all` says when")
        _put_back(store, [known[options.number].correction.key], now)
    return 0


def export(options: argparse.Namespace) -> int:
    """What is in force, as a translation memory."""
    with _store(options) as store:
        held = [kept.correction for kept in corrected.in_force(store.corrections())]
    try:
        options.file.write_text(tmx.write(held), encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{options.file}: cannot be written: {error.strerror}") from None
    print(f"{options.file}: {counted(len(held), 'correction')}")
    return 0


def bring(options: argparse.Namespace) -> int:
    """All that a file has and the history has not, or nothing at all when one of its entries is wrong."""
    now = _second()
    memory = _read(options.file, now)
    found = memory.corrections
    if memory.passed:
        what = f"{counted(memory.passed, 'unit')} passed over, without English beside another language, or left in it"
        print(f"limitedtimes: {options.file}: {what}", file=sys.stderr)
    with _store(options) as store:
        known = _known(store.corrections(), now)
        fresh = [one for one in dict.fromkeys(found) if _said(one, one.at) not in known]
        store.correct(fresh)
        print(f"{counted(len(fresh), 'correction')} added, {len(found) - len(fresh)} known")
        if fresh:
            _put_back(store, [one.key for one in fresh], now)
    return 0


def _known(history: Sequence[KeptCorrection], now: datetime) -> set[tuple[object, ...]]:
    """What a file need not say again: at the same time, or, for one that says no time and so is of ``now``, ever."""
    said = [kept.correction for kept in history]
    return {_said(one, at) for one in said for at in (one.at, now)}


def _said(one: Correction, at: datetime) -> tuple[object, ...]:
    return one.key, one.english, one.by, at


def _read(path: Path, now: datetime) -> tmx.Memory:
    try:
        with path.open("rb") as file:
            return tmx.read(file, now=now)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except tmx.TmxError as error:
        raise ConfigError(f"{path}:{error.line}: {error}") from None


def _store(options: argparse.Namespace) -> closing[Store]:
    return closing(compose.store(compose.load_config(options.config)))
