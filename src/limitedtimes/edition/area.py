"""A reader's own choice of the news: what its address says, what it looks for, and why an article is in it.

``/my?country=es&region=middle-east&place=Kyiv&language=fr&source=de.taz&section=sport&topic=bridges&match=each``; each
may stand several times, or have several values with commas between them. Nothing in an address is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from limitedtimes.edition.names import COUNTRIES, country_name, section_name
from limitedtimes.edition.regions import REGIONS
from limitedtimes.languages import LANGUAGES, language_name
from limitedtimes.model import SECTIONS, Source, slug
from limitedtimes.place import Place
from limitedtimes.search import Hit, Search, Term

KINDS: Final = ("country", "region", "place", "language", "source", "section", "topic")
MOST: Final = 120  # choices
WORDS: Final = 12  # of them, topics: each is looked for in the whole text
LONGEST: Final = 60  # characters of a place or a topic
_TOLD: Final = 3  # of one kind of slip
_NAMED: Final = 3  # places that are named as a reason

Asked = Mapping[str, Sequence[str]]
"""The parameters of an address, by their names."""


@dataclass(frozen=True, slots=True)
class Area:
    """What was chosen, by its kind, in the order of the address. ``each``: an article must have one of each kind, where
    otherwise one of any is enough."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    each: bool = False

    def of(self, kind: str) -> tuple[str, ...]:
        return self.chosen.get(kind, ())

    @property
    def query(self) -> str:
        """The part of an address behind its question mark: the same for the same choice."""
        pairs = [(kind, value) for kind in KINDS for value in self.of(kind)]
        return urlencode([*pairs, *([("match", "each")] if self.each and pairs else [])], errors="replace")

    @property
    def countries(self) -> tuple[str, ...]:
        """Those of its regions too."""
        of_regions = (code for key in self.of("region") for code in REGIONS[key].countries)
        return tuple(dict.fromkeys((*self.of("country"), *of_regions)))


@dataclass(frozen=True, slots=True)
class Reading:
    """``hints`` say, a sentence each, what of the address was not taken as it was written."""

    area: Area
    hints: tuple[str, ...] = ()


def read(asked: Asked, sources: Sequence[Source]) -> Reading:
    """``sources`` are those that can be chosen."""
    known = {
        "country": frozenset(COUNTRIES),
        "region": frozenset(REGIONS),
        "language": frozenset(LANGUAGES),
        "source": frozenset(source.id for source in sources),
        "section": frozenset(SECTIONS),
    }
    chosen: dict[str, tuple[str, ...]] = {}
    hints = [f"“{name[:LONGEST]}” is nothing that can be chosen, and was passed over." for name in _strange(asked)]
    left = MOST
    for kind in KINDS:
        given = list(dict.fromkeys(_values(asked.get(kind, ()), lower=kind in known)))
        taken = [value for value in given if (value in known[kind] if kind in known else _may_be_text(value))]
        hints += [
            f"“{value[:LONGEST]}” is no {kind} here, and was passed over." for value in given if value not in taken
        ]
        room = min(left, WORDS) if kind == "topic" else left
        if len(taken) > room:
            hints.append(f"Only the first {room} of “{kind}” were taken.")
        chosen[kind] = tuple(taken[:room])
        left -= len(chosen[kind])
    if set(asked.get("match", ())) - {"any", "each", ""}:
        hints.append("match is “any” or “each”; any was taken.")
    each = asked.get("match", ("any",))[-1] == "each"
    return Reading(Area({kind: values for kind, values in chosen.items() if values}, each), tuple(hints))


def names(area: Area, sources: Sequence[Source]) -> tuple[str, ...]:
    """Everything that was chosen, in words."""
    by_id = {source.id: source.name for source in sources}
    words: dict[str, Callable[[str], str]] = {
        "country": country_name,
        "region": lambda key: REGIONS[key].name,
        "language": lambda code: f"from {language_name(code)}",
        "section": section_name,
        "source": lambda id_: by_id.get(id_, id_),
    }
    return tuple(words.get(kind, str)(value) for kind in KINDS for value in area.of(kind))


def _strange(asked: Asked) -> list[str]:
    return [name for name in asked if name not in (*KINDS, "match", "page")][:_TOLD]


def _values(given: Sequence[str], *, lower: bool) -> Iterator[str]:
    for value in ",".join(given).split(",")[: 2 * MOST]:
        text = " ".join(value.split())
        if text:
            yield text.lower() if lower else text


def _may_be_text(value: str) -> bool:
    return len(value) <= LONGEST and any(character.isalnum() for character in value)


def search(area: Area) -> Search | None:
    """None where nothing was chosen."""
    if not area.chosen:
        return None
    topics = tuple(Term(text) for text in area.of("topic"))
    return Search(
        words=((topics,) if topics else ()) if area.each else tuple((term,) for term in topics),
        areas=area.countries,
        places=area.of("place"),
        languages=area.of("language"),
        sources=area.of("source"),
        sections=area.of("section"),
        loose=not area.each,
    )


def reasons(hit: Hit, places: Sequence[Place], area: Area) -> tuple[str, ...]:
    """Why an article is in the area: ``("from Spain", "mentions Kyiv and Lviv")``."""
    teaser = hit.teaser
    said = (
        (teaser.country in area.countries, f"from {country_name(teaser.country)}"),
        (True, _mentioned(_not_said(places, teaser.country, area), area)),
        (teaser.language in area.of("language"), f"translated from {language_name(teaser.language)}"),
        (teaser.source in area.of("source"), f"by {teaser.source_name}"),
        (teaser.section in area.of("section"), f"in {section_name(teaser.section)}"),
        (bool(area.of("topic")), _found(hit)),
    )
    return tuple(text for holds, text in said if holds and text)


def _not_said(places: Sequence[Place], country: str, area: Area) -> list[Place]:
    """Without the country that it is from, where that is a reason already."""
    said = country_name(country) if country in area.countries else ""
    return [place for place in places if place.name != said]


def _mentioned(places: Sequence[Place], area: Area) -> str:
    countries, names = set(area.countries), {slug(name) for name in area.of("place")}
    fitting = [place.name for place in places if place.country in countries or slug(place.name) in names]
    shown = list(dict.fromkeys(fitting))
    if not shown:
        return ""
    more = len(shown) - _NAMED
    parts = [*shown[:_NAMED], *([f"{more} more"] if more > 0 else [])]
    return "mentions " + (" and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}")


def _found(hit: Hit) -> str:
    """The words of the topics as the article has them."""
    pieces = (*hit.headline, *hit.english, *hit.original)
    words = dict.fromkeys(text.casefold() for text, fits in pieces if fits)
    return "has " + ", ".join(f"“{word}”" for word in list(words)[:2]) if words else ""
