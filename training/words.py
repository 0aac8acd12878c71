"""The word lists of `data/words.toml`, and the dice that choose from them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random

# fmt: off
_ONSETS = [
    "b", "br", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "kr", "l", "m", "n", "p", "r", "s", "sch", "st", "t",
    "tr", "v", "w", "z",
]
# fmt: on
_VOWELS = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ä", "ö", "ü", "ei", "au"]
_CODAS = ["", "", "l", "n", "r", "s", "ck", "tz", "mann", "ner", "berg", "ski", "ić", "sen", "er", "ke", "o", "i"]


class Words:
    """Names and terms by kind. A term whose English differs is written "German TAB English"."""

    def __init__(self, lists: dict[str, list[str]]) -> None:
        self._lists = lists

    @classmethod
    def read(cls, path: Path) -> Words:
        """The lists of one TOML file."""
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def __getitem__(self, kind: str) -> list[str]:
        return self._lists[kind]

    def pair(self, kind: str, dice: Random) -> tuple[str, str]:
        """One term in German and in English."""
        german, _, english = dice.choice(self._lists[kind]).partition("\t")
        return german, english or german

    def family(self, dice: Random) -> str:
        """A family name; every third is made up, because real ones are endless."""
        if dice.random() < 0.65:
            return dice.choice(self._lists["family"])
        syllables = "".join(dice.choice(_ONSETS) + dice.choice(_VOWELS) for _ in range(dice.choice((1, 1, 2))))
        return (syllables + dice.choice(_CODAS)).capitalize()

    def person(self, dice: Random, *, female: bool, full: bool | None = None) -> str:
        """A person: a first name, or first and family name where `full` (default: by chance)."""
        first = dice.choice(self._lists["female" if female else "male"])
        if full is None:
            full = dice.random() < 0.3
        return f"{first} {self.family(dice)}" if full else first
