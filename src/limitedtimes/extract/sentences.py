"""Text → sentences, by sentencex, with corrections for what it is known to cut wrongly.

Corrections only join what was cut, so the sentences always give the text back.
"""

from __future__ import annotations

import re
from typing import Final

from sentencex import segment

from limitedtimes.extract.abbreviations import ABBREVIATIONS, COMMON
from limitedtimes.extract.tree import words
from limitedtimes.model import UNKNOWN_LANGUAGE

_TAIL: Final = 200  # characters that decide whether a sentence is over
SPACELESS: Final = frozenset({"ja", "zh"})

_LAST_WORD = re.compile(r"[^\s(„“”«»\"'‚‘’–—-]+$")
_INITIALS = re.compile(
    r"(?:[^\W\d_a-zа-яα-ω]\.)+$"
)  # capitals with dots; a lower-case abbreviation is a matter of lists
_NUMBER = re.compile(r"(?:^|\s)(?P<before>[^\W\d_]+)?\s?\(?\d{1,2}\.$")
_GERMAN_DETERMINERS: Final = words(
    """am an ans auf aus beim bis das dem den der des die dies diese dieser ein eine einem einen einer fast im in
    ins ihr ihre ihrem ihren ihrer kein jede jeden jeder mein nach seinem seinen seiner sein seine
    seit und vom von vor zum zur zwischen ab"""
)
_MONTHS: Final = re.compile(
    r"(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|oct|nov|dez|dec|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|"
    r"ağustos|eylül|ekim|kasım|aralık|maj|août|avr|mars|jahrhundert|bezirk|liga|minute|platz|spieltag|runde|klasse|geburtstag|tag)",
    re.IGNORECASE,
)
_REPORTING_JA = re.compile(r"(?:と|って|など|との|という|は|が|を|に|で|も|の|へ|から|だ|です)")
_REPORTING_ZH = re.compile(r"[^，。！？“”]{1,12}(?:说|說|表示|称|稱|道|指出|强调|強調|问|問|回答|写道|寫道)[。，：]")
_CLOSING: Final = "」』”’»)）】"
_STOPS: Final = "。！？!?"


def cut(text: str, language: str) -> list[str]:
    """The sentences of one paragraph: none empty; joined by single spaces (by nothing in ja and zh) they give it back.

    White space is made single first. ``language`` is an ISO 639 code or UNKNOWN_LANGUAGE.
    """
    text = " ".join(text.split())
    if not text:
        return []
    sentences: list[str] = []
    held = ""
    pieces = segment("en" if language == UNKNOWN_LANGUAGE else language, text)
    for piece, behind in zip(pieces, [*pieces[1:], ""], strict=True):
        held += piece
        tail = held[-_TAIL:]
        if not behind or not _goes_on(tail, behind, language):
            sentences.append(held.strip())
            held = ""
    return [sentence for sentence in sentences if sentence]


def _goes_on(left: str, right: str, language: str) -> bool:
    """Whether the sentence that ends ``left`` really goes on in ``right``."""
    if not any(map(str.isalpha, left)) or not any(map(str.isalnum, right)):
        return True
    if language in SPACELESS:
        return _goes_on_spaceless(left.strip(), right, language)
    if not left.endswith(" "):
        return True
    left = left.rstrip()
    start = right.lstrip("–—- \"'(«»„“”‚‘’")
    if start[:1].islower() or right[0] in ",;:)»”":
        return True
    return left.endswith(".") and (_is_abbreviation(left, language) or _is_ordinal(left, right, language))


def _goes_on_spaceless(left: str, right: str, language: str) -> bool:
    if left[-1] in ".．" and right[0].isdigit():
        return True
    quoted = left[-1] in _CLOSING
    if language == "ja":
        return quoted and bool(_REPORTING_JA.match(right))
    return quoted and bool(_REPORTING_ZH.match(right))


def _is_abbreviation(left: str, language: str) -> bool:
    found = _LAST_WORD.search(left)
    word = found.group() if found else ""
    if _INITIALS.fullmatch(word):
        return True
    return word[:-1].lower() in ABBREVIATIONS.get(language, COMMON)


def _is_ordinal(left: str, right: str, language: str) -> bool:
    """ "10. November", "der 4. Sieg": a number of one or two digits with a dot, before what it counts."""
    found = _NUMBER.search(left)
    if not found:
        return False
    if _MONTHS.match(right):
        return True
    return language in ("de", "lb") and (found["before"] or "").lower() in _GERMAN_DETERMINERS
