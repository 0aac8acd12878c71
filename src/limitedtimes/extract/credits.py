"""Where a caption ends and a picture's credit begins, in the languages of the press."""

from __future__ import annotations

import re
from typing import Final

_LABEL: Final = (
    r"(?:©|\(c\)|℗|copyrights?|quellen?|fotos?|foto-?/?(?:quelle|credit)|"
    r"fotograf(?:in|ie|ía|ia|ije|o|a)?|fotoğraf|photos?(?: credits?)?|photographs?|photographies?|"
    r"bild(?:er|quelle|rechte|nachweis|credit)?|beeld|credits?(?: photos?)?|cr[ée]dits?(?: photos?)?|"
    r"cr[ée]ditos?(?: da foto)?|crediti|imagen|image|immagine|"
    r"imagem|grafik|illustration|collage|symbolfoto|symbolbild|archivfoto|archivbild|fot\.?|zdroj|autor(?:e|a)?|kilde|"
    r"källa|kuva|kép|nuotr\.?|ljósmynd|görsel|фото|снимк[аи]|источник|джерело|φωτο(?:γραφία)?|πηγή|ảnh|写真|撮影|提供|照片|图片|圖|"
    r"사진|รูป|ภาพ|صورة|تصوير|عکس|צילום|फोटो|ছবি|sursa|fonte|fuente|source|bron|lähde|forrás|šaltinis)"
)
_BY: Final = r"(?:by|di|de|del|da|do|von|van|af|av|par|od|autor|author)"
_EDGES: Final = " \t\xa0|·•;:,–—-"
_PAIRS: Final = ("()", "[]", "«»", "“”", "（）")
_MAX_CAPTION: Final = 1_500  # characters; what is longer is no caption, and slow to search

_WHOLE = re.compile(
    rf"^\W*(?:{_LABEL}\s*(?:(?:{_BY}\s*)?[:：]|\s{_BY}\s)|(?:{_LABEL}\s*)?(?:©|\(c\)))\s*(?P<name>\S.*)$", re.IGNORECASE
)
_STRONG = re.compile(rf"^\W*(?:{_LABEL}\s*(?:{_BY}\s*)?[:：]|©|\(c\))", re.IGNORECASE)
_TAIL = re.compile(
    rf"(?P<caption>.*?\S)(?:[\s(\[|/–—-]+|(?<=[。.!?»”“)）]))(?:{_LABEL}\s*(?:{_BY}\s*)?[:：/]|©|\(c\)\s)\s*(?P<name>[^:：]{{2,120}})$",
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
    """The name alone, of a line that is a credit: "Foto: Anna Ott / dpa" and "Foto di Anna Ott / dpa"."""
    found = _WHOLE.match(text)
    return _trimmed(found["name"] if found else text)


def cut_credit(text: str) -> tuple[str, str]:
    """Caption and credit of a line that may hold both; either may be ""."""
    found = len(text) <= _MAX_CAPTION and (_TAIL.match(text) or _AGENCY_TAIL.match(text))
    if not found:
        return text, ""
    return found["caption"].strip(" \t|·•–—-/([,،、").strip(), _trimmed(found["name"]).rstrip(".")


def _trimmed(name: str) -> str:
    """A name without what stood around it; a bracket or quotation mark stays where its partner does."""
    name = name.strip(_EDGES)
    for opening, closing in _PAIRS:
        while name.endswith(closing) and name.count(closing) > name.count(opening):
            name = name[:-1].strip(_EDGES)
        while name.startswith(opening) and name.count(opening) > name.count(closing):
            name = name[1:].strip(_EDGES)
    return name
