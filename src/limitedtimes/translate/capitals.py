"""Headlines in capitals: engines do not know the words that way. They are spelled as the rest of the article does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from limitedtimes.translate.lexicon import lexicon

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = re.compile(r"[a-zà-ÿа-я]{4}")
_VOWEL = re.compile(r"[AEIOUYÄÖÜÀÁÂÃÈÉÊÌÍÎÒÓÔÕÙÚÛАЕЁИОУЫЭЮЯІЇЄΑΕΗΙΟΥΩ]")


def is_shouted(text: str) -> bool:
    """Whether a text is written in capitals: two or more words, at least one of them longer than an acronym."""
    if _SMALL.search(text):
        return False  # for speed: hardly any text gets past this
    words = _WORD.findall(text)
    if len(words) < 2 or not any(len(word) > 4 for word in words):
        return False
    letters = "".join(words)
    upper = sum(map(str.isupper, letters))
    return upper > 0.8 * len(letters)


def spellings(texts: Iterable[str]) -> Mapping[str, str]:
    """How these texts spell each word, by the word in capitals; the first word of a text is no witness."""
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        if not is_shouted(text):
            for word in _WORD.findall(text)[1:]:
                counts.setdefault(word.upper(), Counter())[word] += 1
    return {shouted: count.most_common(1)[0][0] for shouted, count in counts.items()}


def calm(text: str, known: Mapping[str, str], language: str) -> str:
    """A shouted text in ordinary letters: each word as the article spells it, acronyms kept, the start capital."""
    words = lexicon(language)
    common = words.function_words | words.shared_words

    def spell(match: re.Match[str]) -> str:
        word = match[0]
        if word in known:
            return known[word]
        if not word.isupper() or (word.lower() not in common and _is_acronym(word)):
            return word
        return word.capitalize() if words.noun_capitals and word.lower() not in common else word.lower()

    calmed = _WORD.sub(spell, text)
    start = _WORD.search(calmed)
    return calmed[: start.start()] + start[0][:1].upper() + calmed[start.start() + 1 :] if start else calmed


def _is_acronym(word: str) -> bool:
    return len(word) == 1 or (len(word) < 6 and not _VOWEL.search(word)) or (len(word) in {2, 3} and word.isascii())
