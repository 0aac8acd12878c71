"""What a page says of itself to machines: JSON-LD, OpenGraph and meta elements, as each publisher chooses."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from limitedtimes.demo.printing import Printed
from limitedtimes.demo.texts import Kind


def head(printed: Printed) -> str:
    """The metadata of a page for its ``<head>``."""
    return "\n".join(WRITERS[form](printed) for form in printed.publisher.metadata)


def news_article(printed: Printed) -> dict[str, Any]:
    """The schema.org NewsArticle."""
    publisher = printed.publisher
    return {
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": printed.url},
        "headline": printed.headline,
        "description": printed.standfirst,
        "articleSection": printed.section,
        "keywords": list(printed.text.keywords),
        "image": [printed.lead_picture()] if printed.lead_picture() else [],
        "datePublished": printed.published.isoformat(timespec="seconds"),
        "dateModified": printed.changed.isoformat(timespec="seconds"),
        "author": [{"@type": "Person", "name": name} for name in printed.text.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": publisher.name, "url": printed.origin + "/"},
        "isAccessibleForFree": printed.text.kind is not Kind.PAYWALL,
        "inLanguage": publisher.language,
    }


def _json_ld(printed: Printed) -> str:
    return _script({"@context": "https://schema.org"} | news_article(printed))


def _json_ld_graph(printed: Printed) -> str:
    """The article among other things, as content management systems like to write it."""
    site = {"@type": "WebSite", "@id": printed.origin + "/#website", "name": printed.publisher.name}
    trail = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "Home"}]}
    return _script({"@context": "https://schema.org", "@graph": [site, trail, news_article(printed)]})


def _opengraph(printed: Printed) -> str:
    properties = {
        "og:type": "article",
        "og:site_name": printed.publisher.name,
        "og:title": printed.headline,
        "og:description": printed.standfirst,
        "og:url": printed.url,
        "og:image": printed.lead_picture(),
        "article:section": printed.section,
    }
    return _meta("property", properties.items())


def _description(printed: Printed) -> str:
    named = {"description": printed.standfirst, "author": ", ".join(printed.text.authors)}
    return _meta("name", named.items()) + f'\n<link rel="canonical" href="{html.escape(printed.url)}">'


def _dates(printed: Printed) -> str:
    times = {"article:published_time": printed.published, "article:modified_time": printed.modified}
    return _meta(
        "property", ((name, time.isoformat(timespec="seconds") if time else "") for name, time in times.items())
    )


def _script(data: Mapping[str, Any]) -> str:
    written = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    return f'<script type="application/ld+json">{written}</script>'


def _meta(attribute: str, pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f'<meta {attribute}="{name}" content="{html.escape(value)}">' for name, value in pairs if value)


WRITERS: Final[Mapping[str, Callable[[Printed], str]]] = {
    "json-ld": _json_ld,
    "json-ld-graph": _json_ld_graph,
    "opengraph": _opengraph,
    "description": _description,
    "dates": _dates,
}
