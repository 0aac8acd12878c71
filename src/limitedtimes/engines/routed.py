"""Several engines behind one: the first that can renders, and where it fails the next one takes over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from limitedtimes.accounts import Payer
from limitedtimes.engines.card import Description
from limitedtimes.engines.remote import Remote, unpaid
from limitedtimes.engines.table import Engine
from limitedtimes.errors import STOPPED, UNCOUNTED, TranslateError
from limitedtimes.protocols import Rendering, Translator

Report = Callable[[str, TranslateError], object]
"""Told of an engine's id and why another had to take over."""
NEVER = timedelta(days=36_500)


class Routed:
    """A Translator over engines in order, each used for the languages that it knows.

    Its id is that of the first, by which the memory is asked; each rendering names the engine that did it.
    """

    def __init__(self, engines: Sequence[Engine], *, clock: Callable[[], datetime], report: Report) -> None:
        self.engines, self._clock, self._report = tuple(engines), clock, report

    @property
    def id(self) -> str:
        return self.engines[0].id

    @property
    def languages(self) -> frozenset[str]:
        return frozenset().union(*(engine.languages for engine in self.engines))

    @property
    def drafts(self) -> Mapping[str, float]:
        return {id_: unsure for engine in self.engines for id_, unsure in engine.drafts.items()}

    def describe(self) -> Description:
        """In one description, without the scores of any."""
        names = " or ".join(engine.id for engine in self.engines)
        return Description(self.id, names, self.languages, "as the engine that each sentence names", {}, "as they say")

    def fits(self, sentence: str, language: str) -> bool:
        """Whether any of them could take it: a sentence is cut before it is known who will be there to render it."""
        return all(engine.fits(sentence, language) for engine in self._chain(language))

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        return unpaid(self, sentences, language, terms)

    def translate_for(
        self, payers: Mapping[str, Payer], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        """All of them, or the failure of all. What an engine rendered before it failed is used."""
        found: dict[str, Rendering] = {}
        failures: list[TranslateError] = []
        chain = self._chain(language)
        for engine in chain:
            left = {sentence: payer for sentence, payer in payers.items() if sentence not in found}
            done, failure = tried(engine, left, language, terms)
            found |= {sentence: replace(one, engine=engine.id) for sentence, one in done.items()}
            if failure is None:
                return [found[sentence] for sentence in payers]
            if failure.reason in (STOPPED, UNCOUNTED):  # no failure of the engine, so none for the next to make good
                raise failure
            failures.append(failure)
            if engine is not chain[-1]:
                self._report(engine.id, failure)
        raise self._all(failures)

    def _all(self, failures: Sequence[TranslateError]) -> TranslateError:
        """What every engine says, for the reason that ends soonest."""
        first = min(failures, key=self._patience)
        messages = "; ".join(dict.fromkeys(failure.message for failure in failures))
        return TranslateError(
            messages,
            reason=first.reason,
            transient=first.transient,
            retry_at=first.retry_at,
            detail=first.detail,
        )

    def _patience(self, failure: TranslateError) -> tuple[bool, datetime]:
        """Those that end first, the soonest first."""
        return not failure.transient, failure.retry_at or self._clock() + NEVER

    def _chain(self, language: str) -> list[Engine]:
        chain = [engine for engine in self.engines if language in engine.languages]
        if not chain:
            known = ", ".join(sorted(self.languages))
            raise TranslateError(f"no engine of the route knows {language!r}, only {known}", reason="language")
        return chain


def tried(
    engine: Translator, payers: Mapping[str, Payer], language: str, terms: Mapping[str, str] | None
) -> tuple[dict[str, Rendering], TranslateError | None]:
    """What an engine renders, and why the rest is missing. A service may do a part; a model all or none."""
    try:
        if isinstance(engine, Remote):
            return engine.attempt(payers, language, terms)
        return dict(zip(payers, engine.translate(list(payers), language, terms), strict=True)), None
    except TranslateError as error:
        return {}, error
