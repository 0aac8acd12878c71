"""Whether what a name or a figure stands beside went with it into English."""

from __future__ import annotations

import pytest

from limitedtimes.model import FlagKind
from limitedtimes.translate import neighbours
from limitedtimes.translate.flags import doubts


def test_what_kept_its_neighbours_scores_higher_than_what_was_exchanged() -> None:
    there = ["der", "bürgermeister", "von", "lether", "traf", "den", "minister", "aus", "valbrune"]
    here = ["the", "minister", "from", "valbrune", "met", "the", "mayor", "of", "lether"]
    names = ((3, 3), (8, 8)), ((8, 8), (3, 3))
    assert neighbours.kept(there, names[0], here, names[1], "de") > 0
    assert neighbours.kept(there, names[0], here, names[0], "de") < 0


def test_a_language_without_a_dictionary_knows_what_is_spelled_alike() -> None:
    assert neighbours.said(["problém", "кабинет"], "") == {"probl", "kabin"}


@pytest.mark.parametrize(
    ("english", "marked"),
    [("to Hessmar ran with guests from Bunkheim", False), ("from Hessmar ran with guests to Bunkheim", True)],
)
def test_names_in_another_order_are_marked_only_where_they_left_their_neighbours(english: str, marked: bool) -> None:
    original = "Der Zug fuhr am Abend von Bunkheim mit Gästen nach Hessmar."
    found = {doubt.kind for doubt in doubts(original, f"In the evening the train {english}.", "de")}
    assert (FlagKind.SPEAKER in found) == marked


def test_a_sentence_that_says_what_the_original_says_is_none_too_many() -> None:
    original = "El molino está cerrado y la panadería también, porque el río ha crecido mucho; lo dijo ayer el alcalde."
    split = "The mill is closed and so is the bakery, because the river has risen a lot. The mayor said so yesterday."
    made_up = split.replace("The mayor said so yesterday", "Police have arrested two young brothers")
    assert FlagKind.LENGTH not in {doubt.kind for doubt in doubts(original, split, "es")}
    assert FlagKind.LENGTH in {doubt.kind for doubt in doubts(original, made_up, "es")}
