"""Which of the names in a text are places, and of which country: what cannot be told is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from limitedtimes.enrich.places.clues import is_a_person, is_at, is_no_place
from limitedtimes.enrich.places.gazetteer import Gazetteer, Kind
from limitedtimes.enrich.places.sentence import Candidate, candidates
from limitedtimes.place import Place

FAR_MORE: Final = 3.5
"""Of two places of one name the one with so many times the people is meant, where the text names neither country."""
NO_RIVAL: Final = 10
"""A place is never meant where another of its name has so many times its people, unless its country stands beside it:
Americans in Paris are in France."""
MOST: Final = 60
"""Places of one article."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What is known of the text as a whole: the countries that it names beyond doubt, and where it was published."""

    named: frozenset[str]
    home: str


def find(sentences: Iterable[str], known: Gazetteer, *, home: str = "") -> tuple[Place, ...]:
    """The places that English sentences name, in their order. ``home`` is the country where they were published."""
    met = [one for text in sentences for one in candidates(text, known) if not is_no_place(one)]
    people = frozenset(one.name for one in met if is_a_person(one, known))
    left = [one for one in met if one.name not in people or (not is_a_person(one, known) and is_at(one))]
    text = _Text(frozenset(_certain(left)), home)
    return _counted((one, _country(one, text)) for one in left)


def _certain(met: Iterable[Candidate]) -> Iterator[str]:
    for one in met:
        if one.beside:
            yield one.beside
        elif len(_rivals(one.entry.bearers)) == 1 and not _is_shy(one):
            yield from _rivals(one.entry.bearers)


def _counted(found: Iterable[tuple[Candidate, str]]) -> tuple[Place, ...]:
    counts = Counter((one.entry.place, country) for one, country in found if country)
    return tuple(Place(name, country, times) for (name, country), times in counts.items())[:MOST]


def _is_shy(one: Candidate) -> bool:
    """Whether it needs more than its name to be taken for a place: that the text names its country."""
    if one.beside:
        return False
    if one.entry.word:
        return True
    known = one.entry.large or one.entry.kind in (Kind.COUNTRY, Kind.PEOPLE)
    return one.entry.person and not known and not is_at(one)


def _country(one: Candidate, text: _Text) -> str:
    """The country that is meant; "" where that is not clear."""
    if one.beside:
        return one.beside
    bearers = _rivals(one.entry.bearers)
    supported = [code for code in bearers if code in text.named]
    if one.entry.word:
        return _of_a_word(one, supported, text.home)
    if _is_shy(one) and not supported:
        return ""
    if len(bearers) == 1:
        return next(iter(bearers))
    if supported:
        return supported[0] if len(supported) == 1 else ""
    return _most_likely(bearers, text.home)


def _of_a_word(one: Candidate, supported: Sequence[str], home: str) -> str:
    """``in Nice`` where the text names France, or is from there."""
    after = one.after()
    fits = [code for code in _rivals(one.entry.bearers) if code in supported or code == home]
    return fits[0] if len(fits) == 1 and is_at(one) and not (after and after.capital) else ""


def _rivals(bearers: Mapping[str, int]) -> Mapping[str, int]:
    most = max(bearers.values())
    return {code: people for code, people in bearers.items() if NO_RIVAL * people > most or people == most}


def _most_likely(bearers: Mapping[str, int], home: str) -> str:
    """The one at home, else the far larger one."""
    if home in bearers:
        return home
    first, second, *_ = sorted(bearers, key=lambda code: -bearers[code])
    return first if bearers[first] >= FAR_MORE * bearers[second] else ""
