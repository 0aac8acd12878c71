"""An article as its page sees it, and the small words around it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from made_up import ARABIC, HARBOUR
from memory_shelf import made, moment

from limitedtimes import languages
from limitedtimes.edition import names, times
from limitedtimes.edition.reading import dateline, reading
from limitedtimes.model import Block, BlockKind, Moment, Origin, Picture


def paragraph(text: str) -> tuple[str, str]:
    article = made("de.hafenblatt", "de", ("Kopf", "Head"), blocks=[(BlockKind.PARAGRAPH, [("Satz.", text)])])
    return dateline(reading(article).body[0])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Astana – Kazakhstan has been an ally.", "Astana"),
        ("BERLIN (dpa) — The council met.", "BERLIN (dpa)"),
        ("New York - Shares rose.", "New York"),
        ("São Paulo/Brasília – The court ruled.", "São Paulo/Brasília"),
        ("Österreich – Es schneit.", "Österreich"),
        ("The council met – and parted again.", "The council met"),
        ("The mayor, who has long wished it – and said so – agreed.", ""),
        ("It was the longest night in years – and it was cold.", ""),
        ("so it goes – on and on.", ""),
        ("Nothing to see here.", ""),
        ("Astana –", ""),
        ("", ""),
    ],
)
def test_a_dateline_is_a_short_capitalised_place_before_a_dash(text: str, place: str) -> None:
    assert paragraph(text)[0] == place


def test_a_dateline_loses_nothing_of_the_sentence() -> None:
    place, dash = paragraph("Astana – Kazakhstan has been an ally.")
    assert "Astana – Kazakhstan has been an ally.".startswith(place + dash)


def test_doubtful_sentences_are_numbered_in_the_order_of_the_page() -> None:
    view = reading(HARBOUR)
    assert [(line.number, line.note) for line in view.notes] == [(6, 1), (16, 2)]
    assert view.untranslated == 1
    assert view.by_hand == 0


def test_a_sentence_corrected_by_hand_is_counted() -> None:
    sentences = list(HARBOUR.translation.sentences)
    sentences[5] = replace(sentences[5], origin=Origin.HUMAN)
    corrected = replace(HARBOUR, translation=replace(HARBOUR.translation, sentences=tuple(sentences)))
    assert reading(corrected).by_hand == 1
    assert reading(corrected).correctors == ()


def test_who_corrected_is_named_once_the_latest_first() -> None:
    times_ = [datetime(2026, 11, 10, hour, tzinfo=UTC) for hour in (7, 8, 9)]
    sentences = list(HARBOUR.translation.sentences)
    for number, (name, at) in enumerate(zip(("Anna", "Ben/Bo", "Anna"), times_, strict=True)):
        human = {"origin": Origin.HUMAN, "engine": f"human/{name}", "corrected": at}
        sentences[number] = replace(sentences[number], **human)  # type: ignore[arg-type]
    corrected = replace(HARBOUR, translation=replace(HARBOUR.translation, sentences=tuple(sentences)))
    assert reading(corrected).correctors == (("Anna", times_[2]), ("Ben/Bo", times_[1]))


def test_a_picture_before_the_text_leads_and_is_not_shown_again() -> None:
    view = reading(HARBOUR)
    assert view.lead_picture and view.lead_picture.english == "The bridge on Thursday, 9 November."
    assert view.lead_picture not in view.body


def test_a_picture_within_the_text_stays_where_it_is() -> None:
    blocks = (*HARBOUR.article.blocks[1:], Block(BlockKind.PICTURE, "", Picture("https://pictures.example/end.jpg")))
    moved = replace(
        HARBOUR,
        article=replace(
            HARBOUR.article,
            blocks=blocks,
            sentences=tuple(
                replace(s, part=s.part - 1 if s.part > 0 else s.part) for s in HARBOUR.article.sentences if s.part != 0
            ),
        ),
    )
    view = reading(moved)
    assert view.lead_picture is None
    assert view.body[-1].kind is BlockKind.PICTURE


def test_every_sentence_of_the_article_is_on_the_page_once() -> None:
    assert [line.number for line in reading(HARBOUR).lines] == list(range(len(HARBOUR.article.sentences)))


def test_who_writes_from_right_to_left() -> None:
    for language in ("ar", "fa", "he", "ur", "ar-EG"):
        assert languages.direction(language) == "rtl"
    for language in ("de", "ja", "und", ""):
        assert languages.direction(language) == "ltr"
    assert reading(ARABIC).lines[0].language == "ar"


def test_names_fall_back_to_what_is_known() -> None:
    assert languages.language_name("pt-BR") == "Portuguese"
    assert languages.language_name("tlh") == "tlh"
    assert languages.language_name("und") == "an unknown language"
    assert names.country_name("KZ") == "Kazakhstan"
    assert names.country_name("zz") == ""
    assert all(languages.LANGUAGES.values()) and all(names.COUNTRIES.values())
    assert len(languages.LANGUAGES) > 100 and len(names.COUNTRIES) > 190


def test_a_time_is_shown_on_the_publishers_clock() -> None:
    at = datetime(2023, 11, 10, 17, 51, tzinfo=UTC)
    assert times.iso(at) == "2023-11-10T17:51:00Z"
    assert (
        times.on_publishers_clock(Moment(at, "", 0), "Europe/Berlin") == "Friday, 10 November 2023, 18:51 (UTC+01:00)"
    )
    assert times.on_publishers_clock(moment(at, -180), "UTC") == "Friday, 10 November 2023, 14:51 (UTC−03:00)"
    assert times.on_publishers_clock(moment(at, 330), "No/Such") == "Friday, 10 November 2023, 23:21 (UTC+05:30)"
    assert times.on_publishers_clock(Moment(at, "", 0), "") == "Friday, 10 November 2023, 17:51 (UTC)"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (59.4, "59 s"),
        (61, "1.0 min"),
        (600, "10.0 min"),
        (3600, "1.0 h"),
        (90000, "25.0 h"),
        (259200, "3.0 days"),
    ],
)
def test_a_span_is_told_in_the_unit_that_fits(seconds: float, words: str) -> None:
    assert times.span(seconds) == words
