"""How much memory the translation takes: before and after a model is loaded, with a second handle to it, and while
it translates ever more sentences. Linux only (it reads /proc).

    python benchmarks/memory.py --model src/limitedtimes/models/many-en
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from limitedtimes.engines.embedded import Shelf
from limitedtimes.model import HEADLINE, Article, Block, BlockKind, Sentence
from limitedtimes.protocols import Correction, CorrectionKey, MemoryKey, Rendering
from limitedtimes.translate import translate

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STATUS = Path("/proc/self/status")
PARAGRAPH = "Die Stadt baut im Jahr {0} eine Brücke über den Fluss, und {1} Menschen sehen ihr dabei zu."


class Nothing:
    """A memory that remembers nothing."""

    def recall(self, keys: Sequence[MemoryKey]) -> Mapping[MemoryKey, Rendering]:  # noqa: ARG002
        return {}

    def corrected(self, keys: Sequence[CorrectionKey]) -> Mapping[CorrectionKey, Correction]:  # noqa: ARG002
        return {}


def megabytes() -> tuple[float, float]:
    """Memory that this process holds now, and the most that it ever held."""
    status = STATUS.read_text(encoding="ascii")
    now, most = (re.search(rf"{name}:\s+(\d+) kB", status) for name in ("VmRSS", "VmHWM"))
    assert now and most
    return int(now[1]) / 1024, int(most[1]) / 1024


def article(number: int, sentences: int) -> Article:
    texts = [PARAGRAPH.format(1900 + number, 1000 + place) for place in range(sentences)]
    return Article(
        url=f"https://example.org/{number}",
        source="",
        language="de",
        headline="Brücke",
        standfirst="",
        authors=(),
        published=None,
        modified=None,
        section="",
        keywords=(),
        free=None,
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts),
        sentences=(
            Sentence(0, HEADLINE, f"Brücke {number}", "de"),
            *(Sentence(place + 1, place, text, "de") for place, text in enumerate(texts)),
        ),
        fetched_at=EPOCH,
    )


def report(what: str) -> None:
    now, most = megabytes()
    print(f"{what:42}{now:8.0f} MB now {most:8.0f} MB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Path("src/limitedtimes/models/many-en"))
    parser.add_argument("--most", type=int, default=16_000, help="sentences in the longest run")
    options = parser.parse_args()
    if not STATUS.exists():
        raise SystemExit(f"{STATUS}: not there; this benchmark needs Linux")
    report("engine and station imported")
    shelf = Shelf()
    engine = shelf.open(options.model)
    engine.translate(["Die Stadt baut eine Brücke."], "de")
    report("model loaded")
    shelf.open(options.model, beam=2).translate(["Die Stadt baut eine Brücke."], "de")
    report("a second handle to the same model")
    count = options.most // 16
    while count <= options.most:
        articles = (article(number, 40) for number in range(count // 40))
        for _ in translate(articles, engine=engine, memory=Nothing(), now=EPOCH):
            pass
        report(f"{count} sentences translated")
        count *= 4


if __name__ == "__main__":
    main()
