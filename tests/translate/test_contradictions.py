"""A weekday and a date that never fell together are the publisher's slip, and are said to be."""

from __future__ import annotations

from datetime import date

import pytest

from limitedtimes.translate.contradictions import contradiction
from limitedtimes.translate.lexicon import lexicon

NEAR = date(2023, 11, 10)  # a Friday


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("de", "Das Treffen am Donnerstag, den 9. Oktober, in Astana.", "Donnerstag, den 9. Oktober"),
        ("de", "Am Donnerstag, 9. November, trafen sie sich.", ""),
        ("de", "Am Montag, 9. Oktober 2023, begann es.", ""),
        ("de", "Am Montag, 9. Oktober 2024, begann es.", "Montag, 9. Oktober 2024"),
        ("es", "El jueves, 9 de octubre, viajó.", "jueves, 9 de octubre"),
        ("es", "El jueves 9 de noviembre viajó.", ""),
        ("fr", "Le mercredi 8 novembre, puis le jeudi 11 novembre.", "jeudi 11 novembre"),
        ("ru", "В четверг, 9 октября, он прилетел.", "четверг, 9 октября"),
        ("it", "Giovedì in piazza c'erano 9 persone; a ottobre di più.", ""),
        ("nl", "Op donderdag 31 juni", ""),
        ("nl", "Donderdag.", ""),
        ("sw", "Alhamisi 9 Oktoba", ""),
    ],
)
def test_a_weekday_that_the_date_cannot_have_is_found(language: str, text: str, said: str) -> None:
    note = contradiction(text, lexicon(language), NEAR)
    assert note.startswith(f"the publisher’s own slip: it says “{said}”") if said else note == ""


def test_the_reader_is_told_what_the_calendar_says() -> None:
    note = contradiction("Das Foto vom Donnerstag, 9. Oktober", lexicon("de"), NEAR)
    assert note.endswith("but 9 October 2023 is a Monday")
