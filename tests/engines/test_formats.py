"""Models in every format that they are published in: each becomes a folder that translates, or a line."""

from __future__ import annotations

import io
import json
import pickle
import random
import shutil
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from checkpoints import (
    argos_package,
    build_marian,
    build_nllb,
    build_plain,
    marian_npz,
    marian_tensors,
    torch_legacy,
    torch_zip,
    write_safetensors,
)
from ctranslate2.converters import MarianConverter

from limitedtimes.engines.argos import NEEDED, unpack
from limitedtimes.engines.card import read_card
from limitedtimes.engines.embedded import Shelf
from limitedtimes.engines.formats import Facts, prepare
from limitedtimes.engines.punctuation import plain
from limitedtimes.engines.tensors import read_tensors
from limitedtimes.errors import ConfigError

SENTENCE = "Die Stadt baut eine neue Brücke."
GERMAN = Facts("tiny", frozenset({"de"}), "CC0")
MOST = 10**8


def prepared(given: Path, out: Path, facts: Facts = GERMAN) -> Path:
    prepare(given, out, facts, most=MOST)
    return out


def english(folder: Path, language: str = "de") -> str:
    (rendering,) = Shelf(threads=1).open(folder).translate([SENTENCE], language)
    return rendering.text


def refusal(given: Path, out: Path, facts: Facts = GERMAN, most: int = MOST) -> str:
    with pytest.raises(ConfigError) as caught:
        prepare(given, out, facts, most=most)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("form", ["safetensors", "zip", "legacy"])
def test_an_opus_mt_checkpoint_is_converted_and_translates(tmp_path: Path, form: str) -> None:
    folder = prepared(build_marian(tmp_path / "given", form=form), tmp_path / "out")
    assert english(folder)
    assert read_card(folder).name == "tiny"
    assert (folder / "model.bin").stat().st_size > 0


def test_an_opus_mt_model_sees_the_punctuation_that_it_was_trained_on(tmp_path: Path) -> None:
    engine = Shelf(threads=1).open(prepared(build_marian(tmp_path / "given"), tmp_path / "out"))
    one, other = engine.translate(["„Ja – die Stadt…“", '"Ja - die Stadt..."'], "de")
    assert one == other
    assert plain("« L’été —\u202f enfin »") == '" L\'été - enfin "'


def test_all_forms_of_weights_give_the_same_network(tmp_path: Path) -> None:
    made = [
        english(prepared(build_marian(tmp_path / form, form=form), tmp_path / f"{form}-out"))
        for form in ("safetensors", "zip", "legacy")
    ]
    assert made[0]
    assert len(set(made)) == 1


def test_the_conversion_is_what_ctranslate2_makes_of_the_same_weights_as_marian_has_them(tmp_path: Path) -> None:
    given = build_marian(tmp_path / "given")
    folder, other = prepared(given, tmp_path / "out"), tmp_path / "other"
    arrays: dict[str, Any] = marian_npz(read_tensors(given / "model.safetensors"))
    np.savez(tmp_path / "model.npz", **arrays)
    pieces = [piece for piece in json.loads((given / "vocab.json").read_text()) if piece != "<pad>"]
    lines = [f"{json.dumps(piece, ensure_ascii=False)}: {number}\n" for number, piece in enumerate(pieces)]
    (tmp_path / "vocab.yml").write_text("".join(lines), encoding="utf-8")
    vocabularies = [str(tmp_path / "vocab.yml")] * 2
    MarianConverter(str(tmp_path / "model.npz"), vocabularies).convert(str(other), quantization="int8")
    for name in ("source.model", "target.model", "model.toml"):
        shutil.copyfile(folder / name, other / name)
    sentences = [SENTENCE, "Am Montag kamen 11.000 Besucher.", "Ja."]
    ours, theirs = (Shelf(threads=1).open(path, beam=2).translate(sentences, "de") for path in (folder, other))
    assert [one.text for one in ours] == [one.text for one in theirs]
    assert [one.score for one in ours] == pytest.approx([one.score for one in theirs], rel=1e-3)


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    tensors = marian_tensors(12) | {"turned": np.arange(6, dtype=np.float32).reshape(2, 3).T}
    write_safetensors(tmp_path / "a.safetensors", {**tensors, "turned": np.ascontiguousarray(tensors["turned"])})
    (tmp_path / "b.bin").write_bytes(torch_zip(tensors))
    (tmp_path / "c.bin").write_bytes(torch_legacy(tensors))
    found = read_tensors(tmp_path / "a.safetensors")
    assert found.keys() == tensors.keys()
    assert all(np.array_equal(found[name], tensor) for name, tensor in tensors.items())
    for name in ("b.bin", "c.bin"):
        read = read_tensors(tmp_path / name)
        assert read.keys() == tensors.keys()
        assert all(np.array_equal(read[key], tensor) for key, tensor in tensors.items())


def test_weights_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    """Files within each other make much of little."""
    path = tmp_path / "pytorch_model.bin"
    path.write_bytes(torch_zip({"weight": np.zeros((100, 100), np.float32)}))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("archive/last", b"")
        archive.filelist += [archive.getinfo("archive/data/0")] * 9
    with pytest.raises(ConfigError, match="its files are larger than it is"):
        read_tensors(path)


class Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return (open, ("owned", "w"))


def test_a_checkpoint_that_names_a_function_calls_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    build_marian(tmp_path / "given", form="zip")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps({"weight": Evil()}, 2))
    for content in (out.getvalue(), pickle.dumps(Evil(), 2)):
        (tmp_path / "given" / "pytorch_model.bin").write_bytes(content)
        assert "which weights have no need of" in refusal(tmp_path / "given", tmp_path / "out")
        shutil.rmtree(tmp_path / "out")
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("name", ["config.json", "source.spm", "target.spm", "model.safetensors"])
def test_a_file_that_an_opus_mt_checkpoint_lacks_is_named(tmp_path: Path, name: str) -> None:
    (build_marian(tmp_path / "given") / name).unlink()
    assert name in refusal(tmp_path / "given", tmp_path / "out")


@pytest.mark.parametrize("size", [0, 7, 100, 5000])
@pytest.mark.parametrize("form", ["safetensors", "zip", "legacy"])
def test_weights_that_were_cut_are_one_line(tmp_path: Path, form: str, size: int) -> None:
    folder = build_marian(tmp_path / "given", form=form)
    path = next(path for path in folder.iterdir() if path.name in ("model.safetensors", "pytorch_model.bin"))
    path.write_bytes(path.read_bytes()[:size])
    assert path.name in refusal(folder, tmp_path / "out")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("activation_function", "tanh"),
        ("activation_function", ["swish"]),
        ("encoder_attention_heads", 3),
        ("normalize_before", True),
        ("encoder_layers", 0),
        ("d_model", 24),
        ("model_type", "t5"),
    ],
)
def test_a_network_that_is_built_otherwise_is_refused(tmp_path: Path, setting: str, value: object) -> None:
    path = build_marian(tmp_path / "given") / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {setting: value}))
    refusal(tmp_path / "given", tmp_path / "out")


def test_a_model_with_target_language_and_source_language_translates(tmp_path: Path) -> None:
    """As NLLB: one file of pieces that lacks the languages, a vocabulary of plain text that has them."""
    facts = Facts(
        "nllb",
        frozenset({"de", "fr"}),
        "CC-BY-NC-4.0",
        prefix="{language}",
        suffix="</s>",
        target_prefix="eng_Latn",
        codes={"de": "deu_Latn", "fr": "fra_Latn"},
    )
    folder = prepared(build_nllb(tmp_path / "given"), tmp_path / "out", facts)
    german, french = english(folder), english(folder, "fr")
    assert german
    assert german != french
    assert not german.startswith("eng_Latn")


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("prefix", Facts("x", frozenset({"de"}), "", prefix="{language}")),
        ("suffix", Facts("x", frozenset({"de"}), "", suffix="<end>")),
        ("target_prefix", Facts("x", frozenset({"de"}), "", target_prefix="nld_Latn")),
    ],
)
def test_a_piece_that_neither_pieces_nor_network_know_is_named(tmp_path: Path, field: str, facts: Facts) -> None:
    assert f"model.toml: {field}: " in refusal(build_nllb(tmp_path / "given"), tmp_path / "out", facts)


def test_a_folder_of_ctranslate2_gets_a_card(tmp_path: Path) -> None:
    folder = prepared(build_plain(tmp_path / "given"), tmp_path / "out")
    assert english(folder)
    assert read_card(folder).licence == "CC0"


def test_an_argos_package_translates_as_a_file_and_unpacked(tmp_path: Path) -> None:
    model = build_plain(tmp_path / "given")
    (tmp_path / "de.argosmodel").write_bytes(argos_package(model))
    packed = prepared(tmp_path / "de.argosmodel", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "de.argosmodel") as archive:
        archive.extractall(tmp_path / "open")
    unpacked = prepared(tmp_path / "open" / "de_en", tmp_path / "other")
    assert english(packed) == english(unpacked) == english(prepared(model, tmp_path / "third"))
    assert "CC0" in (packed / "README.md").read_text()
    assert not list(packed.glob("**/*.pt"))


@pytest.mark.parametrize("name", ["../outside", "/outside", "de_en/../../outside", "..\\outside", "c:outside"])
def test_an_archive_that_leads_out_of_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    model = build_plain(tmp_path / "given")
    (tmp_path / "de.argosmodel").write_bytes(argos_package(model, extra={name: b"x"}))
    assert "leads out of the folder" in refusal(tmp_path / "de.argosmodel", tmp_path / "out")
    assert not list(tmp_path.rglob("outside"))


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    model = build_plain(tmp_path / "given")
    (tmp_path / "de.argosmodel").write_bytes(argos_package(model, extra={"de_en/model/bomb": bytes(10**7)}))
    assert (tmp_path / "de.argosmodel").stat().st_size < 10**6
    assert "largest_model" in refusal(tmp_path / "de.argosmodel", tmp_path / "out", most=10**6)


def test_an_archive_that_is_spoilt_is_one_line(tmp_path: Path) -> None:
    """Wherever: bytes of the directory at its end, of names, and of what is compressed."""
    sound, path = argos_package(build_plain(tmp_path / "given")), tmp_path / "de.argosmodel"
    dice = random.Random(5)
    for number in range(150):
        spoilt = bytearray(sound)
        for _ in range(dice.choice([1, 8])):
            spoilt[dice.randrange(len(sound)) if number % 2 else -1 - dice.randrange(900)] = dice.randrange(256)
        path.write_bytes(spoilt)
        out = tmp_path / f"out{number}"
        out.mkdir()
        with suppress(ConfigError):
            unpack(path, out, most=MOST)
        assert {file.name for file in out.iterdir()} <= {*NEEDED, "sentencepiece.model", "README.md"}


@pytest.mark.parametrize("form", ["safetensors", "zip", "legacy"])
def test_weights_that_are_spoilt_are_one_line(tmp_path: Path, form: str) -> None:
    folder = build_marian(tmp_path / "given", form=form)
    path = next(path for path in folder.iterdir() if path.name in ("model.safetensors", "pytorch_model.bin"))
    sound, dice = path.read_bytes(), random.Random(6)
    for number in range(150):
        spoilt = bytearray(sound)
        for _ in range(dice.choice([1, 8])):
            spoilt[dice.randrange(3000) if number % 2 else -1 - dice.randrange(3000)] = dice.randrange(256)
        path.write_bytes(spoilt)
        with suppress(ConfigError):
            read_tensors(path)


def test_an_archive_with_a_link_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO(argos_package(build_plain(tmp_path / "given")))
    with zipfile.ZipFile(data, "a") as archive:
        link = zipfile.ZipInfo("de_en/model/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    (tmp_path / "de.argosmodel").write_bytes(data.getvalue())
    assert "has a link" in refusal(tmp_path / "de.argosmodel", tmp_path / "out")


def test_a_package_of_another_language_or_other_pieces_is_refused(tmp_path: Path) -> None:
    model = build_plain(tmp_path / "given")
    (tmp_path / "a.argosmodel").write_bytes(argos_package(model, source="fr"))
    assert "translates from 'fr'" in refusal(tmp_path / "a.argosmodel", tmp_path / "a")
    (tmp_path / "b.argosmodel").write_bytes(argos_package(model, pieces="bpe.model"))
    assert "Moses and BPE" in refusal(tmp_path / "b.argosmodel", tmp_path / "b")


def test_what_is_no_model_is_refused_with_what_would_be_one(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    assert "no model in a format that is known" in refusal(tmp_path / "given", tmp_path / "out")
