"""Models of Firefox: pulled from a registry, prepared, and translated with by Mozilla's engine in processes."""

from __future__ import annotations

import gzip
import shutil
import struct
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bergamot_model import MODEL, VOCABULARY, build_bergamot
from fake_hub import FakeHub, serving_hub

from limitedtimes.cli import main
from limitedtimes.engines import bergamot
from limitedtimes.engines.bergamot import Bergamot, Workers
from limitedtimes.engines.cache import Cache
from limitedtimes.engines.card import read_card
from limitedtimes.engines.download import Web
from limitedtimes.engines.formats import Facts, prepare
from limitedtimes.engines.hub import Hubs, offer_of
from limitedtimes.engines.known import Known, chosen
from limitedtimes.engines.layout import INTGEMM
from limitedtimes.errors import ConfigError, ModelError, TranslateError

MOST = 2**24
FACTS = Facts("firefox-de-en", frozenset({"de"}), "MPL-2.0")
WEB = Web(clock=lambda: datetime.now(UTC), deadline=5.0)
SENTENCES = [
    "Die Stadt baut.",
    "",
    "Der Bürgermeister sprach am Montag von 11.000 Besuchern.",
    "Halb \ud83d. 日本",
    "Ja.",
]


@pytest.fixture(scope="module")
def workers() -> Workers:
    return Workers(1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, workers: Workers) -> Path:
    root = tmp_path_factory.mktemp("firefox")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("limitedtimes.engines.embedded.Workers", lambda _: workers)
        prepare(build_bergamot(root / "given", packed=True), root / "made", FACTS, most=MOST)
    return root / "made"


@pytest.fixture
def shared(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes take a while to begin; one is enough for all tests."""
    monkeypatch.setattr("limitedtimes.engines.embedded.Workers", lambda _: workers)


def test_what_is_prepared_is_unpacked_and_has_a_card(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {INTGEMM, "sentencepiece.model", "model.toml"}
    card = read_card(folder)
    assert (card.name, card.licence, card.beam) == ("firefox-de-en", "MPL-2.0", 1)
    assert card.languages == {"de"}


def test_every_sentence_is_answered_in_its_place_and_bytes_become_letters(folder: Path, workers: Workers) -> None:
    engine = Bergamot(folder, workers)
    found = engine.translate(SENTENCES, "de")
    assert len(found) == len(SENTENCES)
    assert found[1].text == ""
    assert all(one.text for place, one in enumerate(found) if place != 1)
    assert not any("<0x" in one.text for one in found)
    alone = [engine.translate([sentence], "de")[0] for sentence in SENTENCES]
    assert alone == found, "neighbours change nothing"
    assert [index for index, _ in engine.stream(SENTENCES, "de")][-1] != 2, "the longest is not left to the last"


def test_more_than_a_process_takes_at_a_time_comes_back_whole(folder: Path, workers: Workers) -> None:
    many = [f"Die Stadt baut {number} Brücken." for number in range(5 * bergamot.TOGETHER + 3)]
    engine = Bergamot(folder, workers)
    assert engine.translate(many, "de")[7] == engine.translate([many[7]], "de")[0]


def test_bytes_of_a_letter_are_that_letter() -> None:
    assert bergamot._text("a <0xC3><0xA9>t<0xE2><0x82>") == "a ét\ufffd"


def test_a_language_that_it_does_not_know_and_a_sentence_that_is_too_long_are_refused(
    folder: Path, workers: Workers
) -> None:
    engine = Bergamot(folder, workers)
    with pytest.raises(TranslateError, match="does not know 'fr', only de"):
        engine.translate(["Oui."], "fr")
    assert not engine.fits("Haus " * 200, "de")
    with pytest.raises(TranslateError, match="over the limit of 120 pieces"):
        engine.translate(["Haus " * 200], "de")


def test_its_id_changes_with_its_files(folder: Path, workers: Workers, tmp_path: Path, shared: None) -> None:
    assert Bergamot(folder, workers).id.startswith("bergamot/firefox-de-en@")
    prepare(build_bergamot(tmp_path / "given", seed=4), tmp_path / "made", FACTS, most=MOST)
    assert Bergamot(tmp_path / "made", workers).id != Bergamot(folder, workers).id


def test_a_model_with_a_vocabulary_for_each_side(tmp_path: Path, workers: Workers, shared: None) -> None:
    prepare(build_bergamot(tmp_path / "given", separate=True), tmp_path / "made", FACTS, most=MOST)
    assert Bergamot(tmp_path / "made", workers).translate(["Die Stadt baut."], "de")[0].text


def test_a_process_that_dies_again_fails_its_batch(folder: Path) -> None:
    class Dying(Workers):
        def submit(self, folder: Path, sentences: object) -> Future[list[str] | str]:
            future: Future[list[str] | str] = Future()
            future.set_exception(BrokenProcessPool("died"))
            return future

    with pytest.raises(TranslateError, match="its process died") as caught:
        Bergamot(folder, Dying(1)).translate(["Ja."], "de")
    assert (caught.value.reason, caught.value.transient) == ("died", True)


def test_a_batch_whose_process_was_killed_is_asked_for_once_more(folder: Path, workers: Workers) -> None:
    class Killed(Workers):
        times = 0

        def submit(self, folder: Path, sentences: Sequence[str]) -> Future[list[str] | str]:
            self.times += 1
            if self.times > 1:
                return workers.submit(folder, sentences)
            future: Future[list[str] | str] = Future()
            future.set_exception(BrokenProcessPool("died"))
            return future

    assert Bergamot(folder, Killed(1)).translate(SENTENCES, "de") == Bergamot(folder, workers).translate(
        SENTENCES, "de"
    )


def test_one_that_died_while_it_had_nothing_to_do_fails_nobody(folder: Path, workers: Workers) -> None:
    engine = Bergamot(folder, workers)
    before = engine.translate(["Ja."], "de")
    pool = workers._pool
    assert pool
    for process in list(pool._processes.values()):
        process.kill()
    while not pool._broken:
        pass
    assert engine.translate(["Ja."], "de") == before


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        (MODEL, b"nothing", "model.intgemm.bin: the model cannot be loaded"),
        (VOCABULARY, b"nothing", "sentencepiece.model: the model cannot be loaded"),
        (MODEL, gzip.compress(b"x" * 99)[:-9], "cannot be unpacked"),
        (MODEL, gzip.compress(bytes(2**25)), "holds more than `largest_model` lets in"),
        (VOCABULARY, None, r"has no vocab….spm, or not both"),
    ],
)
def test_what_is_no_model_is_one_line(
    tmp_path: Path, shared: None, name: str, content: bytes | None, match: str
) -> None:
    given = build_bergamot(tmp_path / "given")
    (given / name).unlink()
    if content is not None:
        (given / name).write_bytes(content)
    with pytest.raises(ConfigError, match=match):
        prepare(given, tmp_path / "made", FACTS, most=MOST)


def test_files_that_broke_since_stop_the_paper_and_fail_no_article(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    workers = Workers(1)  # of its own: what another prints does not come here
    broken = shutil.copytree(folder, tmp_path / "broken")
    engine = Bergamot(broken, workers)
    (broken / INTGEMM).write_bytes(struct.pack("<QQ", 1, 2**62))
    with pytest.raises(ConfigError, match=r"model.intgemm.bin: the model cannot be loaded .*; put a sound copy there"):
        engine.translate(["Ja."], "de")
    (broken / "sentencepiece.model").unlink()
    with pytest.raises(ConfigError, match=r"sentencepiece.model: no such file"):
        workers.submit(broken, ["Ja."]).result()
    assert capfd.readouterr().err == "", "no panic of the engine's"


def test_without_the_engine_it_says_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bergamot, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match="-m pip install fxtranslate`, or take another model"):
        Bergamot(folder, Workers(1))


class TestRegistry:
    @pytest.fixture
    def hub(self, tmp_path: Path, shared: None) -> Iterator[FakeHub]:
        with serving_hub() as hub:
            folder = build_bergamot(tmp_path / "given", packed=True)
            hub.firefox["de-en"] = {path.name: path.read_bytes() for path in folder.iterdir()}
            yield hub

    def test_from_the_registry_to_a_translation(
        self, hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("LIMITEDTIMES_FIREFOX_REGISTRY", hub.registry)
        monkeypatch.setenv("LIMITEDTIMES_MODEL_CACHE", str(tmp_path / "cache"))
        monkeypatch.setenv("LIMITEDTIMES_ENGINE_THREADS", "1")
        assert main(["models", "pull", "de", "--model", "firefox-de-en"]) == 0
        told = capsys.readouterr()
        assert "licence: MPL-2.0" in told.err
        assert not any("lex." in path for path, _ in hub.asked)
        (tmp_path / "limitedtimes.toml").write_text(told.out[told.out.index("[models]") :])
        (tmp_path / "text").write_text("Die Stadt baut.\nJa.\n")
        assert main(["translate", "--from", "de", "--raw", "text"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 2
        assert main(["models", "check"]) == 0
        assert "firefox-de-en: fine" in capsys.readouterr().out

    def test_what_is_not_as_the_registry_says_is_not_kept(self, hub: FakeHub, tmp_path: Path) -> None:
        known = chosen("de", "firefox-de-en")
        offer = offer_of(known, Hubs("", "", hub.registry), WEB)
        hub.firefox["de-en"][f"{MODEL}.gz"] = gzip.compress(b"another")
        cache = Cache(tmp_path / "cache", MOST)
        facts = Facts("firefox-de-en", frozenset({"de"}), "MPL-2.0", sums=offer.sums)
        with pytest.raises(ConfigError, match="is not what the registry says"):
            cache.pull(offer, facts, WEB, lambda *_: None)
        assert cache.names() == []

    def test_a_pair_that_it_has_not_is_one_line(self, hub: FakeHub) -> None:
        known = Known("firefox-fr-en", "fr-en", "firefox", frozenset({"fr"}), "MPL-2.0", ())
        with pytest.raises(ModelError, match="has no model fr-en; choose another with --model"):
            offer_of(known, Hubs("", "", hub.registry), WEB)
        with pytest.raises(ModelError, match="is `firefox_registry` right"):
            offer_of(known, Hubs("", "", hub.index), WEB)

    @pytest.mark.parametrize(
        "change",
        [
            {"path": "a/.."},
            {"path": "/"},
            {"path": "a\0.bin"},
            {"path": "a" * 999},
            {"uncompressedSize": float("inf")},
            {"uncompressedHash": "\ud83d"},
        ],
    )
    def test_what_it_says_of_a_file_is_not_trusted(
        self, hub: FakeHub, monkeypatch: pytest.MonkeyPatch, change: Mapping[str, object]
    ) -> None:
        registered = hub.registered()
        registered["models"]["de-en"][1]["files"]["model"] |= change
        monkeypatch.setattr(FakeHub, "registered", lambda _: registered)
        with pytest.raises(ModelError, match="something else than a registry"):
            offer_of(chosen("de", "firefox-de-en"), Hubs("", "", hub.registry), WEB)

    @pytest.mark.parametrize("base", ["file:///etc", "/models", ""])
    def test_an_address_that_is_not_of_the_web_is_one_line(
        self, hub: FakeHub, monkeypatch: pytest.MonkeyPatch, base: str
    ) -> None:
        registered = hub.registered() | {"baseUrl": base}
        monkeypatch.setattr(FakeHub, "registered", lambda _: registered)
        with pytest.raises(ModelError, match="where nothing is fetched from; is `firefox_registry` right"):
            offer_of(chosen("de", "firefox-de-en"), Hubs("", "", hub.registry), WEB)


@pytest.mark.skipif(sys.platform != "linux", reason="the engine ships for it")
def test_it_is_installed_with_the_project() -> None:
    bergamot.expect_engine()
