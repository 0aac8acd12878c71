"""Train a network for a given time, on a GPU where there is one; start it again and it goes on where it was.

`python -m training.train --work FOLDER --minutes 60`

The learning rate rises, stays, and falls to nothing over the last part of the time. `last.pt` is everything that is
needed to go on. No checkpoint is picked by its score: the result is the running average of the weights at the end.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields
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

AHEAD = 8
"""Batches that are ready before they are needed: a GPU shall not wait."""


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

    minutes: float = 95.0
    tokens: int = 8192
    muon_rate: float = 0.004
    adam_rate: float = 0.002
    warm_up: int = 250
    decay: float = 0.3
    smoothing: float = 0.1
    average: float = 0.998
    clip: float = 1.0
    save_minutes: float = 5.0


@dataclass(frozen=True, slots=True)
class Batch:
    """What is learned from in one step, and how many pieces of the target, and of both sides, count."""

    source: Tensor
    target: Tensor
    pieces: int
    tokens: int

    @classmethod
    def of(cls, examples: Examples, chosen: Numbers) -> Batch:
        """The tensors of some examples, where a GPU can fetch them while it works on others."""
        source, target = examples.tensors(chosen)
        pieces = int((target[:, 1:] != PAD).sum())
        tokens = pieces + int((source != PAD).sum())
        if torch.cuda.is_available():
            source, target = source.pin_memory(), target.pin_memory()
        return cls(source, target, pieces, tokens)


def rate_at(progress: Progress, recipe: Recipe) -> float:
    """The share of the full learning rate: up by steps, down by the clock."""
    left = 1 - progress.seconds / (recipe.minutes * 60)
    return min(1.0, (progress.step + 1) / recipe.warm_up) * min(1.0, max(0.01, left / recipe.decay))


class Trainer:
    """A network with its optimisers, its running average and its place in the data."""

    def __init__(self, shape: Shape, recipe: Recipe, checkpoint: Path) -> None:
        self.recipe, self.checkpoint, self.progress = recipe, checkpoint, Progress()
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.network = Network(shape, torch.bfloat16).to(self.device)
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

    def step(self, batch: Batch) -> Tensor:
        """Learn from one batch. Returns the summed loss, for which nobody has waited yet."""
        source, target = (side.to(self.device, non_blocking=True) for side in (batch.source, batch.target))
        pieces = batch.pieces
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
        self.progress.tokens += batch.tokens
        self.progress.examples += len(source)
        return plain.detach()

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
        self.network.eval()
        if averaged:
            self.network.load_state_dict(self.average)
        total = pieces = 0.0
        for batch in held_out.batches(16384, np.random.default_rng(0)):
            source, target = (side.to(self.device) for side in held_out.tensors(batch))
            total += float(self.loss(source, target, smoothing=0.0, scale=1.0)[1])
            pieces += int((target[:, 1:] != PAD).sum())
        self.network.load_state_dict(own)
        self.network.train()
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
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(content, partial)
        partial.replace(self.checkpoint)

    def restore(self) -> None:
        """Go on from the checkpoint."""
        content: dict[str, Any] = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
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
        self._loss: Tensor | float = 0.0
        self._pieces = self._tokens = 0
        self._since = time.monotonic()

    def add(self, loss: Tensor, batch: Batch) -> None:
        """Count one step."""
        self._loss, self._pieces, self._tokens = (
            loss + self._loss,
            self._pieces + batch.pieces,
            self._tokens + batch.tokens,
        )

    def write(self, progress: Progress, **more: float) -> None:
        """One line on how it goes since the line before."""
        now = time.monotonic()
        line: dict[str, float] = {**asdict(progress), "threads": torch.get_num_threads()}
        line |= {
            "loss": float(self._loss) / max(1, self._pieces),
            "tokens_per_second": self._tokens / (now - self._since),
        }
        line |= more
        self._file.write(json.dumps({key: round(value, 4) for key, value in line.items()}) + "\n")
        self._file.flush()
        self._loss, self._pieces, self._tokens = 0.0, 0, 0
        self._since = now


def batches_of_pass(work: Path, number: int, tokens: int, *, after: int) -> Iterator[Batch]:
    """The prepared passes in turn, each time cut and shuffled anew; those after the first `after`, one ready ahead."""
    files = sorted(work.glob("pass-?.npz"))
    examples = Examples.read(files[number % len(files)])
    with ThreadPoolExecutor(1) as ahead:
        waiting: list[Future[Batch]] = []
        for chosen in examples.batches(tokens, np.random.default_rng(number))[after:]:
            waiting.append(ahead.submit(Batch.of, examples, chosen))
            if len(waiting) > AHEAD:
                yield waiting.pop(0).result()
        yield from (batch.result() for batch in waiting)


def run(trainer: Trainer, held_out: Examples, threads: Threads, log: Log) -> None:
    """Learn until the time is up."""
    progress, recipe, work = trainer.progress, trainer.recipe, trainer.checkpoint.parent
    begun, saved = time.monotonic() - progress.seconds, time.monotonic()
    while progress.seconds < recipe.minutes * 60:
        for batch in batches_of_pass(work, progress.number, recipe.tokens, after=progress.batch):
            started = time.monotonic()
            log.add(trainer.step(batch), batch)
            progress.batch += 1
            now = time.monotonic()
            progress.seconds = now - begun
            threads.after(batch.tokens, now - started)
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
    """The command line: every field of the recipe and of the shape is an option."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="the folder that prepare.py filled")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="folder of a finished model whose weights to begin with")
    for kind in (Recipe, Shape):
        for field in fields(kind):
            if "pieces" not in field.name:
                parser.add_argument(
                    f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default
                )
    return parser.parse_args()


def main() -> None:
    """Train, or go on training."""
    args = arguments()
    torch.manual_seed(1)
    torch.set_num_threads(args.threads)
    source_pieces, pieces = json.loads((args.work / "prepared.json").read_text(encoding="utf-8"))["pieces"]
    given = vars(args) | {"source_pieces": source_pieces, "pieces": pieces}
    shape, recipe = (kind(**{field.name: given[field.name] for field in fields(kind)}) for kind in (Shape, Recipe))
    trainer = Trainer(shape, recipe, args.work / "last.pt")
    if trainer.checkpoint.exists():
        trainer.restore()
    elif args.start:
        start(trainer.network, args.work, args.start)
        trainer.follow_from_here()
    print(trainer.network.weights(), "weights; at step", trainer.progress.step, "on", trainer.device, flush=True)
    threads = Threads(1 if trainer.device.type == "cuda" else args.threads)
    run(trainer, Examples.read(args.work / "held_out.npz"), threads, Log(args.work / "log.jsonl"))


if __name__ == "__main__":
    main()
