"""The nouns of places: what an article's English names, by the countries that it is in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A country, a region or a town that a text names; of people and of what is theirs, their country or region."""

    name: str  # "Kyiv"; of a country its own name, whatever form the text has: "Germany"
    country: str  # ISO 3166-1 alpha-2, lower case, or xk
    times: int = 1  # how often the text names it


@dataclass(frozen=True, slots=True)
class Places:
    """What an article names, in the order of the text. It concerns the countries of them all."""

    article: str
    found: tuple[Place, ...] = ()
