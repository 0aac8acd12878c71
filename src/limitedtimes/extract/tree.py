"""Text → lxml tree, and the small questions that every other module asks of it.

The only place that parses HTML. Publisher's HTML never leaves this room: what goes out is text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final, TypeAlias

from lxml import etree
from lxml.html import HtmlElement

from limitedtimes.errors import ExtractError

Element: TypeAlias = Any  # lxml has no types of its own

MAX_CHARACTERS: Final = 8_000_000

UNSEEN: Final = frozenset({"script", "style", "noscript", "template", "svg", "textarea", "select"})

# Everything that prints as nothing or breaks a line where none is: controls, soft hyphen, zero-width space and
# joiners' lesser kin (not U+200C and U+200D, which Persian and Indic scripts need), direction marks, BOM.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed page. ``meta`` maps lower-case names, properties and itemprops to their contents, in page order."""

    root: Element
    url: str  # where the page was in the end: relative addresses start here
    meta: dict[str, list[str]] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first content that is not empty, by the order of ``names``."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")


def parse(text: str, url: str) -> Document:
    """A document. Raises ExtractError (``empty``, ``too-large``, ``not-html``)."""
    if len(text) > MAX_CHARACTERS:
        raise ExtractError(f"{url}: the page has more than {MAX_CHARACTERS:,} characters", reason="too-large")
    if not text.strip():
        raise ExtractError(f"{url}: the page is empty", reason="empty")
    if "<" not in text:
        raise ExtractError(f"{url}: the page is not HTML", reason="not-html")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    # trafilatura wants HtmlElement; lxml.html's own parser looks the class up in Python for every element it hands out
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    try:
        root = etree.fromstring(text.encode("utf-8", "replace").replace(b"\0", b""), parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ExtractError(f"{url}: the page is not HTML", reason="not-html") from error
    if root is None or root.tag != "html":
        raise ExtractError(f"{url}: the page is not HTML", reason="not-html")
    return Document(root, url, _metas(root))


def _metas(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = clean(element.get("content") or "")
        if content:
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if name := element.get(attribute):
                    found.setdefault(name.strip().lower(), []).append(content)
    return found


def strip_scripts(document: Document) -> None:
    """Take out what nobody sees; after this, JSON-LD is gone."""
    etree.strip_elements(document.root, "script", "style", "svg", "template", "iframe", with_tail=False)


def squeeze(text: str) -> str:
    """One line: invisible characters gone, white space single, NFC."""
    return unicodedata.normalize("NFC", _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip())


def clean(text: str) -> str:
    """A field's text as people read it: entities resolved (also twice escaped), tags gone, one line."""
    if "&" in text:
        text = unescape(unescape(text))
    if "<" in text:
        text = _TAG.sub("", text)
    return squeeze(text)


def text_of(element: Element) -> str:
    """The text of an element and everything in it, scripts and styles left out, as one line."""
    pieces: list[str] = []
    for event, node in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            pieces.append(" " if node.tag == "br" else "" if node.tag in UNSEEN else node.text or "")
        elif node is not element:
            pieces.append(node.tail or "")
    return squeeze("".join(pieces))


def bare(text: str) -> str:
    """Letters and digits only, lower-case: two texts that differ in spacing and punctuation have one bare form."""
    return "".join(filter(str.isalnum, text.lower()))


def words(text: str) -> frozenset[str]:
    """A word list as it is written in a module: separated by white space."""
    return frozenset(text.split())
