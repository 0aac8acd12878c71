"""Rewrites the golden files: ``python tests/edition/write_goldens.py``. The diff is the review."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from made_up import HARBOUR, shelf
from memory_shelf import NOW
from rises import rises

from limitedtimes.edition import formats, render
from limitedtimes.edition.reading import reading
from limitedtimes.edition.settings import Settings

FOLDER: Final = Path(__file__).parent / "goldens"


def goldens() -> dict[str, str]:
    """File name → what the code makes now. Names of static files lose the digest that moves with every style."""
    teasers = shelf().teasers(now=NOW, limit=6)
    around = render.Around(tuple(teasers[1:3]), tuple(teasers[3:5]), rises(teasers, NOW))
    frame = render.Frame(Settings(), NOW, HARBOUR.path, ("politics", "culture"))
    page = render.article(frame, reading(HARBOUR), around).decode()
    return {
        "article.html": re.sub(r"(/static/\w+)\.[0-9a-f]{10}\.", r"\1.", page),
        "article.txt": formats.read_text(HARBOUR, width=80),
        "article.md": formats.read_markdown(HARBOUR),
        "side-by-side.txt": formats.read_text(HARBOUR, width=100, side_by_side=True),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in goldens().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
