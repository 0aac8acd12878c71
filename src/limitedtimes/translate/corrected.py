"""What people say that a sentence is in English: for which sentence it holds, and what is worth a word to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from limitedtimes.model import UNKNOWN_LANGUAGE, Article, FlagKind, Sentence
from limitedtimes.protocols import Correction, CorrectionKey, KeptCorrection, Memory
from limitedtimes.translate import drafts
from limitedtimes.translate.flags import doubts

HUMAN: Final = "human/"
"""Begins the engine id of a corrected sentence; the name of who corrected it follows."""
LONGEST: Final[Mapping[str, int]] = {"sentence": 10_000, "english": 10_000, "by": 100, "note": 1000}
"""Characters."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes of the command line that are no text."""
_LANGUAGE: Final = re.compile("[a-z]{2,3}")
_ARTICLE: Final = re.compile("[0-9a-hjkmnp-tv-z]{10}|")


def key_of(sentence: Sentence, article: Article) -> CorrectionKey:
    """The key in its article: no engine has a say in it, so that it is the same whatever the routes are."""
    return next(keys_of([sentence], article))


def keys_of(sentences: Iterable[Sentence], article: Article) -> Iterator[CorrectionKey]:
    """The keys of many sentences of an article."""
    its = article.id
    for sentence in sentences:
        language = article.language if sentence.language == UNKNOWN_LANGUAGE else sentence.language
        yield CorrectionKey(drafts.clean(sentence.text), language, its)


def anywhere(key: CorrectionKey) -> CorrectionKey:
    """The key of the same sentence in every article."""
    return CorrectionKey(key.sentence, key.language)


def recalled(keys: Iterable[CorrectionKey], memory: Memory) -> Mapping[CorrectionKey, Correction]:
    """The correction of each key that has one; that of its article before one that holds everywhere."""
    own = dict.fromkeys(keys)
    known = memory.corrected(list(own | {anywhere(key): None for key in own}))
    found = {key: known.get(key) or known.get(anywhere(key)) for key in own}
    return {key: correction for key, correction in found.items() if correction}


def in_force(history: Iterable[KeptCorrection]) -> list[KeptCorrection]:
    """What of a history holds: the latest of each key that is not undone."""
    held = [kept for kept in history if kept.undone is None]
    latest = {kept.correction.key: kept for kept in sorted(held, key=lambda kept: (kept.correction.at, kept.number))}
    return sorted(latest.values(), key=lambda kept: kept.number)


def made(key: CorrectionKey, english: str, *, by: str, at: datetime, note: str = "") -> Correction:
    """A correction of clean texts. Raises ValueError, which says what is wrong and what to do."""
    given = {"sentence": key.sentence, "english": english, "by": by, "note": note}
    texts = {name: drafts.tidy(text) for name, text in given.items()}
    for name, text in texts.items():
        if not text and name != "note":
            raise ValueError(f"{name} is empty; say what it is")
        if _SURROGATE.search(text):
            raise ValueError(f"{name} is not UTF-8; type it again")
        if len(text) > LONGEST[name]:
            raise ValueError(f"{name} has {len(text):,} characters; at most {LONGEST[name]:,} are kept")
    if not _LANGUAGE.fullmatch(key.language):
        raise ValueError(f"{key.language[:40]!r} is no ISO 639 code of a language; write de, fr …")
    if not _ARTICLE.fullmatch(key.article):
        raise ValueError(f"{key.article[:40]!r} is no id of an article; take it from the address of its page")
    return Correction(replace(key, sentence=texts["sentence"]), texts["english"], texts["by"], at, texts["note"])


def warnings(correction: Correction) -> list[str]:
    """One line for each figure or date that differs from the original: a person may mean it, or have mistyped it."""
    key = correction.key
    found = doubts(key.sentence, correction.english, key.language)
    return [doubt.note for doubt in found if doubt.kind in (FlagKind.NUMBER, FlagKind.DATE)]
