"""What a model is not shown, because a rule does it better: figures, number words and names, as its card says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from limitedtimes.engines import slots, terms
from limitedtimes.engines.capitals import Capitals
from limitedtimes.engines.card import Card
from limitedtimes.engines.names import Names
from limitedtimes.errors import ConfigError

NUMBERS: Final = "numbers.tsv"
"""The file, beside a model's weights, of number words: language, word, English. A word without English is not hidden,
but may be part of a longer number."""
TRANSLATED: Final = "translated.txt"
"""The file of words with a capital that are spelled otherwise in English."""
CAPITALS: Final = "capitals-{language}.bin"
"""The file, for a language whose nouns all have capitals, that tells names from them."""


class Hiding:
    """Puts slots in the place of what a model is not shown.

    ``numbers`` maps a language to its number words and their English; ``names`` tells names from other words.
    """

    def __init__(self, card: Card, numbers: Mapping[str, Mapping[str, str]], names: Names) -> None:
        self._card, self._numbers, self._names = card, numbers, names

    def hide(
        self, sentence: str, language: str, wanted: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[str, Mapping[str, str]]:
        """The sentence as the network is to see it, and what is hidden from it, in English, by slot.

        ``wanted``: what terms in it must be in English, if they are to be hidden too.
        """
        if not self._card.slots:
            return sentence, {}
        text, hidden = terms.marked(slots.clean(sentence), wanted)
        text, values = slots.hide(text, language)
        if words := self._numbers.get(language):
            text, values = slots.hide_words(text, values, words)
        names: Mapping[str, str] = {}
        if language in self._card.names:
            text, names = self._names.hide(text, language)
        if hidden:
            text, names = terms.in_slots(text, names, hidden)
        return text, {**values, **names}


def files(card: Card) -> tuple[str, ...]:
    """The files that a model with this card needs for it."""
    capitals = tuple(CAPITALS.format(language=language) for language in sorted(card.capitals & card.names))
    return ((NUMBERS,) if card.numbers else ()) + ((TRANSLATED,) if card.names else ()) + capitals


def read_hiding(directory: Path, card: Card, pieces: Callable[[str], int]) -> Hiding:
    """What a model's folder says is to be hidden; ``pieces`` counts the pieces of a word. Raises ConfigError."""
    wanted = files(card)
    translated = _read(directory / TRANSLATED).split() if TRANSLATED in wanted else []
    numbers = read_numbers(directory / NUMBERS) if NUMBERS in wanted else {}
    capitals = {
        language: read_capitals(directory / CAPITALS.format(language=language))
        for language in card.capitals & card.names
    }
    return Hiding(card, numbers, Names(pieces, frozenset(translated), capitals))


def read_capitals(path: Path) -> Capitals:
    """What tells names from nouns. Raises ConfigError that names the file."""
    try:
        return Capitals(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error}); put a sound copy there") from None
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None


def read_numbers(path: Path) -> dict[str, dict[str, str]]:
    """Language → number word → English. Raises ConfigError that names the line."""
    found: dict[str, dict[str, str]] = {}
    for number, line in enumerate(_read(path).splitlines(), start=1):
        columns = line.split("\t")
        if len(columns) != 3 or not all(columns[:2]):
            raise ConfigError(f"{path}: line {number}: must be a language, a number word and its English, in columns")
        found.setdefault(columns[0], {})[columns[1]] = columns[2]
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read ({error}); put a sound copy there") from None
