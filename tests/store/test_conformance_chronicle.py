"""What every store must remember of who speaks of what: the same as a chronicle in memory, whatever comes and goes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from memory_chronicle import MemoryChronicle, Said
from small_press import NOW, claim_one, entry_of, publish
from stores import STORES, opened

from limitedtimes.protocols import Outcome, StepName, Store, Todo, Translated
from limitedtimes.story import Grouping, Sketch
from limitedtimes.trend import Kind, Subject, Voices, Worth

HOUR = timedelta(hours=1)
ANYTHING = Subject(Kind.NAME, "")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from opened(request.param, tmp_path)


def keep(
    store: Store, number: int, names: Sequence[str], *, paper: int = 0, hours_ago: float = 1, story: str = ""
) -> tuple[str, list[Said]]:
    """Publish an article of a paper and keep whom it names; what a chronicle has of it then."""
    at = NOW - hours_ago * HOUR
    id_ = publish(store, entry_of(number, feed=paper, published=at), now=NOW)
    found = store.published(id_)
    assert found is not None
    todo = Todo(StepName.GROUP, f"{id_}:{sorted(names)}:{at}:{story}", Translated(found.article, found.translation))
    store.add(todo, now=NOW)
    sketch = Sketch(id_, at, {}, names={name: name.title() for name in names})
    store.finish(Outcome(claim_one(store, StepName.GROUP), Grouping(sketch, story or id_)), now=NOW)
    subjects = [Subject(Kind.NAME, name) for name in names] + [Subject(Kind.STORY, story or id_)]
    said = [Said(subject, id_, f"de.zeitung{paper}", "de", at, subject.key.title()) for subject in subjects]
    return id_, [replace(one, name="") if one.subject.kind is Kind.STORY else one for one in said]


def spoken_by(least: int) -> Worth:
    return lambda _: lambda voices: voices.sources >= least


def assert_same(store: Store, said: Sequence[Said], *, least: int = 2) -> None:
    expected = MemoryChronicle(said)
    pulse, wanted = (
        store.pulse(now=NOW, days=29, worth=spoken_by(least)),
        expected.pulse(now=NOW, days=29, worth=spoken_by(least)),
    )
    assert pulse.press == wanted.press
    assert pulse.subjects == wanted.subjects
    subjects = [*pulse.subjects, Subject(Kind.NAME, "nobody")]
    assert store.mentions(subjects, now=NOW) == expected.mentions(subjects, now=NOW)


def test_it_agrees_with_a_chronicle_in_memory(store: Store) -> None:
    chance = random.Random(5)
    said: list[Said] = []
    stories: list[str] = []
    for number in range(90):
        names = chance.sample(["ada lindholm", "kelmora", "varga", "łódź"], chance.randint(0, 3))
        hours = chance.choice([0.1, 3, 12.2, 23.4, 24, 30, 47.9, 49, 80, 24 * 7, 24 * 29, 24 * 31])
        story = chance.choice(["", *stories])
        id_, more = keep(store, number, names, paper=chance.randrange(6), hours_ago=hours, story=story)
        stories += [] if story else [id_]
        said += more
    assert_same(store, said)
    assert_same(store, said, least=5)
    assert len(store.pulse(now=NOW, days=29, worth=spoken_by(2)).subjects) > 4


def test_a_source_that_repeats_itself_is_one_voice(store: Store) -> None:
    for number in range(7):
        keep(store, number, ["kelmora"], paper=1)
    assert store.pulse(now=NOW, days=29, worth=spoken_by(2)).subjects == {}
    keep(store, 7, ["kelmora"], paper=2)
    assert store.pulse(now=NOW, days=29, worth=spoken_by(2)).subjects[Subject(Kind.NAME, "kelmora")].now == Voices(2, 1)


def test_an_article_that_is_grouped_again_names_only_whom_it_names_now(store: Store) -> None:
    keep(store, 1, ["kelmora", "varga"], paper=1, hours_ago=50)
    keep(store, 2, ["kelmora"], paper=2)
    _, second = keep(store, 2, ["ada lindholm"], paper=2)
    _, third = keep(store, 3, ["ada lindholm"], paper=3)
    _, first = keep(store, 1, ["varga"], paper=1, hours_ago=60)
    assert_same(store, [*first, *second, *third])
    assert store.mentions([Subject(Kind.NAME, "kelmora")], now=NOW) == {Subject(Kind.NAME, "kelmora"): ()}


def test_an_archive_without_articles_has_no_voices(store: Store) -> None:
    pulse = store.pulse(now=NOW, days=29, worth=spoken_by(2))
    assert pulse.press.now == Voices(0, 0) and not pulse.press.before and not pulse.subjects
    assert store.mentions([], now=NOW) == {}
