"""What to make of an engine's answer: set in English type, mended where that is certain, with its doubts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from limitedtimes.model import PUT_RIGHT, FlagKind
from limitedtimes.protocols import Rendering
from limitedtimes.translate import mending, names, typography
from limitedtimes.translate.drafts import clean
from limitedtimes.translate.flags import Doubt, compared, doubts, glossary_doubts
from limitedtimes.translate.glossary import UNTOUCHED, Found, applying
from limitedtimes.translate.lexicon import Lexicon, english_beside, lexicon
from limitedtimes.translate.notes import cited
from limitedtimes.translate.reading import Reading, read

MENDABLE: Final = (FlagKind.NUMBER, FlagKind.DATE)
IGNORANCE: Final = (FlagKind.INVENTED, FlagKind.NAME, FlagKind.UNSURE)
"""What says that an engine does not know better."""
NONSENSE: Final = (*IGNORANCE, FlagKind.REPETITION)
"""What an engine that makes words up writes where it knows no better: too much for a headline."""

STRICTER: Final = 0.06
"""By how much a headline must score higher, for it has no neighbours that would tell what is meant: four points of chrF
on the line by which `training/unsure.py` sets the bar."""


@dataclass(frozen=True, slots=True)
class Standard:
    """What an answer is held to: the score under which its engine was unsure of it; ``strict``: a headline by an engine
    that makes words up, where no word may be made up, or said again and again."""

    unsure: float = -math.inf
    strict: bool = False


LENIENT: Final = Standard()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence in English, as it would be shown. Refused: it must not be."""

    text: str
    score: float | None
    doubts: tuple[Doubt, ...]
    engine: str = ""  # as of Rendering
    standard: Standard = LENIENT

    @property
    def refused(self) -> bool:
        return any(self._is_grave(doubt) for doubt in self.doubts)

    def _is_grave(self, doubt: Doubt) -> bool:
        return doubt.grave or (self.standard.strict and doubt.kind in NONSENSE and not doubt.put_right)

    @property
    def lacks_facts(self) -> bool:
        """Whether a figure or a date is missing or added, and was not put right."""
        return any(doubt.kind in MENDABLE and not doubt.put_right for doubt in self.doubts)

    @property
    def may_be_bettered(self) -> bool:
        """Whether there is a doubt that another hypothesis may do away with. Where an engine knows no word, its others
        have another wrong one, which nobody sees ("Silban", "silk" for a cable car): the mark is to stay."""
        return any(doubt.kind not in IGNORANCE for doubt in self.doubts)

    @property
    def is_worth_asking_again(self) -> bool:
        """Whether the sentence in clauses may become better: it is refused, or lacks facts. Where the engine does not
        know the words of a headline, it makes up others, and its scores of fewer words may pass ("According to the
        design of self-control" for a law)."""
        refused = any(doubt.grave or (self._is_grave(doubt) and doubt.kind not in IGNORANCE) for doubt in self.doubts)
        return refused or self.lacks_facts

    def better_than(self, other: Verdict) -> bool:
        """Fewer grave doubts, then fewer doubts."""
        return self._badness < other._badness

    @property
    def _badness(self) -> tuple[int, int]:
        return sum(map(self._is_grave, self.doubts)), len(self.doubts)


def judge(
    original: str, rendering: Rendering, language: str, terms: Found = UNTOUCHED, standard: Standard = LENIENT
) -> Verdict:
    """The verdict on a rendering of a clean original that ``terms`` touch."""
    text = typography.english(clean(rendering.text), original)
    words = lexicon(language)
    there = _read(original, language)
    here = read(mending.localised(there, text, words), english_beside(language))
    text, misspelled = names.mended(there, here, words)
    text, replaced = applying.applied(text, terms)
    if text != here.text:
        here = read(text, english_beside(language))
    found = compared(there, here, words, terms.wordings)
    if any(doubt.grave and doubt.kind in MENDABLE for doubt in found):
        text, found = _mended(original, text, language, found, terms.wordings)
    notes = [_put_right(FlagKind.NAME, f"wrote “{wrong}” for “{right}”") for wrong, right in misspelled]
    notes += [_put_right(FlagKind.GLOSSARY, f"wrote “{wrong}” for “{right}”") for wrong, right in replaced]
    found = [*found, *glossary_doubts(text, terms), *notes, *_unsure(rendering.score, standard)]
    if standard.strict:
        found += _mixed(there, here, words, terms.wordings)
    return Verdict(text, rendering.score, tuple(found), rendering.engine, standard)


@lru_cache(maxsize=64)
def _read(original: str, language: str) -> Reading:
    """The original, once for all that an engine makes of it."""
    return read(original, lexicon(language))


def _mixed(there: Reading, here: Reading, words: Lexicon, own: str) -> Iterator[Doubt]:
    """Words of neither language, or of the original's, that no headline may have."""
    if odd := names.mangled(f"{there.text} {own}", here):
        yield Doubt(FlagKind.NAME, f"the original does not say {cited(odd)}")
    if same := names.left(there, here, words):
        yield Doubt(FlagKind.NAME, f"left as it was: {cited(same)}")


def _unsure(score: float | None, standard: Standard) -> Iterator[Doubt]:
    """A sentence whose words the engine itself took for little probable: most such say something else."""
    if score is not None and score < standard.unsure + (STRICTER if standard.strict else 0.0):
        yield Doubt(FlagKind.UNSURE, "the original may say something else")


def _mended(original: str, text: str, language: str, found: list[Doubt], own: str) -> tuple[str, list[Doubt]]:
    """The mended text with a note of what was wrong, if it removes the grave doubt; else everything as it was."""
    other = mending.mended(original, text, language)
    left = doubts(original, other, language, own)
    if any(doubt.grave and doubt.kind in MENDABLE for doubt in left):
        return text, found
    wrong = [doubt for doubt in found if doubt.grave and doubt.kind in MENDABLE]
    return other, [*left, *(_put_right(doubt.kind, doubt.note.replace("says", "said", 1)) for doubt in wrong)]


def _put_right(kind: FlagKind, what: str) -> Doubt:
    return Doubt(kind, f"{PUT_RIGHT}the engine {what}", put_right=True)
