"""What a glossary touches in an edition: asked of what is published, and nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from limitedtimes.enrich import section
from limitedtimes.line import Line
from limitedtimes.model import PUT_RIGHT, FlagKind, Origin, Published
from limitedtimes.protocols import Store
from limitedtimes.sources import Catalogue
from limitedtimes.translate import memory_keys
from limitedtimes.translate.glossary import Glossary, Term

PAGE: Final = 500
"""Teasers in one query."""


@dataclass(frozen=True, slots=True)
class Affected:
    """An article with sentences that the glossary touches otherwise than when they were translated."""

    key: str  # of its translation task
    engine: str
    touched: int
    to_send: tuple[str, ...]  # sentences that the memory does not have
    remembered: int


def affected(store: Store, line: Line, now: datetime) -> list[Affected]:
    """Articles in languages that an engine is there for. A sentence that a person corrected is not touched."""
    return [one for item in everything(store, now) if (one := _affected(store, line, item))]


def _affected(store: Store, line: Line, item: Published) -> Affected | None:
    article = item.article
    engine = line.engine_of(article)
    if engine is None:
        return None
    keys = memory_keys(article, engine=engine, terms=line.terms(article))
    said = [english for english in item.translation.sentences if english.origin is not Origin.HUMAN]
    wanted = [(english, key) for english in said if (key := keys[english.number])]
    touched = sum(english.glossary != key.glossary for english, key in wanted)
    if not touched:
        return None
    known = store.recall([key for _, key in wanted])
    missing = tuple(dict.fromkeys(key.sentence for _, key in wanted if key not in known))
    remembered = sum(key in known for _, key in wanted)
    return Affected(f"{article.id}:{article.fingerprint}", engine.id, touched, missing, remembered)


def everything(store: Store, now: datetime) -> Iterator[Published]:
    """Every published article, one at a time."""
    found: list[str] = []
    while page := store.teasers(now=now, limit=PAGE, offset=len(found)):
        found += [teaser.id for teaser in page]
    for article in dict.fromkeys(found):
        if item := store.published(article):
            yield item


def unapplied(store: Store, now: datetime) -> list[str]:
    """One line for each sentence that has a term whose English it lacks."""
    return [
        f"{item.path}: sentence {flag.sentence}: {flag.note}"
        for item in everything(store, now)
        for english in item.translation.sentences
        for flag in english.flags
        if flag.kind is FlagKind.GLOSSARY and not flag.note.startswith(PUT_RIGHT)
    ]


def occurring(store: Store, known: Catalogue, terms: Sequence[Term], now: datetime) -> set[Term] | None:
    """The terms that are in what is published; None where nothing is."""
    glossary, seen, empty = Glossary(terms), set[Term](), True
    for item in everything(store, now):
        empty = False
        article = item.article
        part = section(article, known.get(article.source))
        scope = glossary.within(source=article.source, section=part)
        for sentence in article.sentences:
            seen |= {match.term for match in scope.find(sentence.text, sentence.language).matches}
    return None if empty else seen
