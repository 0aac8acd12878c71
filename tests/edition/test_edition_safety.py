"""Nothing that a publisher says can change what a page is made of (R3, R4)."""

from __future__ import annotations

import json
from dataclasses import replace

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from memory_shelf import MemoryShelf, P, flag, made
from pages_of import feed_of, html_pages, skeleton
from selectolax.lexbor import LexborHTMLParser

from limitedtimes.edition import feeds, formats
from limitedtimes.edition.render import article_file, path_of
from limitedtimes.edition.safety import plain, web_address
from limitedtimes.edition.settings import Settings
from limitedtimes.model import Awaiting, FlagKind, Picture, Published

SETTINGS = Settings(contact="desk@limitedtimes.example")

TEXTS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "<a href=javascript:alert(1)>x</a>",
    "]]><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!-- --!><script>alert(1)</script>",
    "<!--<script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "{{ 7*7 }}{% raw %}${7*7}<%= 7*7 %>",
    "__PLACEHOLDER_0__<b0>⟦0⟧</b0>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<\u202escript>\u202d\ufffe\x85",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</textarea></noscript></template><iframe srcdoc='<script>alert(1)</script>'>",
    "<base href=//evil.example><meta http-equiv=refresh content='0;url=//evil.example'>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "﹤script﹥ ＜script＞",
    "`${alert(1)}`\n\n# heading\n[x](javascript:alert(1))",
]

ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/x",
    "https://user:word@evil.example/",
    'https://evil.example/" onerror="alert(1)',
    "https://\x00evil.example/",
    "https://evil.example/\ud800",
    "blob:https://evil.example/1",
    "https:evil",
    "",
]

ALLOWED_SCHEMES = ("http://", "https://", "mailto:", "/", "#")


def article_saying(text: str, *, url: str = "https://hafenblatt.example/1.html") -> Published:
    """An article that says ``text`` wherever a publisher, an engine or a source file can say something."""
    said = "x " + text
    article = made(
        "de.hafenblatt",
        "de",
        (said, said),
        standfirst=[(said, said)],
        blocks=[Picture(url, said, said), (P, [(said, said), (said, said)])],
        captions=[(said, said)],
        authors=(said, said),
        flags=[flag(FlagKind.NUMBER, 3, said)],
        untranslated=[4],
        highlights=[3],
        section="world",
    )
    inner = replace(article.article, url=url, section=said, keywords=(said,), entry_title=said)
    source = replace(article.source, name=said, home=url, time_zone=said)
    return replace(
        article,
        article=inner,
        source=source,
        path="/world/2023-11-10-x.0123456789.html",
        translation=replace(article.translation, engine=said, glossary=said),
    )


def shelf_saying(text: str, *, url: str = "https://hafenblatt.example/1.html") -> MemoryShelf:
    why = "x " + text
    waiting = Awaiting("0123456789", "de.hafenblatt", why, "ja", why, url, article_saying("y").updated, why)
    return MemoryShelf([article_saying(text, url=url)], [waiting])


HARMLESS = {name: skeleton(page) for name, page in html_pages(shelf_saying("word"), SETTINGS)}


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_changes_the_structure_of_any_page(text: str) -> None:
    pages = dict(html_pages(shelf_saying(text), SETTINGS))
    assert pages.keys() == HARMLESS.keys()
    for name, page in pages.items():
        assert skeleton(page) == HARMLESS[name], name


@pytest.mark.parametrize("character", ["\x00", "\x1f", "\x9f", "\u202e", "\uffff"])
def test_no_character_that_disturbs_its_neighbours_is_in_any_page(character: str) -> None:
    for name, page in html_pages(shelf_saying(f"a{character}b"), SETTINGS):
        assert character not in page.decode(), name


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_characters_at_all_change_the_structure_of_an_article_page(text: str) -> None:
    said = article_saying(text)
    page = article_file(said, settings=SETTINGS)
    assert skeleton(page) == HARMLESS["file " + said.article.id]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_read_back_as_it_was_said(text: str) -> None:
    page = LexborHTMLParser(article_file(article_saying(text), settings=SETTINGS).decode())
    headline, data = page.css_first("h1"), page.css_first('script[type="application/ld+json"]')
    assert headline is not None and data is not None
    said = plain("x " + text)
    assert headline.text().split() == said.split()
    described = json.loads(data.text())
    assert described["headline"] == said
    assert described["translationOfWork"]["headline"] == said


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_that_is_not_the_webs_is_not_linked(url: str) -> None:
    for name, page in html_pages(shelf_saying("word", url=url), SETTINGS):
        for node in LexborHTMLParser(page.decode()).css("*"):
            for attribute, value in node.attributes.items():
                assert not attribute.startswith("on"), name
                if attribute in ("href", "src", "action", "srcset", "formaction", "data", "poster", "cite"):
                    said = value or ""
                    assert (said.startswith(ALLOWED_SCHEMES) and not said.startswith("//")) or said == "data:,", name
                    assert "evil" not in said and "passwd" not in said, name


@pytest.mark.parametrize("tail", ["<script>alert(1)</script>", '"onerror=alert(1)//', "'onerror='", "]]>", "&lt;x"])
def test_no_address_changes_the_structure_of_any_page(tail: str) -> None:
    pages = html_pages(shelf_saying("word", url="https://hafenblatt.example/" + tail), SETTINGS)
    assert {name.split()[0]: skeleton(page) for name, page in pages} == {
        name.split()[0]: made_of for name, made_of in HARMLESS.items()
    }


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_that_is_not_the_webs_is_in_no_feed_and_no_json(url: str) -> None:
    shelf = shelf_saying("word", url=url)
    texts = [write(feed_of(shelf, SETTINGS)) for write, _ in feeds.FORMATS.values()]
    texts.append(json.dumps(formats.read_json(next(iter(shelf.articles.values())))).encode())
    texts.append(formats.read_markdown(next(iter(shelf.articles.values()))).encode())
    for text in texts:
        for part in (b"evil", b"alert", b"passwd", b"msgbox"):
            assert part not in text


@pytest.mark.parametrize("text", TEXTS)
def test_feeds_stay_well_formed_and_say_what_was_said(text: str) -> None:
    shelf, said = shelf_saying(text), plain("x " + text)
    feed = feed_of(shelf, SETTINGS)
    rss, atom = (etree.fromstring(write(feed)) for write in (feeds.rss, feeds.atom))
    assert " ".join((rss.findtext("channel/item/title") or "").split()) == " ".join(said.split())
    assert " ".join((atom.findtext("{*}entry/{*}title") or "").split()) == " ".join(said.split())
    item = json.loads(feeds.json_feed(feed))["items"][0]
    assert item["title"] == said
    summaries = rss.findtext("channel/item/description"), atom.findtext("{*}entry/{*}summary"), item["content_html"]
    for summary in summaries:
        tags = {tag for tag, _ in skeleton((summary or "").encode())}
        assert tags == {"html", "head", "body", "p", "ul", "li", "span", "a"}


def test_a_feed_reader_finds_no_markup_of_the_publisher() -> None:
    shelf = shelf_saying("<script>alert(1)</script><img src=x onerror=alert(1)>")
    for write, _ in (feeds.FORMATS["rss"], feeds.FORMATS["atom"]):
        entry = feedparser.parse(write(feed_of(shelf, SETTINGS))).entries[0]
        assert "<script" not in entry.summary and "<img" not in entry.summary


def test_json_survives_characters_that_utf_8_cannot_carry() -> None:
    said = article_saying("word")
    broken = replace(said, article=replace(said.article, headline="\ud800\x00"))
    assert json.dumps(formats.read_json(broken), ensure_ascii=False).encode()
    assert article_file(broken)


@given(st.text(max_size=80))
def test_an_address_is_the_webs_or_nothing(url: str) -> None:
    kept = web_address(url)
    assert kept in ("", url.strip())
    assert not kept or kept.lower().startswith(("http://", "https://"))


@given(st.text(st.characters(), max_size=80))
def test_a_path_stays_on_this_host(path: str) -> None:
    kept = path_of(path)
    assert kept.startswith("/") and not kept.startswith(("//", "/\\"))
    assert kept.isascii() and not set(kept) & set(" \"'<>\r\n\\")
