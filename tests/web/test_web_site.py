"""The site over HTTP: addresses, headers, validators, and what happens to nonsense."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from asking import client
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up import ARTICLES, HARBOUR
from memory_shelf import NOW, MemoryShelf, with_rights

from limitedtimes.edition import formats
from limitedtimes.edition.assets import assets
from limitedtimes.edition.render import side_by_side_path
from limitedtimes.edition.settings import Audience, Settings
from limitedtimes.model import Published, Rights, Teaser
from limitedtimes.search import Found

ID = HARBOUR.article.id
PAGES = [
    "/",
    "/latest",
    "/politics/",
    HARBOUR.path,
    side_by_side_path(HARBOUR.path),
    "/date/2023-11-10",
    "/source/de.hafenblatt",
    "/sources",
    "/trends",
    "/about",
    "/privacy",
    "/disclaimer",
    "/status",
]
FEEDS = [
    f"{place}/feed.{kind}" for place in ("", "/politics", "/source/de.hafenblatt") for kind in ("rss", "atom", "json")
]
UNREADABLE = [
    "/feed.xml",
    "/politics/feed.html",
    "/search/feed.php?q=ferry",
    "/my/feed.x?country=de",
    "/topic/ferry/feed.",
]
STATIC = [asset.address for asset in assets().values()]
REDIRECTS = ["/politics", f"/a/{ID}", f"/world/wrong.{ID}.html"]
MISSING = ["/nowhere", "/nowhere/", "/nowhere/at-all", "/politics/x.0123456789.html", "/a/0123456789", "/static/x.css"]
BAD = [
    "/latest?page=0",
    "/latest?page=-1",
    "/latest?page=x",
    f"/latest?page={'9' * 400}",
    "/date/2023-02-30",
    "/date/x",
]

SECURITY = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self' https: http: data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "x-robots-tag": "noindex, noarchive",
}


def get(path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
    return client().get(path, headers=headers)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there(path: str) -> None:
    found = get(path)
    assert found.status_code == 200
    assert found.headers["content-type"] == "text/html; charset=utf-8"
    assert found.text.startswith("<!DOCTYPE html>") and found.text.endswith("</html>")


@pytest.mark.parametrize("path", FEEDS)
def test_every_feed_is_there(path: str) -> None:
    found = get(path)
    assert found.status_code == 200
    kind = found.headers["content-type"].removesuffix("; charset=utf-8")
    assert kind == f"application/{path.rpartition('.')[2]}+xml" or kind == "application/feed+json"
    assert "urn:limitedtimes:" + ID in found.text


def test_a_feed_of_a_section_has_only_its_articles() -> None:
    assert len(json.loads(get("/politics/feed.json").text)["items"]) == 1
    assert len(json.loads(get("/source/de.hafenblatt/feed.json").text)["items"]) == 3


@pytest.mark.parametrize("path", [*PAGES, *FEEDS, *STATIC, *REDIRECTS, *MISSING, *BAD, "/healthz", "/robots.txt"])
def test_every_answer_carries_the_security_headers(path: str) -> None:
    found = get(path)
    assert {name: found.headers.get(name) for name in SECURITY} == SECURITY
    assert "permissions-policy" in found.headers


def test_an_error_of_our_own_is_a_page_with_the_headers_and_without_its_details() -> None:
    class Broken(MemoryShelf):
        def published(self, article: str) -> Published | None:
            raise RuntimeError("secret detail")

    found = client(Broken(ARTICLES), strict=False).get(HARBOUR.path)
    assert found.status_code == 500
    assert "secret" not in found.text and "Something is broken here" in found.text
    assert {name: found.headers.get(name) for name in SECURITY} == SECURITY


def test_every_error_page_has_the_menu_of_sections() -> None:
    class Broken(MemoryShelf):
        def published(self, article: str) -> Published | None:
            raise RuntimeError("secret detail")

    site = client(Broken(ARTICLES), strict=False)
    answers = [site.get("/nowhere"), site.get("/date/never"), site.get(HARBOUR.path), site.request("POST", "/")]
    assert [found.status_code for found in answers] == [404, 400, 500, 405]
    assert [found.text.count('<li><a href="/politics/"') for found in answers] == [1, 1, 1, 1]


@pytest.mark.parametrize("path", [*PAGES, *FEEDS, *STATIC, *REDIRECTS, *MISSING])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_nothing_but_reading_is_possible(path: str, method: str) -> None:
    if method not in ("POST", "OPTIONS") and path not in ("/", STATIC[0], "/nowhere"):
        return
    found = client().request(method, path)
    assert found.status_code == 405
    assert found.headers["allow"] == "GET, HEAD"
    assert found.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", [*PAGES, *FEEDS, *STATIC, *REDIRECTS, *MISSING])
def test_head_says_what_get_would(path: str) -> None:
    one, other = get(path), client().head(path)
    assert other.status_code == one.status_code
    assert other.headers == one.headers


@pytest.mark.parametrize("path", [*PAGES, *FEEDS, *STATIC])
def test_what_has_not_changed_is_not_sent_again(path: str) -> None:
    first = get(path)
    etag = first.headers["etag"]
    assert re.fullmatch(r'"[0-9a-f]{24}(-gzip)?"', etag)
    for header in (etag, f'"other", {etag}', "W/" + etag, "*", etag.replace("-gzip", "")):
        again = get(path, {"if-none-match": header})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert get(path, {"if-none-match": '"other"'}).status_code == 200


def test_pages_are_revalidated_and_static_files_are_not() -> None:
    assert get("/").headers["cache-control"] == "no-cache"
    assert "immutable" in get(STATIC[0]).headers["cache-control"]
    assert get("/nowhere").headers["cache-control"] == "no-store"


def test_gzip_is_for_those_who_ask_and_has_a_validator_of_its_own() -> None:
    plain, zipped = get("/", {"accept-encoding": "identity"}), get("/", {"accept-encoding": "br, gzip"})
    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert plain.content == zipped.content  # the client has unpacked it
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert plain.headers["etag"] != zipped.headers["etag"]
    assert plain.headers["vary"] == "accept-encoding"
    assert "content-encoding" not in get("/", {"accept-encoding": "gzip;q=0"}).headers


@pytest.mark.parametrize(
    "path", [f"/world/2023-11-10-wrong.{ID}.html", f"/politics/x.{ID}.html", f"/x/{quote('ü ö')}.{ID}.html", f"/a/{ID}"]
)
def test_a_right_id_under_a_wrong_address_is_sent_to_the_right_one(path: str) -> None:
    found = get(path)
    assert (found.status_code, found.headers["location"]) == (301, HARBOUR.path)


def test_an_article_is_data_for_programs_too() -> None:
    found = get(f"/a/{ID}.json")
    assert found.headers["content-type"] == "application/json"
    assert found.json() == formats.read_json(HARBOUR)
    assert get("/a/0123456789.json").status_code == 404


@pytest.mark.parametrize(("rights", "status"), [(Rights.FULL, 200), (Rights.EXCERPT, 404), (Rights.LINK, 404)])
def test_a_public_edition_gives_no_data_of_what_it_may_not_show_whole(rights: Rights, status: int) -> None:
    public = client(MemoryShelf([with_rights(HARBOUR, rights)]), Settings(audience=Audience.PUBLIC))
    found = public.get(f"/a/{ID}.json")
    assert found.status_code == status
    assert (HARBOUR.article.sentences[-1].text in found.text) is (status == 200)


def test_a_wrong_side_by_side_address_is_sent_to_the_right_one() -> None:
    found = get(f"/x/y.{ID}.side-by-side.html")
    assert (found.status_code, found.headers["location"]) == (301, side_by_side_path(HARBOUR.path))


def test_a_section_without_its_slash_is_sent_to_the_one_with_it() -> None:
    found = get("/politics")
    assert (found.status_code, found.headers["location"]) == (301, "/politics/")


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_a_page_that_says_so(path: str) -> None:
    found = get(path)
    assert found.status_code == 404
    assert "Not here" in found.text
    assert '<a href="/politics/">' in found.text  # a reader who is lost finds the sections


@pytest.mark.parametrize("path", BAD)
def test_what_cannot_be_meant_is_a_page_that_says_so(path: str) -> None:
    found = get(path)
    assert found.status_code == 400
    assert "This address cannot be right" in found.text
    assert '<a href="/politics/">' in found.text


def test_a_page_beyond_the_last_is_not_found() -> None:
    assert get("/latest/page/2").status_code == 404
    assert get("/latest/page/999999").status_code == 404
    pages = client(config=Settings(page_size=5))
    assert [pages.get(f"/latest/page/{n}").status_code for n in (1, 2, 3, 4)] == [200, 200, 200, 404]


@pytest.mark.parametrize(
    ("old", "new"),
    [("/latest?page=2", "/latest/page/2"), ("/world/?page=3", "/world/page/3"), ("/latest?page=1", "/latest")],
)
def test_the_address_that_a_page_of_a_list_had_leads_to_the_one_it_has(old: str, new: str) -> None:
    found = get(old)
    assert (found.status_code, found.headers["location"]) == (301, new)


WORDS = ["..", ".", "", "a", "date", "source", "static", "latest", "politics", "feed.rss", ID, "\x00"]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(WORDS),
            st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
        ),
        max_size=4,
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
@settings(max_examples=150, deadline=None)
def test_no_address_breaks_the_site(parts: list[str], page: str) -> None:
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    found = get(f"http://127.0.0.1{path}?page={quote(page, safe='')}")
    assert found.status_code in (200, 301, 400, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../pyproject.toml",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/..%2f..%2fetc%2fpasswd",
        "/date/2023-11-10%00",
        "/a/" + "x" * 5000,
        "/source/" + "%00" * 10,
        "/politics/" + "x" * 5000 + ".html",
        "/%ff%fe/%c3%28",
        "/feed.exe",
        "/nowhere/feed.rss",
        "/source/xx.none/feed.rss",
        "/date/9999-12-31",
        "/date/0001-01-01",
        "/date/２０２３-11-10",
    ],
)
def test_traversal_and_other_tricks_find_nothing(path: str) -> None:
    assert get(path).status_code in (400, 404)


OTHERS = ["evil.example", "127.0.0.1.evil.example", "", "a b", "evil.example:8000", "[::1", "x" * 300]
OWN = ["localhost", "localhost:8000", "127.0.0.1:80", "[::1]:8000", "news.example", "LAN.example"]


@pytest.mark.parametrize("host", OTHERS)
def test_a_private_edition_answers_for_no_other_host_name(host: str) -> None:
    found = get("/", {"host": host})
    assert found.status_code == 400
    assert "base_url" in found.text
    assert found.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("host", OWN)
def test_a_private_edition_answers_on_loopback_and_for_its_own_names(host: str) -> None:
    known = client(config=Settings(base_url="https://news.example", hosts=("lan.example",)))
    assert known.get("/", headers={"host": host}).status_code == 200


def test_a_public_edition_answers_for_any_name() -> None:
    public = client(config=Settings(audience=Audience.PUBLIC))
    assert public.get("/", headers={"host": "any.example"}).status_code == 200


def test_the_operator_may_let_search_engines_in_and_keep_pictures_out() -> None:
    found = client(config=Settings(noindex=False, pictures=False)).get(HARBOUR.path)
    assert "x-robots-tag" not in found.headers and 'name="robots"' not in found.text
    assert "img-src 'self' data:;" in found.headers["content-security-policy"]
    assert "<img" not in found.text


@pytest.mark.parametrize("path", ["/", "/latest", "/politics/", "/date/2023-11-10", "/source/de.hafenblatt", *FEEDS])
def test_no_list_of_a_public_edition_shows_what_the_publisher_keeps(path: str) -> None:
    store = MemoryShelf([with_rights(article, Rights.LINK) for article in ARTICLES])
    found = client(store, Settings(audience=Audience.PUBLIC)).get(path)
    assert found.status_code == 200
    assert "New bridge over the Warne" in found.text
    assert "four years of construction" not in found.text
    assert "pictures.example" not in found.text


def test_the_store_is_asked_for_nothing_later_than_now() -> None:
    asked: list[datetime] = []

    class Noting(MemoryShelf):
        def teasers(self, *, now: datetime, limit: int, **rest: Any) -> list[Teaser]:
            asked.append(now)
            return super().teasers(now=now, limit=limit, **rest)

    client(Noting(ARTICLES)).get("/")
    assert asked and set(asked) == {NOW}


def test_an_empty_edition_has_all_its_pages() -> None:
    empty = client(MemoryShelf([], changed=None))
    for path in ("/", "/latest", "/sources", "/status", "/feed.rss", "/feed.atom", "/feed.json"):
        assert empty.get(path).status_code == 200
    assert empty.get("/date/2023-11-10").status_code == 404


def test_the_page_of_a_day_without_articles_leads_to_the_nearest_days() -> None:
    found = get("/date/2023-11-11")
    assert found.status_code == 200
    assert "/date/2023-11-10" in found.text and "0 articles" in found.text


def test_robots_may_come_in_to_read_that_they_shall_not_index() -> None:
    assert get("/robots.txt").text == "User-agent: *\nAllow: /\n"
    assert get("/healthz").text == "ok\n"


def test_compression_is_the_same_bytes_every_time() -> None:
    one, other = (client().get("/", headers={"accept-encoding": "gzip"}) for _ in range(2))
    assert one.headers["etag"] == other.headers["etag"]
    assert gzip.compress(one.content, 6, mtime=0) == gzip.compress(other.content, 6, mtime=0)


class Unasked(MemoryShelf):
    """One that nobody may look into."""

    def search(self, *_: object, **__: object) -> Found:
        raise AssertionError("the archive was searched for a feed that nobody can read")

    def teasers(self, *_: object, **__: object) -> list[Teaser]:
        raise AssertionError("articles were read for a feed that nobody can read")


@pytest.mark.parametrize("path", UNREADABLE)
def test_a_feed_of_an_unknown_format_is_not_there_and_costs_no_search(path: str) -> None:
    assert client(Unasked(ARTICLES)).get(path).status_code == 404


def test_the_form_for_removals_says_that_it_can_be_sent() -> None:
    found = client().request("PUT", "/removal")
    assert (found.status_code, found.headers["allow"]) == (405, "GET, HEAD, POST")


def test_a_page_names_its_feed_after_itself() -> None:
    assert 'title="Politics – The Limited Times (Atom)" href="/politics/feed.atom"' in client().get("/politics/").text
    assert 'title="The Limited Times (Atom)" href="/feed.atom"' in client().get("/about").text
