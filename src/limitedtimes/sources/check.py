"""What is wrong with a source, said in lines: a pure function of the source and of what its feeds and pages gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from limitedtimes.model import UNKNOWN_LANGUAGE, Article, Entry, Harvest, Moment, Source
from limitedtimes.sources import dates
from limitedtimes.sources.catalogue import Catalogue

FEW_WORDS: Final = 60
"""Words of an article's body below which it is likely a stub, a teaser or a page that extraction missed."""

SUSPICIOUS: Final = 0.5
"""The share of entries, or of articles, that must be odd before the source is to blame and not the day's news."""

WIDER: Final = {"nb": "no", "nn": "no"}
"""Languages that a source may be declared in by the code of the wider one."""


def review(source: Source, harvests: Sequence[Harvest], articles: Sequence[Article] = ()) -> list[str]:
    """Findings, each one line that says what to do; none when all is well.

    ``harvests`` are the looks at its feeds that succeeded, ``articles`` what extraction made of some of their pages.
    """
    return [*_of_feeds(source, harvests), *_of_articles(source, articles)]


def _of_feeds(source: Source, harvests: Sequence[Harvest]) -> Iterator[str]:
    if not source.feeds:
        yield "it has no feeds: add [[feeds]] with the url of a feed or a sitemap"
    elif not harvests:
        yield f"none of its {len(source.feeds)} feeds answered"
    for harvest in harvests:
        if harvest.entries:
            yield from (f"{harvest.feed.url}: {finding}" for finding in _of_entries(source, harvest.entries))
        elif not harvest.children and not harvest.unchanged:
            yield f"{harvest.feed.url}: has no entries with an address"


def _of_entries(source: Source, entries: Sequence[Entry]) -> Iterator[str]:
    own = Catalogue([source])
    others = Counter(entry.url.split("/")[2] for entry in entries if own.of(entry.url) is None)
    if _most(others.total(), entries):
        host, _ = others.most_common(1)[0]
        yield f'{others.total()} of {len(entries)} entries are on other hosts, most on {host}: hosts = ["{host}"]?'
    moments = [moment for entry in entries if (moment := entry.published or entry.updated)]
    if _most(len(entries) - len(moments), entries):
        yield f"{len(entries) - len(moments)} of {len(entries)} entries have no date that can be read or believed"
    yield from _without_offset(source, moments)
    if _most(sum(not entry.title for entry in entries), entries) and any(entry.title for entry in entries):
        yield f"{sum(not entry.title for entry in entries)} of {len(entries)} entries have no title"
    yield from _languages(source, Counter(entry.language for entry in entries if entry.language), "the feed says")


def _without_offset(source: Source, moments: Sequence[Moment]) -> Iterator[str]:
    bare = [moment.given for moment in moments if not dates.has_offset(moment.given)]
    if bare:
        yield f"{len(bare)} dates have no offset ({bare[0]!r}); they are read as {source.time_zone}"


def _of_articles(source: Source, articles: Sequence[Article]) -> Iterator[str]:
    found = Counter(article.language for article in articles if article.language != UNKNOWN_LANGUAGE)
    yield from _languages(source, found, "its articles are in")
    for article in articles:
        words = sum(len(block.text.split()) for block in article.blocks)
        if words < FEW_WORDS and article.language not in ("ja", "zh", "th"):
            yield f"{article.url}: only {words} words were found: a stub, or [hints] body = is needed"
        if article.published is None:
            yield f"{article.url}: no date was found: [hints] published = is needed"
        if not article.headline:
            yield f"{article.url}: no headline was found: [hints] headline = is needed"


def _languages(source: Source, found: Counter[str], who: str) -> Iterator[str]:
    for language, count in found.most_common(1):
        if not {language, WIDER.get(language, language)} & {*source.languages} and _most(count, list(found.elements())):
            yield f"{who} {language}, but languages = {list(source.languages)}"


def _most(count: int, of: Sequence[object]) -> bool:
    return bool(of) and count / len(of) > SUSPICIOUS
