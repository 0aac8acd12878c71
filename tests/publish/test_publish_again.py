"""Publishing again: only what changed, never a page that leads nowhere, nobody else's files."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from made_up import HARBOUR
from memory_shelf import with_rights
from published import FIRST, NEWEST, OLDER, PRESS, SECOND, Paper, edition, retitled

from limitedtimes.edition.render import path_of, side_by_side_path
from limitedtimes.errors import ConfigError, LimitedTimesError
from limitedtimes.model import Rights
from limitedtimes.publish import Folder, Told
from limitedtimes.publish.folder import file_of


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path / "site", edition(*OLDER))


def stamps(paper: Paper) -> dict[str, int]:
    return {name: (paper.path / name).stat().st_mtime_ns for name in paper.tree()}


def test_without_news_nothing_is_written(paper: Paper) -> None:
    paper.publish()
    before = stamps(paper)
    paper.now += timedelta(minutes=10)
    assert paper.publish() == []
    assert stamps(paper) == before


def test_hours_later_only_the_front_page_and_the_trends_may_have_become_old(paper: Paper) -> None:
    paper.publish()
    paper.now += timedelta(hours=30)
    of_the_moment = {"/", "/trends", *(f"/trends/feed.{suffix}" for suffix in ("rss", "atom", "json"))}
    assert set(paper.publish()) == {("written", address) for address in of_the_moment}


def test_news_writes_what_shows_it_and_nothing_else(paper: Paper) -> None:
    paper.publish()
    before = paper.tree()
    paper.news(NEWEST)
    written = {address for what, address in paper.publish() if what == "written"}
    path = path_of(NEWEST.path)
    assert {"/", path, side_by_side_path(path), f"/a/{NEWEST.article.id}", "/latest", "/feed.rss"} <= written
    assert {f"/source/{NEWEST.source.id}", f"/{NEWEST.enrichment.section}/", "/titles.json"} <= written
    others = {path_of(one.path) for one in OLDER}
    assert not written & others, "an article's page was made anew for the news of another"
    assert len(written) < len(before) / 2
    after = paper.tree()
    for name in before.keys() & after.keys():
        assert (before[name] == after[name]) == (not any(file_of(a).as_posix() == name for a in written)), name


def test_news_leaves_the_lists_and_feeds_that_a_fresh_folder_would_have(paper: Paper, tmp_path: Path) -> None:
    paper.publish()
    paper.news(NEWEST)
    paper.publish()
    fresh = Paper(tmp_path / "fresh", paper.store)
    fresh.publish()
    old, new = paper.tree(), fresh.tree()
    assert old.keys() == new.keys()
    articles = {file_of(path_of(one.path)).as_posix() for one in PRESS}  # these have what to read next as it was
    assert {name for name in new if old[name] != new[name]} <= articles | {"_redirects"}


def test_a_changed_article_is_written_anew_with_all_that_name_it(paper: Paper) -> None:
    paper.publish()
    paper.news(retitled(HARBOUR, "The quay is to be dug anew"))
    paper.publish()
    tree = paper.tree()
    old = HARBOUR.translation.sentences[0].text.encode()
    assert not [name for name, body in tree.items() if name.endswith(".html") and b">" + old + b"<" in body]
    assert b"The quay is to be dug anew" in tree[file_of(path_of(HARBOUR.path)).as_posix()]


def test_other_rights_and_other_settings_change_every_page_that_they_touch(paper: Paper) -> None:
    paper.publish()
    page = paper.found(path_of(HARBOUR.path))
    secret = HARBOUR.translation.sentences[-1].text
    assert secret not in page.read_text()
    paper.news(*(with_rights(one, Rights.FULL) for one in OLDER if one.source == HARBOUR.source))
    paper.publish()
    assert secret in page.read_text()
    paper.settings = replace(paper.settings, title="The Quay Courier")
    paper.publish()
    named = [body for name, body in paper.tree().items() if name.endswith(".html")]
    assert all(b"The Quay Courier" in body for body in named)


def test_what_was_removed_is_gone_and_nothing_leads_to_it(paper: Paper) -> None:
    paper.news(NEWEST)
    paper.publish()
    del paper.store.articles[NEWEST.article.id]
    paper.changed()
    removed = {address for what, address in paper.publish() if what == "removed"}
    path = path_of(NEWEST.path)
    assert removed >= {path, side_by_side_path(path), f"/a/{NEWEST.article.id}"}
    assert not [name for name, body in paper.tree().items() if NEWEST.article.id.encode() in name.encode() + body]
    assert not (paper.path / "a" / NEWEST.article.id).exists()
    paper.walk()


def test_a_merged_story_leads_to_the_one_it_is_in(paper: Paper) -> None:
    third, fourth = OLDER[5], OLDER[6]
    other = third.article.id
    paper.store.stories |= {third.article.id: other, fourth.article.id: other}
    paper.publish()
    assert "Who says what" in paper.found(f"/story/{other}").read_text()
    paper.store.stories |= {third.article.id: FIRST.article.id, fourth.article.id: FIRST.article.id}
    paper.changed()
    paper.publish()
    assert f"url=/story/{FIRST.article.id}" in paper.found(f"/story/{other}").read_text()
    assert f"/story/{other} /story/{FIRST.article.id} 301\n" in (paper.path / "_redirects").read_text()
    assert f'href="/story/{FIRST.article.id}"' in paper.found(path_of(fourth.path)).read_text()


def test_at_every_moment_every_link_leads_to_a_page(paper: Paper) -> None:
    paper.publish()
    gone = SECOND.article.id
    del paper.store.articles[gone]
    paper.news(NEWEST, retitled(HARBOUR, "The quay is to be dug anew"))
    moments = 0

    def look(_: Told) -> None:
        nonlocal moments
        moments += 1
        paper.walk()
        assert not [one for one in paper.path.rglob("*") if one.name.endswith(".part")]

    paper.publish(tell=look)
    assert moments > 20


def test_a_file_that_somebody_deleted_or_cut_is_written_again(paper: Paper) -> None:
    paper.publish()
    before = paper.tree()
    paper.found("/about").unlink()
    paper.found("/privacy").write_bytes(b"<p>cut")
    assert {address for _, address in paper.publish()} == {"/about", "/privacy"}
    assert paper.tree() == before


def test_again_makes_every_page_and_writes_only_what_differs(paper: Paper) -> None:
    paper.publish()
    page = paper.found("/about")
    page.write_bytes(page.read_bytes().replace(b"About", b"ABOUT", 1))
    assert paper.publish() == [], "a file of the same length is not read"
    told: list[Told] = []
    assert paper.publish(again=True, tell=told.append) == []
    assert len(told) > 100


def test_files_of_others_are_never_touched(paper: Paper) -> None:
    paper.path.mkdir()
    mine = {"robots.txt": "Disallow: /", "a/notes.txt": "mine", "about/index.html": "my own words"}
    for name, text in mine.items():
        (paper.path / name).parent.mkdir(exist_ok=True)
        (paper.path / name).write_text(text)
    with pytest.raises(ConfigError, match=r"--into"):
        paper.publish()
    told = paper.publish(into=True)
    assert {address for what, address in told if what.startswith("not ours")} == {"/robots.txt", "/about"}
    paper.store.articles.clear()
    paper.changed()
    paper.publish()
    assert {name: (paper.path / name).read_text() for name in mine} == mine


def test_two_at_once_are_one_too_many(paper: Paper) -> None:
    with Folder(paper.path), pytest.raises(ConfigError, match="another `publish`"):
        paper.publish()
    assert paper.publish()


def test_a_lock_that_a_dead_process_left_is_none(paper: Paper) -> None:
    paper.publish()
    (paper.path / ".limitedtimes/lock").write_text("4711")
    assert paper.publish() == []


@pytest.mark.parametrize("text", ["", "{}\n", '{"form": 1, "state": ""}\n/a\n', "\udcff"])
def test_a_damaged_list_of_files_is_said_in_one_line(paper: Paper, text: str) -> None:
    paper.publish()
    (paper.path / ".limitedtimes/pages.tsv").write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(LimitedTimesError, match=r"pages\.tsv: is damaged"):
        paper.publish()


def test_a_folder_that_cannot_be_written_is_said_in_one_line(paper: Paper) -> None:
    paper.publish()
    shutil.rmtree(paper.path / "latest")
    (paper.path / "latest").write_text("a file where a folder must be")
    with pytest.raises(LimitedTimesError, match=r"latest.*cannot be written .*go(es)? on where it was"):
        paper.publish()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index.html"),
        ("/latest", "latest/index.html"),
        ("/world/", "world/index.html"),
        ("/world/page/2", "world/page/2/index.html"),
        ("/feed.rss", "feed.rss"),
        ("/source/de.harbour", "source/de.harbour/index.html"),
        ("/source/de.harbour/page/2", "source/de.harbour/page/2/index.html"),
        ("/source/de.harbour/feed.json", "source/de.harbour/feed.json"),
        ("/world/2023-11-10-x.0123456789.html", "world/2023-11-10-x.0123456789.html"),
        ("/_headers", "_headers"),
        ("/topic/caf%C3%A9", "topic/café/index.html"),
    ],
)
def test_an_address_has_one_file(address: str, name: str) -> None:
    assert file_of(address).as_posix() == name


@pytest.mark.parametrize("address", ["/../x", "/a/%2e%2e/b", "/a//b", "/a%2Fb/c", "/.limitedtimes/lock", "/x%00/y"])
def test_an_address_that_leads_out_of_the_folder_has_none(address: str) -> None:
    with pytest.raises(ValueError, match="cannot be a file"):
        file_of(address)
