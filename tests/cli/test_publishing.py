"""`limitedtimes publish` as a user types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from limitedtimes.cli import DONE, WRONG_USAGE, main

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "sample"
pytestmark = pytest.mark.usefixtures("own_edition")
PUBLIC = "LIMITEDTIMES_AUDIENCE", "public"
BASE = "https://paper.example"


def test_publish_writes_the_edition_and_the_second_time_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(*PUBLIC)
    assert main(["gather", "--pages", str(SAMPLE)]) == DONE
    capsys.readouterr()
    site = tmp_path / "site"
    assert main(["publish", str(site), "--base-url", BASE]) == DONE
    said = capsys.readouterr().err
    assert "written /latest\n" in said and " written\n" in said
    page = next(site.glob("*/*-*.html")).read_text()
    assert f'<link rel="canonical" href="{BASE}/' in page
    assert main(["publish", str(site), "--base-url", BASE]) == DONE
    assert capsys.readouterr().err == "Nothing has changed.\n"


def test_a_private_edition_is_published_only_behind_a_login(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    assert main(["publish", str(site), "--base-url", BASE]) == WRONG_USAGE
    assert "audience" in capsys.readouterr().err and not site.exists()
    monkeypatch.setenv("LIMITEDTIMES_BEHIND_LOGIN", "true")
    assert main(["publish", str(site), "--base-url", BASE]) == DONE


@pytest.mark.parametrize("more", [[], ["--base-url", f"{BASE}/paper"], ["--base-url", "paper.example"]])
def test_an_address_that_the_pages_cannot_have_is_said_before_anything_is_written(
    more: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(*PUBLIC)
    assert main(["publish", str(tmp_path / "site"), *more]) == WRONG_USAGE
    said = capsys.readouterr().err
    assert said.startswith("limitedtimes: base_url: ") and said.count("\n") == 1
    assert not (tmp_path / "site").exists()


def test_a_folder_of_others_is_refused_and_left_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(*PUBLIC)
    site = tmp_path / "site"
    site.mkdir()
    (site / "robots.txt").write_text("mine")
    assert main(["publish", str(site), "--base-url", BASE]) == WRONG_USAGE
    assert "--into" in capsys.readouterr().err
    assert [path.name for path in site.iterdir()] == ["robots.txt"]
    assert main(["publish", str(site), "--base-url", BASE, "--into"]) == DONE
    assert "not ours, and left as it is: /robots.txt" in capsys.readouterr().err
    assert (site / "robots.txt").read_text() == "mine"
