"""A model in the format of Firefox, made by hand: random weights of 8 bits, pieces learned from a few sentences.

The format is that of Marian's binary files (https://github.com/browsermt/marian-dev, `src/common/binary.cpp`): a
version and the number of tensors, a header for each, their names, shapes, a gap, their data. A weight of 8 bits is
transposed, and its scale follows it.
"""

from __future__ import annotations

import gzip
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from tiny_model import train_pieces

WIDTH, HEADS, INNER = 16, 2, 32
FLOAT, INT8, TEXT = 0x404, 0x4101, 0x101
MODEL, VOCABULARY = "model.deen.intgemm.alphas.bin", "vocab.deen.spm"
SCALE: Final = 40.0


@dataclass(frozen=True)
class Tensor:
    name: str
    kind: int
    shape: tuple[int, ...]
    data: bytes


def build_bergamot(folder: Path, *, packed: bool = False, separate: bool = False, seed: int = 3) -> Path:
    """A folder as Mozilla's registry has it: ``packed`` with gzip; ``separate``: a vocabulary for each side."""
    folder.mkdir(parents=True)
    pieces = train_pieces(folder / VOCABULARY)
    names = [VOCABULARY]
    if separate:
        (folder / VOCABULARY).rename(folder / f"src{VOCABULARY}")
        (folder / f"trg{VOCABULARY}").write_bytes((folder / f"src{VOCABULARY}").read_bytes())
        names = [f"src{VOCABULARY}", f"trg{VOCABULARY}"]
    (folder / MODEL).write_bytes(binary(tensors(pieces, np.random.default_rng(seed), separate=separate)))
    for name in [MODEL, *names] if packed else ():
        (folder / f"{name}.gz").write_bytes(gzip.compress((folder / name).read_bytes(), mtime=0))
        (folder / name).unlink()
    return folder


def tensors(pieces: list[str], dice: np.random.Generator, *, separate: bool) -> list[Tensor]:
    found = [settings(len(pieces))]

    def weight(name: str, rows: int, columns: int) -> None:
        values = np.clip(np.rint(dice.normal(0, 0.5, (rows, columns)) * SCALE), -127, 127).astype(np.int8)
        found.append(Tensor(name, INT8, (rows, columns), values.tobytes() + struct.pack("<f", SCALE)))
        plain(f"{name}_QuantMultA", np.full((1, 1), SCALE))

    def plain(name: str, values: np.ndarray) -> None:
        found.append(Tensor(name, FLOAT, values.shape, values.astype("<f4").tobytes()))

    def norm(name: str) -> None:
        plain(f"{name}_ln_scale", np.ones((1, WIDTH)))
        plain(f"{name}_ln_bias", np.zeros((1, WIDTH)))

    def attention(name: str) -> None:
        for part in "qkvo":
            weight(f"{name}_W{part}", WIDTH, WIDTH)
            plain(f"{name}_b{part}", np.zeros((1, WIDTH)))
        norm(f"{name}_Wo")

    def feed_forward(name: str) -> None:
        weight(f"{name}_W1", WIDTH, INNER)
        plain(f"{name}_b1", np.zeros((1, INNER)))
        weight(f"{name}_W2", INNER, WIDTH)
        plain(f"{name}_b2", np.zeros((1, WIDTH)))
        norm(f"{name}_ffn")

    for name in ("encoder_Wemb", "decoder_Wemb") if separate else ("Wemb",):
        weight(name, len(pieces), WIDTH)
    found[:] = [tensor for tensor in found if not tensor.name.endswith("Wemb_QuantMultA")]
    if separate:
        alpha = struct.pack("<bf", 127, 127 / SCALE)
        found.append(Tensor("decoder_Wemb_QuantMultA", INT8, (1, 1), alpha))
    else:
        plain("none_QuantMultA", np.full((1, 1), SCALE))
    attention("encoder_l1_self")
    feed_forward("encoder_l1_ffn")
    weight("decoder_l1_rnn_W", WIDTH, WIDTH)
    weight("decoder_l1_rnn_Wf", WIDTH, WIDTH)
    plain("decoder_l1_rnn_bf", np.zeros((1, WIDTH)))
    norm("decoder_l1_rnn_ffn")
    attention("decoder_l1_context")
    feed_forward("decoder_l1_ffn")
    # On every processor there are to be letters in what it says.
    letters = np.array([[3.0 * piece.strip("▁").isalpha() for piece in pieces]])
    plain("decoder_ff_logit_out_b", letters)
    return found


def settings(pieces: int) -> Tensor:
    text = (
        f"dim-emb: {WIDTH}\ntransformer-heads: {HEADS}\nenc-depth: 1\ndec-depth: 1\n"
        f"transformer-dim-ffn: {INNER}\ndim-vocabs:\n  - {pieces}\n  - {pieces}\n\0"
    ).encode()
    return Tensor("special:model.yml", TEXT, (len(text),), text)


def binary(found: list[Tensor]) -> bytes:
    names = [tensor.name.encode() + b"\0" for tensor in found]
    head = struct.pack("<QQ", 1, len(found))
    head += b"".join(
        struct.pack("<QQQQ", len(name), tensor.kind, len(tensor.shape), len(tensor.data))
        for name, tensor in zip(names, found, strict=True)
    )
    head += b"".join(names)
    head += b"".join(struct.pack(f"<{len(tensor.shape)}i", *tensor.shape) for tensor in found)
    gap = -(len(head) + 8) % 256
    return head + struct.pack("<Q", gap) + bytes(gap) + b"".join(tensor.data for tensor in found)
