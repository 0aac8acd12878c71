"""Flags on right translations from languages without a lexicon, and on wrong ones: figures, lengths, quotations.

The rules were made with one set of sentences; the other, freely translated and with numbers in words, came later.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import planting
import pytest

from limitedtimes.model import FlagKind
from limitedtimes.protocols import Rendering
from limitedtimes.translate.flags import doubts
from limitedtimes.translate.verdict import judge

Row = tuple[str, str, str]
"""Language, original, English."""

PLAIN, FREE = "other-languages.tsv", "other-languages-freely.tsv"
MOST_MARKED = {PLAIN: 0.0, FREE: 0.079}
"""Shares, as measured: no worse than this."""
FOUND = [
    (PLAIN, planting.another_number, 0.95),
    (PLAIN, planting.half_of_it, 0.95),
    (PLAIN, planting.a_sentence_more, 0.95),
    (PLAIN, planting.no_quotation_marks, 0.95),
    (PLAIN, planting.a_mark_less, 0.95),
    (FREE, planting.another_number, 0.83),
    (FREE, planting.half_of_it, 0.95),
    (FREE, planting.a_sentence_more, 0.95),
]


def rows(file: str) -> list[Row]:
    lines = (Path(__file__).parent / "references" / file).read_text(encoding="utf-8").splitlines()
    return [(language, original, english) for language, original, english in (line.split("\t") for line in lines)]


@pytest.mark.parametrize("file", [PLAIN, FREE])
def test_right_translations_are_hardly_ever_flagged(file: str) -> None:
    marked = [row for row in rows(file) if doubts(row[1], row[2], row[0])]
    assert len(marked) <= MOST_MARKED[file] * len(rows(file)), marked


@pytest.mark.parametrize("file", [PLAIN, FREE])
def test_right_translations_are_shown_as_they_are(file: str) -> None:
    """No right figure is "put right", and none is refused."""
    verdicts = [(row, judge(row[1], Rendering(row[2], None), row[0])) for row in rows(file)]
    assert not [row for row, verdict in verdicts if verdict.text != row[2] or verdict.refused]


@pytest.mark.parametrize(("file", "plant", "least"), FOUND)
def test_errors_planted_into_them_are_found(file: str, plant: planting.Planter, least: float) -> None:
    dice = random.Random(7)
    sound = [row for row in rows(file) if not doubts(row[1], row[2], row[0])]
    planted = [(row, wrong) for row in sound if (wrong := plant(row[1], row[2], dice))]
    found = [row for row, wrong in planted if doubts(row[1], wrong, row[0])]
    assert len(planted) > 5
    assert len(found) >= least * len(planted), Counter(row[0] for row, _ in planted if row not in found)


@pytest.mark.parametrize(
    ("language", "original", "wrong"),
    [
        ("zh", "约有3.5万人参加。", "Some 3.5 million people took part."),
        ("zh", "5千米外", "5,000 kilometres away"),
        ("ko", "관광객은 13만 5000명이다.", "There are 130,000 tourists."),
        ("bn", "ব্যয় ১ হাজার ২০০ কোটি টাকা", "The cost is 1.2 billion taka"),
        ("th", "มี 3.5 ล้านคน", "There are 35 million people"),
        ("pl", "Budżet wynosi 12 mld zł.", "The budget is 12 million zlotys."),
        ("sw", "Watu milioni 35 walipiga kura.", "Some 35 billion people voted."),
        ("ja", "令和7年に始まった。", "It began in 2007."),
        ("th", "ในปี 2568", "In 2026"),
        ("ko", "오후 3시 45분에 시작됐다.", "It began at 3.54pm."),
    ],
)
def test_another_number_is_marked(language: str, original: str, wrong: str) -> None:
    assert FlagKind.NUMBER in {doubt.kind for doubt in doubts(original, wrong, language)}


def test_a_numeral_beside_a_figure_breaks_nothing() -> None:
    english = "John III reigned for 1.5 decades."
    assert judge("Jan III panował 1,5 dekady.", Rendering(english, None), "pl").text == english


@pytest.mark.parametrize(
    ("language", "original", "english"),
    [
        (
            "zh",
            "请发送邮件至news@rathaus.beispiel.example.cn，谢谢。",
            "Please write to news@rathaus.beispiel.example.cn.",
        ),
        ("de", "Infos: www.stadt.fest.example.de, ab Mai.", "Information: www.stadt.fest.example.de, from May."),
        ("de", "Um 18.51 Uhr kam der Zug.", "The train came at 6.51pm."),
    ],
)
def test_addresses_and_british_times_are_no_doubts(language: str, original: str, english: str) -> None:
    assert not doubts(original, english, language)
