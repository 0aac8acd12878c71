"""Lines of text into English, one for one, with the same care as an article's sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from limitedtimes.errors import UNCOUNTED, StoreError
from limitedtimes.languages import language_name
from limitedtimes.model import UNKNOWN_LANGUAGE, EnglishSentence, Flag, FlagKind, Origin, Sentence
from limitedtimes.protocols import Translator
from limitedtimes.translate import clauses, jobs
from limitedtimes.translate.glossary import EVERYWHERE, Scope
from limitedtimes.translate.jobs import Job, Work
from limitedtimes.translate.lexicon import ENGLISH


@dataclass(frozen=True, slots=True)
class Line:
    """One line, sentence by sentence."""

    sentences: tuple[EnglishSentence, ...]

    @property
    def text(self) -> str:
        """The whole line: in English, but for what is shown in the original."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def translated(self) -> bool:
        """Whether anything in it is an engine's; else it had best be shown as it was given, to the letter."""
        return any(sentence.origin is Origin.ENGINE for sentence in self.sentences)

    @property
    def untranslated(self) -> bool:
        """Whether anything in it should be English and is not."""
        return any(sentence.origin is Origin.NONE for sentence in self.sentences)

    @property
    def flags(self) -> tuple[Flag, ...]:
        return tuple(flag for sentence in self.sentences for flag in sentence.flags)


def translate_lines(
    lines: Sequence[Sequence[Sentence]], *, engine: Translator, language: str, terms: Scope = EVERYWHERE
) -> list[Line]:
    """Lines, each given as its sentences, in one batch. A sentence in neither ``language`` nor English is not guessed.

    What the engine fails on is shown in the original. Raises ConfigError for a model that cannot be loaded, StoreError
    where nobody can count what a service is sent.
    """
    works = [Work([_job(sentence, engine, language, terms) for sentence in line]) for line in lines]
    jobs.ask(works, engine)
    for error in (work.error for work in works):
        if error and error.reason == UNCOUNTED:
            raise StoreError(error.message)
    return [Line(tuple(_english(job, work, engine) for job in work.jobs)) for work in works]


def _job(sentence: Sentence, engine: Translator, language: str, terms: Scope) -> Job:
    if sentence.language in (language, UNKNOWN_LANGUAGE):
        return jobs.prepare(sentence, language, engine, {}, terms=terms)
    foreign = f"it is in {language_name(sentence.language)}, not in {language_name(language)}"
    return jobs.untouched(sentence, sentence.language, foreign="" if sentence.language == ENGLISH else foreign)


def _english(job: Job, work: Work, engine: Translator) -> EnglishSentence:
    if work.error and job.draft and not job.verdict:
        return jobs.in_original(job, Flag(FlagKind.UNTRANSLATED, job.sentence.number, work.error.message))
    return jobs.english(job, engine)


def render_lines(lines: Sequence[str], *, engine: Translator, language: str) -> list[str]:
    """What the engine makes of lines, unchecked and unmended; a line is cut only where it would not fit.

    Raises TranslateError, ConfigError.
    """
    pieces = [clauses.cut(line, lambda piece: engine.fits(piece, language)) for line in lines]
    rendered = iter(engine.translate([piece for line in pieces for piece in line], language))
    whole = [" ".join(next(rendered).text for _ in line) for line in pieces]
    return [text.replace("\n", " ") for text in whole]  # a line is a line, whatever an engine says
