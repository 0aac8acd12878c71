"""What every engine in the table owes its caller."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fake_services import SPEAKERS, engine_of, serving
from tiny_model import build

from limitedtimes.engines.embedded import Shelf
from limitedtimes.engines.table import ENGINES, SERVICES, Engine, open_engines
from limitedtimes.errors import ConfigError, TranslateError

SENTENCES = [
    "Die Stadt baut eine neue Brücke.",
    "Am Montag kamen 11.000 Besucher, sagte der Bürgermeister.",
    "Ja.",
    "„Wir bauen weiter“, sagte sie; niemand widersprach ihr an diesem Abend.",
]


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    build(folder / "de-en")
    return folder


@pytest.fixture(scope="session", params=sorted([*ENGINES, *SERVICES]))
def engine(request: pytest.FixtureRequest, models: Path) -> Iterator[Engine]:
    if request.param in SERVICES:
        with serving(SPEAKERS[request.param]) as service:
            yield engine_of(request.param, service.address)
        return
    (engine,) = open_engines(request.param, folder=models, shelf=Shelf(threads=2))
    yield engine


def texts(engine: Engine, sentences: list[str]) -> list[str]:
    return [rendering.text for rendering in engine.translate(sentences, "de")]


def test_there_are_as_many_renderings_as_sentences_and_in_their_order(engine: Engine) -> None:
    together = texts(engine, SENTENCES)
    assert together == [texts(engine, [sentence])[0] for sentence in SENTENCES]
    assert texts(engine, SENTENCES[::-1]) == together[::-1]


def test_many_sentences_of_many_lengths_keep_their_order(engine: Engine) -> None:
    many = [f"{sentence} {number}" for number in range(40) for sentence in SENTENCES]
    shuffled = many[1::2] + many[::2]
    assert dict(zip(many, texts(engine, many), strict=True)) == dict(
        zip(shuffled, texts(engine, shuffled), strict=True)
    )


def test_the_same_input_gives_the_same_output(engine: Engine) -> None:
    assert engine.translate(SENTENCES, "de") == engine.translate(SENTENCES, "de")


def test_no_sentences_give_no_renderings(engine: Engine) -> None:
    assert engine.translate([], "de") == []


@pytest.mark.parametrize("nothing", ["", " ", "\u00a0\t"])
def test_an_empty_sentence_gives_an_empty_rendering(engine: Engine, nothing: str) -> None:
    first, second = texts(engine, [nothing, SENTENCES[0]])
    assert first.strip() == ""
    assert second == texts(engine, [SENTENCES[0]])[0]


@pytest.mark.parametrize("odd", ["🙂🎉", "123", "😀 Ja 😀", "ﬀ\u200b\u0301", "中文"])
def test_odd_characters_are_no_reason_to_fail(engine: Engine, odd: str) -> None:
    assert len(engine.translate([odd], "de")) == 1


def test_a_sentence_over_the_limit_does_not_fit_and_is_refused_rather_than_cut(engine: Engine) -> None:
    endless = "Brücke " * 1000
    assert engine.fits(SENTENCES[0], "de")
    assert not engine.fits(endless, "de")
    with pytest.raises(TranslateError) as caught:
        engine.translate([SENTENCES[0], endless], "de")
    assert caught.value.reason == "too-long"


def test_the_longest_sentence_that_fits_is_translated(engine: Engine) -> None:
    sentence = "Die"
    while engine.fits(sentence + " Die", "de"):
        sentence += " Die"
    assert texts(engine, [sentence])[0]


def test_an_unknown_language_is_refused_by_name(engine: Engine) -> None:
    assert "tlh" not in engine.languages
    with pytest.raises(TranslateError, match="'tlh'"):
        engine.translate(SENTENCES, "tlh")
    with pytest.raises(TranslateError, match="'tlh'"):
        engine.fits(SENTENCES[0], "tlh")


def test_threads_may_share_an_engine(engine: Engine) -> None:
    expected = texts(engine, SENTENCES)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: texts(engine, SENTENCES), range(12)))
    assert results == [expected] * 12


def test_an_engine_names_and_describes_itself(engine: Engine) -> None:
    description = engine.describe()
    assert description.id == engine.id
    assert "/" in engine.id
    assert description.name
    assert description.languages == engine.languages
    assert description.quality
    assert description.licence


def test_an_unknown_engine_is_an_error_that_lists_the_known_ones(models: Path) -> None:
    with pytest.raises(ConfigError, match=r"'babelfish'.*embedded, pseudo"):
        open_engines("babelfish", folder=models, shelf=Shelf())
