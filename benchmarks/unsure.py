"""What the engine's scores say of its sentences: `python benchmarks/unsure.py ../shared/mt/dev`.

For each measuring set, by the bar in the model's card (`unsure`): how many sentences are marked as unsure, the chrF
of those and of the others, Spearman's rank correlation of score and chrF over sentences, and how much of the worst
tenth is marked.
"""

from __future__ import annotations

import argparse
import math
import statistics
from collections.abc import Sequence
from pathlib import Path

import sacrebleu

from limitedtimes.engines.embedded import Shelf


def ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    for rank, place in enumerate(order):
        found[place] = rank
    return found


def row(name: str, scores: Sequence[float], quality: Sequence[float], bar: float) -> str:
    marked = [points for score, points in zip(scores, quality, strict=True) if score < bar]
    others = [points for score, points in zip(scores, quality, strict=True) if score >= bar]
    worst = sorted(quality)[len(quality) // 10]
    caught = sum(points <= worst for points in marked) / sum(points <= worst for points in quality)
    rank = statistics.correlation(ranks(scores), ranks(quality))
    return (
        f"| {name} | {len(quality)} | {100 * len(marked) / len(quality):.0f} % | {statistics.fmean(marked):.1f} "
        f"| {statistics.fmean(others):.1f} | {rank:.2f} | {100 * caught:.0f} % |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path)
    parser.add_argument("--model", type=Path, default=Path("src/limitedtimes/models/many-en"))
    options = parser.parse_args()
    engine = Shelf().open(options.model)
    bar = engine.drafts.get(engine.id, -math.inf)
    if bar == -math.inf:
        raise SystemExit(f"{options.model}: the card says nothing of what its scores are worth (unsure)")
    print("| set | sentences | marked | chrF of marked | chrF of others | rank correlation | worst tenth marked |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for path in sorted(options.sets.glob("*/*.tsv")):
        language = path.parent.name.partition("-")[0]
        pairs = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines()]
        pairs = [pair for pair in pairs if language in engine.languages and engine.fits(pair[0], language)]
        if pairs:
            answers = engine.translate([pair[0] for pair in pairs], language)
            quality = [
                sacrebleu.sentence_chrf(answer.text, [pair[1]]).score
                for answer, pair in zip(answers, pairs, strict=True)
            ]
            print(row(f"{language} {path.stem}", [one.score or 0.0 for one in answers], quality, bar), flush=True)


if __name__ == "__main__":
    main()
