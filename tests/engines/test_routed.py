"""Where one engine fails, the next takes over for what is missing; who did what is written on each rendering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from fake_services import NOW, SPEAKERS, Reply, World, engine_of, serving

from limitedtimes.engines.pseudo import Pseudo
from limitedtimes.engines.routed import Routed
from limitedtimes.engines.table import Engine
from limitedtimes.errors import TranslateError
from limitedtimes.protocols import Rendering

SENTENCES = [f"Die Stadt baut Brücke Nummer {number}." for number in range(120)]


class Failing(Pseudo):
    """A model that is never there."""

    def __init__(self, reason: str, *, transient: bool = True, retry_at: datetime | None = None) -> None:
        super().__init__(frozenset({"de"}))
        self.id = f"failing/{reason}"
        self._reason, self._transient, self._retry_at = reason, transient, retry_at

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        raise TranslateError(self.id, reason=self._reason, transient=self._transient, retry_at=self._retry_at)


def routed(*engines: Engine, told: list[str] | None = None) -> Routed:
    said = told if told is not None else []
    return Routed(engines, clock=lambda: NOW, report=lambda engine, error: said.append(f"{engine}: {error.reason}"))


def makers(renderings: Sequence[Rendering]) -> list[str]:
    return [one.engine for one in renderings]


def test_the_first_that_can_renders_all_and_is_named() -> None:
    with serving(SPEAKERS["deepl"]) as service:
        engine = routed(engine_of("deepl", service.address), Pseudo())
        assert set(makers(engine.translate(SENTENCES, "de"))) == {"deepl/default"}
    assert engine.id == "deepl/default"


@pytest.mark.parametrize("reply", [Reply(456, {}), Reply(403, {}), Reply(404, {}), Reply(200, raw=b"nonsense")])
def test_the_next_takes_over_for_what_the_first_did_not_do(reply: Reply) -> None:
    told: list[str] = []
    with serving(SPEAKERS["deepl"]) as service:
        service.turns = [SPEAKERS["deepl"], SPEAKERS["deepl"], reply]
        renderings = routed(engine_of("deepl", service.address), Pseudo(), told=told).translate(SENTENCES, "de")
    assert makers(renderings) == ["deepl/default"] * 100 + ["pseudo/1"] * 20
    assert len(told) == 1


def test_an_unreachable_service_is_not_asked_for_every_article(recwarn: pytest.WarningsRecorder) -> None:
    world = World()
    engine = routed(engine_of("deepl", "http://127.0.0.1:1", world), Pseudo())
    for _ in range(3):
        assert set(makers(engine.translate(SENTENCES[:2], "de"))) == {"pseudo/1"}
    assert world.meter.characters == sum(map(len, SENTENCES[:2]))
    assert not recwarn.list


class Draft(Pseudo):
    """A model that makes words up."""

    id = "draft/1"

    @property
    def drafts(self) -> Mapping[str, float]:
        return {self.id: -0.6}


def test_who_makes_words_up_is_known_of_each_engine() -> None:
    assert routed(Pseudo(), Draft()).drafts == {"draft/1": -0.6}


def test_each_language_goes_to_those_that_know_it() -> None:
    engine = routed(Failing("quota"), Pseudo(frozenset({"de", "fr"})))
    assert engine.languages == {"de", "fr"}
    told: list[str] = []
    engine = routed(Failing("quota"), Pseudo(frozenset({"de", "fr"})), told=told)
    assert makers(engine.translate(["Oui."], "fr")) == ["pseudo/1"]
    assert not told
    with pytest.raises(TranslateError, match="'tlh'"):
        engine.translate(["nuqneH"], "tlh")


def test_a_sentence_must_fit_all_for_nobody_knows_who_will_be_there() -> None:
    engine = routed(Pseudo(limit=100), Pseudo(frozenset({"de"}), limit=10))
    assert engine.fits("kurz", "de")
    assert not engine.fits("nicht mehr ganz so kurz", "de")
    assert engine.fits("plus tout à fait court", "fr")


def test_when_all_fail_the_failure_that_ends_soonest_is_raised() -> None:
    later, soon = NOW + timedelta(hours=9), NOW + timedelta(minutes=5)
    chain = [Failing("key", transient=False), Failing("quota", retry_at=later), Failing("busy", retry_at=soon)]
    for engines in (chain, chain[::-1]):
        with pytest.raises(TranslateError) as caught:
            routed(*engines).translate(SENTENCES, "de")
        assert (caught.value.reason, caught.value.retry_at) == ("busy", soon)
        assert {"failing/key", "failing/quota", "failing/busy"} == set(str(caught.value).split("; ")), "each says why"


def test_of_the_last_nobody_is_told_that_another_takes_over() -> None:
    told: list[str] = []
    with pytest.raises(TranslateError):
        routed(Failing("quota"), Failing("busy"), told=told).translate(SENTENCES, "de")
    assert told == ["failing/quota: quota"]


def test_no_sentences_ask_nobody() -> None:
    told: list[str] = []
    assert routed(Failing("key"), Pseudo(), told=told).translate([], "de") == []


def test_it_describes_itself() -> None:
    description = routed(Pseudo(), Failing("x")).describe()
    assert description.id == "pseudo/1"
    assert "failing/x" in description.name
