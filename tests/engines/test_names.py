"""Names are told from other words by their capital, and from capitals that say something else."""

from __future__ import annotations

import pytest

from limitedtimes.engines.capitals import BUCKETS, Capitals, bucket
from limitedtimes.engines.names import Names
from limitedtimes.engines.slots import NAMES
from limitedtimes.errors import ConfigError

A, B = NAMES[:2]
KNOWN = frozenset(("el", "la", "de", "según", "presidente", "nueva", "ha"))
TRANSLATED = frozenset(("Bruselas", "Nueva", "Madrileña", "Comisión"))


def pieces(word: str) -> int:
    """One for a word that is known, else one for every three letters and one more."""
    return 1 if word in KNOWN else 1 + len(word) // 3


@pytest.mark.parametrize(
    ("text", "language", "hidden", "names"),
    [
        ("El presidente Kvarteni viaja a Bruselas.", "es", f"El presidente {A} viaja a Bruselas.", ["Kvarteni"]),
        ("Ayer llegó Ilda Kvarteni, de Ostroma.", "es", f"Ayer llegó {A}, de {B}.", ["Ilda Kvarteni", "Ostroma"]),
        ("Ildana Kvarteni ha dimitido.", "es", f"{A} ha dimitido.", ["Ildana Kvarteni"]),
        ("Dimitió ayer.", "es", "Dimitió ayer.", []),
        ("Según Kvarteni, no.", "es", f"Según {A}, no.", ["Kvarteni"]),
        ('Dijo: "Dimitiremos todos."', "es", 'Dijo: "Dimitiremos todos."', []),
        ("la Comisión y la OTAN", "es", "la Comisión y la OTAN", []),
        ("chez Jean-Luc Mélonche", "fr", f"chez {A}", ["Jean-Luc Mélonche"]),
        ("l'ami d'Artagnac", "fr", f"l'ami d'{A}", ["Artagnac"]),
        ("el eje Bruselas-Ostroma", "es", "el eje Bruselas-Ostroma", []),
        ("de Braziliaanse ploeg", "nl", "de Braziliaanse ploeg", []),
        ("ver ostroma.Kvarteni o @Kvarteni", "es", "ver ostroma.Kvarteni o @Kvarteni", []),
        ("Vuelve El Gran Ostroma De Kvarteni", "es", "Vuelve El Gran Ostroma De Kvarteni", []),
        ("в городе Острома", "es", "в городе Острома", []),
        ("", "es", "", []),
    ],
)
def test_names_and_nothing_else_are_hidden(text: str, language: str, hidden: str, names: list[str]) -> None:
    found = Names(pieces, TRANSLATED).hide(text, language)
    assert found == (hidden, dict(zip(NAMES, names, strict=False)))


def test_there_are_no_more_slots_than_there_are() -> None:
    text = "; ".join(f"vino ayer de lejos Kvarteni{'xyzabcdefg'[n]}" for n in range(10))
    hidden, names = Names(pieces, TRANSLATED).hide(text, "es")
    assert list(names) == list(NAMES)
    assert hidden.endswith("Kvartenif; vino ayer de lejos Kvartenig")


def german() -> Names:
    """Who knows that what begins with Kv or Ostr is a name, unless "die" stands before it."""
    weights = bytearray(BUCKETS)
    weights[bucket("^Kv")] = weights[bucket("^Ostr")] = 100
    weights[bucket("<die")] = 256 - 90
    return Names(pieces, TRANSLATED, {"de": Capitals(bytes(weights))})


@pytest.mark.parametrize(
    ("text", "hidden", "names"),
    [
        ("Der Minister Kvarteni kommt.", f"Der Minister {A} kommt.", ["Kvarteni"]),
        ("Kvarteni kommt nach Ostroma.", f"{A} kommt nach {B}.", ["Kvarteni", "Ostroma"]),
        ("Gestern kam Ostrava Kvarteni an.", f"Gestern kam {A} an.", ["Ostrava Kvarteni"]),
        ("Kvartenis Regierung tritt zurück.", f"{A}s Regierung tritt zurück.", ["Kvarteni"]),
        ("Zur Lage in Ostros sagte er nichts.", f"Zur Lage in {A} sagte er nichts.", ["Ostros"]),
        ("Die Stadt und die Ostrasierung der Verwaltung", "Die Stadt und die Ostrasierung der Verwaltung", []),
        ("NATO-Gipfel Tagung Bruselas", "NATO-Gipfel Tagung Bruselas", []),
        ("", "", []),
    ],
)
def test_where_every_noun_has_a_capital_names_are_told_from_nouns(text: str, hidden: str, names: list[str]) -> None:
    assert german().hide(text, "de") == (hidden, dict(zip(NAMES, names, strict=False)))


def test_weights_of_another_size_are_refused() -> None:
    with pytest.raises(ConfigError, match="65536 bytes, and is 3"):
        Capitals(b"abc")
