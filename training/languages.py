"""What the recipe knows of each language: the files in `data/CODE/`, and the dice that choose from their lists."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from training.clean import Pair, near_key, normalise

LANGUAGES = ("de", "es", "fr", "it", "nl", "pt", "ru")
DATA = Path(__file__).parent / "data"
OWN = {"own": "sentences.tsv", "words": "vocabulary.tsv"}
"""Texts of our own, by what they are called among the corpora."""

# fmt: off
_ONSETS = [
    "b", "br", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "kr", "l", "m", "n", "p", "r", "s", "sch", "st", "t",
    "tr", "v", "w", "z",
]
# fmt: on
_VOWELS = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ä", "ö", "ü", "ei", "au"]
_CODAS = ["", "", "l", "n", "r", "s", "ck", "tz", "mann", "ner", "berg", "ski", "ić", "sen", "er", "ke", "o", "i"]


@dataclass(frozen=True)
class Language:
    """One language's words: lists by kind (`words.toml`), templates and sentences of our own."""

    code: str
    words: dict[str, Any]
    templates: list[tuple[str, str]]
    sentences: list[Pair]

    @classmethod
    def read(cls, code: str) -> Language:
        """The files of one language; a missing one of sentences is an empty one."""
        folder = DATA / code
        words = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
        sentences = [
            Pair(normalise(source), normalise(english), corpus)
            for corpus, name in OWN.items()
            for source, english in _columns(folder / name)
        ]
        return cls(code, words, _columns(folder / "templates.tsv"), sentences)

    def without(self, held_out: frozenset[str]) -> Language:
        """The same but for sentences whose near key is among those that are held out."""
        kept = [pair for pair in self.sentences if held_out.isdisjoint(map(near_key, pair[:2]))]
        return replace(self, sentences=kept)

    @cached_property
    def function_words(self) -> frozenset[str]:
        """The commonest words, by which the language is known."""
        return frozenset(self.words["function_words"])

    @cached_property
    def starts(self) -> frozenset[str]:
        """Words that begin a sentence and lose their capital letter where it is joined to another."""
        return frozenset(word.capitalize() for word in self.words["starts"])

    @cached_property
    def stock(self) -> tuple[tuple[bool, re.Pattern[str], re.Pattern[str]], ...]:
        """The names of the everyday corpora (whether of a woman, here, in English); an s may be a genitive."""
        kinds = ((False, "man"), (True, "woman"))
        return tuple(
            (female, _any_of(self.words[kind], ending="(s?)"), _any_of(self.words[f"{kind}_english"]))
            for female, kind in kinds
            if self.words.get(kind)
        )

    def pair(self, kind: str, dice: Random) -> tuple[str, str]:
        """One term and its English."""
        term, _, english = dice.choice(self.words[kind]).partition("\t")
        return term, english or term

    def _family(self, dice: Random) -> tuple[str, str]:
        """A family name; in the Latin script every third is made up, because real ones are endless."""
        if self.code == "ru" or dice.random() < 0.65:
            return self.pair("family", dice)
        syllables = "".join(dice.choice(_ONSETS) + dice.choice(_VOWELS) for _ in range(dice.choice((1, 1, 2))))
        return ((syllables + dice.choice(_CODAS)).capitalize(),) * 2

    def person(self, dice: Random, *, female: bool, full: bool | None = None) -> tuple[str, str]:
        """A person, here and in English: a first name, or both names where `full` (default: by chance)."""
        first, english = self.pair("female" if female else "male", dice)
        if full is None:
            full = dice.random() < 0.3
        if not full:
            return first, english
        family, family_english = self._family(dice)
        return f"{first} {family}", f"{english} {family_english}"


def _any_of(names: list[str], ending: str = "") -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(names)}){ending}\b")


def _columns(path: Path) -> list[tuple[str, str]]:
    """The two columns of each line."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(source, english) for source, english in (line.split("\t") for line in lines)]
