"""The file beside the database: read anew when it changes, and never lost by a slip in an editor."""

from __future__ import annotations

from pathlib import Path

import pytest

from limitedtimes.cli.glossary_file import GlossaryFile
from limitedtimes.errors import ConfigError
from limitedtimes.translate.glossary import Term

AMPEL, RAT = Term("de", "Ampel", ("coalition",)), Term("de", "Rat", ("council",))


def test_a_changed_file_is_read_anew_and_a_spoilt_one_is_not_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = GlossaryFile(tmp_path / "glossary.csv")
    assert file.current().terms == ()
    file.write([AMPEL])
    assert file.current().terms == (AMPEL,)
    assert file.current() is file.current()
    file.write([AMPEL, RAT])
    assert file.current().terms == (AMPEL, RAT)
    file.path.write_text("language,term,english\nde,Ampel,\n", encoding="utf-8")
    assert [file.current().terms, file.current().terms] == [(AMPEL, RAT)] * 2
    assert capsys.readouterr().err.count("glossary.csv:2: english is empty") == 1


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_file_of_a_spreadsheet_stays_one(tmp_path: Path, mark: str, sign: str) -> None:
    """Without its mark, or with other signs between cells, a spreadsheet would spoil it the next time."""
    file = GlossaryFile(tmp_path / "glossary.csv")
    head = sign.join(("language", "term", "english"))
    file.path.write_bytes(f"{mark}{head}\r\n{sign.join(('de', 'Grüne', 'Greens'))}\r\n".encode())
    file.write([*file.terms(), RAT])
    text = file.path.read_bytes().decode()
    assert text.startswith(f"{mark}{head}{sign}")
    assert sign.join(("de", "Rat", "council")) in text
    assert [term.term for term in file.terms()] == ["Grüne", "Rat"]


def test_a_first_line_for_a_spreadsheet_stays(tmp_path: Path) -> None:
    file = GlossaryFile(tmp_path / "glossary.csv")
    file.path.write_bytes("\ufeffsep=;\r\nlanguage;term;english\r\nde;Grüne;Greens\r\n".encode())
    file.write([*file.terms(), RAT])
    assert file.path.read_bytes().decode().startswith("\ufeffsep=;\r\nlanguage;term;english;")
    assert [term.term for term in file.terms()] == ["Grüne", "Rat"]


def test_a_link_to_a_file_elsewhere_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "repository" / "terms.csv"
    real.parent.mkdir()
    file = GlossaryFile(tmp_path / "glossary.csv")
    file.path.symlink_to(real)
    file.write([AMPEL])
    assert file.path.is_symlink()
    assert GlossaryFile(real).terms() == [AMPEL]


def test_a_file_that_is_not_utf_8_is_one_line(tmp_path: Path) -> None:
    file = GlossaryFile(tmp_path / "glossary.csv")
    file.path.write_bytes("language,term,english\nde,Brücke,bridge\n".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"glossary.csv:2: is not UTF-8; save it as UTF-8 text"):
        file.current()
