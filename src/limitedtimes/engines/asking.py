"""What a network is asked, in which batches, and what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from limitedtimes.engines import slots
from limitedtimes.engines.parts import joined
from limitedtimes.protocols import Rendering

BATCH_TOKENS: Final = 384
"""Padded source pieces per batch."""
Amiss: TypeAlias = tuple[int, bool]
"""How many slots a text lost or doubled, and whether it has other quotation marks than the sentence."""
_QUOTATION_MARK: Final = re.compile('["“”„«»]')


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sentence as the network sees it: with slots, in pieces; and what is hidden from it, in English, by slot."""

    text: str
    pieces: list[str]
    hidden: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the network made of a sentence, still with slots, how many of them it lost or doubled, and what else it
    would say."""

    text: str
    score: float | None
    lost: int
    others: Iterable[Rendering] = ()

    def rendering(self, prepared: Prepared) -> Rendering:
        """With what was hidden in its place again."""
        return Rendering(slots.fill(self.text, prepared.hidden), self.score, others=self.others)


@dataclass(frozen=True, slots=True)
class Others:
    """Less probable hypotheses that lack no more than the best: as they are wanted, for most never are."""

    pieces: Sequence[Sequence[str]]
    scores: Sequence[float]
    prepared: Prepared
    most: Amiss
    target: Any

    def __iter__(self) -> Iterator[Rendering]:
        for pieces, score in zip(self.pieces, self.scores, strict=True):
            text = self.target.decode(pieces)
            if amiss(text, self.prepared) <= self.most:
                yield Rendering(slots.fill(text, self.prepared.hidden), score)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A sentence that lost a slot, and what the network said to it."""

    prepared: Prepared
    answer: Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """Sentences that the network has been asked for: indices, and what will be the results, of each batch."""

    prepared: Sequence[Prepared]
    running: Sequence[tuple[Sequence[int], Sequence[Any]]]


def amiss(text: str, prepared: Prepared) -> Amiss:
    """What a text lacks as the English of a sentence; the single quotation marks are apostrophes too."""
    marks = len(_QUOTATION_MARK.findall(text)) != len(_QUOTATION_MARK.findall(prepared.text))
    return slots.lost(text, prepared.hidden), marks


def whole(first: Answer, second: Answer, half: tuple[str, str], hidden: Mapping[str, str]) -> Answer:
    """What the network said to both halves of a sentence, as one; as sure as the less sure one."""
    text = joined((first.text, second.text), half)
    score = None if first.score is None or second.score is None else min(first.score, second.score)
    return Answer(text, score, slots.lost(text, hidden))


def batches(pieces: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """Indices of what is not empty, the longest first, in batches of at most BATCH_TOKENS with their padding.

    Neighbours in length share a batch, so that little is padding, and a limit on the output suits all of it.
    """
    batch: list[int] = []
    for index in sorted(range(len(pieces)), key=lambda index: -len(pieces[index])):
        if not pieces[index]:
            break
        if batch and (len(batch) + 1) * len(pieces[batch[0]]) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
