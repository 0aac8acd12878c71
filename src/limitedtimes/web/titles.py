"""The titles of all articles as JSON, in parts: what the search of an edition that is files looks through."""

from __future__ import annotations

import json
import re
from typing import Final

from limitedtimes.edition.render import path_of
from limitedtimes.edition.safety import plain
from limitedtimes.web.pages import Desk, NotFound
from limitedtimes.web.shelf import Answer, answer

IN_PART: Final = 2000
"""Articles in a part, some 400 KB. Parts are filled from the oldest on, so that news changes the last one only."""
_NUMBER: Final = re.compile(r"[1-9]\d{0,5}", re.ASCII)


def parts(articles: int) -> int:
    """How many parts so many articles fill."""
    return -(-articles // IN_PART)


def summary(desk: Desk) -> Answer:
    """``{"parts": 3, "articles": 5012}``. Raises NotFound on a server, which has a real search."""
    total = _total(desk)
    return _json({"parts": parts(total), "articles": total})


def part(desk: Desk, number: str) -> Answer:
    """The articles of a part, the latest first: address, headline, source, language, the publisher's headline."""
    total = _total(desk)
    wanted = int(number) if _NUMBER.fullmatch(number) else 0
    if not 1 <= wanted <= parts(total):
        raise NotFound("There is no part of that number.")
    newer = total - wanted * IN_PART  # articles after it
    teasers = desk.teasers(IN_PART + min(newer, 0), offset=max(newer, 0))
    lines = [
        [path_of(one.path), plain(one.headline), plain(one.source_name), one.language, plain(one.original_headline)]
        for one in teasers
    ]
    return _json({"articles": lines})


def _total(desk: Desk) -> int:
    if not desk.settings.static:
        raise NotFound("There is nothing at this address.")
    return desk.store.count()


def _json(value: object) -> Answer:
    return answer(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), media_type="application/json")
