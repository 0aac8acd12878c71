"""A publisher's own rules (CSS selectors of its source file), on top of what is read from any page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from cssselect import SelectorError
from lxml.cssselect import CSSSelector

from limitedtimes.errors import ConfigError
from limitedtimes.extract.clutter import Sort
from limitedtimes.extract.tree import Document, Element, text_of
from limitedtimes.extract.walk import Run
from limitedtimes.model import Hints, Source

NO_HINTS = Hints()


def hints_of(source: Source | None) -> Hints:
    return source.hints if source else NO_HINTS


def drop(document: Document, hints: Hints) -> None:
    """Take out of the page what the publisher's rules call no part of it."""
    for selector in hints.drop:
        for element in select(document, selector):
            if element.getparent() is not None:
                element.drop_tree()


def marks(document: Document, hints: Hints) -> dict[Element, Sort]:
    """What the publisher's rules say of boxes; it overrules what their class names say."""
    found: dict[Element, Sort] = {}
    rules = (
        (hints.standfirst, Sort.LEAD),
        (hints.subhead, Sort.SUBHEAD),
        (hints.caption, Sort.CAPTION),
        (hints.credit, Sort.CREDIT),
    )
    for selector, sort in rules:
        found |= dict.fromkeys(select(document, selector), sort)
    return found


def texts(document: Document, selector: str) -> list[str]:
    """The texts of what a selector finds, in page order; of a <time> its datetime, of a <meta> its content."""
    found = select(document, selector)
    said = (element.get("datetime") or element.get("content") or text_of(element) for element in found)
    return [text for text in said if text]


def dropped(runs: Sequence[Run], hints: Hints) -> set[int]:
    """The orders of runs whose whole text is one that the publisher repeats under its articles."""
    if not hints.drop_text:
        return set()
    pattern = re.compile("|".join(f"(?:{text})" for text in hints.drop_text), re.IGNORECASE)
    return {run.order for run in runs if pattern.fullmatch(run.text)}


def select(document: Document, selector: str) -> list[Element]:
    """The elements that a selector finds, in page order; none for "".

    Raises ConfigError for what is no CSS selector.
    """
    found: Any = _compiled(selector)(document.root) if selector else []
    return list(found)


@lru_cache(maxsize=1_024)
def _compiled(selector: str) -> CSSSelector:
    try:
        return CSSSelector(selector, translator="html")
    except SelectorError as error:
        raise ConfigError(f"extraction hint {selector!r} is no CSS selector: {error}") from error
