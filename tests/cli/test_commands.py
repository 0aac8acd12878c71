"""The commands as a user types them: what they print, what they leave, and one clear line for every mistake."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType

import pytest

from limitedtimes import __version__
from limitedtimes.__main__ import start
from limitedtimes.cli import DONE, FAILED, WRONG_USAGE, compose, main
from limitedtimes.cli.routing import Routes
from limitedtimes.engines.pseudo import Pseudo
from limitedtimes.protocols import Rendering

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "sample"
pytestmark = pytest.mark.usefixtures("own_edition")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == DONE
    assert capsys.readouterr().out == f"limitedtimes {__version__}\n"


def test_ctrl_c_while_the_program_is_being_loaded_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Loading(ModuleType):
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "limitedtimes.cli", Loading("limitedtimes.cli"))
    assert start() == FAILED
    assert capsys.readouterr().err == "limitedtimes: interrupted\n"


def test_no_command_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == WRONG_USAGE


@pytest.mark.parametrize("form", ["text", "md", "json", "html"])
@pytest.mark.parametrize("side_by_side", [False, True])
def test_read_writes_every_form(form: str, side_by_side: bool, tmp_path: Path) -> None:
    output = tmp_path / f"out.{form}"
    arguments = ["read", str(SAMPLE / "rathaus.html"), "--format", form, "-o", str(output)]
    assert main([*arguments, *(["--side-by-side"] if side_by_side else [])]) == DONE
    text = output.read_text(encoding="utf-8")
    assert "2026-10-12T07:15:00Z" in text or "2026-10-12T09:15:00+02:00" in text
    assert "Stadt eröffnet neue Brücke über den Fluss" in text


def test_who_reads_an_article_whose_headline_fails_gets_the_rest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Mute(Pseudo):
        """Has nothing to say to headlines."""

        def translate(
            self, sentences: Sequence[str], language: str, terms: Mapping[str, str] | None = None
        ) -> list[Rendering]:
            return [Rendering("" if "eröffnet" in sentence else "It is so.") for sentence in sentences]

    monkeypatch.setattr(compose, "routes", lambda _: Routes({"de": Mute()}))
    assert main(["read", str(SAMPLE / "rathaus.html")]) == DONE
    text = capsys.readouterr().out
    assert "Stadt eröffnet neue Brücke über den Fluss [German; not translated]" in text
    assert "It is so." in text


def test_read_json_has_the_published_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(SAMPLE / "rathaus.html"), "--format", "json"]) == DONE
    found = json.loads(capsys.readouterr().out)
    assert {"original", "english", "highlights", "flags", "engine", "translated_at"} <= set(found)
    assert set(found["original"]) == set(found["english"])
    assert found["original"]["headline"] == "Stadt eröffnet neue Brücke über den Fluss"
    assert found["english"]["language"] == "en"


def test_extract_reads_a_gzipped_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress((SAMPLE / "marche.html").read_bytes()))
    assert main(["extract", str(packed)]) == DONE
    found = json.loads(capsys.readouterr().out)
    assert found["language"] == "fr"
    assert found["authors"] == ["Lucie Marchand"]
    assert found["published"] == "2026-10-10T11:05:00+02:00"
    assert all(block["kind"] == "paragraph" for block in found["blocks"])


def archive(path: Path) -> None:
    """A WARC with a front page and the two sample articles."""
    pages = {
        "https://zeitung.example/": b"<html><head><title>Zeitung</title></head><body><p>Start</p></body></html>",
        "https://zeitung.example/a.html": (SAMPLE / "rathaus.html").read_bytes(),
        "https://zeitung.example/b.html": (SAMPLE / "marche.html").read_bytes(),
    }
    records = b""
    for url, body in pages.items():
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-11-23T12:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        records += head.encode() + answer + b"\r\n\r\n"
    path.write_bytes(records)


def test_of_an_archive_the_first_article_is_read_or_the_one_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive(tmp_path / "small.warc")
    assert main(["read", "small.warc", "--format", "json"]) == DONE
    assert json.loads(capsys.readouterr().out)["original"]["language"] == "de"
    assert main(["extract", "small.warc", "--url", "https://zeitung.example/b.html"]) == DONE
    assert json.loads(capsys.readouterr().out)["language"] == "fr"


def test_extract_of_a_folder_gives_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(SAMPLE)]) == DONE
    printed = capsys.readouterr()
    assert [json.loads(line)["language"] for line in printed.out.splitlines()] == ["de", "fr", "pl"]
    assert "3 articles, 0 pages without one" in printed.err


def test_gather_puts_pages_on_the_line_and_status_counts_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    assert "3 published" in capsys.readouterr().err
    assert main(["status"]) == DONE
    assert "3 published in English" in capsys.readouterr().out


def test_what_stays_without_english_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(compose, "routes", lambda *_: Routes({"de": Pseudo()}))
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    printed = capsys.readouterr().out
    assert "1 in French: no engine for this language yet" in printed
    assert "`limitedtimes models list`" in printed
    both = dict.fromkeys(("de", "fr", "pl"), Pseudo(frozenset({"fr", "pl"})))
    monkeypatch.setattr(compose, "routes", lambda *_: Routes(both))
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    assert "models list" not in capsys.readouterr().out


def test_gathering_the_same_pages_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    capsys.readouterr()
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    assert "published" not in capsys.readouterr().err


def test_sources_can_be_listed_shown_and_exported(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "list"]) == DONE
    assert "de.merkur" in capsys.readouterr().out
    assert main(["sources", "show", "de.merkur"]) == DONE
    assert 'time_zone = "Europe/Berlin"' in capsys.readouterr().out
    assert main(["sources", "list", "--opml"]) == DONE
    assert "<opml" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["read", "nowhere.html"], WRONG_USAGE, "nowhere.html"),
        (["read", "https://"], FAILED, "not a URL"),
        (["read", "http://127.0.0.1/"], FAILED, "127.0.0.1"),
        (["extract", "empty.html"], WRONG_USAGE, "empty.html: the file is empty"),
        (["extract", "page.html"], WRONG_USAGE, "give it with --url"),
        (["extract", "page.html", "--url", "https://paper.example/a/b.html"], FAILED, "paper.example"),
        (["read", str(SAMPLE / "rathaus.html"), "-o", "no/such/folder/x"], WRONG_USAGE, "no/such/folder/x"),
        (["gather", "xx.nobody"], WRONG_USAGE, "xx.nobody: no such source"),
        (["gather", "--opml", "none.opml"], WRONG_USAGE, "none.opml"),
        (["gather", "--warc", "none.warc"], WRONG_USAGE, "none.warc"),
        (["gather", "--pages", "none"], WRONG_USAGE, "none"),
        (["sources", "show", "xx.nobody"], WRONG_USAGE, "no such source"),
        (["retry", "headline"], WRONG_USAGE, "headline: nothing is parked for this reason"),
        (["sources", "add", "https://paper.example"], WRONG_USAGE, "--directory"),
        (["read", str(SAMPLE)], WRONG_USAGE, "is a folder"),
        (
            ["extract", "small.warc", "--url", "https://nowhere.example/"],
            WRONG_USAGE,
            "holds no page of https://nowhere",
        ),
        (["gather", "--opml", "page.html"], WRONG_USAGE, "page.html: this is not OPML"),
        (["--config", "none.toml", "status"], WRONG_USAGE, "none.toml: no such file"),
        (["serve", "--port", "99999"], WRONG_USAGE, "port"),
        (["serve", "--host", "0.0.0.0"], WRONG_USAGE, "private edition"),
    ],
)
def test_a_mistake_is_one_line_that_names_it(
    arguments: list[str], code: int, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.html").touch()
    archive(tmp_path / "small.warc")
    (tmp_path / "page.html").write_text("<html><body><p>Hallo</p></body></html>", encoding="utf-8")
    assert main(arguments) == code
    printed = capsys.readouterr()
    assert complaint in printed.err
    assert printed.err.startswith("limitedtimes: ")
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_a_database_that_cannot_be_made_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("LIMITEDTIMES_DATA", str(tmp_path / "file" / "below"))
    assert main(["status"]) == FAILED
    assert main(["gather", "--pages", str(SAMPLE)]) == WRONG_USAGE
    assert capsys.readouterr().err.count("\n") == 2


def test_a_second_runner_on_the_same_edition_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    from limitedtimes.cli import compose

    with compose.alone(compose.load_config(None)):
        assert main(["gather", "--pages", str(SAMPLE)]) == WRONG_USAGE
    assert "another `run` or `gather` is at work" in capsys.readouterr().err


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    output.write_text("what was there", encoding="utf-8")
    assert main(["read", str(tmp_path / "nowhere.html"), "--format", "json", "-o", str(output)]) == WRONG_USAGE
    assert output.read_text(encoding="utf-8") == "what was there"


@contextmanager
def front_page() -> Iterator[str]:
    """A site on loopback whose front page announces a feed; gives its address."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/"
            page = b"""<html lang="de"><head><title>Talbote</title><link rel="alternate" type="application/rss+xml"
            href="/feed.xml"></head><body>Start</body></html>"""
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page if found else b"")

        def log_message(self, *_: object) -> None:
            """Nothing: the terminal is the test's."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_source_is_added_where_the_catalogue_is_or_where_one_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    with front_page() as url:
        monkeypatch.setenv("LIMITEDTIMES_ALLOW_HOSTS", url.split("/")[2])
        assert main(["sources", "add", url, "--id", "de.talbote", "--directory", "file"]) == WRONG_USAGE
        error = capsys.readouterr().err
        assert error.startswith("limitedtimes: file/de/talbote.toml: cannot be written")
        assert error.count("\n") == 1
        assert main(["sources", "add", url, "--id", "de.talbote", "--directory", "mine"]) == DONE
        assert "put 'mine' into `catalogue`" in capsys.readouterr().out
    monkeypatch.setenv("LIMITEDTIMES_CATALOGUE", "mine")
    assert main(["sources", "show", "de.talbote"]) == DONE
    assert "/feed.xml" in capsys.readouterr().out


def test_a_reader_who_has_seen_enough_hears_no_complaint() -> None:
    command = [sys.executable, "-m", "limitedtimes", "version"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(60) == FAILED
        assert process.stderr.read() == ""


def test_what_is_parked_can_be_tried_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "front.html").write_text("<html><body><h1>Aktuell</h1></body></html>", encoding="utf-8")
    row = "front\thttps://paper.example/\tPaper\tde\tde\t2026-10-12T18:00:00+02:00\n"
    (tmp_path / "index.tsv").write_text("page\turl\tpublisher\tcountry\tlanguage\tcrawled\n" + row, encoding="utf-8")
    main(["gather", "--pages", str(tmp_path)])
    assert main(["status"]) == DONE
    assert "Parked      not-an-article 1" in capsys.readouterr().out
    assert main(["retry", "not-an-article"]) == DONE
    assert "1 task is on the line again" in capsys.readouterr().out
    assert main(["status"]) == DONE
    printed = capsys.readouterr().out
    assert "Parked      none" in printed
    assert "extract 1" in printed
