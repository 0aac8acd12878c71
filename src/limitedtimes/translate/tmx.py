"""TMX 1.4b, the exchange format of translation memories: corrections in and out.

A correction is a unit of two variants. Who and when are ``creationid`` and ``creationdate``; the article that it holds
in, which TMX knows nothing of, is a property ``x-article``: a unit without it holds everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO, Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from limitedtimes.protocols import Correction, CorrectionKey
from limitedtimes.translate.corrected import made

LARGEST: Final = 64 * 2**20
"""Bytes of a file."""
MOST: Final = 200_000
"""Units of a file."""
FEW_WORDS: Final = 4
"""Fewer may be a name, the same in both languages."""
DEEPEST: Final = 40
"""Elements within each other."""
NOBODY: Final = "imported"
"""Who made a unit that does not say."""

_ARTICLE: Final = "x-article"
_DATE: Final = "%Y%m%dT%H%M%SZ"
_CODES: Final = frozenset(("bpt", "ept", "it", "ph", "ut"))
"""Elements of a segment that hold the markup of another program, and no text."""
_TEXTS: Final = frozenset(("seg", "note", "prop"))
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class TmxError(ValueError):
    """A file cannot be taken. ``line`` is counted from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(slots=True)
class _Unit:
    line: int
    attributes: dict[str, str]
    texts: dict[str, str] = field(default_factory=dict)  # language → segment, in the file's order
    english: dict[str, str] = field(default_factory=dict)  # attributes of the English variant
    article: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a file has. ``passed``: units that say nothing of English: none, empty, or a sentence left as it was."""

    corrections: list[Correction]
    passed: int


def read(file: BinaryIO, *, now: datetime) -> Memory:
    """The corrections of a file; of a unit that says no date, as of ``now``. Raises TmxError at the first wrong one."""
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise TmxError(1, f"has more than {LARGEST // 2**20} MiB; split it")
    return _Reader(now).read(data)


class _Reader:
    """One pass over a file. No unit is held longer than it is read."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._found: list[Correction] = []
        self._passed = 0
        self._path: list[str] = []
        self._header: dict[str, str] = {}
        self._unit: _Unit | None = None
        self._variant: dict[str, str] = {}
        self._kind = ""  # of the property at hand
        self._text: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._refuse

    def read(self, data: bytes) -> Memory:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            raise TmxError(error.lineno, f"is no XML ({expat.ErrorString(error.code)}); export it again") from None
        except TmxError:
            raise
        except (LookupError, ValueError) as error:  # of an encoding that Python does not know, or expat cannot use
            raise TmxError(1, f"is in an encoding that is not read ({error}); save it as UTF-8") from None
        return Memory(self._found, self._passed)

    def _wrong(self, message: str) -> TmxError:
        return TmxError(self._unit.line if self._unit else self._parser.CurrentLineNumber, message)

    def _refuse(self, *_: object) -> None:
        """A few lines of entities make gigabytes."""
        raise self._wrong("declares entities, which are not read; export it without")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path and name != "tmx":
            raise self._wrong(f"is {name[:40]!r}, not TMX; export it as TMX 1.4")
        if len(self._path) == DEEPEST:
            raise self._wrong(f"has more than {DEEPEST} elements within each other; export it as TMX 1.4")
        self._path.append(name)
        match name:
            case "header":
                self._header = attributes
            case "tu":
                self._unit = _Unit(self._parser.CurrentLineNumber, attributes)
            case "tuv":
                self._variant = attributes
            case "prop":
                self._kind = attributes.get("type", "")
        if name in _TEXTS:
            self._text = []

    def _characters(self, text: str) -> None:
        if self._unit and _CODES.isdisjoint(self._path):
            self._text.append(text)

    def _end(self, name: str) -> None:
        self._path.pop()
        unit, text = self._unit, "".join(self._text)
        if unit is None:
            return
        match name:
            case "seg":
                self._take(unit, text)
            case "note":
                unit.note = unit.note or text
            case "prop" if self._kind == _ARTICLE:
                unit.article = text.strip()
            case "tu":
                self._keep(unit)
                self._unit = None

    def _take(self, unit: _Unit, text: str) -> None:
        language = _language(self._variant.get("xml:lang") or self._variant.get("lang", ""))
        if language == "en" and language not in unit.texts:
            unit.english = self._variant
        unit.texts.setdefault(language, text)

    def _keep(self, unit: _Unit) -> None:
        if len(self._found) + self._passed == MOST:
            raise self._wrong(f"has more than {MOST:,} units; split it")
        language = self._original(unit)
        if says_english(unit.texts.get(language, ""), unit.texts.get("en", "")):
            self._found.append(self._correction(unit, language))
        else:
            self._passed += 1

    def _original(self, unit: _Unit) -> str:
        """The language that it translates from; "" if there is none."""
        source = _language(unit.attributes.get("srclang") or self._header.get("srclang", ""))
        others = [language for language in unit.texts if language != "en"]
        return source if source in others else next(iter(others), "")  # of a memory from English, the other way

    def _correction(self, unit: _Unit, language: str) -> Correction:
        by, date = self._of(unit, "changeid", "creationid"), self._of(unit, "changedate", "creationdate")
        key = CorrectionKey(unit.texts[language], language, unit.article)
        try:
            return made(key, unit.texts["en"], by=by or NOBODY, at=self._at(date), note=unit.note)
        except ValueError as error:
            raise self._wrong(str(error)) from None

    def _of(self, unit: _Unit, *names: str) -> str:
        """The first of the attributes that the English variant has, or else its unit."""
        found = (place.get(name, "") for place in (unit.english, unit.attributes) for name in names)
        return next((value for value in found if value.strip()), "")

    def _at(self, date: str) -> datetime:
        """Raises ValueError for no date, and for one in the future: no person's word would ever win over it."""
        if not date:
            return self._now
        try:
            at = datetime.strptime(date, _DATE).replace(tzinfo=UTC)
        except ValueError:
            raise ValueError(f"{date[:40]!r} is no date of TMX; write it as 20261231T235959Z") from None
        if at > self._now:
            raise ValueError(f"{date} is in the future; set the clock right, or the date")
        return at


def says_english(original: str, english: str) -> bool:
    """Whether a unit has both, and its English is not a whole sentence of the original, as programs fill it in that
    nobody has translated yet."""
    before, after = (" ".join(text.split()) for text in (original, english))
    return bool(before and after) and (before != after or len(before.split()) < FEW_WORDS)


def _language(code: str) -> str:
    return code.lower().replace("_", "-").partition("-")[0]


def write(corrections: Iterable[Correction]) -> str:
    """A whole file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<tmx version="1.4">\n'
        '<header creationtool="limitedtimes" creationtoolversion="1" segtype="sentence" o-tmf="limitedtimes"'
        ' adminlang="en" srclang="*all*" datatype="plaintext"/>\n'
        f"<body>\n{''.join(map(_unit, corrections))}</body>\n</tmx>\n"
    )


def _unit(correction: Correction) -> str:
    key = correction.key
    made_by = f"creationid={_attribute(correction.by)} creationdate={_attribute(f'{correction.at:{_DATE}}')}"
    note = f"<note>{_escaped(correction.note)}</note>" if correction.note else ""
    where = f'<prop type="{_ARTICLE}">{_escaped(key.article)}</prop>' if key.article else ""
    return (
        f"<tu srclang={_attribute(key.language)} {made_by}>{note}{where}\n"
        f"  <tuv xml:lang={_attribute(key.language)}><seg>{_escaped(key.sentence)}</seg></tuv>\n"
        f'  <tuv xml:lang="en"><seg>{_escaped(correction.english)}</seg></tuv>\n</tu>\n'
    )


def _escaped(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))
