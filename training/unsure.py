"""The score under which a model was unsure of a sentence: it is marked, and a headline is not shown.

`python -m training.unsure --model FOLDER --out unsure.json`

Sentences of the training text are translated; their scores (mean log-probability of a piece) and the chrF of what came
out lie on one line, nearly the same in every language. The bar is where that line has a chrF that was chosen by
reading: of sentences of the real press that score lower, nearly all say something else than the original. The model
has seen the training text; it is small enough to have forgotten it.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections.abc import Sequence
from pathlib import Path

import sacrebleu

from limitedtimes.engines.embedded import Embedded, Shelf
from training.clean import Pair
from training.corpora import read_pairs, shared

UNSURE = 54.0
"""Expected chrF, in points, under which a sentence is marked."""
PROSE = frozenset({"mlqe_pe", "tico19", "xquad"})
"""Corpora that are most like the press; languages without them have Debian's site."""
SAMPLE, SHORTEST, LONGEST = 500, 8, 45
Point = tuple[float, float]
"""A sentence: its score, and its chrF."""


def sample(language: str, engine: Embedded) -> list[Pair]:
    """So many sentences, drawn by chance, the same each time."""
    pairs = [
        pair
        for pair in read_pairs(shared() / "mt" / "train" / f"{language}-en.tsv.xz")
        if pair.corpus in {*PROSE, "debian_webwml"} and SHORTEST <= len(pair.source.split()) <= LONGEST
    ]
    prose = [pair for pair in pairs if pair.corpus in PROSE] or pairs
    random.Random(3).shuffle(prose)
    return [pair for pair in prose[: 2 * SAMPLE] if engine.fits(pair.source, language)][:SAMPLE]


def points(language: str, engine: Embedded) -> list[Point]:
    """What the engine made of the sample, scored."""
    pairs = sample(language, engine)
    answers = engine.translate([pair.source for pair in pairs], language)
    return [
        (answer.score, sacrebleu.sentence_chrf(answer.text, [pair.english]).score)
        for pair, answer in zip(pairs, answers, strict=True)
        if answer.score is not None
    ]


def bar(found: Sequence[Point]) -> float:
    """The score at which the line through the points has the chosen chrF; least squares."""
    slope, intercept = statistics.linear_regression(*zip(*found, strict=True))
    return round((UNSURE - intercept) / slope, 2)


def main() -> None:
    """Measure every language of a model, and write the bar of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    engine = Shelf().open(args.model)
    every: list[Point] = []
    for language in sorted(engine.languages):
        found = points(language, engine)
        together = statistics.correlation(*zip(*found, strict=True))
        print(f"{language}: {len(found)} sentences, correlation {together:.2f}, bar {bar(found)}", flush=True)
        every += found
    args.out.write_text(json.dumps(bar(every)) + "\n", encoding="utf-8")
    print(f"all: bar {bar(every)}")


if __name__ == "__main__":
    main()
