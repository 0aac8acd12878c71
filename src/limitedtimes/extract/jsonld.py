"""JSON-LD: the article that a page declares, whatever the shape it is declared in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from limitedtimes.extract.tree import Document, bare, clean

Thing: TypeAlias = dict[str, Any]

# schema.org's types of an article; a subtype ends in one of these names.
_ARTICLE: Final = ("article", "blogposting", "report", "liveblogposting", "socialmediaposting")
_MAX_DEPTH: Final = 12
_MAX_THINGS: Final = 2_000

_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)*\s*|\s*(?:-->|//\]\]>|\]\]>|;)*\s*$", re.DOTALL
)


def things(document: Document) -> list[Thing]:
    """All objects of all JSON-LD scripts, @graph and nested ones too, in page order. Broken scripts are left out."""
    found: list[Thing] = []
    for script in document.root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            for value in _load(script.text):
                found.extend(_walk(value, _MAX_DEPTH))
                if len(found) > _MAX_THINGS:
                    return found[:_MAX_THINGS]
    return found


def _load(text: str) -> list[Any]:
    """The JSON values of a script: as it is, then with the commonest faults mended."""
    text = _WRAPPING.sub("", text)
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", _BAD_ESCAPE.sub(r"\\\\", text))):
        try:
            return [json.loads(attempt, strict=False)]
        except RecursionError:
            return []
        except ValueError:
            continue
    try:  # two objects in one script, or rubbish behind the first
        return [json.JSONDecoder(strict=False).raw_decode(text.lstrip())[0]]
    except (ValueError, RecursionError):
        return []


def _walk(value: Any, depth: int) -> Iterator[Thing]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if isinstance(inner, dict | list) and key not in ("itemListElement", "author", "publisher"):
                yield from _walk(inner, depth - 1)


def types_of(thing: Thing) -> list[str]:
    """Lower-case type names without their namespace."""
    return [name.rsplit("/", 1)[-1].lower() for name in strings(thing.get("@type"))]


def is_article(thing: Thing) -> bool:
    return any(name.endswith(_ARTICLE) for name in types_of(thing))


def article(found: list[Thing], *, title: str) -> Thing:
    """The article that the page is about: the one whose headline is the page's title, else the fullest of them.

    Fields that it lacks are filled from others of the same headline. {} when the page declares no article.
    """
    articles = [thing for thing in found if is_article(thing) and (thing.get("headline") or thing.get("name"))]
    if not articles:
        return {}
    best = max(articles, key=lambda thing: (_same(headline(thing), title), _fullness(thing)))
    merged = dict(best)
    for other in articles:
        if other is not best and _same(headline(other), headline(best)):
            merged |= {key: value for key, value in other.items() if key not in merged or not merged[key]}
    return merged


def headline(thing: Thing) -> str:
    return next(iter(strings(thing.get("headline")) + strings(thing.get("name"))), "")


def _same(one: str, other: str) -> bool:
    """Whether two headlines are one, site names and spacing aside."""
    one, other = bare(one)[:60], bare(other)[:60]
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _fullness(thing: Thing) -> int:
    keys = ("headline", "datePublished", "author", "articleBody", "mainEntityOfPage", "image", "isAccessibleForFree")
    return sum(1 for key in keys if thing.get(key))


def strings(value: Any) -> list[str]:
    """The texts of a field that may be a string, a list, or a nested thing with a name."""
    if isinstance(value, str):
        return [text] if (text := clean(value)) else []
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    if isinstance(value, dict):
        return strings(value.get("name") or value.get("@value") or value.get("headline") or "")
    return []


def truth(value: Any) -> bool | None:
    """True, False, or None for what says neither; publishers also write "False" and "http://schema.org/True"."""
    if isinstance(value, bool):
        return value
    word = str(value).rsplit("/", 1)[-1].strip().lower()
    return {"true": True, "1": True, "false": False, "0": False}.get(word)


def free(found: list[Thing], chosen: Thing) -> bool | None:
    """isAccessibleForFree of the article and its parts, or of the page where there is no article; one False decides."""
    about = [chosen] if chosen else [thing for thing in found if "webpage" in types_of(thing)]
    parts = chosen.get("hasPart")
    about += [part for part in (parts if isinstance(parts, list) else [parts]) if isinstance(part, dict)]
    said = [value for thing in about if (value := truth(thing.get("isAccessibleForFree"))) is not None]
    return all(said) if said else None
