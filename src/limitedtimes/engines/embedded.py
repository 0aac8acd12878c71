"""Translation models that run in this process, with CTranslate2 and SentencePiece.

The only file that runs either; `marian.py` writes files for the first. A `Shelf` holds every model that is loaded, so
that each is in memory once however many engines use it; two shelves share nothing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final

import ctranslate2
import sentencepiece

from limitedtimes.engines import slots
from limitedtimes.engines.card import FILE, Card, Description, read_card
from limitedtimes.engines.hiding import Hiding, files, read_hiding
from limitedtimes.engines.layout import WEIGHTS, layout_of, read_vocabulary
from limitedtimes.engines.parts import halves, joined
from limitedtimes.engines.punctuation import plain
from limitedtimes.errors import ConfigError, TranslateError
from limitedtimes.protocols import Rendering

PATIENT, MORE_PATIENT = 4, 6
"""The beam for the few sentences that lost a slot, and for those that lost a figure: one of so many hypotheses mostly
has them all."""
RUN: Final = 4096
"""Sentences that are put to the network at a time. Of a tenth as many, more would be padding: 4 % of the time."""
TOGETHER: Final = 16
"""Sentences that lost a slot and are asked for again at a time."""
FRAME: Final = 3
"""Pieces around a sentence, at most, that say what it is."""
MOST_SLOTS: Final = len((*slots.SLOTS, *slots.NAMES))
"""What slots may add to the pieces of a sentence: one each, where what they hide was one itself."""
DIVIDED: Final = 2
"""How often what still lost one is cut in half."""
BATCH_TOKENS: Final = 512
"""Padded source pieces per batch."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """CTranslate2's translator, SentencePiece's processors of source and English (one where they share pieces), and
    what is hidden from them."""

    translator: Any
    source: Any
    target: Any
    hiding: Hiding


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sentence as the network sees it: with slots, in pieces; and what is hidden from it, in English, by slot."""

    text: str
    pieces: list[str]
    hidden: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the network made of a sentence, still with slots, and how many of them it lost or doubled."""

    text: str
    score: float | None
    lost: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Sentences that the network has been asked for: indices, and what will be the results, of each batch."""

    prepared: Sequence[Prepared]
    running: Sequence[tuple[Sequence[int], Sequence[Any]]]


class Model:
    """One directory's weights and pieces: loaded once, at the first use, and safe to share between threads."""

    def __init__(self, directory: Path, *, threads: int) -> None:
        self.card: Card = read_card(directory)
        self._directory, self._threads, self._lock = directory, threads, Lock()
        self._loaded: Loaded | None = None
        self._layout = layout_of(directory)

    @cached_property
    def digest(self) -> str:
        """The first 8 hex digits of the SHA-256 of weights, pieces and the lists of what is hidden."""
        digest = hashlib.sha256()
        for name in (WEIGHTS, *self._layout.pieces, *files(self.card)):
            with (self._directory / name).open("rb") as file:
                while chunk := file.read(2**20):
                    digest.update(chunk)
        return digest.hexdigest()[:8]

    def load(self) -> Loaded:
        """The open libraries. Raises ConfigError for broken files."""
        with self._lock:
            if self._loaded is None:
                pieces = [self._open(name, _open_pieces) for name in self._layout.pieces]
                self._check_asked_for(pieces)
                hiding = read_hiding(self._directory, self.card, lambda word: len(pieces[0].encode(word)))
                self._loaded = Loaded(self._open(WEIGHTS, self._open_weights), pieces[0], pieces[-1], hiding)
        return self._loaded

    def _check_asked_for(self, pieces: Sequence[Any]) -> None:
        """A piece that the model has not learned would be unknown to it, and spoil every sentence."""
        card, layout = self.card, self._layout
        before = [piece for language in sorted(card.languages) for piece in card.before(language)]
        wanted = [("prefix", 0, piece) for piece in before]
        wanted += [("suffix", 0, piece) for piece in card.after]
        wanted += [("target_prefix", -1, piece) for piece in card.opening]
        missing = [(field, side, piece) for field, side, piece in wanted if _unknown(pieces[side], piece)]
        for field, side, piece in missing:  # a network may know more than the pieces, as NLLB its languages
            if piece not in read_vocabulary(self._directory / layout.vocabularies[side]):
                raise ConfigError(f"{self._directory / FILE}: {field}: {layout.pieces[side]} has no piece {piece!r}")

    def _open(self, name: str, opener: Any) -> Any:
        path = self._directory / name
        try:
            return opener(path)
        except Exception as error:  # both libraries raise RuntimeError, ValueError or OSError, as they like
            why = " ".join(str(error).split()) or type(error).__name__
            raise ConfigError(f"{path}: the model cannot be loaded ({why}); put a sound copy there") from None

    def _open_weights(self, path: Path) -> Any:
        """One worker with one thread per core: three times the speed of one worker with a thread per core. With a bound
        on its queue, whoever fills it would wait, and do nothing else."""
        return ctranslate2.Translator(
            str(path.parent),
            device="cpu",
            compute_type="int8",
            inter_threads=self._threads,
            intra_threads=1,
            max_queued_batches=-1,
        )


def _unknown(pieces: Any, piece: str) -> bool:
    return bool(pieces.piece_to_id(piece) == pieces.unk_id())


def _open_pieces(path: Path) -> Any:
    return sentencepiece.SentencePieceProcessor(model_file=str(path))


class Embedded:
    """A Translator over one loaded model, decoding with one beam width."""

    def __init__(self, model: Model, *, beam: int | None = None) -> None:
        self._model = model
        self._beam = beam or model.card.beam

    @property
    def id(self) -> str:
        """A beam other than the model's own is another engine: it renders differently."""
        card = self._model.card
        width = "" if self._beam == card.beam else f"+beam{self._beam}"
        return f"ctranslate2/{card.name}@{self._model.digest}{width}"

    @property
    def languages(self) -> frozenset[str]:
        return self._model.card.languages

    @property
    def drafts(self) -> Mapping[str, float]:
        return {self.id: self._model.card.unsure} if self._model.card.draft else {}

    def describe(self) -> Description:
        card = self._model.card
        return Description(self.id, card.name, card.languages, card.quality, card.scores, card.licence)

    def fits(self, sentence: str, language: str) -> bool:
        self._check(language)
        limit = self._model.card.max_tokens
        if 2 * len(sentence.encode()) + FRAME <= limit:  # Щ is two bytes and four Latin letters
            return True
        bare = len(self._model.load().source.encode(sentence)) + FRAME
        return bare + MOST_SLOTS <= limit or len(self._prepare([sentence], language)[0].pieces) <= limit

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        """Renders all, batched by length. ``terms`` are not used: nothing in the decoder can honour them.

        Raises TranslateError for an unknown language and for a sentence that does not fit, which would lose its end.
        """
        del terms
        found = dict(self.stream(sentences, language))
        return [found[index] for index in range(len(sentences))]

    def stream(self, sentences: Sequence[str], language: str) -> Iterator[tuple[int, Rendering]]:
        """The longest first, and last those that lost a slot. What is done with one meanwhile costs little time, for
        the network goes on."""
        self._check(language)
        for start in range(0, len(sentences), RUN):
            prepared = self._fitting(sentences[start : start + RUN], language)
            for index, answer in self._best(prepared, language):
                yield start + index, Rendering(slots.fill(answer.text, prepared[index].hidden), answer.score)

    def _best(self, prepared: Sequence[Prepared], language: str) -> Iterator[tuple[int, Answer]]:
        """Each index once, with what the network says; of what lost a slot, what it says with more patience."""
        lacking: dict[int, list[tuple[int, Answer]]] = {PATIENT: [], MORE_PATIENT: []}
        waiting: dict[int, list[Prepared]] = {PATIENT: [], MORE_PATIENT: []}
        again: dict[int, list[Asked]] = {PATIENT: [], MORE_PATIENT: []}
        for index, answer in self._end(self._begin(prepared, self._beam)):
            if not answer.lost:
                yield index, answer
                continue
            figures = slots.lost(answer.text, prepared[index].hidden, slots.SLOTS)
            beam = MORE_PATIENT if figures else PATIENT
            lacking[beam].append((index, answer))
            waiting[beam].append(prepared[index])
            if len(waiting[beam]) == TOGETHER:
                again[beam].append(self._begin(waiting[beam], beam))
                waiting[beam] = []
        for beam, begun in again.items():
            begun.append(self._begin(waiting[beam], beam))
        for beam, begun in again.items():
            others = self._patient(begun, language, beam, DIVIDED)
            for (index, answer), other in zip(lacking[beam], others, strict=True):
                yield index, min(answer, other, key=lambda each: each.lost)

    def _begin(self, prepared: Sequence[Prepared], beam: int) -> Asked:
        """Put what has pieces to the network, which goes on with it while other sentences are got ready."""
        translator = self._model.load().translator
        return Asked(
            prepared,
            [
                (batch, self._submit(translator, [prepared[index] for index in batch], beam))
                for batch in batches([one.pieces for one in prepared])
            ],
        )

    def _end(self, asked: Asked) -> Iterator[tuple[int, Answer]]:
        """Each index with what the network says, with slots; nothing to what has no pieces."""
        target = self._model.load().target
        yield from ((index, Answer("", None, 0)) for index, one in enumerate(asked.prepared) if not one.pieces)
        for batch, results in asked.running:
            for index, result in zip(batch, results, strict=True):
                yield index, self._answer(result.result(), asked.prepared[index], target)

    def _fitting(self, sentences: Sequence[str], language: str) -> list[Prepared]:
        prepared = self._prepare(sentences, language)
        longest, limit = max((len(one.pieces) for one in prepared), default=0), self._model.card.max_tokens
        if longest > limit:
            raise TranslateError(f"a sentence of {longest} pieces is over the limit of {limit}", reason="too-long")
        return prepared

    def _prepare(self, sentences: Sequence[str], language: str) -> list[Prepared]:
        loaded = self._model.load()
        given = [plain(sentence) for sentence in sentences] if self._model.card.plain_punctuation else sentences
        return self._cut([loaded.hiding.hide(sentence, language) for sentence in given], language)

    def _cut(self, hidden: Sequence[tuple[str, Mapping[str, str]]], language: str) -> list[Prepared]:
        """Texts with slots, and what stands in them, in pieces, with those that the model wants around them."""
        card = self._model.card
        found: list[list[str]] = self._model.load().source.encode([text for text, _ in hidden], out_type=str)
        before = card.before(language)
        return [
            Prepared(text, before + pieces + card.after if pieces else [], values)
            for pieces, (text, values) in zip(found, hidden, strict=True)
        ]

    def _patient(self, again: Sequence[Asked], language: str, beam: int, divided: int) -> list[Answer]:
        """Answers to what lost a slot: from many hypotheses, else from both halves of the sentence, else as it is."""
        prepared = [one for asked in again for one in asked.prepared]
        answers = [answer for asked in again for _, answer in sorted(self._end(asked), key=lambda each: each[0])]
        parts = {
            index: half
            for index, (answer, one) in enumerate(zip(answers, prepared, strict=True))
            if answer.lost and divided and (half := halves(one.text))
        }
        texts = [
            (text, {slot: value for slot, value in prepared[index].hidden.items() if slot in text})
            for index, half in parts.items()
            for text in half
        ]
        halved = [self._begin(self._cut(texts, language), beam)] if texts else []
        found = iter(self._patient(halved, language, beam, divided - 1) if halved else ())
        for index, half in parts.items():
            first, second = next(found), next(found)
            text = joined((first.text, second.text), half)
            lost = slots.lost(text, prepared[index].hidden)
            if lost < answers[index].lost:
                score = None if first.score is None or second.score is None else min(first.score, second.score)
                answers[index] = Answer(text, score, lost)
        return answers

    def _submit(self, translator: Any, batch: Sequence[Prepared], beam: int) -> list[Any]:
        choice = beam if any(one.hidden for one in batch) else 1
        opening = self._model.card.opening
        results: list[Any] = translator.translate_batch(
            [one.pieces for one in batch],
            target_prefix=[opening] * len(batch) if opening else None,
            asynchronous=True,
            beam_size=beam,
            num_hypotheses=choice,
            return_scores=beam > 1,  # for greedy decoding they cost 5 % of its speed
            max_decoding_length=self._longest(max(len(one.pieces) for one in batch)),
        )
        return results

    def _answer(self, result: Any, prepared: Prepared, target: Any) -> Answer:
        """The best hypothesis; of a sentence with slots the first that has each of them once, if there is one."""
        longest = self._longest(len(prepared.pieces))  # whatever its neighbours were
        begun = len(self._model.card.opening)
        scores = list(result.scores) or [None]
        best: Answer | None = None
        for pieces, score in zip(result.hypotheses, scores * len(result.hypotheses), strict=False):
            text = target.decode(pieces[begun : begun + longest])
            lost = slots.lost(text, prepared.hidden) if self._model.card.slots else 0
            if best is None or lost < best.lost:
                best = Answer(text, score, lost)
            if not lost:
                break
        return best or Answer("", None, 0)

    def _longest(self, pieces: int) -> int:
        """How many pieces a sentence may become: what is longer is a loop, and ends there."""
        return min(2 * pieces + 16, self._model.card.max_output_tokens)

    def _check(self, language: str) -> None:
        if language not in self.languages:
            known = ", ".join(sorted(self.languages))
            raise TranslateError(f"{self._model.card.name} does not know {language!r}, only {known}", reason="language")


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


class Shelf:
    """The models that are loaded: the same directory asked for twice is in memory once.

    ``threads`` (default: one per core) and ``beam`` (default: what each model's card says) are those of its engines.
    """

    def __init__(self, *, threads: int | None = None, beam: int | None = None) -> None:
        self._threads = threads or os.cpu_count() or 1
        self._beam = beam
        self._models: dict[Path, Model] = {}
        self._lock = Lock()

    def open(self, directory: Path, *, beam: int | None = None) -> Embedded:
        """The engine for a model's directory; ``beam`` is the shelf's unless given. Raises ConfigError."""
        path = directory.resolve()
        with self._lock:
            if path not in self._models:
                self._models[path] = Model(path, threads=self._threads)
        return Embedded(self._models[path], beam=beam or self._beam)
