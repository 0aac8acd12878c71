"""From the corpora to token arrays: clean, split off a held-out part, learn the pieces, write several passes.

Each pass is the data once, with other names, figures and joins; the trainer takes them in turn. So nothing has
to be drawn during training, and a run can be repeated from the arrays alone.

`python -m training.prepare --work FOLDER`
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from sentencepiece import SentencePieceProcessor

from training import vocabulary
from training.clean import Pair, cleaned, near_key, normalise
from training.mix import one_pass
from training.synthetic import made, read_templates
from training.words import Words

DATA = Path(__file__).parent / "data"
PAIR = "de-en"


def shared() -> Path:
    """Where the corpora lie: `LT_SHARED`, or the folder beside the project."""
    return Path(os.environ.get("LT_SHARED", "../shared"))


def read_pairs(path: Path) -> Iterator[Pair]:
    """The lines of one compressed corpus file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            source, english, corpus = line.rstrip("\n").split("\t")
            yield Pair(source, english, corpus)


def held_out_keys(folder: Path) -> frozenset[str]:
    """What the measuring sets contain, so that none of it is learned."""
    keys: set[str] = set()
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            keys.update(near_key(normalise(side)) for side in line.split("\t")[:2])
    return frozenset(key for key in keys if len(key) > 20)


def write_arrays(path: Path, pairs: Sequence[Pair], pieces: SentencePieceProcessor, longest: int) -> int:
    """Token numbers of all pairs in four flat arrays; pairs that are too long are left out. Returns the tokens."""
    sides = [pieces.encode([pair[side] for pair in pairs]) for side in (0, 1)]
    kept = [(s, t) for s, t in zip(*sides, strict=True) if 0 < len(s) < longest and 0 < len(t) < longest]
    arrays: dict[str, Any] = {}
    for name, side in (("source", 0), ("target", 1)):
        arrays[name] = np.fromiter((piece for pair in kept for piece in pair[side]), np.uint16)
        arrays[f"{name}_start"] = np.cumsum([0, *(len(pair[side]) for pair in kept)])
    partial = path.with_suffix(".partial.npz")
    np.savez(partial, **arrays)
    partial.replace(path)
    return len(arrays["source"]) + len(arrays["target"])


def clean_corpus() -> list[Pair]:
    """All good pairs, in an order that depends on nothing but the corpora."""
    held_out = held_out_keys(shared() / "mt" / "dev" / PAIR)
    pairs = list(cleaned(read_pairs(shared() / "mt" / "train" / f"{PAIR}.tsv.xz"), held_out=held_out))
    Random(1).shuffle(pairs)
    return pairs


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder for everything that is made")
    parser.add_argument("--passes", type=int, default=6)
    parser.add_argument("--pieces", type=int, default=8000)
    parser.add_argument("--longest", type=int, default=144, help="longest sentence in pieces")
    parser.add_argument("--held-out", type=int, default=1500)
    parser.add_argument("--templates", type=int, default=12_000, help="sentences from templates in each pass")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Make `sentencepiece.model`, `held_out.npz`, `pass-N.npz` and `prepared.json` in the work folder."""
    args = arguments()
    args.work.mkdir(parents=True, exist_ok=True)
    words = Words.read(DATA / "words.toml")
    templates = read_templates(DATA / "templates.tsv")
    pairs = clean_corpus()
    held_out, learned = pairs[: args.held_out], pairs[args.held_out :]
    counts = Counter(pair.corpus for pair in learned)
    print(len(learned), "pairs kept:", dict(counts), flush=True)

    model = args.work / "sentencepiece.model"
    if not model.exists():
        sample = one_pass(learned, made(templates, words, Random(0), args.templates), words, Random(0))
        vocabulary.train((s for p in sample for s in p[:2]), args.work, size=args.pieces, threads=args.threads)
    pieces = vocabulary.load(model)
    write_arrays(args.work / "held_out.npz", held_out, pieces, args.longest)
    tokens = []
    for number in range(args.passes):
        dice = Random(100 + number)
        mixed = one_pass(learned, made(templates, words, dice, args.templates), words, dice)
        tokens.append(write_arrays(args.work / f"pass-{number}.npz", mixed, pieces, args.longest))
        print(f"pass {number}: {len(mixed)} examples, {tokens[-1]} tokens", flush=True)
    summary = {"pairs": len(learned), "by_corpus": counts, "tokens_in_pass": tokens, "pieces": len(pieces)}
    (args.work / "prepared.json").write_text(json.dumps(summary, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
