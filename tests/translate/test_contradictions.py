"""Dates that cannot be right, by the calendar or by the rest of the article, are the publisher's slip, and marked."""

from __future__ import annotations

from datetime import date

import pytest

from limitedtimes.translate.contradictions import Spoken, slips

NEAR = date(2023, 11, 10)  # a Friday


def found(language: str, *texts: str, beside: str = "", near: date = NEAR) -> dict[int, str]:
    """The slips in a caption (number 0), if there is one, and the sentences of a text (from 1)."""
    caption = [Spoken(0, beside, language, True)] if beside else []
    return dict(slips(caption + [Spoken(number, text, language, False) for number, text in enumerate(texts, 1)], near))


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
    note = found(language, text).get(1, "")
    assert note.startswith(f"the publisher’s own slip: it says “{said}”") if said else note == ""


def test_the_reader_is_told_what_the_calendar_says() -> None:
    (note,) = found("de", "Das Foto vom Donnerstag, 9. Oktober").values()
    assert note.endswith("but 9 October 2023 is a Monday")


@pytest.mark.parametrize(
    ("language", "beside", "text", "said"),
    [
        (
            "de",
            "Die Präsidenten am 9. Oktober",
            "Sie trafen sich am Donnerstag (9. November).",
            "9. Oktober",
        ),
        ("de", "Das Treffen vom 9. Dezember", "Sie trafen sich am 9. November.", "9. Dezember"),
        ("es", "Los presidentes, el 9 de octubre", "Se reunieron el jueves 9 de noviembre.", "9 de octubre"),
        ("fr", "Les présidents, le 1er octobre", "Ils se sont vus le 1er novembre.", "1er octobre"),
        ("it", "I presidenti il 9 ottobre", "Si sono incontrati il 9 novembre 2023.", "9 ottobre"),
        ("nl", "De presidenten op 9 oktober", "Zij spraken elkaar op donderdag 9 november.", "9 oktober"),
        ("pt", "Os presidentes a 9 de outubro", "Encontraram-se a 9 de novembro.", "9 de outubro"),
        ("ru", "Президенты 9 октября", "Они встретились 9 ноября.", "9 октября"),
    ],
)
def test_a_caption_that_names_another_month_than_the_text_is_found(
    language: str, beside: str, text: str, said: str
) -> None:
    notes = found(language, "Ja.", text, beside=beside)
    assert list(notes) == [0], "the text is what counts"
    assert notes[0].startswith(f"the publisher contradicts itself: it says “{said}” here and “")


@pytest.mark.parametrize(
    ("beside", "texts"),
    [
        ("Foto vom 4. Oktober", ["Sie trafen sich am 9. November."]),
        ("Foto vom 9. Oktober 2019", ["Sie trafen sich am 9. November."]),
        ("Foto vom 9. August", ["Sie trafen sich am 9. November."]),
        ("Foto vom Montag, 9. Oktober", ["Sie trafen sich am 9. November."]),
        ("Foto vom 9. Oktober", ["Sie trafen sich am 9. November, wie schon am 9. Oktober."]),
        ("Die Aktion läuft vom 9. Oktober bis zum 9. November", ["Sie endet am 9. November."]),
        ("Foto vom 9. November", ["Das nächste Treffen ist am 9. Dezember."]),
        ("Foto vom 9. Februar", ["Im Krieg fiel die Stadt am 9. März 1945."]),
        ("", ["Sie trafen sich am 9. Oktober.", "Sie trafen sich am 9. November."]),
        ("Er trägt die Nummer 9. Oktober war gut", ["9 Menschen kamen im November."]),
    ],
)
def test_two_dates_that_may_both_be_right_are_left_alone(beside: str, texts: list[str]) -> None:
    assert found("de", *texts, beside=beside) == {}


def test_two_weekdays_of_one_day_cannot_both_be_right() -> None:
    """Each alone could be: 9 November was a Wednesday in 2022."""
    notes = found("de", "Am Donnerstag, 9. November, trafen sie sich.", "Am Mittwoch, 9. November, reiste er ab.")
    assert list(notes) == [2]
    assert "“Mittwoch, 9. November” here and “Donnerstag, 9. November” elsewhere" in notes[2]
    assert not found("de", "Am Donnerstag, 9. November.", "Am Mittwoch, 9. November 2022.", "Am Freitag, 10. November.")
