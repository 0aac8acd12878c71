"""Flags on right translations from languages without a lexicon, and on wrong ones: figures, lengths, quotations."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import planting
import pytest

from limitedtimes.protocols import Rendering
from limitedtimes.translate.flags import doubts
from limitedtimes.translate.verdict import judge

Row = tuple[str, str, str]
"""Language, original, English."""

FOUND = [
    (planting.another_number, 0.95),
    (planting.half_of_it, 0.95),
    (planting.a_sentence_more, 0.95),
    (planting.no_quotation_marks, 0.95),
    (planting.a_mark_less, 0.95),
]
SENTENCES = Path(__file__).parent / "references" / "other-languages.tsv"


def rows() -> list[Row]:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    return [(language, original, english) for language, original, english in (line.split("\t") for line in lines)]


def test_right_translations_are_not_flagged() -> None:
    assert not [row for row in rows() if doubts(row[1], row[2], row[0])]


def test_right_translations_are_shown_as_they_are() -> None:
    """No right figure is "put right", and none is refused."""
    verdicts = [(row, judge(row[1], Rendering(row[2], None), row[0])) for row in rows()]
    assert not [row for row, verdict in verdicts if verdict.text != row[2] or verdict.refused]


@pytest.mark.parametrize(("plant", "least"), FOUND)
def test_errors_planted_into_them_are_found(plant: planting.Planter, least: float) -> None:
    dice = random.Random(7)
    sound = [row for row in rows() if not doubts(row[1], row[2], row[0])]
    planted = [(row, wrong) for row in sound if (wrong := plant(row[1], row[2], dice))]
    found = [row for row, wrong in planted if doubts(row[1], wrong, row[0])]
    assert len(planted) > 5
    assert len(found) >= least * len(planted), Counter(row[0] for row, _ in planted if row not in found)
