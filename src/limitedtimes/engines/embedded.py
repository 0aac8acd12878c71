"""Translation models that run in this process, with CTranslate2 and SentencePiece.

The only file that runs CTranslate2; `marian.py` writes files for it. A `Shelf` holds every model that is loaded, so
that each is in memory once however many engines use it; two shelves share nothing.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any, Final

import ctranslate2
import sentencepiece

from limitedtimes.engines import slots
from limitedtimes.engines.asking import (
    Amiss,
    Answer,
    Asked,
    Lacking,
    Others,
    Prepared,
    amiss,
    batches,
    whole,
)
from limitedtimes.engines.bergamot import Bergamot, Workers
from limitedtimes.engines.card import FILE, Card, Description, read_card
from limitedtimes.engines.hiding import Hiding, files, read_hiding
from limitedtimes.engines.layout import INTGEMM, WEIGHTS, digest, layout_of, read_vocabulary
from limitedtimes.engines.parts import halves
from limitedtimes.engines.punctuation import plain
from limitedtimes.engines.terms import unmet as lacks_term
from limitedtimes.errors import ConfigError, TranslateError
from limitedtimes.protocols import Rendering

PATIENT: Final = 6
"""The beam, at least, for halves of sentences that lost a slot: one of so many hypotheses mostly has them all."""
SLICE: Final = 512
"""Sentences, of like length, that are got ready together: the last batch of each is not full."""
FIRST: Final = 64
"""Sentences of the first slice, for which the network waits: the longest, with which it is busy for long."""
AHEAD: Final = 2
"""Slices that the network has before the first of them is waited for, so that it never waits itself."""
TOGETHER: Final = 8
"""Sentences that lost a slot and are asked for again at a time."""
FRAME: Final = 3
"""Pieces around a sentence, at most, that say what it is."""
MOST_SLOTS: Final = len((*slots.SLOTS, *slots.NAMES))
"""What slots may add to the pieces of a sentence: one each, where what they hide was one itself."""
DIVIDED: Final = 2
"""How often what still lost one is cut in half."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """CTranslate2's translator, SentencePiece's processors of source and English (one where they share pieces), and
    what is hidden from them."""

    translator: Any
    source: Any
    target: Any
    hiding: Hiding


class Model:
    """One directory's weights and pieces: loaded once, at the first use, and safe to share between threads."""

    def __init__(self, directory: Path, *, threads: int) -> None:
        self.card: Card = read_card(directory)
        self._directory, self._threads, self._lock = directory, threads, Lock()
        self._loaded: Loaded | None = None
        self._layout = layout_of(directory)

    @cached_property
    def digest(self) -> str:
        """Of weights, pieces and the lists of what is hidden."""
        return digest(self._directory, (WEIGHTS, *self._layout.pieces, *files(self.card)))

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
        return self._model.card.describe(self.id)

    def load(self) -> None:
        """Raises ConfigError for broken files."""
        self._model.load()

    def fits(self, sentence: str, language: str) -> bool:
        self._model.card.expect(language)
        limit = self._model.card.max_tokens
        if 2 * len(sentence.encode()) + FRAME <= limit:  # Щ is two bytes and four Latin letters
            return True
        bare = len(self._model.load().source.encode(sentence)) + FRAME
        return bare + MOST_SLOTS <= limit or len(self._prepare([sentence], language, {})[0].pieces) <= limit

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        """Renders all, batched by length.

        Raises TranslateError for an unknown language and for a sentence that does not fit, which would lose its end.
        """
        found = dict(self.stream(sentences, language, terms))
        return [found[index] for index in range(len(sentences))]

    def stream(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> Iterator[tuple[int, Rendering]]:
        """The longest first, then those that lost a slot, and last those that no hypothesis has all ``terms`` of: in
        these the terms are put past the network. What is done with one meanwhile costs little, for the network goes
        on."""
        self._model.card.expect(language)
        wanted = terms or {} if self._model.card.names else {}  # without slots for names nothing is put past it
        unmet: dict[int, Rendering] = {}
        for number, rendering in self._rendered(sentences, language, {}):
            if all(lacks_term(sentences[number], one.text, wanted) for one in chain([rendering], rendering.others)):
                unmet[number] = rendering
            else:
                yield number, rendering
        numbers = list(unmet)
        for place, rendering in self._rendered([sentences[number] for number in numbers], language, wanted):
            number = numbers[place]
            yield number, unmet[number] if lacks_term(sentences[number], rendering.text, wanted) else rendering

    def _rendered(
        self, sentences: Sequence[str], language: str, wanted: Mapping[str, str]
    ) -> Iterator[tuple[int, Rendering]]:
        """Each index once, those that lost a slot last; ``wanted``: the English of terms that are put past the
        network."""
        order = sorted(range(len(sentences)), key=lambda index: -len(sentences[index]))
        slices = [order[start : start + SLICE] for start in range(FIRST, len(order), SLICE)]
        slices = [order[:FIRST], *slices] if order else []
        lacking: list[tuple[int, Lacking]] = []
        halved: list[Asked] = []
        for numbers, asked in self._begun(slices, sentences, language, wanted):
            for place, answer in self._end(asked):
                number, prepared = numbers[place], asked.prepared[place]
                if not answer.lost:
                    yield number, answer.rendering(prepared)
                    continue
                lacking.append((number, Lacking(prepared, answer)))
                if len(lacking) % TOGETHER == 0:
                    halved.append(self._halved([one for _, one in lacking[-TOGETHER:]], language))
        if rest := lacking[len(lacking) // TOGETHER * TOGETHER :]:
            halved.append(self._halved([one for _, one in rest], language))
        better = self._bettered([one for _, one in lacking], halved, language, DIVIDED)
        last = self._greedily([Lacking(one.prepared, each) for (_, one), each in zip(lacking, better, strict=True)])
        for (number, one), answer in zip(lacking, last, strict=True):
            yield number, answer.rendering(one.prepared)

    def _begun(
        self, slices: Sequence[Sequence[int]], sentences: Sequence[str], language: str, wanted: Mapping[str, str]
    ) -> Iterator[tuple[Sequence[int], Asked]]:
        """Each slice, with what has been asked: while the network is at it, others are got ready."""
        waiting: deque[tuple[Sequence[int], Asked]] = deque()
        for numbers in slices:
            prepared = self._fitting([sentences[number] for number in numbers], language, wanted)
            waiting.append((numbers, self._begin(prepared, self._beam)))
            if len(waiting) > AHEAD:
                yield waiting.popleft()
        yield from waiting

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

    def _fitting(self, sentences: Sequence[str], language: str, wanted: Mapping[str, str]) -> list[Prepared]:
        prepared = self._prepare(sentences, language, wanted)
        longest, limit = max((len(one.pieces) for one in prepared), default=0), self._model.card.max_tokens
        if longest > limit:
            raise TranslateError(f"a sentence of {longest} pieces is over the limit of {limit}", reason="too-long")
        return prepared

    def _prepare(self, sentences: Sequence[str], language: str, wanted: Mapping[str, str]) -> list[Prepared]:
        loaded = self._model.load()
        given = [plain(sentence) for sentence in sentences] if self._model.card.plain_punctuation else sentences
        return self._cut([loaded.hiding.hide(sentence, language, wanted) for sentence in given], language)

    def _cut(self, hidden: Sequence[tuple[str, Mapping[str, str]]], language: str) -> list[Prepared]:
        """Texts with slots, and what stands in them, in pieces, with those that the model wants around them."""
        card = self._model.card
        found: list[list[str]] = self._model.load().source.encode([text for text, _ in hidden], out_type=str)
        before = card.before(language)
        return [
            Prepared(text, before + pieces + card.after if pieces else [], values)
            for pieces, (text, values) in zip(found, hidden, strict=True)
        ]

    def _halved(self, lacking: Sequence[Lacking], language: str) -> Asked:
        """Ask for both halves of each sentence that has two."""
        texts = [
            (text, {slot: value for slot, value in one.prepared.hidden.items() if slot in text})
            for one in lacking
            for text in halves(one.prepared.text) or ()
        ]
        return self._begin(self._cut(texts, language), max(self._beam, PATIENT))

    def _bettered(
        self, lacking: Sequence[Lacking], asked: Sequence[Asked], language: str, divided: int
    ) -> Iterator[Answer]:
        """The answers, or those to both halves (or their halves) put together, where these have lost less."""
        parts = [
            Lacking(each.prepared[place], answer)
            for each in asked
            for place, answer in sorted(self._end(each), key=lambda one: one[0])
        ]
        again = [one for one in parts if one.answer.lost] if divided > 1 else []
        better = self._bettered(again, [self._halved(again, language)], language, divided - 1) if again else iter(())
        answers = iter([next(better) if again and one.answer.lost else one.answer for one in parts])
        for one in lacking:
            half = halves(one.prepared.text)
            other = whole(next(answers), next(answers), half, one.prepared.hidden) if half else one.answer
            yield min(one.answer, other, key=lambda each: each.lost)

    def _greedily(self, lacking: Sequence[Lacking]) -> list[Answer]:
        """The answers; of what still lost a slot the greedy one, where that has lost less: a wide beam has a liking for
        what is short, and leaves things out."""
        answers = [one.answer for one in lacking]
        left = [place for place, answer in enumerate(answers) if answer.lost]
        asked = [self._begin([lacking[place].prepared for place in left], 1)] if left else []
        for place, answer in (one for each in asked for one in self._end(each)):
            answers[left[place]] = min(answers[left[place]], answer, key=lambda each: each.lost)
        return answers

    def _submit(self, translator: Any, batch: Sequence[Prepared], beam: int) -> list[Any]:
        opening = self._model.card.opening
        results: list[Any] = translator.translate_batch(
            [one.pieces for one in batch],
            target_prefix=[opening] * len(batch) if opening else None,
            asynchronous=True,
            beam_size=beam,
            num_hypotheses=beam,
            return_scores=self._beam > 1,  # for greedy decoding they cost 5 % of its speed
            max_decoding_length=self._longest(max(len(one.pieces) for one in batch)),
        )
        return results

    def _answer(self, result: Any, prepared: Prepared, target: Any) -> Answer:
        """The first hypothesis that has each slot once, and as many quotation marks as the sentence; else the first of
        those that lack least."""
        begun, longest = len(self._model.card.opening), self._longest(len(prepared.pieces))  # whatever the neighbours
        said = [pieces[begun : begun + longest] for pieces in result.hypotheses]
        scores = list(result.scores)
        found: list[tuple[Amiss, int, str]] = []
        for place, pieces in enumerate(said):
            text = target.decode(pieces)
            found.append((amiss(text, prepared), place, text))
            if not any(found[-1][0]):
                break
        if not found:
            return Answer("", None, 0)
        lacks, place, text = min(found)
        others = Others(said[place + 1 :], scores[place + 1 :], prepared, lacks, target) if scores else ()
        return Answer(text, scores[place] if scores else None, lacks[0], others)

    def _longest(self, pieces: int) -> int:
        """How many pieces a sentence may become: what is longer is a loop, and ends there."""
        return min(2 * pieces + 16, self._model.card.max_output_tokens)


class Shelf:
    """The models that are loaded: the same directory asked for twice is in memory once.

    ``threads`` (default: one per core) and ``beam`` (default: what each model's card says) are those of its engines.
    """

    def __init__(self, *, threads: int | None = None, beam: int | None = None) -> None:
        self._threads = threads or os.cpu_count() or 1
        self._beam = beam
        self._models: dict[Path, Model] = {}
        self._workers = Workers(self._threads)
        self._lock = Lock()

    def open(self, directory: Path, *, beam: int | None = None) -> Embedded | Bergamot:
        """The engine for a model's directory; ``beam`` is the shelf's unless given. Raises ConfigError."""
        path = directory.resolve()
        if (path / INTGEMM).is_file():
            return Bergamot(path, self._workers)
        with self._lock:
            if path not in self._models:
                self._models[path] = Model(path, threads=self._threads)
        return Embedded(self._models[path], beam=beam or self._beam)
