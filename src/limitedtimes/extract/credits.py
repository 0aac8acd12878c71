"""Where a caption ends and a picture's credit begins, in the languages of the press."""

from __future__ import annotations

import re
from typing import Final

_LABEL: Final = (
    r"(?:©|\(c\)|℗|copyrights?|quellen?|fotos?|foto-?/?(?:quelle|credit)|fotograf(?:in|ie|ía|ia)?|photos?|"
    r"photographs?(?: by)?|"
    r"bild(?:er|quelle|rechte|nachweis|credit)?|bilder?|credits?|crédits?(?: photo)?|crédito|imagen|image|immagine|"
    r"imagem|grafik|illustration|collage|symbolfoto|symbolbild|archivfoto|archivbild|fot\.?|zdroj|autor|kilde|"
    r"källa|kuva|kép|nuotr\.?|ljósmynd|фото|источник|ảnh|写真|撮影|提供|사진|รูป|صورة|تصوير|फोटो|sursa|fonte|fuente|source)"
)
_MAX_CAPTION: Final = 1_500  # characters; what is longer is no caption, and slow to search

_WHOLE = re.compile(rf"^\W*{_LABEL}\s*[:：/|]?\s*(?P<name>\S.{{0,120}}?)\W*$", re.IGNORECASE)
_STRONG = re.compile(rf"^\W*(?:{_LABEL}\s*[:：]|©|\(c\))", re.IGNORECASE)
_TAIL = re.compile(
    rf"(?P<caption>.*?\S)(?:[\s(\[|/–—-]+|(?<=[。.!?»”“)）]))(?:(?:{_LABEL}\s*(?:by\s*)?[:：/])|©|\(c\)\s)\s*(?P<name>[^:：]{{2,120}}?)[)\]\s]*$",
    re.IGNORECASE | re.DOTALL,
)
_AGENCIES: Final = (
    r"dpa|afp|ap|apa|ap photo|reuters|epa|efe|ansa|lusa|pap|čtk|ctk|tass|тасс|getty(?: images)?|imago(?: images)?|"
    r"keystone|ntb|tt|ritzau|sda|belga|anp|picture[ -]alliance|picture alliance|shutterstock|istock|adobe ?stock|"
    r"afp via getty images|afp/getty images|xinhua|kyodo|yonhap|연합뉴스|공동|時事|共同|antara|aa|anadolu|"
    r"belgaimage|alamy"
)
_BY_AGENCY = re.compile(rf"^[\w\s.,&'’/|()-]{{0,80}}(?:/|\||via |^)\s*(?:{_AGENCIES})\W*$", re.IGNORECASE)
_AGENCY_TAIL = re.compile(
    rf"(?P<caption>.*[.!?»“\"”])\s*[(\[–—-]?\s*(?P<name>[^.!?]{{0,60}}(?:/|\||via |\b)(?:{_AGENCIES})|"
    rf"(?:{_AGENCIES})\s?[/|]\s?[^!?:;]{{2,40}})[)\]\s]*$",
    re.IGNORECASE | re.DOTALL,
)


def is_credit(text: str) -> bool:
    """Whether a whole line names nothing but where a picture comes from."""
    return len(text) <= 140 and bool(_STRONG.match(text) or _BY_AGENCY.match(text))


def plain_credit(text: str) -> str:
    """The name alone: "Foto: Anna Ott / dpa" is "Anna Ott / dpa"."""
    found = _WHOLE.match(text)
    name = found["name"] if found and _STRONG.match(text) else text
    return name.strip(" \t|·•;:,()[]–—-")


def cut_credit(text: str) -> tuple[str, str]:
    """Caption and credit of a line that may hold both; either may be ""."""
    found = len(text) <= _MAX_CAPTION and (_TAIL.match(text) or _AGENCY_TAIL.match(text))
    if not found:
        return text, ""
    return found["caption"].strip(" \t|·•–—-/([").strip(), found["name"].strip(" \t|·•;:,()[]–—-.")
