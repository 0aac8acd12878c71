"""The English of terms: counted, put where it is certain, and missed where it is not there."""

from __future__ import annotations

import pytest

from limitedtimes.model import FlagKind
from limitedtimes.protocols import Rendering
from limitedtimes.translate.glossary import Glossary, Term, applying
from limitedtimes.translate.verdict import Verdict, judge

PRESIDENT = Term("de", "Staatschef", ("president",), avoid=("head of state", "state leader"))
COALITION = Term("de", "Ampel", ("traffic-light coalition", "coalition"), avoid=("traffic light",))
ZELENSKY = Term("de", "Selenskyj", ("Zelensky",))
SOVIET = Term("de", "Rat", ("head of council",), avoid=("soviet", "alderman"))
KYIV = Term("ru", "Киев", ("Kyiv",), avoid=("Kiev",))


def judged(original: str, english: str, *terms: Term) -> Verdict:
    language = terms[0].language
    found = Glossary(terms).within(source="", section="").find(original, language)
    return judge(original, Rendering(english), language, found)


def glossary_notes(verdict: Verdict) -> list[str]:
    return [doubt.note for doubt in verdict.doubts if doubt.kind is FlagKind.GLOSSARY]


@pytest.mark.parametrize(
    ("original", "english", "term"),
    [
        ("Der Staatschef kam.", "The president came.", PRESIDENT),
        ("Die Staatschefs kamen.", "The Presidents came.", PRESIDENT),
        ("Das Haus des Staatschefs steht.", "The president’s house stands.", PRESIDENT),
        ("Die Ampel streitet.", "The traffic light coalition argues.", COALITION),
        ("Die Ampel streitet.", "The coalition argues.", COALITION),
        ("Selenskyjs Rede hilft.", "Zelensky’s speech helps.", ZELENSKY),
        ("Он был в Киеве.", "He was in Kyiv.", KYIV),
        ("Die Parteien streiten.", "The parties argue.", Term("de", "Partei", ("party",))),
        ("Die Premiers kamen.", "The heads of government came.", Term("de", "Premier", ("head of government",))),
        ("Die Sprecher schwiegen.", "The spokesmen were silent.", Term("de", "Sprecher", ("spokesman",))),
        ("Die Krisen wachsen.", "The crises grow.", Term("de", "Krise", ("crisis",))),
        ("Die Chefs kamen.", "The commanders-in-chief came.", Term("de", "Chef", ("commander-in-chief",))),
    ],
)
def test_a_term_in_any_number_and_case_is_applied(original: str, english: str, term: Term) -> None:
    verdict = judged(original, english, term)
    assert (verdict.text, glossary_notes(verdict)) == (english, [])


def test_a_wording_that_is_part_of_the_right_one_is_replaced_only_where_it_stands_alone() -> None:
    term = Term("de", "Bundestag", ("German Bundestag",), avoid=("Bundestag",))
    original = "Der Bundestag tagt, der Bundestag stimmt ab."
    verdict = judged(original, "The German Bundestag sits, and it votes.", term)
    assert verdict.text == "The German Bundestag sits, and it votes."
    verdict = judged(original, "The Bundestag sits, the Bundestag votes.", term)
    assert verdict.text == "The German Bundestag sits, the German Bundestag votes."


@pytest.mark.parametrize(
    ("original", "english", "wanted", "term"),
    [
        ("Der Staatschef kam.", "The head of state came.", "The president came.", PRESIDENT),
        ("Ein Staatschef kam.", "A head of state came.", "A president came.", PRESIDENT),
        ("Die Staatschefs kamen.", "State leaders came.", "Presidents came.", PRESIDENT),
        ("Die Staatschefs kamen.", "The heads of state came.", "The presidents came.", PRESIDENT),
        ("Die Räte tagen.", "The soviets meet.", "The heads of council meet.", SOVIET),
        ("Die Räte tagen.", "The aldermen meet.", "The heads of council meet.", SOVIET),
        ("Selenskyjs Rede hilft.", "Selenskyj's speech helps.", "Zelensky’s speech helps.", ZELENSKY),
        ("Er war in Киеве.", "He was in Kiyev.", "He was in Kiyev.", KYIV),
        ("Он был в Киеве.", "He was in Kiev.", "He was in Kyiv.", KYIV),
        ("Das Amt prüft.", "A bureau checks.", "An office checks.", Term("de", "Amt", ("office",), avoid=("bureau",))),
    ],
)
def test_a_wording_to_avoid_or_the_term_itself_is_replaced(
    original: str, english: str, wanted: str, term: Term
) -> None:
    verdict = judged(original, english, term)
    assert verdict.text == wanted
    assert len(glossary_notes(verdict)) == 1
    assert (wanted != english) == glossary_notes(verdict)[0].startswith("put right")


@pytest.mark.parametrize(
    ("original", "english"),
    [
        ("Der Staatschef kam.", "The leader came."),
        ("Der Staatschef kam.", "The presidential palace came."),
        ("Der Staatschef traf den Staatschef.", "The president met the chancellor."),
        ("Der Staatschef kam.", "A head of state met a head of state."),
    ],
)
def test_what_is_not_applied_is_flagged_and_left_alone(original: str, english: str) -> None:
    verdict = judged(original, english, PRESIDENT)
    assert verdict.text == english
    assert glossary_notes(verdict) == [
        "this paper says “president” for the original’s “Staatschef”; the translation does not"
    ]
    assert not verdict.refused


def test_terms_with_one_wording_share_what_there_is_of_it() -> None:
    terms = PRESIDENT, Term("de", "Präsident", ("president",))
    found = Glossary(terms).within(source="", section="").find("Der Staatschef ist kein Präsident.", "de")
    assert applying.missing("The president is no president.", found) == []
    assert len(applying.missing("The president is no chancellor.", found)) == 1


def test_every_planted_loss_is_flagged_and_no_clean_reference() -> None:
    frames = ["{} came today.", "Today {} came.", "They saw {}.", "He said that {} was late."]
    german = ["{} kam heute.", "Heute kam {}.", "Sie sahen {}.", "Er sagte, {} sei spät."]
    terms = [Term("de", name, (english,)) for name, english in WORDS.items()]
    for there, here in zip(german, frames, strict=True):
        for name, english in WORDS.items():
            assert not glossary_notes(judged(there.format(name), here.format(english), *terms))
            assert glossary_notes(judged(there.format(name), here.format("something"), *terms))


WORDS = {"Moskau": "Moscow", "Ampel": "the coalition", "Bundestag": "parliament", "Kanzleramt": "chancellery"}


def test_a_word_of_the_glossary_is_no_invention() -> None:
    verdict = judged("Der Zorbat kostet viel.", "The xorbla costs a lot.", Term("de", "Zorbat", ("xorbla",)))
    assert verdict.doubts == ()
