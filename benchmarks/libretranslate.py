"""The translation station against a LibreTranslate server with the same model, on the same sentences in the same run.

    PYTHONPATH=src:tests/engines python benchmarks/libretranslate.py ../shared/pages /tmp/libre/bin/libretranslate

`tests/engines/libretranslate_server.py` says how the server comes to be installed. It is used at its best: lists of
sentences, from as many clients at once as there are threads, so that none of them waits for the network. Runs
alternate; the medians are compared, once with the server's own beam and once with that of the model. The model is
one of this project's history that both can read (`--model` takes another with shared pieces and without a prefix).
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from libretranslate_server import served, shared_pieces_model
from line_speed import EPOCH, Nothing, articles, seconds

from limitedtimes.engines.card import read_card
from limitedtimes.engines.embedded import Shelf
from limitedtimes.translate import translate

USUAL_BEAM: Final = 4
LIST: Final = 25
"""Sentences of a request."""


def client(address: str, language: str, threads: int) -> Callable[[Sequence[str]], list[str]]:
    """What asks the server for the English of sentences."""

    def ask(batch: Sequence[str]) -> list[str]:
        payload = {"q": list(batch), "source": language, "target": "en", "format": "text"}
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{address}/translate", json.dumps(payload).encode(), headers)
        with urllib.request.urlopen(request, timeout=600) as answer:
            found: list[str] = json.load(answer)["translatedText"]
        return found

    def run(sentences: Sequence[str]) -> list[str]:
        batches = [sentences[start : start + LIST] for start in range(0, len(sentences), LIST)]
        with ThreadPoolExecutor(threads) as pool:
            return [text for found in pool.map(ask, batches) for text in found]

    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("program", type=Path, help="the server's, in the environment where it is installed")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--language", default="de")
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare(options, options.model or shared_pieces_model(Path(folder)))


def compare(options: argparse.Namespace, model: Path) -> None:
    """Print sentences a second of both, at the beams of both."""
    engine = Shelf(threads=options.threads).open(model)
    items = list(islice(articles(options.pages, engine, options.language), options.articles))
    texts = list(dict.fromkeys(sentence.text for item in items for sentence in item.sentences))
    if not texts:
        raise SystemExit(f"{options.pages}: no expected articles (*/*.json) in {options.language!r}")
    own = read_card(model).beam
    print(f"{len(items)} articles, {len(texts)} sentences, {engine.id}, {options.threads} threads, load {_load()}")

    def station() -> list[object]:
        return list(translate(items, engine=engine, memory=Nothing(), now=EPOCH))

    station()
    for beam in dict.fromkeys((USUAL_BEAM, own)):
        with (
            tempfile.TemporaryDirectory() as folder,
            served(options.program, model, Path(folder), language=options.language, beam=beam) as address,
        ):
            ask = client(address, options.language, options.threads)
            ask(texts[:10])
            theirs, ours = medians(partial(ask, texts), station, runs=options.runs)
        print(f"LibreTranslate, beam {beam}  {len(texts) / theirs:8.1f} sentences/s")
        print(f"station, beam {own}         {len(texts) / ours:8.1f} sentences/s")
        print(f"ratio                   {theirs / ours:8.2f}  (load {_load()})", flush=True)


def medians(*ways: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each way; the ways alternate."""
    times = [[seconds(way) for way in ways] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def _load() -> str:
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


if __name__ == "__main__":
    main()
