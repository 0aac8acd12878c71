"""Codes of countries, languages and time zones, to check what a source file says."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Final
from zoneinfo import available_timezones

TWO_LETTERS: Final = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo
es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg
ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn
no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta
te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
"""ISO 639-1."""

LONGER: Final = {
    **{
        "ara": "ar",
        "ces": "cs",
        "dan": "da",
        "deu": "de",
        "ell": "el",
        "eng": "en",
        "fas": "fa",
        "fin": "fi",
        "fra": "fr",
    },
    **{
        "fre": "fr",
        "ger": "de",
        "heb": "he",
        "hin": "hi",
        "hun": "hu",
        "ind": "id",
        "ita": "it",
        "jpn": "ja",
        "kor": "ko",
    },
    **{
        "nld": "nl",
        "nor": "no",
        "pol": "pl",
        "por": "pt",
        "ron": "ro",
        "rus": "ru",
        "spa": "es",
        "swa": "sw",
        "swe": "sv",
    },
    **{"tur": "tr", "ukr": "uk", "vie": "vi", "zho": "zh", "chi": "zh"},
}
"""Codes of three letters that have one of two, which is the one to use."""


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """ISO 3166-1 alpha-2 in lower case, from the time zone database's own table."""
    lines = files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split("\t")[0].lower() for line in lines if not line.startswith("#"))


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """IANA names."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def zones_of_countries() -> dict[str, tuple[str, ...]]:
    """A country's time zones, in the time zone database's order."""
    zones: dict[str, tuple[str, ...]] = {}
    for line in files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones[country.lower()] = (*zones.get(country.lower(), ()), zone)
    return zones


def is_language(code: str) -> bool:
    """ISO 639-1, or three letters where ISO 639 has no two (as "ckb")."""
    if len(code) == 3:
        return code.isascii() and code.isalpha() and code.islower() and code not in LONGER
    return len(code) == 2 and code in TWO_LETTERS.split()
