"""Removals: the appeals that wait, what was taken down, and the deletion of all that there is of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import product
from typing import Any, Final

from sqlalchemy import Column, Connection, Row, delete, false, func, insert, or_, select

from limitedtimes.contents import subject_of_source
from limitedtimes.model import UNKNOWN_LANGUAGE, Article, Page, Translation, article_id
from limitedtimes.removal import MOST_APPEALS, Appeal, Deleted, Party, Removal, Target
from limitedtimes.search import Term
from limitedtimes.store import chronicle, search, stories
from limitedtimes.store.changes import REMOVED, mark, mark_changed
from limitedtimes.store.codec import decompress, unpack
from limitedtimes.store.reads import CHUNK
from limitedtimes.store.schema import (
    addresses,
    appeals,
    articles,
    corrections,
    memory,
    metadata,
    pages,
    publications,
    removals,
    revisions,
    sources,
    spending,
    tasks,
    tombstones,
    translations,
)
from limitedtimes.store.tombstones import bar, barred, forget, key_of_host, key_of_source, keys_of_host
from limitedtimes.store.values import former_hash, memory_keys, sentence_hash

_KEPT: Final = frozenset({spending.name, "postings", corrections.name, pages.name})
"""Tables with an article in them that are not simply emptied of it: figures of what was paid hold no text, and the
others have more to it than that column."""
_SILENT: Final = re.compile(r"\W+")
_SAYS_ITS_ADDRESS: Final = b"(?:canonical|og:url)[^>]{0,200}%s[\"']"


def ask(connection: Connection, appeal: Appeal) -> int | None:
    told = {name: getattr(appeal, name) for name in ("address", "whole", "party", "why", "contact")}
    same = select(appeals.c.number).where(*(appeals.c[name] == value for name, value in told.items()))
    known = connection.execute(same).scalar()
    if known is not None:
        return int(known)
    if connection.execute(select(func.count()).select_from(appeals)).scalar_one() >= MOST_APPEALS:
        return None
    return int(connection.execute(insert(appeals).returning(appeals.c.number), told | {"at": appeal.at}).scalar_one())


def waiting(connection: Connection) -> list[Appeal]:
    return [
        Appeal(row.address, row.whole, Party(row.party), row.why, row.contact, row.at, row.number)
        for row in connection.execute(select(appeals).order_by(appeals.c.number))
    ]


def answer(connection: Connection, number: int) -> bool:
    return connection.execute(delete(appeals).where(appeals.c.number == number)).rowcount > 0


def in_force(connection: Connection) -> list[Removal]:
    return [_removal(row) for row in connection.execute(select(removals).order_by(removals.c.number))]


def removed(connection: Connection, *, article: str, source: str) -> Removal | None:
    keys = [*([article] if article else []), *([key_of_source(source)] if source else [])]
    number = barred(connection, keys)
    return _removal(connection.execute(select(removals).where(removals.c.number == number)).one()) if number else None


def _removal(row: Row[Any]) -> Removal:
    return Removal(row.number, row.at, Party(row.party), row.of_article, row.source, row.note)


def article_at(connection: Connection, url: str) -> str:
    found = connection.execute(select(pages.c.article).where(pages.c.url == url)).scalar_one_or_none()
    return found or connection.execute(select(articles.c.id).where(articles.c.url == url)).scalar() or ""


def allow(connection: Connection, target: Target, *, now: datetime) -> bool:
    """A source is let in again as a whole, its articles too; an article that was removed with its source is not."""
    number = barred(connection, [key_of_source(target.source) if target.source else target.article])
    if number is None:
        return False
    of = connection.execute(select(removals.c.of_article).where(removals.c.number == number)).scalar_one()
    if bool(of) == bool(target.source):
        return False
    connection.execute(delete(tombstones).where(tombstones.c.removal == number))
    connection.execute(delete(removals).where(removals.c.number == number))
    mark_changed(connection, now)
    return True


def remove(
    connection: Connection, target: Target, *, party: Party, note: str, answered: Sequence[int], now: datetime
) -> Deleted:
    """What is removed already stays so, with its first date and reason."""
    for number in answered:
        answer(connection, number)
    row = {"at": now, "party": party, "of_article": target.article, "note": note}
    row |= {"source": target.source or _source_of(connection, target.article)}
    removal = barred(connection, [key_of_source(target.source) if target.source else target.article])
    if removal is None:
        removal = int(connection.execute(insert(removals).returning(removals.c.number), row).scalar_one())
    deleted = Deleted()
    gone = _articles_of(connection, target)
    for id_ in gone:
        deleted = _sum(deleted, _bury(connection, id_, removal))
    bar(connection, [target.article] if target.article else [], removal)
    bar(connection, map(article_id, target.addresses), removal)
    forget(connection, target.addresses)
    if target.source:
        _close(connection, target, removal)
        gone.append(subject_of_source(target.source))
    mark_changed(connection, now, gone)
    mark(connection, REMOVED, now)
    return deleted


def _source_of(connection: Connection, article: str) -> str:
    return connection.execute(select(articles.c.source).where(articles.c.id == article)).scalar() or ""


def _articles_of(connection: Connection, target: Target) -> list[str]:
    if not target.source:
        return list(connection.execute(select(articles.c.id).where(articles.c.id == target.article)).scalars())
    by_source = connection.execute(select(articles.c.id).where(articles.c.source == target.source)).scalars()
    by_host = map(article_id, _on(connection, articles.c.url, target.hosts))
    return list(dict.fromkeys((*by_source, *by_host)))


def _on(connection: Connection, column: Column[Any], hosts: Sequence[str]) -> list[str]:
    """The addresses of a column that are on one of these hosts, or on a part of one."""
    wanted = {key_of_host(host) for host in hosts}
    like = or_(*(column.contains(host, autoescape=True) for host in hosts)) if hosts else false()
    found = connection.execute(select(column).where(like)).scalars()
    return [url for url in found if not wanted.isdisjoint(keys_of_host(url))]


def _sum(one: Deleted, other: Deleted) -> Deleted:
    return Deleted(one.articles + other.articles, one.memory + other.memory, one.corrections + other.corrections)


def _close(connection: Connection, target: Target, removal: int) -> None:
    """No page of the source is left, and no feed of it is looked at."""
    bar(connection, [key_of_source(target.source), *map(key_of_host, target.hosts)], removal)
    connection.execute(delete(tasks).where(tasks.c.step == "poll", tasks.c.lane == target.source))
    connection.execute(delete(sources).where(sources.c.id == target.source))
    for column in (pages.c.url, addresses.c.url, tasks.c.key):
        theirs = _on(connection, column, target.hosts)
        for start in range(0, len(theirs), CHUNK):
            connection.execute(delete(column.table).where(column.in_(theirs[start : start + CHUNK])))


def _bury(connection: Connection, article: str, removal: int) -> Deleted:
    """Delete an article from every table, and bar every address that is known to lead to it."""
    known = list(_revisions(connection, article))
    urls = sorted({*(one.url for one in known), *_pages_of(connection, article, {one.url for one in known})})
    bar(connection, [article, *map(article_id, urls)], removal, story=stories.leave(connection, article))
    place = connection.execute(select(publications.c.place).where(publications.c.article == article)).scalar()
    if place is not None:
        search.drop(connection, place)
    chronicle.forget(connection, article)
    forgotten = _forget_sentences(connection, article, known)
    uncorrected = _forget_corrections(connection, article, known)
    for table in reversed(metadata.sorted_tables):
        if "article" in table.c and table.name not in _KEPT:
            connection.execute(delete(table).where(table.c.article == article))
    connection.execute(delete(articles).where(articles.c.id == article))
    forget(connection, urls)
    return Deleted(1, forgotten, uncorrected)


def _revisions(connection: Connection, article: str) -> Iterator[Article]:
    query = select(revisions.c.content).where(revisions.c.article == article)
    return (unpack(content, Article) for content in connection.execute(query).scalars())


def _pages_of(connection: Connection, article: str, urls: set[str]) -> list[str]:
    """The addresses of the pages that it was extracted from."""
    found = list(connection.execute(select(pages.c.url).where(pages.c.article == article)).scalars())
    return found + [url for url in _old_pages(connection) if url in urls or _says(connection, url, urls)]


def _old_pages(connection: Connection) -> list[str]:
    """Pages from before it was kept which article they are."""
    return list(connection.execute(select(pages.c.url).where(pages.c.article.is_(None))).scalars())


def _says(connection: Connection, url: str, urls: set[str]) -> bool:
    """Whether the page was answered from one of the addresses, or names one as its own."""
    row = connection.execute(select(pages.c.content, pages.c.body).where(pages.c.url == url)).one()
    if unpack(row.content, Page).final_url in urls:
        return True
    body = decompress(row.body)
    return any(re.search(_SAYS_ITS_ADDRESS % re.escape(one.encode(errors="replace")), body) for one in urls)


def _forget_sentences(connection: Connection, article: str, known: Sequence[Article]) -> int:
    """Out of the translation memory, whatever engine rendered them. A sentence that another article has too is asked
    for anew if that one is ever translated again."""
    said = {
        sentence_hash(sentence.text, language)
        for one in known
        for sentence in one.sentences
        for language in {one.language, sentence.language} - {UNKNOWN_LANGUAGE}
    }
    former, forgotten = _former_hashes(connection, article, known), 0
    for start in range(0, len(former), CHUNK):
        of_it = memory.c.hash.in_(former[start : start + CHUNK])
        forgotten += connection.execute(delete(memory).where(of_it)).rowcount
    for begin in sorted(said):
        of_it = memory.c.hash.between(begin, begin + b"\xff" * 9)
        forgotten += connection.execute(delete(memory).where(of_it)).rowcount
    return forgotten


def _former_hashes(connection: Connection, article: str, known: Sequence[Article]) -> list[bytes]:
    """What its translations were remembered under by earlier versions, which need to know the engine and the glossary.
    A sentence that was corrected, or got a term since, does not say them any more: the others of its article do."""
    by_print = {one.fingerprint: one for one in known}
    query = select(translations.c.content).where(translations.c.article == article)
    rendered = [unpack(content, Translation) for content in connection.execute(query).scalars()]
    lines = [english for translation in rendered for english in translation.sentences]
    engines = {english.engine for english in lines} | {translation.engine for translation in rendered}
    glossaries = {"", *(english.glossary for english in lines)}
    keys = {
        replace(key, engine=engine, glossary=glossary)
        for translation in rendered
        for english in translation.sentences
        for key in memory_keys(by_print[translation.fingerprint], english)
        for engine, glossary in product(engines, glossaries)
    }
    return [former_hash(key) for key in keys]


def _forget_corrections(connection: Connection, article: str, known: Iterable[Article]) -> int:
    """A correction holds its sentence twice, so it goes too; one that holds everywhere stays for an article elsewhere
    that has the same sentence."""
    count = connection.execute(delete(corrections).where(corrections.c.article == article)).rowcount
    said = {_SILENT.sub("", sentence.text) for one in known for sentence in one.sentences}
    everywhere = select(corrections.c.number, corrections.c.sentence).where(corrections.c.article == "")
    for row in connection.execute(everywhere).all():
        if _SILENT.sub("", row.sentence) in said and not search.has(connection, Term(row.sentence)):
            connection.execute(delete(corrections).where(corrections.c.number == row.number))
            count += 1
    return count
