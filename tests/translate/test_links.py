"""An address in English is that of the original, or is marked."""

from __future__ import annotations

import pytest

from limitedtimes.model import FlagKind
from limitedtimes.translate.flags import Doubt, doubts


def links(original: str, english: str) -> list[Doubt]:
    return [doubt for doubt in doubts(original, english, "de") if doubt.kind is FlagKind.LINK]


@pytest.mark.parametrize(
    ("original", "english"),
    [
        ("Mehr auf www.hafen.example/plan.", "More at https://www.hafen.example/plan."),
        ("Das sagte er t-online.de am Montag.", "He told T-Online.de so on Monday."),
        ("Der t-online.de-Bericht (hafen.de) ist da.", "The report by t-online.de is there, says “hafen.de”."),
        ("Fragen an presse@hafen.example, bitte.", "Questions to presse@hafen.example, please."),
        ("Es ist z.B. die Fa. Kran u.a. dabei.", "Among them are e.g. the U.S. firm Kran Inc. and others."),
        ("Er kam um 18.51 Uhr.Dann ging er.", "He came at 18:51.Then he left."),
    ],
)
def test_the_same_addresses_are_no_doubt(original: str, english: str) -> None:
    assert links(original, english) == []


@pytest.mark.parametrize(
    ("original", "english", "note", "grave"),
    [
        (
            "Mehr auf www.hafen.de/plan.",
            "More at www.harbour.com/plan.",
            "says “www.harbour.com/plan” where the original has “www.hafen.de/plan”",
            True,
        ),
        (
            "Fragen an presse@hafen.de.",
            "Questions to press@hafen.de.",
            "says “press@hafen.de” where the original has “presse@hafen.de”",
            True,
        ),
        ("Das sagte er t-online.de.", "He told online so.", "“t-online.de” is missing", False),
        ("Mehr dazu im Netz.", "More at www.hafen.de.", "“www.hafen.de” is not in the original", False),
    ],
)
def test_another_address_a_lost_one_and_a_made_up_one_are_marked(
    original: str, english: str, note: str, grave: bool
) -> None:
    assert links(original, english) == [Doubt(FlagKind.LINK, note, grave=grave)]
