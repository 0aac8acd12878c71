"""One entry of a glossary."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TypeAlias

Identity: TypeAlias = tuple[str, str, str, str]
"""Language, term, source, section: what there is one entry of."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a language and what it must be in English.

    Of several English wordings the first is preferred, and any will do. ``avoid`` are wordings that an engine may
    use in its stead, and that are replaced.
    """

    language: str  # ISO 639
    term: str
    english: tuple[str, ...]
    variants: tuple[str, ...] = ()  # other forms of it, beside the inflections that the rules know
    avoid: tuple[str, ...] = ()
    source: str = ""  # only in articles of this Source.id
    section: str = ""  # only in articles of this section of the edition
    case_sensitive: bool = False
    note: str = ""  # for the people who edit it

    @property
    def identity(self) -> Identity:
        return (self.language, self.term, self.source, self.section)

    @property
    def rank(self) -> int:
        """The more particular entry goes before: of a source, then of a section."""
        return 2 * bool(self.source) + bool(self.section)

    @property
    def facts(self) -> str:
        """What of it can change a translation."""
        return json.dumps([self.term, self.english, self.avoid], ensure_ascii=False)
