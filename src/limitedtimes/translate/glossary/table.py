"""A glossary as a table (CSV): what people edit, in a text editor or a spreadsheet, one entry a line."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from limitedtimes.model import SECTIONS
from limitedtimes.translate.glossary.term import Term

COLUMNS: Final = ("language", "term", "english", "variants", "avoid", "source", "section", "case_sensitive", "note")
NEEDED: Final = COLUMNS[:3]
SEVERAL: Final = "|"
"""Stands between the items of one cell."""
_DECLARED: Final = re.compile(r'"?sep=([,;\t])"?[,;\t]*\r?\n', re.IGNORECASE)
"""A line that some spreadsheets have before the first, to say what divides the cells."""
_TRUTHS: Final = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}

_DASHES: Final = "-‐‑–— "
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes of the command line that are no text."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file: its entry, or what is wrong with it and what to do. ``told``: what else there is to say."""

    line: int
    term: Term | None = None
    wrong: str = ""
    told: str = ""


def read(text: str) -> list[Row]:
    """Every line that is not empty. Commas, semicolons or tabs divide it, as its first line does, or says (`sep=;`)."""
    text = text.removeprefix("\ufeff")
    declared = declaration_of(text)
    first = 2 if declared else 1
    reader = csv.reader(io.StringIO(text[len(declared) :], newline=""), delimiter=delimiter_of(text))
    try:
        names = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        return [Row(first, wrong=f"is no line of a table ({error})")]
    if wrong := _wrong_head(names):
        return [Row(first, wrong=wrong)]
    return [replace(row, line=row.line + first - 1) for row in _rows(reader, names)]


def declaration_of(text: str) -> str:
    """The line `sep=;` that a table begins with, whole; empty where it has none."""
    found = _DECLARED.match(text.removeprefix("\ufeff"))
    return found[0] if found else ""


def delimiter_of(text: str) -> str:
    """What divides the cells of a table, by its first line."""
    if found := _DECLARED.match(text.removeprefix("\ufeff")):
        return found[1]
    return max(",;\t", key=text.split("\n", 1)[0].count)


def _wrong_head(names: list[str]) -> str:
    unknown = [name for name in names if name not in COLUMNS]
    lacking = [name for name in NEEDED if name not in names]
    if not unknown and not lacking and len(set(names)) == len(names):
        return ""
    what = (
        f"no column is called {unknown[0]!r}" if unknown else f"the column {lacking[0]!r} is missing" if lacking else ""
    )
    return f"{what or 'a column stands twice'}; the first line must name columns of {','.join(COLUMNS)}"


def _rows(reader: Iterator[list[str]], names: list[str]) -> Iterator[Row]:
    line = 2
    try:
        for cells in reader:
            last: int = getattr(reader, "line_num", line)
            if any(cell.strip() for cell in cells):
                yield _row(line, cells, names)
            line = last + 1
    except csv.Error as error:
        yield Row(line, wrong=f"is no line of a table ({error}); look at its quotation marks")


def _row(line: int, cells: list[str], names: list[str]) -> Row:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        why = f"has {len(cells)} cells for {len(names)} columns"
        return Row(line, wrong=f'{why}; put "" around a cell that has the sign in it that divides cells')
    try:
        return Row(line, term_of(dict(zip(names, cells, strict=False))))
    except ValueError as error:
        return Row(line, wrong=str(error))


def tidied(cell: str) -> str:
    """The text of a cell on one line, its letters composed: some systems write Ä as A and a mark."""
    return unicodedata.normalize("NFC", " ".join(cell.split()))


def term_of(cells: Mapping[str, str]) -> Term:
    """The entry of a line, by the names of its columns. Raises ValueError: one line that says what to do."""
    given = {name: tidied(cells.get(name, "")) for name in COLUMNS}
    for name in NEEDED:
        if not _items(given[name]):
            raise ValueError(f"{name} is empty; {_WHAT[name]}")
    for name, cell in given.items():
        if _SURROGATE.search(cell):
            raise ValueError(f"{name} is not UTF-8; type it again")
    for name in ("english", "avoid"):
        for item in _items(given[name]):
            if not item.strip(_DASHES):
                raise ValueError(f"{name} {item!r} is no wording; where there is none, leave it out")
    if not given["language"].isascii() or not given["language"].isalpha() or len(given["language"]) > 3:
        raise ValueError(f"language {given['language']!r} is no ISO 639 code; write de, fr, ru …")
    if given["section"] not in ("", *SECTIONS):
        raise ValueError(f"section {given['section']!r} is none of this paper; there are {', '.join(SECTIONS)}")
    if given["case_sensitive"].lower() not in _TRUTHS:
        raise ValueError(f"case_sensitive is {given['case_sensitive']!r}; write yes or no")
    return Term(
        language=given["language"].lower(),
        term=given["term"],
        english=_items(given["english"]),
        variants=_items(given["variants"]),
        avoid=_items(given["avoid"]),
        source=given["source"],
        section=given["section"],
        case_sensitive=_TRUTHS[given["case_sensitive"].lower()],
        note=given["note"],
    )


_WHAT: Final = {
    "language": "write the code of the term’s language: de, fr, ru …",
    "term": "write the word of the original",
    "english": "write what it must be in English",
}


def _items(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.strip() for item in cell.split(SEVERAL) if item.strip()))


def write(terms: Iterable[Term], *, delimiter: str = ",") -> str:
    """The whole file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", delimiter=delimiter)
    writer.writerow(COLUMNS)
    writer.writerows(map(_cells, terms))
    return out.getvalue()


def _cells(term: Term) -> list[str]:
    several = (SEVERAL.join(items) for items in (term.english, term.variants, term.avoid))
    sensitive = "yes" if term.case_sensitive else ""
    return [term.language, term.term, *several, term.source, term.section, sensitive, term.note]
