"""The embedded engine against its budget: sentences of 25 words a second in each language, time to load, memory.

    python benchmarks/engine.py ../shared/mt/dev

Each language's sentences come from its FLORES set, put together to 25 words on average. Linux only (it reads /proc).
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from limitedtimes.engines.card import read_card
from limitedtimes.engines.embedded import Embedded, Shelf

WORDS = 25
STATUS = Path("/proc/self/status")
SET = "flores101_devtest.tsv"


def megabytes() -> int:
    found = re.search(r"VmRSS:\s+(\d+) kB", STATUS.read_text(encoding="ascii"))
    assert found
    return int(found[1]) // 1024


def sentences(path: Path) -> list[str]:
    """The set's sources, cut or joined so that each has exactly WORDS words."""
    words = [word for line in path.read_text(encoding="utf-8").splitlines() for word in line.split("\t")[0].split()]
    return [" ".join(words[start : start + WORDS]) for start in range(0, len(words) - WORDS, WORDS)]


def speeds(engine: Embedded, language: str, texts: list[str], runs: int) -> Iterator[float]:
    for _ in range(runs):
        start = time.perf_counter()
        engine.translate(texts, language)
        yield len(texts) / (time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path)
    parser.add_argument("--model", type=Path, default=Path("src/limitedtimes/models/many-en"))
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    before = megabytes()
    for beam in sorted({1, 2, read_card(options.model).beam}):
        engine = Shelf(beam=beam).open(options.model)
        start = time.perf_counter()
        engine._model.load()
        print(f"beam {beam}: loaded in {time.perf_counter() - start:.2f} s")
        for language in sorted(engine.languages):
            path = options.sets / f"{language}-en" / SET
            if path.is_file():
                texts = sentences(path)
                rates = list(speeds(engine, language, texts, options.runs))
                print(f"  {language}: {statistics.median(rates):6.0f} sentences of {WORDS} words a second", flush=True)
    print(f"memory: {before} MB before, {megabytes()} MB after")


if __name__ == "__main__":
    main()
