"""What every store must remember of places, and find by them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from earlier import migrated_again
from small_press import NOW, claim_one, entry_of, publish
from stores import STORES, opened

from limitedtimes.model import Source
from limitedtimes.place import Place, Places
from limitedtimes.protocols import Outcome, StepName, Store, Todo, Translated
from limitedtimes.search import Search, Term
from limitedtimes.store import open_store
from limitedtimes.store.migrations.versions import v0007_places

BERLIN = Source("de.zeitung0", "Zeitung Null", "https://zeitung0.example/", "de", ("de",), "Europe/Berlin")
KYIV, UKRAINE, LYON = Place("Kyiv", "ua", 2), Place("Ukraine", "ua"), Place("São Paulo", "br")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from opened(request.param, tmp_path)


def naming(store: Store, number: int, *places: Place) -> str:
    """Publish an article that names these places."""
    id_ = publish(store, entry_of(number))
    located(store, id_, *places)
    return id_


def located(store: Store, id_: str, *places: Place) -> None:
    found = store.published(id_)
    assert found is not None
    item = Translated(found.article, found.translation)
    todo = Todo(StepName.LOCATE, id_, item)
    assert store.add(todo, now=NOW) or store.redo(todo.step, todo.key, now=NOW)
    store.finish(Outcome(claim_one(store, StepName.LOCATE), Places(id_, places)), now=NOW)


def ids(store: Store, wanted: Search) -> set[str]:
    return {hit.teaser.id for hit in store.search(wanted, now=NOW, limit=9).hits}


def test_places_are_remembered_in_the_order_of_the_text(store: Store) -> None:
    first, second = naming(store, 1, KYIV, UKRAINE), naming(store, 2)
    assert store.places([first, second, "nothing"]) == {first: [KYIV, UKRAINE]}
    assert store.places([]) == {}


def test_articles_are_found_by_the_countries_that_they_name_or_come_from(store: Store) -> None:
    store.save_sources([BERLIN])
    kyiv, other = naming(store, 1, KYIV), naming(store, 2)
    assert ids(store, Search(areas=("ua",))) == {kyiv}
    assert ids(store, Search(areas=("ua", "de"))) == ids(store, Search(areas=("de",))) == {kyiv, other}
    assert ids(store, Search(areas=("fr",))) == set()
    assert ids(store, Search(countries=("ua",))) == set(), "a country is where it was published"


def test_articles_are_found_by_the_names_of_places_whatever_their_accents(store: Store) -> None:
    kyiv, paulo = naming(store, 1, KYIV), naming(store, 2, LYON)
    assert ids(store, Search(places=("kyiv",))) == {kyiv}
    assert ids(store, Search(places=("sao paulo",))) == {paulo}
    assert ids(store, Search(places=("Paulo",))) == set()
    assert ids(store, Search(places=("Kyiv",), areas=("br",))) == {kyiv, paulo}


def test_with_loose_any_choice_is_enough_and_without_each_kind_must_hold(store: Store) -> None:
    kyiv, other = naming(store, 1, KYIV), naming(store, 2)
    words = ((Term("Titel 2"),),)
    assert ids(store, Search(words=words, areas=("ua",), loose=True)) == {kyiv, other}
    assert ids(store, Search(words=words, areas=("ua",))) == set()
    assert ids(store, Search(words=((Term("Titel 1"),),), areas=("ua",))) == {kyiv}


def test_what_an_article_no_longer_names_is_forgotten_and_what_it_names_outlives_a_new_revision(store: Store) -> None:
    id_ = naming(store, 1, KYIV)
    publish(store, entry_of(1, title="Neuer Titel"), text="Ein anderer Satz.")
    assert ids(store, Search(places=("Kyiv",))) == ids(store, Search(words=((Term("anderer"),),))) == {id_}
    located(store, id_, LYON)
    assert store.places([id_]) == {id_: [LYON]}
    assert ids(store, Search(areas=("ua",))) == set()
    assert ids(store, Search(areas=("br",))) == ids(store, Search(words=((Term("anderer"),),))) == {id_}
    located(store, id_)
    assert store.places([id_]) == {}
    assert ids(store, Search(areas=("br",))) == set()


def test_readers_see_a_change_only_where_places_changed(store: Store) -> None:
    id_ = naming(store, 1, KYIV)
    before = store.changed_at()
    located(store, id_, KYIV)
    assert store.changed_at() == before
    located(store, id_, KYIV, UKRAINE)
    assert store.changed_at() != before


def test_what_was_published_before_there_were_places_is_put_on_the_line(tmp_path: Path) -> None:
    path = tmp_path / "paper.db"
    store = open_store(path)
    id_ = publish(store, entry_of(1))
    store.close()
    migrated_again(path, v0007_places, without=("named_places",))
    store = open_store(path)
    task = claim_one(store, StepName.LOCATE)
    assert isinstance(task.input, Translated)
    assert task.input.article.id == id_
    store.close()
