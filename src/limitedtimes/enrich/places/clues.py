"""What the words beside a name say of it: part of another name, a treaty, a language, a person, or surely a place."""

from __future__ import annotations

from typing import Final

from limitedtimes.enrich.places.gazetteer import Gazetteer, Kind
from limitedtimes.enrich.places.sentence import Candidate, Word

_AT: Final = frozenset("in near outside around at across into throughout inside via".split())
_OF: Final = frozenset(
    "city town village port district region province state capital mayor outskirts streets suburb suburbs centre center "
    "north south east west university airport people residents island municipality".split()
)
_HOLDS: Final = frozenset("Saint St San Santa Santo Fort Port Mount Mt Lake Cape El La Las Los New Villa Nova".split())
"""With one of these before it, a name is a part of another that is not in the gazetteer."""
_TITLES: Final = frozenset("Mr Mrs Ms Miss Dr Prof Professor Sir Dame Lord Lady Captain Sergeant Judge Senator".split())
_BESIDE: Final = frozenset(
    "Greater Central Inner Outer Downtown Old North South East West Northern Southern Eastern Western Upper Lower "
    "Metropolitan Occupied Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December".split()
)
"""May stand before a place, and make no name of a person with it."""
_ATTRIBUTES: Final = frozenset(
    "Mayor Police Airport University City Council Court Prime Minister President Parliament Government Governor Region "
    "Province State Opera Marathon Olympics Games Cathedral Zoo Station Central Bridge County Metro Stock Film Fashion "
    "Festival Symphony Philharmonic Philharmonics Museum Republic Chamber Summit Conference Fair School National".split()
)
"""May stand behind a place, and are no family names."""
_TREATIES: Final = frozenset(
    "Agreement Agreements Treaty Treaties Protocol Protocols Convention Conventions Pact Accord Accords Process "
    "Declaration Statute syndrome Syndrome Principles".split()
)
_OF_TREATIES: Final = frozenset("Treaty Convention Protocol Declaration Statute Edict Peace Pact Charter Diet".split())
_STREETS: Final = frozenset("Street Avenue Road Square Boulevard Lane Hotel Café Restaurant Straße Platz Allee".split())
_HOUSES: Final = frozenset("Hotel Café Restaurant Cafe Villa Rue Via Calle Avenida Rua".split())
_SAYS: Final = frozenset(
    "in into speak speaks speaking spoke spoken learn learns learning learned learnt teach teaches taught study studies "
    "understand understands fluent from".split()
)
_GOES_ON: Final = frozenset(
    "and or but at on as with for when because while than only to too fluently well is was by not here there".split()
)
_OF_A_LANGUAGE: Final = frozenset("language languages translation subtitles grammar dictionary lessons speaker".split())
_POLISHES: Final = frozenset("the your it up them".split())



def is_no_place(one: Candidate) -> bool:
    """A part of another name, a treaty, a street, a language."""
    before, after = one.before(), one.after()
    if before and before.text in _HOLDS and one.entry.kind is not Kind.PEOPLE:
        return True
    if one.entry.kind is Kind.TOWN:
        return _is_a_thing(one, before, after)
    return one.entry.kind is Kind.PEOPLE and _is_a_language(one, before, after)


def _is_a_thing(one: Candidate, before: Word | None, after: Word | None) -> bool:
    further = one.before(2)
    return bool(
        (after and after.text in _TREATIES | _STREETS)
        or (before and before.text in _HOUSES)
        or (before and before.text == "of" and further and further.text in _OF_TREATIES)
        or (one.entry.word and one.opens and not one.beside)
    )


def _is_a_language(one: Candidate, before: Word | None, after: Word | None) -> bool:
    """``spoke German``, ``in German.``, but not ``in German cities``; and ``Polish the silver``."""
    if one.name == "Polish" and one.opens:
        return bool(after and after.text in _POLISHES)
    if after and after.text in _OF_A_LANGUAGE:
        return True
    ends = after is None or after.text in _GOES_ON
    return bool(before and before.text.lower() in _SAYS and ends)


def is_a_person(one: Candidate, known: Gazetteer) -> bool:
    """``Jack London``, ``Paris Hilton``, ``Mr Lincoln``: of names that people have too."""
    if not one.entry.person:
        return False
    before, after = one.before(), one.after()
    if before and (before.text in _TITLES or before.text in known.given or (len(before.text) == 1 and before.capital)):
        return True
    if before and before.capital and not before.opens and before.text not in _BESIDE and not _is_name(before, known):
        return True
    given = one.name in known.given and after is not None and after.capital
    return bool(given and after and after.text not in _ATTRIBUTES)


def _is_name(word: Word, known: Gazetteer) -> bool:
    """Whether a word is a place or a people itself: ``German Hamburg``."""
    return word.text in known.entries and not known.entries[word.text].person


def is_at(one: Candidate) -> bool:
    """``in X``, ``the city of X``, ``X – The …``, ``X-based``"""
    before, further = one.before(), one.before(2)
    if before and before.text.lower() in _AT | _OF:
        return True
    if before and before.text == "of" and further and further.text.lower() in _OF:
        return True
    gap, after = one.words.gap(one.end), one.words.at(one.end)
    if after and gap == "-" and after.text in ("based", "born"):
        return True
    return one.first == 0 and gap.startswith((" –", " —", " (", ": "))
