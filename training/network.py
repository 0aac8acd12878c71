"""The Transformer: deep encoder, shallow decoder, one embedding for the source, one for English and for the output.

Everything here is something that CTranslate2 computes in the same way: layer norm before each part, no biases, ReLU, a
table of sinusoids for the positions. Weights are kept in 32 bits and used in the type of their input.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.vocabulary import PAD

NEVER = -1e4
NORM_EPSILON = 1e-5


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a network. The default has 13 million weights, 4 of them in the table of source pieces."""

    source_pieces: int = 16_000
    pieces: int = 8000
    width: int = 256
    inner: int = 1024
    heads: int = 4
    encoder: int = 6
    decoder: int = 2
    positions: int = 256
    dropout: float = 0.0

    def values(self) -> dict[str, float]:
        """As plain values, for the checkpoint and for the card."""
        return asdict(self)


def sinusoids(positions: int, width: int) -> Tensor:
    """The fixed position table."""
    steps = torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
    angles = torch.arange(positions)[:, None] * steps
    return torch.stack((angles.sin(), angles.cos()), dim=-1).reshape(positions, width)


class Norm(nn.Module):
    """Layer norm without offset: on a CPU thirty times as fast as RMS norm, which torch has no kernel for."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, self.gamma.shape, self.gamma.to(x.dtype), None, NORM_EPSILON)


class Matrix(nn.Module):
    """A linear layer without bias; `gain` makes the last layer of a residual branch start small."""

    def __init__(self, inputs: int, outputs: int, gain: float = 1.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) * gain / math.sqrt(inputs))

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight.to(x.dtype))


def attend(query: Tensor, key: Tensor, value: Tensor, heads: int, mask: Tensor | None) -> Tensor:
    """Plain attention: on a CPU and at these lengths faster than the fused kernel."""

    def split(x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)

    q, k, v = split(query), split(key), split(value)
    weights = torch.matmul(q * q.shape[-1] ** -0.5, k.transpose(-1, -2))
    if mask is not None:
        weights = weights + mask
    return torch.matmul(torch.softmax(weights, -1), v).transpose(1, 2).reshape(query.shape)


class SelfAttention(nn.Module):
    """Attention within one sentence; `qkv` holds three square matrices, one above the other."""

    def __init__(self, shape: Shape, gain: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.norm = Norm(shape.width)
        self.qkv = Matrix(shape.width, 3 * shape.width)
        self.out = Matrix(shape.width, shape.width, gain)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        query, key, value = self.qkv(self.norm(x)).chunk(3, -1)
        result: Tensor = self.out(attend(query, key, value, self.heads, mask))
        return result


class CrossAttention(nn.Module):
    """Attention from the translation to the source sentence."""

    def __init__(self, shape: Shape, gain: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.norm = Norm(shape.width)
        self.query = Matrix(shape.width, shape.width)
        self.kv = Matrix(shape.width, 2 * shape.width)
        self.out = Matrix(shape.width, shape.width, gain)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor | None) -> Tensor:
        key, value = self.kv(memory).chunk(2, -1)
        result: Tensor = self.out(attend(self.query(self.norm(x)), key, value, self.heads, mask))
        return result


class FeedForward(nn.Module):
    """Two matrices with a ReLU between."""

    def __init__(self, shape: Shape, gain: float) -> None:
        super().__init__()
        self.norm = Norm(shape.width)
        self.up = Matrix(shape.width, shape.inner)
        self.down = Matrix(shape.inner, shape.width, gain)

    def forward(self, x: Tensor) -> Tensor:
        result: Tensor = self.down(F.relu(self.up(self.norm(x))))
        return result


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward, each added to its input."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        gain = (2 * shape.encoder) ** -0.5
        self.dropout = shape.dropout
        self.attention = SelfAttention(shape, gain)
        self.feed = FeedForward(shape, gain)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        x = x + F.dropout(self.attention(x, mask), self.dropout, self.training)
        return x + F.dropout(self.feed(x), self.dropout, self.training)


class DecoderLayer(nn.Module):
    """As in the encoder, with attention to the source between."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        gain = (3 * shape.decoder) ** -0.5
        self.dropout = shape.dropout
        self.attention = SelfAttention(shape, gain)
        self.cross = CrossAttention(shape, gain)
        self.feed = FeedForward(shape, gain)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor | None, causal: Tensor) -> Tensor:
        x = x + F.dropout(self.attention(x, causal), self.dropout, self.training)
        x = x + F.dropout(self.cross(x, memory, mask), self.dropout, self.training)
        return x + F.dropout(self.feed(x), self.dropout, self.training)


class Network(nn.Module):
    """Source and target pieces in, hidden states of the target out; `embedding` is also the output matrix."""

    position: Tensor
    causal: Tensor

    def __init__(self, shape: Shape, compute: torch.dtype = torch.float32) -> None:
        super().__init__()
        self.shape, self.compute = shape, compute
        self.source = nn.Parameter(torch.randn(shape.source_pieces, shape.width) * shape.width**-0.5)
        self.embedding = nn.Parameter(torch.randn(shape.pieces, shape.width) * shape.width**-0.5)
        self.encoder = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.encoder))
        self.decoder = nn.ModuleList(DecoderLayer(shape) for _ in range(shape.decoder))
        self.encoder_norm, self.decoder_norm = Norm(shape.width), Norm(shape.width)
        self.register_buffer("position", sinusoids(shape.positions, shape.width), persistent=False)
        square = torch.full((shape.positions, shape.positions), NEVER).triu(1)
        self.register_buffer("causal", square, persistent=False)

    def _embed(self, pieces: Tensor, table: Tensor) -> Tensor:
        x = F.embedding(pieces, table) * math.sqrt(self.shape.width) + self.position[: pieces.shape[1]]
        return F.dropout(x, self.shape.dropout, self.training).to(self.compute)

    def encode(self, source: Tensor, mask: Tensor | None) -> Tensor:
        """What the decoder looks at."""
        x = self._embed(source, self.source)
        for layer in self.encoder:
            x = layer(x, mask)
        result: Tensor = self.encoder_norm(x)
        return result

    def decode(self, target: Tensor, memory: Tensor, mask: Tensor | None) -> Tensor:
        """The hidden state after each piece of the target."""
        x, length = self._embed(target, self.embedding), target.shape[1]
        causal = self.causal[:length, :length].to(x.dtype)
        for layer in self.decoder:
            x = layer(x, memory, mask, causal)
        result: Tensor = self.decoder_norm(x)
        return result

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        mask = padding_mask(source, self.compute)
        return self.decode(target, self.encode(source, mask), mask)

    def weights(self) -> int:
        """How many numbers were learned."""
        return sum(parameter.numel() for parameter in self.parameters())


def padding_mask(source: Tensor, dtype: torch.dtype) -> Tensor | None:
    """What keeps attention off the padding; none where there is none (on a GPU, asking would make it wait)."""
    padded = source == PAD
    return padded[:, None, None, :].to(dtype) * NEVER if padded.is_cuda or bool(padded.any()) else None


def load(checkpoint: Path) -> Network:
    """The network of a checkpoint, with the running average of its weights."""
    content: dict[str, Any] = torch.load(checkpoint, map_location="cpu", weights_only=True)
    network = Network(Shape(**content["shape"]))
    network.load_state_dict(content["average"])
    return network.eval()
