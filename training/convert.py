"""From a checkpoint to the folder that CTranslate2 loads: weights in 8 bits, pieces, SentencePiece model.

`python -m training.convert --work FOLDER --out FOLDER`
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any, cast

import torch
from ctranslate2.specs import common_spec, transformer_spec
from torch import Tensor

from limitedtimes.engines.hiding import CAPITALS, NUMBERS, TRANSLATED
from training import vocabulary
from training.network import (
    NORM_EPSILON,
    CrossAttention,
    DecoderLayer,
    EncoderLayer,
    FeedForward,
    Network,
    Norm,
    SelfAttention,
    load,
)
from training.slotted import NOUNS
from training.start import start
from training.vocabulary import SOURCE, TARGET


def _array(weights: Tensor) -> Any:
    return weights.detach().float().numpy().copy()


def _norm(spec: Any, norm: Norm) -> None:
    spec.gamma = _array(norm.gamma)
    spec.beta = _array(torch.zeros_like(norm.gamma))


def _self_attention(spec: Any, part: SelfAttention) -> None:
    _norm(spec.layer_norm, part.norm)
    spec.linear[0].weight = _array(part.qkv.weight)
    spec.linear[1].weight = _array(part.out.weight)


def _cross_attention(spec: Any, part: CrossAttention) -> None:
    _norm(spec.layer_norm, part.norm)
    spec.linear[0].weight = _array(part.query.weight)
    spec.linear[1].weight = _array(part.kv.weight)
    spec.linear[2].weight = _array(part.out.weight)


def _feed(spec: Any, part: FeedForward) -> None:
    _norm(spec.layer_norm, part.norm)
    spec.linear_0.weight = _array(part.up.weight)
    spec.linear_1.weight = _array(part.down.weight)


def specification(network: Network, source: list[str], target: list[str]) -> transformer_spec.TransformerSpec:
    """The network in CTranslate2's own terms."""
    shape = network.shape
    spec = transformer_spec.TransformerSpec.from_config(
        (shape.encoder, shape.decoder),
        shape.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
    )
    spec.encoder.embeddings[0].weight = _array(network.source)
    spec.decoder.embeddings.weight = _array(network.embedding)
    spec.decoder.projection.weight = _array(network.embedding)
    for side, norm in ((spec.encoder, network.encoder_norm), (spec.decoder, network.decoder_norm)):
        side.position_encodings.encodings = _array(network.position)
        _norm(side.layer_norm, norm)
    for part, layer in zip(spec.encoder.layer, network.encoder, strict=True):
        encoder = cast(EncoderLayer, layer)
        _self_attention(part.self_attention, encoder.attention)
        _feed(part.ffn, encoder.feed)
    for part, layer in zip(spec.decoder.layer, network.decoder, strict=True):
        decoder = cast(DecoderLayer, layer)
        _self_attention(part.self_attention, decoder.attention)
        _cross_attention(part.attention, decoder.cross)
        _feed(part.ffn, decoder.feed)
    spec.register_source_vocabulary(source)
    spec.register_target_vocabulary(target)
    return spec


def write(network: Network, work: Path, out: Path, quantization: str = "int8") -> None:
    """Write `model.bin`, `config.json`, both vocabularies, and what the work folder has of pieces and names."""
    processors = [vocabulary.load(work / name) for name in (SOURCE, TARGET)]
    source, target = ([model.id_to_piece(number) for number in range(len(model))] for model in processors)
    spec = specification(network, source, target)
    spec.config.add_source_eos = True
    spec.config.bos_token = spec.config.decoder_start_token = target[vocabulary.BOS]
    spec.config.eos_token, spec.config.unk_token = target[vocabulary.EOS], target[vocabulary.UNK]
    spec.config.layer_norm_epsilon = NORM_EPSILON
    spec.validate()
    spec.optimize(quantization=quantization)
    out.mkdir(parents=True, exist_ok=True)
    spec.save(str(out))
    capitals = [CAPITALS.format(language=code) for code in NOUNS]
    for name in (SOURCE, TARGET, NUMBERS, TRANSLATED, *capitals):
        shutil.copyfile(work / name, out / name)


def mixed(network: Network, older: Path, work: Path, share: float) -> Network:
    """`share` of the network's weights and the rest of the model's that it began with (Wortsman et al. 2022)."""
    begun = Network(network.shape)
    start(begun, work, older)
    with torch.no_grad():
        for own, other in zip(network.parameters(), begun.parameters(), strict=True):
            own.lerp_(other, 1 - share)
    return network


def main() -> None:
    """Convert the running average of `last.pt`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="the folder of the training run")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--quantization", default="int8")
    parser.add_argument("--start", type=Path, help="folder of the model that it began with, to take the mean of both")
    parser.add_argument("--share", type=float, default=0.6, help="of the new weights in that mean")
    args = parser.parse_args()
    network = load(args.work / "last.pt")
    if args.start:
        network = mixed(network, args.start, args.work, args.share)
    write(network, args.work, args.out, args.quantization)
    size = sum(path.stat().st_size for path in args.out.iterdir())
    print(f"{args.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
