"""Which entries of a glossary a sentence is touched by."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from limitedtimes.translate.glossary import endings, words
from limitedtimes.translate.glossary.plurals import plural
from limitedtimes.translate.glossary.term import Term
from limitedtimes.translate.glossary.words import Word


@dataclass(frozen=True, slots=True)
class Match:
    """An occurrence of a term: the words of the sentence at ``start`` to ``end``; ``several``: surely in the plural."""

    term: Term
    said: str
    start: int
    end: int
    several: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The occurrences in a sentence, in order; none overlaps another."""

    matches: tuple[Match, ...] = ()

    @property
    def version(self) -> str:
        """Sixteen hexadecimal digits that differ when the entries that touch the sentence do; "" where none does."""
        if not self.matches:
            return ""
        facts = sorted({match.term.facts for match in self.matches})
        return hashlib.sha256("\n".join(facts).encode()).hexdigest()[:16]

    @property
    def terms(self) -> dict[str, str]:
        """For an engine: the words as they stand in the sentence, and their English, in the plural where they are."""
        return {match.said: _in_number(match) for match in self.matches}

    @property
    def wordings(self) -> str:
        """All the English that the terms may have."""
        return " ".join(wording for match in self.matches for wording in match.term.english)


def _counted(match: Match, text: str) -> Match:
    term = match.term
    return replace(
        match, several=endings.is_plural(match.said, term.term, term.language, before=text[: match.start].rstrip())
    )


def _in_number(match: Match) -> str:
    """The preferred English; its plural where the words are surely one, and it has one."""
    english = match.term.english[0]
    return plural(english) if match.several and not english.endswith("s") else english


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write a term: its words after the first, each with the gap before it, and what stands before and behind
    its words. A noun of a language in which nouns have a capital must have it."""

    rest: tuple[tuple[str, frozenset[str], bool], ...]
    term: Term
    case: bool
    capital: bool
    edges: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Index:
    """The terms of one language: by the forms of their first word, and those that no space sets apart."""

    by_word: Mapping[str, Sequence[_Form]]
    spaceless: Sequence[tuple[str, Term]]


class Glossary:
    """All entries. ``within`` gives those that hold for an article."""

    def __init__(self, terms: Sequence[Term] = ()) -> None:
        self.terms = tuple(terms)
        self._everywhere = Scope(self.terms)

    def within(self, *, source: str, section: str) -> Scope:
        """The entries for a source and a section. All scopes share one index: that of ten thousand entries takes a
        second and 60 megabytes."""
        return replace(self._everywhere, source=source, section=section)


@dataclass(frozen=True)
class Scope:
    """Of all entries those that hold in one place: everywhere, or in its source, its section, or both."""

    terms: tuple[Term, ...] = ()
    source: str = ""
    section: str = ""
    _indexes: dict[str, _Index] = field(default_factory=dict, compare=False)

    def _holds(self, term: Term) -> bool:
        return term.source in ("", self.source) and term.section in ("", self.section)

    def find(self, text: str, language: str) -> Found:
        """The longest terms first; of two as long, the more particular one."""
        if not self.terms:
            return Found()
        if language not in self._indexes:
            self._indexes[language] = _index([term for term in self.terms if term.language == language])
        index = self._indexes[language]
        plain = words.same(text)
        found = [*_by_words(plain, index, language), *_by_place(plain, index)]
        matches = [match for match in found if self._holds(match.term)]
        if len(plain) == len(text):  # as it was written, where the places are the same
            matches = [replace(match, said=text[match.start : match.end]) for match in matches]
        matches.sort(key=lambda match: (match.start - match.end, -match.term.rank, -match.term.case_sensitive))
        chosen: list[Match] = []
        for match in matches:
            if all(match.end <= other.start or other.end <= match.start for other in chosen):
                chosen.append(match)
        return Found(tuple(_counted(match, plain) for match in sorted(chosen, key=lambda match: match.start)))


EVERYWHERE: Final = Scope()
"""No entries."""
UNTOUCHED: Final = Found()
"""A sentence with no term."""


def _index(terms: Sequence[Term]) -> _Index:
    by_word: dict[str, list[_Form]] = {}
    spaceless: list[tuple[str, Term]] = []
    for term in terms:
        for text in (words.same(text) for text in (term.term, *term.variants)):
            parts = words.split(text)
            if words.is_spaceless(text) or not parts:
                spaceless.append((text, term))
                continue
            first, *others = parts
            rest = [(part.gap, _forms(part, term, last=part is parts[-1]), _is_noun(part, term)) for part in others]
            edges = text[: first.start].strip(), text[parts[-1].end :].strip()
            form = _Form(tuple(rest), term, term.case_sensitive, _is_noun(first, term), edges)
            for word in _forms(first, term, last=not others):
                by_word.setdefault(word.casefold(), []).append(form)
    return _Index({word: [*dict.fromkeys(forms)] for word, forms in by_word.items()}, spaceless)


def _is_noun(part: Word, term: Term) -> bool:
    return term.language in endings.NOUN_CAPITALS and part.text[0].isupper()


def _forms(part: Word, term: Term, *, last: bool) -> frozenset[str]:
    """The forms of a word of a term, and of a compound the forms of its last part."""
    found = (endings.forms if last else endings.attributive)(part.text, term.language)
    return frozenset(found if term.case_sensitive else map(str.casefold, found))


def _by_words(text: str, index: _Index, language: str) -> Iterator[Match]:
    parts = words.split(text)
    for place, part in enumerate(parts):
        for first in endings.bare(part.text, language):
            for form in index.by_word.get(first.casefold(), ()):
                if _goes_on(form, first, parts[place : place + 1 + len(form.rest)], language):
                    span = _with_edges(form, text, part.start, parts[place + len(form.rest)].end)
                    if span:
                        yield Match(form.term, text[slice(*span)], *span)


def _with_edges(form: _Form, text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of a term's words with what it has around them; None where a sign is missing that makes it another
    name: "Canal+" is no canal. Brackets, quotation marks and full stops may be missing."""
    before, behind = form.edges
    around = text[:start].endswith(before), text[end:].startswith(behind)
    if not all(there or _may_lack(edge) for there, edge in zip(around, form.edges, strict=True)):
        return None
    return start - len(before) * around[0], end + len(behind) * around[1]


def _may_lack(edge: str) -> bool:
    return all(sign in "\"'.,:-–— " or unicodedata.category(sign) in ("Ps", "Pe", "Pi", "Pf") for sign in edge)


def _goes_on(form: _Form, first: str, parts: Sequence[Word], language: str) -> bool:
    """Whether the words are the term: the first has its case, and the others follow."""
    if (form.case and not _cased(form, first)) or (form.capital and not first[0].isupper()):
        return False
    if len(parts) <= len(form.rest):
        return False
    return all(
        word.gap.strip() == gap.strip()
        and (word.text[0].isupper() or not capital)
        and any(_folded(one, form) in wanted for one in endings.bare(word.text, language))
        for word, (gap, wanted, capital) in zip(parts[1:], form.rest, strict=True)
    )


def _cased(form: _Form, first: str) -> bool:
    texts = (words.split(words.same(text)) for text in (form.term.term, *form.term.variants))
    return any(
        first in (endings.attributive if found[1:] else endings.forms)(found[0].text, form.term.language)
        for found in texts
        if found
    )


def _folded(word: str, form: _Form) -> str:
    return word if form.case else word.casefold()


def _by_place(text: str, index: _Index) -> Iterator[Match]:
    folded = text.casefold()
    if len(folded) != len(text):  # ß and its like: then places would differ
        folded = text
    for said, term in index.spaceless:
        found = words.places(said, text) if term.case_sensitive else words.places(said.casefold(), folded)
        yield from (Match(term, text[place : place + len(said)], place, place + len(said)) for place in found)
