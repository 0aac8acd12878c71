"""Measure a converted model: BLEU and chrF, figures kept, length, speed. Measuring sets are never learned from.

`python -m training.evaluate --model FOLDER --scores scores.json`
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import ctranslate2
import sacrebleu

from training import vocabulary
from training.prepare import PAIR, shared

SETS = {"flores101_devtest": "flores101_devtest.tsv", "newstest2021": "newstest2021_A.tsv"}
LONGEST, LONGEST_OUTPUT = 200, 256


class Translator:
    """The converted model, used as plainly as possible."""

    def __init__(self, folder: Path, beam: int) -> None:
        self._engine = ctranslate2.Translator(str(folder), device="cpu", inter_threads=2, intra_threads=1)
        self._pieces = vocabulary.load(folder / "sentencepiece.model")
        self._beam = beam

    def __call__(self, sentences: Sequence[str]) -> list[str]:
        source = [pieces[:LONGEST] for pieces in self._pieces.encode(list(sentences), out_type=str)]
        results = self._engine.translate_batch(
            source,
            beam_size=self._beam,
            max_batch_size=2048,
            batch_type="tokens",
            max_decoding_length=LONGEST_OUTPUT,
        )
        return [self._pieces.decode(result.hypotheses[0]) for result in results]


@dataclass(frozen=True, slots=True)
class Scores:
    """How one measuring set was translated."""

    sentences: int
    bleu: float
    bleu_signature: str
    chrf: float
    chrf_signature: str
    figures_kept: float
    sentences_with_figures: int
    length_ratio: float
    quotations_kept: float
    words_per_second: int


def digits(text: str) -> Counter[str]:
    """The figures of a text without separators: "11.000" and "11,000" are the same."""
    return Counter(re.findall(r"\d+", re.sub(r"(?<=\d)[.,\s](?=\d)", "", text)))


def share_kept(sources: Sequence[str], outputs: Sequence[str]) -> tuple[float, int]:
    """Of the sentences with figures, the share with exactly the same figures in the translation, and their number."""
    kept = [digits(source) == digits(output) for source, output in zip(sources, outputs, strict=True) if digits(source)]
    return sum(kept) / max(1, len(kept)), len(kept)


def quotations_kept(sources: Sequence[str], outputs: Sequence[str]) -> float:
    """Of the sentences with a quotation, the share whose translation has one too."""
    quoting = re.compile(r'["„“”«»]')
    kept = [bool(quoting.search(o)) for s, o in zip(sources, outputs, strict=True) if quoting.search(s)]
    return sum(kept) / max(1, len(kept))


def score(sources: Sequence[str], references: Sequence[str], translate: Translator) -> tuple[Scores, list[str]]:
    """Translate one set and compare."""
    begun = time.perf_counter()
    outputs = translate(sources)
    seconds = time.perf_counter() - begun
    bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
    figures, with_figures = share_kept(sources, outputs)
    scores = Scores(
        sentences=len(sources),
        bleu=round(bleu.corpus_score(outputs, [references]).score, 1),
        bleu_signature=str(bleu.get_signature()),
        chrf=round(chrf.corpus_score(outputs, [references]).score, 1),
        chrf_signature=str(chrf.get_signature()),
        figures_kept=round(figures, 3),
        sentences_with_figures=with_figures,
        length_ratio=round(sum(len(o.split()) for o in outputs) / sum(len(r.split()) for r in references), 3),
        quotations_kept=round(quotations_kept(sources, outputs), 3),
        words_per_second=round(sum(len(s.split()) for s in sources) / seconds),
    )
    return scores, outputs


def read_set(name: str) -> tuple[list[str], list[str]]:
    """Sources and references of one measuring set."""
    path = shared() / "mt" / "dev" / PAIR / SETS[name]
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [line[0] for line in lines], [line[1] for line in lines]


def main() -> None:
    """Print the scores of each set, and keep them with the translations for `card.py`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--scores", type=Path, help="where to keep scores and translations, as JSON")
    parser.add_argument("--beam", type=int, default=2)
    args = parser.parse_args()
    translate, kept = Translator(args.model, args.beam), {}
    for name in SETS:
        sources, references = read_set(name)
        scores, outputs = score(sources, references, translate)
        print(name, json.dumps(asdict(scores)), flush=True)
        examples = [list(triple) for triple in zip(sources, references, outputs, strict=True)]
        kept[name] = {"beam": args.beam, **asdict(scores), "examples": examples}
    if args.scores:
        args.scores.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
