"""schema.org's NewsArticle for an article page, fit to stand inside a script element."""

from __future__ import annotations

import json

from limitedtimes.edition.names import section_name
from limitedtimes.edition.reading import Reading
from limitedtimes.edition.safety import plain, web_address
from limitedtimes.edition.settings import Settings
from limitedtimes.edition.times import iso


def news_article(reading: Reading, settings: Settings, address: str) -> dict[str, object]:
    """The English article as a translation of the publisher's, which it names and links.

    https://schema.org/NewsArticle, https://schema.org/translationOfWork
    """
    published, article = reading.published, reading.published.article
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "headline": plain(reading.headline.english),
        "description": plain(reading.standfirst.translated),
        "inLanguage": "en",
        "articleSection": section_name(published.enrichment.section),
        "datePublished": iso(article.published.at) if article.published else iso(published.first_published),
        "dateModified": iso(published.updated),
        "isAccessibleForFree": article.free,
        "author": [{"@type": "Person", "name": plain(name)} for name in article.authors],
        "publisher": {"@type": "Organization", "name": plain(settings.title), "url": settings.base_url + "/"},
        "translator": _translators(reading),
        "isBasedOn": web_address(article.url),
        "translationOfWork": _original(reading),
        "image": _image(reading),
    }
    return {name: value for name, value in described.items() if value not in ("", None, [])}


def _translators(reading: Reading) -> object:
    """The engine, as the page's notice has it; and who corrected sentences by hand, the latest first."""
    engine = {"@type": "SoftwareApplication", "name": plain(reading.published.translation.engine)}
    people = [{"@type": "Person", "name": plain(name)} for name, _ in reading.correctors]
    return [engine, *people] if people else engine


def _original(reading: Reading) -> dict[str, object]:
    article, source = reading.published.article, reading.published.source
    return {
        "@type": "NewsArticle",
        "headline": plain(article.headline),
        "inLanguage": article.language,
        "url": web_address(article.url),
        "publisher": {"@type": "NewsMediaOrganization", "name": plain(source.name), "url": web_address(source.home)},
    }


def _image(reading: Reading) -> dict[str, object] | None:
    passage = reading.lead_picture
    if passage is None or passage.picture is None or not web_address(passage.picture.url):
        return None
    described: dict[str, object] = {"@type": "ImageObject", "url": web_address(passage.picture.url)}
    if passage.picture.credit:
        described["creditText"] = plain(passage.picture.credit)
    if passage.translated:
        described["caption"] = plain(passage.translated)
    return described


def script_safe(value: object) -> str:
    """JSON in which nothing can end a script element or start a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
