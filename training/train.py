"""Train the network for a given time, on a CPU, in 16 bits; start it again and it goes on where it was.

`python -m training.train --work FOLDER --minutes 60`

The learning rate rises, stays, and falls to nothing over the last part of the time. `last.pt` is everything that is
needed to go on. No checkpoint is picked by its score: the result is the running average of the weights at the end.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.batches import Examples, Numbers
from training.loss import sliced_cross_entropy
from training.muon import Muon
from training.network import Network, Shape
from training.start import start
from training.vocabulary import PAD


@dataclass(slots=True)
class Progress:
    """How far a run has come."""

    step: int = 0
    number: int = 0  # of the pass over the data
    batch: int = 0  # within the pass
    tokens: int = 0
    examples: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """What may be turned; the defaults are what the published model was made with."""

    minutes: float = 84.0
    tokens: int = 8192
    muon_rate: float = 0.004
    adam_rate: float = 0.002
    warm_up: int = 250
    decay: float = 0.3
    smoothing: float = 0.1
    average: float = 0.998
    clip: float = 1.0
    save_minutes: float = 5.0


def rate_at(progress: Progress, recipe: Recipe) -> float:
    """The share of the full learning rate: up by steps, down by the clock."""
    left = 1 - progress.seconds / (recipe.minutes * 60)
    return min(1.0, (progress.step + 1) / recipe.warm_up) * min(1.0, max(0.01, left / recipe.decay))


class Trainer:
    """A network with its optimisers, its running average and its place in the data."""

    def __init__(self, shape: Shape, recipe: Recipe, work: Path) -> None:
        self.recipe, self.work, self.progress = recipe, work, Progress()
        self.network = Network(shape, torch.bfloat16)
        named = dict(self.network.named_parameters())
        matrices = {name: p for name, p in named.items() if p.ndim == 2 and name not in ("source", "embedding")}
        self.muon = Muon(matrices)
        others = [p for name, p in named.items() if name not in matrices]
        self.adam = torch.optim.AdamW(others, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0, fused=True)
        self.average: dict[str, Tensor] = {}
        self.follow_from_here()

    def loss(self, source: Tensor, target: Tensor, *, smoothing: float, scale: float) -> tuple[Tensor, Tensor]:
        """The loss of one batch, to learn from and to report."""
        hidden = self.network(source, target[:, :-1]).reshape(-1, self.network.shape.width)
        following = target[:, 1:].reshape(-1)
        return sliced_cross_entropy(hidden, self.network.embedding, following, smoothing=smoothing, scale=scale)

    def step(self, source: Tensor, target: Tensor) -> tuple[float, int]:
        """Learn from one batch. Returns the summed loss and the number of target pieces."""
        pieces = int((target[:, 1:] != PAD).sum())
        loss, plain = self.loss(source, target, smoothing=self.recipe.smoothing, scale=1 / pieces)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        share = rate_at(self.progress, self.recipe)
        self.adam.param_groups[0]["lr"] = self.recipe.adam_rate * share
        self.adam.step()
        self.muon.step(self.recipe.muon_rate * share)
        self.network.zero_grad(set_to_none=True)
        self._follow()
        self.progress.step += 1
        self.progress.tokens += pieces + int((source != PAD).sum())
        self.progress.examples += len(source)
        return float(plain.detach()), pieces

    def follow_from_here(self) -> None:
        """Let the running average begin at the weights as they are."""
        self.average = {name: p.detach().clone() for name, p in self.network.named_parameters()}

    @torch.no_grad()
    def _follow(self) -> None:
        """Move the running average; at the beginning quickly, so that it forgets the random start."""
        step = self.progress.step
        share = 1 - min(self.recipe.average, (step + 1) / (step + 10))
        now = [p.detach() for p in self.network.parameters()]
        torch._foreach_lerp_(list(self.average.values()), now, share)

    @torch.no_grad()
    def held_out_loss(self, held_out: Examples, *, averaged: bool) -> float:
        """The plain loss per piece on sentences that are never learned (and are not the measuring sets)."""
        own = {name: p.detach().clone() for name, p in self.network.named_parameters()}
        if averaged:
            self.network.load_state_dict(self.average)
        total = pieces = 0.0
        for batch in held_out.batches(16384, np.random.default_rng(0)):
            source, target = held_out.tensors(batch)
            total += float(self.loss(source, target, smoothing=0.0, scale=1.0)[1])
            pieces += int((target[:, 1:] != PAD).sum())
        self.network.load_state_dict(own)
        return total / pieces

    def save(self) -> None:
        """Write the checkpoint beside the old one, then put it in its place."""
        content = {
            "shape": self.network.shape.values(),
            "recipe": asdict(self.recipe),
            "progress": asdict(self.progress),
            "network": self.network.state_dict(),
            "average": self.average,
            "adam": self.adam.state_dict(),
            "muon": self.muon.state(),
        }
        partial = self.work / "last.partial"
        torch.save(content, partial)
        partial.replace(self.work / "last.pt")

    def restore(self, content: dict[str, Any]) -> None:
        """Go on from a checkpoint."""
        self.progress = Progress(**content["progress"])
        self.network.load_state_dict(content["network"])
        self.average = content["average"]
        self.adam.load_state_dict(content["adam"])
        self.muon.restore(content["muon"])


class Threads:
    """One thread or two? On a machine that others use too, two can be slower: try both once a minute."""

    def __init__(self, most: int) -> None:
        self._choices = sorted({1, most})
        self._speed: dict[int, list[float]] = {}
        self._until = 0.0

    def after(self, tokens: int, seconds: float) -> None:
        """Take note of one step; perhaps change."""
        now = time.monotonic()
        if now < self._until or len(self._choices) == 1:
            return
        current = torch.get_num_threads()
        self._speed.setdefault(current, []).append(tokens / seconds)
        if len(self._speed[current]) < 4:
            return
        untried = [choice for choice in self._choices if choice not in self._speed]
        if untried:
            torch.set_num_threads(untried[0])
            return
        torch.set_num_threads(max(self._choices, key=lambda choice: float(np.median(self._speed[choice]))))
        self._speed, self._until = {}, now + 60


class Log:
    """Lines of JSON, and the sums between two of them."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._loss = self._pieces = self._tokens = 0.0
        self._since = time.monotonic()

    def add(self, loss: float, pieces: int, tokens: int) -> None:
        """Count one step."""
        self._loss, self._pieces, self._tokens = self._loss + loss, self._pieces + pieces, self._tokens + tokens

    def write(self, progress: Progress, **more: float) -> None:
        """One line on how it goes since the line before."""
        now = time.monotonic()
        line: dict[str, float] = {**asdict(progress), "threads": torch.get_num_threads()}
        line |= {"loss": self._loss / max(1.0, self._pieces), "tokens_per_second": self._tokens / (now - self._since)}
        line |= more
        self._file.write(json.dumps({key: round(value, 4) for key, value in line.items()}) + "\n")
        self._file.flush()
        self._loss = self._pieces = self._tokens = 0.0
        self._since = now


def batches_of_pass(work: Path, number: int, tokens: int) -> tuple[Examples, list[Numbers]]:
    """The prepared passes in turn, each time cut and shuffled anew."""
    files = sorted(work.glob("pass-?.npz"))
    examples = Examples(files[number % len(files)])
    return examples, examples.batches(tokens, np.random.default_rng(number))


def run(trainer: Trainer, held_out: Examples, threads: Threads, log: Log) -> None:
    """Learn until the time is up."""
    progress, recipe = trainer.progress, trainer.recipe
    begun, saved = time.monotonic() - progress.seconds, time.monotonic()
    while progress.seconds < recipe.minutes * 60:
        examples, batches = batches_of_pass(trainer.work, progress.number, recipe.tokens)
        for batch in batches[progress.batch :]:
            started, tokens = time.monotonic(), progress.tokens
            log.add(*trainer.step(*examples.tensors(batch)), progress.tokens - tokens)
            progress.batch += 1
            now = time.monotonic()
            progress.seconds = now - begun
            threads.after(progress.tokens - tokens, now - started)
            if progress.step % 50 == 0:
                log.write(progress)
            if now - saved > recipe.save_minutes * 60:
                trainer.save()
                log.write(progress, held_out=trainer.held_out_loss(held_out, averaged=True))
                saved = time.monotonic()
            if progress.seconds >= recipe.minutes * 60:
                break
        else:
            progress.number, progress.batch = progress.number + 1, 0
    trainer.save()
    for averaged in (False, True):
        log.write(progress, averaged=averaged, held_out=trainer.held_out_loss(held_out, averaged=averaged))


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="the folder that prepare.py filled")
    parser.add_argument("--minutes", type=float, default=Recipe.minutes)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="folder of a finished model whose weights to begin with")
    return parser.parse_args()


def main() -> None:
    """Train, or go on training."""
    args = arguments()
    torch.manual_seed(1)
    torch.set_num_threads(args.threads)
    prepared = json.loads((args.work / "prepared.json").read_text(encoding="utf-8"))
    source_pieces, pieces = prepared["pieces"]
    shape = Shape(source_pieces=source_pieces, pieces=pieces)
    trainer = Trainer(shape, Recipe(minutes=args.minutes), args.work)
    last = args.work / "last.pt"
    if last.exists():
        trainer.restore(torch.load(last, map_location="cpu", weights_only=True))
    elif args.start:
        start(trainer.network, args.work, args.start)
        trainer.follow_from_here()
    print(trainer.network.weights(), "weights; at step", trainer.progress.step, flush=True)
    run(trainer, Examples(args.work / "held_out.npz"), Threads(args.threads), Log(args.work / "log.jsonl"))


if __name__ == "__main__":
    main()
