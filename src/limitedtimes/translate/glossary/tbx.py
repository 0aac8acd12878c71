"""TBX, the exchange format of terminology (ISO 30042): reads TBX-Basic of 2008 (`martif`) and 2019, and writes that of
2008, which is the one that other programs read.

A concept is an entry: the first term that is not deprecated, its other terms as variants; in English the preferred term
first, the deprecated ones to be avoided; one without English is passed over. Its subject field is a section, if one of
this paper, its customer subset a source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from limitedtimes.model import SECTIONS
from limitedtimes.translate.glossary import table
from limitedtimes.translate.glossary.table import Row
from limitedtimes.translate.glossary.term import Term

_CONCEPTS, _LANGUAGES, _TERMS = ("conceptEntry", "termEntry"), ("langSec", "langSet"), ("termSec", "tig", "ntig")
"""The names of 2019 and of 2008."""
_INLINE: Final = ("hi", "foreign", "sc", "ec", "ph", "sup", "sub")
_SENSITIVE: Final = "case-sensitive"
_STATUS, _SUBJECT, _CUSTOMER = "administrativeStatus", "subjectField", "customerSubset"


DEEPEST: Final = 40
"""Elements within each other."""
_AGAIN: Final = "export it as TBX-Basic"


class _Refused(Exception):
    """A file is not read on from a line, counted from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(slots=True)
class Node:
    """An element. ``name`` is without its namespace; ``kind`` is its type attribute, or else the name."""

    name: str
    kind: str
    language: str
    line: int
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def all(self, *kinds: str) -> Iterator[Node]:
        """Those below it of a name or a type, whatever lies between."""
        for child in self.children:
            if child.name in kinds or child.kind in kinds:
                yield child
            else:
                yield from child.all(*kinds)

    def first(self, kind: str) -> str:
        return next((" ".join(node.text.split()) for node in self.all(kind)), "")


def read(data: bytes) -> list[Row]:
    """An entry for each concept and each of its languages that is not English; what cannot be read, as bad rows."""
    try:
        root = _parsed(data)
    except expat.ExpatError as error:
        return [Row(error.lineno, wrong=f"is no XML ({expat.ErrorString(error.code)}); export it as TBX-Basic again")]
    except _Refused as error:
        return [Row(error.line, wrong=str(error))]
    except (LookupError, ValueError) as error:  # of an encoding that Python does not know, or expat cannot use
        return [Row(1, wrong=f"is in an encoding that is not read ({error}); save it as UTF-8")]
    if root.name not in ("tbx", "martif"):
        return [Row(root.line, wrong=f"is {root.name!r}, not TBX-Basic; {_AGAIN}")]
    return [row for concept in root.all(*_CONCEPTS) for row in _entries(concept)]


def _parsed(data: bytes) -> Node:
    """The root. Raises ExpatError, _Refused."""
    parser = expat.ParserCreate()
    path = [Node("", "", "", 0)]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(path) > DEEPEST:
            raise _Refused(parser.CurrentLineNumber, f"has more than {DEEPEST} elements within each other; {_AGAIN}")
        local = name.rpartition(":")[2]
        code = attributes.get("xml:lang") or attributes.get("lang", "")  # as MARTIF has it
        language = code.lower().replace("_", "-").partition("-")[0]
        node = Node(local, attributes.get("type", local), language, parser.CurrentLineNumber)
        path[-1].children.append(node)
        path.append(node)

    def characters(text: str) -> None:
        for node in reversed(path):  # a term may have markup in it
            node.text += text
            if node.name not in _INLINE:
                break

    def refuse(*_: object) -> None:
        """A few lines of entities make gigabytes."""
        raise _Refused(parser.CurrentLineNumber, "declares entities, which are not read; export it without")

    parser.StartElementHandler, parser.CharacterDataHandler, parser.EntityDeclHandler = start, characters, refuse
    parser.EndElementHandler = lambda _: path.pop()
    parser.Parse(data, True)
    return path[0].children[0]


def _entries(concept: Node) -> Iterator[Row]:
    sections = list(concept.all(*_LANGUAGES))
    english = [node for section in sections if section.language == "en" for node in section.all(*_TERMS)]
    wordings, avoid = _by_status(english)
    subject = concept.first(_SUBJECT)
    ours = subject.lower() in SECTIONS
    other = f"its subject field, {subject[:60]!r}, is no section of this paper; it holds everywhere"
    if not wordings and not avoid and not english:
        yield Row(concept.line, told="has no English, and is passed over")
        return
    for section in (section for section in sections if section.language != "en"):
        terms, _ = _by_status(list(section.all(*_TERMS)))
        cells = {
            "language": section.language,
            "term": terms[0] if terms else "",
            "variants": table.SEVERAL.join(terms[1:]),
            "english": table.SEVERAL.join(wordings),
            "avoid": table.SEVERAL.join(avoid),
            "source": concept.first(_CUSTOMER),
            "section": subject.lower() if ours else "",
            "note": concept.first("note"),
            "case_sensitive": "yes" if any(node.first("note") == _SENSITIVE for node in section.all(*_TERMS)) else "",
        }
        cells["note"] = "" if cells["note"] == _SENSITIVE else cells["note"]
        try:
            _expect_whole([*terms[1:], *wordings, *avoid])
            yield Row(section.line, table.term_of(cells), told="" if ours or not subject else other)
        except ValueError as error:
            yield Row(section.line, wrong=str(error))


def _expect_whole(items: Iterable[str]) -> None:
    """Raises ValueError for one that a cell of the table would hold as several."""
    for item in items:
        if table.SEVERAL in item:
            raise ValueError(f"{item!r} has a {table.SEVERAL} in it, which divides wordings here; make it two terms")


def _by_status(terms: list[Node]) -> tuple[list[str], list[str]]:
    """The terms to use, the preferred first, and those not to use."""
    use: list[tuple[bool, str]] = []
    avoid: list[str] = []
    for node in terms:
        status, text = node.first(_STATUS), node.first("term")
        if status.startswith(("deprecated", "superseded")):
            avoid.append(text)
        elif text:
            use.append((not status.startswith("preferred"), text))
    return [text for _, text in sorted(use, key=lambda one: one[0])], avoid


def write(terms: Iterable[Term]) -> str:
    """A whole file of TBX-Basic, 2008."""
    body = "".join(_concept(number, term) for number, term in enumerate(terms, 1))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n'
        '<martif type="TBX-Basic" xml:lang="en">\n'
        "<martifHeader><fileDesc><sourceDesc><p>A glossary of The Limited Times</p></sourceDesc></fileDesc>"
        '<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc></martifHeader>\n'
        f"<text><body>\n{body}</body></text>\n</martif>\n"
    )


def _concept(number: int, term: Term) -> str:
    head = f'<descrip type="{_SUBJECT}">{escape(term.section)}</descrip>' if term.section else ""
    head += f'<admin type="{_CUSTOMER}">{escape(term.source)}</admin>' if term.source else ""
    head += f"<note>{escape(term.note)}</note>" if term.note else ""
    note = f"<note>{_SENSITIVE}</note>" if term.case_sensitive else ""
    theirs = "".join(_term(text, status, note) for text, status in _ranked((term.term, *term.variants)))
    ours = "".join(_term(text, status) for text, status in _ranked(term.english, term.avoid))
    return (
        f'<termEntry id="c{number}">{head}\n  <langSet xml:lang={quoteattr(term.language)}>{theirs}</langSet>\n'
        f'  <langSet xml:lang="en">{ours}</langSet>\n</termEntry>\n'
    )


def _ranked(use: tuple[str, ...], avoid: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    yield use[0], "preferredTerm-admn-sts"
    yield from ((text, "admittedTerm-admn-sts") for text in use[1:])
    yield from ((text, "deprecatedTerm-admn-sts") for text in avoid)


def _term(text: str, status: str, note: str = "") -> str:
    return f'<tig><term>{escape(text)}</term><termNote type="{_STATUS}">{status}</termNote>{note}</tig>'
