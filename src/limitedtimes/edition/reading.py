"""An article as its page needs it: original and English sentence by sentence, as far as its reader may see it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Final

from limitedtimes.edition import names
from limitedtimes.edition.rights import Extent, extent
from limitedtimes.edition.settings import Audience
from limitedtimes.model import HEADLINE, PUT_RIGHT, STANDFIRST, BlockKind, Flag, Origin, Picture, Published

_DATELINE: Final = re.compile(r"([^\W\d_a-zß-ÿ][^\n,;:!?]{1,48}?)(\s+[–—-]+\s+)(?=\S)")
"""``Astana – Kazakhstan has…``, ``BERLIN (dpa) — The…``: a place, then a dash, at the start of the first paragraph."""
_DATELINE_WORDS: Final = 5
_CALLED: Final = {
    BlockKind.HEADING: "Heading",
    BlockKind.ITEM: "List item",
    BlockKind.QUOTE: "Quotation",
    BlockKind.PICTURE: "Caption",
}
WORDS_A_MINUTE: Final = 238
"""Silent reading of English non-fiction by adults: Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047"""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, in both languages. ``note`` is the number of its note on the page, 0 if it has none."""

    number: int
    original: str
    language: str
    english: str
    origin: Origin
    engine: str = ""
    flags: tuple[Flag, ...] = ()
    note: int = 0
    corrected: datetime | None = None  # when a person did
    score: float | None = None  # log-probability per token, if the engine gave one

    @property
    def corrected_by(self) -> str:
        """The name of the person who did; "" where nobody did."""
        return self.engine.partition("/")[2] if self.origin is Origin.HUMAN else ""

    @property
    def anchor(self) -> str:
        return f"s{self.number}"

    @property
    def translated(self) -> bool:
        return self.origin is not Origin.NONE

    @property
    def doubts(self) -> tuple[tuple[str, str], ...]:
        """Each flag in plain words: (``A number may be wrong``, ``“dos” is missing``).

        Where the original stands instead of English, the first flag says why, and the others are about an English that
        nobody sees; that the publisher's own words may be wrong is not said.
        """
        if self.translated:
            return tuple(map(_told, self.flags))
        why = tuple(("Not in English", flag.note) for flag in self.flags[:1])
        others = map(_told, self.flags[1:])
        return (*why, *((f"In the refused translation, {_lowered(about)}", note) for about, note in others))


def _told(flag: Flag) -> tuple[str, str]:
    """What was put right already is not said to be wrong still."""
    if flag.note.startswith(PUT_RIGHT):
        return "Put right by program", flag.note.removeprefix(PUT_RIGHT)
    return names.doubt(flag.kind), flag.note


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


@dataclass(frozen=True, slots=True)
class Passage:
    """A headline, standfirst or block with its sentences. ``kind`` is None for headline and standfirst."""

    part: int
    kind: BlockKind | None
    lines: tuple[Line, ...]
    picture: Picture | None = None

    @property
    def called(self) -> str:
        """What it is, for who hears the page; "" for a paragraph, as most are."""
        if self.kind:
            return _CALLED.get(self.kind, "")
        return "Headline" if self.part == HEADLINE else "Standfirst"

    @property
    def english(self) -> str:
        return " ".join(line.english for line in self.lines)

    @property
    def translated(self) -> str:
        """The English without the sentences of which none could be made: for where nothing can mark those."""
        return " ".join(line.english for line in self.lines if line.translated)


@dataclass(frozen=True)
class Reading:
    """Everything that one article's page shows, and nothing that its reader may not see."""

    published: Published
    extent: Extent
    passages: tuple[Passage, ...]  # headline and standfirst first

    def _part(self, part: int) -> Passage:
        found = (passage for passage in self.passages if passage.part == part)
        return next(found, Passage(part, None, ()))

    @cached_property
    def headline(self) -> Passage:
        return self._part(HEADLINE)

    @cached_property
    def standfirst(self) -> Passage:
        return self._part(STANDFIRST)

    @cached_property
    def lead_picture(self) -> Passage | None:
        """The picture that stands before the text, if one does."""
        for passage in self.passages:
            if passage.kind is BlockKind.PICTURE:
                return passage
            if passage.kind is not None:
                return None
        return None

    @cached_property
    def body(self) -> tuple[Passage, ...]:
        """The blocks in order, without the lead picture."""
        return tuple(p for p in self.passages if p.kind is not None and p is not self.lead_picture)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for passage in self.passages for line in passage.lines)

    @cached_property
    def notes(self) -> tuple[Line, ...]:
        """The doubtful sentences, in the order of their notes."""
        return tuple(line for line in self.lines if line.note)

    @cached_property
    def untranslated(self) -> int:
        """How many sentences are shown in the original because no English could be made of them."""
        return sum(not line.translated for line in self.lines)

    @cached_property
    def by_hand(self) -> int:
        """How many sentences a person has corrected."""
        return sum(line.origin is Origin.HUMAN for line in self.lines)

    @cached_property
    def correctors(self) -> tuple[tuple[str, datetime], ...]:
        """Who corrected sentences, and when they last did: the latest first."""
        times = sorted((line.corrected, line.corrected_by) for line in self.lines if line.corrected)
        last = {name: at for at, name in times}
        return tuple(sorted(last.items(), key=lambda one: one[1], reverse=True))

    @cached_property
    def other_engines(self) -> tuple[str, ...]:
        """Ids of engines that did sentences here, beside the one that did most; the busiest first."""
        made = Counter(line.engine for line in self.lines if line.engine and line.origin is not Origin.HUMAN)
        return tuple(engine for engine, _ in made.most_common() if engine != self.published.translation.engine)

    @cached_property
    def minutes(self) -> int:
        """How long the English takes to read, in whole minutes, at least 1."""
        words = sum(len(line.english.split()) for line in self.lines)
        return max(1, round(words / WORDS_A_MINUTE))

    @cached_property
    def highlights(self) -> tuple[tuple[str, Line | None], ...]:
        """English text and its line, which has the original too; None where that sentence is not on the page."""
        visible = {line.number: line for line in self.lines}
        english = self.published.translation.sentences
        picked = self.published.enrichment.highlights[: self.extent.highlights]
        return tuple((english[h.sentence].text, visible.get(h.sentence)) for h in picked)


def reading(published: Published, audience: Audience = Audience.PRIVATE) -> Reading:
    """The article as this audience may read it."""
    allowed = extent(published.article, published.source.rights, audience)
    lines = _numbered(_lines(published, allowed))
    by_part: dict[int, list[Line]] = {}
    for part, line in lines:
        by_part.setdefault(part, []).append(line)
    passages = (*_head(by_part), *_blocks(published, by_part))
    return Reading(published, allowed, tuple(p for p in passages if p.part in allowed.parts))


def _lines(published: Published, allowed: Extent) -> Iterable[tuple[int, Line]]:
    english = published.translation.sentences
    body = 0
    for sentence in published.article.sentences:
        if sentence.part not in allowed.parts:
            continue
        body += sentence.part >= 0
        if allowed.sentences is None or body <= allowed.sentences:
            said = english[sentence.number]
            spoken = (sentence.text, sentence.language, said.text, said.origin, said.engine, said.flags)
            yield (sentence.part, Line(sentence.number, *spoken, corrected=said.corrected, score=said.score))


def _numbered(lines: Iterable[tuple[int, Line]]) -> Iterable[tuple[int, Line]]:
    """Give every flagged sentence the number of its note, from 1."""
    count = 0
    for part, line in lines:
        if not line.flags:
            yield part, line
            continue
        count += 1
        yield part, replace(line, note=count)


def _head(lines: Mapping[int, list[Line]]) -> Iterable[Passage]:
    return (Passage(part, None, tuple(lines[part])) for part in (HEADLINE, STANDFIRST) if part in lines)


def _blocks(published: Published, lines: Mapping[int, list[Line]]) -> Iterable[Passage]:
    for part, block in enumerate(published.article.blocks):
        if part in lines or block.picture:
            yield Passage(part, block.kind, tuple(lines.get(part, ())), block.picture)


def dateline(passage: Passage) -> tuple[str, str]:
    """The place and its dash at the start of a paragraph (``Astana``, `` – ``), or two empty strings."""
    text = passage.lines[0].english if passage.lines and passage.lines[0].translated else ""
    found = _DATELINE.match(text)
    if not found or len(found[1].split()) > _DATELINE_WORDS:
        return "", ""
    return found[1], found[2]
