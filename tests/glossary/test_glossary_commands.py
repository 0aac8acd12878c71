"""The glossary as a user types it, over a whole edition: only what a change touches is translated again."""

from __future__ import annotations

from pathlib import Path

import pytest

from limitedtimes.cli import DONE, FAILED, WRONG_USAGE, main
from limitedtimes.engines.pseudo import Pseudo
from limitedtimes.protocols import Rendering

REFUSED = "Sie kostet 14 Millionen Euro."
"""What could not be translated is in no memory, so it is tried again with its article."""
SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "sample"


@pytest.fixture(autouse=True)
def own_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIMITEDTIMES_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LIMITEDTIMES_ENGINE", "pseudo")
    monkeypatch.setenv("LIMITEDTIMES_EXTRACT_WORKERS", "1")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every sentence that the engine is asked for."""
    asked: list[str] = []
    whole = Pseudo.translate

    def counting(
        self: Pseudo, sentences: list[str], language: str, terms: dict[str, str] | None = None
    ) -> list[Rendering]:
        asked.extend(sentences)
        return whole(self, sentences, language, terms)

    monkeypatch.setattr(Pseudo, "translate", counting)
    return asked


def test_add_list_remove(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "add", "de", "Ampel", "coalition", "--section", "politics", "--avoid", "light"]) == DONE
    assert main(["glossary", "add", "de", "Ampel", "coalition", "--section", "politics"]) == WRONG_USAGE
    assert "is there already" in capsys.readouterr().err
    assert main(["glossary", "list", "--from", "de"]) == DONE
    assert capsys.readouterr().out == "de  Ampel → coalition  not light  (only politics)\n"
    assert main(["glossary", "remove", "de", "Ampel"]) == DONE
    assert main(["glossary", "remove", "de", "Ampel"]) == WRONG_USAGE


def test_what_is_exported_is_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["glossary", "add", "de", "Ampel", "coalition"])
    for name in ("out.csv", "out.tbx"):
        assert main(["glossary", "export", name]) == DONE
        main(["glossary", "remove", "de", "Ampel"])
        assert main(["glossary", "import", name]) == DONE
        assert main(["glossary", "import", name]) == DONE
        assert "0 entries added, 1 known" in capsys.readouterr().out


def test_a_bad_line_is_one_line_and_stops_nothing_by_halves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.csv").write_text("language,term,english\nde,Rat,council\nde,Ampel,\n", encoding="utf-8")
    assert main(["glossary", "import", "bad.csv"]) == WRONG_USAGE
    assert capsys.readouterr().err == "limitedtimes: bad.csv:3: english is empty; write what it must be in English\n"
    main(["glossary", "list"])
    assert capsys.readouterr().out == ""


def test_only_touched_sentences_are_translated_again(sent: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    whole = len(sent)
    sent.clear()
    assert main(["glossary", "apply", "--dry-run"]) == DONE
    assert "0 sentences of 0 articles are touched" in capsys.readouterr().out
    assert main(["glossary", "add", "de", "Brücke", "bridge"]) == DONE
    assert main(["glossary", "apply", "--dry-run"]) == DONE
    said = capsys.readouterr().out
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    assert sent == []
    assert main(["glossary", "apply"]) == DONE
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    assert 0 < len(sent) < whole
    assert [sentence for sentence in sent if "Brücke" not in sentence] == [REFUSED]
    assert f"{len(sent) - 1} sentences of 1 articles are touched" in said
    assert f"{len(sent)} sentences ({sum(map(len, sent))} characters) would be sent to pseudo/1" in said
    sent.clear()
    capsys.readouterr()
    assert main(["glossary", "apply"]) == DONE
    assert "0 articles are on the line" in capsys.readouterr().out
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    assert sent == []


def test_check_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "glossary.csv"
    lines = ["de,Brücke,bridge", "de,brücke,crossing", "de,Brücke,bridge", "de,Nirgendwo,nowhere", "de,,x"]
    file.write_text("\n".join(["language,term,english", *lines]), encoding="utf-8")
    assert main(["glossary", "check"]) == FAILED
    out = capsys.readouterr().out.splitlines()
    assert out[0] == f"{file}:6: term is empty; write the word of the original"
    assert out[1] == f"{file}:3: 'brücke' contradicts line 2; remove one of them"
    assert out[2] == f"{file}:4: 'Brücke' says the same as line 2; remove one of them"
    file.write_text("language,term,english\nde,Nirgendwo,nowhere\n", encoding="utf-8")
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    assert main(["glossary", "check"]) == DONE
    assert "never in what is published: de  Nirgendwo → nowhere" in capsys.readouterr().out
    assert main(["glossary", "add", "de", "Brücke", "bridge"]) == DONE
