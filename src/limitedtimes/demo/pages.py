"""The press's pages as HTML: articles, paywalled stubs and lists of articles, in each publisher's own layout."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from string import Template

from limitedtimes.demo.calendar import visible
from limitedtimes.demo.metadata import head
from limitedtimes.demo.printing import Printed, inline_html
from limitedtimes.demo.texts import Kind, Piece, Publisher
from limitedtimes.model import BlockKind


def article_page(printed: Printed, others: Sequence[Printed]) -> str:
    """An article within its publisher's frame; ``others`` fill the boxes that advertise further articles."""
    publisher = printed.publisher
    values = _values(printed) | {"others": teasers(publisher, others[:3])}
    pieces = list(printed.pieces)
    lead = [pieces.pop(0)] if pieces and pieces[0].kind is BlockKind.PICTURE else []
    values["lead"] = "".join(_body(printed, lead, values))
    values["body"] = "".join(_body(printed, pieces, values))
    return _framed(publisher, printed.headline, head(printed), Template(publisher.article).substitute(values))


def list_page(publisher: Publisher, title: str, articles: Sequence[Printed]) -> str:
    """A page that only lists articles: a front, a section, a topic."""
    main = f"<h1>{html.escape(title)}</h1>{teasers(publisher, articles)}"
    return _framed(publisher, title, "", main)


def page(printed: Printed, others: Sequence[Printed]) -> str:
    """The page at an article's address, whatever it turns out to be."""
    if printed.text.kind is Kind.NOT_ARTICLE:
        return list_page(printed.publisher, printed.headline, others)
    return article_page(printed, others)


def teasers(publisher: Publisher, articles: Sequence[Printed]) -> str:
    """Links to articles, each as the publisher shows them in lists."""
    pattern = Template(publisher.markup["teaser"])
    return "".join(pattern.substitute(_values(article)) for article in articles)


def _framed(publisher: Publisher, title: str, metadata: str, main: str) -> str:
    values = {"title": html.escape(title), "head": metadata, "main": main, "feed": publisher.feed_path}
    return Template(publisher.frame).substitute(values)


def _values(printed: Printed) -> dict[str, str]:
    """What the pattern of an article or teaser may name."""
    markup = printed.publisher.markup
    return {
        "headline": html.escape(printed.headline),
        "standfirst": html.escape(printed.standfirst),
        "section": html.escape(printed.section),
        "section_path": f"/{printed.text.section}/",
        "path": printed.path,
        "url": printed.url,
        "picture": printed.lead_picture(),
        "byline": _byline(printed),
        "published": _shown(printed.publisher, printed.published),
        "published_iso": printed.published.isoformat(timespec="seconds"),
        "published_utc": f"{printed.published.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "published_naive": f"{printed.published:%Y-%m-%d %H:%M}",
        "modified": _modified(printed),
        "paywall": markup["paywall"] if printed.text.kind is Kind.PAYWALL else "",
    }


def _byline(printed: Printed) -> str:
    markup = printed.publisher.markup
    names = [Template(markup["author"]).substitute(name=html.escape(name)) for name in printed.text.authors]
    return markup["and"].join(names)


def _modified(printed: Printed) -> str:
    if printed.modified is None:
        return ""
    shown = _shown(printed.publisher, printed.modified)
    iso = printed.modified.isoformat(timespec="seconds")
    return Template(printed.publisher.markup["modified"]).substitute(modified=shown, modified_iso=iso)


def _shown(publisher: Publisher, moment: datetime) -> str:
    return visible(publisher.visible_date, publisher.language, moment)


def _body(printed: Printed, pieces: Sequence[Piece], values: dict[str, str]) -> Iterator[str]:
    """The pieces as HTML, with the publisher's boxes between paragraphs."""
    markup, paragraphs = printed.publisher.markup, 0
    for kind, group in groupby(pieces, key=lambda piece: piece.kind):
        rendered = [_piece(printed, piece) for piece in group]
        if kind is BlockKind.ITEM:
            yield Template(markup["list"]).substitute(items="".join(rendered))
            continue
        for element in rendered:
            yield element
            paragraphs += kind is BlockKind.PARAGRAPH
            if kind is BlockKind.PARAGRAPH and (box := printed.publisher.clutter.get(str(paragraphs))):
                yield Template(box).substitute(values)


def _piece(printed: Printed, piece: Piece) -> str:
    markup = printed.publisher.markup
    values = {"text": inline_html(piece.text)}
    if piece.kind is BlockKind.PICTURE:
        credit = Template(markup["credit"]).substitute(credit=html.escape(piece.credit)) if piece.credit else ""
        values |= {"path": printed.picture(piece), "credit": credit}
    return Template(markup[piece.kind]).substitute(values)
