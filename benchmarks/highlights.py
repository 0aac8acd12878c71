"""Highlights against the first sentences and against LexRank, with the publishers' own standfirsts as references.

    python benchmarks/highlights.py ../shared/pages

On the original text, so that no translation is needed: every sentence stands for its own English. All three get the
same sentences, and of each article the others give as many as ours does. The standfirst is kept from all three. ROUGE
is computed on lower-case words (characters for Chinese, Japanese and Korean), without stemming; recall and F1 in
percent.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sentencex
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.models.dom import Sentence as SumySentence
from sumy.summarizers.lex_rank import LexRankSummarizer

from limitedtimes.enrich.highlights import highlights
from limitedtimes.model import HEADLINE, Article, Block, BlockKind, EnglishSentence, Origin, Sentence, Translation

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


@dataclass(frozen=True, slots=True)
class Sample:
    """An article's headline and sentences by paragraph, and what its publisher wrote above it."""

    language: str
    headline: str
    paragraphs: list[list[str]]
    standfirst: str

    @property
    def sentences(self) -> list[str]:
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]


def words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def samples(pages: Path) -> Iterator[Sample]:
    """Every expected article that has a standfirst of six words and a text of eight sentences."""
    for path in sorted(pages.glob("*/*.json")):
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        texts = [text for section in data["sections"] for text in section["paragraphs"]]
        cut = [[s.strip() for s in sentencex.segment(data["language"], text) if s.strip()] for text in texts]
        sample = Sample(data["language"], data["title"] or "", cut, " ".join(data["summary"] or []))
        if len(words(sample.standfirst)) >= 6 and len(sample.sentences) >= 8:
            yield sample


def as_translated(sample: Sample) -> tuple[Article, Translation]:
    """The article, and a translation that leaves it as it is."""
    texts = [(HEADLINE, sample.headline)]
    texts += [(part, text) for part, paragraph in enumerate(sample.paragraphs) for text in paragraph]
    sentences = tuple(Sentence(number, part, text, sample.language) for number, (part, text) in enumerate(texts))
    blocks = tuple(Block(BlockKind.PARAGRAPH, " ".join(paragraph)) for paragraph in sample.paragraphs)
    article = Article(
        url="https://example.org/",
        source="",
        language=sample.language,
        headline=sample.headline,
        standfirst="",
        authors=(),
        published=None,
        modified=None,
        section="",
        keywords=(),
        free=None,
        blocks=blocks,
        sentences=sentences,
        fetched_at=EPOCH,
    )
    english = tuple(EnglishSentence(sentence.number, sentence.text, Origin.ENGINE) for sentence in sentences)
    return article, Translation(article.id, article.fingerprint, "none", EPOCH, english)


def ours(sample: Sample, count: int) -> list[str]:
    article, translation = as_translated(sample)
    chosen = highlights(article, translation, most=count)
    return [translation.sentences[highlight.sentence].text for highlight in chosen]


def lead(sample: Sample, count: int) -> list[str]:
    return sample.sentences[:count]


class Words:
    """sumy's idea of a tokenizer, without its download."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(words(text))


def lexrank(sample: Sample, count: int) -> list[str]:
    paragraphs = [Paragraph([SumySentence(text, Words()) for text in texts]) for texts in sample.paragraphs]
    return [str(sentence) for sentence in LexRankSummarizer()(ObjectDocumentModel(paragraphs), count)]


def rouge(text: Sequence[str], reference: Sequence[str]) -> list[float]:
    """Recall and F1 of ROUGE-1, ROUGE-2 and ROUGE-L (Lin 2004)."""
    overlaps = [
        (sum((ngrams(text, n) & ngrams(reference, n)).values()), max(len(text) - n + 1, 1), len(reference) - n + 1)
        for n in (1, 2)
    ]
    overlaps.append((common_subsequence(text, reference), max(len(text), 1), len(reference)))
    return [value for shared, ours, theirs in overlaps for value in (shared / theirs, 2 * shared / (ours + theirs))]


def ngrams(tokens: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(tokens[start : start + n]) for start in range(len(tokens) - n + 1))


def common_subsequence(one: Sequence[str], other: Sequence[str]) -> int:
    row = [0] * (len(other) + 1)
    for word in one:
        before, row = row, [0]
        for column, candidate in enumerate(other):
            row.append(before[column] + 1 if word == candidate else max(before[column + 1], row[-1]))
    return row[-1]


METHODS: dict[str, Callable[[Sample, int], list[str]]] = {"first sentences": lead, "LexRank": lexrank, "ours": ours}
COLUMNS = ("R-1 recall", "R-1 F1", "R-2 recall", "R-2 F1", "R-L recall", "R-L F1")


def measure(pages: Path, count: int) -> dict[str, list[float]]:
    """Mean scores in percent, by method."""
    found = list(samples(pages))
    if not found:
        raise SystemExit(f"{pages}: no expected articles (*/*.json) with a standfirst")
    table: dict[str, list[float]] = {}
    counts = [len(ours(sample, count)) for sample in found]
    for name, method in METHODS.items():
        texts = [" ".join(method(sample, count)) for sample, count in zip(found, counts, strict=True)]
        rows = [rouge(words(text), words(sample.standfirst)) for text, sample in zip(texts, found, strict=True)]
        table[name] = [100 * sum(column) / len(found) for column in zip(*rows, strict=True)]
    print(f"{len(found)} articles, at most {count} sentences each")
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--count", type=int, default=3, help="sentences that each method may pick")
    options = parser.parse_args()
    table = measure(options.pages, options.count)
    print(f"{'':16}" + "".join(f"{column:>12}" for column in COLUMNS))
    for name, row in table.items():
        print(f"{name:16}" + "".join(f"{value:12.1f}" for value in row))


if __name__ == "__main__":
    main()
