"""The fields of an article: what the page declares in JSON-LD, OpenGraph and meta, and shows in its head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from limitedtimes.extract import jsonld
from limitedtimes.extract.authors import authors, split, unique
from limitedtimes.extract.canonical import canonical
from limitedtimes.extract.dates import first_moment
from limitedtimes.extract.headline import headline, site_names, without_site
from limitedtimes.extract.hints import hints_of, texts
from limitedtimes.extract.jsonld import Thing
from limitedtimes.extract.tree import Document, bare
from limitedtimes.model import Moment, Page, Source

_PUBLISHED: Final = (
    "article:published_time", "article:published:time", "og:article:published_time", "datepublished", "date",
    "dc.date.issued", "dcterms.created", "parsely-pub-date", "cxenseparse:recs:publishtime", "pubdate", "publishdate",
    "publish-date", "sailthru.date", "article.published", "last-modified-date",
)  # fmt: skip
_MODIFIED: Final = (
    "article:modified_time", "article:modified:time", "og:updated_time", "datemodified", "last-modified",
    "dc.date.modified",
)  # fmt: skip
_MAX_KEYWORDS: Final = 30
_MAX_TIMES: Final = 40


@dataclass(frozen=True, slots=True)
class Fields:
    url: str
    headline: str
    titles: tuple[str, ...]  # how the page is called elsewhere
    descriptions: tuple[str, ...]  # what may be the standfirst in other words
    authors: tuple[str, ...]
    published: Moment | None
    modified: Moment | None
    section: str
    keywords: tuple[str, ...]
    free: bool | None
    declared: bool  # the page says of itself that it is an article
    types: frozenset[str]  # of all JSON-LD objects, lower-case


def read_fields(page: Page, document: Document, source: Source | None) -> Fields:
    """What the page says of its article, each field from the first place that says it; the source's hints first."""
    found = jsonld.things(document)
    thing = jsonld.article(found, title=document.first("og:title", "twitter:title"))
    names, hints = site_names(document, thing), hints_of(source)
    zone, now = source.time_zone if source else "", page.fetched_at
    published = [*texts(document, hints.published), *_published(document, thing)]
    modified = [*texts(document, hints.modified), *_dates(document, thing, "dateModified", _MODIFIED)]
    hinted = [name for text in texts(document, hints.authors) for name in split(text)]
    return Fields(
        url=canonical(_addresses(document, thing), page.final_url, source.hosts if source else ()),
        headline=next(iter(texts(document, hints.headline)), "") or headline(document, thing),
        titles=tuple(without_site(document.first(name), names, ()) for name in ("og:title", "twitter:title")),
        descriptions=_descriptions(document, thing),
        authors=unique(hinted) or authors(document, thing, names),
        published=first_moment(published, zone=zone, now=now),
        modified=first_moment(modified, zone=zone, now=now),
        section=next(iter(texts(document, hints.section)), "") or _section(document, thing),
        keywords=_keywords(document, thing),
        free=jsonld.free(found, thing),
        declared=bool(thing) or _says_article(document),
        types=frozenset(name for one in found for name in jsonld.types_of(one)),
    )


def _section(document: Document, thing: Thing) -> str:
    return next(iter(jsonld.strings(thing.get("articleSection"))), document.first("article:section", "section"))


def _says_article(document: Document) -> bool:
    return "article" in document.first("og:type").lower() or bool(document.first("article:published_time"))


def _addresses(document: Document, thing: Thing) -> Iterator[str]:
    for link in document.root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            yield link.get("href") or ""
    yield document.first("og:url")
    for value in (thing.get("url"), thing.get("mainEntityOfPage"), thing.get("@id")):
        said = value.get("@id") if isinstance(value, dict) else value
        if isinstance(said, str):
            yield said


def _descriptions(document: Document, thing: Thing) -> tuple[str, ...]:
    said = [
        *jsonld.strings(thing.get("description")),
        document.first("og:description"),
        document.first("description"),
        document.first("twitter:description"),
    ]
    title = bare(jsonld.headline(thing))
    return unique(text for text in said if bare(text) != title)


def _published(document: Document, thing: Thing) -> Iterator[str]:
    yield from _dates(document, thing, "datePublished", _PUBLISHED)
    times = [
        time for time, _ in zip(document.root.iter("time"), range(_MAX_TIMES), strict=False) if time.get("datetime")
    ]
    marked = [
        time for time in times if time.get("itemprop") == "datePublished" or "publish" in (time.get("class") or "")
    ]
    yield from (time.get("datetime") for time in (*marked, *times))


def _dates(document: Document, thing: Thing, key: str, metas: tuple[str, ...]) -> Iterator[str]:
    yield from jsonld.strings(thing.get(key))
    for name in metas:
        yield from document.meta.get(name, ())


def _keywords(document: Document, thing: Thing) -> tuple[str, ...]:
    said = (
        jsonld.strings(thing.get("keywords")) or document.meta.get("news_keywords") or document.meta.get("keywords", [])
    )
    return unique(word.strip() for text in said for word in re.split(r"[,;]", text))[:_MAX_KEYWORDS]
