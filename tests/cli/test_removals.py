"""Removals as an operator types them, over a whole edition: what every page, feed and file says afterwards."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
import zstandard

from limitedtimes.cli import DONE, WRONG_USAGE, compose, main
from limitedtimes.config import load
from limitedtimes.edition.safety import plain
from limitedtimes.model import Origin, Published
from limitedtimes.protocols import Store
from limitedtimes.removal import Appeal, Party
from limitedtimes.web import application

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "sample"
LINK = re.compile(r"""(?:href|src)=["'](/[^"'#]*)|<(?:loc|link)>https?://[^/<]+(/[^<]*)""")
pytestmark = pytest.mark.usefixtures("own_edition")


def gather() -> None:
    assert main(["gather", "--pages", str(SAMPLE)]) in (0, 1)  # 1: nothing was left to do


@contextmanager
def opened() -> Iterator[Store]:
    with closing(compose.store(load(None))) as store:
        yield store


def published() -> list[Published]:
    with opened() as store:
        found = [store.published(teaser.id) for teaser in store.teasers(now=compose.clock(), limit=99)]
    return [item for item in found if item]


def ask(address: str, *, whole: bool = False, party: Party = Party.PERSON, contact: str = "me@mail.example") -> None:
    with opened() as store:
        store.ask(Appeal(address, whole, party, "It is about me.", contact, compose.clock()))


def answered(*paths: str) -> list[httpx.Response]:
    async def asked() -> list[httpx.Response]:
        with opened() as store:
            app = application(store, settings=compose.settings(load(None)), clock=compose.clock)
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
                return [await client.get(path) for path in paths]

    return asyncio.run(asked())


def whole_site() -> dict[str, httpx.Response]:
    """Every page and feed that can be reached from the front page, the sitemaps and the search."""
    seen: dict[str, httpx.Response] = {}
    waiting = ["/", "/sitemap.xml", "/news-sitemap.xml", "/search?q=bridge", "/search?q=the", "/archive"]
    while waiting:
        for path, found in zip(waiting, answered(*waiting), strict=True):
            seen[path] = found
        linked = {one or two for found in seen.values() for one, two in LINK.findall(found.text)}
        waiting = sorted(linked - set(seen))
    return seen


def sentences(item: Published) -> list[str]:
    """Of both languages, those that are long enough to be this article's alone."""
    english = [one.text for one in item.translation.sentences if one.origin is not Origin.NONE]
    return [plain(text) for text in [*english, *(one.text for one in item.article.sentences)] if len(text) > 40]


def traces(texts: list[str]) -> list[str]:
    """Which of these stand in the files of the edition, as they are or compressed."""
    bodies = [path.read_bytes() for path in sorted(load(None).data.iterdir())]
    for body in list(bodies):
        for frame in re.finditer(re.escape(b"\x28\xb5\x2f\xfd"), body):
            try:
                bodies.append(zstandard.ZstdDecompressor().decompressobj().decompress(body[frame.start() :]))
            except zstandard.ZstdError:
                continue
    return [text for text in texts if any(text.encode() in body for body in bodies)]


def test_no_page_no_feed_and_no_file_has_a_sentence_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIMITEDTIMES_NOINDEX", "false")
    gather()
    item = published()[0]
    said = sentences(item)
    assert len(said) > 4 and len(traces(said)) == len(said)
    site = whole_site()
    assert any(said[0] in found.text for found in site.values())
    assert main(["correct", item.article.id, "1", "By hand, and of no other article.", "--by", "Anna"]) == DONE
    gather()
    capsys.readouterr()
    ask(item.path)
    assert main(["removals", "accept", "1", "--reason", "a letter"]) == DONE
    told = capsys.readouterr().out
    assert re.search(r"1 article deleted .* with \d\d+ sentences of the memory, 1 correction by hand", told)
    assert "answer to me@mail.example (request 1)" in told
    gather()  # it is still where it came from
    assert traces([*said, "By hand, and of no other article.", "me@mail.example", item.article.url]) == []
    after = whole_site()
    assert len(after) > 20 and {found.status_code for found in after.values()} == {200, 301}
    for path, found in after.items():
        assert not [text for text in said if text in found.text], path
        assert item.article.id not in found.text, path
    side = item.path.replace(".html", ".side-by-side.html")
    for gone in answered(item.path, side, f"/a/{item.article.id}", f"/story/{item.article.id}"):
        assert gone.status_code == 410
        assert "at the wish of a person whom it concerns" in gone.text
        assert item.path not in gone.text and "a letter" not in gone.text
    assert item.article.id not in [other.article.id for other in published()]


def test_a_source_is_gone_with_its_pages_feeds_and_articles(capsys: pytest.CaptureFixture[str]) -> None:
    gather()
    item = published()[0]
    host = item.article.url.split("/")[2]
    theirs = [other for other in published() if other.source.id == item.source.id]
    ask(f"https://{host}/", whole=True, party=Party.PUBLISHER)
    assert main(["removals", "accept", f"/source/{item.source.id}", "--source"]) == DONE
    assert f"{len(theirs)} article" in capsys.readouterr().out
    gather()
    assert not [other for other in published() if other.source.id == item.source.id]
    page, feed, article = answered(f"/source/{item.source.id}", f"/source/{item.source.id}/feed.atom", item.path)
    assert {found.status_code for found in (page, feed, article)} == {410}
    assert "This source was removed" in page.text and "at the wish of its publisher" in page.text
    assert "with all articles of its source" in article.text
    assert item.source.name not in answered("/sources")[0].text
    assert main(["removals", "undo", item.path]) == WRONG_USAGE
    assert "removed with its source" in capsys.readouterr().err
    assert main(["removals", "undo", item.source.id, "--source"]) == DONE
    gather()
    assert len([other for other in published() if other.source.id == item.source.id]) == len(theirs)


def test_the_operator_removes_by_any_address_and_lets_in_again(capsys: pytest.CaptureFixture[str]) -> None:
    gather()
    one, two, three = published()[:3]
    side = one.path.replace(".html", ".side-by-side.html")
    assert main(["removals", "add", f"http://127.0.0.1:8000{side}", "--for", "publisher"]) == DONE
    assert main(["removals", "add", f"{two.article.url}?utm_source=x#top"]) == DONE
    assert main(["removals", "add", three.article.id, "--reason", "a mistake"]) == DONE
    left = {item.article.id for item in published()}
    assert left.isdisjoint({one.article.id, two.article.id, three.article.id})
    capsys.readouterr()
    assert main(["removals", "list", "--removed"]) == DONE
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == [one.article.id, two.article.id, three.article.id]
    assert "the publisher" in lines[0] and lines[2].endswith("asked by this edition  (a mistake)")
    assert main(["removals", "undo", two.article.url]) == DONE
    gather()
    assert {item.article.id for item in published()} - left == {two.article.id}
    assert main(["removals", "undo", two.article.url]) == WRONG_USAGE
    assert "is not removed" in capsys.readouterr().err


def test_an_article_is_removed_by_its_page_wherever_the_edition_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    gather()
    one, two, three = published()[:3]
    addresses = {
        one.article.id: f"http://127.0.0.1:8642/a/{one.article.id}",
        two.article.id: f"http://localhost:1/a/{two.article.id}.json",
        three.article.id: f"https://news.paper.example{three.path.replace('.html', '.side-by-side.html')}#s3",
    }
    for id_, address in addresses.items():
        capsys.readouterr()
        assert main(["removals", "add", address]) == DONE
        assert capsys.readouterr().out.startswith("1 article deleted"), address
        assert id_ not in [other.article.id for other in published()]
        assert main(["removals", "add", address]) == DONE
        assert capsys.readouterr().out == "it was removed before, and stays kept out\n"
        assert main(["removals", "undo", address]) == DONE


def test_a_source_is_removed_by_its_page_wherever_the_edition_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    gather()
    id_ = published()[0].source.id
    capsys.readouterr()
    assert main(["removals", "add", f"http://127.0.0.1:8642/source/{id_}", "--source"]) == DONE
    assert "deleted and kept out" in capsys.readouterr().out
    assert id_ not in [other.source.id for other in published()]


def test_a_publishers_page_that_only_looks_like_one_of_ours_is_kept_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["removals", "add", "https://paper.example/a/0123456789"]) == DONE
    assert "nothing of it was here" in capsys.readouterr().out


def test_what_is_not_here_yet_is_kept_out(capsys: pytest.CaptureFixture[str]) -> None:
    address = next(
        line.split("\t")[1] for line in (SAMPLE / "index.tsv").read_text().splitlines() if "https://" in line
    )
    assert main(["removals", "add", address]) == DONE
    assert "nothing of it was here" in capsys.readouterr().out
    gather()
    assert address not in [item.article.url for item in published()]


def test_requests_are_listed_with_what_they_ask_for_and_one_decision_answers_all_that_ask_the_same(
    capsys: pytest.CaptureFixture[str],
) -> None:
    gather()
    one, two = published()[:2]
    ask(one.article.url)
    ask(f"/a/{one.article.id}", contact="you@mail.example")
    ask(two.path)
    ask("https://unknown.example/x")
    ask("/world/nothing.html")
    capsys.readouterr()
    assert main(["removals", "list"]) == DONE
    told = capsys.readouterr().out
    assert told.count(f"here: {one.path}") == 2
    assert "why: It is about me." in told and "answer to: you@mail.example" in told
    assert "here: nothing of it; accepting keeps it out" in told
    assert "/world/nothing.html: no such article" in told
    assert main(["removals", "accept", one.article.url]) == DONE
    told = capsys.readouterr().out
    assert "you@mail.example" in told and "me@mail.example" in told
    assert main(["removals", "reject", "3"]) == DONE
    assert "request 3 is rejected" in capsys.readouterr().out
    assert main(["removals", "list"]) == DONE
    assert re.findall(r"^ +(\d) ", capsys.readouterr().out, re.M) == ["4", "5"]
    assert two.article.id in [item.article.id for item in published()]
    assert main(["removals", "accept", "3"]) == WRONG_USAGE
    assert main(["removals", "accept", two.path]) == WRONG_USAGE


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["add", "/politics/x.0123456789.html"], "no such article"),
        (["add", "nonsense"], "no such article"),
        (["add", "http://127.0.0.1:8642/a/0123456789"], "no such article"),
        (["add", "http://localhost:1/story/0123456789"], "name the articles of it"),
        (["add", "https://[x/a/0123456789"], "is no web address"),
        (["add", "https://paper.example:http/", "--source"], "is no web address"),
        (["add", "ftp://a.example/b"], "is no web address"),
        (["add", "/story/0123456789"], "name the articles of it"),
        (["add", "xx.nobody", "--source"], "no such source"),
        (["undo", "0123456789"], "no such article"),
    ],
)
def test_what_leads_nowhere_is_one_line(words: list[str], complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["removals", *words]) == WRONG_USAGE
    told = capsys.readouterr().err
    assert complaint in told and told.count("\n") == 1
