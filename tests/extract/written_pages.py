"""What the tests of this room share: pages that we wrote ourselves, and a moment to read them at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from limitedtimes.model import Hints, Page, Source

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
HERE = Path(__file__).parent / "pages"


def page_of(
    html: str | bytes, url: str = "https://www.talbote.example/lokales/seite-1.html", *, content_type: str = ""
) -> Page:
    body = html.encode() if isinstance(html, str) else html
    headers = {"content-type": content_type} if content_type else {}
    return Page(url=url, final_url=url, status=200, headers=headers, body=body, fetched_at=NOW)


def written(name: str, url: str = "https://www.talbote.example/lokales/seite-1.html") -> Page:
    return page_of((HERE / f"{name}.html").read_bytes(), url)


def source_of(
    hints: Hints | None = None, *, languages: tuple[str, ...] = ("de",), zone: str = "Europe/Berlin"
) -> Source:
    return Source(
        id="de.talbote",
        name="Talbote",
        home="https://www.talbote.example/",
        country="de",
        languages=languages,
        time_zone=zone,
        hints=hints or Hints(),
    )
