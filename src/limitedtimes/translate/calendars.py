"""Years of other calendars: 2568 in Thailand, ۱۴۰۴ in Iran and 令和7年 in Japan are 2025.

A year that begins in spring or summer is a part of two of ours. Islamic years are shorter: 32 of ours are about 33
(Meeus, "Astronomical Algorithms", chapter 9, for all of these).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_SHIFTED: Final = (
    ("\u0e00-\u0eff\u1780-\u17ff\u1000-\u109f", 2400, 2600, (-543, -544)),  # Buddhist: Thai, Lao, Khmer, Burmese
    ("\u0600-\u06ff", 1300, 1450, (621, 622)),  # of Iran and Afghanistan
    ("\u0900-\u097f", 1950, 2100, (-57, -56)),  # Vikram Samvat, in Nepal
    ("\u1200-\u137f", 1900, 2100, (7, 8)),  # Ethiopian
)
"""Scripts; the first year and the one behind the last that are looked at; what makes them ours."""
_ISLAMIC: Final = (0.97023, 621.6)
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_ERAS: Final = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911}
"""The year before the first of each: Japan, and Taiwan."""


_OWN: Final = re.compile("[\u0600-\u06ff\u0900-\u097f\u1200-\u137f]")
LAST_DAY: Final = 31


def may_count(text: str) -> bool:
    """Whether days, months and hours of a text may be of a calendar or a clock of its own: ۱۲ مهر is 3 October."""
    return bool(_OWN.search(text))


def ours(year: float, before: str, text: str) -> Iterator[float]:
    """The years that a figure of a text may be; ``before``: the word that stands before it."""
    if (era := _ERAS.get(before[-2:])) is not None and 1 <= year < 200:
        yield era + year
    for script, first, end, shifts in _SHIFTED:
        if first <= year < end and re.search(f"[{script}]", text):
            yield from (year + shift for shift in shifts)
    if 1300 <= year < 1500 and _ARABIC.search(text):
        factor, start = _ISLAMIC
        yield from (float(int(year * factor + start) + more) for more in (-1, 0, 1))
