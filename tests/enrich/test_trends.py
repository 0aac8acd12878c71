"""Trends: what rises against its own past, and what does not however often it is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from memory_chronicle import MemoryChronicle, Said
from simulated_press import START, SimulatedPress

from limitedtimes.enrich.trends import MOST, rising
from limitedtimes.enrich.trends.surprise import Past, improbability
from limitedtimes.trend import Kind, Subject, Trend, Voices

NOW = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)  # a Tuesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEATHER = "weather"  # what every source has every day, so that the press is there


def say(
    name: str, sources: Iterable[int], *, days_ago: float = 0.0, hours_ago: float = 2.0, times: int = 1
) -> list[Said]:
    """Each of these sources has the name in so many articles. Sources speak one of five languages, in turn."""
    at = NOW - days_ago * DAY - hours_ago * HOUR
    subject = Subject(Kind.NAME, name.casefold())
    return [
        Said(subject, f"{name}-{source}-{days_ago}-{hours_ago}-{turn}", f"s{source}", f"l{source % 5}", at, name)
        for source in sources
        for turn in range(times)
    ]


def press(days: int = 29) -> list[Said]:
    """Twenty sources that print something on every one of these days."""
    return [one for day in range(days + 1) for one in say(WEATHER, range(20), days_ago=day)]


def trends(said: Sequence[Said], *, now: datetime = NOW) -> list[Trend]:
    return list(rising(MemoryChronicle(said), now=now).rising)


def titles(said: Sequence[Said], *, now: datetime = NOW) -> list[str]:
    return [trend.title for trend in trends(said, now=now)]


def test_a_new_name_in_many_sources_rises_and_the_weather_does_not() -> None:
    (trend,) = trends([*press(), *say("Kelmora", range(6))])
    assert trend.title == "Kelmora"
    assert trend.voices == Voices(6, 5)
    assert trend.usual == 0
    assert (trend.hours, trend.lately) == (3, Voices(6, 5))
    assert trend.bars == (*[0] * 21, 6, 0, 0)


def test_who_is_in_every_paper_every_day_does_not_rise() -> None:
    always = [one for day in range(30) for one in say("Varga", range(day % 3, 18), days_ago=day)]
    assert titles([*press(), *always]) == []


def test_a_common_name_rises_when_many_more_speak_of_it() -> None:
    always = [one for day in range(1, 30) for one in say("Varga", range(day % 3, 4), days_ago=day)]
    (trend,) = trends([*press(), *always, *say("Varga", range(17))])
    assert trend.title == "Varga"
    assert 2 < trend.usual < 4


def test_one_source_that_repeats_itself_makes_no_trend() -> None:
    assert titles([*press(), *say("Kelmora", [3], times=80)]) == []
    assert titles([*press(), *say("Kelmora", [3, 4], times=80)]) == []


def test_what_comes_every_week_does_not_rise() -> None:
    weekly = [one for week in range(5) for one in say("Rovers", range(9), days_ago=7 * week)]
    assert titles([*press(), *weekly]) == []
    assert titles([*press(), *(one for one in weekly if one.at > NOW - DAY)]) == ["Rovers"]


def test_what_rose_days_ago_and_stays_rises_no_more() -> None:
    began = [one for day in range(4) for one in say("Kelmora", range(9), days_ago=day)]
    assert titles([*press(), *began]) == []


def test_a_day_of_which_little_was_gathered_is_not_a_day_of_silence() -> None:
    """Names that are as common as ever must not rise because the station stood still for a week."""
    gap = [one for one in press() if not 1 < (NOW - one.at) / DAY < 8]
    always = [one for day in (*range(8, 29), 0) for one in say("Varga", range(8), days_ago=day)]
    assert titles([*gap, *always]) == []


def test_a_press_that_grew_makes_no_trend_of_what_all_always_had() -> None:
    """Five sources until yesterday, twenty today; four of five speak of her then and now."""
    small = [one for day in range(1, 30) for one in say(WEATHER, range(5), days_ago=day)]
    always = [one for day in range(1, 30) for one in say("Varga", range(4), days_ago=day)]
    assert titles([*small, *always, *say(WEATHER, range(20)), *say("Varga", range(16))]) == []


def test_languages_count_beside_sources() -> None:
    (wide,) = trends([*press(), *say("Kelmora", range(8))])
    (narrow,) = trends([*press(), *say("Kelmora", range(0, 40, 5))])
    assert (wide.voices, narrow.voices) == (Voices(8, 5), Voices(8, 1))
    assert wide.score > narrow.score


def test_the_fresher_stands_higher() -> None:
    assert titles([*press(), *say("Old", range(7), hours_ago=20), *say("New", range(6), hours_ago=1)]) == ["New", "Old"]
    assert titles([*press(), *say("Old", range(7), hours_ago=1), *say("New", range(6), hours_ago=1)]) == ["Old", "New"]


def test_nothing_rises_of_what_is_older_than_a_day_or_comes_later() -> None:
    said = [*press(), *say("Kelmora", range(9), hours_ago=2)]
    assert titles(said, now=NOW + 25 * HOUR) == []
    assert titles(said, now=NOW - 3 * HOUR) == []


def test_a_surname_alone_is_the_one_who_bears_it() -> None:
    said = [*press(), *say("Ilse Varga", range(6)), *say("Varga", range(4, 9))]
    (trend,) = trends(said)
    assert trend.title == "Ilse Varga"
    assert trend.voices.sources == 9
    two = [*say("Ilse Varga", range(6)), *say("Otto Varga", range(5, 11)), *say("Varga", range(6))]
    assert sorted(titles([*press(), *two])) == ["Ilse Varga", "Otto Varga", "Varga"]


def test_a_place_is_not_its_club() -> None:
    said = [*press(), *say("Kelmora Rovers", range(5)), *say("Kelmora", range(9))]
    assert sorted(titles(said)) == ["Kelmora", "Kelmora Rovers"]


def test_a_person_who_is_common_by_surname_does_not_rise_by_the_full_name() -> None:
    always = [
        one
        for day in range(1, 29)
        for one in (*say("Ilse Varga", range(9), days_ago=day), *say("Varga", range(9), days_ago=day))
    ]
    assert titles([*press(), *always, *say("Ilse Varga", range(9)), *say("Varga", range(9))]) == []


def test_names_of_the_same_articles_stand_with_the_story() -> None:
    """Kelmora is in the story's articles, Brennhavn elsewhere."""
    kelmora = say("Kelmora", range(6))
    story = Subject(Kind.STORY, "0123456789")
    told = [Said(story, one.article, one.source, one.language, one.at) for one in kelmora]
    found = trends([*press(), *kelmora, *told, *say("Brennhavn", range(7))])
    assert [(trend.subject.kind, trend.along) for trend in found] == [(Kind.NAME, ()), (Kind.STORY, ("Kelmora",))]
    assert found[1].subject == story
    assert found[1].articles == tuple(sorted(one.article for one in kelmora))


def test_a_first_day_knows_no_past_and_says_so() -> None:
    found = rising(MemoryChronicle(say("Kelmora", range(6))), now=NOW)
    assert found.days == 0
    assert [trend.title for trend in found.rising] == ["Kelmora"]
    assert rising(MemoryChronicle(press(3)), now=NOW).days == 3


def test_the_list_is_bounded_and_an_empty_archive_has_none() -> None:
    many = [one for number in range(40) for one in say(f"Name {number}", range(6), hours_ago=1 + number / 4)]
    assert len(trends([*press(), *many])) == MOST
    assert trends([]) == []


@pytest.mark.parametrize(("voices", "days", "count"), [(0.0, 5.0, 1), (3.0, 5.0, 4), (40.0, 8.0, 9), (2.0, 29.0, 30)])
def test_the_improbability_is_that_of_a_negative_binomial(voices: float, days: float, count: int) -> None:
    """Against the plain sum of its terms: 1 − Σ Γ(k+r)/(k! Γ(r)) pʳ (1−p)ᵏ."""
    shape, rate = 0.5 + voices, days + 0.3
    p = rate / (rate + 1)
    term, below = p**shape, 0.0
    for k in range(count):
        below += term
        term *= (shape + k) / (k + 1) * (1 - p)
    if count > shape / rate:
        assert 10 ** -improbability(count, Past(voices, days)) == pytest.approx(1 - below, rel=1e-4, abs=1e-13)
    else:
        assert improbability(count, Past(voices, days)) == 0


def test_a_press_by_chance_shows_what_was_planted_in_it() -> None:
    """One of the presses of ``benchmarks/trends.py``. The names in most articles are others."""
    simulated = SimulatedPress(11)
    chronicle = MemoryChronicle(simulated.said)
    right = listed = planted = by_count = 0
    for at in (29.4, 31.1, 32.8, 34.1):
        now = START + at * DAY
        true, unclear = simulated.true(now), simulated.unclear(now)
        found = {trend.subject for trend in rising(chronicle, now=now).rising} - unclear
        counts = Counter(one.subject for one in simulated.said if now - DAY < one.at <= now)
        by_count += len(true & {subject for subject, _ in counts.most_common(len(found))})
        right, listed, planted = right + len(found & true), listed + len(found), planted + len(true)
    assert planted > 8
    assert right >= 0.75 * listed
    assert right >= 0.7 * planted
    assert by_count < 0.2 * planted
