"""Getting a sentence ready for an engine: what is sent, what is kept from it, and how it is put together again."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from limitedtimes.protocols import Rendering
from limitedtimes.translate import clauses
from limitedtimes.translate.links import UNSPACED

AND: Final = " + "
"""Stands between the ids of engines that did a sentence together."""
_TAG: Final = re.compile(r"</?[a-zA-Z!][^<>]*>")
_INVISIBLE: Final = re.compile(
    "[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
    "|(?<![\u0590-\u0dff])[\u200c\u200d]"  # Persian and Indic words have joiners
)
_EMOJI: Final = "\u2190-\u21ff\u2300-\u27bf\u2900-\u2bff\U0001f000-\U0001faff\u200d\ufe0f\U000e0020-\U000e007f"
_VERBATIM: Final = re.compile(
    rf"""(
      (?:https?://|www\.)[^\s<>"“”{UNSPACED}]*[^\s<>"“”.,;:!?)\]{UNSPACED}]  # addresses
    | [A-Za-z0-9_.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]*[A-Za-z0-9]          # e-mail
    | (?<!\w)[@#]\w+                                        # handles and tags
    | [{_EMOJI}•●■▪►▶]+
    )""",
    re.VERBOSE,
)
_HINT: Final = re.compile(rf"[@#•●■▪►▶{_EMOJI}]|//|www\.")  # what every verbatim part has, found four times as fast
_MARKS: Final = re.compile(r"^[\s,.;:!?)\]”»]+")
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence, in order. What is verbatim, as the spaces around the others are, is never sent."""

    text: str
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence, clean, in pieces. ``text`` is what the checks take for the original."""

    text: str
    pieces: tuple[Piece, ...]

    @property
    def wanted(self) -> list[str]:
        """The strings that an engine must render; none where all is addresses, handles, figures and symbols."""
        return [piece.text for piece in self.pieces if not piece.verbatim]

    def put_together(self, rendered: Mapping[str, Rendering]) -> Rendering:
        """The sentence from its renderings; the score is the mean of theirs, the engine each of theirs."""
        if len(self.pieces) == 1 and not self.pieces[0].verbatim:
            return rendered[self.pieces[0].text]
        answers = [rendered[text] for text in self.wanted]
        scores = [answer.score for answer in answers if answer.score is not None]
        engines = dict.fromkeys(answer.engine for answer in answers)
        return Rendering(self._text(rendered), sum(scores) / len(scores) if scores else None, AND.join(engines))

    def _text(self, rendered: Mapping[str, Rendering]) -> str:
        parts: list[str] = []
        for verbatim, run in groupby(self.pieces, lambda piece: piece.verbatim):
            texts = [piece.text for piece in run]
            parts.append("".join(texts) if verbatim else clauses.join(texts, [rendered[text].text for text in texts]))
        return "".join(parts)


def clean(text: str) -> str:
    """Without tags, character references, invisible characters and doubled spaces."""
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = _TAG.sub(" ", html.unescape(text))
    return tidy(text)


def tidy(text: str) -> str:
    """Without invisible characters and doubled spaces."""
    return " ".join(_INVISIBLE.sub("", text).split())


def draft(text: str, fits: Callable[[str], bool]) -> Draft:
    """A clean sentence in pieces that fit the engine."""
    parts = _VERBATIM.split(text) if _HINT.search(text) else [text]
    return Draft(text, tuple(_pieces(parts, fits)))


def redraft(draft: Draft) -> Draft:
    """The same sentence in clauses: another way to ask, when the answer to the whole cannot be used."""
    pieces: list[Piece] = []
    for piece in draft.pieces:
        parts = [piece.text] if piece.verbatim else clauses.clauses(piece.text)
        pieces += [Piece(part, piece.verbatim) for part in parts]
    return Draft(draft.text, tuple(pieces))


def _pieces(parts: Iterable[str], fits: Callable[[str], bool]) -> Iterator[Piece]:
    """Every second part is verbatim, as `re.split` gives them."""
    for place, part in enumerate(parts):
        text = part.strip()
        if place % 2 or not _LETTER.search(text):
            if part:
                yield Piece(part, verbatim=True)
            continue
        text = _MARKS.sub("", text) if place else text  # what follows an address may begin with its comma
        before, _, after = part.partition(text)
        if before:
            yield Piece(before, verbatim=True)
        yield from (Piece(cut, verbatim=False) for cut in ([text] if fits(text) else clauses.cut(text, fits)))
        if after:
            yield Piece(after, verbatim=True)
