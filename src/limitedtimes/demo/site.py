"""One publisher's whole site in one edition: every path and what lies there. A function of values; serves nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from string import Template

from limitedtimes.demo.feeds import feed_files
from limitedtimes.demo.pages import list_page, page
from limitedtimes.demo.pictures import draw
from limitedtimes.demo.printing import Printed, typeset
from limitedtimes.demo.texts import Publisher
from limitedtimes.model import BlockKind


@dataclass(frozen=True, slots=True)
class Resource:
    """What lies at a path, not yet compressed."""

    body: bytes
    content_type: str
    modified: datetime

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


def print_edition(publisher: Publisher, origin: str, now: datetime, edition: int) -> list[Printed]:
    """The articles of an edition, the newest first."""
    return [typeset(publisher, text, origin, now) for text in publisher.edition(edition)]


def build_site(publisher: Publisher, articles: Sequence[Printed], origin: str) -> Mapping[str, Resource]:
    """Every path of a publisher's site."""
    changed = max(article.changed for article in articles)
    site = {article.path: _html(publisher, page(article, _others(articles, article)), changed) for article in articles}
    site["/"] = _html(publisher, list_page(publisher, publisher.name, articles), changed)
    for slug, section in publisher.sections.items():
        listed = [article for article in articles if article.text.section == slug]
        site[f"/{slug}/"] = _html(publisher, list_page(publisher, section.label, listed), changed)
    for path, (body, content_type) in feed_files(publisher, articles, origin).items():
        site[path] = Resource(body, content_type, changed)
    robots = Template(publisher.robots).substitute(origin=origin)
    site["/robots.txt"] = Resource(robots.encode(), "text/plain; charset=utf-8", changed)
    return site | _pictures(articles)


def _others(articles: Sequence[Printed], one: Printed) -> list[Printed]:
    """The other articles, beginning with the one after it, so that every article is advertised somewhere."""
    place = articles.index(one)
    return [*articles[place + 1 :], *articles[:place]]


def _html(publisher: Publisher, text: str, changed: datetime) -> Resource:
    charset = f"; charset={publisher.encoding}" if publisher.charset_in_header else ""
    return Resource(text.encode(publisher.encoding, "xmlcharrefreplace"), f"text/html{charset}", changed)


def _pictures(articles: Sequence[Printed]) -> dict[str, Resource]:
    return {
        article.picture(piece): Resource(
            draw(piece.motif, article.text.name).encode(), "image/svg+xml", article.published
        )
        for article in articles
        for piece in article.pieces
        if piece.kind is BlockKind.PICTURE
    }
