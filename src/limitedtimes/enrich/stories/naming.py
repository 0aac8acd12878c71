"""The names at the top of an article: in headline, standfirst and first paragraph of its English.

A name is one or more words with a capital that stand together. Where a capital says nothing (at the start of a
sentence, in a headline that has one on every word) the running text must have it too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from limitedtimes.enrich.stories.no_names import CLICHES, NO_NAMES, PARTICLES, PEOPLES, TIMES, TITLES
from limitedtimes.enrich.stories.terms import SILENT
from limitedtimes.model import HEADLINE, STANDFIRST, Article, BlockKind, Origin
from limitedtimes.protocols import Translated

WORDS: Final = 400
"""Of a long article only so many are read, from the top."""
LONGEST: Final = 5  # words of a name
_TITLED: Final = 0.7  # share of capitals among its longer words that makes a headline one in title case

BEFORE: Final = TITLES | CLICHES | PEOPLES | TIMES
AFTER: Final = (TIMES - {"may"}) | CLICHES
_WORD: Final = re.compile(r"[^\W_]+(?:[-'’&.][^\W_]+)*")
_ENDS: Final = frozenset(".:!?…")  # what comes after has a capital whatever it is
_POSSESSIVE: Final = re.compile(r"['’]s$|(?<=s)['’]$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text. ``first``: a sentence begins with it. ``joined``: only a blank is before it."""

    text: str
    first: bool
    joined: bool
    owns: bool  # it had 's: a name ends here

    @property
    def plain(self) -> str:
        return self.text.casefold()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Usage:
    """How the running text writes words: with a capital inside a sentence, and without."""

    capital: frozenset[str]
    lower: frozenset[str]

    def proves(self, word: Word) -> bool:
        return word.plain in self.capital and word.plain not in self.lower


def names(item: Translated) -> dict[str, str]:
    """Key → the name as it is written: ``{"olaf scholz": "Olaf Scholz"}``.

    One who is called "Scholz" at the top and "Olaf Scholz" further down is Olaf Scholz.
    """
    sentences = _sentences(item)
    running = [sentence for part, sentence in sentences if part != HEADLINE]
    usage = _usage(running)
    whole = {name for sentence in running for name in _names(sentence, usage) if " " in name}
    top = _top(item.article)
    proved = (_proved(sentence, usage) if part < 0 else sentence for part, sentence in sentences if part in top)
    found = (_in_full(name, whole) for sentence in proved for name in _names(sentence, usage))
    return {key_of(name): name for name in found}


def key_of(name: str) -> str:
    """Without capitals, accents and punctuation, so that spellings of one name meet."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare))


def _top(article: Article) -> set[int]:
    paragraphs = (number for number, block in enumerate(article.blocks) if block.kind is BlockKind.PARAGRAPH)
    return {HEADLINE, STANDFIRST, next(paragraphs, 0)}


def _sentences(item: Translated) -> list[tuple[int, list[Word]]]:
    """Part and words of each sentence, up to WORDS. What has no English is left out."""
    found: list[tuple[int, list[Word]]] = []
    left = WORDS
    for sentence, english in zip(item.article.sentences, item.translation.sentences, strict=True):
        if english.origin is not Origin.NONE and left > 0:
            found.append((sentence.part, list(words(english.text))))
            left -= len(found[-1][1])
    return found


def words(sentence: str) -> Iterator[Word]:
    end = 0
    for number, found in enumerate(_WORD.finditer(sentence)):
        text, between = _POSSESSIVE.sub("", found[0]), sentence[end : found.start()]
        first = number == 0 or not _ENDS.isdisjoint(between)
        yield Word(text, first, not first and between.isspace(), text != found[0])
        end = found.end()


def _usage(running: Iterable[Sequence[Word]]) -> Usage:
    inside = [word for sentence in running for word in sentence if not word.first]
    return Usage(
        frozenset(word.plain for word in inside if word.capital),
        frozenset(word.plain for word in inside if not word.capital),
    )


def _proved(headline: Sequence[Word], usage: Usage) -> list[Word]:
    """Where most of the longer words have a capital it says nothing: what the running text proves keeps its own."""
    longer = [word for word in headline if len(word.text) > 3 and not word.first]
    loud = all(word.text.isupper() for word in headline if len(word.text) > 3)
    if not loud and (len(longer) < 4 or sum(word.capital for word in longer) < _TITLED * len(longer)):
        return list(headline)
    return [word if usage.proves(word) else replace(word, text=word.plain) for word in headline]


def _names(sentence: Sequence[Word], usage: Usage) -> Iterator[str]:
    for run in _runs(sentence):
        kept = _trimmed(run, usage)
        if kept and len(kept) <= LONGEST and not _is_none(kept, usage):
            yield " ".join(word.text for word in kept)


def _runs(sentence: Sequence[Word]) -> Iterator[list[Word]]:
    """Words with capitals that stand together, with the particles between them."""
    run: list[Word] = []
    for word in sentence:
        goes_on = bool(run) and word.joined and not run[-1].owns
        belongs = word.capital or (goes_on and word.text in PARTICLES)
        if run and not (goes_on and belongs):
            yield run
            run = []
        if belongs:
            run.append(word)
    if run:
        yield run


def _trimmed(run: Sequence[Word], usage: Usage) -> list[Word]:
    """Without titles and the like around it, particles, and a first word that only begins its sentence."""
    kept = list(run)
    while kept and (_goes_before(kept[0]) or _only_begins(kept, usage)):
        kept.pop(0)
    while kept and (kept[-1].text in PARTICLES or kept[-1].plain in AFTER):
        kept.pop()
    return kept


def _goes_before(word: Word) -> bool:
    """Will Smith is no "will"; at the start of a sentence the word is no name."""
    return word.text in PARTICLES or word.plain in BEFORE or (word.first and word.plain in SILENT)


def _only_begins(run: Sequence[Word], usage: Usage) -> bool:
    first = run[0]
    if not first.first or usage.proves(first):
        return False
    return len(run) == 1 or run[1].text in PARTICLES or first.plain in usage.lower


def _is_none(run: Sequence[Word], usage: Usage) -> bool:
    if len(run) > 1:
        return all(word.plain in NO_NAMES for word in run)
    only = run[0]
    short = len(only.text) < 2 or (len(only.text) == 2 and not only.text.isupper())
    return short or only.plain in NO_NAMES or only.plain in usage.lower or only.text.isdecimal()


def _in_full(name: str, whole: Iterable[str]) -> str:
    """``Scholz`` → ``Olaf Scholz``, where the article has one name that ends so."""
    fitting = {full for full in whole if full.rpartition(" ")[2] == name}
    return fitting.pop() if len(fitting) == 1 else name
