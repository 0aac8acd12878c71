"""Bytes → text: byte-order mark, then the HTTP header, then <meta>, as browsers do.

Follows the WHATWG HTML standard, section 13.2.3 ("the input byte stream"), and the Encoding standard's label table
as far as Python has the codec. Not a character-set guesser.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

PRESCAN_BYTES: Final = 1024

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# Labels that the Encoding standard reads otherwise than Python does (https://encoding.spec.whatwg.org/#names-and-labels).
_LABELS: Final = {
    "ascii": "cp1252", "us-ascii": "cp1252", "ansi_x3.4-1968": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "iso88591": "cp1252", "iso_8859-1": "cp1252", "latin1": "cp1252", "l1": "cp1252", "cp819": "cp1252",
    "x-cp1252": "cp1252", "x-cp1250": "cp1250", "x-cp1251": "cp1251", "iso-8859-9": "cp1254", "iso8859-9": "cp1254",
    "iso88599": "cp1254", "latin5": "cp1254", "l5": "cp1254", "iso-8859-11": "cp874", "iso8859-11": "cp874",
    "tis-620": "cp874", "windows-874": "cp874", "dos-874": "cp874", "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "chinese": "gb18030", "gb_2312-80": "gb18030", "csgb2312": "gb18030", "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cn-big5": "big5hkscs", "shift_jis": "cp932",
    "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "ms_kanji": "cp932", "windows-31j": "cp932",
    "x-euc-jp": "euc_jp", "euc-kr": "cp949", "korean": "cp949", "ks_c_5601-1987": "cp949", "ksc5601": "cp949",
    "windows-949": "cp949", "unicode-1-1-utf-8": "utf-8", "unicode11utf8": "utf-8", "unicode20utf8": "utf-8",
    "x-unicode20utf8": "utf-8", "utf-16": "utf-16-le", "unicode": "utf-16-le", "ucs-2": "utf-16-le",
    "iso-10646-ucs-2": "utf-16-le", "x-mac-roman": "mac_roman", "macintosh": "mac_roman", "mac": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic", "x-mac-ukrainian": "mac_cyrillic", "koi8-ru": "koi8_u", "koi": "koi8_r",
    "koi8": "koi8_r", "logical": "iso8859_8", "visual": "iso8859_8", "iso-8859-8-i": "iso8859_8",
    "x-user-defined": "cp1252",
}  # fmt: skip

# Codecs of Python's that are no character set of the web: not to be had by naming them in a page.
_NOT_OF_THE_WEB: Final = frozenset({"utf-7", "utf-32", "utf-32-le", "utf-32-be", "utf-8-sig", "idna", "punycode"})

# What browsers assume where nothing is declared, by the language of the reader (HTML standard, 13.2.3.2).
_BY_LANGUAGE: Final = {
    "ar": "cp1256", "az": "cp1254", "ba": "cp1251", "be": "cp1251", "bg": "cp1251", "cs": "cp1250", "el": "iso8859_7",
    "et": "cp1257", "fa": "cp1256", "he": "cp1255", "hr": "cp1250", "hu": "iso8859_2", "ja": "cp932", "kk": "cp1251",
    "ko": "cp949", "ku": "cp1254", "ky": "cp1251", "lt": "cp1257", "lv": "cp1257", "mk": "cp1251", "pl": "iso8859_2",
    "ru": "cp1251", "sah": "cp1251", "sk": "cp1250", "sl": "iso8859_2", "sr": "cp1251", "tg": "cp1251", "th": "cp874",
    "tr": "cp1254", "tt": "cp1251", "uk": "cp1251", "vi": "cp1258", "zh": "gb18030",
}  # fmt: skip

_LABEL = re.compile(r"[a-z0-9][a-z0-9._:-]*")
_HTTP_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s\"';,]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r ;\"']+))", re.I)
_TAG_NAME = re.compile(rb"</?[a-zA-Z][^\t\n\f\r >]*")
_META = re.compile(rb"<meta[\t\n\f\r /]", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    rb"[\t\n\f\r /]*([^\t\n\f\r />=][^\t\n\f\r />=]*)"
    rb"(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r >]*)))?"
)


def decode(body: bytes, content_type: str = "", languages: tuple[str, ...] = ()) -> str:
    """The text of a page. What cannot be decoded becomes U+FFFD; nothing is raised.

    ``content_type`` is the HTTP header; ``languages`` (ISO 639) choose the legacy encoding of a page that names none.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    codec = from_header(content_type) or prescan(body) or _undeclared(body, languages)
    if codec != "utf-8" and not body.isascii() and (text := _as_utf8(body)):
        return text  # saved again or served wrong: bytes that are UTF-8 throughout are nothing else
    return body.decode(codec, "replace")


def from_header(content_type: str) -> str:
    """The Python codec of the charset parameter of a Content-Type header, or ""."""
    found = _HTTP_CHARSET.search(content_type)
    return codec_of(found.group(1)) if found else ""


def codec_of(label: str) -> str:
    """The Python codec for an encoding label of the web, or "" for one that is unknown."""
    name = label.strip("\t\n\f\r ").lower()
    if not _LABEL.fullmatch(name):  # Python's own look-up forgives what browsers do not
        return ""
    try:
        info = codecs.lookup(_LABELS.get(name, name))
    except (LookupError, ValueError, UnicodeError):
        return ""
    # Labels that browsers give the replacement encoding or do not know: never decode by them.
    return "" if info.name in _NOT_OF_THE_WEB or not info._is_text_encoding else info.name


def prescan(body: bytes) -> str:
    """The Python codec that <meta> declares within the first 1024 bytes, or "" (WHATWG's prescan algorithm)."""
    head = body[:PRESCAN_BYTES]
    at = 0
    while (at := head.find(b"<", at)) >= 0:
        if head.startswith(b"<!--", at):
            end = head.find(b"-->", at + 2)
            if end < 0:
                return ""
            at = end + 3
        elif _META.match(head, at):
            attributes, at = _attributes(head, at + 5)
            if codec := _declared(attributes):
                return "utf-8" if codec.startswith("utf-16") else codec
        elif found := _TAG_NAME.match(head, at):
            _, at = _attributes(head, found.end())
        elif head[at + 1 : at + 2] in (b"!", b"/", b"?"):
            end = head.find(b">", at)
            if end < 0:
                return ""
            at = end + 1
        else:
            at += 1
    return ""


def _attributes(head: bytes, at: int) -> tuple[dict[bytes, bytes], int]:
    """The attributes of the tag that is open at ``at`` (names lower-case, first one wins), and where it ends."""
    found: dict[bytes, bytes] = {}
    while match := _ATTRIBUTE.match(head, at):
        if match.end() >= len(head):  # cut off by the limit: not a whole attribute
            return {}, len(head)
        value = match[2] if match[2] is not None else match[3] if match[3] is not None else match[4] or b""
        found.setdefault(match[1].lower(), value)
        at = match.end()
    end = head.find(b">", at)
    return (found, end + 1) if end >= 0 else ({}, len(head))


def _declared(attributes: dict[bytes, bytes]) -> str:
    if b"charset" in attributes:
        return codec_of(attributes[b"charset"].decode("latin-1"))
    if attributes.get(b"http-equiv", b"").lower() != b"content-type":
        return ""
    found = _META_CHARSET.search(attributes.get(b"content", b""))
    return codec_of(next(group for group in found.groups() if group is not None).decode("latin-1")) if found else ""


def _undeclared(body: bytes, languages: tuple[str, ...]) -> str:
    if _as_utf8(body):
        return "utf-8"
    return next((_BY_LANGUAGE[language] for language in languages if language in _BY_LANGUAGE), "cp1252")


def _as_utf8(body: bytes) -> str:
    """The text, or "" where the bytes are no UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return ""
