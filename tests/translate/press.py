"""Articles, engines and memories for the tests of the station."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from limitedtimes.errors import TranslateError
from limitedtimes.model import HEADLINE, STANDFIRST, Article, Block, BlockKind, Sentence
from limitedtimes.protocols import Correction, CorrectionKey, MemoryKey, Rendering

NOW = datetime(2023, 11, 10, 18, 2, tzinfo=UTC)


def article(headline: str, *paragraphs: str, standfirst: str = "", language: str = "de", url: str = "") -> Article:
    """One sentence per paragraph; a paragraph that starts with ``en:`` is in English."""
    texts = [(HEADLINE, headline), *([(STANDFIRST, standfirst)] if standfirst else []), *enumerate(paragraphs)]
    sentences = tuple(
        Sentence(number, part, text.removeprefix("en:"), "en" if text.startswith("en:") else language)
        for number, (part, text) in enumerate(texts)
    )
    return Article(
        url=url or f"https://example.org/{abs(hash((headline, paragraphs)))}",
        source="de.beispiel",
        language=language,
        headline=headline,
        standfirst=standfirst,
        authors=(),
        published=None,
        modified=None,
        section="",
        keywords=(),
        free=None,
        blocks=tuple(Block(BlockKind.PARAGRAPH, text.removeprefix("en:")) for text in paragraphs),
        sentences=sentences,
        fetched_at=NOW,
    )


class Scripted:
    """An engine that says what it is told to say, and remembers what it was asked."""

    id = "scripted/1"
    languages = frozenset({"de", "fr"})

    def __init__(
        self,
        script: Mapping[str, str] | Callable[[str], str],
        *,
        limit: int = 1000,
        poison: str = "\0",
        error: Exception | None = None,
        makes_words_up: bool = False,
        unsure: float = -math.inf,
        score: float = -0.5,
        others: Iterable[Rendering] = (),
    ) -> None:
        self._say = script if callable(script) else lambda text: script.get(text, f"The English of it: {text[::-1]}")
        self.drafts = {self.id: unsure} if makes_words_up else {}
        self._score, self._others = score, others
        self._limit, self._poison = limit, poison
        self._error = error or TranslateError("the engine choked", reason="choked")
        self.calls: list[list[str]] = []

    @property
    def asked(self) -> list[str]:
        return [text for call in self.calls for text in call]

    def fits(self, sentence: str, language: str) -> bool:
        return len(sentence) <= self._limit

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        self.calls.append(list(sentences))
        if any(self._poison in sentence for sentence in sentences):
            raise self._error
        return [Rendering(self._say(sentence), self._score, others=self._others) for sentence in sentences]


class Notebook:
    """A memory that is a dictionary, and counts how often it is asked."""

    def __init__(self, known: Mapping[str, str] | None = None, *, engine: str = Scripted.id) -> None:
        self.known = {
            MemoryKey(text, "de", engine): Rendering(english, -0.1) for text, english in (known or {}).items()
        }
        self.asked = 0

    def recall(self, keys: Sequence[MemoryKey]) -> Mapping[MemoryKey, Rendering]:
        self.asked += 1
        return {key: self.known[key] for key in keys if key in self.known}

    def corrected(self, keys: Sequence[CorrectionKey]) -> Mapping[CorrectionKey, Correction]:
        return {}
