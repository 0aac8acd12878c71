"""A whole page of our own, with the clutter of real sites, becomes the article that a person would read in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from written_pages import page_of, source_of, written

from limitedtimes.extract import extract
from limitedtimes.model import HEADLINE, STANDFIRST, Article, BlockKind


@pytest.fixture(scope="module")
def bridge() -> Article:
    return extract(
        written("bridge_de", "https://www.talbote.example/lokales/bruecke-lauter-4711.html?fbclid=1"), source_of()
    )


def texts(article: Article, *kinds: BlockKind) -> list[str]:
    return [block.text for block in article.blocks if block.kind in kinds]


def test_the_fields_are_what_the_publisher_declared(bridge: Article) -> None:
    assert bridge.url == "https://www.talbote.example/lokales/bruecke-lauter-4711.html"
    assert bridge.headline == "Neue Brücke über die Lauter eröffnet"
    assert bridge.standfirst == (
        "Nach drei Jahren Bauzeit rollt der Verkehr wieder. Die Kosten stiegen auf das Doppelte."
    )
    assert bridge.authors == ("Jana Ilmer", "Paul Ott")
    assert bridge.published is not None
    assert bridge.published.at == datetime(2024, 5, 3, 13, 42, 11, tzinfo=UTC)
    assert bridge.published.offset_minutes == 120
    assert bridge.published.given == "2024-05-03T15:42:11+02:00"
    assert bridge.modified is not None and bridge.modified.local.hour == 17
    assert (bridge.section, bridge.keywords, bridge.free) == ("Lokales", ("Lauter", "Verkehr", "Brücke"), True)
    assert (bridge.language, bridge.source) == ("de", "de.talbote")


def test_the_blocks_keep_their_kinds_and_their_order(bridge: Article) -> None:
    kinds = [block.kind.value for block in bridge.blocks]
    assert kinds == [
        "picture", "paragraph", "paragraph", "heading", "paragraph", "paragraph", "item", "item", "quote", "paragraph",
        "paragraph",
    ]  # fmt: skip


def test_links_and_bold_neither_cut_a_sentence_nor_glue_words(bridge: Article) -> None:
    first, second = texts(bridge, BlockKind.PARAGRAPH)[:2]
    assert first.startswith("Lauterbach – Am Freitag hat Bürgermeisterin Dr. Heike Voss die neue Lauterbrücke für den")
    assert "„Das ist ein guter Tag für die Stadt“, sagte Voss." in second
    assert "weil Träger und Lager nicht mehr sicher waren." in second


@pytest.mark.parametrize(
    "clutter",
    [
        "READ3", "Teilen", "Anzeige", "Lesen Sie auch", "Bus jetzt anders", "kostenlos anmelden", "Talbote am Morgen",
        "Cookies", "12 Kommentare", "Umweg", "Jana Ilmer schreibt", "Anreißer", "Vervielfältigung", "Stand:", "Foto:",
        "Verkehr wieder", "am Tag der Eröffnung",
    ],
)  # fmt: skip
def test_no_clutter_and_nothing_twice_in_the_body(bridge: Article, clutter: str) -> None:
    body = texts(bridge, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE)
    assert not [text for text in body if clutter in text]


def test_a_picture_has_its_real_address_its_caption_and_its_credit(bridge: Article) -> None:
    picture = bridge.blocks[0].picture
    assert picture is not None
    assert picture.url == "https://www.talbote.example/bilder/bruecke-1200.jpg"
    assert picture.caption == bridge.blocks[0].text == "Die Lauterbrücke am Tag der Eröffnung."
    assert picture.credit == "Mia Kern/Talbote"


def test_sentences_are_numbered_over_headline_standfirst_and_blocks(bridge: Article) -> None:
    assert [sentence.number for sentence in bridge.sentences] == list(range(len(bridge.sentences)))
    parts = [sentence.part for sentence in bridge.sentences]
    assert parts == sorted(parts) and parts[:3] == [HEADLINE, STANDFIRST, STANDFIRST]
    for at, block in enumerate(bridge.blocks):
        assert " ".join(sentence.text for sentence in bridge.sentences if sentence.part == at) == block.text
    assert not any("Mia Kern" in sentence.text for sentence in bridge.sentences)


def test_a_page_without_json_ld_is_read_from_what_it_shows() -> None:
    article = extract(
        written("market_fr", "https://larive.example/x"), source_of(languages=("fr",), zone="Europe/Paris")
    )
    assert article.url == "https://larive.example/ville/marche-villeneuve"
    assert article.headline == "Le marché de Villeneuve change de place"
    assert article.standfirst == "Les commerçants quittent la grand-place pour les quais, le temps des travaux."
    assert article.authors == ("Élodie Marchand",)
    assert article.published is not None and article.published.at == datetime(2024, 3, 9, 6, 30, tzinfo=UTC)
    assert texts(article, BlockKind.HEADING) == ["Des travaux jusqu’au printemps"]
    assert not [block for block in article.blocks if "tram" in block.text or "boîte" in block.text]


def test_a_quotation_in_english_is_known_for_english() -> None:
    article = extract(written("market_fr", "https://larive.example/x"), source_of(languages=("fr",)))
    languages = {sentence.text[:20]: sentence.language for sentence in article.sentences}
    assert languages["« We will be back »,"] == "fr"  # most of the sentence is French
    assert languages["“The river belongs t"] == "en"
    assert languages["Le retour est annonc"] == "fr"


def test_a_page_in_a_legacy_encoding_is_read() -> None:
    html = (written("ferry_ru").body).decode("utf-8")
    article = extract(
        page_of(html.encode("cp1251"), "https://bereg.example/news/parom-17"), source_of(languages=("ru",))
    )
    assert article.headline == "Паром вернулся на линию"
    assert article.language == "ru"
    assert len(texts(article, BlockKind.PARAGRAPH)) == 3
    assert not [block for block in article.blocks if "Мост" in block.text]


def test_the_language_is_heard_and_not_believed() -> None:
    assert extract(written("well_sw")).language == "sw"


def test_a_japanese_article_keeps_its_sentences_without_spaces() -> None:
    article = extract(
        written("garden_ja", "https://minato.example/a/12"), source_of(languages=("ja",), zone="Asia/Tokyo")
    )
    assert (article.headline, article.language) == ("駅前に小さな庭園が完成", "ja")
    assert article.authors == ("みなと新報",)
    body = [sentence.text for sentence in article.sentences]
    assert "「毎日ここを通るのが楽しみになった。」と近くの店主は話す。" in body
    assert [block.picture.caption for block in article.blocks if block.picture] == ["完成した庭園＝１日、みなと駅前"]


def test_nothing_of_the_html_crosses(bridge: Article) -> None:
    everything = " ".join([bridge.headline, bridge.standfirst, *(block.text for block in bridge.blocks)])
    assert "<" not in everything and "&" not in everything
    text = "Ein Absatz, lang genug, um als Text eines Artikels zu gelten, der <script>alert(2)</script>weitergeht."
    hostile = page_of(
        "<title>x</title><meta property=og:type content=article>"
        "<h1>Ein Titel mit &lt;script&gt;alert(1)&lt;/script&gt;</h1>" + f"<p>{text}</p><p>Und: {text}</p>"
    )
    assert not [s for s in extract(hostile).sentences if "alert(2)" in s.text]
