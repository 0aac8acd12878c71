"""Reading other people's XML and HTML without trusting it: encodings, broken markup, entity bombs, endless nesting.

Everything here is bounded by the parser (256 levels, 10 MB per text or attribute) and linear in the input.
"""

from __future__ import annotations

import html
import re
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit

import ada_url
from lxml import etree

Element: TypeAlias = Any  # lxml ships no types

URL_LIMIT: Final = 4_000
"""Characters; longer addresses are taken for an attack or an accident."""

TAGS: Final = 3_000_000
"""Tags of one XML document: several times those of the largest sitemap allowed; each costs memory."""

TEXT_LIMIT: Final = 100_000
"""Characters of a description that are looked at."""

DECLARED = re.compile(rb"""^\s*<\?\w+[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""")
CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
ENCODINGS = re.compile(
    r"(?:us-)?ascii|utf[-_]?(?:8|16|32)(?:[-_]?[lb]e)?|iso[-_]?8859[-_]\d+|latin[-_]?\d|(?:windows|cp)[-_]?\d+|koi8[-_]?[rut]"
    r"|gb[-_]?(?:2312|k|18030)|big5\w*|euc[-_]?(?:jp|kr|cn|tw)|shift[-_]?jis|sjis|iso[-_]?2022[-_]?\w+|tis[-_]?620|mac\w*",
    re.IGNORECASE,
)
"""Encodings of text; Python knows others (punycode, unicode_escape) that no feed may ask for."""

STRAY_AMPERSAND = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!#?\w{1,32};)", re.DOTALL)
DECLARATION = re.compile(r"\A\s*<\?\w*xml\b[^>]*\?>", re.IGNORECASE)
INVISIBLE = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>", re.I
)
TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});")


def decoded(body: bytes, content_type: str = "") -> str:
    """The body as text. What is valid UTF-8 is UTF-8, whatever its labels say; then the XML declaration, the HTTP
    charset, and at last windows-1252: the first that fits without an error, because each label is often wrong.
    """
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", errors="replace")
    declared, charset = DECLARED.match(body[:1000]), CHARSET.search(content_type)
    labels = [declared[1].decode("ascii", errors="replace") if declared else "", charset[1] if charset else ""]
    for label in [*labels, "utf-8"] if body.isascii() else ["utf-8", *labels]:
        if ENCODINGS.fullmatch(label):
            try:
                return body.decode(_wider(label)).removeprefix("\ufeff")
            except (UnicodeDecodeError, LookupError):
                continue
    return body.decode("utf-8" if _mostly_utf8(body) else "windows-1252", errors="replace")


def _wider(label: str) -> str:
    """The encoding that a label is used for in practice: the larger one that holds it, as the web has it."""
    if label.lower().startswith("gb"):
        return "gb18030"
    return "windows-1252" if re.fullmatch(r"iso[-_]?8859[-_]1|latin[-_]?1", label, re.IGNORECASE) else label


def _mostly_utf8(body: bytes) -> bool:
    """Whether broken bytes are few among many good ones: a cut or damaged UTF-8 text, not another encoding."""
    text = body[:200_000].decode("utf-8", errors="replace")
    good = sum(character > "\x7f" for character in text)
    return text.count("\ufffd") * 10 < good


def xml_root(body: bytes, content_type: str = "", *, url: str = "") -> Element | None:
    """The root of an XML document, mended where it is broken; None where there is no element, or more than TAGS.

    Entities that the document declares are never expanded; HTML's named ones are left for ``text_of``. ``url`` is
    what ``xml:base`` is relative to, and the ``base`` of every element that is under none.
    """
    text = DECLARATION.sub("", decoded(body, content_type), count=1).lstrip()
    if text.count("<") > TAGS:
        return None
    text = STRAY_AMPERSAND.sub(lambda match: "&amp;" if match[0] == "&" else match[0], text)
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    return _root(text.encode("utf-8", errors="replace"), parser, url=url)


def html_root(body: bytes, content_type: str = "") -> Element | None:
    """The root of an HTML page; None for an empty one. Without an HTTP charset the page's own ``meta`` decides."""
    charset = CHARSET.search(content_type)
    known = charset[1] if charset and ENCODINGS.fullmatch(charset[1]) else None
    try:
        parser = etree.HTMLParser(no_network=True, huge_tree=False, encoding=known)
    except LookupError:
        parser = etree.HTMLParser(no_network=True, huge_tree=False)
    return _root(body, parser)


def _root(document: bytes, parser: Any, *, url: str = "") -> Element | None:
    try:
        return etree.fromstring(document, parser, base_url=url)
    except (etree.XMLSyntaxError, ValueError):
        return None


def local(element: Element) -> str:
    """An element's name without its namespace; "" for what is not an element (an entity)."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def text_of(element: Element) -> str:
    """Everything written inside an element, HTML's named entities included, tags left out."""
    pieces = []
    for node in element.iter():
        pieces.append(plain_entities(node.text or "") if node.tag is etree.Entity else node.text or "")
        if node is not element:
            pieces.append(node.tail or "")
    return "".join(pieces)


def markup_of(element: Element) -> str:
    """The inside of an element as HTML source: its text if it has no children, else its children written out."""
    if not any(isinstance(child.tag, str) for child in element):
        return text_of(element)
    return str(etree.tostring(element, encoding="unicode", with_tail=False))


def plain(source: str) -> str:
    """HTML source as one line of plain text: tags and scripts out, entities decoded once, white space collapsed."""
    text = source[:TEXT_LIMIT]
    if "<" in text:
        text = TAG.sub(" ", INLINE_TAG.sub("", INVISIBLE.sub(" ", text)))
    return one_line(plain_entities(text))


def plain_entities(text: str) -> str:
    """Entities decoded once; only those that end in a semicolon, so that "R&D" and "?a=1&region=2" survive."""
    return ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def one_line(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").replace("\x00", "").split())


def absolute(address: str, base: str = "") -> str:
    """An http(s) address, made absolute and normalised by the WHATWG rules; "" for anything else."""
    address = address.strip()
    if not address or len(address) > URL_LIMIT:
        return ""
    try:
        url = ada_url.URL(address, base=base) if base else ada_url.URL(address)
    except (ValueError, UnicodeEncodeError):
        return ""
    href = str(url.href)
    return href if url.protocol in ("http:", "https:") and urlsplit(href).hostname else ""
