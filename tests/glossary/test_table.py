"""The table: what is written is read, from any spreadsheet, and a bad line says what to do."""

from __future__ import annotations

import pytest

from limitedtimes.translate.glossary import Term, table

TERMS = [
    Term("de", "Staatschef", ("president",), ("Staatschefin",), ("head of state", "state leader"), note="not: leader"),
    Term("de", "Ampel", ("traffic-light coalition", "coalition"), section="politics", source="de.merkur"),
    Term("fr", 'l\'"Élysée", Paris', ("the Élysée",), case_sensitive=True),
]


def test_what_is_written_is_read() -> None:
    assert [row.term for row in table.read(table.write(TERMS))] == TERMS


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_table_of_a_spreadsheet_is_read(sign: str) -> None:
    text = "\ufeff" + sign.join(["Language", "Term", "English"]) + "\r\n" + sign.join(["de", "Ampel", "coalition"])
    assert [row.term for row in table.read(text)] == [Term("de", "Ampel", ("coalition",))]


@pytest.mark.parametrize("first", ["sep=;\n", '"sep=;"\r\n', "\ufeffSEP=;\r\n", "sep=;;;\n"])
def test_a_first_line_that_says_what_divides_the_cells_is_taken(first: str) -> None:
    rows = table.read(f"{first}language;term;english\nde;Ampel;coalition, of three\nde;Rat;\n")
    assert rows[0].term == Term("de", "Ampel", ("coalition, of three",))
    assert [row.line for row in rows] == [3, 4]
    (row,) = table.read(f"{first}language;term\nde;Ampel\n")
    assert (row.line, "'english' is missing" in row.wrong) == (2, True)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("de,,president,", "term is empty; write the word of the original"),
        ("de,Ampel,,", "english is empty; write what it must be in English"),
        ("deutsch,Ampel,coalition,", "language 'deutsch' is no ISO 639 code"),
        ("de,Ampel,coalition,kitchen", "section 'kitchen' is none of this paper; there are world,"),
        ("de,Ampel,-,", "english '-' is no wording"),
        ("de,Amp\udcffel,coalition,", "term is not UTF-8"),
        ("de,Ampel,coalition,,more", "has 5 cells for 4 columns"),
    ],
)
def test_a_bad_line_says_what_to_do(line: str, wrong: str) -> None:
    rows = table.read(f"language,term,english,section\nde,Rat,council,\n\n{line}\n")
    assert [(row.line, bool(row.term)) for row in rows] == [(2, True), (4, False)]
    assert wrong in rows[1].wrong
    assert "\n" not in rows[1].wrong


@pytest.mark.parametrize("head", ["", "language,term", "language,term,english,color", "language,term,english,term"])
def test_a_head_that_is_none_says_what_to_do(head: str) -> None:
    (row,) = table.read(head + "\nde,Ampel,coalition")
    assert (row.line, row.term) == (1, None)
    assert "the first line must name columns of language,term,english" in row.wrong


def test_an_open_quotation_mark_is_one_bad_line() -> None:
    rows = table.read('language,term,english\nde,"Ampel,coalition\n')
    assert rows[-1].wrong
