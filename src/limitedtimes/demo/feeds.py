"""The press's feeds and sitemaps: the same articles in each format that publishers use."""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from email.utils import format_datetime
from typing import Any, Final

from limitedtimes.demo.printing import Printed
from limitedtimes.demo.texts import Publisher

_NEWEST: Final = 50

File = tuple[bytes, str]
"""A file and its media type."""


def feed_files(publisher: Publisher, articles: Sequence[Printed], origin: str) -> dict[str, File]:
    """The path and content of each file of a publisher's feed; the first is the one to look at."""
    return WRITERS[publisher.feed](publisher, articles[:_NEWEST], origin)


def _rss(publisher: Publisher, articles: Sequence[Printed], origin: str) -> dict[str, File]:
    items = "".join(
        f"<item><title>{_text(article.title)}</title><link>{_text(article.url)}</link>"
        f"<description>{_text(article.standfirst)}</description><category>{_text(article.section)}</category>"
        f'<guid isPermaLink="false">{publisher.id}-{article.text.name}</guid>'
        f"<pubDate>{format_datetime(article.published)}</pubDate>"
        + "".join(f"<dc:creator>{_text(author)}</dc:creator>" for author in article.text.authors)
        + (f'<media:content url="{_text(article.lead_picture())}" medium="image"/>' if article.lead_picture() else "")
        + "</item>\n"
        for article in articles
    )
    document = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>{_text(publisher.name)}</title><link>{origin}/</link>"
        f"<description>{_text(publisher.name)}</description><language>{publisher.language}</language>"
        f"<lastBuildDate>{format_datetime(_changed(articles))}</lastBuildDate><ttl>5</ttl>\n{items}</channel></rss>\n"
    )
    return {publisher.feed_path: (_xml(publisher, document), "application/rss+xml")}


def _atom(publisher: Publisher, articles: Sequence[Printed], origin: str) -> dict[str, File]:
    entries = "".join(
        f"<entry><title>{_text(article.title)}</title><id>tag:{publisher.id},{article.text.name}</id>"
        f'<link rel="alternate" type="text/html" href="{_text(article.url)}"/>'
        f"<published>{article.published.isoformat()}</published><updated>{article.changed.isoformat()}</updated>"
        + "".join(f"<author><name>{_text(author)}</name></author>" for author in article.text.authors)
        + f'<category term="{article.text.section}" label="{_text(article.section)}"/>'
        f'<summary type="html">{_text(f"<p>{_text(article.standfirst)}</p>")}</summary></entry>\n'
        for article in articles
    )
    document = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{publisher.language}">'
        f"<title>{_text(publisher.name)}</title><id>tag:{publisher.id}</id><updated>{_changed(articles).isoformat()}</updated>"
        f'<link rel="self" href="{origin}{publisher.feed_path}"/><link href="{origin}/"/>\n{entries}</feed>\n'
    )
    return {publisher.feed_path: (_xml(publisher, document), "application/atom+xml")}


def _rdf(publisher: Publisher, articles: Sequence[Printed], origin: str) -> dict[str, File]:
    items = "".join(
        f'<item rdf:about="{_text(article.url)}"><title>{_text(article.title)}</title><link>{_text(article.url)}</link>'
        f"<description>{_text(article.standfirst)}</description><dc:date>{article.published.isoformat()}</dc:date>"
        f"<dc:creator>{_text(', '.join(article.text.authors))}</dc:creator>"
        f"<dc:subject>{_text(article.section)}</dc:subject></item>\n"
        for article in articles
    )
    order = "".join(f'<rdf:li rdf:resource="{_text(article.url)}"/>' for article in articles)
    document = (
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{origin}{publisher.feed_path}">'
        f"<title>{_text(publisher.name)}</title><link>{origin}/</link><description>{_text(publisher.name)}</description>"
        f"<dc:language>{publisher.language}</dc:language><items><rdf:Seq>{order}</rdf:Seq></items></channel>\n"
        f"{items}</rdf:RDF>\n"
    )
    return {publisher.feed_path: (_xml(publisher, document), "application/rdf+xml")}


def _json_feed(publisher: Publisher, articles: Sequence[Printed], origin: str) -> dict[str, File]:
    items: list[dict[str, Any]] = [
        {
            "id": article.url,
            "url": article.url,
            "title": article.title,
            "summary": article.standfirst,
            "date_published": article.published.isoformat(),
            "date_modified": article.changed.isoformat(),
            "authors": [{"name": author} for author in article.text.authors],
            "tags": [article.section],
            "language": publisher.language,
        }
        for article in articles
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": publisher.name,
        "home_page_url": f"{origin}/",
        "feed_url": origin + publisher.feed_path,
        "language": publisher.language,
        "items": items,
    }
    written = json.dumps(feed, ensure_ascii=False, indent=1).encode()
    return {publisher.feed_path: (written, "application/feed+json")}


def _news_sitemap(publisher: Publisher, articles: Sequence[Printed], origin: str) -> dict[str, File]:
    del origin
    urls = "".join(
        f"<url><loc>{_text(article.url)}</loc><lastmod>{article.changed.isoformat()}</lastmod>"
        f"<news:news><news:publication><news:name>{_text(publisher.name)}</news:name>"
        f"<news:language>{publisher.language}</news:language></news:publication>"
        f"<news:publication_date>{article.published.isoformat()}</news:publication_date>"
        f"<news:title>{_text(article.title)}</news:title></news:news></url>\n"
        for article in articles
    )
    document = (
        f'<urlset xmlns="{_SITEMAP}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>\n'
    )
    return {publisher.feed_path: (_xml(publisher, document), "application/xml")}


def _sitemap_index(publisher: Publisher, articles: Sequence[Printed], origin: str) -> dict[str, File]:
    """An index and, zipped, the sitemap that it points to."""
    path = publisher.feed_path.removesuffix(".xml") + "-1.xml.gz"
    changed = _changed(articles).astimezone(UTC).isoformat()
    index = (
        f'<sitemapindex xmlns="{_SITEMAP}"><sitemap><loc>{origin}{path}</loc><lastmod>{changed}</lastmod></sitemap>'
        "</sitemapindex>\n"
    )
    urls = "".join(
        f"<url><loc>{_text(article.url)}</loc><lastmod>{article.changed.isoformat()}</lastmod></url>\n"
        for article in articles
    )
    sitemap = _xml(publisher, f'<urlset xmlns="{_SITEMAP}">\n{urls}</urlset>\n')
    return {
        publisher.feed_path: (_xml(publisher, index), "application/xml"),
        path: (gzip.compress(sitemap, mtime=0), "application/gzip"),
    }


def _changed(articles: Sequence[Printed]) -> Any:
    return max(article.changed for article in articles)


def _text(text: str) -> str:
    return html.escape(text)


def _xml(publisher: Publisher, document: str) -> bytes:
    """An XML file in the publisher's encoding."""
    declaration = f'<?xml version="1.0" encoding="{publisher.encoding}"?>\n'
    return (declaration + document).encode(publisher.encoding, "xmlcharrefreplace")


_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"

WRITERS: Final[Mapping[str, Callable[[Publisher, Sequence[Printed], str], dict[str, File]]]] = {
    "rss": _rss,
    "atom": _atom,
    "rdf": _rdf,
    "json": _json_feed,
    "news-sitemap": _news_sitemap,
    "sitemap-index": _sitemap_index,
}
