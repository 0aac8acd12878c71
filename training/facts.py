"""What a translation keeps of the facts: counted on strings, against the source and a human translation.

Figures are compared by value, so that a separator of the other language is an error; that two changed places is not
seen. Only what a human translator kept as it is counts: a figure that the reference writes as a word is no figure here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from limitedtimes.engines.slots import FIGURE, in_english
from training.slotted import ENGLISH_FIGURE, key

Sentence = tuple[str, str, str]
"""Source, reference, output."""

_QUOTES = re.compile(r'["„“”«»]')
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# fmt: off
_MONTHS = frozenset((
    "January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December",
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
))
# fmt: on
SHORT, LOOP = 0.6, 3


def original_figures(text: str) -> Counter[str]:
    """The figures of a source as English writes them, but for the commas: 11.000 is 11000, and 3,5 is 3.5."""
    return Counter(key(in_english(figure.group())) for figure in FIGURE.finditer(text))


def english_figures(text: str) -> Counter[str]:
    """The figures of English, but for the commas."""
    return Counter(key(figure.group()) for figure in ENGLISH_FIGURE.finditer(text))


def _names(sentence: Sentence) -> Counter[str]:
    """Words with a capital, not first, that source and reference spell alike: names, for the most part."""
    source, reference, _ = sentence
    words = set(_WORD.findall(reference)[1:]) & set(_WORD.findall(source))
    return Counter(word for word in words if word[0].isupper() and len(word) > 3)


def _figures(sentence: Sentence) -> Counter[str]:
    source, reference, _ = sentence
    figures = original_figures(source)
    return figures if figures == english_figures(reference) else Counter()


def _dates(sentence: Sentence) -> Counter[str]:
    return Counter(word for word in _WORD.findall(sentence[1]) if word in _MONTHS)


def _quotations(sentence: Sentence) -> Counter[str]:
    return Counter('"' for side in sentence[:1] if _QUOTES.search(side))


def _said(kind: str, output: str) -> Counter[str]:
    if kind == "figures":
        return english_figures(output)
    if kind == "quotations":
        return Counter('"' for _ in _QUOTES.findall(output)[:1])
    return Counter(_WORD.findall(output))


KINDS: dict[str, Callable[[Sentence], Counter[str]]] = {
    "figures": _figures,
    "dates": _dates,
    "names": _names,
    "quotations": _quotations,
}


def kept(kind: str, sentences: Sequence[Sentence]) -> tuple[float, int]:
    """Of the sentences with facts of a kind, the share whose output has all (and no other figure); their number."""
    judged = []
    for sentence in sentences:
        wanted, said = KINDS[kind](sentence), _said(kind, sentence[2])
        if wanted:
            judged.append(said == wanted if kind == "figures" else not wanted - said)
    return sum(judged) / max(1, len(judged)), len(judged)


def short(sentences: Sequence[Sentence]) -> float:
    """The share of outputs that have less than SHORT of the words of the reference."""
    return sum(len(o.split()) < SHORT * len(r.split()) for _, r, o in sentences) / max(1, len(sentences))


def repeats(sentences: Sequence[Sentence]) -> float:
    """The share of outputs that say the same two words LOOP times in a row."""
    loop = re.compile(rf"\b(\w+ \w+)(?:\W+\1\b){{{LOOP - 1},}}", re.IGNORECASE)
    return sum(bool(loop.search(output)) for _, _, output in sentences) / max(1, len(sentences))


def length_ratio(sentences: Sequence[Sentence]) -> float:
    """Words of the outputs to words of the references."""
    return sum(len(o.split()) for _, _, o in sentences) / max(1, sum(len(r.split()) for _, r, _ in sentences))
