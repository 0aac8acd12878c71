"""An article for programs: `/a/{id}.json`, in the format that `read` prints, where this edition may show all of it."""

from __future__ import annotations

import json
import re
from typing import Final

from limitedtimes.edition.formats import read_json
from limitedtimes.edition.reading import reading
from limitedtimes.web.pages import Desk, NotFound
from limitedtimes.web.shelf import Answer, answer

_ID: Final = re.compile(r"[0-9a-hjkmnp-tv-z]{10}", re.ASCII)


def article(desk: Desk, id_: str) -> Answer:
    """Both languages, sentence by sentence, with flags and engines. Raises Gone, NotFound (for an excerpt too)."""
    published = desk.store.published(id_) if _ID.fullmatch(id_) else None
    if published is None:
        desk.expect(article=id_)
        raise NotFound("There is no article of that number.")
    if not reading(published, desk.settings.audience).extent.whole:
        raise NotFound("Its publisher lets this edition show a part of this article only, and no data.")
    text = json.dumps(read_json(published), ensure_ascii=False, separators=(",", ":"))
    return answer(text.encode(), media_type="application/json")
