"""Highlights: the few sentences of an article that tell its news, each of them a sentence of the translation.

A sentence scores by its place (news comes first), by what it shares with the headline and with the rest of the text,
by a length that reads well, and by whether it can stand alone. The weights were set on publishers' own standfirsts;
`benchmarks/highlights.py` measures them against the first sentences and against LexRank.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from limitedtimes.model import HEADLINE, STANDFIRST, Article, BlockKind, Highlight, Origin, Translation

MOST: Final = 5
PER_HIGHLIGHT: Final = ((40, 5), (25, 4), (9, 3), (6, 2), (3, 1))
"""Sentences that a text must have for so many highlights; a shorter one has none."""

EARLY: Final = 4.0  # sentences after which the bonus of a place has fallen to 1/e
CENTRE: Final = 0.3
LENGTH, SPREAD = 20, 20  # words that read best, and how far from them a sentence may be
SAME_PARAGRAPH: Final = 0.8
REPEATS: Final = 0.75
"""A sentence that shares so much of its words with headline or standfirst says nothing new."""

_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
_END: Final = re.compile(r"[.!…。！।][”’\"')\]]*$")
_LEANING: Final = (
    "he she it they his her its their this that these those there here but and so or yet however because then "
    "also thus therefore instead still nor such both other others meanwhile moreover furthermore nevertheless too"
)
_LEANS: Final = re.compile(
    rf"""[“"‘']?(?:{"|".join(_LEANING.split())}|for example|in addition|after that)\b""", re.IGNORECASE
)
_COMMONEST: Final = (
    "that this with from have been were will would their they them there then than which when what where while "
    "said says also about into over after before between more most some such only other could should because "
    "through during being does very just like even still much many those these here your"
)
_COMMON: Final = frozenset(_COMMONEST.split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that could be a highlight."""

    number: int
    place: int  # among the sentences of the body
    part: int
    length: int  # in words
    words: frozenset[str]  # that carry meaning
    ease: float  # 1 when it stands alone; less when it leans on what came before


def highlights(article: Article, translation: Translation, *, most: int = MOST) -> tuple[Highlight, ...]:
    """Three to five sentences in the order of the text; fewer from a short or a badly translated one."""
    candidates = list(_candidates(article, translation))
    wanted = next((count for size, count in PER_HIGHLIGHT if len(candidates) >= size), 0)
    scores = _scores(candidates, _words_of(article, translation, HEADLINE))
    chosen = _choose(candidates, scores, min(wanted, most))
    return tuple(Highlight(number) for number in sorted(candidate.number for candidate in chosen))


def _candidates(article: Article, translation: Translation) -> Iterator[Candidate]:
    """Sentences of paragraphs that are whole, translated, without a doubt, and no echo of the top of the page."""
    echoes = [_words_of(article, translation, part) for part in (HEADLINE, STANDFIRST)]
    place = -1
    for sentence, english in zip(article.sentences, translation.sentences, strict=True):
        if sentence.part < 0 or article.blocks[sentence.part].kind is not BlockKind.PARAGRAPH:
            continue
        place += 1
        text, words = english.text, _words(english.text)
        length = len(_WORD.findall(text))
        if english.origin is Origin.NONE or english.flags or not 6 <= length <= 60 or not _END.search(text):
            continue
        if not any(echo and len(words & echo) >= REPEATS * min(len(words), len(echo)) for echo in echoes):
            yield Candidate(sentence.number, place, sentence.part, length, words, _ease(text))


def _words_of(article: Article, translation: Translation, part: int) -> frozenset[str]:
    texts = zip(article.sentences, translation.sentences, strict=True)
    return frozenset().union(*(_words(english.text) for sentence, english in texts if sentence.part == part))


def _words(text: str) -> frozenset[str]:
    """The words that carry meaning: long ones, those of other scripts, and figures."""
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(w for w in words if (len(w) > 3 or not w.isascii() or w.isdecimal()) and w not in _COMMON)


def _ease(text: str) -> float:
    ease = 0.6 if _LEANS.match(text) else 1.0
    if text.startswith(("“", '"')):
        ease *= 0.7
    if text.count("“") != text.count("”") or text.count('"') % 2:
        ease *= 0.6  # the rest of the quotation is in another sentence
    return ease


def _scores(candidates: Sequence[Candidate], headline: frozenset[str]) -> list[float]:
    counts = Counter(word for candidate in candidates for word in candidate.words)
    return [_score(candidate, counts, headline) for candidate in candidates]


def _score(candidate: Candidate, counts: Counter[str], headline: frozenset[str]) -> float:
    early = math.exp(-candidate.place / EARLY)
    about = len(candidate.words & headline) / (len(headline) or 1)
    centre = sum(math.log(counts[word]) for word in candidate.words) / math.sqrt(len(candidate.words) or 1)
    fit = math.exp(-(((candidate.length - LENGTH) / SPREAD) ** 2) / 2)
    return (early + about + CENTRE * centre) * (0.5 + 0.5 * fit) * candidate.ease


def _choose(candidates: Sequence[Candidate], scores: Sequence[float], wanted: int) -> list[Candidate]:
    """The best, one after the other, each worth less the more it says again what is chosen already."""
    chosen: list[Candidate] = []
    left = list(zip(candidates, scores, strict=True))
    while len(chosen) < wanted and left:
        best = max(left, key=lambda item: item[1] * _newness(item[0], chosen))
        chosen.append(best[0])
        left.remove(best)
    return chosen


def _newness(candidate: Candidate, chosen: Sequence[Candidate]) -> float:
    share = max((_shared(candidate, other) for other in chosen), default=0.0)
    near = any(candidate.part == other.part for other in chosen)
    return (1 - share) * (SAME_PARAGRAPH if near else 1.0)


def _shared(one: Candidate, other: Candidate) -> float:
    smaller = min(len(one.words), len(other.words))
    return len(one.words & other.words) / smaller if smaller else 1.0
