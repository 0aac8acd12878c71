"""What the scores of a model are worth: under which its sentences are doubtful, and its headlines not shown.

`python -m training.trust --model FOLDER --trust trust.json`

Sentences of the training text are translated; their scores (mean log-probability of a piece) and the chrF of what came
out lie on one line, nearly the same in every language. The bars are where that line has a chrF that was chosen by
reading: of sentences of the real press that score lower, nearly all say something else than the original (DOUBTFUL), or
nothing (HEADLINE). The model has seen these sentences; it is small enough to have forgotten them.
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

DOUBTFUL, HEADLINE = 57.0, 48.0
"""Expected chrF, in points, under which a sentence is marked, and a headline is not shown."""
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


def bars(found: Sequence[Point]) -> dict[str, float]:
    """The scores at which the line through the points has the chosen chrF; least squares."""
    scores, quality = zip(*found, strict=True)
    slope, intercept = statistics.linear_regression(scores, quality)
    chosen = {"doubtful": DOUBTFUL, "headline": HEADLINE}
    return {name: round((points - intercept) / slope, 2) for name, points in chosen.items()}


def main() -> None:
    """Measure every language of a model, and write the bars."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--trust", type=Path, required=True)
    args = parser.parse_args()
    engine = Shelf().open(args.model)
    every: list[Point] = []
    for language in sorted(engine.languages):
        found = points(language, engine)
        together = statistics.correlation(*zip(*found, strict=True))
        print(f"{language}: {len(found)} sentences, correlation {together:.2f}, bars {bars(found)}", flush=True)
        every += found
    args.trust.write_text(json.dumps(bars(every)) + "\n", encoding="utf-8")
    print(bars(every))


if __name__ == "__main__":
    main()
