"""What a model is not shown is what its card says, from lists that lie beside its weights."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from tiny_model import build_separate

from limitedtimes.cli.compose import embedded_models
from limitedtimes.engines.asking import Answer, Asked, Prepared
from limitedtimes.engines.capitals import BUCKETS
from limitedtimes.engines.embedded import PATIENT, Embedded, Shelf
from limitedtimes.engines.hiding import CAPITALS, NUMBERS, TRANSLATED
from limitedtimes.engines.slots import NAMES, SLOTS, lost
from limitedtimes.errors import ConfigError


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model from whose network figures, number words and French names are hidden."""
    model = build_separate(tmp_path_factory.mktemp("listed") / "many-en")
    card = model / "model.toml"
    card.write_text('numbers = true\nnames = ["fr"]\n' + card.read_text(encoding="utf-8"), encoding="utf-8")
    (model / NUMBERS).write_text("fr\tonze\televen\nfr\tdeux\t\nde\telf\televen\n", encoding="utf-8")
    (model / TRANSLATED).write_text("Bruxelles\n", encoding="utf-8")
    return model


def opened(listed: Path, beam: int | None = None) -> Embedded:
    engine = Shelf().open(listed, beam=beam)
    assert isinstance(engine, Embedded)
    return engine


def copy(listed: Path, to: Path) -> Path:
    return Path(shutil.copytree(listed, to / "many-en"))


def test_figures_number_words_and_names_are_hidden_where_the_card_says_so(listed: Path) -> None:
    hide = opened(listed)._model.load().hiding.hide
    figure, word, name = SLOTS[0], SLOTS[1], NAMES[0]
    assert hide("les 9 et onze de Kvarteni à Bruxelles", "fr") == (
        f"les {figure} et {word} de {name} à Bruxelles",
        {figure: "9", word: "eleven", name: "Kvarteni"},
    )
    assert hide("die 9 und elf von Kvarteni", "de")[1] == {figure: "9", word: "eleven"}


def test_the_lists_count_in_the_id(listed: Path, tmp_path: Path) -> None:
    other = copy(listed, tmp_path)
    before = Shelf().open(other).id
    (other / TRANSLATED).write_text("Anvers\n", encoding="utf-8")
    assert Shelf().open(other).id != before


def test_a_list_that_is_missing_or_broken_is_one_line_that_names_it(listed: Path, tmp_path: Path) -> None:
    other = copy(listed, tmp_path)
    (other / NUMBERS).write_text("fr\tonze\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"numbers\.tsv: line 1: must be a language"):
        Shelf().open(other).translate(["Onze."], "fr")
    with_nouns = copy(listed, tmp_path / "nouns")
    card = with_nouns / "model.toml"
    card.write_text('capitals = ["fr"]\n' + card.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"capitals-fr\.bin"):
        Shelf().open(with_nouns).translate(["Onze."], "fr")
    (with_nouns / CAPITALS.format(language="fr")).write_bytes(bytes(BUCKETS - 1))
    with pytest.raises(ConfigError, match=r"capitals-fr\.bin: must be 65536 bytes"):
        Shelf().open(with_nouns).translate(["Onze."], "fr")
    (other / NUMBERS).unlink()
    with pytest.raises(ConfigError, match=r"numbers\.tsv: cannot be read"):
        Shelf().open(other).translate(["Onze."], "fr")


def test_the_first_hypothesis_that_lacks_nothing_is_taken_and_others_lack_no_more(listed: Path) -> None:
    engine = opened(listed, beam=6)
    target, slot = engine._model.load().target, SLOTS[0]
    prepared = Prepared(f"„Die Stadt“ {slot}", ["a"] * 40, {slot: "11"})

    def answer(*texts: str) -> Answer:
        scores = [-0.1 * number for number in range(len(texts))]
        hypotheses = [target.encode(text, out_type=str) for text in texts]
        return engine._answer(SimpleNamespace(hypotheses=hypotheses, scores=scores), prepared, target)

    nothing_lost = answer("the city", f'"the city" {slot}', f"the city {slot}", f'"city" {slot}', '"city"')
    assert (nothing_lost.text, nothing_lost.score, nothing_lost.lost) == (f'"the city" {slot}', -0.1, 0)
    assert [one.text for one in nothing_lost.others] == ['"city" 11']
    assert answer("the city", f"the city {slot}", '"the city"').text == f"the city {slot}"
    assert answer("the city", "the bridge", '"the city"').text == '"the city"'
    assert [one.text for one in answer("the city", "the bridge", '"the city"').others] == []
    assert answer().text == ""


def test_what_still_lost_one_is_asked_for_in_halves(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, slot = Shelf().open(listed), f"[{SLOTS[0]}-{SLOTS[-1]}]"

    def only_one(asked: Asked) -> Iterator[tuple[int, Answer]]:
        """A network that says what it is told, but for the second slot and those after it."""
        told = [re.sub(f"(?<={slot})(.*?){slot}", r"\1", one.text) for one in asked.prepared]
        answers = (Answer(text, 0.5, lost(text, one.hidden)) for text, one in zip(told, asked.prepared, strict=True))
        return enumerate(answers)

    monkeypatch.setattr(engine, "_end", only_one)
    text = "Es waren wohl 11, davon kamen auch 17; es blieben noch 23."
    assert [one.text for one in engine.translate([text, "Es waren 11 oder 17"], "de")] == [text, "Es waren 11 oder "]


def test_what_lost_one_in_halves_too_is_asked_for_greedily(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Shelf().open(listed, beam=4)
    beams: list[int] = []

    def begin(prepared: list[Prepared], beam: int) -> Asked:
        beams.append(beam)
        return Asked(prepared, [([beam], [])])

    def end(asked: Asked) -> Iterator[tuple[int, Answer]]:
        """A network that loses every slot, but where it decides at once."""
        [([beam], _)] = asked.running
        said = [one.text if beam == 1 else re.sub(f"[{SLOTS[0]}-{SLOTS[-1]}]", "", one.text) for one in asked.prepared]
        return enumerate(
            Answer(text, -0.5, lost(text, one.hidden)) for text, one in zip(said, asked.prepared, strict=True)
        )

    monkeypatch.setattr(engine, "_begin", begin)
    monkeypatch.setattr(engine, "_end", end)
    texts = ["Es waren wohl 11, davon kamen auch 17.", "Es regnet."]
    assert [one.text for one in engine.translate(texts, "de")] == texts
    assert beams == [4, PATIENT, PATIENT, 1]


def test_sentences_that_are_got_ready_in_turns_come_back_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("limitedtimes.engines.embedded.SLICE", 2)
    monkeypatch.setattr("limitedtimes.engines.embedded.AHEAD", 1)
    things = {"Haus": "house", "Brücke": "bridge", "Stadt": "city", "Wasser": "water", "Schule": "school"}
    answers = Shelf().open(embedded_models() / "many-en").translate([f"Wir sehen: {thing}." for thing in things], "de")
    assert [word for one in answers for word in things.values() if word in one.text.lower()] == list(things.values())
