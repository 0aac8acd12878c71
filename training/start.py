"""Take up the weights of a finished model: a network that already writes English learns a new language far sooner.

What is there is read from the 8-bit file that CTranslate2 loads. Pieces that the older model has not got begin as the
mean of the pieces that it would have cut them into.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from training import vocabulary
from training.network import Network
from training.vocabulary import SOURCE, TARGET
from training.weights import Floats, read_weights

ENCODER = {
    "attention.norm.gamma": "self_attention/layer_norm/gamma",
    "attention.qkv.weight": "self_attention/linear_0/weight",
    "attention.out.weight": "self_attention/linear_1/weight",
    "feed.norm.gamma": "ffn/layer_norm/gamma",
    "feed.up.weight": "ffn/linear_0/weight",
    "feed.down.weight": "ffn/linear_1/weight",
}
DECODER = {
    "cross.norm.gamma": "attention/layer_norm/gamma",
    "cross.query.weight": "attention/linear_0/weight",
    "cross.kv.weight": "attention/linear_1/weight",
    "cross.out.weight": "attention/linear_2/weight",
}


def _names(network: Network) -> dict[str, str]:
    """Every matrix and norm of the layers, by its name here, with its name there."""
    names = {"encoder_norm.gamma": "encoder/layer_norm/gamma", "decoder_norm.gamma": "decoder/layer_norm/gamma"}
    sides = (("encoder", network.shape.encoder, ENCODER), ("decoder", network.shape.decoder, ENCODER | DECODER))
    for side, layers, parts in sides:
        for number in range(layers):
            names |= {f"{side}.{number}.{own}": f"{side}/layer_{number}/{other}" for own, other in parts.items()}
    return names


def _rows(pieces: Path, older: Path, table: Floats, random: Tensor) -> Tensor:
    """A row for each piece: the older model's, or the mean of those that it cuts the piece into; else as drawn."""
    new, old = vocabulary.load(pieces), vocabulary.load(older)
    rows = random.clone()
    for number in range(len(new)):
        piece = new.id_to_piece(number)
        if old.piece_to_id(piece) != old.unk_id():
            parts = [old.piece_to_id(piece)]
        elif number < 4 or new.is_byte(number) or piece.startswith("<"):
            continue
        else:
            parts = [part for part in old.encode(piece.replace("▁", " ")) if not old.is_byte(part)]
            bare = old.piece_to_id("▁")
            parts = [part for part in parts if part != bare] if not piece.startswith("▁") else parts
        if parts:
            rows[number] = torch.from_numpy(table[parts].mean(0))
    return rows


@torch.no_grad()
def start(network: Network, work: Path, older: Path) -> None:
    """Fill the network from the model in the folder `older`; its layers must have the same sizes."""
    weights = read_weights(older / "model.bin")
    own: dict[str, nn.Parameter] = dict(network.named_parameters())
    for here, there in _names(network).items():
        own[here].copy_(torch.from_numpy(weights[there].copy()))
    one = older / "sentencepiece.model"
    older_pieces = (one, one) if one.exists() else (older / SOURCE, older / TARGET)
    tables = weights["encoder/embeddings_0/weight"], weights["decoder/embeddings/weight"]
    sides = zip((network.source, network.embedding), (SOURCE, TARGET), older_pieces, tables, strict=True)
    for parameter, name, old, table in sides:
        parameter.copy_(_rows(work / name, old, table, parameter.detach().clone()))
