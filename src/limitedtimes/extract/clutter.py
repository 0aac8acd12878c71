"""What is not the article: names of boxes, and lines that say so themselves.

Two kinds of knowledge, both data: words in class names and ids (web makers write them in English, or in their own
tongue), and phrases in the languages of the press. Structure (links, lists, order) is judged in ``body.py``.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from limitedtimes.extract.phrases import INVITATIONS, POINTERS, TITLES
from limitedtimes.extract.signups import is_sign_up
from limitedtimes.extract.tree import words


class Sort(Enum):
    """What a box is by its class names and id."""

    PLAIN = auto()
    CLUTTER = auto()
    CAPTION = auto()
    CREDIT = auto()
    LEAD = auto()
    SUBHEAD = auto()  # only by a publisher's own rule
    BYLINE = auto()  # a credit where it stands in a figure or caption, else clutter


_CLUTTER_WORDS: Final = words(
    """ad ads adv advert advertisement advertising adslot adbox anzeige werbung publicidad pub publicite reklama reklam
    banner sponsor sponsored outbrain taboola plista newsletter newsletters subscribe subscription abo abobox paywall
    piano offer upsell login signin signup register registration cookie cookies consent gdpr cmp share sharing shares
    sharebar social socials socialmedia addthis addtoany sharedaddy whatsapp facebook twitter telegram related relateds
    recommended recommendation recommendations recommend recirculation recirc readmore readalso seealso mehrzumthema
    weiterlesen teaser teasers teaserlist promo promobox comment comments commentcount kommentar kommentare disqus
    author authors authorbox autor autoren autorenbox byline bio biography breadcrumb breadcrumbs navigation nav navbar
    menu sidebar footer pagination pager tags tag taglist keywords toolbar tools rating vote poll survey quiz
    player podcast audioplayer tooltip popup modal overlay dropdown mostread popular trending ticker marquee
    timestamp dateline pubdate publishdate published updated readingtime lesezeit widget print printonly
    noprint sronly screenreader visuallyhidden offscreen copyright imprint disclaimer feedback correction
    lireaussi alire leggianche leiatambem"""
)
_CAPTION_WORDS: Final = words(
    """caption captions figcaption bildunterschrift bildtext legend legende bildbeschreibung
    didascalia pie piedefoto fotobyline imagecaption photocaption"""
)
_BYLINE_WORDS: Final = words(
    """author authors autor autora autoren autore auteur auteurs byline copyright rights source quelle agency fuente
    fonte bildautor bildrechte"""
)
_PICTURE_WORDS: Final = words("image images img picture pictures photo photos foto bild media figure")
_WEAK_WORDS: Final = words("teaser teasers footer widget published player")  # say nothing of a picture's box
_CREDIT_WORDS: Final = words(
    """credit credits photocredit imagecredit photographer photographe fotograf fotografo fotografa bildquelle urheber
    credito creditos crediti"""
)
_LEAD_WORDS: Final = words(
    """lead leads lede intro introduction standfirst summary chapo chapeau perex ingress vorspann entradilla bajada
    sottotitolo sommario occhiello deck dek subheadline subtitle abstract excerpt anleser teasertext leadtext
    leadtekst einleitung manchet anons linefina sapo description lidtext"""
)

_WORD = re.compile(r"[a-z]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=16_384)
def sort_of(names: str, *, in_caption: bool = False) -> Sort:
    """The sort of a box by its ``class`` and ``id``, in one string. In a caption, who made the picture comes first."""
    said = set(_WORD.findall(_HUMP.sub(" ", names).lower()))
    if said & _PICTURE_WORDS:
        said -= _WEAK_WORDS
    if said & _CREDIT_WORDS or (in_caption and said & _BYLINE_WORDS):
        return Sort.CREDIT
    if said & _CAPTION_WORDS:
        return Sort.CAPTION
    if said & _BYLINE_WORDS:
        return Sort.BYLINE
    if said & _CLUTTER_WORDS:
        return Sort.CLUTTER
    return Sort.LEAD if said & _LEAD_WORDS else Sort.PLAIN


def is_status_line(text: str) -> bool:
    """Whether a short line is mostly a date, a time or numbers: "Stand: 08.07.2026 05:00 Uhr"."""
    digits, letters = sum(map(str.isdigit, text)), sum(map(str.isalpha, text))
    return len(text) < 120 and digits >= 3 and digits > 0.2 * letters and not text.endswith((".", "!", "?", "。"))


def is_clutter_line(text: str, *, linked: float = 0.0) -> bool:
    """Whether a whole run is clutter: a button, an invitation, a status line; ``linked`` is its share of links."""
    if len(text) <= 40 and (not any(map(str.isalpha, text)) or is_status_line(text)):
        return True
    if is_clutter_title(text) or is_sign_up(text):
        return True
    return len(text) <= 400 and bool(INVITATIONS.search(text) or (linked > 0.1 and POINTERS.match(text)))


def is_clutter_title(text: str) -> bool:
    """Whether a short line is the title of a box: "Read also", "Newsletter", "Advertisement"."""
    return len(text) <= 60 and bool(TITLES.fullmatch(text.strip(" :.!?…»>→|-–—*+•")))
