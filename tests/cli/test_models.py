"""`limitedtimes models`: from the hub to an edition that translates with it, at the terminal."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from checkpoints import argos_package, build_marian, build_plain
from fake_hub import FakeHub, busy, serving_hub

from limitedtimes.cli import main
from limitedtimes.engines.known import chosen

OPUS, NLLB = "opus-mt-de-en", "nllb-200-distilled-600m"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A hub that has a German model, a cache of this test's own, and no other settings."""
    with serving_hub() as hub:
        hub.add(chosen("de", OPUS).repo, build_marian(tmp_path / "opus"))
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("LIMITEDTIMES_HUB", hub.address)
        monkeypatch.setenv("LIMITEDTIMES_ARGOS_INDEX", hub.index)
        monkeypatch.setenv("LIMITEDTIMES_MODEL_CACHE", str(tmp_path / "cache"))
        monkeypatch.setenv("LIMITEDTIMES_ENGINE_THREADS", "1")
        yield hub


def complaint(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    """The one line that a command ends with."""
    capsys.readouterr()
    assert main(arguments) == code
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1].startswith("limitedtimes: ")
    return lines[-1]


def test_from_the_hub_to_a_translation(hub: FakeHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "pull", "de"]) == 0
    told = capsys.readouterr()
    assert "licence: apache-2.0" in told.err
    settings = told.out[told.out.index("[models]") :]
    assert tomllib.loads(settings)["models"] == {"de": str(tmp_path / "cache" / OPUS)}
    (tmp_path / "limitedtimes.toml").write_text(settings)
    (tmp_path / "text").write_text("Die Stadt baut.\n")
    assert main(["translate", "--from", "de", "--raw", "text"]) == 0
    assert capsys.readouterr().out.strip()
    assert main(["models", "check"]) == 0
    assert main(["models", "test", OPUS]) == 0
    assert "en: " in capsys.readouterr().out


def test_the_second_pull_asks_nobody(hub: FakeHub, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "pull", "de"]) == 0
    hub.asked.clear()
    assert main(["models", "pull", "de"]) == 0
    assert not hub.asked
    assert "is here already" in capsys.readouterr().err


def test_the_list_says_what_is_here_and_in_use(
    hub: FakeHub, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["models", "pull", "de"]) == 0
    capsys.readouterr()
    assert main(["models", "list", "de"]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()}
    assert " here " in lines[OPUS]
    assert "NON-COMMERCIAL" in lines[NLLB]
    assert "opus-mt-fr-en" not in lines
    monkeypatch.setenv("LIMITEDTIMES_MODELS", f"de={tmp_path / 'cache' / OPUS}")
    assert main(["models", "list"]) == 0
    assert " in use " in next(line for line in capsys.readouterr().out.splitlines() if line.startswith(OPUS))


def test_the_list_has_what_ships_and_a_check_of_nothing_says_so(
    hub: FakeHub, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "list", "ru"]) == 0
    ships = capsys.readouterr().out.splitlines()[0]
    assert ships.split()[:6] == ["many-en", "7", "languages", ships.split()[3], "MB", "ships"]
    assert main(["models", "list", "tr"]) == 0
    assert "ships" not in capsys.readouterr().out
    assert main(["models", "check"]) == 0
    assert "no model was pulled; `limitedtimes models list` shows those that ship" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "words"),
    [("tlh", "no model from 'tlh' is known; `limitedtimes models list`"), ("Deutsch", "'Deutsch' is no ISO 639 code")],
)
def test_a_language_without_a_model_is_one_line(
    hub: FakeHub, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    assert words in complaint(capsys, "models", "list", language)


def test_what_is_in_use_is_not_removed(
    hub: FakeHub, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["models", "pull", "de"]) == 0
    monkeypatch.setenv("LIMITEDTIMES_MODELS", f"de={tmp_path / 'cache' / OPUS}")
    assert "is in use: take de out of [models] first" in complaint(capsys, "models", "remove", OPUS)
    assert (tmp_path / "cache" / OPUS / "model.bin").is_file()
    monkeypatch.delenv("LIMITEDTIMES_MODELS")
    assert main(["models", "remove", OPUS]) == 0
    assert not list((tmp_path / "cache").iterdir())
    assert "is not in the cache" in complaint(capsys, "models", "remove", OPUS, code=1)


def test_a_non_commercial_model_is_neither_the_default_nor_taken_without_a_word(
    hub: FakeHub, capsys: pytest.CaptureFixture[str]
) -> None:
    message = complaint(capsys, "models", "pull", "de", "--model", NLLB)
    assert "CC-BY-NC-4.0" in message
    assert "--yes" in message
    assert not hub.asked


def test_a_licence_that_turns_out_non_commercial_asks_too(hub: FakeHub, capsys: pytest.CaptureFixture[str]) -> None:
    hub.licences[chosen("de", OPUS).repo] = "cc-by-nc-sa-4.0"
    assert "cc-by-nc-sa-4.0" in complaint(capsys, "models", "pull", "de")
    assert main(["models", "pull", "de", "--yes"]) == 0


def test_a_model_that_lies_on_this_machine_is_taken_in(
    hub: FakeHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "translate-de_en.argosmodel").write_bytes(argos_package(build_plain(tmp_path / "plain")))
    assert main(["models", "pull", "de", "--model", "translate-de_en.argosmodel"]) == 0
    assert main(["models", "pull", "de", "--model", str(tmp_path / "opus")]) == 0
    assert not hub.asked
    capsys.readouterr()
    assert main(["models", "check"]) == 0
    assert capsys.readouterr().out.split("\n")[:2] == ["opus: fine", "translate-de_en: fine"]
    assert main(["models", "test", "opus"]) == 0
    assert "is there already" in complaint(capsys, "models", "pull", "de", "--model", str(tmp_path / "opus"))


def test_the_settings_are_toml_whatever_a_folder_is_called(
    hub: FakeHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "pull", "de", "--model", str(build_plain(tmp_path / "größe \N{BRIDGE AT NIGHT}"))]) == 0
    told = capsys.readouterr().out
    path = tomllib.loads(told[told.index("[models]") :])["models"]["de"]
    assert Path(path) == tmp_path / "cache" / "größe \N{BRIDGE AT NIGHT}"


def test_a_spoilt_model_is_found(hub: FakeHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "pull", "de"]) == 0
    (tmp_path / "cache" / OPUS / "model.bin").write_bytes(b"spoilt")
    assert main(["models", "check", OPUS]) == 1
    assert "model.bin: is not what was pulled" in capsys.readouterr().out
    (tmp_path / "cache" / OPUS / "model.toml").unlink()
    assert main(["models", "check"]) == 1
    assert "model.toml: is gone" in capsys.readouterr().out


def test_a_model_that_says_nothing_does_not_pass(
    hub: FakeHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hub.add(chosen("de", OPUS).repo, build_marian(tmp_path / "mute", mute=True))
    assert main(["models", "pull", "de"]) == 0
    assert main(["models", "test", OPUS]) == 1
    assert "en: nothing, or the sentence as it was: it does not work" in capsys.readouterr().out


def test_what_has_begun_is_listed_and_removed(hub: FakeHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hub.turns["model.safetensors"] = [busy(retry_after="3600")]
    assert main(["models", "pull", "de"]) == 1
    assert main(["models", "list", "de"]) == 0
    (line,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith(OPUS))
    assert " begun " in line
    assert main(["models", "remove", OPUS]) == 0
    assert not list((tmp_path / "cache").iterdir())


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (["pull", "tlh"], "no open model from this language", 2),
        (["pull", "de", "--model", "opus-mt-de-em"], "did you mean opus-mt-de-en", 2),
        (["pull", "fr"], "is not there (404)", 1),
        (["pull", "de", "--model", "./nowhere"], "no such file or folder", 2),
        (["pull", "de", "--model", "Helsinki-NLP/opus-mt-de-en"], "goes by its name in `limitedtimes models list`", 2),
        (["pull", "Deutsch", "--model", "./opus"], "'Deutsch' is no ISO 639 code", 2),
        (["check", "nothing"], "is not in the cache", 1),
        (["test", "nothing"], "no such model", 2),
        (["test", "../opus"], "no such model", 2),
        (["remove", "../opus"], "is no name of a model", 2),
    ],
)
def test_a_mistake_is_one_line(
    hub: FakeHub, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str, code: int
) -> None:
    assert words in complaint(capsys, "models", *arguments, code=code)


def test_the_shipped_models_can_be_tried(hub: FakeHub, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "test", "many-en"]) == 0
    assert "bridge" in capsys.readouterr().out
