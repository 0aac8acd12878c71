"""The headline: what the publisher calls the article, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from limitedtimes.extract.canonical import host_of, site
from limitedtimes.extract.jsonld import Thing, strings
from limitedtimes.extract.jsonld import headline as declared_headline
from limitedtimes.extract.tree import Document, bare, text_of

_CUT = re.compile(r"\s+[|•·–—:»-]\s+|\s*[|｜]\s*|\s+[-–]\s*(?=\S+$)")
_AROUND_NAME: Final = 22  # letters beside a site's name: "Die Neue Südtiroler", ".de", "Nachrichten"
_MAX_CHARACTERS: Final = 300
_SENTENCE: Final = 20  # letters; a shorter OpenGraph title names a series or a section


def headline(document: Document, thing: Thing) -> str:
    """JSON-LD's headline, or OpenGraph's where JSON-LD only repeats <title>; else the one that <h1>, OpenGraph and
    <title> agree on most. "" where the page has none.
    """
    head = next(iter(first_heads(document)), "")
    title = next((text_of(element) for element in document.root.iter("title")), "")
    graph, declared = document.first("og:title"), declared_headline(thing)
    names = site_names(document, thing)
    texts = (declared, graph, document.first("twitter:title"), head, document.first("title"), title)
    candidates = [text for text in texts if 0 < len(text) <= _MAX_CHARACTERS]
    cleaned = {text: without_site(text, names, candidates) for text in candidates}
    found = [text for text in cleaned.values() if bare(text) not in names]
    if graph in cleaned and _is_written_apart(
        *(bare(cleaned.get(text, "")) for text in (graph, declared, head, title))
    ):
        found = [cleaned[graph], *found]
    return next((text for text in found if bare(text) not in names), "")


def _is_written_apart(graph: str, declared: str, head: str, title: str) -> bool:
    """Whether OpenGraph's title (all in bare form) is one that an editor wrote to be read away from the page: JSON-LD
    says no more than <title> does, and <h1> sides with one of the two.
    """
    return declared == title != graph and head in (declared, graph) and len(graph) >= _SENTENCE


def first_heads(document: Document) -> list[str]:
    """The texts of the page's <h1>; a single one is the headline, of several the one that the title repeats."""
    heads = list(dict.fromkeys(text for element in document.root.iter("h1") if (text := text_of(element))))
    title = bare(document.first("og:title") or next((text_of(element) for element in document.root.iter("title")), ""))
    return sorted(heads, key=lambda text: bare(text) not in title)


def site_names(document: Document, thing: Thing) -> set[str]:
    """What the site calls itself, in bare form."""
    host = host_of(document.url)
    said = [
        document.first("og:site_name"),
        document.first("application-name"),
        document.first("apple-mobile-web-app-title"),
        document.first("twitter:site").lstrip("@"),
        document.first("publisher"),
        *strings(thing.get("publisher")),
        host.removeprefix("www."),
        site(host),
        site(host).split(".")[0],
    ]
    return {name for text in said if (name := bare(text))}


def without_site(text: str, names: set[str], others: Sequence[str]) -> str:
    """A title without the part that names the site; a part that another title of the page does without goes too."""
    if len(text) > _MAX_CHARACTERS:
        return text
    for found in reversed(list(_CUT.finditer(text))):
        head, tail = text[: found.start()].strip(), text[found.end() :].strip()
        if head and (_names(tail, names) or any(bare(head) == bare(other) for other in others)):
            return without_site(head, names, ())
        if tail and bare(head) in names:
            return tail
    return text


def _names(part: str, names: set[str]) -> bool:
    letters = bare(part)
    if letters in names:
        return True
    around = (name for name in names if len(name) > 4 and len(letters) <= len(name) + _AROUND_NAME)
    return any(letters.endswith(name) or letters.startswith(name) for name in around)
