"""What is wrong with a glossary in itself: entries that stand twice, and entries that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from limitedtimes.translate.glossary.table import Row
from limitedtimes.translate.glossary.term import Term
from limitedtimes.translate.glossary.words import same


def review(rows: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """Line and finding. Entries that differ in source or section may differ in English: that is what those are for."""
    known: dict[tuple[object, ...], tuple[int, Term]] = {}
    for row in rows:
        if row.term:
            yield from ((row.line, finding) for finding in _findings(row.line, row.term, known))


def _findings(line: int, term: Term, known: dict[tuple[object, ...], tuple[int, Term]]) -> Iterator[str]:
    """What is wrong with an entry beside those before it, to which it is added."""
    others = {}
    for text in (term.term, *term.variants):
        folded = same(text) if term.case_sensitive else same(text).casefold()
        key = (term.language, term.source, term.section, term.case_sensitive, folded)
        before, other = known.setdefault(key, (line, term))
        if other is not term:
            others[before] = other
    for before, other in others.items():
        what = "says the same as" if term.english == other.english else "contradicts"
        yield f"{term.term!r} {what} line {before}; remove one of them"
    if both := set(map(str.casefold, term.english)) & set(map(str.casefold, term.avoid)):
        yield f"{term.term!r} is to be {min(both)!r} and to avoid it; remove one of them"
