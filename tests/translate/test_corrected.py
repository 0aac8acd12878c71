"""A sentence that a person corrected: no engine is asked for it, no program checks it, and it outlives revisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from press import NOW, Notebook, Scripted, article

from limitedtimes.model import UNKNOWN_LANGUAGE, Article, FlagKind, Origin, Translation
from limitedtimes.protocols import Correction, CorrectionKey, KeptCorrection
from limitedtimes.translate import corrected, translate

HEADLINE, BODY, YES = "Die Stadt baut eine Brücke", "Sie kostet 14 Millionen Euro.", "Ja."
SCRIPT = {HEADLINE: "The city builds a bridge", BODY: "It costs 14 million euros.", YES: "Yes."}


class Corrected(Notebook):
    """A memory of an engine and of people."""

    def __init__(self, *corrections: Correction) -> None:
        super().__init__(dict.fromkeys(SCRIPT, "Remembered wrongly."))
        self.corrections = {correction.key: correction for correction in corrections}

    def corrected(self, keys: Sequence[CorrectionKey]) -> Mapping[CorrectionKey, Correction]:
        return {key: self.corrections[key] for key in keys if key in self.corrections}


def english(item: Article, memory: Notebook, engine: Scripted) -> Translation:
    (answer,) = translate([item], engine=engine, memory=memory, now=NOW)
    assert isinstance(answer, Translation)
    return answer


def by_anna(item: Article, number: int, text: str) -> Correction:
    return Correction(corrected.key_of(item.sentences[number], item), text, "Anna", NOW)


def test_a_correction_wins_over_memory_and_engine_and_nobody_is_asked() -> None:
    item = article(HEADLINE, BODY, YES, url="https://example.org/a")
    texts = ["City to build bridge", "The bill is 41 million euros, wird gezahlt.", "Yes, indeed."]
    engine = Scripted(SCRIPT)
    made = english(item, Corrected(*(by_anna(item, number, text) for number, text in enumerate(texts))), engine)
    assert engine.calls == []
    assert [said.text for said in made.sentences] == texts
    assert {(said.origin, said.engine, said.corrected) for said in made.sentences} == {
        (Origin.HUMAN, "human/Anna", NOW)
    }
    assert [said.flags for said in made.sentences] == [(), (), ()]
    assert made.engine == engine.id  # a person is no engine, however much they corrected


def test_it_survives_a_revision_while_its_sentence_stands() -> None:
    item = article(HEADLINE, BODY, url="https://example.org/a")
    memory = Corrected(by_anna(item, 1, "The price: 14 million euros."))
    revised = article(HEADLINE, YES, "Sie \u00adkostet  14 Millionen Euro.", url="https://example.org/a")
    assert [said.text for said in english(revised, memory, Scripted(SCRIPT)).sentences][2:] == [
        "The price: 14 million euros."
    ]
    changed = article(HEADLINE, "Sie kostet 15 Millionen Euro.", url="https://example.org/a")
    engine = Scripted({"Sie kostet 15 Millionen Euro.": "It costs 15 million euros."})
    assert english(changed, memory, engine).sentences[1].text == "It costs 15 million euros."


def test_it_holds_in_its_article_and_everywhere_only_when_it_says_so() -> None:
    here, there = (article(HEADLINE, YES, url=f"https://example.org/{name}") for name in "ab")
    own = by_anna(here, 1, "Aye.")
    everywhere = Correction(corrected.anywhere(own.key), "Yes, they say.", "Ben", NOW)
    assert english(there, Corrected(own), Scripted(SCRIPT)).sentences[1].origin is not Origin.HUMAN
    both = Corrected(own, everywhere)
    assert english(here, both, Scripted(SCRIPT)).sentences[1].text == "Aye."
    assert english(there, both, Scripted(SCRIPT)).sentences[1].text == "Yes, they say."


def test_it_reaches_what_no_engine_is_asked_for() -> None:
    item = article(HEADLINE, "en:It was English.", "Untranslatable nl.", url="https://example.org/a")
    item = replace(item, sentences=(*item.sentences[:2], replace(item.sentences[2], language="nl")))
    fixes = by_anna(item, 1, "It was in English."), by_anna(item, 2, "Translated.")
    made = english(item, Corrected(*fixes), Scripted(SCRIPT))
    assert [said.text for said in made.sentences[1:]] == ["It was in English.", "Translated."]
    assert made.sentences[2].flags == ()


def test_a_corrected_headline_saves_an_article_that_had_none() -> None:
    item = article(HEADLINE, BODY, url="https://example.org/a")
    script = SCRIPT | {HEADLINE: "&lt;b&gt; ⁇ ⁇"}
    made = english(item, Corrected(by_anna(item, 0, "City to build bridge")), Scripted(script))
    assert made.sentences[0].text == "City to build bridge"


def test_the_publishers_own_slip_stays_marked() -> None:
    item = article(HEADLINE, "Am Donnerstag, 10. November 2023, war Markt.", url="https://example.org/a")
    (flag,) = (
        english(item, Corrected(by_anna(item, 1, "On Thursday the market was on.")), Scripted(SCRIPT))
        .sentences[1]
        .flags
    )
    assert flag.kind is FlagKind.DATE


def test_a_key_has_the_language_of_its_article_where_its_own_is_not_known() -> None:
    item = article(HEADLINE, url="https://example.org/a")
    unknown = replace(item.sentences[0], language=UNKNOWN_LANGUAGE)
    assert corrected.key_of(unknown, item) == corrected.key_of(item.sentences[0], item)


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("It costs 14 million euros.", False),
        ("It costs 41 million euros.", True),
        ("Fourteen million euros is the price.", False),
        ("It costs millions.", True),
    ],
)
def test_a_figure_that_differs_is_worth_a_warning(text: str, warned: bool) -> None:
    assert bool(corrected.warnings(by_anna(article(HEADLINE, BODY), 1, text))) is warned


@pytest.mark.parametrize(
    ("english", "by", "wrong"),
    [(" \u200b", "Anna", "english is empty"), ("x", "\n", "by is empty"), ("x" * 10_001, "A", "10,001 characters")],
)
def test_what_cannot_be_kept_is_named(english: str, by: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        corrected.made(CorrectionKey(BODY, "de"), english, by=by, at=NOW)


def test_what_is_in_force_is_the_latest_that_is_not_undone() -> None:
    key = CorrectionKey(BODY, "de")
    kept = [
        KeptCorrection(number, Correction(key, str(number), "A", NOW.replace(minute=minute)), undone)
        for number, minute, undone in [(1, 5, None), (2, 9, None), (3, 7, None), (4, 30, NOW)]
    ]
    assert [one.number for one in corrected.in_force(kept)] == [2]
