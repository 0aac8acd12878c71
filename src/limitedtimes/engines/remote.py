"""A translation service as an engine: what all of them have in common, whatever they speak.

Sentences go in requests that the service takes, each on one account, so that it is known what an article costs and
one source that has used its budget up holds up no other. What was rendered is kept: an article that failed for another
sentence costs nothing when it comes again. A service that said that it cannot is left alone until it may be able to.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final, Protocol

from limitedtimes.accounts import NOBODY, Payer
from limitedtimes.engines.card import Description
from limitedtimes.engines.exchange import LASTING, RESTS, Exchange
from limitedtimes.engines.service import Service
from limitedtimes.errors import STOPPED, UNCOUNTED, TranslateError
from limitedtimes.protocols import Paid, Rendering

LONGEST: Final = 2000
"""Characters of one sentence: what the hosted LibreTranslate takes in a call, and more than any sentence has."""
MOST_KEPT: Final = 10_000
"""Renderings, the latest."""
BUDGET, SOURCE_BUDGET = "budget", "source-budget"
"""Reasons of a meter that has reached its limit: for everybody, or for one source."""
AGAIN: Final = timedelta(seconds=30)
"""How long a request that was refused, or answered with nonsense, is not sent again: who asks for many articles, then
for each alone, would pay for it twice."""
_HALF: Final = re.compile("[\ud800-\udfff]")
"""What JSON may have of a character that was cut in two; no text can be written with it."""
FEW_WORDS: Final = 4
"""Fewer may be a name, which stays as it is."""
FEW_LETTERS: Final = 20
"""Less may stand beside its English: a title, in brackets."""
ENGLISH: Final = frozenset(("the", "and", "you", "this", "that", "with", "from", "your", "they", "what"))
"""Words that make a sentence English, which is right to stay as it is."""
LAST_LATIN: Final = "\u036f"
NEIGHBOURS, MOST_BEFORE = 3, 1000
"""So many sentences of the article that stand right before a request, and characters of all that are shown with it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom a request is, and the sentences of its article that stand before those in it, the headline first."""

    payer: Payer
    before: tuple[str, ...] = ()


class Dialect(Protocol):
    """How one kind of service is spoken to. ``items`` and ``characters`` are the most that it takes in a request;
    ``reads_on``: it understands a sentence better when it is shown those before."""

    items: int
    characters: int
    reads_on: bool
    model: str  # as it stands in the id; "" if there is but one

    def render(self, sentences: Sequence[str], language: str, terms: Mapping[str, str], asked: Asked) -> list[str]:
        """The English of sentences that fit in one request, on one account. Raises TranslateError."""
        ...


Key = tuple[object, ...]


class Remote:
    """A Translator over one service."""

    def __init__(self, service: Service, exchange: Exchange, dialect: Dialect) -> None:
        self.service, self._exchange, self._dialect = service, exchange, dialect
        self._items = min(service.items or dialect.items, dialect.items)
        self._characters = min(service.characters or dialect.characters, dialect.characters)
        self._batch = _share(self._characters, service.budget)
        self._lock = Lock()
        self._kept: dict[Key, str] = {}
        self._failure: TranslateError | None = None
        self._rests_until: datetime | None = None
        self._refused: dict[tuple[Key, ...], tuple[TranslateError, datetime]] = {}  # requests, and until when

    @property
    def id(self) -> str:
        """``deepl/default``, ``openai/qwen2.5:7b@ollama``: protocol and model, and the name if that is another."""
        service = self.service
        name = "" if service.name == service.kind else f"@{service.name}"
        return f"{service.kind}/{self._dialect.model or 'default'}{name}"

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(self.service.languages)

    @property
    def drafts(self) -> Mapping[str, float]:
        return {}

    def describe(self) -> Description:
        quality, licence = "a service, not measured here", "the service's own terms"
        return Description(self.id, self.service.name, self.languages, quality, {}, licence)

    def fits(self, sentence: str, language: str) -> bool:
        self._check(language)
        return len(sentence) <= min(LONGEST, self._characters)

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        return unpaid(self, sentences, language, terms)

    def translate_for(
        self, payers: Mapping[str, Payer], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        """All or nothing; but what was rendered before a failure costs nothing when it is asked for again."""
        found, error = self.attempt(payers, language, terms)
        if error:
            raise error
        return [found[sentence] for sentence in payers]

    def attempt(
        self, payers: Mapping[str, Payer], language: str, terms: Mapping[str, str] | None = None
    ) -> tuple[dict[str, Rendering], TranslateError | None]:
        """What could be rendered of the sentences that have a payer, and why the rest could not be."""
        self._check(language)
        if any(not self.fits(sentence, language) for sentence in payers):
            message = f"a sentence is over the limit of {min(LONGEST, self._characters)} characters"
            raise self._exchange.error(message, "too-long")
        wanted = {text: key(text, language, terms or {}) for text in payers if text.strip()}
        done = self._recalled(wanted)
        error = None
        for payer, texts in by_payer(payers, wanted.keys() - done.keys()).items():
            if self._exchange.outside.stopping():  # what is begun is paid for, and so it is ended
                error = self._exchange.error("the program ends", STOPPED)
                break
            whole = [text for text, one in payers.items() if one == payer] if self._dialect.reads_on else []
            found, failure = self._render(texts, language, terms or {}, payer, whole=whole)
            done |= found
            error = failure or error
            if failure and failure.reason == UNCOUNTED:
                break
        self._keep({wanted[text]: english for text, english in done.items()})
        done |= {text: "" for text in payers if not text.strip()}
        return {text: Rendering(english) for text, english in done.items()}, error

    def _render(
        self, texts: Sequence[str], language: str, terms: Mapping[str, str], payer: Payer, *, whole: Sequence[str]
    ) -> tuple[dict[str, str], TranslateError | None]:
        """The English of texts, request by request; and the last failure, or None. ``whole``: the article's texts,
        where those before a request are shown with it."""
        done: dict[str, str] = {}
        failure = None
        most = _share(self._batch, self.service.budget_of(payer.source))
        plan = [
            (batch, before(batch[0], whole) if payer != NOBODY else ())
            for batch in batches(texts, items=self._items, characters=most)
        ]
        try:
            self._expect_enough(plan, payer)
        except TranslateError as error:
            return {}, error
        for batch, shown in plan:
            request = tuple(key(text, language, terms) for text in batch)
            try:
                self._expect_awake()
                self._expect_other(request)
                answers = self._answers(batch, language, terms, Asked(payer, shown))
                done.update(zip(batch, answers, strict=True))
            except TranslateError as error:
                failure = error
                self._rest_after(error)
                self._remember_refused(request, error)
                if self._rests_until or error.reason in (SOURCE_BUDGET, UNCOUNTED):
                    break
        return done, failure

    def _expect_enough(self, plan: Sequence[tuple[Sequence[str], Sequence[str]]], payer: Payer) -> None:
        """Raises TranslateError for an article that the budget would cut in the middle: what is paid for by then would
        be lost when the program ends, and paid for again the next day."""
        if payer != NOBODY:
            size = sum(len(text) for batch, shown in plan for text in (*batch, *shown))
            self._exchange.outside.meter.expect(size, payer)

    def _answers(self, batch: Sequence[str], language: str, terms: Mapping[str, str], asked: Asked) -> list[str]:
        """As many answers as sentences, and not the sentences themselves. Raises TranslateError."""
        answers = [_HALF.sub("", answer) for answer in self._dialect.render(batch, language, terms, asked)]
        if len(answers) != len(batch):
            raise self._exchange.error(f"answers {len(batch)} sentences with {len(answers)}", "answer")
        worded = [number for number, sentence in enumerate(batch) if is_worded(sentence)]
        if len(worded) > 1 and all(is_unchanged(batch[number], answers[number]) for number in worded):
            raise self._exchange.error("gives the sentences back as they were", "answer")
        return answers

    def _check(self, language: str) -> None:
        if language not in self.languages:
            known = ", ".join(sorted(self.languages))
            raise TranslateError(f"{self.service.name} does not know {language!r}, only {known}", reason="language")

    def _recalled(self, keys: Mapping[str, Key]) -> dict[str, str]:
        with self._lock:
            return {text: self._kept[key] for text, key in keys.items() if key in self._kept}

    def _keep(self, done: Mapping[Key, str]) -> None:
        with self._lock:
            self._kept.update(done)
            for key in list(self._kept)[: max(len(self._kept) - MOST_KEPT, 0)]:
                del self._kept[key]

    def _rest_after(self, error: TranslateError) -> None:
        """Remember a failure that says that the service cannot be used for now."""
        if error.reason in (*RESTS, BUDGET):
            until = error.retry_at or self._exchange.outside.clock() + RESTS[error.reason]
            with self._lock:
                self._failure, self._rests_until = error, until

    def _remember_refused(self, request: tuple[Key, ...], error: TranslateError) -> None:
        """Remember a failure that is the request's own."""
        if error.reason in ("answer", *LASTING):
            now = self._exchange.outside.clock()
            with self._lock:
                lately = {one: kept for one, kept in self._refused.items() if now < kept[1]}
                self._refused = {request: (error, now + AGAIN), **lately}

    def _expect_other(self, request: tuple[Key, ...]) -> None:
        """Raises the failure anew of a request that was refused a moment ago."""
        with self._lock:
            failure, until = self._refused.get(request, (None, None))
        if failure and until and self._exchange.outside.clock() < until:
            raise TranslateError(failure.message, reason=failure.reason, transient=failure.transient)

    def _expect_awake(self) -> None:
        """Raises the failure anew while the service rests."""
        with self._lock:
            failure, until = self._failure, self._rests_until
            if failure and until and self._exchange.outside.clock() < until:
                retry_at = until if failure.transient else None
                raise TranslateError(
                    failure.message, reason=failure.reason, transient=failure.transient, retry_at=retry_at
                )
            self._failure = self._rests_until = None


def key(text: str, language: str, terms: Mapping[str, str]) -> Key:
    """What makes two answers for a sentence the same one: of the terms, those that stand in it. What else its request
    had, and with which others it went, may differ the next time."""
    return language, text, *sorted((term, english) for term, english in terms.items() if term in text)


def before(text: str, whole: Sequence[str]) -> tuple[str, ...]:
    """The first text of an article, its headline, and some that stand right before one of its texts, in order."""
    place = whole.index(text) if text in whole else 0
    near = [one for one in whole[max(place - NEIGHBOURS, 1) : place] if one.strip()]
    while near and len(whole[0]) + sum(map(len, near)) > MOST_BEFORE:
        near.pop(0)
    return (whole[0], *near) if place and len(whole[0]) <= MOST_BEFORE else ()


def by_payer(payers: Mapping[str, Payer], wanted: Collection[str]) -> dict[Payer, list[str]]:
    """The wanted sentences of each payer, in order."""
    groups: dict[Payer, list[str]] = {}
    for text, payer in payers.items():
        if text in wanted:
            groups.setdefault(payer, []).append(text)
    return groups


def _share(most: int, budget: int) -> int:
    """Characters of a request: a tenth of a day's budget at most, for one that is larger than what is left is not
    sent."""
    return min(most, budget // 10) if budget else most


def unpaid(engine: Paid, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None) -> list[Rendering]:
    """Lines of text, which are of no article, on nobody's account; each is sent once, however often it is there."""
    lines = dict.fromkeys(sentences, NOBODY)
    found = dict(zip(lines, engine.translate_for(lines, language, terms), strict=True))
    return [found[sentence] for sentence in sentences]


def batches(texts: Sequence[str], *, items: int, characters: int) -> Iterator[list[str]]:
    """In order, at most so many texts and characters in each; a text alone may be longer."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (len(batch) == items or size + len(text) > characters):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def is_worded(sentence: str) -> bool:
    """Whether it has words that a translation must change: several, none of them English, or in another script."""
    words = [word.strip(".,;:!?\"'“”„«»()").lower() for word in sentence.split()]
    words = [word for word in words if word.isalpha()]
    foreign = sum(letter > LAST_LATIN and letter.isalpha() for letter in sentence)
    return (len(words) >= FEW_WORDS and ENGLISH.isdisjoint(words)) or foreign > 1


def is_unchanged(sentence: str, answer: str) -> bool:
    """Whether the answer is the sentence, or has all of a longer one in it, which a translation of it cannot."""
    said, answered = (" ".join(text.split()).casefold() for text in (sentence, answer))
    return is_worded(sentence) and (said == answered or (len(said) >= FEW_LETTERS and said.rstrip(".") in answered))


def texts_in(found: object, *path: str | int, exchange: Exchange) -> list[str]:
    """The strings of a list in an answer: each item's own, or that at ``path`` in it. Raises TranslateError."""
    texts = []
    for item in found if isinstance(found, list) else [None]:
        inner = item
        for step in path:
            if isinstance(step, int):
                inner = inner[step] if isinstance(inner, list) and len(inner) > step else None
            else:
                inner = inner.get(step) if isinstance(inner, dict) else None
        if not isinstance(inner, str):
            raise exchange.error("answers with something else than translations", "answer")
        texts.append(inner)
    return texts
