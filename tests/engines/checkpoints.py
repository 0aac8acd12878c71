"""Models as others publish them, made by hand: random weights, pieces learned from a few sentences."""

from __future__ import annotations

import collections
import io
import json
import pickle
import shutil
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from tiny_model import WIDTH, build, random_spec, train_pieces

LAYERS = 2


def build_marian(folder: Path, *, form: str = "safetensors", mute: bool = False) -> Path:
    """An OPUS-MT checkpoint as the hub has it, with its weights in one of three forms; ``mute``: it says nothing but
    full stops."""
    folder.mkdir(parents=True)
    source = train_pieces(folder / "source.spm")
    shutil.copyfile(folder / "source.spm", folder / "target.spm")
    tokens = ["</s>", "<unk>", *[piece for piece in source if piece not in ("</s>", "<unk>", "<pad>")], "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({token: number for number, token in enumerate(tokens)}))
    config = {
        "model_type": "marian",
        "encoder_layers": LAYERS,
        "decoder_layers": LAYERS,
        "encoder_attention_heads": 2,
        "d_model": WIDTH,
        "max_position_embeddings": 512,
        "activation_function": "swish",
        "scale_embedding": True,
    }
    (folder / "config.json").write_text(json.dumps(config))
    tensors = marian_tensors(len(tokens))
    # Processors round differently, and so does what random weights say: on each there are to be letters in it.
    letters = [piece.strip("▁").isalpha() for piece in tokens]
    points = [not any(map(str.isalnum, piece)) for piece in tokens]
    tensors["final_logits_bias"][0, points if mute else letters] += 1000 if mute else 3
    if form == "safetensors":
        write_safetensors(folder / "model.safetensors", tensors)
    else:
        (folder / "pytorch_model.bin").write_bytes(torch_zip(tensors) if form == "zip" else torch_legacy(tensors))
    return folder


def marian_tensors(pieces: int) -> dict[str, np.ndarray]:
    dice = np.random.default_rng(7)
    tensors = {"model.shared.weight": dice.normal(0, 1, (pieces, WIDTH))}
    tensors["final_logits_bias"] = dice.normal(0, 1, (1, pieces))

    def add(name: str, rows: int, columns: int) -> None:
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = dice.normal(0, 1, (rows, columns)), dice.normal(0, 1, rows)

    def add_norm(name: str) -> None:
        tensors[f"{name}.weight"], tensors[f"{name}.bias"] = dice.normal(1, 0.2, WIDTH), dice.normal(0, 0.2, WIDTH)

    for side in ("encoder", "decoder"):
        for layer in range(LAYERS):
            name = f"model.{side}.layers.{layer}"
            for attention in ("self_attn", "encoder_attn")[: 1 if side == "encoder" else 2]:
                for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
                    add(f"{name}.{attention}.{part}", WIDTH, WIDTH)
                add_norm(f"{name}.{attention}_layer_norm")
            add(f"{name}.fc1", 2 * WIDTH, WIDTH)
            add(f"{name}.fc2", WIDTH, 2 * WIDTH)
            add_norm(f"{name}.final_layer_norm")
    return {name: tensor.astype(np.float32) for name, tensor in tensors.items()}


def marian_npz(tensors: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The same weights as Marian itself calls them, without the padding that Transformers adds."""
    names = {"self_attn": "self", "encoder_attn": "context"}
    found = {"Wemb": tensors["model.shared.weight"][:-1]}
    found["decoder_ff_logit_out_b"] = tensors["final_logits_bias"][:, :-1]
    for side, layer in ((side, layer) for side in ("encoder", "decoder") for layer in range(LAYERS)):
        given, name = f"model.{side}.layers.{layer}", f"{side}_l{layer + 1}"
        for attention in ("self_attn", "encoder_attn")[: 1 if side == "encoder" else 2]:
            inner = f"{name}_{names[attention]}"
            for part, letter in (("q_proj", "q"), ("k_proj", "k"), ("v_proj", "v"), ("out_proj", "o")):
                found[f"{inner}_W{letter}"] = tensors[f"{given}.{attention}.{part}.weight"].T
                found[f"{inner}_b{letter}"] = tensors[f"{given}.{attention}.{part}.bias"][None]
            found[f"{inner}_Wo_ln_scale"] = tensors[f"{given}.{attention}_layer_norm.weight"][None]
            found[f"{inner}_Wo_ln_bias"] = tensors[f"{given}.{attention}_layer_norm.bias"][None]
        for number in "12":
            found[f"{name}_ffn_W{number}"] = tensors[f"{given}.fc{number}.weight"].T
            found[f"{name}_ffn_b{number}"] = tensors[f"{given}.fc{number}.bias"][None]
        found[f"{name}_ffn_ffn_ln_scale"] = tensors[f"{given}.final_layer_norm.weight"][None]
        found[f"{name}_ffn_ffn_ln_bias"] = tensors[f"{given}.final_layer_norm.bias"][None]
    found["special:model.yml"] = np.frombuffer(MARIAN_OPTIONS.encode() + b"\0", np.int8)
    return found


MARIAN_OPTIONS = f"""
type: transformer
enc-depth: {LAYERS}
dec-depth: {LAYERS}
transformer-heads: 2
transformer-ffn-activation: swish
transformer-preprocess: ""
transformer-postprocess: dan
transformer-postprocess-emb: d
transformer-decoder-autoreg: self-attention
transformer-no-projection: false
transformer-guided-alignment-layer: last
"""


def write_safetensors(path: Path, tensors: Mapping[str, np.ndarray]) -> None:
    """https://huggingface.co/docs/safetensors"""
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    data = b""
    for name, tensor in tensors.items():
        raw = tensor.tobytes()
        header[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    encoded = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(encoded)) + encoded + data)


class _Name:
    """Stands for something of PyTorch's in a pickle, which only its name is needed of."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name


class _Rebuilt:
    def __init__(self, key: str, tensor: np.ndarray) -> None:
        self.key, self.tensor = key, tensor


class _Storage:
    def __init__(self, key: str, count: int) -> None:
        self.key, self.count = key, count


_Writing: Any = pickle._Pickler  # the one in Python, which can be told how to write


class _Pickler(_Writing):  # type: ignore[misc]
    """Writes what PyTorch would, of weights."""

    legacy = False

    def persistent_id(self, value: object) -> object:
        if isinstance(value, _Storage):
            view = (None,) if self.legacy else ()
            return ("storage", _Name("torch", "FloatStorage"), value.key, "cpu", value.count, *view)
        return None

    def save(self, value: object, *arguments: object, **named: object) -> None:
        if isinstance(value, _Name):
            self.write(pickle.GLOBAL + f"{value.module}\n{value.name}\n".encode())
            return
        if isinstance(value, _Rebuilt):
            self.save(_Name("torch._utils", "_rebuild_tensor_v2"))
            tensor = value.tensor
            stride = tuple(step // tensor.itemsize for step in tensor.strides)
            storage = _Storage(value.key, tensor.size)
            super().save((storage, 0, tensor.shape, stride, False, collections.OrderedDict()))
            self.write(pickle.REDUCE)
            return
        super().save(value, *arguments, **named)


def _records(tensors: Mapping[str, np.ndarray], *, legacy: bool) -> bytes:
    out = io.BytesIO()
    pickler = _Pickler(out, 2)
    pickler.legacy = legacy
    pickler.dump(
        collections.OrderedDict(
            (name, _Rebuilt(str(key), tensor)) for key, (name, tensor) in enumerate(tensors.items())
        )
    )
    return out.getvalue()


def torch_zip(tensors: Mapping[str, np.ndarray]) -> bytes:
    """What torch.save writes since 1.6."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.pkl", _records(tensors, legacy=False))
        for key, tensor in enumerate(tensors.values()):
            archive.writestr(f"archive/data/{key}", tensor.tobytes("A"))
        archive.writestr("archive/version", "3\n")
    return out.getvalue()


def torch_legacy(tensors: Mapping[str, np.ndarray]) -> bytes:
    """What torch.save wrote before 1.6."""
    head = [0x1950A86A20F9469CFC6C, 1001, {"protocol_version": 1001, "little_endian": True}]
    out = b"".join(pickle.dumps(value, 2) for value in head) + _records(tensors, legacy=True)
    out += pickle.dumps([str(key) for key in range(len(tensors))], 2)
    return out + b"".join(struct.pack("<q", tensor.size) + tensor.tobytes("A") for tensor in tensors.values())


def argos_package(
    model: Path, *, source: str = "de", extra: Mapping[str, bytes] | None = None, pieces: str = ""
) -> bytes:
    """An .argosmodel of a CTranslate2 model that is there."""
    metadata = {"package_version": "1.0", "argos_version": "1.9", "from_code": source, "to_code": "en"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("de_en/metadata.json", json.dumps(metadata))
        archive.writestr("de_en/README.md", "# German to English\nLicense: CC0\n")
        archive.writestr("de_en/stanza/de/tokenize.pt", b"not needed")
        archive.write(model / "sentencepiece.model", f"de_en/{pieces or 'sentencepiece.model'}")
        for name in ("model.bin", "config.json", "shared_vocabulary.json"):
            archive.write(model / name, f"de_en/model/{name}")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def build_nllb(folder: Path) -> Path:
    """CTranslate2, converted from NLLB: languages that the network knows and the pieces do not, on both sides."""
    folder.mkdir(parents=True)
    tokens = [*train_pieces(folder / "sentencepiece.bpe.model"), "deu_Latn", "fra_Latn", "eng_Latn"]
    spec = random_spec(tokens, np.random.default_rng(3))
    spec.config.add_source_eos = False
    spec.validate()
    spec.save(str(folder))
    (folder / "shared_vocabulary.json").unlink()
    (folder / "shared_vocabulary.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    return folder


def build_plain(folder: Path) -> Path:
    """CTranslate2 with one vocabulary, and no card."""
    build(folder)
    (folder / "model.toml").unlink()
    return folder
