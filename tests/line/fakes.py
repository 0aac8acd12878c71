"""A fake web of a few pages and a fake engine: values in, values out, and a record of what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from limitedtimes.engines.pseudo import Pseudo
from limitedtimes.errors import FetchError
from limitedtimes.model import Page, Request
from limitedtimes.protocols import Correction, CorrectionKey, MemoryKey, Rendering

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

FEED = "https://talbote.example/feed.xml"


def feed_of(*paths: str, published: str = "Mon, 23 Nov 2026 08:00:00 +0100") -> bytes:
    """An RSS 2.0 feed with an item for each path."""
    items = "".join(
        f"<item><title>Artikel {path}</title><link>https://talbote.example{path}</link><guid>{path}</guid>"
        f"<pubDate>{published}</pubDate></item>"
        for path in paths
    )
    return f'<rss version="2.0"><channel><title>Talbote</title>{items}</channel></rss>'.encode()


def article_of(number: int, extra: str = "") -> bytes:
    """A page with a short German article."""
    return f"""<!DOCTYPE html><html lang="de"><head><title>Artikel {number} | Talbote</title>
    <meta property="og:type" content="article">
    <meta property="article:published_time" content="2026-11-23T08:00:00+01:00">
    </head><body><article><h1>Die Stadt baut Haus Nummer {number}</h1>
    <p>Die Stadt hat am Montag ein neues Haus mit {number} Zimmern eröffnet. Viele Menschen kamen zu dem Fest am Fluss.
    Die Bürgermeisterin hielt eine kurze Rede und dankte allen Helfern für die gute Arbeit der letzten Jahre.</p>
    <p>Das alte Haus war im Jahr 1962 gebaut worden. Es musste geschlossen werden, weil das Dach nicht mehr dicht war.
    Im nächsten Jahr soll auch der Platz vor dem Bahnhof neu gebaut werden. {extra}</p>
    <p>Der Stadtrat will im Januar über die nächsten Schritte entscheiden. Die Kosten sind noch nicht bekannt.</p>
    </article></body></html>""".encode()


class FakeWeb:
    """Pages by address. An exception among them is raised; every request is kept."""

    def __init__(self, pages: Mapping[str, bytes | FetchError]) -> None:
        self.pages = dict(pages)
        self.asked: list[Request] = []

    def get(self, request: Request, *, gzip: bool = False) -> Page:
        del gzip
        self.asked.append(request)
        body = self.pages.get(request.url, FetchError(f"{request.url}: is gone", reason="gone"))
        if isinstance(body, FetchError):
            raise body
        etag = f'"{hash(body)}"'
        if request.etag == etag:
            return Page(request.url, request.url, 304, {"etag": etag}, b"", NOW)
        kind = "application/rss+xml" if request.url.endswith(".xml") else "text/html; charset=utf-8"
        return Page(request.url, request.url, 200, {"content-type": kind, "etag": etag}, body, NOW)


class FakeEngine(Pseudo):
    """The pseudo engine for German, which keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__(frozenset({"de"}))
        self.sent: list[str] = []

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        self.sent += sentences
        return super().translate(sentences, language, terms)


class NoMemory:
    """Remembers nothing."""

    def recall(self, keys: Sequence[MemoryKey]) -> Mapping[MemoryKey, Rendering]:
        del keys
        return {}

    def corrected(self, keys: Sequence[CorrectionKey]) -> Mapping[CorrectionKey, Correction]:
        return {}
