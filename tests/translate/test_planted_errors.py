"""Flags measured on the shared parallel text: silent on what people translated, loud on errors that are planted."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from planting import LANGUAGES, PLANTED, Planter

from limitedtimes.model import FlagKind
from limitedtimes.translate.flags import doubts

pytestmark = pytest.mark.shared

MOST_FALSE, LEAST_FOUND = 0.03, 0.95
FEW = 20
"""Of fewer planted errors one may be missed."""


def pairs(shared: Path, language: str) -> Iterator[tuple[str, str]]:
    for path in sorted((shared / "mt" / "dev" / f"{language}-en").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            original, english = line.split("\t")[:2]
            yield original, english


def kinds(original: str, english: str, language: str) -> set[FlagKind]:
    return {doubt.kind for doubt in doubts(original, english, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_reference_translations_are_hardly_ever_flagged(shared: Path, language: str) -> None:
    found = list(pairs(shared, language))
    counts = Counter(kind for original, english in found for kind in kinds(original, english, language))
    shares = {kind.value: counts[kind] / len(found) for kind in FlagKind}
    assert max(shares.values()) <= MOST_FALSE, shares


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("plant", "kind"), PLANTED)
def test_planted_errors_are_found(shared: Path, language: str, plant: Planter, kind: FlagKind) -> None:
    dice = random.Random(11)
    clean = [pair for pair in pairs(shared, language) if not kinds(*pair, language)]
    planted = [(original, wrong) for original, english in clean if (wrong := plant(original, english, dice))]
    missed = [pair for pair in planted if kind not in kinds(*pair, language)]
    allowed = max(len(planted) < FEW, (1 - LEAST_FOUND) * len(planted))
    assert len(missed) <= allowed, (len(missed) / len(planted), missed[:5])
