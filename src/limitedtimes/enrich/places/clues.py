"""What the words beside a name say of it: part of another name, a treaty, a language, a person, or surely a place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from limitedtimes.enrich.places.gazetteer import Gazetteer, Kind
from limitedtimes.enrich.places.sentence import Candidate, Word


@cache
def _words() -> Mapping[str, frozenset[str]]:
    text = (resources.files(__package__) / "clues.toml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in tomllib.loads(text).items()}


def _is(word: Word | None, *lists: str) -> bool:
    """Whether one of the lists has the word, as it stands or, where a sentence begins, without its capital."""
    if word is None:
        return False
    forms = {word.text, word.text.lower()} if word.opens else {word.text}
    return any(forms & _words()[name] for name in lists)


def is_no_place(one: Candidate) -> bool:
    """A part of another name, a treaty, a street, a language."""
    if one.entry.kind is Kind.PEOPLE:
        return _is_a_language(one)
    return _is(one.before(), "holds") or (one.entry.kind is Kind.TOWN and _is_a_thing(one))


def _is_a_thing(one: Candidate) -> bool:
    before, further, after = one.before(), one.before(2), one.after()
    treaty = _is(after, "treaties") or (before is not None and before.text == "of" and _is(further, "of_treaties"))
    address = _is(after, "streets") or _is(before, "houses")
    return treaty or address or (one.entry.word and one.opens and not one.beside)


def _is_a_language(one: Candidate) -> bool:
    """``spoke German``, ``in German.``, but not ``in German cities``; and ``Polish the silver``."""
    before, after = one.before(), one.after()
    if one.name == "Polish" and one.opens:
        return _is(after, "polishes")
    ends = after is None or _is(after, "goes_on")
    return _is(after, "of_a_language") or (_is(before, "says") and ends)


def is_a_person(one: Candidate, known: Gazetteer) -> bool:
    """``Jack London``, ``Paris Hilton``, ``Mr Lincoln``, ``Tiago Valverde``: of names that people have, or may have."""
    before, after = one.before(), one.after()
    if one.entry.kind is not Kind.TOWN and not one.entry.person:
        return False
    if before and (
        before.text in known.given or _is(before, "titles") or len(before.text) == 1 < len(one.words.gap(one.first))
    ):
        return True
    if before and (one.entry.person or not one.entry.large) and _may_be_given(before, known):
        return True
    given = one.entry.person and one.entry.kind is not Kind.PEOPLE and one.name in known.given
    return bool(given and after and after.capital and not _is(after, "attributes"))


def _may_be_given(word: Word, known: Gazetteer) -> bool:
    """Whether a word before a name may be the given name to it."""
    if not word.capital or _is(word, "beside", "attributes") or _is_name(word, known):
        return False
    return not (word.opens and (_is(word, "openers") or word.text.endswith("ing")))


def _is_name(word: Word, known: Gazetteer) -> bool:
    """Whether a word is a place or a people itself: ``German Hamburg``."""
    return word.text in known.entries and not known.entries[word.text].person


def is_at(one: Candidate) -> bool:
    """``in X``, ``the city of X``, ``X – The …``, ``X-based``"""
    before = one.before()
    if _is(before, "at", "of") or (before is not None and before.text == "of" and _is(one.before(2), "of")):
        return True
    gap, after = one.words.gap(one.end), one.words.at(one.end)
    if after and gap == "-" and after.text in ("based", "born"):
        return True
    return one.first == 0 and gap.startswith((" –", " —", " (", ": "))
