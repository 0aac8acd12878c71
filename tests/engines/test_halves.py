"""Where a sentence is divided, and how the English of its halves becomes one sentence again."""

from __future__ import annotations

import pytest

from limitedtimes.engines.parts import halves, joined


def test_a_sentence_is_divided_beside_the_mark_nearest_its_middle() -> None:
    text = "Am Montag, so die Polizei, wurden 11 Personen verletzt, 17 blieben im Gebäude zurück."
    assert halves(text) == ("Am Montag, so die Polizei, wurden 11 Personen verletzt,", "17 blieben im Gebäude zurück.")
    assert halves("Der Bau der Brücke (er dauerte 12 Jahre)") == ("Der Bau der Brücke", "(er dauerte 12 Jahre)")


@pytest.mark.parametrize("text", ["", "Kein Zeichen in diesem ganzen Satz", "Ja, aber das kostet 11.000,5 Euro"])
def test_what_has_no_mark_or_too_short_a_part_is_not_divided(text: str) -> None:
    assert halves(text) is None


def test_a_full_stop_and_a_capital_that_a_half_was_given_are_taken_off() -> None:
    source = ("Es waren 11,", "sagte er am Montag.")
    assert joined(("There were 11.", "He said on Monday."), source) == "There were 11, he said on Monday."


def test_what_has_its_own_capital_keeps_it() -> None:
    source = ("Er kommt,", "ich gehe mit zur UNO.")
    assert joined(("He is coming,", "I am going along."), source) == "He is coming, I am going along."
    assert joined(("He is coming,", "UN goes too."), source) == "He is coming, UN goes too."
    assert joined(("He comes.", "He goes."), ("Er kommt.", "Er geht.")) == "He comes. He goes."
