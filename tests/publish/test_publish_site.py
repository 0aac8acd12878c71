"""The published site: it is the one that the server serves, and whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from asking import Client, client
from made_up import HARBOUR
from memory_shelf import NOW, with_rights
from published import BASE, FIRST, PRESS, SECOND, SETTINGS, Paper, edition

from limitedtimes.edition.render import path_of, side_by_side_path
from limitedtimes.edition.settings import Settings
from limitedtimes.model import Rights
from limitedtimes.publish.addresses import PUBLISHED, SERVER, of_route
from limitedtimes.web import application
from limitedtimes.web.app import routes

FULL = [with_rights(one, Rights.FULL) for one in PRESS]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    made = Paper(tmp_path_factory.mktemp("published") / "site", edition(*FULL))
    made.publish()
    return made


@pytest.fixture(scope="module")
def server(paper: Paper) -> Client:
    return client(paper.store, paper.settings)


def feeds(paper: Paper) -> Iterator[str]:
    for path in paper.path.rglob("feed.*"):
        yield "/" + path.relative_to(paper.path).as_posix()


def test_every_link_of_the_site_leads_to_the_bytes_that_the_server_answers_there(paper: Paper, server: Client) -> None:
    walked = paper.walk()
    for address in walked:
        answer = server.get(address)
        body = paper.found(address).read_bytes()
        if answer.status_code == 301:
            assert f'url={answer.headers["location"]}"' in body.decode(), address
        else:
            assert (answer.status_code, answer.content) == (200, body), address
    articles = {path_of(one.path) for one in FULL}
    assert walked >= articles | {side_by_side_path(path) for path in articles}
    assert walked >= {f"/a/{one.article.id}" for one in FULL} | {f"/story/{FIRST.article.id}", "/latest/page/2"}
    assert any(address.startswith("/static/style.") for address in walked)


def test_nothing_is_written_that_the_server_does_not_have(paper: Paper, server: Client) -> None:
    for name, body in paper.tree().items():
        if name not in ("404.html", "_headers", "_redirects", ".nojekyll"):
            answer = server.get("/" + name.removesuffix("index.html").rstrip("/"))
            if answer.status_code == 301 and answer.headers["location"] == "/" + name.removesuffix("index.html"):
                answer = server.get(answer.headers["location"])  # a section: its address ends with a slash
            assert answer.status_code == 301 or answer.content == body, name


def test_feeds_are_there_and_name_only_addresses_that_are_there(paper: Paper, server: Client) -> None:
    names = list(feeds(paper))
    assert {"/feed.rss", "/feed.atom", "/feed.json", f"/source/{FIRST.source.id}/feed.atom"} <= set(names)
    for name in names:
        body = paper.found(name).read_bytes()
        assert body == server.get(name).content
        for address in re.findall(f'{BASE}(/[^"<#?]*)', body.decode()):
            assert paper.found(address).is_file(), (name, address)


def test_every_route_of_the_site_is_published_or_said_to_need_a_server() -> None:
    app = application(edition(), settings=SETTINGS, clock=lambda: NOW)
    found = {of_route(route) for route in routes(app)}
    known = {*PUBLISHED, *SERVER, "/static/"}
    assert found - known == set(), "a new route needs a line in publish/addresses.py"
    assert known - found == set(), "publish/addresses.py has a line for a route that is gone"


def test_a_page_that_needs_a_server_is_linked_from_nowhere_and_no_form_is_sent_to_one(paper: Paper) -> None:
    for address in paper.walk():
        text = paper.found(address).read_bytes().decode()
        assert 'method="post"' not in text.lower()
        assert not address.startswith(("/topic/", "/healthz"))


def test_what_moved_leads_on_by_page_by_redirects_file_and_by_nginx_map(paper: Paper) -> None:
    page = paper.found(f"/story/{SECOND.article.id}")
    assert not page.exists(), "the address of a story that never was one was never given to anybody"
    short, path = f"/a/{HARBOUR.article.id}", path_of(HARBOUR.path)
    text = paper.found(short).read_text()
    assert f'<meta http-equiv="refresh" content="0; url={path}">' in text
    assert f'<link rel="canonical" href="{BASE}{path}">' in text
    assert f"{short} {path} 301\n" in (paper.path / "_redirects").read_text()
    assert f'"{short}" "{path}";\n' in (paper.path / ".limitedtimes/redirects.map").read_text()


def test_hosts_are_told_of_headers_and_of_the_page_for_what_is_missing(paper: Paper, server: Client) -> None:
    said = (paper.path / "_headers").read_text()
    for name in ("content-security-policy", "x-robots-tag", "x-content-type-options"):
        assert "/*\n" in said and f"  {name}: {server.get('/').headers[name]}\n" in said
    assert "/static/*\n  cache-control: public, max-age=31536000, immutable\n" in said
    assert "There is nothing at this address" in (paper.path / "404.html").read_text()
    assert (paper.path / ".nojekyll").exists()


def test_rights_hold_as_on_the_server(tmp_path: Path) -> None:
    secret = HARBOUR.translation.sentences[-1].text
    closed = Paper(tmp_path / "closed", edition())  # of sources that permit a link
    closed.publish()
    assert not any(secret.encode() in body for body in closed.tree().values())
    private = Paper(tmp_path / "private", edition(), replace(SETTINGS, audience=Settings().audience))
    private.publish()
    assert any(secret.encode() in body for body in private.tree().values())


def test_pages_of_files_say_nothing_that_only_a_moment_knows(paper: Paper) -> None:
    text = paper.found(path_of(HARBOUR.path)).read_text()
    assert "Trends, 24 hours" not in text and 'id="latest"' not in text
    assert '<time datetime="2023-11-10">Friday' not in text.split("<main")[0]
    assert '<time datetime="2023-11-10">Friday' in paper.found("/").read_text()


def test_the_search_is_a_script_over_the_titles_and_says_so_without_one(paper: Paper, server: Client) -> None:
    text = paper.found("/search").read_text()
    assert "<noscript>" in text and "Without JavaScript" in text and re.search(r'src="/static/search\.\w+\.js"', text)
    assert "connect-src 'self'" in server.get("/search").headers["content-security-policy"]
    assert json.loads(paper.found("/titles.json").read_text()) == {"parts": 1, "articles": len(FULL)}
    [*lines] = json.loads(paper.found("/titles/1.json").read_text())["articles"]
    assert [line[0] for line in lines] == [one.path for one in paper.store.outlines(now=NOW)]
    assert [HARBOUR.path, HARBOUR.source.name, "de", HARBOUR.article.headline] == [
        next(line for line in lines if line[0] == HARBOUR.path)[at] for at in (0, 2, 3, 4)
    ]


def test_a_server_has_no_list_of_titles() -> None:
    for address in ("/titles.json", "/titles/1.json"):
        assert client().get(address).status_code == 404


def test_titles_fill_parts_from_the_oldest_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("limitedtimes.web.titles.IN_PART", 5)
    made = Paper(tmp_path / "site", edition())
    made.publish()
    parts = [json.loads(path.read_text())["articles"] for path in sorted((made.path / "titles").iterdir())]
    assert [len(part) for part in parts] == [5] * (len(PRESS) // 5) + [len(PRESS) % 5] * bool(len(PRESS) % 5)
    paths = [line[0] for part in reversed(parts) for line in part]
    assert paths == [one.path for one in made.store.outlines(now=NOW)]
