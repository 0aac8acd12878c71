"""A small in-memory ``Reads`` with made-up articles in several languages. All texts are our own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from memory_chronicle import MemoryChronicle

from limitedtimes.contents import ArchiveDay, Gathered, Leaf, Outline
from limitedtimes.model import (
    HEADLINE,
    STANDFIRST,
    Article,
    Awaiting,
    Block,
    BlockKind,
    EnglishSentence,
    Enrichment,
    Flag,
    FlagKind,
    Highlight,
    Moment,
    Origin,
    Picture,
    Published,
    Rights,
    Sentence,
    Source,
    Teaser,
    Translation,
    article_id,
    article_path,
)
from limitedtimes.place import Place
from limitedtimes.protocols import Latency, ParkedTask, Seen, Status
from limitedtimes.removal import Appeal, Removal
from limitedtimes.search import Found, Hit, Search
from limitedtimes.story import Story
from limitedtimes.trend import Mention, Pulse, Subject, Worth

NOW = datetime(2023, 11, 10, 19, 0, tzinfo=UTC)
ENGINE = "pseudo/example-1@0001"

Pair = tuple[str, str]  # a sentence and its English
Part = tuple[BlockKind, Sequence[Pair]]
P, H, ITEM, QUOTE = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ITEM, BlockKind.QUOTE

SOURCES = {
    source.id: source
    for source in (
        Source("de.hafenblatt", "Hafenblatt", "https://hafenblatt.example/", "de", ("de",), "Europe/Berlin"),
        Source("fr.lamarne", "La Marne libre", "https://lamarne.example/", "fr", ("fr",), "Europe/Paris"),
        Source("es.levante", "Diario del Puerto", "https://puerto.example/", "es", ("es", "ca"), "Europe/Madrid"),
        Source("eg.annahar", "صحيفة الدلتا", "https://delta.example/", "eg", ("ar",), "Africa/Cairo"),
        Source("il.hagalil", "קול הגליל", "https://hagalil.example/", "il", ("he",), "Asia/Jerusalem"),
        Source("jp.minato", "港日報", "https://minato.example/", "jp", ("ja",), "Asia/Tokyo"),
        Source("br.serra", "Folha da Serra", "https://serra.example/", "br", ("pt",), "America/Sao_Paulo"),
    )
}


def moment(at: datetime, offset_minutes: int) -> Moment:
    local = at.astimezone(timezone(timedelta(minutes=offset_minutes)))
    return Moment(at, local.isoformat(), offset_minutes)


def made(
    source: str,
    language: str,
    headline: Pair,
    *,
    standfirst: Sequence[Pair] = (),
    blocks: Sequence[Part | Picture] = (),
    section: str = "news",
    hours_ago: float = 1.0,
    offset: int = 60,
    authors: tuple[str, ...] = (),
    flags: Sequence[Flag] = (),
    untranslated: Sequence[int] = (),
    highlights: Sequence[int] = (),
    url: str = "",
    modified: bool = False,
    revision: int = 1,
    captions: Sequence[Pair] = (),
) -> Published:
    """A published article from pairs of sentences. A picture's caption pairs come from ``captions``, in order."""
    at = NOW - timedelta(hours=hours_ago)
    url = url or f"{SOURCES[source].home}{section}/{abs(hash_of(headline[0]))}.html"
    sentences: list[Sentence] = []
    english: list[EnglishSentence] = []
    waiting_captions = list(captions)

    def add(part: int, pairs: Sequence[Pair]) -> None:
        for original, text in pairs:
            number = len(sentences)
            lost = number in untranslated
            mine = tuple(flag for flag in flags if flag.sentence == number)
            sentences.append(Sentence(number, part, original, language))
            english.append(
                EnglishSentence(number, original if lost else text, Origin.NONE, flags=mine)
                if lost
                else EnglishSentence(number, text, Origin.ENGINE, ENGINE, -0.3, mine)
            )

    add(HEADLINE, [headline])
    add(STANDFIRST, standfirst)
    built: list[Block] = []
    gap = "" if language in ("ja", "zh") else " "
    for index, part in enumerate(blocks):
        if isinstance(part, Picture):
            pairs = [waiting_captions.pop(0)] if part.caption else []
            built.append(Block(BlockKind.PICTURE, part.caption, part))
            add(index, pairs)
        else:
            built.append(Block(part[0], gap.join(original for original, _ in part[1])))
            add(index, part[1])
    article = Article(
        url=url,
        source=source,
        language=language,
        headline=headline[0],
        standfirst=gap.join(original for original, _ in standfirst),
        authors=authors,
        published=moment(at, offset),
        modified=moment(at + timedelta(minutes=20), offset) if modified else None,
        section=section,
        keywords=("Hafen", "Probe"),
        free=True,
        blocks=tuple(built),
        sentences=tuple(sentences),
        fetched_at=at + timedelta(minutes=1),
    )
    translation = Translation(article.id, article.fingerprint, ENGINE, at + timedelta(minutes=2), tuple(english))
    enrichment = Enrichment(article.id, article.fingerprint, tuple(Highlight(n) for n in highlights), section)
    path = article_path(article.id, section=section, headline=headline[1], published=at)
    return Published(
        SOURCES[source],
        article,
        translation,
        enrichment,
        path,
        revision,
        at + timedelta(minutes=3),
        at + timedelta(minutes=3 + 30 * (revision - 1)),
    )


def before(published: Published, texts: Mapping[int, str], *, extra: str) -> Article:
    """An earlier revision: other ``texts`` for some sentences ("": none), and one more at the end."""
    article = published.article
    said = [replace(one, text=texts.get(one.number, one.text)) for one in article.sentences]
    said.append(replace(said[-1], text=extra))
    numbered = (replace(one, number=number) for number, one in enumerate(one for one in said if one.text))
    return replace(article, sentences=tuple(numbered), fetched_at=article.fetched_at - timedelta(minutes=30))


def hash_of(text: str) -> int:
    return int.from_bytes(text.encode()[:6], "big") + len(text)


def teaser_of(published: Published) -> Teaser:
    """What the store makes of a published article for lists."""
    article, english = published.article, published.translation.sentences

    def text(part: int) -> str:
        return " ".join(english[s.number].text for s in article.sentences if s.part == part)

    pictured = next(((i, b.picture) for i, b in enumerate(article.blocks) if b.picture), (None, None))
    assert article.published is not None
    return Teaser(
        id=article.id,
        path=published.path,
        source=published.source.id,
        source_name=published.source.name,
        country=published.source.country,
        language=article.language,
        section=published.enrichment.section,
        headline=text(HEADLINE),
        standfirst=text(STANDFIRST),
        original_headline=article.headline,
        original_url=article.url,
        authors=article.authors,
        published=article.published.at,
        first_published=published.first_published,
        updated=published.updated,
        picture=pictured[1],
        picture_caption=text(pictured[0]) if pictured[0] is not None else "",
        highlights=tuple(english[h.sentence].text for h in published.enrichment.highlights),
        flags=sum(bool(sentence.flags) for sentence in english),
        rights=published.source.rights,
        untranslated=sum(any(f.kind is FlagKind.UNTRANSLATED for f in s.flags) for s in english),
        by_hand=any(s.origin is Origin.HUMAN for s in english),
    )


class MemoryShelf:
    """``Reads`` over a list of articles, the way the store answers."""

    def __init__(
        self, articles: Sequence[Published], awaiting: Sequence[Awaiting] = (), *, changed: datetime | None = NOW
    ) -> None:
        self.articles = {published.article.id: published for published in articles}
        self.unready = list(awaiting)
        self.changed = changed
        self.asked = 0  # how often an article was read
        self.stories: dict[str, str] = {}  # article → story; one that is not there is in none
        self.chronicle = MemoryChronicle([])
        self.asked_for: list[Appeal] = []
        self.most_appeals = 99
        self.gone: dict[str, Removal] = {}  # by the id of an article or of a source
        self.named: dict[str, list[Place]] = {}  # article → what it names
        self.earlier: dict[str, list[Article]] = {}  # revisions before the one that is published, the oldest first

    def changes(self, since: datetime) -> list[str] | None:
        return None

    def seen(self, url: str) -> Seen | None:
        return None

    def published(self, article: str) -> Published | None:
        self.asked += 1
        return self.articles.get(article)

    def revisions(self, article: str) -> list[Article]:
        return [*self.earlier.get(article, []), self.articles[article].article] if article in self.articles else []

    def _matching(
        self, source: str | None, day: date | None, section: str | None, language: str | None = None
    ) -> list[Teaser]:
        teasers = sorted(map(teaser_of, self.articles.values()), key=lambda t: t.published, reverse=True)
        return [
            teaser
            for teaser in teasers
            if (source is None or teaser.source == source)
            and (day is None or teaser.published.date() == day)
            and (section is None or teaser.section == section)
            and (language is None or teaser.language == language)
        ]

    def teasers(
        self,
        *,
        now: datetime,
        limit: int,
        offset: int = 0,
        source: str | None = None,
        day: date | None = None,
        section: str | None = None,
        language: str | None = None,
    ) -> list[Teaser]:
        return self._matching(source, day, section, language)[offset : offset + limit]

    def story(self, article: str) -> Story | None:
        id_ = self.stories.get(article)
        teasers = reversed(self._matching(None, None, None))
        members = tuple(teaser for teaser in teasers if self.stories.get(teaser.id) == id_)
        return Story(id_, members) if id_ else None

    def related(self, article: str, *, since: datetime, until: datetime, limit: int) -> list[Teaser]:
        return []

    def sections(self) -> list[str]:
        return sorted({teaser.section for teaser in self._matching(None, None, None)})

    def waiting(self) -> Mapping[str, int]:
        return Counter(item.language for item in self.unready)

    def count(self, *, source: str | None = None, day: date | None = None, section: str | None = None) -> int:
        return len(self._matching(source, day, section))

    def search(self, wanted: Search, *, now: datetime, limit: int, offset: int = 0) -> Found:
        """Only words as they stand in headlines, standfirsts and original headlines, and choices that all hold, or of
        which with ``loose`` one does."""

        def fits(teaser: Teaser) -> bool:
            said = " ".join((teaser.headline, teaser.standfirst, teaser.original_headline)).casefold()
            choices = (
                (wanted.sources, teaser.source),
                (wanted.countries, teaser.country),
                (wanted.languages, teaser.language),
                (wanted.sections, teaser.section),
            )
            named = self.named.get(teaser.id, [])
            about = {teaser.country, *(place.country for place in named)} & set(wanted.areas)
            about |= {place.name for place in named} & set(wanted.places)
            held = [any(term.text.casefold() in said for term in group) for group in wanted.words]
            held += [value in chosen for chosen, value in choices if chosen]
            held += [bool(about)] * bool(wanted.areas or wanted.places)
            return (
                (any(held) if wanted.loose else all(held))
                and (wanted.since is None or teaser.published.date() >= wanted.since)
                and (wanted.until is None or teaser.published.date() <= wanted.until)
            )

        found = [teaser for teaser in self._matching(None, None, None) if fits(teaser)]
        hits = (Hit(teaser, ((teaser.headline, True),), (("… a piece", False),)) for teaser in found)
        return Found(tuple(hits)[offset : offset + limit], len(found), False)

    def outlines(self, *, now: datetime) -> list[Outline]:
        return [
            Outline(t.id, t.path, t.source, t.language, t.section, t.published, t.updated, self.stories.get(t.id, ""))
            for t in self._matching(None, None, None)
        ]

    def places(self, articles: Sequence[str]) -> Mapping[str, Sequence[Place]]:
        return {article: self.named[article] for article in articles if article in self.named}

    def awaiting(self, *, limit: int, language: str | None = None) -> list[Awaiting]:
        return [item for item in self.unready if language is None or item.language == language][:limit]

    def sources(self) -> list[Source]:
        return list({published.source.id: published.source for published in self.articles.values()}.values())

    def status(self, *, now: datetime) -> Status:
        return Status(
            articles=len(self.articles) + len(self.unready),
            published=len(self.articles),
            awaiting=Counter(item.language for item in self.unready),
            queue={"fetch": 3, "translate": 1},
            delayed={"budget": (1, NOW)},
            parked={"paywall": 2, "timeout": 1},
            recent_parked=(
                ParkedTask("extract", "https://hafenblatt.example/abo", "paywall", "only a stub", 1, NOW, False),
            ),
            latency=Latency(12, 61.0, 118.4),
            sources=len(self.sources()),
            newest=NOW,
            flags={"number": 2, "date": 1},
        )

    def archive_days(self) -> list[ArchiveDay]:
        teasers = self._matching(None, None, None)
        days = sorted({teaser.published.date() for teaser in teasers})
        of = {day: [teaser for teaser in teasers if teaser.published.date() == day] for day in days}
        return [ArchiveDay(day, len(of[day]), max(teaser.updated for teaser in of[day])) for day in days]

    def leaves(self, first: date, last: date, *, limit: int, offset: int) -> list[Leaf]:
        teasers = reversed(self._matching(None, None, None))
        found = [Leaf(one.path, one.updated) for one in teasers if first <= one.published.date() <= last]
        return found[offset : offset + limit]

    def gathered(self) -> list[Gathered]:
        """Of the first source the feed fails."""
        return [
            Gathered(
                source=source.id,
                name=source.name,
                articles=self.count(source=source.id),
                newest=NOW,
                feeds=1,
                looked_at=NOW - timedelta(minutes=9),
                failing=int(number == 0),
                why="timeout" if number == 0 else "",
                message=f"{source.home}feed took too long to answer" if number == 0 else "",
                next_at=NOW + timedelta(minutes=6),
            )
            for number, source in enumerate(self.sources())
        ]

    def ask(self, appeal: Appeal) -> int | None:
        if len(self.asked_for) == self.most_appeals:
            return None
        self.asked_for.append(appeal)
        return len(self.asked_for)

    def removed(self, *, article: str = "", source: str = "") -> Removal | None:
        return self.gone.get(article or source)

    def changed_at(self) -> datetime | None:
        return self.changed

    def pulse(self, *, now: datetime, days: int, worth: Worth) -> Pulse:
        return self.chronicle.pulse(now=now, days=days, worth=worth)

    def mentions(self, subjects: Sequence[Subject], *, now: datetime) -> Mapping[Subject, tuple[Mention, ...]]:
        return self.chronicle.mentions(subjects, now=now)

    def forgotten_at(self) -> datetime | None:
        return self.chronicle.forgotten_at()

    def reports(self, articles: Collection[str]) -> list[Teaser]:
        return [teaser for teaser in self._matching(None, None, None) if teaser.id in articles]


def with_rights(published: Published, rights: Rights) -> Published:
    return replace(published, source=replace(published.source, rights=rights))


def waiting(language: str, headline: str, source: str, why: str) -> Awaiting:
    url = f"{SOURCES[source].home}{len(headline)}.html"
    return Awaiting(article_id(url), source, SOURCES[source].name, language, headline, url, NOW, why)


def flag(kind: FlagKind, sentence: int, note: str) -> Flag:
    return Flag(kind, sentence, note)
