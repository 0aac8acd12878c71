"""One and several in English, as far as a glossary's wordings need it: parties, heads of state, spokesmen, crises."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from limitedtimes.translate.glossary.words import same

_INFLECTED: Final = r"(?P<ending>['’]s|s['’]|e?s)?"
_PREPOSITIONS: Final = frozenset(("of", "in", "for", "at", "to", "on", "from"))
"""What stands behind the word that has the plural."""
_HEADED: Final = re.compile(rf"(.+?)([\s-]+(?:{'|'.join(sorted(_PREPOSITIONS))})[\s-].+)", re.IGNORECASE)
_REGULAR: Final = frozenset(("german", "human", "norman", "ottoman", "roman", "shaman"))
"""Words in -man that are no men."""


@cache
def pattern(wording: str) -> re.Pattern[str]:
    """A wording in English, singular or plural, its words joined by spaces or hyphens; see ``is_plural``."""
    parts = [re.escape(part) for part in re.split(r"[\s-]+", same(wording).strip()) if part]
    heads = [place for place, part in enumerate(parts[1:-1]) if part.lower() in _PREPOSITIONS]
    if heads:
        parts[heads[0]] = _varied(parts[heads[0]], "head") or rf"{parts[heads[0]]}(?P<head>e?s)?"
    parts[-1] = _varied(parts[-1], "last") or parts[-1]
    body = r"[\s\-‐‑]+".join(parts).replace("'", "['’]")
    return re.compile(rf"(?<!\w){body}{_INFLECTED}(?!\w)", re.IGNORECASE)


def _varied(word: str, name: str) -> str:
    """A word that changes in its plural, with what changes in a group of that name; "" for any other."""
    if word.lower() in _REGULAR:
        return ""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return rf"{word[:-1]}(?:y|(?P<{name}>ies?))"
    if word.endswith("man"):
        return rf"{word[:-2]}(?:a|(?P<{name}>e))n"
    if word.endswith("sis"):
        return rf"{word[:-2]}(?:i|(?P<{name}>e))s"
    return ""


def is_plural(match: re.Match[str]) -> bool:
    """Whether a wording stands there in its plural."""
    found = match.groupdict()
    return bool(found.get("head") or found.get("last")) or found["ending"] in ("s", "es")


def plural(wording: str) -> str:
    """The plural of a wording."""
    if headed := _HEADED.fullmatch(wording):
        return plural(headed[1]) + headed[2]
    if wording.endswith("y") and wording[-2:-1] not in "aeiou":
        return wording[:-1] + "ies"
    if wording.endswith("man") and re.split(r"[\s-]", wording)[-1].lower() not in _REGULAR:
        return wording[:-2] + "en"
    if wording.endswith("sis"):
        return wording[:-2] + "es"
    return wording + ("es" if wording.endswith(("s", "x", "ch", "sh")) else "s")
