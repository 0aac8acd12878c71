"""How many errors the checks find, and how many sound sentences they flag: a table per kind of error and language.

    python benchmarks/fidelity.py train ../shared/mt/train                  # to choose settings by
    python benchmarks/fidelity.py train ../shared/mt/train --half confirm   # to see whether they hold
    python benchmarks/fidelity.py own tests/translate/references            # likewise, sentences of our own
    python benchmarks/fidelity.py dev ../shared/mt/dev                      # to measure, and for nothing else

Errors are planted (`tests/translate/planting.py`) into human translations that nothing is doubted about. The training
texts are noisy: of them only pairs that look clean are taken, some hundred of each corpus, and a pair that two kinds of
check doubt is not counted as clean. ``--set places.APART=3`` tries another setting, ``--show N`` prints what was missed
or flagged wrongly.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import lzma
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "translate"))
from planting import LANGUAGES, PLANTED, Planter

from limitedtimes.model import FlagKind
from limitedtimes.translate.flags import doubts
from limitedtimes.translate.lexicon import lexicon

Pair = tuple[str, str]

LEFT_OUT: Final = frozenset(("ms_businesscentral_docs",))
"""Partly machine-translated."""
SHORTEST, LONGEST = 8, 60
"""English words."""
LIKE: Final = (0.75, 1.35)
"""Length of a clean pair, as a share of what is usual."""
_STARTS: Final = re.compile(r"[\"'„“«¿¡‘’]*[^\W\d_a-z]")
_ENDS: Final = re.compile(r"[.!?…][\"”»“')]*$")
_MARKUP: Final = re.compile(r"[<>{}\[\]|\\=_*#]|https?:|::")


def looks_clean(original: str, english: str, language: str) -> bool:
    """Two whole sentences of about the same length, without markup."""
    if not SHORTEST <= len(english.split()) <= LONGEST or _MARKUP.search(original + english):
        return False
    if not (_STARTS.match(original) and _ENDS.search(original) and _ENDS.search(english)):
        return False
    return LIKE[0] < len(english) / (len(original) * lexicon(language).length) < LIKE[1]


def train(folder: Path, language: str, *, confirm: bool, most: int) -> list[Pair]:
    """Pairs that look clean, at most so many of a corpus; which half a pair is in, its hash says."""
    found: list[tuple[int, str, Pair]] = []
    with lzma.open(folder / f"{language}-en.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            original, english, corpus = line.rstrip("\n").split("\t")
            number = int(hashlib.sha256(original.encode()).hexdigest()[:8], 16)
            if number % 2 == confirm and corpus not in LEFT_OUT and looks_clean(original, english, language):
                found.append((number, corpus, (original, english)))
    taken: Counter[str] = Counter()
    pairs = []
    for _, corpus, pair in sorted(found):
        taken[corpus] += 1
        if taken[corpus] <= most:
            pairs.append(pair)
    return pairs


def dev(folder: Path, language: str) -> Iterator[Pair]:
    for path in sorted((folder / f"{language}-en").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            original, english = line.split("\t")[:2]
            yield original, english


def own(folder: Path, language: str) -> Iterator[Pair]:
    for line in (folder / f"{language}-en.tsv").read_text(encoding="utf-8").splitlines():
        original, english = line.split("\t")
        yield original, english


def measure(pairs: Sequence[Pair], language: str, *, noisy: bool, show: int) -> dict[str, str]:
    """The column of a language: name of the row → its figure."""
    kinds = [{doubt.kind for doubt in doubts(*pair, language)} for pair in pairs]
    flagged = [found for found in kinds if len(found) < 2] if noisy else kinds
    counts = Counter(kind for found in flagged for kind in found)
    column = {"pairs": f"{len(flagged):,}"}
    column |= {f"clean, {kind}": f"{counts[kind] / len(flagged):.1%}" for kind in FlagKind}
    column["clean, any kind"] = f"{sum(map(bool, flagged)) / len(flagged):.1%}"
    for kind in FlagKind if show else ():
        wrong = [pair for pair, found in zip(pairs, kinds, strict=True) if found == {kind}]
        _print(f"{language} clean, {kind}", wrong, show)
    sound = [pair for pair, found in zip(pairs, kinds, strict=True) if not found]
    for plant, kind in PLANTED:
        column[f"{plant.__name__} ({kind})"] = _found(sound, language, plant, kind, show)
    return column


def _found(pairs: Sequence[Pair], language: str, plant: Planter, kind: FlagKind, show: int) -> str:
    dice = random.Random(11)
    planted = [(original, wrong) for original, english in pairs if (wrong := plant(original, english, dice))]
    missed = [pair for pair in planted if kind not in {doubt.kind for doubt in doubts(*pair, language)}]
    _print(f"{language} {plant.__name__}", missed, show)
    return f"{1 - len(missed) / len(planted):.1%} of {len(planted)}" if planted else "–"


def _print(title: str, pairs: Sequence[Pair], most: int) -> None:
    for original, english in random.Random(3).sample(pairs, min(most, len(pairs))):
        print(f"{title}\n    {original}\n    {english}")


def choose(setting: str) -> None:
    """``places.APART=3``"""
    name, _, value = setting.partition("=")
    module, _, constant = name.partition(".")
    found = importlib.import_module(f"limitedtimes.translate.{module}")
    if not hasattr(found, constant):
        raise SystemExit(f"--set {setting}: {module} has no {constant}")
    setattr(found, constant, type(getattr(found, constant))(value))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set_of_texts", choices=("train", "own", "dev"), metavar="train|own|dev")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("choose", "confirm"), default="choose")
    parser.add_argument("--most", type=int, default=300, help="pairs of a corpus")
    parser.add_argument("--languages", nargs="+", default=LANGUAGES, choices=LANGUAGES)
    parser.add_argument("--set", action="append", default=[], dest="settings", metavar="MODULE.NAME=VALUE")
    parser.add_argument("--show", type=int, default=0, help="examples of each row")
    options = parser.parse_args()
    for setting in options.settings:
        choose(setting)
    columns = []
    for language in options.languages:
        if options.set_of_texts == "train":
            pairs = train(options.folder, language, confirm=options.half == "confirm", most=options.most)
        else:
            pairs = list((own if options.set_of_texts == "own" else dev)(options.folder, language))
        columns.append(measure(pairs, language, noisy=options.set_of_texts == "train", show=options.show))
    print(f"| | {' | '.join(options.languages)} |\n| --- |{' --- |' * len(columns)}")
    for row in columns[0]:
        print(f"| {row.replace('_', ' ')} | {' | '.join(column[row] for column in columns)} |")


if __name__ == "__main__":
    main()
