"""Names of authors out of whatever publishers put into their author fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from limitedtimes.extract.jsonld import Thing, types_of
from limitedtimes.extract.tree import Document, Element, bare, clean, text_of

_MAX_NAME: Final = 60
_META: Final = (
    "author",
    "article:author",
    "parsely-author",
    "cxenseparse:author",
    "twitter:misc:written by",
    "dc.creator",
)
_WRITTEN_BY: Final = (
    "verfasst von",
    "geschrieben von",
    "written by",
    "escrito por",
    "écrit par",
    "scritto da",
    "autor",
)

_PREFIX = re.compile(
    r"^(?:von|by|par|de|por|di|door|av|af|od|autor(?:in|en|a|es)?|auteurs?|autore|oleh|penulis|yazar|автор[ыи]?|"
    r"quelle|текст|text|texte|testo|tekst|reporter|redakteur(?:in)?)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[,;|/、]|\s(?:und|and|et|y|e|og|och|en|ja|ir|ve|dan|và|i|и|та|и|a)\s(?=[^\W\d_a-zа-я])|\s&\s)\s*"
)
_NO_NAME = re.compile(r"^[\W\d_]*$|\d.*\d.*\d")  # no letter at all, or a date
_AUTHOR_PAGE = re.compile(
    r"/(?:autor(?:en|in|es|a|i|e)?|authors?|auteurs?|redakteure?|journalists?|penulis|yazar(?:lar)?)/[^/]",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\s*[(\[（【][^)\]）】]*[)\]）】]\s*")
_ROLE = re.compile(r"\s+[-–—]\s+.*$")


def authors(document: Document, thing: Thing, names: set[str]) -> tuple[str, ...]:
    """The authors that the page declares; those it shows where it names only itself. ``names`` are the site's."""
    declared = unique(_declared(thing.get("author")))
    people = [name for name in declared if not is_site(name, names)]
    if people:
        return tuple(people)
    for found in (_in_meta(document), _in_bylines(document)):
        people = [name for name in unique(found) if not is_site(name, names)]
        if people:
            return tuple(people)
    return declared or unique(_in_meta(document))


def _declared(value: Any) -> Iterator[str]:
    """The names in a JSON-LD author: a string, a thing with a name, or a list of either."""
    if isinstance(value, str):
        yield from split(value)
    elif isinstance(value, list):
        for item in value:
            yield from _declared(item)
    elif isinstance(value, dict):
        name = value.get("name") or ""
        if isinstance(name, str) and "organization" in types_of(value):
            yield from (piece for piece in [tidy(clean(name))] if piece)
        else:
            yield from _declared(name)


def _in_meta(document: Document) -> Iterator[str]:
    for name in _META:
        for text in document.meta.get(name, ()):
            yield from split(text)
    for number in "12":
        if document.first(f"twitter:label{number}").lower().startswith(_WRITTEN_BY):
            yield from split(document.first(f"twitter:data{number}"))


def _in_bylines(document: Document) -> Iterator[str]:
    """Names in the first byline that the page shows, and in those of the same make right beside it.

    A byline is told by rel=author, itemprop=author, or a class that says so.
    """
    first: Element | None = None
    for element in document.root.iter("a", "span", "p", "div", "address", "li"):
        if first is not None and not _beside(element, first):
            continue
        if _is_byline(element) and (text := text_of(element)) and len(text) <= 2 * _MAX_NAME and (names := split(text)):
            yield from names
            first = element if first is None else first


def _beside(element: Element, first: Element) -> bool:
    """Whether an element is a sibling that looks like ``first``."""
    alike = all(element.get(name) == first.get(name) for name in ("class", "itemprop", "rel"))
    return alike and element.tag == first.tag and element.getparent() is first.getparent()


_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:author|autor|auteur|autore|byline)s?(?:[\s_-]+(?:name|\d|link|list|item))*(?:$|\s)", re.IGNORECASE
)


def _is_byline(element: Element) -> bool:
    if element.get("rel") == "author" or (element.get("itemprop") or "").startswith("author"):
        return True
    if element.tag == "a" and _AUTHOR_PAGE.search(element.get("href") or ""):
        return True
    names = element.get("class")
    return bool(names) and bool(_BYLINE.search(names))


def is_site(name: str, names: set[str]) -> bool:
    return bare(name) in names


def split(text: str) -> list[str]:
    """The names in one line of text: "Von Anna Ott und Jo Bär" are two."""
    text = _PARENTHESIS.sub(" ", _PREFIX.sub("", clean(text)))
    if "://" in text or text.startswith("www."):
        return []
    return [name for piece in _SPLIT.split(text) if (name := tidy(piece))]


def tidy(name: str) -> str:
    """One name, or "" for an address, a number, or what is too long to be a name."""
    name = _ROLE.sub("", _PARENTHESIS.sub(" ", _PREFIX.sub("", name.strip(" .,;:|-–—•\"'")))).strip()
    if not name or len(name) > _MAX_NAME or "@" in name or "://" in name or _NO_NAME.search(name):
        return ""
    return name


def unique(found: Iterable[str]) -> tuple[str, ...]:
    """Each once, the first spelling kept."""
    kept: dict[str, str] = {}
    for name in found:
        kept.setdefault(bare(name), name)
    return tuple(name for key, name in kept.items() if key)
