"""The station: articles in, translations out, many at once.

All sentences of a group of articles are cleaned, looked up in the memory, and sent to the engine together.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from limitedtimes.accounts import Payer
from limitedtimes.errors import TranslateError
from limitedtimes.languages import language_name
from limitedtimes.model import (
    HEADLINE,
    STANDFIRST,
    UNKNOWN_LANGUAGE,
    Article,
    EnglishSentence,
    Flag,
    FlagKind,
    Origin,
    Sentence,
    Translation,
)
from limitedtimes.protocols import Memory, MemoryKey, Translator
from limitedtimes.translate import capitals, contradictions, corrected, drafts, jobs
from limitedtimes.translate.glossary import EVERYWHERE, Scope
from limitedtimes.translate.jobs import Job, Work
from limitedtimes.translate.lexicon import ENGLISH

GROUP: Final = 4000
"""Sentences that are in hand at a time: enough for full batches, and a bound on memory."""


Terms = Callable[[Article], Scope]
"""Which entries of the glossary hold for an article."""


class Headless(TranslateError):
    """An article whose headline could not be translated. ``besides`` is its translation without: no page, but worth
    remembering."""

    def __init__(self, message: str, besides: Translation) -> None:
        super().__init__(message, reason="headline")
        self.besides = besides

    def __reduce__(self) -> tuple[object, tuple[str, Translation]]:  # type: ignore[override]
        return type(self), (self.message, self.besides)


def no_terms(article: Article) -> Scope:
    """For a paper without a glossary."""
    del article
    return EVERYWHERE


def translate(
    articles: Iterable[Article],
    *,
    engine: Translator,
    memory: Memory,
    now: datetime,
    terms: Terms = no_terms,
    original_headlines: bool = False,
) -> Iterator[Translation | TranslateError]:
    """One answer per article, in order: its translation, or why there is none (reason ``headline``, ``language``,
    one of the engine's own, or ``unexpected``). ConfigError, a model that cannot be loaded, is raised.

    ``original_headlines``: one that could not be translated is shown in the original, flagged, as any sentence is; no
    edition has such headlines, but who asked for one article wants that one.
    """
    for group in _groups(articles):
        works = [_prepare(article, engine, terms(article)) for article in group]
        _correct(group, works, memory)
        _recall(works, engine, memory)
        jobs.ask(works, engine)
        for article, work in zip(group, works, strict=True):
            answer = _finish(article, work, engine, now)
            untold = None if original_headlines else _untold(work, answer)
            yield untold or answer


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


def _prepare(article: Article, engine: Translator, terms: Scope) -> Work:
    if article.language not in (ENGLISH, *engine.languages):
        why = f"{engine.id} does not translate from {article.language!r}"
        return Work(error=TranslateError(why, reason="language"))
    spelt = _spelt(article)
    jobs, payer = (
        [_job(sentence, article, engine, spelt, terms) for sentence in article.sentences],
        Payer(article.source, article.id),
    )
    for job in jobs:
        job.payer = payer
    return Work(jobs)


def _spelt(article: Article) -> Mapping[str, str]:
    shouted = any(capitals.is_shouted(sentence.text) for sentence in article.sentences)
    return capitals.spellings(sentence.text for sentence in article.sentences) if shouted else {}


def _job(sentence: Sentence, article: Article, engine: Translator, spelt: Mapping[str, str], terms: Scope) -> Job:
    language = _language(sentence, article, engine)
    if language in engine.languages:
        return jobs.prepare(sentence, language, engine, spelt, terms=terms)
    foreign = f"it is in {language_name(language)}, which no engine here translates"
    return jobs.untouched(sentence, language, foreign="" if language == ENGLISH else foreign)


def memory_keys(article: Article, *, engine: Translator, terms: Scope) -> list[MemoryKey | None]:
    """What the memory is asked by for each sentence; None for one that no engine is asked for. Loads no model."""
    spelt = _spelt(article)
    keys: list[MemoryKey | None] = []
    for sentence in article.sentences:
        language = _language(sentence, article, engine)
        text = jobs.calmed(drafts.clean(sentence.text), language, spelt)
        wanted = language in engine.languages and drafts.draft(text, lambda _: True).wanted
        version = terms.find(text, language).version if wanted else ""
        keys.append(MemoryKey(sentence.text, language, engine.id, version) if wanted else None)
    return keys


def _language(sentence: Sentence, article: Article, engine: Translator) -> str:
    """The sentence's own language; the article's where it is unknown, or a headline's that no engine knows."""
    known = sentence.language == ENGLISH or sentence.language in engine.languages
    if sentence.language == UNKNOWN_LANGUAGE or (sentence.part == HEADLINE and not known):
        return article.language
    return sentence.language


def _correct(articles: Sequence[Article], works: Sequence[Work], memory: Memory) -> None:
    """Give every sentence that a person corrected their English, and leave nothing of it to ask."""
    pairs = [
        pair
        for article, work in zip(articles, works, strict=True)
        for pair in zip(corrected.keys_of((job.sentence for job in work.jobs), article), work.jobs, strict=True)
    ]
    known = corrected.recalled((key for key, _ in pairs), memory)
    for key, job in pairs:
        if key in known:
            job.correction, job.draft = known[key], None


def _recall(works: Sequence[Work], engine: Translator, memory: Memory) -> None:
    """Give every sentence that is remembered its verdict; what would be refused today is not taken."""
    wanted = [job for work in works for job in work.jobs if job.draft]
    known = memory.recall(list(dict.fromkeys(_key(job, engine) for job in wanted)))
    for job in wanted:
        rendering = known.get(_key(job, engine))
        if job.draft and rendering:
            verdict = jobs.judged(job, job.draft, rendering, engine)
            if not verdict.refused:
                job.verdict, job.remembered = verdict, True


def _key(job: Job, engine: Translator) -> MemoryKey:
    return MemoryKey(job.sentence.text, job.language, engine.id, job.found.version)


def _finish(article: Article, work: Work, engine: Translator, now: datetime) -> Translation | TranslateError:
    if work.error:
        return work.error
    day = (article.published.at if article.published else article.fetched_at).date()
    slips = contradictions.slips(_spoken(article, work), day)
    sentences = tuple(_with_slip(jobs.english(job, engine), slips) for job in work.jobs)
    return Translation(
        article=article.id,
        fingerprint=article.fingerprint,
        engine=_most(sentences) or engine.id,
        translated_at=now,
        sentences=sentences,
        glossary=_version(sentences),
    )


def _untold(work: Work, answer: Translation | TranslateError) -> TranslateError | None:
    """Why there is no English headline, if there is none."""
    if isinstance(answer, TranslateError):
        return None
    for job, sentence in zip(work.jobs, answer.sentences, strict=True):
        if job.is_headline and sentence.origin is Origin.NONE:
            why = "; ".join(flag.note for flag in sentence.flags)
            return Headless(f"the headline “{job.sentence.text}” could not be translated: {why}", answer)
    return None


def _spoken(article: Article, work: Work) -> list[contradictions.Spoken]:
    """The sentences as their publisher's dates are read, those of headline, standfirst and captions beside the text."""
    beside = {HEADLINE, STANDFIRST, *(part for part, block in enumerate(article.blocks) if block.picture)}
    return [
        contradictions.Spoken(job.sentence.number, job.text, job.language, job.sentence.part in beside)
        for job in work.jobs
    ]


def _with_slip(english: EnglishSentence, slips: Mapping[int, str]) -> EnglishSentence:
    """The sentence with a flag for what the publisher itself got wrong."""
    note = slips.get(english.number)
    return replace(english, flags=(*english.flags, Flag(FlagKind.DATE, english.number, note))) if note else english


def _version(sentences: Iterable[EnglishSentence]) -> str:
    """Sixteen hexadecimal digits that differ when that of a sentence does; "" where the glossary touches none."""
    versions = [f"{sentence.number}:{sentence.glossary}" for sentence in sentences if sentence.glossary]
    return hashlib.sha256(" ".join(versions).encode()).hexdigest()[:16] if versions else ""


def _most(sentences: Iterable[EnglishSentence]) -> str:
    """The id of the engine that did most of them, for a person is none; "" if none did any."""
    counted = Counter(said.engine for said in sentences if said.engine and said.origin is not Origin.HUMAN)
    return counted.most_common(1)[0][0] if counted else ""
