"""Models as Firefox has them, which came of the Bergamot project: small and quick, run by Mozilla's own engine.

Students of a large network, in 8 bits, with a recurrent decoder that CTranslate2 does not know. The engine, fxtranslate
(https://github.com/gregtatum/translations), uses one core, holds Python's lock while it computes, and what it has
loaded cannot leave its thread. So it has processes of its own, one for each core, and a site that is served beside it
stays quick; a batch whose process died is asked for once more.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Final

import sentencepiece

from limitedtimes.child import end_pool, settle_in
from limitedtimes.engines.card import Card, Description, read_card
from limitedtimes.engines.layout import INTGEMM, digest, layout_of
from limitedtimes.errors import ConfigError, TranslateError
from limitedtimes.protocols import Rendering

PACKAGE: Final = "fxtranslate"
TOGETHER: Final = 8
"""Sentences that a process is given at a time."""
AHEAD: Final = 3
"""Times so many as there are processes are on their way, so that none waits for its next."""
OPEN: Final = 4
"""Models that a process keeps loaded: an edition goes from one language to the next."""
_BYTES: Final = re.compile(r"(?:<0x[0-9A-F]{2}>)+")
"""Letters that no piece has, as the engine gives them: byte by byte."""


def expect_engine() -> None:
    """Raises ConfigError where the engine is not installed: it has no package for some systems."""
    if find_spec(PACKAGE) is None:
        raise ConfigError(
            f"models of Firefox need {PACKAGE}: `{sys.executable} -m pip install {PACKAGE}`, or take another model"
        )


class Workers:
    """Processes that translate, for all models of a shelf; begun at the first use."""

    def __init__(self, count: int) -> None:
        self.count, self._lock = count, Lock()
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, folder: Path, sentences: Sequence[str]) -> Future[list[str] | str]:
        """Their English, or in words why there is none. The future raises BrokenProcessPool for a process that died."""
        with self._lock:
            if self._pool is None:
                self._pool = self._new()
            try:
                return self._pool.submit(_render, str(folder), list(sentences))
            except BrokenProcessPool:  # one has died since, and its neighbours may wait for a lock that it held
                end_pool(self._pool)
                self._pool = self._new()
                return self._pool.submit(_render, str(folder), list(sentences))

    def _new(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # a forked process would inherit the locks of threads
        return ProcessPoolExecutor(self.count, mp_context=context, initializer=_begin)


def _begin() -> None:
    """A panic of the engine comes back in words; what it prints besides would be a traceback on a terminal."""
    settle_in()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _render(folder: str, sentences: list[str]) -> list[str] | str:
    """In a process of its own. A panic of the engine is no Exception, and could not be sent as what it is. Raises
    ConfigError for a model that cannot be loaded."""
    try:
        translator = _opened(folder)
    except ConfigError:
        raise
    except BaseException as error:
        raise _broken(Path(folder) / INTGEMM, _words(error)) from None
    try:
        return [translator.translate(sentence) for sentence in sentences]
    except BaseException as error:
        return _words(error)


def _words(error: BaseException) -> str:
    return str(error) or type(error).__name__


def _broken(path: Path, why: str) -> ConfigError:
    return ConfigError(f"{path}: the model cannot be loaded ({' '.join(why.split())}); put a sound copy there")


@lru_cache(OPEN)
def _opened(folder: str) -> Any:
    from fxtranslate import Translator  # type: ignore[import-not-found, unused-ignore]

    path = Path(folder)
    pieces = [(path / name).read_bytes() for name in layout_of(path).pieces]
    return Translator((path / INTGEMM).read_bytes(), pieces[0], pieces[-1])


class Bergamot:
    """A Translator over one model's folder. Its renderings have no scores, and terms are left to the checks."""

    def __init__(self, directory: Path, workers: Workers) -> None:
        expect_engine()
        self.card: Card = read_card(directory)
        self._directory, self._workers = directory, workers
        self._files = (INTGEMM, *layout_of(directory).pieces)

    @cached_property
    def id(self) -> str:
        return f"bergamot/{self.card.name}@{digest(self._directory, self._files)}"

    @property
    def languages(self) -> frozenset[str]:
        return self.card.languages

    @property
    def drafts(self) -> Mapping[str, float]:
        return {self.id: self.card.unsure} if self.card.draft else {}

    def describe(self) -> Description:
        return self.card.describe(self.id)

    def fits(self, sentence: str, language: str) -> bool:
        self.card.expect(language)
        limit = self.card.max_tokens
        text = _sound(sentence)
        return 2 * len(text.encode()) < limit or len(self._pieces.encode(text)) < limit

    def load(self) -> None:
        """Raises ConfigError for broken files."""
        _ = self._pieces
        try:
            answer = self._workers.submit(self._directory, ["a"]).result()
        except BrokenProcessPool:
            answer = "the engine died of it"
        if isinstance(answer, str):
            raise _broken(self._directory / INTGEMM, answer)

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        """Raises TranslateError for an unknown language, and for a sentence that does not fit, which would lose its
        end."""
        found = dict(self.stream(sentences, language, terms))
        return [found[index] for index in range(len(sentences))]

    def stream(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> Iterator[tuple[int, Rendering]]:
        """The longest first, so that all processes end at about the same time. Raises ConfigError for broken files."""
        del terms
        if any(not self.fits(sentence, language) for sentence in sentences):
            raise TranslateError(f"a sentence is over the limit of {self.card.max_tokens} pieces", reason="too-long")
        order = sorted(range(len(sentences)), key=lambda index: -len(sentences[index]))
        yield from ((index, Rendering("")) for index in order if not sentences[index].strip())
        worded = [index for index in order if sentences[index].strip()]
        running: deque[tuple[Sequence[int], list[str], Future[list[str] | str]]] = deque()
        for start in range(0, len(worded), TOGETHER):
            batch = worded[start : start + TOGETHER]
            sound = [_sound(sentences[index]) for index in batch]
            running.append((batch, sound, self._workers.submit(self._directory, sound)))
            if len(running) > AHEAD * self._workers.count:
                yield from self._ended(*running.popleft())
        while running:
            yield from self._ended(*running.popleft())

    def _ended(
        self, batch: Sequence[int], sound: list[str], future: Future[list[str] | str]
    ) -> Iterator[tuple[int, Rendering]]:
        try:
            answer = self._answer(sound, future)
        except BrokenProcessPool:
            raise TranslateError(f"{self.id}: its process died", reason="died", transient=True) from None
        if isinstance(answer, str):
            raise TranslateError(f"{self.id} failed: {' '.join(answer.split())}", reason="unexpected")
        yield from ((index, Rendering(_text(said))) for index, said in zip(batch, answer, strict=True))

    def _answer(self, sound: list[str], future: Future[list[str] | str]) -> list[str] | str:
        """Asked once more where a process died: whoever killed it, no service of the route is to be paid for that."""
        try:
            return future.result()
        except BrokenProcessPool:
            return self._workers.submit(self._directory, sound).result()

    @cached_property
    def _pieces(self) -> Any:
        found = []
        for name in self._files[1:]:
            try:
                found.append(sentencepiece.SentencePieceProcessor(model_file=str(self._directory / name)))
            except (OSError, RuntimeError, ValueError) as error:
                raise _broken(self._directory / name, str(error)) from None
        return found[0]


def _sound(sentence: str) -> str:
    """Without halves of characters, which no text can be written with."""
    return sentence.encode(errors="ignore").decode()


def _text(said: str) -> str:
    """What the engine says, with the letters that it gives as bytes."""
    return _BYTES.sub(lambda found: _letters(found[0]), said) if "<0x" in said else said


def _letters(given: str) -> str:
    return bytes.fromhex(given.replace("<0x", "").replace(">", "")).decode(errors="replace")
