"""Whether the English of a sentence has the wordings of the glossary, and putting them there where that is certain."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from limitedtimes.translate.cyrillic import in_latin
from limitedtimes.translate.glossary.finding import Found
from limitedtimes.translate.glossary.plurals import is_plural, pattern, plural
from limitedtimes.translate.glossary.term import Term
from limitedtimes.translate.glossary.words import same

_BEGINS_WITH_VOWEL: Final = re.compile(r"(?!eu|uni[^n]|one\b|once\b)[aeiou]|hono|hour|heir", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"\b([Aa])n?( +[“\"]?)$")


def applied(text: str, found: Found) -> tuple[str, list[tuple[str, str]]]:
    """The text with the glossary's wordings for those that it is known to have in their stead, and the pairs of both.

    Certain is a wording that the entry says to avoid, or the term left as it was, and that as often as wordings lack.
    """
    pairs: list[tuple[str, str]] = []
    for term, times in _lacking(text, found).items():
        lacking = times
        for wrong in _instead(term, found):
            places = _places(text, wrong, term.english)
            if 0 < len(places) <= lacking:
                text = _replaced(text, places, term.english[0])
                pairs.append((places[0][0], term.english[0]))
                lacking -= len(places)
    return text, pairs


def missing(text: str, found: Found) -> list[Term]:
    """The terms whose English the text does not have as often as the sentence has them."""
    return list(_lacking(text, found))


def _lacking(text: str, found: Found) -> dict[Term, int]:
    """How often the wording of a term lacks. Terms that share one wording share what there is of it."""
    if not found.matches:
        return {}
    wanted = Counter(match.term for match in found.matches)
    there: dict[tuple[str, ...], int] = {}
    short: dict[Term, int] = {}
    for term, times in wanted.items():
        if term.english not in there:
            there[term.english] = _count(text, term.english)
        taken = min(there[term.english], times)
        there[term.english] -= taken
        if taken < times:
            short[term] = times - taken
    return short


def _count(text: str, wordings: tuple[str, ...]) -> int:
    """How often any of the wordings is there; where one is part of another, once."""
    spans: list[tuple[int, int]] = []
    for wording in sorted(wordings, key=len, reverse=True):
        for match in pattern(wording).finditer(same(text)):
            if all(match.end() <= start or end <= match.start() for start, end in spans):
                spans.append(match.span())
    return len(spans)


def _instead(term: Term, found: Found) -> Iterator[str]:
    """What may stand there: wordings to avoid, and the term as the sentence has it, in Latin letters."""
    yield from term.avoid
    said = {match.said for match in found.matches if match.term == term}
    for copy in sorted({*said, term.term} | {in_latin(text) for text in said}):
        if copy.casefold() not in {wording.casefold() for wording in term.english}:
            yield copy


def _places(text: str, wrong: str, right: tuple[str, ...]) -> list[re.Match[str]]:
    """Where a wording stands, but for where it is a part of a right one."""
    spans = [match.span() for wording in right for match in pattern(wording).finditer(text)]
    return [
        match
        for match in pattern(wrong).finditer(text)
        if not any(start <= match.start() and match.end() <= end for start, end in spans)
    ]


def _replaced(text: str, places: list[re.Match[str]], right: str) -> str:
    """The text with every match replaced, in its number, with the capital and the article that it asks for."""
    for match in reversed(places):
        new = _like(match, right)
        before, after = text[: match.start()], text[match.end() :]
        if article := _ARTICLE.search(before):
            n = "n" if _BEGINS_WITH_VOWEL.match(new) else ""
            before = before[: article.start()] + article[1] + n + article[2]
        text = before + new + after
    return text


def _like(match: re.Match[str], right: str) -> str:
    start = match.start()
    first = start == 0 or match.string[:start].rstrip(' “"‘(')[-1:] in ("", ".", "!", "?", ":")
    new = right[:1].upper() + right[1:] if first and match[0][:1].isupper() else right
    ending = match["ending"] or ""
    if is_plural(match):
        return plural(new) + (ending if ending[:1] in ("'", "’") else "")
    return new + ending


def note(term: Term, found: Found) -> str:
    """One line for the reader about a term that is not applied."""
    said = next(match.said for match in found.matches if match.term == term)
    wordings = " or ".join(f"“{wording}”" for wording in term.english)
    return f"this paper says {wordings} for the original’s “{said}”; the translation does not"
