"""Numbers in words, and where a text says them."""

from __future__ import annotations

import pytest

from limitedtimes.translate.flags import doubts
from limitedtimes.translate.lexicon import lexicon
from limitedtimes.translate.reading import read


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "a bill of seven hundred and eighty-seven million crowns", [787e6]),
        ("en", "as they turned fifty, four of them left", [50, 4]),
        ("en", "in the thirty-eighth kilometre", [38]),
        ("en", "three and a half trillion", [3.5e12]),
        ("de", "zweihundertfünfzigtausend Bienen", [250_000]),
        ("de", "dreiundfünfzig Stühle, ein dreijähriges Pferd", [53]),
        ("es", "cinco mil millones de años", [5e9]),
        ("es", "treinta y dos faros", [32]),
        ("fr", "quatre-vingt-dix-neuf brebis et dix-huit chiens", [99, 18]),
        ("fr", "un pont flambant neuf", []),
        ("it", "settecentottantasette milioni di lire in vent'anni", [787e6, 20]),
        ("it", "se sei stanco, dormi", []),
        ("nl", "driehonderdvijftig eenden en eenenzestig ganzen", [350, 61]),
        ("pt", "mil e quatrocentos barcos", [1400]),
        ("ru", "тысяча четыреста пятьдесят третьего года", [1453]),
        ("ru", "около шестисот лодок", [600]),
    ],
)
def test_number_words_are_read_as_the_number_they_say_together(language: str, text: str, values: list[float]) -> None:
    assert [value for _, value in read(text, lexicon(language)).said] == values


@pytest.mark.parametrize(
    ("language", "original", "english"),
    [
        (
            "ru",
            "Двухдневную ярмарку открыл семидесятилетний кузнец.",
            "A seventy-year-old smith opened the two-day fair.",
        ),
        ("de", "Zehntausende Stare flogen auf.", "Tens of thousands of starlings took off."),
        ("it", "La torre è del Cinquecento.", "The tower is of the sixteenth century."),
        ("pt", "O moinho é dos anos cinquenta.", "The mill is from the 1950s."),
        ("de", "Am Ostermontag läuten die Glocken.", "The bells ring on Easter Monday."),
        ("es", "La feria cerró entre 2010 y 2011.", "The fair was closed in 2010–11."),
    ],
)
def test_a_number_or_day_inside_a_longer_word_is_known(language: str, original: str, english: str) -> None:
    assert doubts(original, english, language) == []


def test_another_number_word_is_marked() -> None:
    original = "La barca trasporta ventidue casse di limoni."
    assert doubts(original, "The boat carries twenty-two crates of lemons.", "it") == []
    assert doubts(original, "The boat carries twenty-seven crates of lemons.", "it")
