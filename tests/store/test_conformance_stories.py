"""What every store must remember of stories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from small_press import NOW, claim_one, entry_of, publish
from stores import STORES, opened

from limitedtimes.protocols import Outcome, StepName, Store, Todo, Translated
from limitedtimes.story import Grouping, Kin, Sketch, TermCounts

DAY = timedelta(days=1)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from opened(request.param, tmp_path)


def keep(store: Store, number: int, terms: dict[int, float], *, into: str = "", absorbed: tuple[str, ...] = ()) -> str:
    """Publish an article and put it into a story, by default its own. Its time is ``number`` days after NOW."""
    at = NOW + number * DAY
    id_ = publish(store, entry_of(number, published=NOW), now=NOW)
    found = store.published(id_)
    assert found is not None
    todo = Todo(StepName.GROUP, f"{id_}:{sorted(terms)}", Translated(found.article, found.translation))
    store.add(todo, now=NOW)
    sketch = Sketch(id_, at, terms, frozenset({*terms, 1}))
    task = claim_one(store, StepName.GROUP)
    store.finish(Outcome(task, Grouping(sketch, into or id_, absorbed)), now=NOW)
    return id_


def kin(store: Store, terms: dict[int, float], *, days: tuple[int, int] = (0, 9), limit: int = 9) -> list[Kin]:
    return store.kin(terms, since=NOW + days[0] * DAY, until=NOW + days[1] * DAY, limit=limit)


def test_kin_are_those_that_share_terms_the_likest_first(store: Store) -> None:
    one = keep(store, 1, {10: 0.6, 20: 0.8})
    two = keep(store, 2, {20: 0.28, 30: 0.96})
    keep(store, 3, {2**63 - 1: 1.0})
    found = kin(store, {10: 0.5, 20: 0.5, 40: 0.7})
    assert [(k.article, k.story, k.at, round(k.likeness, 9), k.shared) for k in found] == [
        (one, one, NOW + DAY, 0.7, 2),
        (two, two, NOW + 2 * DAY, 0.14, 1),
    ]
    assert [k.article for k in kin(store, {20: 1.0}, limit=1)] == [one]
    assert [k.article for k in kin(store, {20: 1.0}, days=(2, 2))] == [two]
    assert kin(store, {}) == []
    assert len(kin(store, {2**63 - 1: 1.0})) == 1


def test_terms_are_counted_once_for_each_article(store: Store) -> None:
    keep(store, 1, {10: 1.0})
    keep(store, 2, {20: 1.0})
    keep(store, 2, {10: 1.0})
    assert store.term_counts([1, 10, 20, 30]) == TermCounts(2, {1: 2, 10: 1, 20: 1})


def test_a_new_sketch_takes_the_place_of_the_old(store: Store) -> None:
    id_ = keep(store, 2, {10: 1.0})
    keep(store, 2, {20: 1.0})
    assert kin(store, {10: 1.0}) == []
    assert [one.article for one in kin(store, {20: 1.0})] == [id_]


def test_a_story_is_found_by_any_of_its_articles_and_by_the_id_that_it_had(store: Store) -> None:
    first = keep(store, 1, {10: 1.0})
    second = keep(store, 2, {10: 1.0}, into=first)
    other = keep(store, 3, {20: 1.0})
    assert (store.company(first), store.company(second), store.company(other)) == (first, first, "")
    assert store.company("0123456789") == ""
    before = store.changed_at()
    bridge = keep(store, 4, {10: 0.6, 20: 0.8}, into=first, absorbed=(other,))
    assert store.changed_at() != before
    for id_ in (first, second, other, bridge):
        found = store.story(id_)
        assert found is not None and found.id == first
        assert {report.id for report in found.reports} == {first, second, other, bridge}
    assert store.story("0123456789") is None


def test_what_is_like_an_article_but_of_another_story(store: Store) -> None:
    first = keep(store, 1, {10: 0.6, 20: 0.64, 30: 0.48})
    keep(store, 2, {10: 0.6, 20: 0.8}, into=first)
    near = keep(store, 3, {10: 0.8, 20: 0.6})
    nearer = keep(store, 4, {10: 0.6, 20: 0.64, 30: 0.48})
    keep(store, 5, {10: 1.0})  # shares one term only
    found = store.related(first, since=NOW, until=NOW + 9 * DAY, limit=9)
    assert [teaser.id for teaser in found] == [nearer, near]
    assert store.related("0123456789", since=NOW, until=NOW, limit=9) == []
