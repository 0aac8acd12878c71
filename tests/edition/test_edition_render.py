"""What stands on the pages, read with an HTML5 parser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from made_up import HARBOUR, HARBOUR_BEFORE, JAPANESE, shelf
from memory_shelf import NOW, teaser_of, with_rights
from pages_of import html_pages
from right_to_left import ARABIC_FERRY, HEBREW_ORCHARD
from rises import rises
from selectolax.lexbor import LexborHTMLParser, LexborNode

from limitedtimes.edition import choose, jsonld, render
from limitedtimes.edition.reading import reading
from limitedtimes.edition.revisions import history
from limitedtimes.edition.settings import Audience, Settings
from limitedtimes.model import Flag, FlagKind, Origin, Published, Rights, Teaser
from limitedtimes.protocols import StepName

PRIVATE = Settings()
PUBLIC = Settings(audience=Audience.PUBLIC)
PAGES = dict(html_pages(shelf(), PRIVATE))


class Page:
    """An HTML page as a reader's program sees it."""

    def __init__(self, html: bytes) -> None:
        self.tree = LexborHTMLParser(html.decode())

    def one(self, selector: str) -> LexborNode:
        found = self.tree.css(selector)
        assert len(found) == 1, f"{selector}: {len(found)}"
        return found[0]

    def text(self, selector: str) -> str:
        return " ".join(self.one(selector).text().split())

    def all(self, selector: str) -> list[LexborNode]:
        return self.tree.css(selector)


def page_of(published: Published, settings: Settings = PRIVATE, around: render.Around | None = None) -> Page:
    frame = render.Frame(settings, NOW, published.path, ("politics", "world"))
    return Page(render.article(frame, reading(published, settings.audience), around or render.Around()))


def test_an_article_page_has_everything_a_reader_needs_to_trust_it() -> None:
    page = page_of(HARBOUR)
    assert page.text("h1") == "New bridge over the Warne opens a year earlier than planned"
    assert page.text(".opening .kicker") == "Politics Germany de from German"
    original = page.one(".source .original a")
    assert original.attributes["href"] == HARBOUR.article.url
    assert original.attributes["lang"] == "de" and original.text() == HARBOUR.article.headline
    assert page.text(".byline") == "By Ada Lindholm, Jörg Petersen · 1 min read"
    facts = page.text(".facts")
    assert "Published Friday, 10 November 2023, 18:51 (UTC+01:00) · 2023-11-10T17:51:00Z" in facts
    assert "Updated Friday, 10 November 2023, 19:11 (UTC+01:00) · 2023-11-10T18:11:00Z" in facts
    assert "revision 2 of 10 November 2023, 18:24 UTC" in facts
    times = [node.attributes["datetime"] for node in page.all(".facts time")]
    assert times == ["2023-11-10T17:51:00Z", "2023-11-10T18:11:00Z", "2023-11-10T17:54:00Z", "2023-11-10T18:24:00Z"]
    assert "After four years of construction" in page.text(".standfirst")
    assert page.text("figcaption .credit") == "Foto: Ada Lindholm"
    assert page.text(".dateline") == "Altenwarne"
    assert [node.text() for node in page.all(".text h2")] == [
        "What changes for commuters",
        "Criticism from the surrounding area",
    ]
    assert [node.text() for node in page.all(".text ul li")] == [
        "Line 4 runs every ten minutes.",
        "The cycle path is lit.",
    ]
    assert "For once" in page.text("blockquote")


def test_an_article_page_says_that_a_machine_made_it_which_one_and_when() -> None:
    notice = page_of(HARBOUR).text(".provenance")
    assert "machine translation from German by pseudo/example-1@0001" in notice
    assert "10 November 2023, 17:53 UTC" in notice
    assert "2 of 17 sentences are marked as doubtful, 1 left in German" in notice
    assert "not under our control" in notice


def test_every_highlight_leads_to_its_sentence() -> None:
    page = page_of(HARBOUR)
    links = page.all(".highlights a.ours")
    assert len(links) == 3
    for link in links:
        assert page.text(str(link.attributes["href"])) == link.text()


def test_every_highlight_shows_and_leads_to_the_original_sentence() -> None:
    beside = Page(render.side_by_side(render.Frame(PRIVATE, NOW, "/x"), reading(HARBOUR)))
    links = page_of(HARBOUR).all(".highlights a.theirs")
    assert [link.text() for link in links] == [HARBOUR.article.sentences[n].text for n in (4, 8, 9)]
    for link in links:
        path, _, anchor = str(link.attributes["href"]).partition("#")
        assert path == render.side_by_side_path(HARBOUR.path) and link.attributes["lang"] == "de"
        assert beside.text(f"#{anchor} .theirs") == link.text()


def test_every_sentence_can_be_cited_by_its_number() -> None:
    page = page_of(HARBOUR)
    numbers = [str(node.attributes["id"]) for node in page.all(".s")]
    assert sorted(numbers, key=lambda name: int(name[1:])) == [f"s{n}" for n in range(17)]


def test_doubtful_sentences_are_marked_and_explained_next_to_themselves() -> None:
    page = page_of(HARBOUR)
    assert [node.attributes["id"] for node in page.all(".doubt")] == ["s6", "s16"]
    for button in page.all("button.ref"):
        assert button.attributes["aria-label"]
        why = page.one(f"#{button.attributes['popovertarget']}")
        assert button.prev and "doubt" in str(button.prev.attributes["class"])
        assert button.next and button.next.attributes["id"] == why.attributes["id"]
    assert page.text("#why6 .flag") == "A number may be wrong: says “111,000” where the original has “11.000”."
    quoted = page.one("#why6 q")
    assert quoted.attributes["lang"] == "de" and "Rund 11.000 Fahrzeuge" in quoted.text()
    assert page.one("#why6 a").attributes["href"] == render.side_by_side_path(HARBOUR.path) + "#s6"
    assert not Page(render.article_file(HARBOUR)).all(".why a")


@pytest.mark.parametrize("kind", FlagKind)
def test_every_kind_of_doubt_is_told_in_plain_words(kind: FlagKind) -> None:
    words = page_of(with_flags(6, Flag(kind, 6, "that is so"))).text("#why6 b")
    assert len(words.split()) >= 4 and words[0].isupper()


def with_flags(number: int, *flags: Flag) -> Published:
    lines = [replace(line, flags=flags) if line.number == number else line for line in HARBOUR.translation.sentences]
    return replace(HARBOUR, translation=replace(HARBOUR.translation, sentences=tuple(lines)))


def told(published: Published, number: int) -> list[str]:
    """Why a sentence is in doubt: on the article's page, and the same side by side."""
    note = [flag.text() for flag in page_of(published).all(f"#why{number} .flag")]
    pairs = Page(render.side_by_side(render.Frame(Settings(), NOW, "/x"), reading(published)))
    assert [flag.text() for flag in pairs.all(f"#s{number} .flag")] == note
    return note


def test_what_was_put_right_is_not_said_to_be_wrong() -> None:
    mended = Flag(FlagKind.NAME, 6, "put right: the engine wrote “Madoro” for “Maduro”")
    assert told(with_flags(6, mended), 6) == ["Put right by program: the engine wrote “Madoro” for “Maduro”."]


def test_the_publishers_own_words_are_not_blamed_for_a_translation_that_was_refused() -> None:
    shown = Flag(FlagKind.UNTRANSLATED, 15, "no trustworthy translation: shown in the original")
    wrong = Flag(FlagKind.NUMBER, 15, "says “forty-five” where the original has “vierundfünfzig”")
    assert told(with_flags(15, shown, wrong), 15) == [
        "Not in English: no trustworthy translation: shown in the original.",
        "In the refused translation, a number may be wrong: says “forty-five” where the original has “vierundfünfzig”.",
    ]


def test_side_by_side_says_what_to_do_with_a_mark_where_there_is_one() -> None:
    def advice(published: Published) -> list[str]:
        page = Page(render.side_by_side(render.Frame(Settings(), NOW, "/x"), reading(published)))
        return [node.text() for node in page.all(".advice#doubts:has(+ .only)")]

    (words,) = advice(HARBOUR)
    assert "do not rely on" in words and "reads German" in words
    clean = tuple(replace(line, flags=()) for line in HARBOUR.translation.sentences)
    assert not advice(replace(HARBOUR, translation=replace(HARBOUR.translation, sentences=clean)))


def test_a_sentence_that_could_not_be_translated_stands_in_its_language_and_says_so() -> None:
    page = page_of(HARBOUR)
    sentence = page.one("#s15")
    assert sentence.attributes["lang"] == "de" and sentence.text().startswith("Dat kümmt")
    assert page.text(".text .mark") == "[German; not translated]"


def test_a_picture_comes_from_its_publisher_without_telling_who_asks() -> None:
    image = page_of(HARBOUR).one("figure img")
    assert image.attributes["src"] == "https://pictures.example/harbour.svg"
    assert image.attributes["referrerpolicy"] == "no-referrer"
    assert image.attributes["alt"]
    page = page_of(HARBOUR, Settings(pictures=False))
    assert not page.all("img")
    assert page.one(".no-picture a").attributes["href"] == "https://pictures.example/harbour.svg"


def test_the_page_leads_on_to_other_articles() -> None:
    teasers = shelf().teasers(now=NOW, limit=20)
    around = render.Around(tuple(teasers[1:4]), tuple(teasers[4:7]), rises(teasers, NOW))
    page = page_of(HARBOUR, around=around)
    assert len(page.all(".read-also article")) == 3
    assert len(page.all(".around .briefs li")) == 3
    assert "8 sources in 4 languages in the last 6 hours; usually 1 a day" in page.text(".trends")
    assert page.all(".rises a")[0].attributes["href"] == f"/story/{teasers[0].id}"
    links = {str(node.attributes["href"]) for node in page.all("a")}
    assert {"/date/2023-11-10", "/latest", "/privacy", "/disclaimer", "/politics/", "/source/de.hafenblatt"} <= links
    assert render.side_by_side_path(HARBOUR.path) in links


def test_of_an_article_in_files_what_to_read_next_stands_beside_the_text() -> None:
    """Nothing else does: what is the latest now is not when the page is read."""
    teasers, files = [teaser_of(published) for published in shelf().articles.values()], replace(PRIVATE, static=True)
    page = page_of(HARBOUR, files, around=render.Around(tuple(teasers[1:4])))
    assert len(page.all(".around .read-also li")) == 3
    assert len(page.all(".read-also")) == 1
    assert not page.all(".columns.single")


def test_an_article_with_nothing_beside_it_has_the_room_to_itself() -> None:
    page = page_of(HARBOUR, around=render.Around())
    assert page.all(".columns.single") and not page.all(".around")


def test_the_page_describes_itself_as_a_translation() -> None:
    page = page_of(HARBOUR)
    described = json.loads(page.one('script[type="application/ld+json"]').text())
    assert described["@type"] == "NewsArticle"
    assert described["inLanguage"] == "en"
    assert described["isBasedOn"] == HARBOUR.article.url
    assert described["translationOfWork"]["inLanguage"] == "de"
    assert described["translationOfWork"]["headline"] == HARBOUR.article.headline
    assert described["translator"]["name"] == "pseudo/example-1@0001"
    assert described["datePublished"] == "2023-11-10T17:51:00Z"
    assert [author["name"] for author in described["author"]] == ["Ada Lindholm", "Jörg Petersen"]
    assert described["image"]["creditText"] == "Foto: Ada Lindholm"
    assert page.one('link[rel="canonical"]').attributes["href"] == "http://127.0.0.1:8000" + HARBOUR.path
    assert page.one('meta[property="og:title"]').attributes["content"] == page.text("h1")


def test_machines_are_told_who_corrected_sentences_as_readers_are() -> None:
    first, *others = HARBOUR.translation.sentences
    by_hand = replace(first, origin=Origin.HUMAN, engine="human/Anna <b>", corrected=NOW)
    corrected = replace(HARBOUR, translation=replace(HARBOUR.translation, sentences=(by_hand, *others)))
    described = jsonld.news_article(reading(corrected), Settings(), "https://x.example/")
    assert described["translator"] == [
        {"@type": "SoftwareApplication", "name": HARBOUR.translation.engine},
        {"@type": "Person", "name": "Anna <b>"},
    ]


def test_search_engines_are_asked_to_keep_out_unless_the_operator_lets_them_in() -> None:
    assert "noindex" in str(page_of(HARBOUR).one('meta[name="robots"]').attributes["content"])
    assert not page_of(HARBOUR, Settings(noindex=False)).all('meta[name="robots"]')


@pytest.mark.parametrize(("rights", "paragraphs"), [(Rights.EXCERPT, 1), (Rights.LINK, 0)])
def test_a_public_page_shows_no_more_than_the_publisher_permits(rights: Rights, paragraphs: int) -> None:
    page = page_of(with_rights(HARBOUR, rights), PUBLIC)
    assert len(page.all(".text > p:not(.onward)")) == paragraphs
    assert not page.all("img")
    assert page.one(".onward a").attributes["href"] == HARBOUR.article.url
    view, frame = reading(with_rights(HARBOUR, rights), PUBLIC.audience), render.Frame(PUBLIC, NOW, "/")
    whole = render.article(frame, view, render.Around())
    assert b"ferry will cease operation" not in whole or rights is Rights.EXCERPT
    assert b"toll on 9 October" not in whole
    assert "Rat über die Maut".encode() not in render.side_by_side(frame, view)
    file = render.article_file(with_rights(HARBOUR, rights), settings=PUBLIC)
    assert b"toll on 9 October" not in file


def test_side_by_side_has_a_row_for_every_sentence_with_its_flags() -> None:
    page = Page(render.side_by_side(render.Frame(Settings(), NOW, "/x"), reading(HARBOUR)))
    rows = page.all(".pair[id]")
    assert [row.attributes["id"] for row in rows] == [f"s{n}" for n in range(17)]
    theirs, ours = rows[6].css_first(".theirs"), rows[6].css_first(".ours")
    assert (
        theirs
        and theirs.attributes["lang"] == "de"
        and theirs.text() == "Rund 11.000 Fahrzeuge am Tag sollen sie nutzen."
    )
    assert ours and "Around 111,000 vehicles" in ours.text() and "says “111,000”" in ours.text()
    assert "Not translated." in rows[15].text()
    assert page.one(".actions a.first").attributes["href"] == HARBOUR.path
    assert page.one(".actions a[rel]").attributes["href"] == HARBOUR.article.url


def test_a_sentence_by_another_engine_than_most_says_so() -> None:
    most = HARBOUR.translation.engine
    by_two = [
        replace(line, engine="deepl/default" if line.number == 6 else most) for line in HARBOUR.translation.sentences
    ]
    shared = replace(HARBOUR, translation=replace(HARBOUR.translation, sentences=tuple(by_two)))
    pairs = Page(render.side_by_side(render.Frame(Settings(), NOW, "/x"), reading(shared)))
    assert [mark.text() for mark in pairs.all(".pair .mark:has(code)")] == ["Translated by deepl/default."]
    assert "deepl/default" in pairs.text("#s6")
    assert "and some sentences by deepl/default, made on" in page_of(shared).text(".provenance")
    assert "some sentences by" not in page_of(HARBOUR).text(".provenance")


def test_side_by_side_is_heard_as_number_english_doubt_original() -> None:
    page = Page(render.side_by_side(render.Frame(Settings(), NOW, "/x"), reading(HARBOUR)))
    assert page.text("#s6") == (
        "6 Around 111,000 vehicles a day are expected to use it. "
        "A number may be wrong: says “111,000” where the original has “11.000”. "
        "Rund 11.000 Fahrzeuge am Tag sollen sie nutzen."
    )
    assert [node.text() for node in page.all("h2.said")] == [
        "What changes for commuters",
        "Criticism from the surrounding area",
    ]


def test_side_by_side_a_sentence_that_is_no_text_is_heard_as_what_it_is() -> None:
    page = Page(render.side_by_side(render.Frame(Settings(), NOW, "/x"), reading(HARBOUR)))
    heard = [str(node.attributes["aria-label"]) for node in page.all(".number")]
    assert heard[:5] == [
        "Headline, sentence 0",
        "Standfirst, sentence 1",
        "Standfirst, sentence 2",
        "Caption, sentence 3",
        "Sentence 4",
    ]
    assert "Heading, sentence 7" in heard and "List item, sentence 11" in heard


@pytest.mark.parametrize(("published", "language"), [(ARABIC_FERRY, "ar"), (HEBREW_ORCHARD, "he")])
def test_every_original_of_a_right_to_left_article_says_so(published: Published, language: str) -> None:
    beside = Page(render.side_by_side(render.Frame(Settings(), NOW, "/x"), reading(published)))
    article = page_of(published, around=render.Around(history=history(reading(published), [])))
    nodes = [
        *beside.all(".pair .theirs"),
        *beside.all(".source .original a"),
        *article.all(".source .original a, .highlights .theirs, .why q"),
    ]
    assert len(nodes) >= len(published.article.sentences) + 3
    assert {(node.attributes["dir"], node.attributes["lang"]) for node in nodes} == {("rtl", language)}
    assert not [node for page in (beside, article) for node in page.all(".ours[dir], .s[dir]")]


def test_japanese_is_called_japanese() -> None:
    headline = page_of(JAPANESE).one(".source .original a")
    assert headline.attributes["lang"] == "ja" and headline.attributes["dir"] == "ltr"


def test_an_article_without_a_date_says_so() -> None:
    undated = replace(HARBOUR, article=replace(HARBOUR.article, published=None, modified=None))
    page = page_of(undated)
    assert "The publisher gives no date; first seen here 2023-11-10T17:54:00Z" in page.text(".facts")


def test_an_article_of_an_unknown_country_and_no_section_still_reads_well() -> None:
    stranger = replace(HARBOUR, source=replace(HARBOUR.source, country="zz", time_zone="UTC"))
    page = page_of(stranger)
    assert page.text(".opening .kicker") == "Politics de from German"
    assert "18:51 (UTC+01:00)" in page.text(".facts")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_sound_html(name: str) -> None:
    html = PAGES[name]
    page = Page(html)
    assert html.startswith(b"<!DOCTYPE html>")
    assert page.one("html").attributes["lang"] == "en"
    assert len(page.all("h1")) == 1 and len(page.all("main")) == 1 and page.one("title").text().strip()
    assert page.one("a.skip").attributes["href"] == "#main"
    assert page.one('meta[name="viewport"]')
    ids = [node.attributes["id"] for node in page.all("[id]")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    for node in page.all('a[href^="#"]'):
        assert str(node.attributes["href"])[1:] in ids
    for node in page.all("[aria-labelledby]"):
        assert node.attributes["aria-labelledby"] in ids
    assert all("alt" in node.attributes for node in page.all("img"))
    scripts = [node for node in page.all("script") if node.attributes.get("type") != "application/ld+json"]
    assert all(not node.text() and "defer" in node.attributes for node in scripts)
    assert not page.all("[style]") and (name.startswith(("file", "pairs")) or not page.all("style"))
    levels = [int((node.tag or "h0")[1]) for node in page.all("h1, h2, h3, h4")]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), levels


@pytest.mark.parametrize("name", PAGES)
def test_no_page_asks_anyone_for_anything_but_pictures(name: str) -> None:
    page = Page(PAGES[name])
    for node in page.all(
        "link[rel=stylesheet], link[rel=icon], script[src], iframe, object, embed, video, audio, source"
    ):
        address = str(node.attributes.get("href") or node.attributes.get("src"))
        assert address.startswith("/static/") or address == "data:,"
    for node in page.all("style"):
        assert "url(" not in node.text() and "@import" not in node.text()


def test_the_front_page_says_honestly_what_waits_for_an_engine() -> None:
    page = Page(PAGES["front"])
    box = page.text(".waiting")
    assert "Arabic 1, Japanese 2." in box and "no engine for Japanese yet" in box
    first = page.all(".waiting .briefs a")[0]
    assert first.attributes["lang"] == "ar" and first.attributes["dir"] == "rtl"
    assert str(first.attributes["href"]).startswith("https://delta.example/")


def test_no_description_of_an_article_is_in_another_language() -> None:
    lost = [
        replace(line, text="Nach vier Jahren.", origin=Origin.NONE) if line.number == 1 else line
        for line in HARBOUR.translation.sentences
    ]
    published = replace(HARBOUR, translation=replace(HARBOUR.translation, sentences=tuple(lost)))
    page, alone = page_of(published), Page(render.article_file(published))
    said = [node.attributes["content"] for one in (page, alone) for node in one.all("[name=description]")]
    said += [page.one('meta[property="og:description"]').attributes["content"]]
    said += [json.loads(page.one('script[type="application/ld+json"]').text())["description"]]
    assert said == ["The costs stayed below the estimate."] * 4
    assert "Nach vier Jahren." in page.text(".standfirst")


def listed(*teasers: Teaser, settings: Settings = PRIVATE) -> Page:
    frame = render.Frame(settings, NOW, "/latest")
    return Page(render.listing(frame, render.Listing("Latest", teasers, choose.Pager(1, 1, len(teasers)))))


def test_a_picture_in_a_list_is_credited() -> None:
    credited = teaser_of(HARBOUR)
    assert listed(credited).text(".teaser .frame .credit") == "Foto: Ada Lindholm"
    assert not listed(credited, settings=replace(PRIVATE, pictures=False)).all(".credit")


def test_a_list_counts_sentences_in_doubt_as_the_articles_page_does() -> None:
    twice = with_flags(6, Flag(FlagKind.NUMBER, 6, "one"), Flag(FlagKind.DATE, 6, "two"))
    assert listed(teaser_of(twice)).text(".teaser .doubts") == "2 sentences in doubt"
    assert "2 sentences are marked as doubtful" in page_of(twice).text(".machine")


def test_a_list_does_not_pass_our_time_off_as_the_publishers() -> None:
    dated = teaser_of(HARBOUR)
    undated = replace(dated, dated=False)
    assert "first seen" not in listed(dated).text(".teaser .meta")
    assert "first seen 17:51 UTC" in listed(undated).text(".teaser .meta")
    frame = render.Frame(PRIVATE, NOW, HARBOUR.path)
    page = Page(render.article(frame, reading(HARBOUR), render.Around(latest=(undated, dated))))
    first, second = (" ".join(node.text().split()) for node in page.all(".around .briefs li"))
    assert first.startswith("seen 17:51") and second.startswith("17:51")


def test_an_article_has_a_short_address_to_pass_on() -> None:
    link = page_of(HARBOUR, replace(PRIVATE, base_url="https://paper.example")).one(".share .short a")
    assert link.attributes["href"] == f"/a/{HARBOUR.article.id}"
    assert link.text() == f"https://paper.example/a/{HARBOUR.article.id}"
    assert not Page(render.article_file(HARBOUR)).all(".short")


def test_a_public_page_is_shared_by_plain_links_and_a_private_one_by_mail() -> None:
    def links(settings: Settings) -> list[str]:
        return [str(node.attributes["href"]) for node in page_of(HARBOUR, settings).all(".share li a")]

    public = replace(PUBLIC, base_url="https://paper.example")
    short = f"https%3A//paper.example/a/{HARBOUR.article.id}"
    mail, *others = links(public)
    assert mail.startswith("mailto:?subject=New%20bridge%20over") and HARBOUR.article.id in mail
    assert len(others) == 3 and all(link.startswith("https://") and short in link for link in others)
    assert [link.partition(":")[0] for link in links(PRIVATE)] == ["mailto"]


def test_a_translation_can_be_reported_to_whom_there_is() -> None:
    written = page_of(HARBOUR, replace(PUBLIC, contact="desk@paper.example")).one(".report a[data-report]")
    assert str(written.attributes["href"]).startswith("mailto:desk%40paper.example?subject=Translation%20of%20")
    assert HARBOUR.article.id in str(written.attributes["href"])
    form = page_of(HARBOUR, replace(PUBLIC, contact="https://paper.example/desk")).all(".report a")[0]
    assert form.attributes["href"] == "https://paper.example/desk"
    assert "has not given a contact" in page_of(HARBOUR, PUBLIC).text(".report")
    assert f"limitedtimes correct {HARBOUR.article.id}" in page_of(HARBOUR).text(".report code")
    assert not page_of(HARBOUR, PUBLIC).all(".report code")


def test_a_page_says_how_long_it_takes_to_read() -> None:
    assert page_of(HARBOUR).text(".byline").endswith("1 min read")
    long = replace(HARBOUR.translation.sentences[4], text="word " * 1000)
    lines = [long if line.number == 4 else line for line in HARBOUR.translation.sentences]
    longer = replace(HARBOUR, translation=replace(HARBOUR.translation, sentences=tuple(lines)))
    assert page_of(longer).text(".byline").endswith("5 min read")


def test_a_revised_page_shows_what_the_publisher_changed() -> None:
    changes = history(reading(HARBOUR), [HARBOUR_BEFORE, HARBOUR.article])
    page = page_of(HARBOUR, around=render.Around(history=changes))
    assert "1 place changed, 1 added, 1 taken out" in page.text("#history summary")
    gone = [(node.text(), node.attributes["lang"]) for node in page.all("#history del")]
    assert gone == [("Das teilte die Stadt am Freitag mit.", "de"), ("Gefeiert wird am Sonntag.", "de")]
    english = [(node.attributes["href"], node.text()) for node in page.all("#history li a")]
    assert english == [
        ("#s5", "The mayor announced this on Friday."),
        ("#s9", "The ferry will cease operation at the end of the year."),
    ]
    assert page.one('.facts a[href="#history"]').text() == "revision 2"
    assert not page_of(HARBOUR).all('a[href="#history"]')


def test_what_was_taken_out_is_not_shown_where_the_whole_article_may_not_be() -> None:
    excerpt = reading(with_rights(HARBOUR, Rights.EXCERPT), Audience.PUBLIC)
    assert history(excerpt, [HARBOUR_BEFORE, HARBOUR.article]) == ()


def test_a_revision_that_waits_for_its_translation_is_no_news_yet() -> None:
    later = replace(HARBOUR.article, sentences=HARBOUR.article.sentences[:3])
    changes = history(reading(HARBOUR), [HARBOUR_BEFORE, HARBOUR.article, later])
    assert [change.number for change in changes] == [2]


def test_a_public_edition_promises_no_more_than_its_publishers_permit() -> None:
    def about(settings: Settings) -> str:
        return Page(render.words(render.Frame(settings, NOW, "/about"), "about")).text(".words")

    assert "as far as its publisher permits" in about(PUBLIC)
    assert "as far as its publisher permits" not in about(PRIVATE)


def test_an_empty_edition_says_that_nothing_is_there_yet() -> None:
    frame = render.Frame(Settings(), NOW, "/")
    page = Page(render.front(frame, choose.front([], {}), waiting=render.Waiting({}, ()), trends=[]))
    assert "Nothing has been published yet" in page.text(".empty")
    assert not page.all(".waiting") and not page.all(".trends")


def test_the_pages_of_a_list_lead_to_one_another() -> None:
    teasers = shelf().teasers(now=NOW, limit=3)
    frame = render.Frame(Settings(), NOW, "/latest/page/2")
    middle = Page(render.listing(frame, render.Listing("Latest", teasers, choose.Pager(2, 3, 9), address="/latest")))
    assert middle.one(".pager [rel=prev]").attributes["href"] == "/latest"
    assert middle.one(".pager [rel=next]").attributes["href"] == "/latest/page/3"
    last = Page(render.listing(frame, render.Listing("Latest", teasers, choose.Pager(3, 3, 9), address="/latest")))
    assert last.one(".pager [rel=prev]").attributes["href"] == "/latest/page/2"
    assert not last.all(".pager [rel=next]")


def test_a_day_leads_to_the_days_beside_it() -> None:
    frame = render.Frame(Settings(), NOW, "/date/2023-11-10")
    listing = render.Listing("x", [], choose.Pager(1, 1, 0), earlier=date(2023, 11, 8), later=date(2023, 11, 12))
    page = Page(render.listing(frame, listing))
    assert page.one(".days [rel=prev]").attributes["href"] == "/date/2023-11-08"
    assert page.one(".days [rel=next]").attributes["href"] == "/date/2023-11-12"


def test_the_single_file_carries_its_style_and_links_to_no_site() -> None:
    page = Page(render.article_file(HARBOUR))
    assert "--paper" in page.one("style").text()
    links = [str(node.attributes["href"]) for node in page.all("a")]
    assert all(link.startswith(("https://", "#")) for link in links)
    assert page.text("h1") == page_of(HARBOUR).text("h1")
    assert len(Page(render.article_file(HARBOUR, side_by_side=True)).all(".pair[id]")) == 17


def test_a_private_status_page_names_what_is_parked_and_a_public_one_does_not() -> None:
    state, gathered = shelf().status(now=NOW), shelf().gathered()
    private = Page(render.status(render.Frame(Settings(), NOW, "/status"), state, gathered))
    assert "only a stub" in private.text(".parked") and "feed took too long" in private.text(".parked")
    assert "1.0 min" in private.text(".status") and "Japanese" in private.text(".status")
    assert not Page(render.status(render.Frame(PUBLIC, NOW, "/status"), state, gathered)).all(".parked")


def test_the_status_page_has_words_for_everything_that_can_wait() -> None:
    state = replace(shelf().status(now=NOW), queue=dict.fromkeys(StepName, 1))
    page = Page(render.status(render.Frame(PUBLIC, NOW, "/status"), state, shelf().gathered()))
    assert "Articles to look for places in1" in page.text(".status")
    assert "Articles to put into stories1" in page.text(".status")


def test_the_status_says_in_plain_words_what_came_from_whom_and_what_failed() -> None:
    page = Page(render.status(render.Frame(PUBLIC, NOW, "/status"), shelf().status(now=NOW), shelf().gathered()))
    assert "1 source does not answer as it should" in page.text(".list-head")
    assert "Only the beginning can be read without paying2" in page.text(".status")
    first, second, *_ = page.all(".gathered tbody tr")
    said = [" ".join(cell.text().split()) for cell in first.css("th, td")]
    assert said == ["Hafenblatt", "3", "19:00", "18:51", "The server does not answer in time; next look 19:06"]
    assert second.css("td")[-1].text() == "fine"


def test_none_of_the_known_faults_of_machine_made_news_pages_is_ours() -> None:
    text = Page(PAGES["front"]).one("body").text()
    assert not re.search(r"\d\d:\d\d\s?[AP]M", text)
    assert not re.search(r"READ\d|CommentsShare", text)


def test_a_year_before_1000_is_still_iso() -> None:
    page = page_of(replace(HARBOUR, updated=datetime(999, 1, 1, tzinfo=UTC)))
    assert page.one('meta[property="article:modified_time"]').attributes["content"] == "0999-01-01T00:00:00Z"
