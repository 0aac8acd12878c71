"""An article's part of its page, kept in a drawer: served on while it is right, and never when it is not."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from asking import Client
from small_press import NOW, claim_one, do, enrichment_of, entry_of, publish, translation_of

from limitedtimes.edition.settings import Audience, Settings
from limitedtimes.model import Origin, Published, Rights, Source
from limitedtimes.protocols import Outcome, StepName, Store, Todo, Translated
from limitedtimes.removal import Party, Target
from limitedtimes.store import open_store
from limitedtimes.store.drawer import FileDrawer, delete_others, drawers_in, open_drawer, path_of
from limitedtimes.story import Grouping, Sketch
from limitedtimes.web import application, make

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
OLD = NOW - 30 * DAY  # so that nothing that is like it may still come
ONE, TWO = "0123456789abcdef", "fedcba9876543210"  # names of ways to make pages
PUBLIC = Settings(audience=Audience.PUBLIC, check_every=0)
SOURCE = Source(
    "de.zeitung0", "Zeitung Null", "https://zeitung0.example/", "de", ("de",), "Europe/Berlin", rights=Rights.FULL
)


class Paper:
    """A small edition on disk, and sites of it that share a drawer as processes do."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, NOW
        self.store = open_store(folder / "paper.db")
        self.drawer = open_drawer(path_of(folder, ONE), 50)
        self.made: list[str] = []  # ids of the articles that were read whole

    def site(self, settings: Settings = PUBLIC, drawer: FileDrawer | None = None) -> Client:
        app = application(
            watched(self.store, self.made), settings=settings, clock=lambda: self.now, drawer=drawer or self.drawer
        )
        return Client(app, strict=True)

    def article(self, number: int, text: str = "Ein Satz.", *, at: datetime = OLD) -> Published:
        entry = replace(entry_of(number, published=at), summary=text)  # another text is news
        id_ = publish(self.store, entry, now=self.now, text=text)
        return self.published(id_)

    def published(self, id_: str) -> Published:
        found = self.store.published(id_)
        assert found is not None
        return found

    def group(self, item: Published, *, into: str = "", absorbed: tuple[str, ...] = (), term: int = 5) -> None:
        todo = Todo(StepName.GROUP, f"{item.article.id}:{into}{absorbed}", Translated(item.article, item.translation))
        self.store.add(todo, now=self.now)
        sketch = Sketch(item.article.id, OLD, {term: 0.6, 77: 0.8}, frozenset({1}))
        task = claim_one(self.store, StepName.GROUP, now=self.now)
        grouping = Grouping(sketch, into or item.article.id, absorbed)
        self.store.finish(Outcome(task, grouping), now=self.now)

    def correct(self, item: Published, english: str) -> None:
        """As a correction by hand comes in: the translation anew, at a clock that may stand still."""
        key = f"{item.article.id}:{item.article.fingerprint}"
        self.store.redo(StepName.TRANSLATE, key, now=self.now)
        translation = translation_of(item.article, now=self.now)
        lines = (*translation.sentences[:1], replace(translation.sentences[1], text=english, origin=Origin.HUMAN))
        task = claim_one(self.store, StepName.TRANSLATE, now=self.now)
        do(self.store, task, replace(translation, sentences=lines), now=self.now)
        task = claim_one(self.store, StepName.ENRICH, now=self.now)
        assert isinstance(task.input, Translated)
        do(self.store, task, enrichment_of(task.input), now=self.now)

    def remove(self, target: Target) -> None:
        self.store.remove(target, party=Party.PERSON, note="", answered=(), now=self.now)


def watched(store: Store, read: list[str], meanwhile: Callable[[], object] = lambda: None) -> Store:
    """The store; tells which articles are read whole. ``meanwhile`` happens when one has been read."""
    found = copy(store)

    def published(article: str) -> Published | None:
        read.append(article)
        item = store.published(article)
        meanwhile()
        return item

    found.published = published  # type: ignore[method-assign]
    return found


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    paper = Paper(tmp_path)
    yield paper
    paper.drawer.close()
    paper.store.close()


def beside(item: Published) -> str:
    return item.path.replace(".html", ".side-by-side.html")


def test_news_change_what_is_around_an_article_but_not_what_is_its_own(paper: Paper) -> None:
    one = paper.article(1)
    paper.article(2)
    site = paper.site()
    before = site.get(one.path), site.get(beside(one))
    paper.now += SECOND
    latest = paper.article(3, at=NOW)
    paper.made.clear()
    after = site.get(one.path), paper.site().get(one.path), site.get(beside(one))
    assert paper.made == []
    assert latest.path not in before[0].text
    assert all(latest.path in page.text for page in after[:2])
    assert after[2].text == before[1].text
    also = '<section class="band read-also"'  # as of when it was made
    above = _anew(paper, one.path).partition(also)[0]
    assert latest.path in above
    assert [page.text.partition(also)[0] for page in after[:2]] == [above] * 2


def _anew(paper: Paper, path: str) -> str:
    """The page as it is without anything kept."""
    app = application(paper.store, settings=PUBLIC, clock=lambda: paper.now)
    return Client(app, strict=True).get(path).text


def _corrected(paper: Paper, items: list[Published]) -> str:
    paper.correct(items[0], "Somebody put it right.")
    return "Somebody put it right."


def _revised(paper: Paper, _: list[Published]) -> str:
    paper.article(1, "Ganz anders.")
    return "Ganz anders."


def _renamed(paper: Paper, _: list[Published]) -> str:
    paper.store.save_sources([replace(SOURCE, name="Zeitung Neu")])
    return "Zeitung Neu"


def _restricted(paper: Paper, _: list[Published]) -> str:
    paper.store.save_sources([replace(SOURCE, rights=Rights.LINK)])
    return "This edition shows only the headline"


def _joined(paper: Paper, items: list[Published]) -> str:
    paper.group(items[2], into=items[0].article.id)
    return "3 articles, from"


def _left(paper: Paper, items: list[Published]) -> str:
    paper.group(items[1], into=items[1].article.id)
    return "English Titel 2"  # "read also" has it instead


def _merged(paper: Paper, items: list[Published]) -> str:
    paper.group(items[2], absorbed=(items[0].article.id,))
    return f"/story/{items[2].article.id}"


CHANGES: dict[str, Callable[[Paper, list[Published]], str]] = {
    "correction": _corrected,
    "revision": _revised,
    "name of the source": _renamed,
    "rights": _restricted,
    "a new article of its story": _joined,
    "an article left its story": _left,
    "its story was merged into another": _merged,
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("clock_stands", [True, False])
def test_a_changed_article_is_made_anew(paper: Paper, name: str, clock_stands: bool) -> None:
    paper.store.save_sources([SOURCE])
    items = [paper.article(number) for number in (1, 2, 3)]
    for number, item in enumerate(items):
        paper.group(item, term=number)
    paper.group(items[1], into=items[0].article.id)
    site, other = paper.site(), paper.site()
    path = items[0].path
    before = site.get(path)
    assert other.get(path).headers["etag"] == before.headers["etag"]
    paper.now += timedelta() if clock_stands else SECOND
    expected = CHANGES[name](paper, items)
    for asked in (other, site):
        after = asked.get(path, headers={"if-none-match": before.headers["etag"]})
        assert after.status_code == 200
        assert expected in after.text and after.text != before.text
        assert after.text == _anew(paper, path)
    paper.made.clear()
    assert site.get(path).text == after.text and paper.made == []  # and it is kept again


def test_a_removed_article_is_in_no_page_and_in_no_file(paper: Paper) -> None:
    items = [paper.article(number) for number in range(1, 5)]
    paper.group(items[0])
    paper.group(items[1], into=items[0].article.id)
    paper.group(items[2], term=5)  # like them, in another story
    site = paper.site()
    pages = {item.path: site.get(item.path).text for item in items}
    assert all("English Titel 1" in text for text in pages.values())
    content = paper.drawer.get(items[0].path, now=paper.now)
    assert content
    traces = [content[at : at + 24] for at in range(100, len(content) - 24, 200)]
    assert any(trace in _files(paper.folder) for trace in traces)

    paper.remove(Target(article=items[0].article.id))
    assert site.get(items[0].path).status_code == 410
    assert paper.site().get(items[0].path).status_code == 410
    for item in items[1:]:
        assert "Titel 1" not in site.get(item.path).text
    assert paper.drawer.sweep() and paper.store.sweep()
    assert not any(trace in _files(paper.folder) for trace in traces)


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("pages-*"))


def test_a_removed_source_goes_with_all_its_articles(paper: Paper) -> None:
    items = [paper.article(number) for number in (1, 2)]
    site = paper.site()
    for item in items:
        assert site.get(item.path).status_code == 200
    paper.remove(Target(source=SOURCE.id, hosts=("zeitung0.example",)))
    assert [site.get(item.path).status_code for item in items] == [410, 410]


def test_what_was_read_before_a_change_is_not_kept_after_it(paper: Paper) -> None:
    one, _ = paper.article(1), paper.article(2)

    def revised() -> None:
        """While the page is made the article is revised, and another process gets to know of it."""
        if len(paper.made) == 1:
            paper.article(1, "Ganz anders.")
            mark = paper.store.changed_at()
            with closing(open_drawer(path_of(paper.folder, ONE), 50)) as other:
                assert mark
                other.catch_up(paper.store, mark)

    store = watched(paper.store, paper.made, revised)
    app = application(store, settings=PUBLIC, clock=lambda: paper.now, drawer=paper.drawer)
    assert "Ein Satz" in Client(app, strict=True).get(one.path).text
    assert "Ganz anders" in paper.site().get(one.path).text
    assert "Ganz anders" in Client(app, strict=True).get(one.path).text


def test_an_older_database_is_not_taken_for_the_one_before(paper: Paper) -> None:
    """As after a backup was restored, whether or not something new came since."""
    one, _ = paper.article(1), paper.article(2)
    backup = paper.folder / "backup.db"
    paper.store.sweep()
    backup.write_bytes((paper.folder / "paper.db").read_bytes())
    paper.now += SECOND
    paper.article(1, "Ganz anders.")
    assert "Ganz anders" in paper.site().get(one.path).text
    paper.store.close()
    for later in (timedelta(), 2 * SECOND):
        (paper.folder / "paper.db").write_bytes(backup.read_bytes())
        paper.store = open_store(paper.folder / "paper.db")
        paper.now = NOW + later
        if later:
            paper.article(3)
        paper.drawer.restart(paper.store, paper.store.changed_at)
        assert "Ein Satz" in paper.site().get(one.path).text
        paper.article(1, "Ganz anders.")
        assert "Ganz anders" in paper.site().get(one.path).text
        paper.store.close()
    paper.store = open_store(paper.folder / "paper.db")


def test_pages_of_other_settings_are_not_mixed_up(paper: Paper) -> None:
    one, _ = paper.article(1), paper.article(2)
    paper.store.save_sources([replace(SOURCE, rights=Rights.LINK)])
    with closing(open_drawer(path_of(paper.folder, TWO), 50)) as other:
        whole = paper.site(Settings(check_every=0), other).get(one.path)
        assert "shows only the headline" not in whole.text
        assert "shows only the headline" in paper.site().get(one.path).text
        assert paper.site(Settings(check_every=0), other).get(one.path).text == whole.text
    (paper.folder / "pages-of-mine.sqlite").touch()
    assert len(drawers_in(paper.folder)) == 2
    delete_others(paper.folder, ONE)
    assert drawers_in(paper.folder) == [path_of(paper.folder, ONE)]
    assert (paper.folder / "pages-of-mine.sqlite").exists()


def test_a_compressed_page_is_one_member_of_gzip_and_names_its_content(paper: Paper) -> None:
    one, _ = paper.article(1), paper.article(2)
    site = paper.site()
    bodies, names = [], []
    for _ in range(2):  # made, and joined
        plain = site.get(one.path, headers={"accept-encoding": "identity"})
        assert "content-encoding" not in plain.headers and plain.text == _anew(paper, one.path)
        zipped = site.raw(one.path)
        unpacked = zlib.decompressobj(16 + zlib.MAX_WBITS)
        assert unpacked.decompress(zipped) == plain.content
        assert unpacked.eof and unpacked.unused_data == b""
        assert site.head(one.path).headers["content-length"] == str(len(zipped))
        bodies.append(zipped)
        names.append(plain.headers["etag"])
    assert len(set(bodies)) == len(set(names)) == 1
    assert site.get(one.path, headers={"if-none-match": names[0]}).status_code == 304
    assert paper.site().get(one.path, headers={"if-none-match": names[0]}).status_code == 304


def test_what_may_still_get_kin_is_made_anew_after_an_hour(paper: Paper) -> None:
    young, _ = paper.article(1, at=NOW - DAY), paper.article(2)
    old = paper.article(3)
    site = paper.site()
    for item in (young, old):
        site.get(item.path)
    for minutes, made in ((59, []), (2, [young.article.id])):
        paper.now += timedelta(minutes=minutes)
        paper.made.clear()
        for item in (young, old):
            assert site.get(item.path).status_code == 200
        assert paper.made == made


def test_the_only_article_stands_alone_until_another_comes(paper: Paper) -> None:
    one = paper.article(1)
    site = paper.site()
    assert "columns single" in site.get(one.path).text
    paper.now += SECOND
    two = paper.article(2)
    found = site.get(one.path).text
    assert "columns single" not in found and two.path in found
    paper.remove(Target(article=two.article.id))
    assert "columns single" in site.get(one.path).text


def test_a_file_that_is_deleted_or_fails_while_it_is_read_costs_no_reader_a_page(paper: Paper) -> None:
    one, _ = paper.article(1), paper.article(2)
    site = paper.site()
    before = site.get(one.path).text
    for path in paper.folder.glob("pages-*"):
        path.unlink()
    assert site.get(one.path).text == before
    paper.now += SECOND
    paper.correct(paper.published(one.article.id), "Somebody put it right.")
    assert "Somebody put it right." in site.get(one.path).text
    paper.drawer._reader.execute("DROP TABLE folders")
    paper.drawer._reader.execute("CREATE TABLE folders (key TEXT)")
    assert "Somebody put it right." in paper.site().get(one.path).text


def test_pages_can_be_made_before_they_are_asked_for(paper: Paper) -> None:
    items = [paper.article(number) for number in (1, 2, 3)]
    app = application(paper.store, settings=PUBLIC, clock=lambda: paper.now, drawer=paper.drawer)
    for path in [*(item.path for item in items), "/world/nothing.here", "/world/2026-01-01-x.aaaaaaaaaa.html"]:
        make(app, path)
    site = paper.site()
    site.get("/world/2026-01-01-x.aaaaaaaaaa.html")  # what is around them is made with the first
    paper.made.clear()
    assert [site.get(item.path).status_code for item in items] == [200] * 3
    assert paper.made == []


def test_readers_and_changes_at_once(paper: Paper) -> None:
    """No reader sees a text that is older than one that somebody saw before."""
    one, _ = paper.article(1, "Fassung 0."), paper.article(2)
    seen: list[list[int]] = []

    def read() -> None:
        site, versions = paper.site(), []
        for _ in range(40):
            text = site.get(one.path).text
            versions.append(max(number for number in range(12) if f"Fassung {number}." in text))
        seen.append(versions)

    readers = [Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 12):
        paper.article(1, f"Fassung {number}.")
    for reader in readers:
        reader.join()
    assert len(seen) == 3
    assert all(versions == sorted(versions) for versions in seen)
    assert "Fassung 11." in paper.site().get(one.path).text
