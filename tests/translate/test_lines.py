"""Lines of text: one for one, with an article's care; what is not the engine's comes out as it went in."""

from __future__ import annotations

import pytest
from press import Scripted

from limitedtimes.errors import ConfigError, TranslateError
from limitedtimes.model import FlagKind, Origin, Sentence
from limitedtimes.translate import Line, render_lines, translate_lines

SAID = {
    "Die Stadt baut eine Brücke.": "The town is building a bridge.",
    "Es kamen 11.000 Besucher.": "There came 111,000 visitors.",
    "Sie zahlten 1,2 Milliarden Euro.": "They paid 1.2 million euros.",
}


def given(*sentences: str, language: str = "de") -> list[Sentence]:
    return [Sentence(number, 0, text, language) for number, text in enumerate(sentences)]


def test_every_line_has_its_answer_and_all_are_one_batch() -> None:
    engine = Scripted(SAID)
    lines = [
        given("Die Stadt baut eine Brücke."),
        [],
        given("Es kamen 11.000 Besucher.", "Die Stadt baut eine Brücke."),
    ]
    first, second, third = translate_lines(lines, engine=engine, language="de")
    assert (first.text, first.translated, first.untranslated, first.flags) == (
        "The town is building a bridge.",
        True,
        False,
        (),
    )
    assert (second.text, second.translated, second.untranslated) == ("", False, False)
    assert third.text == "There came 11,000 visitors. The town is building a bridge."
    assert [flag.kind for flag in third.flags] == [FlagKind.NUMBER]
    assert engine.calls == [["Die Stadt baut eine Brücke.", "Es kamen 11.000 Besucher."]]


def test_what_cannot_be_trusted_stays_in_the_original_and_says_so() -> None:
    line = given("Sie zahlten 1,2 Milliarden Euro.", "Die Stadt baut eine Brücke.")
    (answer,) = translate_lines([line], engine=Scripted(SAID), language="de")
    assert answer.text == "Sie zahlten 1,2 Milliarden Euro. The town is building a bridge."
    assert answer.translated
    assert answer.untranslated
    assert FlagKind.UNTRANSLATED in [flag.kind for flag in answer.flags]


class Polyglot(Scripted):
    languages = frozenset({"de", "fr"})


def test_a_sentence_in_another_language_is_not_guessed_even_by_an_engine_that_knows_it() -> None:
    engine = Polyglot(SAID)
    french, english = translate_lines(
        [given("Le marché rouvre.", language="fr"), given("The market opens.", language="en")],
        engine=engine,
        language="de",
    )
    assert engine.calls == []
    assert (french.text, french.untranslated) == ("Le marché rouvre.", True)
    assert "it is in French, not in German" in french.flags[0].note
    assert (english.text, english.untranslated, english.flags) == ("The market opens.", False, ())


@pytest.mark.parametrize("error", [TranslateError("the engine choked", reason="choked"), RuntimeError("out of luck")])
def test_a_line_that_an_engine_fails_on_stays_and_the_others_go_on(error: Exception) -> None:
    engine = Scripted(SAID, poison="Gift", error=error)
    lines = [given("Die Stadt baut eine Brücke."), given("Das Gift wirkt."), given("Es kamen 11.000 Besucher.")]
    first, second, third = translate_lines(lines, engine=engine, language="de")
    assert (second.text, second.untranslated) == ("Das Gift wirkt.", True)
    assert str(error) in second.flags[0].note
    assert first.translated
    assert third.translated


def test_a_model_that_cannot_be_loaded_is_raised() -> None:
    engine = Scripted(SAID, poison="Gift", error=ConfigError("model.bin: is broken"))
    with pytest.raises(ConfigError):
        translate_lines([given("Das Gift wirkt.")], engine=engine, language="de")


def test_how_a_line_is_translated_does_not_depend_on_its_neighbours() -> None:
    """The spelling of words in capitals is an article's to give; lines belong to no article."""
    engine = Scripted({})
    translate_lines([given("Gestern traf MERKEl auf Ilse."), given("DIE MERKEL TRAF")], engine=engine, language="de")
    alone = Scripted({})
    translate_lines([given("DIE MERKEL TRAF")], engine=alone, language="de")
    assert alone.asked == engine.asked[1:]


def test_raw_is_what_the_engine_says_but_for_its_line_ends() -> None:
    engine = Scripted({"Es kamen 11.000.": "Came  ,, 111,000 .", "Ja": "Y\nes", "": ""})
    assert render_lines(["Es kamen 11.000.", "", "Ja"], engine=engine, language="de") == [
        "Came  ,, 111,000 .",
        "",
        "Y es",
    ]
    assert len(engine.calls) == 1


def test_raw_lines_over_the_limit_are_cut() -> None:
    engine = Scripted(lambda text: text.upper(), limit=20)
    assert render_lines(["eins zwei drei, vier fünf sechs", "sieben"], engine=engine, language="de") == [
        "EINS ZWEI DREI, VIER FÜNF SECHS",
        "SIEBEN",
    ]
    assert all(len(text) <= 20 for text in engine.asked)


def test_origins_are_kept_sentence_by_sentence() -> None:
    line = [*given("Die Stadt baut eine Brücke."), Sentence(1, 0, "It is long.", "en")]
    (answer,) = translate_lines([line], engine=Scripted(SAID), language="de")
    assert isinstance(answer, Line)
    assert [sentence.origin for sentence in answer.sentences] == [Origin.ENGINE, Origin.AS_IS]
