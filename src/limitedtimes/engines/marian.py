"""From an OPUS-MT checkpoint, as the hub has it, to the folder that CTranslate2 loads, in 8 bits.

Without PyTorch: `tensors.py` reads the weights, and CTranslate2's own specification is filled with them, as its
converter for Transformers does (`MarianMTLoader`).
"""

from __future__ import annotations

import json
import math
import shutil
from pathlib import Path
from typing import Any, Final

import numpy as np
from ctranslate2.specs import common_spec, transformer_spec

from limitedtimes.engines.layout import SEPARATE
from limitedtimes.engines.tensors import Tensors, read_tensors
from limitedtimes.errors import ConfigError

WEIGHTS: Final = ("model.safetensors", "pytorch_model.bin")
CONFIG, VOCABULARY = "config.json", "vocab.json"
PIECES: Final = ("source.spm", "target.spm")
POSITIONS: Final = 2048
"""Longest sentence or translation, in pieces; the sinusoids know no end."""
END, UNKNOWN, PADDING = "</s>", "<unk>", "<pad>"
ACTIVATIONS: Final = {
    "relu": common_spec.Activation.RELU,
    "gelu": common_spec.Activation.GELU,
    "swish": common_spec.Activation.SWISH,
    "silu": common_spec.Activation.SWISH,
}


def is_marian(folder: Path) -> bool:
    """Whether it has the files of such a checkpoint."""
    return (folder / VOCABULARY).is_file() and any((folder / name).is_file() for name in WEIGHTS)


def convert(folder: Path, out: Path) -> None:
    """Write weights, vocabulary and pieces into ``out``. Raises ConfigError that names the file and what is wrong."""
    config, tokens = _read_json(folder / CONFIG), _tokens(folder / VOCABULARY)
    weights = next((folder / name for name in WEIGHTS if (folder / name).is_file()), folder / WEIGHTS[0])
    for name in PIECES:
        if not (folder / name).is_file():
            raise ConfigError(f"{folder / name}: no such file; the checkpoint is not complete")
    _check(config, folder / CONFIG)
    try:
        spec = specification(config, read_tensors(weights), tokens)
        spec.validate()
        spec.optimize(quantization="int8")
    except KeyError as error:
        raise ConfigError(f"{weights}: has no {error}; the checkpoint is not complete") from None
    except (ValueError, TypeError, IndexError) as error:
        raise ConfigError(f"{weights}: does not fit together ({' '.join(str(error).split())})") from None
    spec.save(str(out))
    for name, given in zip(SEPARATE[2:], PIECES, strict=True):
        shutil.copyfile(folder / given, out / name)


def specification(config: dict[str, Any], tensors: Tensors, tokens: list[str]) -> transformer_spec.TransformerSpec:
    """The network in CTranslate2's own terms. Raises KeyError for a tensor that is missing, ValueError."""
    spec = transformer_spec.TransformerSpec.from_config(
        (config["encoder_layers"], config["decoder_layers"]),
        config["encoder_attention_heads"],
        pre_norm=False,
        activation=ACTIVATIONS[config["activation_function"]],
    )
    embeddings = tensors["model.shared.weight"] if "model.shared.weight" in tensors else tensors["lm_head.weight"]
    embeddings = embeddings[: len(tokens)]  # without padding, which stands last
    if embeddings.shape != (len(tokens), config["d_model"]):
        raise ValueError(f"{len(tokens)} pieces in {VOCABULARY}, weights of shape {embeddings.shape}")
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = embeddings
    spec.decoder.projection.weight = embeddings
    if "final_logits_bias" in tensors:
        spec.decoder.projection.bias = tensors["final_logits_bias"].reshape(-1)[: len(tokens)]
    spec.decoder.start_from_zero_embedding = True
    for side, name in ((spec.encoder, "encoder"), (spec.decoder, "decoder")):
        side.scale_embeddings = math.sqrt(config["d_model"]) if config.get("scale_embedding") else 1.0
        side.position_encodings.encodings = positions(POSITIONS, config["d_model"])
        for number, layer in enumerate(side.layer):
            _fill_layer(layer, tensors, f"model.{name}.layers.{number}")
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.add_source_eos = True
    # It starts from zeros whatever the token is.
    spec.config.bos_token = spec.config.eos_token = spec.config.decoder_start_token = END
    spec.config.unk_token = UNKNOWN
    return spec


def positions(count: int, width: int) -> np.ndarray:
    """Marian's sinusoids: all sines, then all cosines. They are not learned, and most checkpoints leave them out."""
    angles = np.arange(count)[:, None] / np.power(10000, 2 * np.arange(width // 2) / width)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


def _fill_layer(layer: Any, tensors: Tensors, name: str) -> None:
    attention = [_linear(tensors, f"{name}.self_attn.{part}_proj") for part in "qkv"]
    _set_linear(layer.self_attention.linear[0], *_joined(attention))
    _set_linear(layer.self_attention.linear[1], *_linear(tensors, f"{name}.self_attn.out_proj"))
    _set_norm(layer.self_attention.layer_norm, tensors, f"{name}.self_attn_layer_norm")
    if hasattr(layer, "attention"):
        query, *rest = [_linear(tensors, f"{name}.encoder_attn.{part}_proj") for part in "qkv"]
        _set_linear(layer.attention.linear[0], *query)
        _set_linear(layer.attention.linear[1], *_joined(rest))
        _set_linear(layer.attention.linear[2], *_linear(tensors, f"{name}.encoder_attn.out_proj"))
        _set_norm(layer.attention.layer_norm, tensors, f"{name}.encoder_attn_layer_norm")
    _set_linear(layer.ffn.linear_0, *_linear(tensors, f"{name}.fc1"))
    _set_linear(layer.ffn.linear_1, *_linear(tensors, f"{name}.fc2"))
    _set_norm(layer.ffn.layer_norm, tensors, f"{name}.final_layer_norm")


Linear = tuple[np.ndarray, np.ndarray]
"""Weight and bias."""


def _linear(tensors: Tensors, name: str) -> Linear:
    return tensors[f"{name}.weight"], tensors[f"{name}.bias"]


def _joined(linears: list[Linear]) -> Linear:
    return np.concatenate([weight for weight, _ in linears]), np.concatenate([bias for _, bias in linears])


def _set_linear(spec: Any, weight: np.ndarray, bias: np.ndarray) -> None:
    spec.weight, spec.bias = weight, bias


def _set_norm(spec: Any, tensors: Tensors, name: str) -> None:
    spec.gamma, spec.beta = tensors[f"{name}.weight"], tensors[f"{name}.bias"]


def _check(config: dict[str, Any], path: Path) -> None:
    """Raises ConfigError for a network that is not built as all of OPUS-MT's are."""
    wrong = {
        "model_type": config.get("model_type") != "marian",
        "activation_function": config.get("activation_function") not in list(ACTIVATIONS),  # of a list there is no hash
        "normalize_before": config.get("normalize_before", False),
        "normalize_embedding": config.get("normalize_embedding", False),
        "share_encoder_decoder_embeddings": not config.get("share_encoder_decoder_embeddings", True),
    }
    for name in ("encoder_layers", "decoder_layers", "encoder_attention_heads", "d_model"):
        wrong[name] = type(config.get(name)) is not int or not 0 < config[name] < 2**16
    wrong["encoder_attention_heads"] = wrong["encoder_attention_heads"] or bool(
        not wrong["d_model"] and config["d_model"] % config["encoder_attention_heads"]
    )
    for name, broken in wrong.items():
        if broken:
            raise ConfigError(f"{path}: {name}: {config.get(name)!r} is not what can be converted; try another model")


def _tokens(path: Path) -> list[str]:
    """The pieces by their number, but for the padding at the end. Raises ConfigError."""
    numbers = _read_json(path)
    if sorted(map(str, numbers.values())) != sorted(map(str, range(len(numbers)))):
        raise ConfigError(f"{path}: does not number its pieces from 0 without a gap")
    tokens = sorted(numbers, key=lambda token: int(numbers[token]))
    return tokens[:-1] if tokens and tokens[-1] == PADDING else tokens


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; the checkpoint is not complete") from None
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: cannot be read as JSON ({error})") from None
    if not isinstance(found, dict):
        raise ConfigError(f"{path}: is not a table")
    return found
