"""Putting right what an engine got wrong, where the original leaves no choice: figures, months, weekdays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from limitedtimes.translate import dates, figures
from limitedtimes.translate.lexicon import ENGLISH, Lexicon, english_beside, lexicon
from limitedtimes.translate.reading import Figure, Reading, read, readings

_FIGURE_EDGE: Final = r"(?<![\d.,]){}(?![.,]?\d)"
_SEPARATED: Final = re.compile(r"\d[., \u00a0\u202f’']\d")
_COMMA_STYLE: Final = str.maketrans({",": ".", ".": ",", " ": ",", "\u00a0": ",", "\u202f": ",", "’": ",", "'": ","})


def in_english(figure: Figure, words: Lexicon) -> str:
    """A figure as English writes it: 11.000 → 11,000; 3,5 → 3.5. Anything but a plain number stays."""
    spelled = words.known or not figure.text[0].isdecimal()  # else it may be thousands, millions…
    ways = figure.alternatives if spelled else readings(figure.text, words.decimal)
    plain = len(ways) == 1 and len(ways[0]) == 1 and not figure.text.isdecimal()
    telephone = figure.text[0] == "0" and words.decimal not in figure.text
    return figure.text.translate(_COMMA_STYLE) if plain and words.decimal == "," and not telephone else figure.text


def localised(original: Reading, english: str, words: Lexicon) -> str:
    """Figures that the engine copied in the other language's style, in English style."""
    if words.decimal != "," or not _SEPARATED.search(english):
        return english
    for figure in original.figures:
        wanted = in_english(figure, words)
        if wanted != figure.text and figure.text in english:
            english = re.sub(_FIGURE_EDGE.format(re.escape(figure.text)), wanted, english)
    return english


def mended(original: str, english: str, language: str) -> str:
    """The sentence with one wrong figure, month or weekday replaced by the one that the original has.

    Only where exactly one is missing and exactly one is in its stead. Whoever calls it checks the result.
    """
    words = lexicon(language)
    there, here = read(original, words), read(english, english_beside(language))
    for wrong, right in (*_figure(there, here, words), *_names(there, here, words)):
        english = re.sub(_FIGURE_EDGE.format(rf"\b{re.escape(wrong)}\b"), right, english)
    return english


def _figure(original: Reading, english: Reading, words: Lexicon) -> Iterator[tuple[str, str]]:
    found = figures.compare(original, english, words)
    if found.changed and len(found.missing) == len(found.invented) == 1:
        given = [figure for figure in original.figures if figure.text == found.missing[0]]
        wrong = [figure for figure in english.figures if figure.text == found.invented[0]]
        if given and wrong:
            yield wrong[0].text, in_english(given[0], words)


def _names(original: Reading, english: Reading, words: Lexicon) -> Iterator[tuple[str, str]]:
    english_words = lexicon(ENGLISH)
    found = dates.months(original, english, words), dates.weekdays(original, english, words)
    for disagreement, names in zip(found, (english_words.months, english_words.weekdays), strict=True):
        if len(disagreement.missing) == len(disagreement.invented) == 1:
            (right,), (wrong,) = disagreement.missing, disagreement.invented.values()
            full = {place: name.capitalize() for name, place in reversed(list(names.items()))}  # the first is in full
            if wrong in full.values():
                yield wrong, full[right]
