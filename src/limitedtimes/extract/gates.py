"""Is this an article at all, and is it all there? A page that is not is refused with a reason, not published empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from limitedtimes.errors import ExtractError
from limitedtimes.extract.canonical import is_front_page
from limitedtimes.extract.phrases import PAYWALL
from limitedtimes.extract.tree import Document
from limitedtimes.extract.walk import Run, is_prose
from limitedtimes.model import Page

_MIN_DECLARED: Final = 60  # letters of an article that says that it is one: a news flash may be a sentence
_MIN_UNDECLARED: Final = 400
_VIDEO: Final = 400  # less text than this beside a video is its description
_STUB: Final = 600  # less than this of an article that is not free is its teaser
_LISTED: Final = 0.5  # a box with more of its letters in links is a list of teasers
_DENSE: Final = 2.5  # one letter of Chinese, Japanese or Korean says what so many Latin ones do


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the gates judge by."""

    url: str
    headline: str
    body: Sequence[Run]  # the article's runs
    inside: Sequence[Run]  # all runs of its box, links too
    page: Sequence[Run]  # all runs of the page
    types: frozenset[str]  # JSON-LD types on the page, lower-case
    declared: bool  # the page says that it is an article
    free: bool | None


def check_reservation(page: Page, document: Document) -> None:
    """Raise ExtractError (``reserved``) for a page that reserves text and data mining in a <meta>, which outranks what
    the site says elsewhere (TDM Reservation Protocol, W3C community group report of 2 February 2024, section 5).

    Asked of what we fetched ourselves: a page without headers is a file that somebody keeps and has handed to us.
    """
    if page.headers and "1" in document.meta.get("tdm-reservation", ()):
        raise ExtractError(f"{document.url}: the publisher reserves text and data mining", reason="reserved")


def check(seen: Evidence) -> None:
    """Raise ExtractError (``not-an-article``, ``paywall`` or ``empty``) for what must not be published."""
    if is_front_page(seen.url):
        raise _refused(seen, "is a front page", "not-an-article")
    if not seen.headline:
        raise _refused(seen, "has no headline", "not-an-article")
    size = weight(seen.body)
    if size < _STUB and _is_behind_paywall(seen):
        raise _refused(seen, "shows only the start of an article that is for subscribers", "paywall")
    if size < _VIDEO and "videoobject" in seen.types and not seen.declared:
        raise _refused(seen, "is a video with a line of text", "not-an-article")
    if not any(map(is_prose, seen.body)) and size < _MIN_DECLARED:
        raise _refused(seen, "has no text of an article", "empty" if seen.declared else "not-an-article")
    if not seen.declared and (size < _MIN_UNDECLARED or _is_list(seen)):
        raise _refused(seen, "is a list of articles or no article at all", "not-an-article")


def weight(runs: Sequence[Run]) -> float:
    """Letters, those of dense scripts counted for what they say."""
    return sum(len(run.bare) * (_DENSE if len(run.bare.encode()) > 2.5 * len(run.bare) else 1) for run in runs)


def _is_behind_paywall(seen: Evidence) -> bool:
    if seen.free is False:
        return True
    return seen.free is None and any(len(run.text) < 300 and PAYWALL.search(run.text) for run in seen.page)


def _is_list(seen: Evidence) -> bool:
    letters = sum(len(run.bare) for run in seen.inside)
    return sum(run.linked * len(run.bare) for run in seen.inside) > _LISTED * letters


def _refused(seen: Evidence, why: str, reason: str) -> ExtractError:
    return ExtractError(f"{seen.url}: the page {why}", reason=reason)
