"""A real LibreTranslate server, from its package, that runs a model of ours: as the fake one, so the real one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_services import World, engine_of
from libretranslate_server import PATIENCE, VARIABLE, served, shared_pieces_model

from limitedtimes.engines.embedded import Shelf
from limitedtimes.engines.remote import Remote
from limitedtimes.errors import TranslateError

PROGRAM = os.environ.get(VARIABLE, "")
SENTENCES = [
    "Die Regierung hat am Montag ein neues Gesetz vorgestellt.",
    "In der Stadt leben 12.500 Menschen.",
    "Der Präsident sagte, die Lage sei ernst.",
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PROGRAM, reason=f"{VARIABLE} does not name LibreTranslate's program; see its server's file"),
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shared_pieces_model(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def address(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(Path(PROGRAM), model, tmp_path_factory.mktemp("libretranslate"), language="de") as found:
        yield found


def asking(address: str, world: World | None = None, **options: Any) -> Remote:
    return engine_of("libretranslate", address, world or World(key=""), deadline=PATIENCE, **options)


def test_it_renders_each_sentence_in_order_and_all_is_counted(address: str) -> None:
    world = World(key="")
    rendered = asking(address, world).translate(SENTENCES, "de")
    texts = [one.text for one in rendered]
    assert len(texts) == len(SENTENCES)
    assert "government" in texts[0].lower()
    assert "president" in texts[2].lower()
    assert world.meter.characters == sum(map(len, SENTENCES))


def test_it_says_what_our_own_engine_says_with_the_same_model(address: str, model: Path) -> None:
    """But for what ours does before and after the network: sentences without figures and names, at the same beam."""
    plain = [SENTENCES[0], SENTENCES[2]]
    theirs = [one.text for one in asking(address).translate(plain, "de")]
    ours = [one.text for one in Shelf(threads=1).open(model, beam=4).translate(plain, "de")]
    shared = [len(set(a.split()) & set(b.split())) / len(set(b.split())) for a, b in zip(theirs, ours, strict=True)]
    assert min(shared) > 0.5


def test_many_requests_go_within_its_limits(address: str) -> None:
    many = [f"Im Jahr {year} baute die Stadt eine neue Brücke." for year in range(1900, 1960)]
    assert len(asking(address).translate(many, "de")) == 60


def test_a_language_that_it_lacks_is_refused_in_its_own_words(address: str) -> None:
    engine = asking(address, languages=("fr",))
    with pytest.raises(TranslateError, match="fr is not supported") as caught:
        engine.translate(["La ville construit un pont."], "fr")
    assert caught.value.reason == "refused"
