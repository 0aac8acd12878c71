"""From the corpora to token arrays: clean, split off a held-out part, learn the pieces, write several passes.

Each pass is the data once, with other names, joins and slots; the trainer takes them in turn. So nothing has to be
drawn during training, and a run can be repeated from the arrays alone.

`python -m training.prepare --work FOLDER`
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from limitedtimes.engines.capitals import Capitals
from limitedtimes.engines.hiding import CAPITALS, NUMBERS, TRANSLATED
from limitedtimes.engines.names import Names
from training import capitals, vocabulary
from training.batches import Examples, Texts
from training.clean import Pair, cleaned
from training.corpora import held_out_keys, read_pairs, shared
from training.languages import LANGUAGES, Language
from training.mix import one_pass
from training.slotted import NAMED, NOUNS, named, number_words, slotted, translated, worded
from training.synthetic import made
from training.vocabulary import SOURCE, TARGET, tag

Corpora = Mapping[str, Sequence[Pair]]

HELD_OUT = 300
TEMPLATES = 2000


def clean_corpus(language: Language, held_out: frozenset[str]) -> list[Pair]:
    """All good pairs, in an order that depends on nothing but the corpora."""
    path = shared() / "mt" / "train" / f"{language.code}-en.tsv.xz"
    pairs = list(cleaned(read_pairs(path), language.function_words, held_out=held_out))
    Random(1).shuffle(pairs)
    return pairs


def mixed(language: Language, pairs: Sequence[Pair], number: int) -> list[Pair]:
    """One language's part of one pass."""
    dice, words = Random(100 + number), number_words(language.code)
    pairs = one_pass(pairs, made(language, dice, TEMPLATES), language, dice)
    return [worded(slotted(pair, dice), words, dice) for pair in pairs]


def write_lists(work: Path, listed: Iterable[str]) -> None:
    """What the engine needs to hide number words and names as the passes do (`limitedtimes.engines.hiding`)."""
    words = [(code, word, english) for code in LANGUAGES for word, english in number_words(code).items()]
    (work / NUMBERS).write_text("".join("\t".join(row) + "\n" for row in words), encoding="utf-8")
    (work / TRANSLATED).write_text("".join(f"{word}\n" for word in sorted(listed)), encoding="utf-8")


def told_from_nouns(work: Path, corpora: Corpora, pieces: Callable[[str], int]) -> dict[str, Capitals]:
    """What tells names where every noun has a capital: learned from the corpora, and kept in the work folder."""
    elsewhere = list(capitals.names_elsewhere({code: corpora[code] for code in NAMED}, pieces))
    found = {}
    for code in NOUNS:
        own = list(capitals.seen(corpora[code], pieces))
        known = {one.word for one in own}
        weights = capitals.learn([*own, *(one for one in elsewhere if one.word not in known)])
        (work / CAPITALS.format(language=code)).write_bytes(weights)
        found[code] = Capitals(weights)
    return found


def without_names(parts: dict[str, list[Pair]], names: Names, number: int) -> dict[str, list[Pair]]:
    """The parts of a pass with their names in slots, in the languages in which those can be told."""
    dice = Random(200 + number)
    return {
        code: [named(pair, names, code, dice) for pair in pairs] if code in (*NAMED, *NOUNS) else pairs
        for code, pairs in parts.items()
    }


class Pieces:
    """Both SentencePiece models of a work folder, learned when they are not there."""

    def __init__(self, work: Path) -> None:
        self._paths = work / SOURCE, work / TARGET
        self._models: list[Any] = []

    def learn(self, parts: dict[str, list[Pair]], sizes: tuple[int, int], threads: int) -> None:
        """Learn from one pass of every language."""
        pairs = [pair for part in parts.values() for pair in part]
        tags = [tag(language) for language in LANGUAGES]
        for side, (path, size, symbols) in enumerate(zip(self._paths, sizes, (tags, []), strict=True)):
            if not path.exists():
                vocabulary.train((pair[side] for pair in pairs), path, size=size, symbols=symbols, threads=threads)
        self._models = [vocabulary.load(path) for path in self._paths]

    def count(self, word: str) -> int:
        """How many pieces a word of a source language is cut into."""
        return len(self._models[0].encode(word))

    def write(self, path: Path, parts: dict[str, list[Pair]], longest: int) -> int:
        """Token numbers of all pairs; what is too long is left out. Returns the tokens."""
        source, target = self._models
        kept: list[tuple[list[int], list[int]]] = []
        for language, pairs in parts.items():
            first = source.piece_to_id(tag(language))
            sides = source.encode([pair.source for pair in pairs]), target.encode([p.english for p in pairs])
            kept += [
                ([first, *s], t)
                for s, t in zip(*sides, strict=True)
                if 0 < len(s) < longest - 1 and 0 < len(t) < longest
            ]
        texts = [Texts.of([np.array(pair[side], np.uint16) for pair in kept]) for side in (0, 1)]
        Examples(*texts).write(path)
        return sum(len(side.pieces) for side in texts)

    def sizes(self) -> list[int]:
        """How many pieces the source and the target have."""
        return [len(model) for model in self._models]


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder for everything that is made")
    parser.add_argument("--passes", type=int, default=8)
    parser.add_argument("--pieces", type=int, nargs=2, default=(16_000, 8000), help="of the source, of English")
    parser.add_argument("--longest", type=int, default=144, help="longest sentence in pieces")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Make the two SentencePiece models, `held_out.npz`, `pass-N.npz` and `prepared.json` in the work folder."""
    args = arguments()
    args.work.mkdir(parents=True, exist_ok=True)
    measured = held_out_keys()
    languages = {code: Language.read(code).without(measured) for code in LANGUAGES}
    corpora = {code: clean_corpus(language, measured) for code, language in languages.items()}
    held_out = {code: pairs[:HELD_OUT] for code, pairs in corpora.items()}
    learned = {code: pairs[HELD_OUT:] for code, pairs in corpora.items()}
    pieces, tokens = Pieces(args.work), []
    with_own = {code: [*pairs, *languages[code].sentences] for code, pairs in learned.items()}
    listed = {word for code in NAMED for word in translated(languages[code], with_own[code])}
    write_lists(args.work, listed)
    for number in range(args.passes):
        parts = {code: mixed(languages[code], pairs, number) for code, pairs in learned.items()}
        if number == 0:
            pieces.learn(parts, args.pieces, args.threads)
            names = Names(pieces.count, frozenset(listed), told_from_nouns(args.work, with_own, pieces.count))
            dice = Random(0)
            slots = {code: [slotted(pair, dice) for pair in pairs] for code, pairs in held_out.items()}
            pieces.write(args.work / "held_out.npz", without_names(slots, names, number), args.longest)
        hidden = without_names(parts, names, number)
        tokens.append(pieces.write(args.work / f"pass-{number}.npz", hidden, args.longest))
        print(f"pass {number}:", {code: len(part) for code, part in parts.items()}, tokens[-1], "tokens", flush=True)
    counts = {code: Counter(pair.corpus for pair in pairs) for code, pairs in learned.items()}
    own = {code: len(language.sentences) for code, language in languages.items()}
    summary = {"pairs": counts, "own": own, "tokens_in_pass": tokens, "pieces": pieces.sizes()}
    (args.work / "prepared.json").write_text(json.dumps(summary, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
