"""The fields of an article: what the page declares in JSON-LD, OpenGraph and meta, and shows in its head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from limitedtimes.extract import jsonld
from limitedtimes.extract.authors import names, unique
from limitedtimes.extract.canonical import canonical
from limitedtimes.extract.dates import first_moment
from limitedtimes.extract.jsonld import Thing
from limitedtimes.extract.tree import Document, bare, text_of
from limitedtimes.model import Moment, Page, Source

_PUBLISHED: Final = ("article:published_time", "datepublished", "date", "dc.date.issued", "parsely-pub-date", "pubdate")
_MODIFIED: Final = ("article:modified_time", "datemodified", "last-modified", "og:updated_time")
_SITE_SUFFIX = re.compile(r"\s+[|•·–—-]\s+[^|•·–—-]{2,40}$")


@dataclass(frozen=True, slots=True)
class Fields:
    url: str
    headline: str
    standfirst: str
    authors: tuple[str, ...]
    published: Moment | None
    modified: Moment | None
    section: str
    keywords: tuple[str, ...]
    free: bool | None


def fields(page: Page, document: Document, source: Source | None) -> Fields:
    found = jsonld.things(document)
    title = document.first("og:title", "twitter:title")
    thing = jsonld.article(found, title=title)
    zone = source.time_zone if source else ""
    return Fields(
        url=_url(page, document, thing, source),
        headline=_headline(document, thing, title),
        standfirst=_standfirst(document, thing),
        authors=unique(names(thing.get("author")) or names(document.first("author", "article:author"))),
        published=first_moment(_dates(document, thing, "datePublished", _PUBLISHED), zone=zone, now=page.fetched_at),
        modified=first_moment(_dates(document, thing, "dateModified", _MODIFIED), zone=zone, now=page.fetched_at),
        section=next(iter(jsonld.strings(thing.get("articleSection"))), document.first("article:section", "section")),
        keywords=_keywords(document, thing),
        free=jsonld.free(found, thing),
    )


def _url(page: Page, document: Document, thing: Thing, source: Source | None) -> str:
    links = [
        link.get("href") or "" for link in document.root.iter("link") if (link.get("rel") or "").lower() == "canonical"
    ]
    declared = thing.get("url")
    candidates = [*links[:1], document.first("og:url"), declared if isinstance(declared, str) else ""]
    return canonical(candidates, page.final_url, source.hosts if source else ())


def _headline(document: Document, thing: Thing, title: str) -> str:
    heads = [text for head in document.root.iter("h1") if (text := text_of(head))]
    declared = jsonld.headline(thing)
    for text in (declared, title):
        if text:
            return _SITE_SUFFIX.sub("", text)
    if heads:
        return heads[0]
    return next((_SITE_SUFFIX.sub("", text_of(element)) for element in document.root.iter("title")), "")


def _standfirst(document: Document, thing: Thing) -> str:
    text = next(iter(jsonld.strings(thing.get("description"))), "") or document.first("og:description", "description")
    return "" if bare(text) == bare(jsonld.headline(thing)) else text


def _dates(document: Document, thing: Thing, key: str, metas: tuple[str, ...]) -> list[str]:
    return [*jsonld.strings(thing.get(key)), *(value for name in metas for value in document.meta.get(name, ()))]


def _keywords(document: Document, thing: Thing) -> tuple[str, ...]:
    said = (
        jsonld.strings(thing.get("keywords")) or document.meta.get("news_keywords") or document.meta.get("keywords", [])
    )
    return unique(word.strip() for text in said for word in re.split(r"[,;]", text))[:30]
