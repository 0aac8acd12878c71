"""Both ends of an article: what belongs to it stays, what only stands before or behind it goes."""

from __future__ import annotations

import pytest
from written_pages import page_of

from limitedtimes.extract import extract

HEAD = "<meta property='og:type' content='article'><h1>Der Titel der Seite</h1>"
PROSE = "".join(
    f"<p>Der Absatz mit der Nummer {n} ist lang genug, um im Text eines Artikels zu stehen.</p>" for n in range(4)
)


def ending(html: str) -> list[str]:
    """The texts behind the last long paragraph of an article that ends with this HTML."""
    article = extract(page_of(f"<body><main>{HEAD}<div class='text'>{PROSE}{html}</div></main></body>"))
    return [block.text for block in article.blocks[4:]]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<ul><li>Wasser mitnehmen.</li><li>Umkehren</li></ul>", ["Wasser mitnehmen.", "Umkehren"]),
        ("<ol><li>Wasser mitnehmen.</li><li>Umkehren.</li></ol>", ["Wasser mitnehmen.", "Umkehren."]),
        ("<p>Morgen wird es mild.</p>", ["Morgen wird es mild."]),
        ("<p>„Das war es.“</p>", ["„Das war es.“"]),
        ("<h2>Was hilft</h2><ul><li>Wasser mitnehmen.</li></ul>", ["Was hilft", "Wasser mitnehmen."]),
        ("<p>Kurz.</p><ul><li>Wasser.</li></ul><p>Mehr nicht.</p>", ["Kurz.", "Wasser.", "Mehr nicht."]),
    ],
)
def test_a_list_or_a_short_paragraph_at_the_end_stays(html: str, texts: list[str]) -> None:
    assert ending(html) == texts


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li><a href='/a'>Ein anderer Artikel</a></li><li><a href='/b'>Noch ein Artikel</a></li></ul>",
        "<ul class='tags'><li>Wandern</li><li>Berge</li></ul>",
        "<p>Ida Lenz</p>",
        "<p class='small'>Mitarbeit: Uwe Roth.</p>",
        "<h2>Die nächsten Termine</h2>",
        "<p><a href='/mehr'>Weiter geht es hier.</a></p>",
        "<div><p>Ein Kasten.</p></div>",
        "<ul hidden><li>Nicht zu sehen.</li></ul>",
    ],
)
def test_what_only_follows_goes(html: str) -> None:
    assert ending(html) == []


def opening(html: str) -> list[str]:
    """The texts before the first long paragraph of an article that begins with this HTML."""
    article = extract(page_of(f"<body><main>{HEAD}<div class='text'>{html}{PROSE}</div></main></body>"))
    return [block.text for block in article.blocks[:-4]]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>Die Brücke kommt.</p>", ["Die Brücke kommt."]),
        ("<p>„Das war es.“</p><p>Wirklich?</p>", ["„Das war es.“", "Wirklich?"]),
        ("<p>Kurz.</p><h2>Was hilft</h2><ul><li>Wasser.</li></ul>", ["Kurz.", "Was hilft", "Wasser."]),
        ("<p>Ida Lenz</p>", []),
        ("<p class='small'>Mitarbeit: Uwe Roth.</p>", []),
        ("<p><a href='/mehr'>Hier geht es zur Übersicht.</a></p>", []),
        ("<div><p>Ein Kasten.</p></div>", []),
    ],
)
def test_short_sentences_that_an_article_begins_with_stay(html: str, texts: list[str]) -> None:
    assert opening(html) == texts


def test_an_ending_stays_where_each_paragraph_has_a_box_of_its_own() -> None:
    boxed = PROSE.replace("<p>", "<div class='block'><p>").replace("</p>", "</p></div>")
    end = "<div class='block'><p>Morgen wird es mild.</p></div><div class='block'><ul><li>Eins</li></ul></div>"
    html = f"<body><main>{HEAD}<div class='text'>{boxed}{end}<div class='note'><p>Fehler?</p></div></div></main></body>"
    assert [block.text for block in extract(page_of(html)).blocks[4:]] == ["Morgen wird es mild.", "Eins"]


@pytest.mark.parametrize("attribute", ["hidden", "aria-hidden='true'", "style='display: none'"])
def test_what_the_page_hides_is_no_part_of_the_article(attribute: str) -> None:
    hidden = f"<p {attribute}>Ein Absatz, den kein Mensch auf dieser Seite je zu sehen bekommt, so lang er ist.</p>"
    assert ending(hidden + "<p>Morgen wird es mild.</p>") == ["Morgen wird es mild."]
