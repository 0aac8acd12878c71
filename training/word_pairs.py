"""Write what words of a language are in English, for the checks that ask whether a name or figure kept its neighbours.

`python -m training.word_pairs [CODE …]`: by IBM model 1 (Brown et al. 1993) in both directions, on half of `mt/train`
(the half that `benchmarks/fidelity.py` chooses settings by) and on our own sentences. Words are taken by their
beginnings, so that inflections count as one. No measuring set is read.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from limitedtimes.translate import neighbours
from training.corpora import read_pairs, shared
from training.languages import LANGUAGES, Language

MOST = 200_000
"""Sentences of a language."""
LONGEST = 40
"""Words of a sentence; longer ones say little of which word is which."""
SEEN = 3
ROUNDS = 6
LIKELY, BACK = 0.12, 0.03
"""Probability of the English word given the other, and of the other given the English."""
CHOICES = 3
SIZE = 9_000
"""The most frequent beginnings of words."""

Bags = list[list[str]]


def texts(code: str) -> Iterator[tuple[str, str]]:
    """Our own sentences, then half of the training texts, those with some words."""
    for pair in Language.read(code).sentences:
        yield pair.source, pair.english
    for pair in read_pairs(shared() / "mt" / "train" / f"{code}-en.tsv.xz"):
        number = int(hashlib.sha256(pair.source.encode()).hexdigest()[:8], 16)
        if number % 2 == 0:
            yield pair.source, pair.english


def bags(code: str) -> tuple[Bags, Bags]:
    """The beginnings of words of each side, each once in a sentence."""
    theirs, ours = [], []
    for source, english in texts(code):
        there, here = neighbours.beginnings(source.lower()), neighbours.beginnings(english.lower())
        if 0 < len(there) <= LONGEST and 0 < len(here) <= LONGEST:
            theirs.append(sorted(set(there)))
            ours.append(sorted(set(here)))
        if len(theirs) == MOST:
            break
    return theirs, ours


def numbered(sentences: Bags) -> tuple[list[str], list[npt.NDArray[np.int64]], npt.NDArray[np.int64]]:
    """The words by frequency, the sentences in numbers, and how often each word is seen."""
    numbers: dict[str, int] = {}
    rows = [np.array([numbers.setdefault(word, len(numbers)) for word in words], dtype=np.int64) for words in sentences]
    return list(numbers), rows, np.bincount(np.concatenate(rows), minlength=len(numbers))


def model_one(
    given: npt.NDArray[np.int64], pairs: npt.NDArray[np.int64], groups: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """P(word | given) for each pair. ``pairs``: the pair of each place where two words meet; ``groups``: the place's
    word in its sentence, to which one of the given words leads; ``given``: the given word of each pair."""
    likely = np.ones(len(given))
    for _ in range(ROUNDS):
        share = likely[pairs]
        share /= np.bincount(groups, weights=share)[groups]
        counts = np.bincount(pairs, weights=share, minlength=len(given))
        likely = counts / np.bincount(given, weights=counts)[given]
    return likely


def meetings(
    theirs: list[npt.NDArray[np.int64]], ours: list[npt.NDArray[np.int64]], width: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Every place where two words meet in a sentence: their pair as one number, and the place's word on either side."""
    keys, rows, columns, row, column = [], [], [], 0, 0
    for there, here in zip(theirs, ours, strict=True):
        keys.append((there[:, None] * width + here[None, :]).ravel())
        rows.append(np.repeat(np.arange(row, row + len(there)), len(here)))
        columns.append(np.tile(np.arange(column, column + len(here)), len(there)))
        row, column = row + len(there), column + len(here)
    return np.concatenate(keys), np.concatenate(rows), np.concatenate(columns)


def learned(code: str) -> dict[str, list[str]]:
    """Beginning of a word → those of the likeliest English words, the likeliest first."""
    theirs, ours = bags(code)
    words, rows, seen = numbered(theirs)
    english, columns, _ = numbered(ours)
    keys, row, column = meetings(rows, columns, len(english))
    unique, pairs = np.unique(keys, return_inverse=True)
    there, here = unique // len(english), unique % len(english)
    forth, back = model_one(there, pairs, column), model_one(here, pairs, row)
    good = np.flatnonzero((forth >= LIKELY) & (back >= BACK) & (seen[there] >= SEEN))
    found: dict[str, list[str]] = {}
    for place in good[np.lexsort((-forth[good], -seen[there[good]]))]:
        choices = found.setdefault(words[there[place]], [])
        if len(choices) < CHOICES:
            choices.append(english[here[place]])
    # What is spelled alike needs no entry.
    told = [(word, choices) for word, choices in found.items() if choices != [neighbours.folded(word)]]
    return dict(sorted(told[:SIZE]))


def main() -> None:
    """Write `lexicons/pairs/CODE.txt` of each language."""
    for code in sys.argv[1:] or LANGUAGES:
        found = learned(code)
        path = Path(neighbours.__file__).parent / "lexicons" / "pairs" / f"{code}.txt"
        path.parent.mkdir(exist_ok=True)
        partial = path.with_suffix(".partial")
        text = "\n".join(f"{word} {' '.join(choices)}" for word, choices in found.items()) + "\n"
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
        print(f"{code}: {len(found)} words, {path.stat().st_size / 1e3:.0f} KB")


if __name__ == "__main__":
    main()
