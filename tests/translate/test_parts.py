"""The parts of the station: type, capitals, clauses, drafts, mending, repetition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limitedtimes.protocols import Rendering
from limitedtimes.translate import capitals, clauses, drafts, repetition, typography
from limitedtimes.translate.flags import doubts
from limitedtimes.translate.lexicon import lexicon
from limitedtimes.translate.mending import localised, mended
from limitedtimes.translate.reading import read
from limitedtimes.translate.verdict import judge


@pytest.mark.parametrize(
    ("raw", "original", "english"),
    [
        ('He said "yes" .', "Er sagte „ja“.", "He said “yes”."),
        ('"We build", she said.', "„Wir bauen“, sagte sie.", "“We build”, she said."),
        ("«Nous» , he said", "« Nous », dit-il", "“Nous”, he said"),
        ("He isn't here...", "Er ist nicht da …", "He isn’t here…"),
        ("The train leaves at 18:51 PM.", "Der Zug fährt um 18.51 Uhr.", "The train leaves at 18:51."),
        ("It begins at 18:51 p.m. today.", "Es beginnt heute um 18.51 Uhr.", "It begins at 18:51 today."),
        ("It begins at 6:51 p.m. today.", "Es beginnt heute um 18.51 Uhr.", "It begins at 6:51 p.m. today."),
        ("putin meets Tokayev.", "Putin trifft Tokajew", "Putin meets Tokayev"),
        ("iPhone is dear.", "Das iPhone ist teuer.", "iPhone is dear."),
        ("and then he left.", "und dann ging er.", "and then he left."),
        (
            "“Mr. Minister, I have a request.",
            "— Господин министр, у меня просьба.",
            "– Mr. Minister, I have a request.",
        ),
        ("- Yes, she said.", "– Oui, dit-elle.", "– Yes, she said."),
        ("“Yes,” he said.", "— Да,— сказал он.", "“Yes,” he said."),
        ("“Yes, he said.", "«Да, сказал он.", "“Yes, he said."),
        ("Up 3 % ( again )", "Plus 3 % ( wieder )", "Up 3% (again)"),
    ],
)
def test_english_is_set_as_english(raw: str, original: str, english: str) -> None:
    assert typography.english(raw, original) == english


@given(st.text(), st.text())
def test_setting_type_twice_changes_nothing_more(raw: str, original: str) -> None:
    once = typography.english(raw, original)
    assert typography.english(once, original) == once


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("PUTIN TRIFFT TOKAJEW", True),
        ("Putin trifft Tokajew", False),
        ("SPD UND CDU", False),
        ("EILMELDUNG", False),
        ("ПУТИН ВСТРЕТИЛ ТОКАЕВА", True),
        ("DIE NEUE GmbH KOMMT NACH BERLIN", True),
    ],
)
def test_a_shouted_text_is_told_from_an_acronym(text: str, shouted: bool) -> None:
    assert capitals.is_shouted(text) is shouted


def test_a_shouted_text_is_spelt_as_the_others_spell_it_and_keeps_acronyms() -> None:
    known = capitals.spellings(["Gestern kam Olaf Scholz mit der NATO.", "Dort baut Scholz mit."])
    assert capitals.calm("SCHOLZ BAUT FÜR DIE NATO", known, "de") == "Scholz baut für die NATO"
    assert capitals.calm("LA SNCF OUVRE DES LIGNES", {}, "fr") == "La SNCF ouvre des lignes"


@given(st.text(alphabet="ab ,;.–", min_size=1), st.integers(1, 20))
def test_a_cut_text_fits_and_loses_no_letter(text: str, limit: int) -> None:
    pieces = clauses.cut(text, lambda piece: len(piece) <= limit)
    assert all(len(piece) <= limit for piece in pieces)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")


def test_a_cut_is_made_at_a_clause_near_the_middle() -> None:
    text = "Er kam, sah die Stadt am Fluss, und weil es regnete, ging er wieder."
    assert clauses.clauses(text) == ["Er kam, sah die Stadt am Fluss,", "und weil es regnete, ging er wieder."]
    assert clauses.clauses("Ein Satz ohne Komma") == ["Ein Satz ohne Komma"]


def test_joined_clauses_read_as_one_sentence() -> None:
    assert clauses.join(["Er kam,", "als sie ging."], ["He came.", "When she left."]) == "He came when she left."
    assert clauses.join(["Er kam,", "und Ich ging."], ["He came,", "I left."]) == "He came, I left."


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Donau\u00addampf\u200bschiff\u200cfahrt", "Donaudampfschifffahrt"),
        ("دانش\u200cآموزان", "دانش\u200cآموزان"),
        ("\u200fשלום", "שלום"),
    ],
)
def test_what_nobody_sees_is_left_out_but_for_joiners_that_words_have(text: str, clean: str) -> None:
    assert drafts.clean(text) == clean


@given(st.text())
def test_a_clean_text_is_clean(text: str) -> None:
    clean = drafts.clean(text)
    assert clean == drafts.clean(clean) or "&" in text
    assert clean == clean.strip()


@given(
    st.lists(
        st.sampled_from(["Die Stadt baut", "https://example.org/x", "a@b.de", "🎉", "11", ", ", " ", "(", ")", "@wir"])
    )
)
def test_an_engine_that_changes_nothing_changes_nothing(parts: list[str]) -> None:
    text = drafts.clean(" ".join(parts))
    draft = drafts.draft(text, lambda _: True)
    echoed = draft.put_together({wanted: Rendering(wanted) for wanted in draft.wanted})
    assert echoed.text == text
    assert not any("example.org" in wanted or "@" in wanted or "🎉" in wanted for wanted in draft.wanted)


def test_the_score_of_a_sentence_is_the_mean_of_its_pieces() -> None:
    draft = drafts.draft("Mehr https://example.org/x hier", lambda _: True)
    assert draft.put_together({"Mehr": Rendering("More", -1.0), "hier": Rendering("here", -2.0)}).score == -1.5
    assert draft.put_together({"Mehr": Rendering("More"), "hier": Rendering("here")}).score is None


@pytest.mark.parametrize(
    ("original", "english", "expected"),
    [
        ("Es kamen 11.000 Besucher.", "There were 11.000 visitors.", "There were 11,000 visitors."),
        ("Plus 3,5 Prozent bei 12.500 Stück", "Up 3,5 percent at 12.500 pieces", "Up 3.5 percent at 12,500 pieces"),
        ("Version 2.0 kam 1.234,5 Mal", "Version 2.0 came 1.234,5 times", "Version 2.0 came 1,234.5 times"),
        ("Am 10.11.2023 kam er", "He came on 10.11.2023", "He came on 10.11.2023"),
    ],
)
def test_copied_figures_are_written_as_english_does(original: str, english: str, expected: str) -> None:
    assert localised(read(original, lexicon("de")), english, lexicon("de")) == expected


@pytest.mark.parametrize(
    ("original", "english", "expected"),
    [
        ("Es kamen 11.000 Besucher.", "There were 111,000 visitors.", "There were 11,000 visitors."),
        ("Am 9. November kam er.", "He came on 9 October.", "He came on 9 November."),
        ("Am Freitag kam er.", "He came on Monday.", "He came on Friday."),
    ],
)
def test_one_wrong_figure_month_or_weekday_is_put_right_and_noted(original: str, english: str, expected: str) -> None:
    assert mended(original, english, "de") == expected
    verdict = judge(original, Rendering(english), "de")
    assert verdict.text == expected
    assert not verdict.refused
    assert all(doubt.note.startswith("put right: the engine said") for doubt in verdict.doubts)
    assert verdict.doubts


def test_two_wrong_figures_are_not_guessed_at() -> None:
    verdict = judge("Es kamen 11 Männer und 17 Frauen.", Rendering("There came 12 men and 18 women."), "de")
    assert verdict.refused
    assert verdict.text == "There came 12 men and 18 women."


@pytest.mark.parametrize(
    ("text", "phrase", "times"),
    [
        ("in the town in the town in the town", "in the town", 3),
        ("the man the man saw", "the man", 2),
        ("no no no no", "no", 4),
        ("hahahahahahahahahahahaha", "ha", 12),
        ("it is one of the best and then one of the best and so it goes on", "one of the best and", 2),
    ],
)
def test_a_loop_is_found_with_its_words(text: str, phrase: str, times: int) -> None:
    found = repetition.find(text.split())
    assert found == repetition.Repetition(phrase, times)


def test_what_is_said_once_is_no_loop() -> None:
    assert repetition.find(["The", "man", "who", "saw", "the", "town", "saw", "that", "it", "was", "good"]) is None
    assert repetition.find([]) is None


@pytest.mark.parametrize("left", ["<b>", "&amp;", "{{x}}", "\ufffd", "⁇"])
def test_odd_characters_are_flagged_unless_the_original_has_them(left: str) -> None:
    assert [doubt.kind.value for doubt in doubts("Die Stadt baut.", f"The town {left} builds.", "de")] == ["markup"]
    assert not doubts(f"Die Stadt {left} baut.", f"The town {left} builds.", "de")


@given(st.text(), st.text(), st.sampled_from(["de", "ru", "ja"]))
def test_any_answer_gets_a_verdict_and_keeps_no_tag(original: str, english: str, language: str) -> None:
    verdict = judge(drafts.clean(original), Rendering(english + "<script>"), language)
    assert "<script>" not in verdict.text
