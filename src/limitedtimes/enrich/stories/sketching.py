"""A sketch of an article: the few terms of its English that tell it from others, weighed by TF-IDF."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from limitedtimes.enrich.stories.naming import names
from limitedtimes.enrich.stories.terms import Terms, number_of, terms
from limitedtimes.model import HEADLINE, STANDFIRST, Origin
from limitedtimes.protocols import Translated
from limitedtimes.story import Sketch, TermCounts

LENGTH: Final = 40
"""Terms of a sketch: as many rows does an article take in the index."""
WORDS: Final = 400
"""Of a long article only so many count, from the top: news begins with what happened."""
NAME: Final = 1.5
TOP: Final = 2
"""How often the words of headline and standfirst count."""
PRIOR: Final = 100
"""Documents that a young archive is taken to have had before, half of one with each term."""

Counts = Callable[[Sequence[int]], TermCounts]


def sketch(item: Translated, counts: Counts) -> Sketch:
    """The article's sketch against the archive as it is: ``counts`` gives the document frequencies of terms."""
    article = item.article
    at = min(article.published.at, article.fetched_at) if article.published else article.fetched_at
    found = terms(_sentences(item))
    numbers = {term: number_of(term) for term in found.counts}
    known = counts(list(numbers.values()))
    weights = {numbers[term]: _weight(term, found, known, numbers[term]) for term in found.counts}
    return Sketch(article.id, at, _strongest(weights), frozenset(numbers.values()), names(item))


def _sentences(item: Translated) -> Iterator[str]:
    """The sentences that are in English, the top of the page repeated, up to WORDS."""
    left = WORDS
    for sentence, english in zip(item.article.sentences, item.translation.sentences, strict=True):
        if english.origin is Origin.NONE:
            continue
        if left <= 0:
            return
        left -= len(english.text.split())
        yield from [english.text] * (TOP if sentence.part in (HEADLINE, STANDFIRST) else 1)


def _weight(term: str, found: Terms, known: TermCounts, number: int) -> float:
    """(1 + ln tf) · ln(N / df) (Salton & Buckley 1988), N and df with their prior; more for a name."""
    rarity = math.log((known.articles + PRIOR) / (known.having.get(number, 0) + 0.5))
    return (1 + math.log(found.counts[term])) * max(rarity, 0.0) * (NAME if term in found.names else 1.0)


def _strongest(weights: Mapping[int, float]) -> dict[int, float]:
    chosen = sorted(weights, key=lambda term: (-weights[term], term))[:LENGTH]
    length = math.sqrt(sum(weights[term] ** 2 for term in chosen)) or 1.0
    return {term: weights[term] / length for term in chosen if weights[term]}
