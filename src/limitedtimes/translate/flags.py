"""Doubts about one translated sentence, found without a model: by what both sides say in figures, dates and words.

A *grave* doubt means that the English must not be shown as it is: the station tries again, mends, or shows the
original instead.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from limitedtimes.model import FlagKind
from limitedtimes.translate import (
    additions,
    dates,
    equivalents,
    figures,
    links,
    measures,
    names,
    negations,
    places,
    quotations,
    repetition,
    shares,
)
from limitedtimes.translate.cyrillic import in_latin
from limitedtimes.translate.english import is_known, unknown
from limitedtimes.translate.glossary import Found, applying
from limitedtimes.translate.lexicon import Lexicon, english_beside, lexicon
from limitedtimes.translate.notes import cited, differing
from limitedtimes.translate.reading import Reading, read

UNUSUAL: Final = 4.0
"""Standard deviations by which the length of a translation differs from the usual where something may be missing."""
UNUSUAL_UNREAD: Final = 5.0
"""The same in a language without a lexicon, whose usual length is known from other texts."""
CUT_OFF: Final = 1.0
"""The same where it also ends without a full stop."""
PER_CHARACTER, AT_LEAST = 1.04, 0.06
"""The deviation of the logarithm of the length ratio: by what is said (with the root of the length) and by translator.
Found alike in all seven languages, for sentences of 30 to 250 characters."""
LOST: Final = 0.33
"""Shorter than this, a translation has lost most of it: grave. No reference translation is."""
TOO_LONG: Final = 3.0
"""So many times as long as usual, it is worth nothing."""
ENOUGH: Final = 40
"""Characters from which a length says something."""
SEVERAL, MOSTLY_INVENTED = 3, 0.2
"""So many invented words, and a larger share than this, are nonsense."""
BORROWED: Final = 5
COPIED: Final = 4
"""So many words in a row that are the original's own are no names any more."""

_MARKUP: Final = re.compile(
    r"</?[a-z][^<>]{0,200}>|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});|\{\{|\}\}|⁇|\ufffd", re.IGNORECASE
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_END: Final = re.compile(r"[.!?…:;。！？।؟۔։።။។][\"'”’»“)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Doubt:
    kind: FlagKind
    note: str  # one line for the reader
    grave: bool = False
    put_right: bool = False


def doubts(original: str, text: str, language: str, own: str = "") -> list[Doubt]:
    """Every doubt about ``text`` as a rendering of ``original``; ``own``: words of the glossary, not made up."""
    words = lexicon(language)
    return compared(read(original, words), read(text, english_beside(language)), words, own)


def compared(there: Reading, here: Reading, words: Lexicon, own: str = "") -> list[Doubt]:
    """The same of an original and a text that have been read; ``words``: the original's."""
    if not here.text.strip():
        return [Doubt(FlagKind.LENGTH, "the engine gave nothing", grave=True)]
    original = f"{there.text} {own}" if own else there.text
    return [
        *_numbers(there, here, words),
        *_measures(there, here, words),
        *_exchanged(there, here, words),
        *_dates(there, here, words),
        *_repetition(there, here),
        *_length(there, here, words),
        *_untranslated(there, here, words),
        *_invented(original, here),
        *_named(original, here),
        *_turned(there, here, words),
        *_links(there.text, here.text),
        *_markup(there.text, here.text),
    ]


def glossary_doubts(text: str, terms: Found) -> list[Doubt]:
    """A doubt for each term whose English is not in the text as often as it must be."""
    return [Doubt(FlagKind.GLOSSARY, applying.note(term, terms)) for term in applying.missing(text, terms)]


def _numbers(original: Reading, english: Reading, words: Lexicon) -> Iterator[Doubt]:
    """A figure that became another one is grave: it changes a fact, and looks right."""
    if disagreement := figures.compare(original, english, words):
        yield Doubt(FlagKind.NUMBER, disagreement.note, grave=disagreement.changed)


def _measures(original: Reading, english: Reading, words: Lexicon) -> Iterator[Doubt]:
    """Money that became other money is grave; other measures may have been converted. Without its
    negations a language is one whose words are not known."""
    for kind, there, here in measures.changed(original.tokens, english.tokens):
        yield Doubt(FlagKind.NUMBER, f"says {here} where the original says {there}", grave=kind == measures.MONEY)
    for note in (*equivalents.turned(original, english), *shares.changed(original, english)) if words.negations else ():
        yield Doubt(FlagKind.NUMBER, note)


def _exchanged(there: Reading, here: Reading, words: Lexicon) -> Iterator[Doubt]:
    """Everything is there, and in another's place."""
    if found := places.figures(there, here, words):
        yield Doubt(FlagKind.NUMBER, f"{cited(found)} may have changed places")
    if found := places.names(there, here, words):
        yield Doubt(FlagKind.SPEAKER, f"{cited(found)} may have changed places: check who says or does what")


def _dates(original: Reading, english: Reading, words: Lexicon) -> Iterator[Doubt]:
    for found in (dates.months(original, english, words), dates.weekdays(original, english, words)):
        if found.note:
            yield Doubt(FlagKind.DATE, found.note, grave=found.changed)
    if note := dates.days(original, english):
        yield Doubt(FlagKind.DATE, note)


def _repetition(original: Reading, english: Reading) -> Iterator[Doubt]:
    """A single word said twice is a slip of style ("time time trial"); more is an engine in a loop."""
    found = repetition.find(english.low)
    if not found or (found.times == 2 and len(found.phrase) <= 3):
        return
    said_there = repetition.find if found.times > 2 else repetition.is_parallel
    if not said_there(original.low):
        grave = found.times >= repetition.ENDLESS
        yield Doubt(FlagKind.REPETITION, f"says {cited([found.phrase])} {found.times} times", grave=grave)


def _length(there: Reading, here: Reading, words: Lexicon) -> Iterator[Doubt]:
    original, english = there.text, here.text
    usual = _usual(original, words)
    said = max(usual, len(original))  # a Chinese sign says more than a letter
    if said < ENOUGH:
        return
    ratio = len(english) / usual
    odd = math.log(ratio) / math.hypot(PER_CHARACTER / math.sqrt(said), AT_LEAST)
    unusual = UNUSUAL if words.known else UNUSUAL_UNREAD
    cut_off = odd < -CUT_OFF and _END.search(original) and not _END.search(english)
    if odd < -unusual or cut_off:
        yield Doubt(FlagKind.LENGTH, "shorter than the original: something may be missing", grave=ratio < LOST)
    elif additions.found(there, here, words):
        yield Doubt(FlagKind.LENGTH, "more sentences than the original: one may be made up", grave=ratio > TOO_LONG)
    elif odd > unusual:
        yield Doubt(FlagKind.LENGTH, "much longer than the original: something may be added", grave=ratio > TOO_LONG)


def _usual(original: str, words: Lexicon) -> float:
    """How long English mostly is for an original: for what is in Latin letters among Chinese signs as long."""
    latin = sum(map(str.isascii, original)) if words.length > 1 else 0
    return (len(original) - latin) * words.length + latin


def _untranslated(original: Reading, english: Reading, words: Lexicon) -> Iterator[Doubt]:
    """Words of the original's language that are no English words, or in another script, or its words in a row."""
    plain = links.without(english.text)  # addresses stay as they are
    ours = english.words if plain == english.text else _WORD.findall(plain)
    left = _left(original, ours, words)
    if len(left) > 1 or (left and left[0] in original.words):
        grave = len(left) > 2 and len(left) * 5 > len(ours)
        yield Doubt(FlagKind.UNTRANSLATED, f"left as it was: {cited(left)}", grave=grave)
    elif run := _copied(original.words, ours):
        yield Doubt(FlagKind.UNTRANSLATED, f"left as it was: {cited([' '.join(run)])}", grave=len(run) > len(ours) / 2)


def _left(original: Reading, english: Sequence[str], words: Lexicon) -> list[str]:
    if words.function_words.isdisjoint(english) and max(english, default="") < "\u0370":
        return []
    theirs = frozenset(original.words)
    third = theirs if words.function_words else frozenset[str]()  # a word in a third script is a quotation
    left = [
        place
        for place, word in enumerate(english)
        if word in words.function_words or (len(word) > 1 and word[0] > "\u036f" and word not in third)
    ]
    if len(left) < SEVERAL:
        left = [place for place in left if not _in_a_name(english, place, theirs)]
    return [english[place] for place in left]


def _in_a_name(english: Sequence[str], place: int, theirs: frozenset[str]) -> bool:
    """Whether a word stands between names of the original, perhaps beside another such one: Mies van der Rohe."""
    before = next((word for word in reversed(english[max(place - 2, 0) : place]) if not word.islower()), "")
    behind = next((word for word in english[place + 1 : place + 3] if not word.islower()), "")
    return before in theirs and behind in theirs


def _copied(original: Sequence[str], english: Sequence[str]) -> Sequence[str]:
    """The first run of COPIED words or more that both sides share, two of them no names and one no English; empty if
    there is none."""
    there = set(original)
    if len(there.intersection(english)) < COPIED:
        return ()
    start = 0
    for end in range(len(english) + 1):
        if end == len(english) or english[end] not in there:
            run = english[start:end]
            small = [word for word in run if word.islower() and len(word) > 1]
            if len(run) >= COPIED and len(small) > 1 and not all(map(is_known, small)):
                return run
            start = end + 1
    return ()


def _invented(original: str, english: Reading) -> Iterator[Doubt]:
    """Words in lower case that are not English and not in the original: small models make them of pieces."""
    strange = unknown(english.low).intersection(english.words)
    if not strange:
        return
    there = {word.lower() for word in _WORD.findall(in_latin(original))}
    found = [word for word in english.words if word in strange and word.isalpha() and not _borrowed(word, there)]
    if found:
        grave = len(found) >= SEVERAL and len(found) > MOSTLY_INVENTED * len(english.words)
        verb = "is no English word" if len(set(found)) == 1 else "are no English words"
        yield Doubt(FlagKind.INVENTED, f"{cited(found)} {verb}", grave=grave)


def _named(original: str, english: Reading) -> Iterator[Doubt]:
    if found := names.invented(original, english):
        yield Doubt(FlagKind.NAME, f"nothing in the original is called {cited(found)}")


def _turned(there: Reading, here: Reading, words: Lexicon) -> Iterator[Doubt]:
    """What would make somebody say the opposite, or make his words the paper's."""
    if negation := negations.lost(there, here, words):
        yield Doubt(FlagKind.NEGATION, f"nothing stands for the original’s “{negation}”")
    elif addition := negations.added(there, here, words):
        yield Doubt(FlagKind.NEGATION, f"says “{addition}”, and nothing in the original seems to deny anything")
    if quotations.lost(there.text, here.text):
        yield Doubt(FlagKind.QUOTATION, "the original quotes somebody here; the quotation marks are missing")
    elif quotations.unbalanced(there.text, here.text):
        yield Doubt(FlagKind.QUOTATION, "a quotation mark is missing: it is unclear where a quotation begins or ends")
    elif quotations.moved(there, here, words):
        yield Doubt(FlagKind.QUOTATION, "the quotation marks stand around other words than in the original")


def _borrowed(word: str, there: set[str]) -> bool:
    """Whether the original has the word, perhaps with another ending."""
    return word in there or any(
        min(len(own), len(word)) >= BORROWED and (own.startswith(word) or word.startswith(own)) for own in there
    )


def _links(original: str, english: str) -> Iterator[Doubt]:
    """An address in the place of another leads readers to where the publisher did not: grave."""
    lost, made = links.changed(original, english)
    if note := differing(filter(None, (lost,)), filter(None, (made,))):
        yield Doubt(FlagKind.LINK, note, grave=bool(lost and made))


def _markup(original: str, english: str) -> Iterator[Doubt]:
    found = {mark for mark in _MARKUP.findall(english) if mark not in original}
    if found:
        grave = english.count("\ufffd") >= SEVERAL  # it was decoded as what it is not
        yield Doubt(FlagKind.MARKUP, f"odd characters: {' '.join(sorted(found))[:60]}", grave=grave)
