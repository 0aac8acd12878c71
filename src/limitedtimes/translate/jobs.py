"""Sentences on their way through an engine, many at once: what articles and lines of text have in common.

All are sent in one batch, each text once. What comes back is set in English type and checked; what fails badly is
asked for again in clauses, then mended, then refused: a sentence without a trustworthy English is shown in the
original, flagged.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from limitedtimes.accounts import NOBODY, Payer
from limitedtimes.errors import ConfigError, TranslateError
from limitedtimes.model import HEADLINE, EnglishSentence, Flag, FlagKind, Origin, Sentence
from limitedtimes.protocols import Correction, Paid, Rendering, Streaming, Translator
from limitedtimes.translate import capitals, drafts
from limitedtimes.translate.corrected import HUMAN
from limitedtimes.translate.drafts import AND, Draft
from limitedtimes.translate.glossary import EVERYWHERE, UNTOUCHED, Found, Scope
from limitedtimes.translate.verdict import LENIENT, Standard, Verdict, judge

MOST_TERMS: Final = 40
"""Terms of the glossary that an engine is given at a time."""
OPEN: Final = 4
"""Batches that the next sentence may still go into: one word may be two things in turns."""


@dataclass(slots=True)
class Job:
    """One sentence on its way: what is asked for it, and the best answer so far. No draft: nothing to ask."""

    sentence: Sentence
    text: str  # clean
    language: str
    draft: Draft | None = None
    verdict: Verdict | None = None
    remembered: bool = False
    foreign: str = ""  # why it is not for this engine, and shown in the original; "" for any other
    found: Found = UNTOUCHED  # terms of the glossary
    payer: Payer = NOBODY
    correction: Correction | None = None  # of a person: then no engine is asked, and no program checks

    @property
    def is_headline(self) -> bool:
        return self.sentence.part == HEADLINE


@dataclass(slots=True)
class Work:
    """What succeeds or fails together: the sentences of an article, or of a line."""

    jobs: Sequence[Job] = ()
    error: TranslateError | None = None


def prepare(
    sentence: Sentence, language: str, engine: Translator, spelt: Mapping[str, str], *, terms: Scope = EVERYWHERE
) -> Job:
    """The job for a sentence in a language of the engine; ``spelt``: how words are spelled that it has in capitals."""
    text = drafts.clean(sentence.text)
    calm = calmed(text, language, spelt)
    draft = drafts.draft(calm, lambda piece: engine.fits(piece, language))
    return Job(sentence, text, language, draft if draft.wanted else None, found=terms.find(calm, language))


def calmed(text: str, language: str, spelt: Mapping[str, str]) -> str:
    """A clean text as engines and checks see it: in ordinary letters."""
    return capitals.calm(text, spelt, language) if capitals.is_shouted(text) else text


def untouched(sentence: Sentence, language: str, *, foreign: str = "") -> Job:
    """The job for a sentence that is no engine's: it is English, or it is ``foreign``."""
    return Job(sentence, drafts.clean(sentence.text), language, foreign=foreign)


def ask(works: Sequence[Work], engine: Translator) -> None:
    """Give every job that needs it a verdict, or its work the error. ConfigError is raised."""
    _ask(works, engine, [job for work in works for job in work.jobs if job.draft and not job.verdict])
    _ask_again(works, engine)


def _ask(works: Sequence[Work], engine: Translator, jobs: Sequence[Job]) -> None:
    """One batch per language and set of terms. Where it fails, work by work, so that only the one at fault has the
    error."""
    for language, terms, wanted in _batches(jobs):
        try:
            _answer(wanted, engine, language, terms)
        except ConfigError:
            raise
        except Exception:  # an engine is a hostile border: one bad sentence must not take the others with it
            _ask_one_by_one(works, engine, wanted, language, terms)


def _batches(jobs: Sequence[Job]) -> Iterator[tuple[str, Mapping[str, str], list[Job]]]:
    """Jobs that may be asked for together, with their language and terms.

    Sentences without terms have batches of their own, so that the terms of others never reach them; those with terms
    share one as long as no word must become two things in it, and there are not too many for a prompt.
    """
    batches: dict[str, list[tuple[dict[str, str], list[Job]]]] = {}
    for job in sorted(jobs, key=lambda job: (job.language, bool(job.found.matches))):
        terms, there = job.found.terms, batches.setdefault(job.language, [])
        near = (batch for batch in there[-OPEN:] if bool(batch[0]) == bool(terms) and _agree(batch[0], terms))
        batch = next(near, None)
        if batch is None:
            there.append(batch := ({}, []))
        batch[0].update(terms)
        batch[1].append(job)
    return ((language, *batch) for language, each in batches.items() for batch in each)


def _agree(terms: Mapping[str, str], others: Mapping[str, str]) -> bool:
    together = {**terms, **others}
    return len(together) <= MOST_TERMS and all(together[said] == english for said, english in terms.items())


def _ask_one_by_one(
    works: Sequence[Work], engine: Translator, jobs: Sequence[Job], language: str, terms: Mapping[str, str]
) -> None:
    wanted = set(map(id, jobs))
    for work in works:
        mine = [job for job in work.jobs if id(job) in wanted]
        try:
            _answer(mine, engine, language, terms)
        except ConfigError:
            raise
        except Exception as error:
            if not all(job.verdict for job in mine):  # else it was a second try: the first answers stand
                work.error = _as_expected(error, engine)


def _as_expected(error: Exception, engine: Translator) -> TranslateError:
    if isinstance(error, TranslateError):
        return error
    return TranslateError(f"{engine.id} failed: {error}", reason="unexpected", detail=traceback.format_exc())


def _answer(jobs: Sequence[Job], engine: Translator, language: str, terms: Mapping[str, str]) -> None:
    """Ask for every text once, and judge every sentence."""
    ready = [(job, job.draft) for job in jobs if job.draft and job.draft.wanted]
    payers: dict[str, Payer] = {}
    for job, draft in ready:
        for text in draft.wanted:
            payers.setdefault(text, job.payer)  # what stands in several articles is paid for by the first
    if not payers:
        return
    rendered: dict[str, Rendering] = {}
    waiting: dict[str, list[tuple[Job, Draft]]] = {}
    for one in ready:
        waiting.setdefault(one[1].wanted[-1], []).append(one)
    for text, rendering in _rendered(payers, engine, language, terms or None):
        rendered[text] = rendering
        for job, draft in waiting.pop(text, ()):
            missing = next((piece for piece in draft.wanted if piece not in rendered), None)
            if missing is not None:
                waiting.setdefault(missing, []).append((job, draft))
                continue
            verdict = judged(job, draft, draft.put_together(rendered), engine)
            if job.verdict is None or verdict.better_than(job.verdict):
                job.verdict = verdict
        rendered[text] = replace(rendering, others=())  # judged: what else it would say is not to be kept
    if waiting:
        raise TranslateError(f"{engine.id} left out {len(waiting)} of {len(payers)} texts", reason="unexpected")


def _rendered(
    payers: Mapping[str, Payer], engine: Translator, language: str, terms: Mapping[str, str] | None
) -> Iterator[tuple[str, Rendering]]:
    """Each text with its rendering, as soon as that is there: what comes first is judged while the engine goes on."""
    texts = list(payers)
    if isinstance(engine, Streaming):
        yield from ((texts[index], rendering) for index, rendering in engine.stream(texts, language, terms))
    elif isinstance(engine, Paid):
        yield from zip(texts, engine.translate_for(payers, language, terms), strict=True)
    else:
        yield from zip(texts, engine.translate(texts, language, terms), strict=True)


def judged(job: Job, draft: Draft, rendering: Rendering, engine: Translator) -> Verdict:
    """The verdict on a rendering of a job's draft: on the first without a doubt of what the engine would say, else the
    best; on what it says first, where the doubt is that it does not know the words.

    Made-up and repeated words are too much in a headline by an engine that makes words up; with others, a word that no
    dictionary has is more likely one that the dictionary lacks.
    """
    makers = rendering.engine.split(AND) if rendering.engine else [engine.id]
    bars = [engine.drafts[maker] for maker in makers if maker in engine.drafts]
    standard = Standard(max(bars), strict=job.is_headline) if bars else LENIENT
    best = judge(draft.text, rendering, job.language, job.found, standard)
    others = iter(rendering.others)
    while best.may_be_bettered and (other := next(others, None)):
        verdict = judge(draft.text, replace(other, engine=rendering.engine), job.language, job.found, standard)
        best = verdict if verdict.better_than(best) else best
    return best


def _ask_again(works: Sequence[Work], engine: Translator) -> None:
    """What was refused or lacks a figure, once more, in clauses. An answer replaces the first one only if better."""
    again = []
    for job in (job for work in works for job in work.jobs):
        if job.draft and job.verdict and not job.remembered and job.verdict.is_worth_asking_again:
            other = drafts.redraft(job.draft)
            if other != job.draft:
                job.draft = other
                again.append(job)
    _ask(works, engine, again)


def english(job: Job, engine: Translator) -> EnglishSentence:
    """What is shown for a sentence, and why."""
    number = job.sentence.number
    if job.correction:
        by, at = HUMAN + job.correction.by, job.correction.at
        return EnglishSentence(number, job.correction.english, Origin.HUMAN, by, corrected=at)
    if job.foreign:
        return in_original(job, Flag(FlagKind.UNTRANSLATED, number, job.foreign))
    if job.verdict is None:
        return EnglishSentence(number, job.text, Origin.AS_IS, glossary=job.found.version)
    flags = tuple(Flag(doubt.kind, number, doubt.note) for doubt in job.verdict.doubts)
    if job.verdict.refused:
        shown = Flag(FlagKind.UNTRANSLATED, number, "no trustworthy translation: shown in the original")
        return in_original(job, shown, *flags)
    origin = Origin.MEMORY if job.remembered else Origin.ENGINE
    made_by = job.verdict.engine or engine.id
    return EnglishSentence(number, job.verdict.text, origin, made_by, job.verdict.score, flags, job.found.version)


def in_original(job: Job, *why: Flag) -> EnglishSentence:
    """The sentence as its publisher wrote it, with the flags that say why."""
    return EnglishSentence(job.sentence.number, job.text, Origin.NONE, flags=why, glossary=job.found.version)
