"""A model that is real in every file and knows nothing: random weights, and pieces learned from a few sentences."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import sentencepiece
from ctranslate2.specs import common_spec, transformer_spec

from limitedtimes.engines.slots import SLOTS

WIDTH, HEADS, POSITIONS, VOCABULARY = 16, 2, 200, 120
MAX_TOKENS = 100

SENTENCES = [
    "Die Stadt baut im nächsten Jahr eine neue Brücke über den Fluss.",
    "Der Bürgermeister sprach am Montag von 11.000 Besuchern.",
    "The town will build a new bridge over the river next year.",
    "The mayor spoke of 11,000 visitors on Monday.",
    "Quietly, five jovial wizards mix big potions; zebras jump.",
]

CARD = f"""name = "tiny-de-en"
languages = ["de"]
max_tokens = {MAX_TOKENS}
max_output_tokens = {POSITIONS - 1}
beam = 1
quality = "nonsense"
licence = "Apache-2.0"

[scores]
flores = {{ bleu = 0.1, chrf = 2 }}
"""


def build(directory: Path, *, seed: int = 1) -> Path:
    """Write a whole model into a directory."""
    directory.mkdir(parents=True)
    spec = random_spec(train_pieces(directory / "sentencepiece.model"), np.random.default_rng(seed))
    _save(spec, directory, CARD)
    return directory


def build_separate(directory: Path, *, seed: int = 1) -> Path:
    """A model with a vocabulary for each side, pieces that name the language, and slots for figures."""
    directory.mkdir(parents=True)
    source = train_pieces(directory / "source.model", ["<de>", "<fr>", *SLOTS])
    target = train_pieces(directory / "target.model", SLOTS)
    spec = random_spec(source, np.random.default_rng(seed), target)
    spec.decoder.projection.weight[[target.index(slot) for slot in SLOTS[:2]]] *= 4  # so that it writes slots at all
    _save(
        spec,
        directory,
        CARD.replace('["de"]', '["de", "fr"]').replace("beam", 'prefix = "<{language}>"\nslots = true\nbeam'),
    )
    return directory


def _save(spec: transformer_spec.TransformerSpec, directory: Path, card: str) -> None:
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(directory))
    (directory / "model.toml").write_text(card, encoding="utf-8")


def train_pieces(path: Path, symbols: Sequence[str] = ()) -> list[str]:
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES * 4),
        model_writer=model,
        vocab_size=VOCABULARY + 256,
        hard_vocab_limit=False,
        byte_fallback=True,
        split_digits=True,
        user_defined_symbols=list(symbols),
        pad_id=0,
        bos_id=1,
        eos_id=2,
        unk_id=3,
        minloglevel=2,
    )
    path.write_bytes(model.getvalue())
    pieces = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    return [pieces.id_to_piece(number) for number in range(pieces.get_piece_size())]


def random_spec(
    tokens: list[str], dice: np.random.Generator, target: list[str] | None = None
) -> transformer_spec.TransformerSpec:
    """Random weights; both sides share the tokens and their table unless the target has its own."""
    spec = transformer_spec.TransformerSpec.from_config(
        (1, 1), HEADS, pre_norm=True, activation=common_spec.Activation.RELU
    )

    def matrix(rows: int, columns: int) -> np.ndarray:
        return dice.normal(0, 1, (rows, columns)).astype(np.float32)

    def fill_norm(norm: common_spec.LayerNormSpec) -> None:
        norm.gamma, norm.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def fill_linear(linear: common_spec.LinearSpec, rows: int, columns: int = WIDTH) -> None:
        linear.weight, linear.bias = matrix(rows, columns), np.zeros(rows, np.float32)

    def fill_layer(layer: object, *, decoder: bool) -> None:
        fill_norm(layer.self_attention.layer_norm)  # type: ignore[attr-defined]
        fill_linear(layer.self_attention.linear[0], 3 * WIDTH)  # type: ignore[attr-defined]
        fill_linear(layer.self_attention.linear[1], WIDTH)  # type: ignore[attr-defined]
        if decoder:
            fill_norm(layer.attention.layer_norm)  # type: ignore[attr-defined]
            for linear, rows in zip(layer.attention.linear, (WIDTH, 2 * WIDTH, WIDTH), strict=True):  # type: ignore[attr-defined]
                fill_linear(linear, rows)
        fill_norm(layer.ffn.layer_norm)  # type: ignore[attr-defined]
        fill_linear(layer.ffn.linear_0, 2 * WIDTH)  # type: ignore[attr-defined]
        fill_linear(layer.ffn.linear_1, WIDTH, 2 * WIDTH)  # type: ignore[attr-defined]

    embeddings, positions = matrix(len(tokens), WIDTH), matrix(POSITIONS, WIDTH)
    spec.encoder.embeddings[0].weight = embeddings
    spec.decoder.embeddings.weight = matrix(len(target), WIDTH) if target else embeddings
    spec.decoder.projection.weight = matrix(len(target or tokens), WIDTH)
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = positions
        fill_norm(side.layer_norm)
    fill_layer(spec.encoder.layer[0], decoder=False)
    fill_layer(spec.decoder.layer[0], decoder=True)
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(target or tokens)
    spec.config.add_source_eos = True
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = tokens[1:4]
    spec.config.decoder_start_token = tokens[1]
    return spec
