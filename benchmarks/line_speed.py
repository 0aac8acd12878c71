"""The translation station against bare CTranslate2, on the same sentences in the same run.

    python benchmarks/line_speed.py ../shared/pages --model src/limitedtimes/models/many-en

The station cleans, asks the memory, translates, sets type, checks, looks for a better hypothesis, tries again and puts
articles together; the bare engine encodes, translates in batches and decodes, with the same model, threads, beam, size
of batches (unless another is given) and limit on the output. Runs alternate; the medians are compared. Every text is
translated once, as the station does. Sentences that are too long for the model are left out of both.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ctranslate2
import sentencepiece
import sentencex

from limitedtimes.engines.asking import BATCH_TOKENS
from limitedtimes.engines.card import read_card
from limitedtimes.engines.embedded import Shelf
from limitedtimes.model import HEADLINE, Article, Block, BlockKind, Sentence, Translation
from limitedtimes.protocols import Correction, CorrectionKey, MemoryKey, Rendering, Translator
from limitedtimes.translate import translate

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Nothing:
    """A memory that remembers nothing."""

    def recall(self, keys: Sequence[MemoryKey]) -> Mapping[MemoryKey, Rendering]:  # noqa: ARG002
        return {}

    def corrected(self, keys: Sequence[CorrectionKey]) -> Mapping[CorrectionKey, Correction]:  # noqa: ARG002
        return {}


def articles(pages: Path, engine: Translator, language: str) -> Iterator[Article]:
    """The expected articles of a language, with the sentences that fit the model."""
    for path in sorted(pages.glob("*/*.json")):
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if data["language"] == language and data["title"]:
            texts = [text for section in data["sections"] for text in section["paragraphs"]]
            yield article(str(path), data["title"], texts, engine, language)


def article(name: str, headline: str, texts: list[str], engine: Translator, language: str) -> Article:
    cut = [
        (part, sentence.strip()) for part, text in enumerate(texts) for sentence in sentencex.segment(language, text)
    ]
    fitting = [(part, text) for part, text in [(HEADLINE, headline), *cut] if text and engine.fits(text, language)]
    return Article(
        url=f"https://example.org/{name}",
        source="",
        language=language,
        headline=headline,
        standfirst="",
        authors=(),
        published=None,
        modified=None,
        section="",
        keywords=(),
        free=None,
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts),
        sentences=tuple(Sentence(number, part, text, language) for number, (part, text) in enumerate(fitting)),
        fetched_at=EPOCH,
    )


def bare(
    model: Path, language: str, *, threads: int, beam: int, batch: int = BATCH_TOKENS
) -> Callable[[Sequence[str]], list[str]]:
    """CTranslate2 as its own documentation uses it; figures are left to the network."""
    translator = ctranslate2.Translator(str(model), compute_type="int8", inter_threads=threads, intra_threads=1)
    shared = [model / "sentencepiece.model"] * 2
    files = shared if shared[0].exists() else [model / "source.model", model / "target.model"]
    source, target = (sentencepiece.SentencePieceProcessor(model_file=str(file)) for file in files)
    card = read_card(model)
    limit, prefix = card.max_output_tokens, card.before(language)

    def run(sentences: Sequence[str]) -> list[str]:
        results = translator.translate_batch(
            [prefix + pieces for pieces in source.encode(list(sentences), out_type=str)],
            beam_size=beam,
            max_batch_size=batch,
            batch_type="tokens",
            max_decoding_length=limit,
        )
        decoded: list[str] = target.decode([result.hypotheses[0] for result in results])
        return decoded

    return run


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--model", type=Path, default=Path("src/limitedtimes/models/many-en"))
    parser.add_argument("--language", default="de")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--beam", type=int, help="beam width of both; the model's own unless given")
    parser.add_argument("--batch", type=int, default=BATCH_TOKENS, help="pieces in a batch of bare CTranslate2")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    engine = Shelf(threads=options.threads).open(options.model, beam=options.beam)
    items = list(articles(options.pages, engine, options.language))
    texts = list(dict.fromkeys(sentence.text for item in items for sentence in item.sentences))
    if not texts:
        raise SystemExit(f"{options.pages}: no expected articles (*/*.json) in {options.language!r}")
    beam = options.beam or read_card(options.model).beam
    raw = bare(options.model, options.language, threads=options.threads, beam=beam, batch=options.batch)
    print(f"{len(items)} articles, {len(texts)} sentences, {engine.id}, {options.threads} threads")
    compare(items, texts, engine=engine, raw=raw, runs=options.runs)


def compare(
    items: list[Article], texts: list[str], *, engine: Translator, raw: Callable[[Sequence[str]], list[str]], runs: int
) -> None:
    def station() -> list[object]:
        return list(translate(items, engine=engine, memory=Nothing(), now=EPOCH))

    raw(texts[:100])
    failed = sum(not isinstance(answer, Translation) for answer in station())
    times = [(seconds(lambda: raw(texts)), seconds(station)) for _ in range(runs)]
    alone, whole = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"bare CTranslate2  {len(texts) / alone:8.1f} sentences/s")
    print(f"station           {len(texts) / whole:8.1f} sentences/s ({failed} articles without a headline)")
    print(f"ratio             {alone / whole:8.3f}")


if __name__ == "__main__":
    main()
