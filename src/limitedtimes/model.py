"""The nouns of the house: what travels down the line, and what the edition reads.

Frozen values, standard library only. All times are aware and UTC. Nothing here fetches, decides or remembers.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from typing import Final

UNKNOWN_LANGUAGE: Final = "und"  # BCP 47's tag for "undetermined": the detector may say that it does not know
PUT_RIGHT: Final = "put right: "  # so begins the note of a flag whose fault a program has mended
HEADLINE: Final = -2
STANDFIRST: Final = -1
"""Parts of an article are numbered: headline, standfirst, then its blocks from 0 (a picture's part is its caption)."""


class Rights(StrEnum):  # how much of a publisher's article a *public* edition may show
    FULL = "full"
    EXCERPT = "excerpt"
    LINK = "link"


class FeedKind(StrEnum):
    FEED = "feed"  # RSS, Atom, RDF, JSON Feed: told apart by content
    SITEMAP = "sitemap"  # sitemap, news sitemap or sitemap index, perhaps gzipped


@dataclass(frozen=True, slots=True)
class FeedPointer:
    """The address of a feed or sitemap of a source."""

    url: str
    source: str  # Source.id; "" when no source is known (an OPML file, the command line)
    kind: FeedKind = FeedKind.FEED
    section: str = ""  # the publisher's section that this feed stands for, if it is one


@dataclass(frozen=True, slots=True)
class Hints:
    """A publisher's extraction rules: CSS selectors and regular expressions, on top of the generic extractor.

    A selector left empty means "no rule". ``drop`` is removed before anything is read; a block whose whole text
    matches one of ``drop_text`` (``re.fullmatch``, case-insensitive) is left out.
    """

    body: str = ""
    headline: str = ""
    standfirst: str = ""
    authors: str = ""
    published: str = ""
    modified: str = ""
    section: str = ""
    caption: str = ""
    credit: str = ""
    subhead: str = ""
    drop: tuple[str, ...] = ()
    drop_text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher."""

    id: str  # "de.merkur": country code, dot, name; the TOML file is sources/data/de/merkur.toml
    name: str
    home: str  # URL of the front page
    country: str  # ISO 3166-1 alpha-2, lower case
    languages: tuple[str, ...]  # ISO 639 codes, the most used first
    time_zone: str  # IANA name, for dates that carry no offset
    feeds: tuple[FeedPointer, ...] = ()
    rights: Rights = Rights.LINK
    hints: Hints = field(default_factory=Hints)
    hosts: tuple[str, ...] = ()  # further host names of its articles, beside that of ``home``
    sections: Mapping[str, str] = field(default_factory=dict)  # publisher's section or first path segment → ours
    delay: float | None = None  # seconds between requests to its hosts; None: the edition's default
    every: int | None = None  # minutes between looks at its feeds; None: the edition's default


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as a publisher gave it: the instant (aware, UTC), their string, and their offset from UTC."""

    at: datetime
    given: str
    offset_minutes: int = 0

    @property
    def local(self) -> datetime:
        """The same instant on the publisher's clock."""
        return self.at.astimezone(timezone(timedelta(minutes=self.offset_minutes)))


@dataclass(frozen=True, slots=True)
class Entry:
    """A pointer to an article, as a feed, sitemap, archive or person gave it."""

    url: str
    source: str = ""
    id: str = ""  # the feed's own id (guid, atom:id); "" if it gave none
    title: str = ""
    summary: str = ""  # plain text
    published: Moment | None = None
    updated: Moment | None = None
    authors: tuple[str, ...] = ()
    section: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one look at a feed brought. ``unchanged`` means that the server answered 304."""

    feed: FeedPointer
    entries: tuple[Entry, ...]
    children: tuple[FeedPointer, ...] = ()  # sitemaps that a sitemap index points to
    title: str = ""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False
    next_at: datetime | None = None  # when to look again


@dataclass(frozen=True, slots=True)
class Request:
    """What the line asks of the web: an address, and what is already known of it."""

    url: str
    source: str = ""
    etag: str = ""
    last_modified: str = ""
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes as fetched. ``body`` is decompressed; ``headers`` have lower-case names."""

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    source: str = ""
    entry: Entry | None = None

    @property
    def etag(self) -> str:
        return self.headers.get("etag", "")

    @property
    def last_modified(self) -> str:
        return self.headers.get("last-modified", "")


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Picture:
    url: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an article's body, in order. The text of a picture is its caption."""

    kind: BlockKind
    text: str
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit that is translated, cited, flagged and shown side by side.

    ``number`` counts from 0 over the whole article in reading order: headline, standfirst, blocks.
    ``part`` is HEADLINE, STANDFIRST or the index of a block.
    """

    number: int
    part: int
    text: str
    language: str  # ISO 639, or UNKNOWN_LANGUAGE


@dataclass(frozen=True, slots=True)
class Article:
    """What the publisher said, in its language. ``url`` is canonical, and the id comes from it."""

    url: str
    source: str
    language: str
    headline: str
    standfirst: str
    authors: tuple[str, ...]
    published: Moment | None
    modified: Moment | None
    section: str
    keywords: tuple[str, ...]
    free: bool | None  # the publisher's isAccessibleForFree; None: it did not say
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    fetched_at: datetime
    entry_title: str = ""  # the feed's title, when it differs

    @property
    def id(self) -> str:
        return article_id(self.url)

    @property
    def fingerprint(self) -> str:
        """Changes when, and only when, the publisher's text or pictures change: a new revision."""
        pieces = [self.headline, self.standfirst, *self.authors]
        for block in self.blocks:
            picture = [block.picture.url, block.picture.credit] if block.picture else []
            pieces += [block.kind, block.text, *picture]
        return hashlib.sha256("\x1f".join(pieces).encode(errors="surrogatepass")).hexdigest()[:16]


class FlagKind(StrEnum):  # a kind of doubt about a translated sentence
    NUMBER = "number"
    DATE = "date"
    REPETITION = "repetition"
    LENGTH = "length"
    UNTRANSLATED = "untranslated"
    MARKUP = "markup"
    NEGATION = "negation"
    QUOTATION = "quotation"
    SPEAKER = "speaker"  # who says or does what: names that changed places
    NAME = "name"  # misspelled by the engine, or invented
    INVENTED = "invented"  # words that are in no language
    UNSURE = "unsure"  # the engine gave its own words little probability
    LINK = "link"  # the address of a page, a site or a mailbox
    GLOSSARY = "glossary"  # a term of the operator's glossary is not applied


@dataclass(frozen=True, slots=True)
class Flag:
    kind: FlagKind
    sentence: int  # Sentence.number
    note: str  # one line for the reader: "“dos” is missing", "says “111,000” where the original has “11.000”"


class Origin(StrEnum):  # where the English of a sentence comes from
    ENGINE = "engine"
    MEMORY = "memory"
    AS_IS = "as-is"  # it was English already, or has nothing to translate
    HUMAN = "human"
    NONE = "none"  # could not be translated: ``text`` is the original


@dataclass(frozen=True, slots=True)
class EnglishSentence:
    number: int  # of the Sentence it renders
    text: str
    origin: Origin
    engine: str = ""  # Translator.id; "human/NAME" for HUMAN; "" for AS_IS and NONE
    score: float | None = None  # log-probability per token, if the engine gives one
    flags: tuple[Flag, ...] = ()
    glossary: str = ""  # version of the entries that touch it
    corrected: datetime | None = None  # when a person did, for HUMAN


@dataclass(frozen=True, slots=True)
class Translation:
    """The article in English, sentence by sentence: ``sentences[i].number == i`` for every i."""

    article: str  # Article.id
    fingerprint: str  # of the revision that was translated
    engine: str  # id of the engine that did most of it
    translated_at: datetime
    sentences: tuple[EnglishSentence, ...]
    glossary: str = ""  # version: of all that touch its sentences


@dataclass(frozen=True, slots=True)
class Highlight:
    """A sentence of the translation, picked; never new text."""

    sentence: int


@dataclass(frozen=True, slots=True)
class Enrichment:
    """What the edition adds: highlights and the English section. The address is fixed at first publication."""

    article: str
    fingerprint: str
    highlights: tuple[Highlight, ...]
    section: str  # one of SECTIONS


SECTIONS: Final = (
    "world", "politics", "business", "society", "local", "culture",
    "science", "technology", "health", "sport", "opinion", "news",
)  # fmt: skip
"""English sections of the edition; "news" is the one for everything whose section is not known."""


@dataclass(frozen=True, slots=True)
class Published:
    """One article as the edition reads it: everything that its page needs."""

    source: Source
    article: Article
    translation: Translation
    enrichment: Enrichment
    path: str  # "/{section}/{YYYY-MM-DD}-{slug}.{id}.html", fixed for ever
    revision: int  # from 1
    first_published: datetime  # when we first published it
    updated: datetime  # when this revision was published


@dataclass(frozen=True, slots=True)
class Teaser:
    """One line of a list: what front page, lists and feeds need."""

    id: str
    path: str
    source: str
    source_name: str
    country: str
    language: str
    section: str
    headline: str
    standfirst: str
    original_headline: str
    original_url: str
    authors: tuple[str, ...]
    published: datetime  # the publisher's time, or ours where it gave none, never in the future
    first_published: datetime
    updated: datetime
    picture: Picture | None
    picture_caption: str  # English
    highlights: tuple[str, ...]  # English sentences
    flags: int  # sentences that have any
    rights: Rights
    dated: bool = True  # whether ``published`` is the publisher's own time, and not ours
    untranslated: int = 0  # sentences with a flag of that kind
    by_hand: bool = False  # whether a person corrected some of it


@dataclass(frozen=True, slots=True)
class Awaiting:
    """An article that is kept, but has no English yet."""

    id: str
    source: str
    source_name: str
    language: str
    headline: str
    url: str
    published: datetime
    why: str


def article_id(url: str) -> str:
    """Ten characters of Crockford-like base 32 (50 bits) of the canonical URL's SHA-256: stable and URL-safe."""
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    number = int.from_bytes(hashlib.sha256(url.encode(errors="surrogatepass")).digest()[:7], "big")
    return "".join(alphabet[(number >> shift) & 31] for shift in range(51, 1, -5))


def english_part(article: Article, translation: Translation, part: int) -> str:
    """The English of the headline, the standfirst or a block: its sentences in order, joined by spaces."""
    return " ".join(translation.sentences[said.number].text for said in article.sentences if said.part == part)


_UNDECOMPOSED: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "'": "", "’": ""}
)
"""Latin letters that Unicode does not take apart into a base letter and a mark; and apostrophes, which join."""


def slug(text: str, limit: int = 60) -> str:
    """Lower-case ASCII words joined by hyphens, cut at a word's end; "article" when the text has none."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_UNDECOMPOSED)).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))
    words = words if len(words) <= limit else words[: limit + 1].rpartition("-")[0] or words[:limit]
    return words or "article"


def article_path(article: str, *, section: str, headline: str, published: datetime) -> str:
    """The address of an article's page, from its id, English section, English headline and UTC day."""
    return f"/{section}/{published.astimezone(UTC).date().isoformat()}-{slug(headline)}.{article}.html"
