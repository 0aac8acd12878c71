"""Flags on translations of our own, by people who translate freely: every second denies something in some way."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from planting import LANGUAGES, PLANTED, Planter

from limitedtimes.model import FlagKind
from limitedtimes.translate.flags import doubts

REFERENCES = Path(__file__).parent / "references"
MOST_FALSE, LEAST_FOUND = 0.03, 0.95
MORE_FALSE = {
    ("de", FlagKind.NEGATION): 0.0501,
    ("es", FlagKind.NEGATION): 0.034,
    ("nl", FlagKind.NEGATION): 0.046,
    ("pt", FlagKind.NEGATION): 0.038,
    ("ru", FlagKind.NEGATION): 0.048,
}
LESS_FOUND = {"exchanged_figures": 0.89, "no_negation": 0.93, "a_negation_more": 0.84}
"""As measured: no worse than this."""

Pair = tuple[str, str]


def pairs(language: str) -> list[Pair]:
    lines = (REFERENCES / f"{language}-en.tsv").read_text(encoding="utf-8").splitlines()
    return [(original, english) for original, english in (line.split("\t") for line in lines)]


def kinds(pair: Pair, language: str) -> set[FlagKind]:
    return {doubt.kind for doubt in doubts(*pair, language)}


@pytest.fixture(scope="module")
def sound() -> dict[str, list[Pair]]:
    """The pairs that nothing is doubted about."""
    return {language: [pair for pair in pairs(language) if not kinds(pair, language)] for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_free_translations_are_hardly_ever_flagged(language: str) -> None:
    counts = Counter(kind for pair in pairs(language) for kind in kinds(pair, language))
    shares = {kind: count / len(pairs(language)) for kind, count in counts.items()}
    assert all(share <= MORE_FALSE.get((language, kind), MOST_FALSE) for kind, share in shares.items()), shares


@pytest.mark.parametrize(("plant", "kind"), PLANTED)
def test_errors_planted_into_them_are_found(sound: dict[str, list[Pair]], plant: Planter, kind: FlagKind) -> None:
    """In all languages together: of some kinds a single one has room for few."""
    dice = random.Random(11)
    planted = [
        (original, wrong, language)
        for language in LANGUAGES
        for original, english in sound[language]
        if (wrong := plant(original, english, dice))
    ]
    missed = [each for each in planted if kind not in kinds(each[:2], each[2])]
    assert len(missed) <= (1 - LESS_FOUND.get(plant.__name__, LEAST_FOUND)) * len(planted), missed[:5]
