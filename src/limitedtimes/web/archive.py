"""The archive: all of it, a year, a month. ``/date/2023``, ``/date/2023-11`` and ``/date/2023-11-10`` lead on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from limitedtimes.edition import archive, choose, render
from limitedtimes.model import Teaser
from limitedtimes.web import pages
from limitedtimes.web.pages import BadRequest, Desk, NotFound
from limitedtimes.web.shelf import Answer, answer

_YEAR: Final = re.compile(r"(?:19|20)\d\d", re.ASCII)
_MONTH: Final = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", re.ASCII)
_HEADLINES: Final = 4  # of a day, on its month's page
_AMONG: Final = 12


def whole(desk: Desk) -> Answer:
    return _shown(desk, archive.whole(desk.days))


def dated(desk: Desk, given: str, page: str) -> Answer:
    """The page of a day, a month or a year."""
    month = _MONTH.fullmatch(given)
    if not month and not _YEAR.fullmatch(given):
        return pages.day(desk, given, page)
    if page not in ("", "1"):
        raise BadRequest("A month and a year have one page each.")
    if month:
        found = archive.month(desk.days, date(int(month[1]), int(month[2]), 1), lambda day: _some(desk, day))
    else:
        found = archive.year(desk.days, int(given))
    if found is None:
        raise NotFound(f"There are no articles of {given}.")
    return _shown(desk, found)


def _some(desk: Desk, day: date) -> Sequence[Teaser]:
    """Headlines of a day, of as many sources as there are among its latest."""
    return choose.spread(desk.teasers(_AMONG, day=day), _HEADLINES)


def _shown(desk: Desk, page: archive.Archive) -> Answer:
    return answer(render.archive(desk.frame(page.path), page))
