"""Words of others that are not marked as such any more, or words that were made theirs."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from limitedtimes.translate import neighbours
from limitedtimes.translate.lexicon import Lexicon
from limitedtimes.translate.reading import Reading

_QUOTED: Final = re.compile(r"[\"„“”«»]([^\"„“”«»]+)[\"„“”«»]")
_MARK: Final = re.compile(r"[\"„“”«»'‘]")
_DOUBLE: Final = re.compile(r"[\"„“”«»‟]|''")
_SINGLE: Final = re.compile(r"(?<!\w)['‘‚‹›](?=\w)|(?<=[\w.,!?…])['’‘‹›](?!\w)")
_ACRONYM: Final = re.compile('(?<=[\u05d0-\u05ea])["״](?=[\u05d0-\u05ea])')
"""The sign of Hebrew acronyms: צה״ל."""
_OTHERS: Final = str.maketrans(dict.fromkeys("״「」『』〝〟〞＂《》〈〉", '"'))
"""Marks of other scripts, and those of Chinese titles."""
_FRENCH: Final = re.compile(r"(?<=«)\s+|\s+(?=»)")
_CLOSES: Final = re.compile(r"[\w.,!?…][\"”»“][\s.,;:!?)]")
_SAYS: Final = re.compile(
    r"(?<=[,!?…]) [–—-] ([^–—,]{3,60})[,.] [–—-] "
    r"|, ((?:dit|déclar|expliqu|racont|assur|affirm|confi|poursui|ajout|estim|soulign|regrett|rappel)[^,]{2,60}), "
)
"""Who says it, inside of the marks: "Это не моя война, – заявил певец, – но …"; « Ma mère, raconte la fille, … »."""
_SPEAKS: Final = re.compile(r"\s*[–—-]\s?[^\W\d_a-z]")
"""A dash before what somebody says, in the place of marks."""
_INCHES: Final = re.compile(r"\d\"")
_WORD: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{1,2}|\w+")
"""Where there are no spaces between them, a word has two signs."""
_NAMED: Final = re.compile(r"\b(?:[^\W\d_a-z]\w{2,}|\d[\d.,]*)")
SAID: Final = 4
"""Words from which a quotation is somebody's, and not the name of a ship or a club, which English may leave bare."""
SPEAKER: Final = 2
"""Words, at least, of who said something."""
_CLOSING: Final = (",", ".", "!", "?", "…")
MOVED: Final = 0.7
"""Standard errors by which the odds that a word is quoted differ where a mark has moved."""
MOVED_UNSEEN: Final = 1.5
"""The same in a language without a dictionary, of which only the number of words is known."""
MISPLACED, PLACED = 0.35, 0.15
"""What each word counts beside them that stands for one on the other side of the marks, and a word on its own side."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a text quotes, and what it says itself."""

    quoted: list[str]
    own: list[str]
    begins: bool  # with a quotation

    @property
    def counts(self) -> tuple[int, int]:
        """Words, and one more of each for the sake of none."""
        return _words(*self.quoted) + 1, _words(*self.own) + 1

    @property
    def comes_first(self) -> bool:
        """Whether it is one quotation, and then who said so."""
        return self.begins and len(self.quoted) == 1 and _words(*self.own) >= SPEAKER


def lost(original: str, english: str) -> bool:
    """Whether the original quotes and the English has no quotation mark at all."""
    if _MARK.search(english):
        return False
    original = _plain(original)
    return any(_words(said) >= SAID and said not in english for said in _QUOTED.findall(original))


def unbalanced(original: str, english: str) -> bool:
    """Whether a quotation of the English opens and never closes, or the reverse, and none of the original does."""
    if not len(_DOUBLE.findall(english)) % 2 or _INCHES.search(english):
        return False
    return not len(_DOUBLE.findall(_plain(original))) % 2


def moved(original: Reading, rendering: Reading, words: Lexicon) -> bool:
    """Whether the quotation marks of the English embrace something else than those of the original."""
    if not _DOUBLE.search(rendering.text) or (_SPEAKS.match(original.text) and not _MARK.search(original.text)):
        return False
    here = _parts(rendering.text, _DOUBLE)
    if max(map(_words, here.quoted), default=0) < SAID:
        return False
    text = _plain(original.text)
    there = _parts(text, _DOUBLE if _DOUBLE.search(text) else _SINGLE)
    if there.quoted and _words(*here.own) == 0 < _words(*there.own):
        return True
    if there.comes_first and here.comes_first and here.quoted[0].endswith(_CLOSING):
        return False  # "…," said X: where English writes a comma, nobody speaks any more
    inside, outside = _named(there.quoted), _named(there.own)
    ours, others = _named(here.quoted), _named(here.own)
    if (inside - outside) & (others - ours) or (outside - inside) & (ours - others):
        return True
    if not neighbours.pairs(words.language):
        return _unlike(there.counts, here.counts) > MOVED_UNSEEN
    return _unlike(there.counts, here.counts) + MISPLACED * _misplaced(there, here, words.language) > MOVED


def _plain(original: str) -> str:
    """The original with quotation marks as Europe has them."""
    return original if original.isascii() else _ACRONYM.sub("", original).translate(_OTHERS)


def _misplaced(there: Parts, here: Parts, language: str) -> float:
    """Words that stand for ones on the other side of the marks, less some for those that stand for ones on theirs."""
    quoted, own = (neighbours.said(_low(texts), language) for texts in (there.quoted, there.own))
    ours, others = (set(neighbours.beginnings(" ".join(_low(texts)))) for texts in (here.quoted, here.own))
    wrong = len((ours - others) & (own - quoted)) + len((others - ours) & (quoted - own))
    right = len((ours - others) & (quoted - own)) + len((others - ours) & (own - quoted))
    return wrong - PLACED * right


def _low(texts: list[str]) -> list[str]:
    return [word.lower() for text in texts for word in _WORD.findall(text)]


def _unlike(there: tuple[int, int], here: tuple[int, int]) -> float:
    """The log odds ratio of being quoted, in its standard errors (Woolf 1955)."""
    (quoted, own), (ours, others) = there, here
    if own == others == 1:
        return 0.0  # all is quoted on either side
    return abs(math.log(quoted * others / (own * ours))) / math.sqrt(1 / quoted + 1 / own + 1 / ours + 1 / others)


def _words(*texts: str) -> int:
    return sum(len(_WORD.findall(text)) for text in texts)


def _named(texts: list[str]) -> set[str]:
    return {name for text in texts for name in _NAMED.findall(text)}


def _parts(text: str, mark: re.Pattern[str]) -> Parts:
    """A quotation may have begun, or go on, in another sentence: then it goes to the text's border."""
    text = _FRENCH.sub("", text)
    pieces = mark.split(text)
    if len(pieces) % 2:
        opens = not (_CLOSES.match(text, len(pieces[0]) - 1) and len(pieces[0].split()) > 1)
    else:
        opens = not pieces[0].strip() or pieces[0][-1].isspace()
    quoted, own = pieces[opens::2], pieces[not opens :: 2]
    spoken = [_SAYS.split(piece) for piece in quoted]
    return Parts(
        [said for parts in spoken for said in parts[:: _SAYS.groups + 1]],
        own + [who for parts in spoken for who in parts if who and who not in parts[:: _SAYS.groups + 1]],
        begins=not pieces[0].strip() if len(pieces) % 2 else opens,
    )
