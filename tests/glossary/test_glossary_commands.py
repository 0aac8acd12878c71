"""The glossary as a user types it, over a whole edition: only what a change touches is translated again."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from limitedtimes.accounts import Payer, Spending
from limitedtimes.cli import DONE, FAILED, WRONG_USAGE, compose, glossary_file, main
from limitedtimes.errors import ConfigError

REFUSED = "Sie kostet 14 Millionen Euro."
"""What could not be translated is in no memory, so it is tried again with its article."""
SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "sample"
pytestmark = pytest.mark.usefixtures("own_edition")


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


def test_what_an_import_leaves_out_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["glossary", "add", "de", "Ampel", "coalition", "--section", "politics"])
    main(["glossary", "add", "de", "Rat", "council", "--section", "politics"])
    main(["glossary", "export", "out.tbx"])
    foreign = (tmp_path / "out.tbx").read_text(encoding="utf-8").replace(">politics<", ">0406<")
    (tmp_path / "theirs.tbx").write_text(foreign, encoding="utf-8")
    assert main(["glossary", "import", "theirs.tbx"]) == DONE
    told = capsys.readouterr().err
    assert "theirs.tbx:7: its subject field, '0406', is no section of this paper" in told
    assert told.endswith("(and 1 more like it)\n")
    lone = re.sub(r'<langSet xml:lang="en">.*', "", foreign, count=1)
    (tmp_path / "lone.tbx").write_text(lone, encoding="utf-8")
    assert main(["glossary", "import", "lone.tbx"]) == DONE
    assert "lone.tbx:6: has no English, and is passed over\n" in capsys.readouterr().err


def test_what_is_typed_is_kept_as_a_table_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "add", "de", " Haus\nder  Kunst", "house  of art"]) == DONE
    assert capsys.readouterr().out.startswith("de  Haus der Kunst → house of art\n")
    assert main(["glossary", "add", "de", "Haus der Kunst", "gallery"]) == WRONG_USAGE
    assert main(["glossary", "add", "de", "Ärger", "trouble"]) == DONE
    assert main(["glossary", "add", "de", "A\N{COMBINING DIAERESIS}rger", "anger"]) == WRONG_USAGE
    assert main(["glossary", "remove", "DE", "A\N{COMBINING DIAERESIS}rger"]) == DONE
    assert main(["glossary", "add", "de", "Amt", "\udcff"]) == WRONG_USAGE
    assert "is not UTF-8" in capsys.readouterr().err
    assert main(["glossary", "add", "de", "Amt", "office", "--avoid", "–"]) == WRONG_USAGE


def test_no_entry_is_lost_without_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours = tmp_path / "data" / "glossary.csv"
    ours.parent.mkdir()
    ours.write_text("language,term,english\nde,Rat,council\nde,Rat,advice\nfr,mairie,town hall\n", encoding="utf-8")
    (tmp_path / "new.csv").write_text("language,term,english\nde,Bank,bank\nde,Bank,bench\n", encoding="utf-8")
    assert main(["glossary", "import", "new.csv"]) == DONE
    assert capsys.readouterr().err == "limitedtimes: new.csv:3: 'Bank' is taken as here, not as above\n"
    kept = ours.read_text(encoding="utf-8")
    assert [line.split(",")[2] for line in kept.splitlines()[1:]] == ["council", "advice", "town hall", "bench"]
    assert main(["glossary", "export", "data/glossary.csv", "--from", "de"]) == WRONG_USAGE
    assert ours.read_text(encoding="utf-8") == kept


def test_two_who_add_at_once_lose_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    words = [f"Wort{chr(97 + number)}" for number in range(16)]
    with ThreadPoolExecutor(8) as together:
        assert set(together.map(lambda word: main(["glossary", "add", "de", word, "word"]), words)) == {DONE}
    capsys.readouterr()
    assert main(["glossary", "list"]) == DONE
    listed = capsys.readouterr().out
    assert all(f" {word} " in listed for word in words)


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glossary_file, "PATIENCE", 0.1)
    first, second = (glossary_file.GlossaryFile(tmp_path / "glossary.csv") for _ in range(2))
    with first.changing(), pytest.raises(ConfigError, match="is changing it"), second.changing():
        pass
    with second.changing():  # and it is free again
        pass


@pytest.mark.parametrize("name", ["large.csv", "large.tbx"])
def test_a_file_is_not_read_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setattr(glossary_file, "LARGEST", 2**20)
    (tmp_path / name).write_bytes(b" " * (2**20 + 1))
    assert main(["glossary", "import", name]) == WRONG_USAGE
    assert capsys.readouterr().err == f"limitedtimes: {name}: has more than 1 MiB; split it\n"


def test_only_touched_sentences_are_translated_again(sent: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    whole = len(sent)
    sent.clear()
    assert main(["glossary", "apply", "--dry-run"]) == DONE
    assert "0 sentences are touched, in 0 articles" in capsys.readouterr().out
    assert main(["glossary", "add", "de", "Brücke", "bridge"]) == DONE
    assert main(["glossary", "apply", "--dry-run"]) == DONE
    said = capsys.readouterr().out
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    assert sent == []
    for _ in range(2):
        assert main(["glossary", "apply"]) == DONE
        assert "1 article is on the line again" in capsys.readouterr().out
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    assert 0 < len(sent) < whole
    assert [sentence for sentence in sent if "Brücke" not in sentence] == [REFUSED]
    assert f"{len(sent) - 1} sentences are touched, in 1 article\n" in said
    assert f"{len(sent)} sentences ({sum(map(len, sent))} characters) would be sent to pseudo/1, at no cost" in said
    sent.clear()
    capsys.readouterr()
    assert main(["glossary", "apply"]) == DONE
    assert "0 articles are on the line" in capsys.readouterr().out
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    assert sent == []


def test_the_dry_run_says_what_it_costs_and_whether_the_budget_is_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    path = tmp_path / "limitedtimes.toml"
    service = '[engines.deepl]\nkind = "deepl"\nlanguages = ["de"]\n'
    path.write_text(f'routes.de = ["deepl"]\n{service}price = 20000\nbudget = 2000\n', encoding="utf-8")
    assert main(["glossary", "add", "de", "Brücke", "bridge"]) == DONE
    assert main(["--config", str(path), "glossary", "apply", "--dry-run"]) == DONE
    told = capsys.readouterr().out
    found = re.search(r"\((\d+) characters\) would be sent to deepl/default, for about ([\d.]+)\n", told)
    assert found
    assert found[2] == f"{int(found[1]) * 2e4 / 1e6:.2f}"
    spent = Spending(compose.clock().date(), "deepl", Payer("de.merkur", "0123456789"), 1999)
    with closing(compose.store(compose.load_config(path))) as store:
        store.spend(spent, check=lambda *_: None)
    assert main(["--config", str(path), "glossary", "apply", "--dry-run"]) == DONE
    late = f"for about {found[2]}; the budget leaves 1 character today, and the rest waits for the next days"
    assert late in capsys.readouterr().out


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
    file.write_text("language,term,english\nfr,chef d'État,president\nfr,chef d’État,leader\n", encoding="utf-8")
    assert main(["glossary", "check"]) == FAILED
    assert "'chef d’État' contradicts line 2" in capsys.readouterr().out
    file.write_text("language,term,english\nde,Nirgendwo,nowhere\n", encoding="utf-8")
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    assert main(["glossary", "check"]) == DONE
    assert "never in what is published: de  Nirgendwo → nowhere" in capsys.readouterr().out
    assert main(["glossary", "add", "de", "Brücke", "bridge"]) == DONE
