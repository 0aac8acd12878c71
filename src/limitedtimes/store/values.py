"""The values of the stations in their tables, and how the queue refers to them instead of holding copies."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeAlias, TypeVar

from sqlalchemy import Connection, Table, bindparam, func, select, update

from limitedtimes.errors import StoreError
from limitedtimes.model import (
    HEADLINE,
    UNKNOWN_LANGUAGE,
    Article,
    EnglishSentence,
    Entry,
    FeedPointer,
    Harvest,
    Moment,
    Origin,
    Page,
    Translation,
)
from limitedtimes.protocols import Input, MemoryKey, Translated
from limitedtimes.store.codec import compress, decompress, encode, pack, unpack
from limitedtimes.store.schema import addresses, articles, insert_new, memory, pages, revisions, translations, upsert

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PageKept:
    """The page that was last fetched from an address."""

    url: str


@dataclass(frozen=True, slots=True)
class RevisionKept:
    """A revision of an article; the latest, if several have the same fingerprint."""

    article: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class TranslationKept:
    """A revision of an article with its translation."""

    article: str
    fingerprint: str


_LATEST: Final = select(articles.c.revision, articles.c.fingerprint).where(articles.c.id == bindparam("article"))
_OF_FINGERPRINT: Final = (
    revisions.c.article == bindparam("article"),
    revisions.c.fingerprint == bindparam("fingerprint"),
)
_NUMBER: Final = select(func.max(revisions.c.number)).where(*_OF_FINGERPRINT)
_REVISION: Final = select(revisions.c.content).where(*_OF_FINGERPRINT).order_by(revisions.c.number.desc()).limit(1)
_PAGE: Final = select(pages.c.content, pages.c.body).where(pages.c.url == bindparam("url"))

Kept: TypeAlias = FeedPointer | Entry | PageKept | RevisionKept | TranslationKept
"""A task's input as its row holds it: what has a table of its own is only pointed at."""


def refer(value: Input) -> Kept:
    match value:
        case Page():
            return PageKept(value.url)
        case Article():
            return RevisionKept(value.id, value.fingerprint)
        case Translated():
            return TranslationKept(value.article.id, value.article.fingerprint)
        case _:
            return value


def read_kept(packed: bytes) -> Kept:
    kept: Kept = unpack(packed, FeedPointer, Entry, PageKept, RevisionKept, TranslationKept)  # type: ignore[assignment]
    return kept


def resolve(connection: Connection, kept: Kept) -> Input:
    """The inverse of ``refer``: what is pointed at, as it is now."""
    match kept:
        case PageKept():
            return load_page(connection, kept.url)
        case RevisionKept():
            return load_article(connection, kept.article, kept.fingerprint)
        case TranslationKept():
            article = load_article(connection, kept.article, kept.fingerprint)
            return Translated(article, load(connection, translations, Translation, article=article))
        case _:
            return kept


def digest(connection: Connection, value: Input) -> str:
    """Sixteen hexadecimal digits that differ when, and only when, the task must be done again.

    Of an entry counts only what says that its article changed, for one article stands in several feeds, each with its
    own section or language. A revision's number counts, so that an article that goes back to an earlier text is
    published with that text again.
    """
    facts: list[object]
    match value:
        case Entry():
            facts = [value.title, value.summary, _instant(value.published), _instant(value.updated)]
        case Page():
            facts = [value.final_url, hashlib.sha256(value.body).hexdigest()]
        case Article():
            facts = [value.fingerprint, number_of(connection, value.id, value.fingerprint)]
        case Translated():
            english = [_shown(sentence) for sentence in value.translation.sentences]
            facts = [digest(connection, value.article), value.translation.engine, value.translation.glossary, english]
        case FeedPointer():
            facts = [encode(value)]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


def _shown(english: EnglishSentence) -> list[object]:
    """What a page shows of a sentence. Who made it counts only for a person, who may have changed no word of it."""
    by = [english.engine, encode(english.corrected)] if english.origin is Origin.HUMAN else []
    return [english.text, encode(english.flags), *by]


def _instant(moment: Moment | None) -> str:
    return moment.at.isoformat() if moment else ""


def keep_input(connection: Connection, value: Input, *, now: datetime) -> None:
    """Put what a task will refer to in its table."""
    match value:
        case Page():
            keep_page(connection, value)
        case Article():
            keep_article(connection, value, now=now)
        case Translated():
            keep_article(connection, value.article, now=now)
            keep_translation(connection, value.article, value.translation)


def keep_harvest(connection: Connection, harvest: Harvest, *, now: datetime) -> None:
    """Remember the look. An answer without news leaves the validators that it does not repeat as they are."""
    row = {
        "url": harvest.feed.url,
        "etag": harvest.etag,
        "last_modified": harvest.last_modified,
        "looked_at": now,
        "title": harvest.title,
    }
    silent = {name for name in ("etag", "last_modified", "title") if harvest.unchanged and not row[name]}
    upsert(connection, addresses, row, keep=frozenset(silent))


def keep_page(connection: Connection, page: Page) -> None:
    """Keep the page over the one before; "not modified" only says that somebody looked."""
    row = {
        "url": page.url,
        "etag": page.etag,
        "last_modified": page.last_modified,
        "looked_at": page.fetched_at,
        "title": "",
    }
    unchanged = page.status == 304
    silent = {name for name in ("etag", "last_modified") if unchanged and not row[name]}
    upsert(connection, addresses, row, keep=frozenset(silent | {"title"}))
    if not unchanged:
        content = {"content": pack(replace(page, body=b"")), "body": compress(page.body)}
        upsert(connection, pages, {"url": page.url, "article": ""} | content, keep=frozenset({"article"}))


def keep_origin(connection: Connection, page: Page, article: Article) -> None:
    """Which article a page was."""
    connection.execute(update(pages).where(pages.c.url == page.url).values(article=article.id))


def keep_article(connection: Connection, article: Article, *, now: datetime) -> bool:
    """Keep a new revision; False when the latest one already says the same."""
    known = connection.execute(_LATEST, {"article": article.id}).one_or_none()
    if known and known.fingerprint == article.fingerprint:
        return False
    number = known.revision + 1 if known else 1
    row = {
        "id": article.id,
        "url": article.url,
        "source": article.source,
        "language": article.language,
        "headline": article.headline,
        "published": min(article.published.at, now) if article.published else article.fetched_at,
        "revision": number,
        "fingerprint": article.fingerprint,
        "awaiting": True,
    }
    upsert(connection, articles, row, keep=frozenset({"awaiting"}))
    revision = {"article": article.id, "number": number, "fingerprint": article.fingerprint, "content": pack(article)}
    upsert(connection, revisions, revision)
    return True


def keep_translation(connection: Connection, article: Article, translation: Translation) -> None:
    """Keep the translation over an earlier one of the same revision, and remember its sentences."""
    row = {"article": translation.article, "fingerprint": translation.fingerprint, "content": pack(translation)}
    upsert(connection, translations, row)
    remember(connection, article, translation)


def remember(connection: Connection, article: Article, translation: Translation) -> None:
    """Keep the sentences in the memory, so that no engine is asked for them again."""
    remembered = [
        {"hash": memory_hash(key), "text": english.text, "score": english.score}
        for english in translation.sentences
        if english.origin is Origin.ENGINE
        for key in memory_keys(article, english)
    ]
    insert_new(connection, memory, remembered)


def memory_keys(article: Article, english: EnglishSentence) -> list[MemoryKey]:
    """What the translator asks the memory by: the sentence's language, or else the article's. Of a headline it may be
    either, for one whose language no engine knows is tried in that of its article."""
    sentence = article.sentences[english.number]
    languages = {article.language if sentence.language == UNKNOWN_LANGUAGE else sentence.language}
    if sentence.part == HEADLINE:
        languages.add(article.language)
    return [MemoryKey(sentence.text, language, english.engine, english.glossary) for language in sorted(languages)]


def memory_hash(key: MemoryKey) -> bytes:
    """96 bits for the sentence and 64 for what rendered it, so that all renderings of a sentence stand together."""
    return sentence_hash(key.sentence, key.language) + _hashed(key.engine, key.glossary)[:8]


def sentence_hash(sentence: str, language: str) -> bytes:
    """96 bits: two sentences of a billion share one with a chance of 1 in 10¹¹."""
    return _hashed(sentence, language)[:12]


def former_hash(key: MemoryKey) -> bytes:
    """What a sentence had before: still asked for, so that nobody pays for it again."""
    return _hashed(key.sentence, key.language, key.engine, key.glossary)[:16]


def _hashed(*facts: str) -> bytes:
    return hashlib.sha256(json.dumps(facts).encode()).digest()


def load_page(connection: Connection, url: str) -> Page:
    row = connection.execute(_PAGE, {"url": url}).one()
    return replace(unpack(row.content, Page), body=decompress(row.body))


def load_article(connection: Connection, article: str, fingerprint: str) -> Article:
    """The latest revision that has the fingerprint."""
    content = connection.execute(_REVISION, {"article": article, "fingerprint": fingerprint}).scalar_one()
    return unpack(content, Article)


def load(connection: Connection, table: Table, kind: type[T], *, article: Article) -> T:
    """The translation or enrichment of a revision."""
    query = select(table.c.content).where(table.c.article == article.id, table.c.fingerprint == article.fingerprint)
    return unpack(connection.execute(query).scalar_one(), kind)


def number_of(connection: Connection, article: str, fingerprint: str) -> int:
    """The number of the latest revision with the fingerprint. Raises StoreError for one that is not kept."""
    number = connection.execute(_NUMBER, {"article": article, "fingerprint": fingerprint}).scalar_one()
    if number is None:
        raise StoreError(f"article {article} has no revision {fingerprint}: add the article before its translation")
    return int(number)


def article_of(value: Input) -> str | None:
    """The id of the article that an input is about, once there is one."""
    match value:
        case Article():
            return value.id
        case Translated():
            return value.article.id
        case _:
            return None


def no_longer_awaiting(connection: Connection, article: str) -> None:
    connection.execute(update(articles).where(articles.c.id == article).values(awaiting=False))
