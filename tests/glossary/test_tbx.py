"""TBX: both editions of the standard are read, ours comes back as it was, and a bad file is one line."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from test_table import TERMS

from limitedtimes.translate.glossary import Term, tbx

OLD = """<?xml version='1.0'?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en-US"><martifHeader><fileDesc><sourceDesc><p>Terms</p></sourceDesc></fileDesc>
</martifHeader><text><body><termEntry id="c1"><descrip type="subjectField">politics</descrip>
<langSet xml:lang="en-US"><tig><term>head of state</term>
 <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig><tig><term>president</term>
</tig></langSet>
<langSet xml:lang="de-DE"><ntig><termGrp><term>Staatschef</term></termGrp></ntig></langSet>
<langSet xml:lang="fr"><tig><term>chef d’État</term></tig></langSet></termEntry></body></text></martif>"""
MODULES = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
<conceptEntry id="1"><min:subjectField>politics</min:subjectField>
<langSec xml:lang="de"><termSec><term>Staatschef</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>chief</term>
<min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus>
</termSec><termSec><term>president</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>
</termSec></langSec></conceptEntry></body></text></tbx>"""


def test_what_is_written_is_read() -> None:
    assert [row.term for row in tbx.read(tbx.write(TERMS).encode())] == TERMS


def test_what_is_written_is_the_edition_of_2008() -> None:
    """Translate Toolkit, and so Weblate, refuse any other root."""
    root = ElementTree.fromstring(tbx.write(TERMS))
    assert root.tag == "martif"
    entries = root.findall("text/body/termEntry")
    assert [entry.findtext("langSet/tig/term") for entry in entries] == [term.term for term in TERMS]
    assert [entry.findtext("langSet[2]/tig/term") for entry in entries] == [term.english[0] for term in TERMS]


def test_the_edition_of_2008_is_read() -> None:
    assert [row.term for row in tbx.read(OLD.encode())] == [
        Term("de", "Staatschef", ("president",), avoid=("head of state",), section="politics"),
        Term("fr", "chef d’État", ("president",), avoid=("head of state",), section="politics"),
    ]


def test_the_style_with_modules_is_read() -> None:
    (row,) = tbx.read(MODULES.encode())
    assert row.term == Term("de", "Staatschef", ("president", "chief"), section="politics")


def test_subject_fields_of_others_are_no_sections_and_that_is_told() -> None:
    rows = tbx.read(OLD.replace(">politics<", ">0821, Defence policy<").encode())
    assert [row.term.section for row in rows if row.term] == ["", ""]
    assert rows[0].told == "its subject field, '0821, Defence policy', is no section of this paper; it holds everywhere"
    assert not any(row.told for row in tbx.read(OLD.replace(">politics<", ">Politics<").encode()))


@pytest.mark.parametrize("wording", ["head of state", "president"])
def test_a_wording_that_a_cell_would_hold_as_two_is_refused(wording: str) -> None:
    rows = tbx.read(OLD.replace(f">{wording}<", ">true|false<").encode())
    assert [row.term for row in rows] == [None, None]
    assert rows[0].wrong == "'true|false' has a | in it, which divides wordings here; make it two terms"
    (row, _) = tbx.read(OLD.replace(">Staatschef<", ">Wahr|Falsch<").encode())
    assert row.term
    assert row.term.term == "Wahr|Falsch"


def test_a_concept_without_english_is_passed_over() -> None:
    other = '<termEntry><langSet xml:lang="de"><tig><term>Nur deutsch</term></tig></langSet></termEntry></body>'
    *known, last = tbx.read(OLD.replace("</body>", other).encode())
    assert known == tbx.read(OLD.encode())
    assert (last.term, last.wrong, last.told) == (None, "", "has no English, and is passed over")


@pytest.mark.parametrize("code", ['lang="de"', 'xml:lang="de_DE"'])
def test_a_language_is_read_as_other_programs_write_it(code: str) -> None:
    assert 'xml:lang="de-DE"' in OLD
    assert tbx.read(OLD.replace('xml:lang="de-DE"', code).encode()) == tbx.read(OLD.encode())


def test_a_term_with_markup_in_it_is_whole() -> None:
    marked = OLD.replace(">Staatschef<", '>Staats<hi type="x">chef</hi> a. <hi>D.</hi><').replace(
        ">president<", "><hi>head</hi> of government<"
    )
    row = tbx.read(marked.encode())[0]
    assert row.term
    assert (row.term.term, row.term.english) == ("Staatschef a. D.", ("head of government",))


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("<tbx>\n<text>", 2, "is no XML"),
        ("", 1, "is no XML"),
        ("<opml/>", 1, "is 'opml', not TBX-Basic"),
        (OLD.replace("<term>president</term>", "<term></term>"), 8, "english is empty"),
        ('<!DOCTYPE tbx [\n<!ENTITY a "aaaa">\n]><tbx>&a;</tbx>', 2, "declares entities"),
        ("<tbx>\n" + "<a>" * 5000 + "</a>" * 5000 + "</tbx>", 2, "elements within each other"),
        ('<?xml version="1.0" encoding="nonsense"?>\n<tbx/>', 1, "is in an encoding that is not read"),
        ('<?xml version="1.0" encoding="shift_jis"?>\n<tbx/>', 1, "is in an encoding that is not read"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(text: str, line: int, wrong: str) -> None:
    row = tbx.read(text.encode())[0]
    assert (row.line, row.term) == (line, None)
    assert wrong in row.wrong
