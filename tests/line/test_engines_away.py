"""A service that is away, over its quota or wrong: the next engine takes over, or the article waits; none is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fake_services import Asked, FakeService, Reply, Tally, World, engine_of, serving
from fake_services import deepl as strict_deepl
from fakes import NOW
from talbote import SOURCE, InPlace, open_paper, web_of

from limitedtimes.accounts import Payer
from limitedtimes.engines.pseudo import Pseudo
from limitedtimes.engines.routed import Routed
from limitedtimes.engines.table import Engine
from limitedtimes.errors import FetchError, StoreError, TranslateError
from limitedtimes.line import Line, Rules, extract_page
from limitedtimes.model import Article, Origin, Published, Request
from limitedtimes.protocols import StepName, Store, Task
from limitedtimes.runners.local import LocalRunner
from limitedtimes.sources import Catalogue

ENGLISH = {
    "Die Stadt baut Haus Nummer #": "The city is building house number #",
    "Die Stadt hat am Montag ein neues Haus mit # Zimmern eröffnet.": "The city opened a house with # rooms on Monday.",
    "Viele Menschen kamen zu dem Fest am Fluss.": "Many people came to the feast at the river.",
    "Die Bürgermeisterin hielt eine kurze Rede und dankte allen Helfern für die gute Arbeit der letzten Jahre.": (
        "The mayor gave a short speech and thanked all helpers for the good work of the past years."
    ),
    "Das alte Haus war im Jahr 1962 gebaut worden.": "The old house had been built in 1962.",
    "Es musste geschlossen werden, weil das Dach nicht mehr dicht war.": (
        "It had to be closed because the roof was not tight any more."
    ),
    "Im nächsten Jahr soll auch der Platz vor dem Bahnhof neu gebaut werden.": (
        "Next year the square in front of the station is to be built anew too."
    ),
    "Der Stadtrat will im Januar über die nächsten Schritte entscheiden.": (
        "The city council wants to decide on the next steps in January."
    ),
    "Die Kosten sind noch nicht bekannt.": "The costs are not known yet.",
}
"""The English of every sentence of `article_of`; # is its number."""


def english(text: str) -> str:
    number = re.search(r"\b[1-9]\b", text)
    found = number[0] if number else ""
    return ENGLISH[text.replace(found, "#") if found and "1962" not in text else text].replace("#", found)


def deepl(asked: Asked) -> Reply:
    """DeepL, with a good translation."""
    reply = strict_deepl(asked)
    if reply.status == 200:
        reply.json["translations"] = [{"text": english(text)} for text in asked.json["text"]]
    return reply


class Local(Pseudo):
    """A model in this process, with as good a translation."""

    id = "local/1"

    def __init__(self) -> None:
        super().__init__(frozenset({"de"}))

    def _mark(self, sentence: str, terms: Mapping[str, str]) -> str:
        return english(sentence)


@pytest.fixture
def service() -> Iterator[FakeService]:
    with serving(deepl) as service:
        yield service


@pytest.fixture
def world() -> World:
    return World(now=NOW)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    paper = open_paper(tmp_path)
    yield paper
    paper.close()


def gather(store: Store, engine: Engine, world: World, *, articles: int = 2) -> None:
    """One round, until nothing is due."""
    runner = LocalRunner(lambda: world.now, lambda outcome: None, InPlace, until_idle=True)
    runner.run(Line(web_of(articles), Catalogue([SOURCE]), {"de": engine, "en": engine}, Rules()), store)


def published(store: Store, world: World) -> list[Published]:
    found = [store.published(teaser.id) for teaser in store.teasers(now=world.now, limit=10)]
    return [one for one in found if one]


def routed(world: World, *engines: Engine) -> Routed:
    return Routed(engines, clock=lambda: world.now, report=lambda engine, error: None)


def test_an_article_that_two_engines_shared_is_published_and_each_sentence_names_its_own(
    service: FakeService, world: World, store: Store
) -> None:
    service.turns = [deepl, Reply(456, {"message": "Quota Exceeded"})]
    engine = routed(world, engine_of("deepl", service.address, world, items=4), Local())
    gather(store, engine, world)
    papers = published(store, world)
    assert len(papers) == 2
    sentences = [sentence for paper in papers for sentence in paper.translation.sentences]
    assert {sentence.engine for sentence in sentences} == {"deepl/default", "local/1"}
    assert {sentence.origin for sentence in sentences} <= {Origin.ENGINE, Origin.MEMORY}
    assert len(service.asked) == 2


def test_without_another_engine_the_article_waits_and_is_never_published_untranslated(
    service: FakeService, world: World, store: Store
) -> None:
    service.turns = [deepl] + [Reply(456, {"message": "Quota Exceeded"})] * 8
    engine = engine_of("deepl", service.address, world, items=4)
    for _ in range(8):
        gather(store, engine, world)
        assert not published(store, world)
        assert not store.status(now=world.now).parked
        world.now += timedelta(hours=7)
    sent = [text for asked in service.asked[:1] for text in asked.json["text"]]
    gather(store, engine, world)
    assert len(published(store, world)) == 2
    later = [text for asked in service.asked[9:] for text in asked.json["text"]]
    assert not set(sent) & set(later), "what was paid for is not asked for again"


def test_an_article_over_the_day_s_budget_waits_for_the_next_day(
    service: FakeService, world: World, store: Store
) -> None:
    world.meter = Tally(300)
    engine = engine_of("deepl", service.address, world, items=2)
    gather(store, engine, world)
    assert not published(store, world)
    assert world.meter.characters <= 300
    world.meter.budget, world.now = 10**6, world.now + timedelta(days=120)
    gather(store, engine, world)
    assert len(published(store, world)) == 2


def test_a_source_over_its_own_budget_waits_for_the_next_day_and_pays_for_nothing_twice(
    service: FakeService, world: World, store: Store
) -> None:
    world.meter.budgets[SOURCE.id] = 300
    engine = engine_of("deepl", service.address, world, items=2)
    for _ in range(3):
        gather(store, engine, world)
    assert not published(store, world)
    assert not store.status(now=world.now).parked
    world.meter.budgets, world.now = {}, world.now + timedelta(days=120)
    gather(store, engine, world)
    assert len(published(store, world)) == 2
    sent = [text for asked in service.asked for text in asked.json["text"]]
    assert len(sent) == len(set(sent))


def test_where_a_source_is_over_its_budget_the_next_engine_takes_over(
    service: FakeService, world: World, store: Store
) -> None:
    """For all that an article has of its own: none is begun that the budget would cut in the middle."""
    world.meter.budgets[SOURCE.id] = 580
    gather(store, routed(world, engine_of("deepl", service.address, world, items=2), Local()), world)
    engines = [{said.engine for said in paper.translation.sentences} for paper in published(store, world)]
    assert sorted(map(sorted, engines)) == [["deepl/default"], ["deepl/default", "local/1"]]
    assert 400 < world.meter.characters <= 580


def test_what_each_article_cost_is_counted(service: FakeService, world: World, store: Store) -> None:
    gather(store, engine_of("deepl", service.address, world), world)
    papers = published(store, world)
    assert set(world.meter.paid) == {Payer(SOURCE.id, paper.article.id) for paper in papers}
    sent = [text for asked in service.asked for text in asked.json["text"]]
    assert world.meter.characters == sum(map(len, sent))


def test_a_second_round_costs_nothing(service: FakeService, world: World, store: Store) -> None:
    engine = routed(world, engine_of("deepl", service.address, world), Local())
    gather(store, engine, world)
    spent = world.meter.characters
    gather(store, engine, world)
    assert world.meter.characters == spent
    headlines = [paper.translation.sentences[0] for paper in published(store, world)]
    assert {headline.engine for headline in headlines} == {"deepl/default"}


def test_an_article_that_is_held_back_for_its_headline_is_not_paid_for_again(
    service: FakeService, world: World, store: Store
) -> None:
    """Whoever corrects the headline, or tries again, pays for the headline at most: also after a new start."""

    def without_headline(asked: Asked) -> Reply:
        reply = deepl(asked)
        for text, answer in zip(asked.json["text"], reply.json["translations"], strict=True):
            answer["text"] = "" if "Haus Nummer" in text else answer["text"]
        return reply

    service.speak = without_headline
    gather(store, engine_of("deepl", service.address, world), world, articles=1)
    assert store.status(now=world.now).parked == {"headline": 1}
    before = len(service.asked)
    service.speak = deepl
    store.retry("headline", now=world.now)
    gather(store, engine_of("deepl", service.address, world), world, articles=1)
    assert len(published(store, world)) == 1
    later = [text for asked in service.asked[before:] for text in asked.json["text"]]
    assert later == ["Die Stadt baut Haus Nummer 1"]


def test_a_key_that_stays_wrong_parks_the_article_with_that_reason(
    service: FakeService, world: World, store: Store
) -> None:
    engine, world.key = engine_of("deepl", service.address, world), "wrong"
    for times in range(1, 6):
        assert not store.status(now=world.now).parked
        gather(store, engine, world)
        assert len(service.asked) == times
        world.now += timedelta(minutes=40)
    assert store.status(now=world.now).parked == {"key": 2}


class Unwritable(Tally):
    """A meter whose accounts cannot be written after so many requests."""

    def __init__(self, requests: int) -> None:
        super().__init__()
        self.requests = requests

    def spend(self, characters: int, payer: Payer) -> None:
        if len(self.paid) == self.requests and payer not in self.paid:
            raise TranslateError("edition.db: is locked", reason="uncounted", transient=True)
        super().spend(characters, payer)


@pytest.mark.parametrize("others", [(), (Local(),)])
def test_what_cannot_be_counted_stops_the_paper_and_what_was_paid_for_is_kept(
    service: FakeService, world: World, store: Store, others: tuple[Engine, ...]
) -> None:
    world.meter = Unwritable(2)
    engine = routed(world, engine_of("deepl", service.address, world), *others)
    runner = LocalRunner(lambda: world.now, lambda outcome: None, InPlace, until_idle=True)
    runner.run(Line(web_of(3), Catalogue([SOURCE]), {}, Rules()), store)
    with pytest.raises(StoreError, match="is locked"):
        gather(store, engine, world, articles=3)
    world.meter.requests = 99
    gather(store, engine, world, articles=3)
    sent = [text for asked in service.asked for text in asked.json["text"]]
    assert len(sent) == len(set(sent)), "nothing is paid for twice"
    papers = published(store, world)
    assert len(papers) == 3
    assert {said.engine for paper in papers for said in paper.translation.sentences} == {"deepl/default"}


def task(step: StepName, attempts: int) -> Task[Any]:
    return Task(0, step, "key", "de", None, attempts)


@pytest.mark.parametrize("reason", ["quota", "budget", "source-budget", "busy", "unreachable"])
def test_an_article_whose_engines_are_away_is_never_parked_and_a_page_whose_server_is_busy_is(reason: str) -> None:
    line = Line(web_of(0), Catalogue([SOURCE]), {})
    away = line.settle(task(StepName.TRANSLATE, 50), TranslateError("x", reason=reason, transient=True), NOW)
    assert away.retry_at is not None
    assert line.settle(task(StepName.FETCH, 50), FetchError("x", reason=reason, transient=True), NOW).retry_at is None


def test_an_article_that_an_engine_answers_with_nonsense_is_parked_in_the_end() -> None:
    line = Line(web_of(0), Catalogue([SOURCE]), {})
    error = TranslateError("x", reason="answer", transient=True)
    assert line.settle(task(StepName.TRANSLATE, 5), error, NOW).retry_at is None


def test_two_routes_that_begin_alike_are_two_engines(service: FakeService, world: World) -> None:
    first = engine_of("deepl", service.address, world, languages=("de", "fr"))
    routes = {"de": routed(world, first, Local()), "fr": routed(world, first)}
    line = Line(web_of(1), Catalogue([SOURCE]), routes)
    article = extract_page(line.web.get(Request("https://talbote.example/1.html")), SOURCE)
    assert isinstance(article, Article)
    tasks = [
        Task(number, StepName.TRANSLATE, "k", lane, replace(article, language=lane), 1)
        for number, lane in enumerate(("de", "fr", "de"))
    ]
    groups = [(engine, [task.id for task in group]) for engine, group in line._by_engine(tasks)]
    assert groups == [(routes["de"], [0, 2]), (routes["fr"], [1])]


@pytest.mark.parametrize(("source", "own"), [("de.talbote", True), ("de.merkur", False)])
def test_the_engine_of_a_source_goes_before_that_of_the_language(
    service: FakeService, world: World, store: Store, source: str, own: bool
) -> None:
    general = engine_of("deepl", service.address, world)
    runner = LocalRunner(lambda: world.now, lambda outcome: None, InPlace, until_idle=True)
    engines = {"de": general, "en": general}
    runner.run(Line(web_of(1), Catalogue([SOURCE]), engines, own_engines={(source, "de"): Local()}), store)
    (paper,) = published(store, world)
    assert {sentence.engine for sentence in paper.translation.sentences} == {"local/1" if own else "deepl/default"}
    assert bool(service.asked) is not own, "nobody pays for what the source's engine does"
