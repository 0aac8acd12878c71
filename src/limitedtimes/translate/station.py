"""The station: articles in, translations out, many at once.

All sentences of a group of articles are cleaned, looked up in the memory, and sent to the engine in one batch, each
text once. What comes back is set in English type and checked; what fails badly is asked for again in clauses, then
mended, then refused: a sentence without a trustworthy English is shown in the original, flagged.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from limitedtimes.errors import ConfigError, TranslateError
from limitedtimes.model import (
    HEADLINE,
    UNKNOWN_LANGUAGE,
    Article,
    EnglishSentence,
    Flag,
    FlagKind,
    Origin,
    Sentence,
    Translation,
)
from limitedtimes.protocols import Memory, MemoryKey, Rendering, Translator
from limitedtimes.translate import capitals, drafts
from limitedtimes.translate.drafts import Draft
from limitedtimes.translate.lexicon import ENGLISH
from limitedtimes.translate.verdict import Verdict, judge

GROUP: Final = 4000
"""Sentences that are in hand at a time: enough for full batches, and a bound on memory."""


@dataclass(slots=True)
class Job:
    """One sentence on its way: what is asked for it, and the best answer so far. No draft: nothing to ask."""

    sentence: Sentence
    text: str  # clean
    language: str
    draft: Draft | None
    verdict: Verdict | None = None
    remembered: bool = False


@dataclass(slots=True)
class Work:
    """One article on its way."""

    article: Article
    jobs: list[Job] = field(default_factory=list)
    error: TranslateError | None = None


def translate(
    articles: Iterable[Article], *, engine: Translator, memory: Memory, now: datetime
) -> Iterator[Translation | TranslateError]:
    """One answer per article, in order: its translation, or why there is none (reason ``headline``, ``language``,
    one of the engine's own, or ``unexpected``). ConfigError, a model that cannot be loaded, is raised."""
    for group in _groups(articles):
        works = [_prepare(article, engine) for article in group]
        _recall(works, engine, memory)
        _ask(works, engine, [job for work in works for job in work.jobs if job.draft and not job.verdict])
        _ask_again(works, engine)
        yield from (_finish(work, engine, now) for work in works)


def _groups(articles: Iterable[Article]) -> Iterator[list[Article]]:
    group: list[Article] = []
    size = 0
    for article in articles:
        group.append(article)
        size += len(article.sentences)
        if size >= GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


def _prepare(article: Article, engine: Translator) -> Work:
    work = Work(article)
    if article.language not in (ENGLISH, *engine.languages):
        work.error = TranslateError(f"{engine.id} does not translate from {article.language!r}", reason="language")
        return work
    shouted = any(capitals.is_shouted(sentence.text) for sentence in article.sentences)
    spelt = capitals.spellings(sentence.text for sentence in article.sentences) if shouted else {}
    work.jobs = [_job(sentence, article, engine, spelt) for sentence in article.sentences]
    return work


def _job(sentence: Sentence, article: Article, engine: Translator, spelt: Mapping[str, str]) -> Job:
    text = drafts.clean(sentence.text)
    language = _language(sentence, article, engine)
    if language not in engine.languages:
        return Job(sentence, text, language, None)
    calm = capitals.calm(text, spelt, language) if capitals.is_shouted(text) else text
    draft = drafts.draft(calm, lambda piece: engine.fits(piece, language))
    return Job(sentence, text, language, draft if draft.wanted else None)


def _language(sentence: Sentence, article: Article, engine: Translator) -> str:
    """The sentence's own language; the article's where it is unknown, or a headline's that no engine knows."""
    known = sentence.language == ENGLISH or sentence.language in engine.languages
    if sentence.language == UNKNOWN_LANGUAGE or (sentence.part == HEADLINE and not known):
        return article.language
    return sentence.language


def _recall(works: Sequence[Work], engine: Translator, memory: Memory) -> None:
    """Give every sentence that is remembered its verdict; what would be refused today is not taken."""
    jobs = {_key(job, engine): job for work in works for job in work.jobs if job.draft}
    known = memory.recall(list(jobs))
    for work in works:
        for job in work.jobs:
            rendering = known.get(_key(job, engine)) if job.draft else None
            if job.draft and rendering:
                verdict = judge(job.draft.text, rendering, job.language)
                if not verdict.refused:
                    job.verdict, job.remembered = verdict, True


def _key(job: Job, engine: Translator) -> MemoryKey:
    return MemoryKey(job.sentence.text, job.language, engine.id)


def _ask(works: Sequence[Work], engine: Translator, jobs: Sequence[Job]) -> None:
    """One batch per language. Where it fails, article by article, so that only the one at fault has the error."""
    for language in sorted({job.language for job in jobs}):
        wanted = [job for job in jobs if job.language == language]
        try:
            _answer(wanted, engine, language)
        except ConfigError:
            raise
        except Exception:  # an engine is a hostile border: one bad article must not take the others with it
            _ask_one_by_one(works, engine, wanted, language)


def _ask_one_by_one(works: Sequence[Work], engine: Translator, jobs: Sequence[Job], language: str) -> None:
    wanted = set(map(id, jobs))
    for work in works:
        mine = [job for job in work.jobs if id(job) in wanted]
        try:
            _answer(mine, engine, language)
        except ConfigError:
            raise
        except Exception as error:
            if not all(job.verdict for job in mine):  # else it was a second try: the first answers stand
                work.error = _as_expected(error, engine)


def _as_expected(error: Exception, engine: Translator) -> TranslateError:
    if isinstance(error, TranslateError):
        return error
    return TranslateError(f"{engine.id} failed: {error}", reason="unexpected", detail=traceback.format_exc())


def _answer(jobs: Sequence[Job], engine: Translator, language: str) -> None:
    """Ask for every text once, and judge every sentence."""
    ready = [(job, job.draft) for job in jobs if job.draft]
    texts = list(dict.fromkeys(text for _, draft in ready for text in draft.wanted))
    if not texts:
        return
    renderings = engine.translate(texts, language)
    rendered: dict[str, Rendering] = dict(zip(texts, renderings, strict=True))
    for job, draft in ready:
        verdict = judge(draft.text, draft.put_together(rendered), language)
        if job.verdict is None or verdict.better_than(job.verdict):
            job.verdict = verdict


def _ask_again(works: Sequence[Work], engine: Translator) -> None:
    """What was refused, once more, in clauses. An answer replaces the first one only if it is better."""
    again = []
    for job in (job for work in works for job in work.jobs):
        if job.draft and job.verdict and job.verdict.refused:
            other = drafts.redraft(job.draft)
            if other != job.draft:
                job.draft = other
                again.append(job)
    _ask(works, engine, again)


def _finish(work: Work, engine: Translator, now: datetime) -> Translation | TranslateError:
    if work.error:
        return work.error
    sentences = tuple(_sentence(job, engine) for job in work.jobs)
    for job, sentence in zip(work.jobs, sentences, strict=True):
        if job.sentence.part == HEADLINE and sentence.origin is Origin.NONE:
            why = "; ".join(flag.note for flag in sentence.flags)
            return TranslateError(
                f"the headline “{job.sentence.text}” could not be translated: {why}", reason="headline"
            )
    return Translation(
        article=work.article.id,
        fingerprint=work.article.fingerprint,
        engine=engine.id,
        translated_at=now,
        sentences=sentences,
    )


def _sentence(job: Job, engine: Translator) -> EnglishSentence:
    number, text = job.sentence.number, job.text
    if job.verdict is None:
        if job.language in (ENGLISH, *engine.languages):
            return EnglishSentence(number, text, Origin.AS_IS)
        note = f"in {job.language!r}, a language without an engine: shown in the original"
        return EnglishSentence(number, text, Origin.NONE, flags=(Flag(FlagKind.UNTRANSLATED, number, note),))
    flags = tuple(Flag(doubt.kind, number, doubt.note) for doubt in job.verdict.doubts)
    if job.verdict.refused:
        shown = Flag(FlagKind.UNTRANSLATED, number, "no trustworthy translation: shown in the original")
        return EnglishSentence(number, text, Origin.NONE, flags=(shown, *flags))
    origin = Origin.MEMORY if job.remembered else Origin.ENGINE
    return EnglishSentence(number, job.verdict.text, origin, engine.id, job.verdict.score, flags)
