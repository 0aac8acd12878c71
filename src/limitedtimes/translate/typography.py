"""English typography that is safe to put right without knowing what a sentence means."""

from __future__ import annotations

import re
from typing import Final

_QUOTE: Final = re.compile(r"[\"„“”«»‟]|``|''")
_OPENS_AFTER: Final = frozenset(" \u00a0([{—–-/\n‘'")
_BEFORE_MARK: Final = re.compile(r" +(?=[,;!?%)\]](?:\W|$)|[.:](?:\s|$))")
_AFTER_OPENING: Final = re.compile(r"(?<=[(\[“]) +")
_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)|(?<!\S)'(?=\d0s\b)")
_CLOCK: Final = re.compile(r"\d[:.]\d")
_HALF_OF_DAY: Final = re.compile(
    r"\b((?:1[3-9]|2[0-4]|0?0)[:.][0-5]\d)\s*(?:[ap]m\b|[ap]\.\s?m\b(?:\.(?=\s))?)", re.IGNORECASE
)
_WITHOUT_STOPS: Final = re.compile("[\u0e00-\u0eff]")
_DASH: Final = re.compile(r"[—–-] ")
_OPENED: Final = re.compile(r"“")
_STRAIGHTENED: Final = (("...", "…"), (" -- ", " – "))


def english(text: str, original: str) -> str:
    """A clean text with quotation marks “ ”, apostrophes, no odd spaces, the capital at its start and no stray stop."""
    for old, new in _STRAIGHTENED:
        text = text.replace(old, new)
    if _QUOTE.search(text):
        text = _quotes(text)
    text = _AFTER_OPENING.sub("", _BEFORE_MARK.sub("", text))
    text = _HALF_OF_DAY.sub(r"\1", text) if _CLOCK.search(text) else text
    text = _APOSTROPHE.sub("’", text) if "'" in text else text
    text = _speech(text) if _DASH.match(original) else text
    return _end(_start(text, original), original)


def _speech(text: str) -> str:
    """What somebody says, behind a dash as in the original; engines open quotation marks that they do not close."""
    begun = _DASH.match(text) or (_OPENED.match(text) if "”" not in text else None)
    return "– " + text[begun.end() :] if begun else text


def _quotes(text: str) -> str:
    """A quotation opens after a space or a bracket and closes elsewhere; a lone mark after a figure is an inch."""

    def turn(match: re.Match[str]) -> str:
        before = text[match.start() - 1] if match.start() else " "
        after = text[match.end() : match.end() + 1]
        return "“" if before in _OPENS_AFTER and after.strip() else "”"

    marks = _QUOTE.findall(text)
    if len(marks) == 1 and re.search(r"\d\"", text):
        return text
    return _QUOTE.sub(turn, text)


def _start(text: str, original: str) -> str:
    """A capital where the original starts with one; names such as iPhone keep theirs."""
    place = next((place for place, char in enumerate(text) if char.isalnum()), None)
    first = next((char for char in original if char.isalnum()), "")
    if place is None or not (first.isupper() or (first.isalpha() and not first.islower())):
        return text
    word = text[place:].split(" ", 1)[0]
    return text[:place] + text[place].upper() + text[place + 1 :] if word.islower() else text


def _end(text: str, original: str) -> str:
    """No full stop where the original, a headline perhaps, has none; in Thai and Lao no sentence has one."""
    if _WITHOUT_STOPS.search(original):
        return text
    stops = text.endswith(".") and not text.endswith(("..", "a.m.", "p.m.", "U.S.", "etc.", "Inc.", "Jr."))
    return text[:-1] if stops and original[-1:].isalnum() else text
