"""Cyrillic in Latin letters, as English maps and papers write it, near enough to know a borrowed word or a name by."""

from __future__ import annotations

from typing import Final

# The romanisation of BGN/PCGN, without its apostrophes.
_LETTERS: Final = {
    **{"а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y"},
    **{"к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f"},
    **{"х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu"},
    **{"я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "w"},
}
LATIN: Final = _LETTERS | {letter.upper(): latin.capitalize() for letter, latin in _LETTERS.items()}
"""Each letter, small and capital, and what stands for it."""
_TABLE: Final = str.maketrans(LATIN)


def in_latin(text: str) -> str:
    """The text with its Cyrillic letters replaced."""
    return text.translate(_TABLE)
