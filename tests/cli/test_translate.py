"""`translate`: as many lines out as in, as they come; what is not trusted as it was; one clear line for a mistake."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from limitedtimes.cli import DONE, FAILED, WRONG_USAGE, main, stream, translating
from limitedtimes.cli.stream import Given, chunks
from limitedtimes.engines.pseudo import Pseudo
from limitedtimes.protocols import Rendering

FRENCH = "Le marché couvert rouvre après deux ans de travaux, et les habitants sont heureux."
ENGLISH = "The mayor said that the bridge will be open to traffic by the end of the month."


class Scripted(Pseudo):
    """Translates two sentences, one of them badly, and says the same of all others."""

    said: ClassVar = {"Die Stadt baut.": "The town builds.", "Sie zahlten 1,2 Milliarden.": "They paid 1.2 million."}

    def translate(
        self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
    ) -> list[Rendering]:
        return [Rendering(self.said.get(sentence, "Something else.")) for sentence in sentences]


@pytest.fixture(autouse=True)
def scripted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LIMITEDTIMES_ENGINE", "pseudo")
    monkeypatch.setattr(translating, "_engine", lambda config, options: Scripted())


def run(content: str | bytes, *arguments: str) -> int:
    Path("in.txt").write_bytes(content.encode() if isinstance(content, str) else content)
    return main(["translate", "--from", "de", *arguments, "in.txt"])


def test_every_line_has_its_line_in_order(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run("Die Stadt baut.\n\nDer Fluss.\nDie Stadt baut. Sie zahlten.\n") == DONE
    printed = capsysbinary.readouterr()
    assert printed.out == b"The town builds.\n\nSomething else.\nThe town builds. Something else.\n"
    assert b"0 of 4 lines could not be translated" in printed.err


@pytest.mark.parametrize(
    "line", [ENGLISH, "", "🎉🎉", "11.000,5", "https://example.org/a?b=c", "  a@b.de ", "• \u2028 •", "***"]
)
def test_what_needs_no_translation_comes_out_to_the_letter(
    line: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(f"{line}\nDie Stadt baut.") == DONE
    assert capsysbinary.readouterr().out.decode() == f"{line}\nThe town builds.\n"


def test_what_cannot_be_trusted_is_shown_as_it_was_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(f"Die Stadt baut.\n  Sie zahlten 1,2  Milliarden.\n{FRENCH}\n", "--flags") == DONE
    printed = capsys.readouterr()
    assert printed.out == f"The town builds.\n  Sie zahlten 1,2  Milliarden.\n{FRENCH}\n"
    told = printed.err.splitlines()
    assert told[-1] == ("translate: 2 of 3 lines could not be translated and are shown in the original; 0 are doubtful")
    assert any(line.startswith("line 2: number: ") for line in told)
    assert "line 3: untranslated: it is in French, not in German" in told
    assert not any(line.startswith("line 1:") for line in told)


def test_without_flags_one_line_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("Die Stadt baut.\nSie zahlten 1,2 Milliarden.\nAm Montag.\n") == DONE
    assert capsys.readouterr().err == (
        "translate: 1 of 3 lines could not be translated and are shown in the original; 1 are doubtful\n"
    )


def test_where_nothing_could_be_translated_it_failed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(FRENCH) == FAILED
    assert capsys.readouterr().out == FRENCH + "\n"


def test_odd_separators_do_not_make_lines(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    line = "Die\u2028Stadt\x0bund\x0cder\x1cFluss\x85sind\u2029da,\rso ist es."
    assert run(f"{line}\r\nDie Stadt baut.\n") == DONE
    assert capsysbinary.readouterr().out == b"Something else.\r\nThe town builds.\n"


def test_raw_is_unchecked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(f"Sie zahlten 1,2 Milliarden.\n\n{FRENCH}\n", "--raw") == DONE
    printed = capsys.readouterr()
    assert printed.out == "They paid 1.2 million.\nSomething else.\nSomething else.\n"
    assert printed.err == ""


def test_lines_over_every_limit_are_lines(capsys: pytest.CaptureFixture[str]) -> None:
    long = "Die Stadt baut. " * 2_000  # 32 kB, several parts
    assert run(f"{long}\nDie Stadt baut.\n{'ß' * 20_001}\n{'wort ' * 4_000}\n") in (DONE, FAILED)
    printed = capsys.readouterr()
    assert printed.out.count("\n") == 4
    assert printed.out.split("\n")[0] == ("The town builds. " * 2_000).strip()
    assert "of 4 lines" in printed.err


@pytest.mark.parametrize("content", [b"Die Stadt baut.\nM\xfcnchen\n", b"Die Stadt baut.\nabgeschnitten \xc3"])
def test_what_is_not_utf8_is_named_after_what_came_before(content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(content) == WRONG_USAGE
    printed = capsys.readouterr()
    assert printed.out == "The town builds.\n"
    assert printed.err == "limitedtimes: in.txt: line 2 is not UTF-8; `iconv -t utf-8` converts\n"


def test_a_byte_order_mark_is_no_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(b"\xef\xbb\xbf11.000\n") == DONE
    assert capsys.readouterr().out == "11.000\n"


@pytest.mark.parametrize(("name", "why"), [("absent.txt", "No such file"), (".", "Is a directory")])
def test_what_cannot_be_read_is_named(name: str, why: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", "--from", "de", name]) == WRONG_USAGE
    printed = capsys.readouterr()
    assert printed.err.startswith(f"limitedtimes: {name}: cannot be read: {why}")
    assert printed.err.count("\n") == 1


class TestEngines:
    @pytest.fixture(autouse=True)
    def scripted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The real choice of engines."""
        monkeypatch.chdir(tmp_path)
        Path("in.txt").write_text("Guten Tag\n", encoding="utf-8")
        monkeypatch.setenv("LIMITEDTIMES_ENGINE", "embedded")

    def test_the_one_that_is_named_translates(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("LIMITEDTIMES_MODELS", "de=/nowhere")  # no operator's model in the place of the named one
        assert main(["translate", "--from", "de", "--engine", "pseudo", "--raw", "in.txt"]) == DONE
        assert capsys.readouterr().out == "G̈uten T̈ag\n"

    def test_the_configured_one_is_the_default(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["translate", "--from", "de", "in.txt"]) == DONE
        assert "̈" not in capsys.readouterr().out

    @pytest.mark.parametrize("language", ["xx", "en", "German"])
    def test_of_a_language_without_an_engine_those_with_one_are_named(
        self, language: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["translate", "--from", language, "in.txt"]) == WRONG_USAGE
        told = capsys.readouterr().err
        assert told.startswith(f"limitedtimes: translate: no engine translates from '{language}'; there is one for de")
        assert told.count("\n") == 1

    def test_an_engine_that_is_not_there_is_wrong_usage(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["translate", "--from", "de", "--engine", "babelfish"]) == WRONG_USAGE
        assert "no engine is called 'babelfish'; there are embedded, pseudo" in capsys.readouterr().err


def read(content: bytes) -> list[list[Given]]:
    """The chunks of what comes through a pipe."""
    reader, writer = os.pipe()

    def write() -> None:
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(content)

    thread = Thread(target=write)
    thread.start()
    try:
        return list(chunks(reader, name="pipe"))
    finally:
        thread.join()
        os.close(reader)


@pytest.mark.parametrize("block", [1, 7, 65536])
def test_lines_are_the_same_however_they_come(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "BLOCK", block)
    found = [line for chunk in read("äöü\n\nb\r\n\n\u2028c".encode()) for line in chunk]
    assert found == [Given("äöü", "\n"), Given("", "\n"), Given("b", "\r\n"), Given("", "\n"), Given("\u2028c", "\n")]


@pytest.mark.parametrize(
    "content", ["ein Satz. " * 9, "wort " * 30, "ohneende" * 20, "ü" * 90, "語" * 61, "a b" + "c" * 99]
)
@pytest.mark.parametrize("end", ["", "\n", "\nnoch eine\n"])
def test_parts_of_a_long_line_give_it_back(content: str, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LONGEST", 50)
    found = [line for chunk in read((content + end).encode()) for line in chunk]
    assert "".join(line.text + line.end for line in found) == content + (end or "\n")
    assert all(len(line.text.encode()) <= 50 for line in found)


def test_chunks_are_bounded_in_lines_and_in_size() -> None:
    assert max(map(len, read(b"x\n" * 3000))) == stream.LINES
    sizes = [sum(len(line.text) for line in chunk) for chunk in read((b"x" * 50_000 + b"\n") * 30)]
    assert sum(sizes) == 1_500_000
    assert max(sizes) <= stream.CHARACTERS + 50_000


def started(*arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "LIMITEDTIMES_ENGINE": "pseudo"}
    command = [sys.executable, "-m", "limitedtimes", "translate", "--from", "de", "--raw", *arguments]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )


def test_a_line_is_answered_while_the_pipe_is_open() -> None:
    with started("-") as process:
        assert process.stdin
        assert process.stdout
        for line in (b"Guten Tag\n", b"Tag\n"):
            process.stdin.write(line)
            process.stdin.flush()
            assert process.stdout.readline().count(b"\xcc\x88") == line.count(b"T") + line.count(b"G")
        process.stdin.close()
        assert process.wait(120) == DONE


def test_slow_but_steady_input_does_not_wait_for_a_full_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "PATIENCE", 0.1)
    monkeypatch.setattr(stream, "PAUSE", 30)
    reader, writer = os.pipe()

    def drip() -> None:
        with os.fdopen(writer, "wb", buffering=0) as pipe:
            for _ in range(20):
                pipe.write(b"x\n")
                time.sleep(0.02)

    thread = Thread(target=drip)
    thread.start()
    assert len(list(chunks(reader, name="pipe"))) > 1
    thread.join()
    os.close(reader)


def test_ctrl_c_ends_it_with_one_line() -> None:
    with started() as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"Tag\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(120) == FAILED
        assert process.stderr.read() == b"limitedtimes: interrupted\n"


def test_a_reader_who_has_seen_enough_is_no_fault() -> None:
    with started() as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        process.stdin.write(b"Tag\n")
        process.stdin.close()
        assert process.wait(120) == FAILED
        assert process.stderr.read() == b""


def test_a_closed_standard_input_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["translate", "--from", "de"]) == WRONG_USAGE
    assert capsys.readouterr().err == "limitedtimes: translate: standard input is closed; name a file\n"
