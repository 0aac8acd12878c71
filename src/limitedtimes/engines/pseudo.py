"""A translator that translates nothing: it marks every word, so that tests can see what went through an engine.

Its output follows from its input alone, keeps numbers, punctuation, order and length, and is never the input itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from limitedtimes.engines.card import Description
from limitedtimes.errors import TranslateError
from limitedtimes.protocols import Rendering

_CODES = (
    "af am ar az be bg bn bs ca cs cy da de el es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km "
    "kn ko lb lt lv mk ml mn mr ms my nb ne nl nn no pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tl tr "
    "uk ur uz vi xh yo zh zu"
)
LANGUAGES: Final = frozenset(_CODES.split())
_WORD = re.compile(r"[^\W\d_]+")
_MARK = "\N{COMBINING DIAERESIS}"


class Pseudo:
    """Puts a diaeresis on the first letter of every word: ``Guten Tag`` → ``G̈uten T̈ag``."""

    id = "pseudo/1"

    def __init__(self, languages: frozenset[str] = LANGUAGES, *, limit: int = 2000) -> None:
        self._languages, self._limit = languages, limit

    @property
    def languages(self) -> frozenset[str]:
        return self._languages

    @property
    def drafts(self) -> Mapping[str, float]:
        return {}

    def describe(self) -> Description:
        return Description(self.id, "pseudo", self._languages, "not a translation: for tests", {}, "Apache-2.0")

    def fits(self, sentence: str, language: str) -> bool:
        self._check(language)
        return len(sentence) <= self._limit

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        self._check(language)
        for sentence in sentences:
            if len(sentence) > self._limit:
                raise TranslateError(f"a sentence is over the limit of {self._limit} characters", reason="too-long")
        return [Rendering(self._mark(sentence, terms or {}), score=0.0) for sentence in sentences]

    def _mark(self, sentence: str, terms: Mapping[str, str]) -> str:
        return _WORD.sub(lambda word: terms.get(word[0], word[0][0] + _MARK + word[0][1:]), sentence)

    def _check(self, language: str) -> None:
        if language not in self._languages:
            raise TranslateError(f"pseudo does not know {language!r}", reason="language")
