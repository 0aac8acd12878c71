"""`warm`, and which file of pages goes with which edition."""

from __future__ import annotations

import asyncio
import os
import shutil
from contextlib import closing
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import httpx
import pytest

from limitedtimes.cli import WRONG_USAGE, compose, keeping, main
from limitedtimes.config import load
from limitedtimes.edition.settings import Audience, Settings
from limitedtimes.model import Published
from limitedtimes.publish import state
from limitedtimes.store.drawer import drawers_in
from limitedtimes.web import application

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "sample"
pytestmark = pytest.mark.usefixtures("own_edition")


@pytest.fixture(autouse=True)
def _as_polite_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "nice", lambda _: 0)  # it cannot be taken back


def _served(paths: list[str]) -> list[tuple[int, bool]]:
    """Status of each, and whether it had to be made."""

    async def asked() -> list[tuple[int, bool]]:
        config = load(None)
        settings, read = compose.settings(config), list[str]()
        with closing(compose.store(config)) as store, keeping.drawer(config, settings, store) as drawer:
            plain = store.published

            def published(article: str) -> Published | None:
                read.append(article)
                return plain(article)

            store.published = published  # type: ignore[method-assign]
            app = application(store, settings=settings, clock=compose.clock, drawer=drawer)
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=settings.base_url) as client:
                found = []
                for path in paths:
                    before = len(read)
                    found.append(((await client.get(path)).status_code, len(read) > before))
                return found

    return asyncio.run(asked())


def _paths() -> list[str]:
    with closing(compose.store(load(None))) as store:
        return [one.path for one in store.outlines(now=compose.clock())]


def test_pages_are_made_before_they_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gather", "--pages", str(SAMPLE)]) == 0
    paths = _paths()
    assert len(paths) > 2
    capsys.readouterr()
    assert main(["warm", "--latest", "2"]) == 0
    assert capsys.readouterr().out == "2 pages are ready\n"
    assert _served(paths[:3]) == [(200, False), (200, False), (200, True)]
    assert main(["warm"]) == 0
    assert capsys.readouterr().out == f"{len(paths)} pages are ready\n"
    assert _served(paths) == [(200, False)] * len(paths)


def test_a_removal_leaves_nothing_in_the_file_though_no_server_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gather", "--pages", str(SAMPLE)]) == 0
    assert main(["warm"]) == 0
    config, path = load(None), _paths()[0]
    settings = compose.settings(config)
    with closing(compose.store(config)) as store, keeping.drawer(config, settings, store) as drawer:
        content = drawer.get(path, now=compose.clock()) if drawer else None
    assert content
    (file,) = drawers_in(config.data)
    assert content[200:260] in file.read_bytes()
    assert main(["removals", "add", path.split(".")[-2]]) == 0
    remains = b"".join(each.read_bytes() for each in config.data.glob("pages-*"))
    assert content[200:260] not in remains
    assert "traces" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("page_file", "arguments", "line"),
    [("0", [], "page_file: is 0"), ("9", ["--latest", "0"], "--latest: 0: must be at least 1")],
)
def test_what_cannot_be_meant_is_one_line(
    page_file: str,
    arguments: list[str],
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LIMITEDTIMES_PAGE_FILE", page_file)
    assert main(["warm", *arguments]) == WRONG_USAGE
    assert line in capsys.readouterr().err


def test_another_look_has_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings()
    other = {
        keeping.edition_of(each)
        for each in (
            settings,
            replace(settings, audience=Audience.PUBLIC),
            replace(settings, title="Other"),
            replace(settings, engines={"e": {"de": "draft"}}),
        )
    }
    assert len(other) == 4
    assert keeping.edition_of(replace(settings, page_cache=1)) == keeping.edition_of(settings)
    package = tmp_path / "limitedtimes"
    shutil.copytree(str(files("limitedtimes")), package, ignore=shutil.ignore_patterns("models", "data", "__pycache__"))
    monkeypatch.setattr(state, "files", lambda _: package)
    assert keeping.edition_of(settings) in other
    for changed in ("edition/templates/_article.html", "edition/static/style.css", "web/joining.py", "model.py"):
        with (package / changed).open("a") as file:
            file.write("\n")
        assert keeping.edition_of(settings) not in other
        other.add(keeping.edition_of(settings))


def test_where_none_is_wanted_none_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["gather", "--pages", str(SAMPLE)]) == 0
    assert main(["warm"]) == 0
    config = load(None)
    keeping.tidy(config, compose.settings(config))
    assert len(drawers_in(config.data)) == 1
    monkeypatch.setenv("LIMITEDTIMES_PAGE_FILE", "0")
    config = load(None)
    keeping.tidy(config, compose.settings(config))
    assert drawers_in(config.data) == []
    assert _served(_paths()[:1] * 2) == [(200, True), (200, False)]  # the second from memory
    assert drawers_in(config.data) == []
