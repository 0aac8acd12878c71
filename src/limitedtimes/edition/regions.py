"""Regions of the world, for readers who want more than one country: each country is in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Region:
    """``key`` is what stands in an address; ``countries`` are ISO 3166-1 codes."""

    key: str
    name: str
    countries: tuple[str, ...]


_REGIONS: Final = """
northern-europe|Northern Europe|dk ee fi fo gb ie is lt lv no se
western-europe|Western Europe|at be ch de fr li lu mc nl
southern-europe|Southern Europe|ad al ba es gr hr it me mk mt pt rs si sm va xk
eastern-europe|Eastern Europe|bg by cz hu md pl ro ru sk ua
middle-east|Middle East|ae bh cy il iq ir jo kw lb om ps qa sa sy tr ye
caucasus-and-central-asia|Caucasus and Central Asia|am az ge kg kz tj tm uz
south-asia|South Asia|af bd bt in lk mv np pk
east-asia|East Asia|cn hk jp kp kr mn mo tw
southeast-asia|Southeast Asia|bn id kh la mm my ph sg th tl vn
north-africa|North Africa|dz eg ly ma mr sd tn
west-africa|West Africa|bf bj ci cv gh gm gn gw lr ml ne ng sl sn tg
central-africa|Central Africa|ao cd cf cg cm ga gq st td
east-africa|East Africa|bi dj er et ke km mg mu rw sc so ss tz ug
southern-africa|Southern Africa|bw ls mw mz na sz za zm zw
north-america|North America|ca gl us
central-america|Central America|bz cr gt hn mx ni pa sv
caribbean|Caribbean|ag bb bs cu dm do gd ht jm kn lc pr tt vc
south-america|South America|ar bo br cl co ec gy pe py sr uy ve
oceania|Oceania|au fj fm ki mh nr nz pg pw sb to tv vu ws
"""


def _region(row: str) -> Region:
    key, name, countries = row.split("|")
    return Region(key, name, tuple(countries.split()))


REGIONS: Final = {region.key: region for region in map(_region, _REGIONS.strip().split("\n"))}
