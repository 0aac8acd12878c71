"""What tells names from nouns is learned from pairs, and tells words that it has not seen."""

from __future__ import annotations

from limitedtimes.engines.capitals import Capitals
from training.capitals import AT_MOST, learn, names_elsewhere, seen
from training.clean import Pair

NOUNS = ("Regierung", "Verwaltung", "Bewegung", "Förderung", "Forschung", "Freiheit", "Sicherheit", "Gesundheit")
NAMES = ("Kovačević", "Petrović", "Marković", "Jovanović", "Nikolić", "Ilić", "Pavlović", "Stanković")
PAIRS = [Pair(f"Heute kam die {noun} nach oben.", "Today it came up.", "any") for noun in NOUNS] + [
    Pair(f"Heute kam Frau {name} nach oben.", f"Today Ms {name} came up.", "any") for name in NAMES
]


def spelled(word: str) -> int:
    """Short words are known, others are spelled."""
    return 1 + (len(word) > 4)


def test_words_that_were_not_seen_are_told_by_their_endings_and_by_what_is_before_them() -> None:
    told = Capitals(learn([*seen(PAIRS, spelled)] * 20))
    assert told.is_name("Todorović", "Frau", "sagte")
    assert not told.is_name("Bildung", "die", "sagte")
    assert not told.is_name("Menschheit", "die", "sagte")


def test_the_weights_are_the_same_every_time() -> None:
    assert learn(seen(PAIRS, spelled)) == learn(seen(PAIRS, spelled))


def test_only_words_that_are_spelled_count_and_each_not_too_often() -> None:
    found = list(seen(PAIRS * 50, spelled))
    assert {one.word for one in found} == {"Heute", *NOUNS, *NAMES} - {"Ilić"}
    assert sum(one.word == "Heute" for one in found) == AT_MOST
    assert [one.before for one in found[:2]] == ["", "die"]


def test_names_of_other_languages_are_those_that_english_keeps() -> None:
    pairs = [Pair("Ayer vino Kvarteni de Bruselas.", "Kvarteni came from Brussels yesterday.", "any")]
    assert [one[:1] + one[3:] for one in names_elsewhere({"es": pairs}, spelled)] == [("Kvarteni", True)]
