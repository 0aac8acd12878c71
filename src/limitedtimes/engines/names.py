"""Names travel past the network too, where a name is told from other words by its capital.

A small network spells a name that it has not seen piece by piece, and often ends in another. So a word with a capital
in the middle of a sentence, which the network would have to spell, goes into a slot, and comes back as it was; unless
it is one of those that English spells otherwise or translates, as far as the training text shows (Bruselas,
Ministerio). In German, whose every noun has a capital, a small model tells names from nouns (`capitals.py`). Russian,
whose names have cases, is not for this. The training uses it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from limitedtimes.engines.capitals import Capitals
from limitedtimes.engines.slots import NAMES

_WORD: Final = re.compile(r"(?<![\w@/.-])(?:[^\W\d_]{1,2}['’])?(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)(?![\w@/]|\.\w)")
_LOWER: Final = re.compile(r"(?<![\w'’-])[^\W\d_A-Z]{2,}")
_STARTS: Final = re.compile(r"(?:^|[.!?:…–\"“«„(\[]\s*)$")
_BEFORE: Final = re.compile(r"\S+\s$")
_AFTER: Final = re.compile(r"\s?(\S+)")
_GENITIVE: Final = re.compile(r"s (?=[A-ZÄÖÜ])")
REMEMBERED: Final = 50_000
"""Words whose pieces are counted once: a paper that runs for a year meets ever new names."""
_ADJECTIVES: Final = {"nl": re.compile(r"(?:se|sche)$")}
"""Words that have a capital because they come from a name: Braziliaanse, Chileense."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with a capital, where it stands, and whether it begins a sentence or a quotation."""

    text: str
    start: int
    first: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def capitalised(text: str) -> Iterator[Word]:
    """The words with a capital at the front, and not only capitals; of "d'Artagnan" what is behind the apostrophe."""
    for found in _WORD.finditer(text):
        word = found["word"]
        if word[0].isupper() and not word.isupper() and max(word) < "\u0250":
            yield Word(word, found.start("word"), bool(_STARTS.search(text, 0, found.start())))


def beside(text: str, word: Word) -> tuple[str, str]:
    """What stands before a word, "" where a sentence begins, and what stands after it."""
    before = "" if word.first else _BEFORE.search(text, max(0, word.start - 40), word.start)
    after = _AFTER.match(text, word.end, word.end + 40)
    return before[0].rstrip() if before else "", after[1] if after else ""


class Names:
    """Tells the names among the words with a capital.

    ``pieces`` counts the pieces that the network sees a word as; ``translated`` are words with a capital that are
    known to be spelled otherwise in English; ``capitals`` serve the languages in which every noun has one.
    """

    def __init__(
        self,
        pieces: Callable[[str], int],
        translated: frozenset[str],
        capitals: Mapping[str, Capitals] = MappingProxyType({}),
    ) -> None:
        self._pieces, self._translated, self._capitals = lru_cache(REMEMBERED)(pieces), translated, capitals

    def runs(self, text: str, language: str) -> list[tuple[int, int]]:
        """Where the names stand, those that follow each other as one; none where every word has a capital."""
        words = list(capitalised(text))
        if capitals := self._capitals.get(language):
            return self._among_nouns(text, words, capitals)
        if len(words) > len(_LOWER.findall(text)) + 2:
            return []
        runs: list[tuple[int, int]] = []
        before: Word | None = None
        for word in words:
            is_name = self._is_name(word.text, language)
            if is_name and before and before.end + 1 == word.start and text[before.end] == " ":
                start = runs.pop()[0] if runs and runs[-1][1] == before.end else before.start
                runs.append((start, word.end))
            elif is_name and not word.first:
                runs.append((word.start, word.end))
            # What begins a sentence has its capital from there: it is a name only where one follows.
            before = word if is_name and (not word.first or self._pieces(word.text.lower()) > 2) else None
        return runs

    def _among_nouns(self, text: str, words: list[Word], capitals: Capitals) -> list[tuple[int, int]]:
        runs: list[tuple[int, int]] = []
        for word in words:
            if self._pieces(word.text) < 2 or not capitals.is_name(word.text, *beside(text, word)):
                continue
            start = runs.pop()[0] if runs and text[runs[-1][1] : word.start] == " " else word.start
            runs.append((start, word.end))
        # Of "Kvartenis Regierung" the name is Kvarteni: English has an apostrophe there.
        return [(start, end - bool(_GENITIVE.match(text, end - 1))) for start, end in runs]

    def _is_name(self, word: str, language: str) -> bool:
        adjective = _ADJECTIVES.get(language)
        if self._pieces(word) < 2 or (adjective and adjective.search(word)):
            return False
        return all(
            part not in self._translated and (len(part) < 3 or self._pieces(part.lower()) > 1)
            for part in {word, *word.split("-")}
        )

    def hide(self, text: str, language: str) -> tuple[str, dict[str, str]]:
        """The text with a slot for each of its first names, as many as there are slots, and those names, by slot."""
        runs = dict(zip(NAMES, self.runs(text, language), strict=False))
        values = {slot: text[start:end] for slot, (start, end) in runs.items()}
        for slot, (start, end) in reversed(runs.items()):
            text = text[:start] + slot + text[end:]
        return text, values
