"""The press's feeds and sitemaps: the same articles in each format that publishers use."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any, Final

from limitedtimes.demo.printing import Printed
from limitedtimes.demo.texts import Publisher

File = tuple[bytes, str]
"""A file and its media type."""

_SITEMAP: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


@dataclass(frozen=True, slots=True)
class Channel:
    """A publisher's articles, the newest first, and what a feed says of itself."""

    publisher: Publisher
    origin: str
    articles: Sequence[Printed]

    @property
    def url(self) -> str:
        return self.origin + self.publisher.feed_path

    @property
    def name(self) -> str:
        return escape(self.publisher.name)

    @property
    def changed(self) -> datetime:
        return max(article.changed for article in self.articles)

    def each(self, write: Callable[[Printed], str]) -> str:
        return "\n".join(map(write, self.articles))

    def xml(self, document: str) -> bytes:
        """An XML document in the publisher's encoding."""
        declaration = f'<?xml version="1.0" encoding="{self.publisher.encoding}"?>\n'
        return (declaration + document).encode(self.publisher.encoding, "xmlcharrefreplace")

    def file(self, document: str, media_type: str) -> dict[str, File]:
        return {self.publisher.feed_path: (self.xml(document), media_type)}


def feed_files(publisher: Publisher, articles: Sequence[Printed], origin: str) -> dict[str, File]:
    """The path and content of each file of a publisher's feed."""
    return WRITERS[publisher.feed](Channel(publisher, origin, articles))


def _rss(channel: Channel) -> dict[str, File]:
    document = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>{channel.name}</title><link>{channel.origin}/</link><description>{channel.name}</description>"
        f"<language>{channel.publisher.language}</language><ttl>5</ttl>"
        f"<lastBuildDate>{format_datetime(channel.changed)}</lastBuildDate>\n"
        f"{channel.each(_rss_item)}\n</channel></rss>\n"
    )
    return channel.file(document, "application/rss+xml")


def _rss_item(article: Printed) -> str:
    creators = "".join(f"<dc:creator>{escape(author)}</dc:creator>" for author in article.text.authors)
    address = article.lead_picture()
    picture = f'<media:content url="{address}" medium="image"/>' if address else ""
    return (
        f"<item><title>{escape(article.title)}</title><link>{article.url}</link>"
        f"<description>{escape(article.standfirst)}</description><category>{escape(article.section)}</category>"
        f'<guid isPermaLink="false">{article.publisher.id}-{article.text.name}</guid>'
        f"<pubDate>{format_datetime(article.published)}</pubDate>{creators}{picture}</item>"
    )


def _atom(channel: Channel) -> dict[str, File]:
    document = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{channel.publisher.language}">'
        f"<title>{channel.name}</title><id>{channel.origin}/</id><updated>{channel.changed.isoformat()}</updated>"
        f'<link rel="self" href="{channel.url}"/><link href="{channel.origin}/"/>\n'
        f"{channel.each(_atom_entry)}\n</feed>\n"
    )
    return channel.file(document, "application/atom+xml")


def _atom_entry(article: Printed) -> str:
    authors = "".join(f"<author><name>{escape(author)}</name></author>" for author in article.text.authors)
    summary = escape(f"<p>{escape(article.standfirst)}</p>")
    return (
        f"<entry><title>{escape(article.title)}</title><id>{article.url}</id>{authors}"
        f'<link rel="alternate" type="text/html" href="{article.url}"/>'
        f"<published>{article.published.isoformat()}</published><updated>{article.changed.isoformat()}</updated>"
        f'<category term="{article.text.section}" label="{escape(article.section)}"/>'
        f'<summary type="html">{summary}</summary></entry>'
    )


def _rdf(channel: Channel) -> dict[str, File]:
    order = channel.each(lambda article: f'<rdf:li rdf:resource="{article.url}"/>')
    document = (
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{channel.url}">'
        f"<title>{channel.name}</title><link>{channel.origin}/</link><description>{channel.name}</description>"
        f"<dc:language>{channel.publisher.language}</dc:language><items><rdf:Seq>{order}</rdf:Seq></items></channel>\n"
        f"{channel.each(_rdf_item)}\n</rdf:RDF>\n"
    )
    return channel.file(document, "application/rdf+xml")


def _rdf_item(article: Printed) -> str:
    return (
        f'<item rdf:about="{article.url}"><title>{escape(article.title)}</title><link>{article.url}</link>'
        f"<description>{escape(article.standfirst)}</description><dc:date>{article.published.isoformat()}</dc:date>"
        f"<dc:creator>{escape(', '.join(article.text.authors))}</dc:creator>"
        f"<dc:subject>{escape(article.section)}</dc:subject></item>"
    )


def _json_feed(channel: Channel) -> dict[str, File]:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.publisher.name,
        "home_page_url": f"{channel.origin}/",
        "feed_url": channel.url,
        "language": channel.publisher.language,
        "items": [_json_item(article) for article in channel.articles],
    }
    written = json.dumps(feed, ensure_ascii=False, indent=1).encode()
    return {channel.publisher.feed_path: (written, "application/feed+json")}


def _json_item(article: Printed) -> dict[str, Any]:
    return {
        "id": article.url,
        "url": article.url,
        "title": article.title,
        "summary": article.standfirst,
        "date_published": article.published.isoformat(),
        "date_modified": article.changed.isoformat(),
        "authors": [{"name": author} for author in article.text.authors],
        "tags": [article.section],
        "language": article.publisher.language,
    }


def _news_sitemap(channel: Channel) -> dict[str, File]:
    news = "http://www.google.com/schemas/sitemap-news/0.9"
    document = f'<urlset xmlns="{_SITEMAP}" xmlns:news="{news}">\n{channel.each(_news_url)}\n</urlset>\n'
    return channel.file(document, "application/xml")


def _news_url(article: Printed) -> str:
    return (
        f"<url><loc>{article.url}</loc><lastmod>{article.changed.isoformat()}</lastmod>"
        f"<news:news><news:publication><news:name>{escape(article.publisher.name)}</news:name>"
        f"<news:language>{article.publisher.language}</news:language></news:publication>"
        f"<news:publication_date>{article.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(article.title)}</news:title></news:news></url>"
    )


def _sitemap_index(channel: Channel) -> dict[str, File]:
    """An index and, zipped, the sitemap that it points to."""
    path = channel.publisher.feed_path.removesuffix(".xml") + "-1.xml.gz"
    index = (
        f'<sitemapindex xmlns="{_SITEMAP}"><sitemap><loc>{channel.origin}{path}</loc>'
        f"<lastmod>{channel.changed.isoformat()}</lastmod></sitemap></sitemapindex>\n"
    )
    sitemap = channel.xml(f'<urlset xmlns="{_SITEMAP}">\n{channel.each(_url)}\n</urlset>\n')
    return channel.file(index, "application/xml") | {path: (gzip.compress(sitemap, mtime=0), "application/gzip")}


def _url(article: Printed) -> str:
    return f"<url><loc>{article.url}</loc><lastmod>{article.changed.isoformat()}</lastmod></url>"


WRITERS: Final[Mapping[str, Callable[[Channel], dict[str, File]]]] = {
    "rss": _rss,
    "atom": _atom,
    "rdf": _rdf,
    "json": _json_feed,
    "news-sitemap": _news_sitemap,
    "sitemap-index": _sitemap_index,
}
