"""An article for the terminal: plain text, wrapped to a width, with no escape codes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

from limitedtimes.edition.names import country_name, section_name
from limitedtimes.edition.reading import Line, Passage, Reading, reading
from limitedtimes.edition.safety import plain
from limitedtimes.edition.times import iso, on_publishers_clock
from limitedtimes.languages import language_name
from limitedtimes.model import BlockKind, Published

_GAP: Final = 3  # cells between two columns
_TWO_COLUMNS: Final = 72  # cells below which side by side becomes one below the other


def read_text(published: Published, *, width: int = 80, side_by_side: bool = False) -> str:
    """The English article; side by side: each sentence beside its original, or below it on a narrow terminal.

    ``width`` is in terminal cells, at least 20.
    """
    view, width = reading(published), max(20, width)
    parts = _pairs(view, width) if side_by_side else _article(view, width)
    return "\n\n".join(part for part in [*parts, *_closing(view, width)] if part) + "\n"


def _article(view: Reading, width: int) -> list[str]:
    blocks = [_passage(passage, width) for passage in view.passages if passage.kind is not None]
    return [*_opening(view, width), *_highlights(view, width), *blocks]


def _pairs(view: Reading, width: int) -> list[str]:
    title, _, facts = _opening(view, width)
    return [title, facts, *(_pair(line, width) for passage in view.passages for line in passage.lines)]


def _opening(view: Reading, width: int) -> list[str]:
    published, article, source = view.published, view.published.article, view.published.source
    kicker = " · ".join(filter(None, [section_name(published.enrichment.section), country_name(source.country)]))
    times = [f"Published {on_publishers_clock(m, source.time_zone)}, {iso(m.at)}" for m in [article.published] if m]
    if article.modified and article.modified != article.published:
        times.append(f"Updated   {on_publishers_clock(article.modified, source.time_zone)}, {iso(article.modified.at)}")
    facts = [
        *(["By " + ", ".join(article.authors)] if article.authors else []),
        *times,
        f"{source.name}, original in {language_name(article.language)}: {article.headline}",
    ]
    return [
        "\n".join([wrap(kicker.upper(), width), "", wrap(_text(view.headline), width), "═" * width]),
        wrap(_text(view.standfirst), width),
        "\n".join([*(wrap(fact, width, hang="  ") for fact in facts), plain(article.url)]),
    ]


def _highlights(view: Reading, width: int) -> list[str]:
    points = [wrap(text, width, first="  • ", hang="    ") for text, _ in view.highlights]
    return ["\n".join(["Highlights", *points])] if points else []


def _passage(passage: Passage, width: int) -> str:
    text = _text(passage)
    if passage.kind is BlockKind.HEADING:
        wrapped = wrap(text, width)
        return f"{wrapped}\n{'─' * min(width, max(map(cells, wrapped.splitlines()), default=0))}"
    if passage.kind is BlockKind.PICTURE:
        credit = passage.picture.credit if passage.picture else ""
        caption = " ".join(part for part in (text, credit) if part)
        return wrap(f"[Picture: {caption}]" if caption else "[Picture]", width, first="    ", hang="    ")
    first, hang = {BlockKind.ITEM: ("  • ", "    "), BlockKind.QUOTE: ("  │ ", "  │ ")}.get(
        passage.kind or BlockKind.PARAGRAPH, ("", "")
    )
    return wrap(text, width, first=first, hang=hang)


def _text(passage: Passage) -> str:
    return " ".join(map(_marked, passage.lines))


def _marked(line: Line) -> str:
    untranslated = "" if line.translated else f" [{language_name(line.language)}; not translated]"
    return line.english + untranslated + (f" [{line.note}]" if line.note else "")


def _closing(view: Reading, width: int) -> list[str]:
    translation = view.published.translation
    notes = [
        wrap(f"[{line.note}] " + "; ".join(flag.note for flag in line.flags), width, hang="    ")
        + "\n"
        + wrap(line.original, width, first="    ", hang="    ")
        for line in view.notes
    ]
    language = language_name(view.published.article.language)
    machine = (
        f"Translated by machine from {language} by {translation.engine}, {iso(translation.translated_at)}. "
        f"{doubts(view)} The original counts."
    )
    listed = "\n".join([wrap("Notes on the translation", width), *notes]) if notes else ""
    return ["─" * width, listed, wrap(machine, width)]


def doubts(view: Reading) -> str:
    """``2 of 17 sentences are marked as doubtful, 1 left in German.``"""
    count, language = len(view.notes), language_name(view.published.article.language)
    left = f", {view.untranslated} left in {language}" if view.untranslated else ""
    return f"{count} of {len(view.lines)} sentences {'is' if count == 1 else 'are'} marked as doubtful{left}."


def _pair(line: Line, width: int) -> str:
    flags = [wrap(f"! {flag.note}", width, hang="  ") for flag in line.flags]
    if width < _TWO_COLUMNS:
        pair = [wrap(line.original, width), wrap(_marked(line), width, first="  ", hang="  ")]
        return "\n".join([*pair, *flags])
    column = (width - _GAP) // 2
    left, right = wrap(line.original, column).splitlines(), wrap(_marked(line), column).splitlines()
    rows = zip_longest(left, right, fillvalue="")
    return "\n".join([*(f"{one}{' ' * (column - cells(one) + _GAP)}{other}".rstrip() for one, other in rows), *flags])


def cells(text: str) -> int:
    """Columns that the text takes on a terminal: two for a wide character, none for a combining one."""
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int, *, first: str = "", hang: str = "") -> str:
    """The text in lines of at most ``width`` cells; scripts without blanks break between characters."""
    lines, line, empty = [], first, True
    for piece in _pieces(plain(text), width - max(cells(first), cells(hang))):
        gap = "" if empty or not piece.startswith(" ") else " "
        word = piece.lstrip(" ")
        if not empty and cells(line) + len(gap) + cells(word) > width:
            lines.append(line)
            line, gap = hang, ""
        line, empty = line + gap + word, False
    return "\n".join([*lines, line]) if not empty or lines else ""


def _pieces(text: str, room: int) -> Iterator[str]:
    """What may not be broken, each with a blank before it if one stood there."""
    for word in text.split():
        blank = " "
        for piece in _unbroken(word, max(1, room)):
            yield blank + piece
            blank = ""


def _unbroken(word: str, room: int) -> Iterable[str]:
    piece, size, wide = "", 0, False
    for character in word:
        cell = _cell(character)
        over = size + cell > room
        if piece and (over or ((cell == 2 or wide) and character not in "、。，．！？」』）：；")):
            yield piece
            piece, size = "", 0
        piece, size, wide = piece + character, size + cell, cell == 2
    if piece:
        yield piece
