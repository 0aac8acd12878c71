"""Pictures: the real address, the caption, the credit."""

from __future__ import annotations

import pytest
from written_pages import page_of

from limitedtimes.extract import extract
from limitedtimes.extract.credits import cut_credit, is_credit, plain_credit
from limitedtimes.model import Picture

PROSE = "".join(
    f"<p>Der Absatz mit der Nummer {n} ist lang genug, um im Text eines Artikels zu stehen.</p>" for n in range(4)
)
FIGURE = "<figure><img src=/b.jpg><figcaption>Der Saal am Abend."
HEAD = "<meta property='og:type' content='article'><h1>Der Titel der Seite</h1>"


def pictures(*figures: str) -> list[Picture]:
    article = extract(
        page_of(f"{HEAD}<div class='text'>{PROSE}{''.join(figures)}{PROSE.replace('Nummer', 'Ziffer')}</div>")
    )
    return [block.picture for block in article.blocks if block.picture]


@pytest.mark.parametrize(
    "img",
    [
        "<img src='/b.jpg' width=900>",
        "<img src='data:image/gif;base64,R0' data-src='/b.jpg'>",
        "<img src='/placeholder.gif' data-lazy-src='/b.jpg'>",
        "<img data-original='https://www.talbote.example/b.jpg' src='/1x1.png'>",
        "<img src='/klein.jpg' srcset='/c.jpg 400w, /b.jpg 1400w, /d.jpg 3000w'>",
        "<picture><source srcset='/b.jpg 1x'><img src='data:image/png;base64,AA'></picture>",
        "<img src='data:image/gif;base64,R0'><noscript><img src='/b.jpg'></noscript>",
        "<button><img src='/b.jpg'></button>",
    ],
)
def test_the_address_is_that_of_the_picture_and_no_placeholder(img: str) -> None:
    found = pictures(f"<figure>{img}<figcaption>Eine Unterschrift für das Bild.</figcaption></figure>")
    assert found == [Picture("https://www.talbote.example/b.jpg", "Eine Unterschrift für das Bild.", "")]


@pytest.mark.parametrize(
    "frame",
    [
        f"{FIGURE} <small class='credit'>Foto: Ida Lenz</small></figcaption></figure>",
        f"{FIGURE} Foto: Ida Lenz</figcaption></figure>",
        f"{FIGURE} © Ida Lenz</figcaption></figure>",
        "<figure><img src=/b.jpg><figcaption><span class='t'>Der Saal am Abend.</span>"
        "<span class='author'>Ida Lenz</span></figcaption></figure>",
        f"{FIGURE}<span class='pie-autor'>Ida Lenz</span></figcaption></figure>",
        f"{FIGURE}<span class='media__copyright'>© Ida Lenz</span></figcaption></figure>",
        f"{FIGURE}<em class='legende-auteur'>Photo : Ida Lenz</em></figcaption></figure>",
        "<figure><img src=/b.jpg><figcaption><p class='dida'>Der Saal am Abend.</p>"
        "<p class='copyright'>Foto di Ida Lenz</p></figcaption></figure>",
        "<figure><img src=/b.jpg><div class='credito'>Créditos: Ida Lenz</div>"
        "<figcaption>Der Saal am Abend.</figcaption></figure>",
        "<div class='bild'><img src=/b.jpg width=800><p class='caption'>Der Saal am Abend.</p>"
        "<p class='copyright'>Ida Lenz</p></div>",
        "<div><div><img src=/b.jpg width=800></div><span>Der Saal am Abend.</span>"
        "<div>Bildrechte: Ida Lenz</div></div>",
        "<figure><img src=/b.jpg title='Foto: Ida Lenz'><figcaption>Der Saal am Abend.</figcaption></figure>",
    ],
)
def test_caption_and_credit_are_told_apart(frame: str) -> None:
    assert pictures(frame) == [Picture("https://www.talbote.example/b.jpg", "Der Saal am Abend.", "Ida Lenz")]


def test_icons_teasers_and_a_picture_shown_twice_are_no_pictures_of_the_article() -> None:
    assert pictures(
        "<img src='/icons/share-icon.png'>",
        "<div><a href='/andere'><img src='/t.jpg' width=800><span>Ein anderer Artikel mit Bild</span></a></div>",
        "<figure><img src='/b.jpg'><figcaption>Das Bild.</figcaption></figure>",
        "<figure><img src='/b.jpg?w=300'><figcaption>Das Bild.</figcaption></figure>",
    ) == [Picture("https://www.talbote.example/b.jpg", "Das Bild.", "")]


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("Die Brücke am Abend. (Foto: dpa)", "Die Brücke am Abend.", "dpa"),
        ("Le pont, hier soir. Photo : AFP", "Le pont, hier soir.", "AFP"),
        ("El puente por la tarde. EFE/J. Ruiz", "El puente por la tarde.", "EFE/J. Ruiz"),
        ("Мост вечером. Фото: ТАСС", "Мост вечером.", "ТАСС"),
        ("Мост вечером. Фото: завод «Берёзка»", "Мост вечером.", "завод «Берёзка»"),
        ("Il ponte di sera. (Foto: Ida Lenz (Ansa))", "Il ponte di sera.", "Ida Lenz (Ansa)"),
        ("A ponte à noite. Créditos: Ida Lenz", "A ponte à noite.", "Ida Lenz"),
        ("Le pont, hier soir (Crédit photo : Ida Lenz)", "Le pont, hier soir", "Ida Lenz"),
        ("De brug in de avond. Beeld: ANP", "De brug in de avond.", "ANP"),
        ("Köprü akşam saatlerinde. Fotoğraf: AA", "Köprü akşam saatlerinde.", "AA"),
        ("Die Brücke am Abend, Foto: Ida Lenz", "Die Brücke am Abend", "Ida Lenz"),
        ("سالن مطالعه، عکس: ایرنا", "سالن مطالعه", "ایرنا"),
        ("Sie fährt mit dem Rad: Ida Lenz.", "Sie fährt mit dem Rad: Ida Lenz.", ""),
        ("Nur eine Unterschrift ohne Namen", "Nur eine Unterschrift ohne Namen", ""),
    ],
)
def test_a_line_is_cut_where_the_credit_begins(line: str, caption: str, credit: str) -> None:
    assert cut_credit(line) == (caption, credit)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Foto: Ida Lenz", "Ida Lenz"),
        ("Bild: Ida Lenz / dpa", "Ida Lenz / dpa"),
        ("Foto di Ida Lenz", "Ida Lenz"),
        ("Foto von Ida Lenz", "Ida Lenz"),
        ("Foto de Ida Lenz", "Ida Lenz"),
        ("Photo by Ida Lenz", "Ida Lenz"),
        ("Photo : Ida Lenz", "Ida Lenz"),
        ("Crédits photo\xa0: Ida Lenz", "Ida Lenz"),
        ("Créditos: Ida Lenz", "Ida Lenz"),
        ("Фото: завод «Берёзка»", "завод «Берёзка»"),
        ("© Ida Lenz (dpa)", "Ida Lenz (dpa)"),
        ("(Foto: Ida Lenz)", "Ida Lenz"),
        ("Foto © Ida Lenz", "Ida Lenz"),
        ("«Берёзка»", "«Берёзка»"),
        ("Ljósmynd/Ida Lenz", "Ljósmynd/Ida Lenz"),
        ("Foto Lenz GmbH", "Foto Lenz GmbH"),
        ("Foto-Agentur Lenz", "Foto-Agentur Lenz"),
        ("Fotoklub Steinbruck", "Fotoklub Steinbruck"),
    ],
)
def test_a_credit_is_the_name_alone(line: str, name: str) -> None:
    assert plain_credit(line) == name


def test_a_line_that_only_names_a_source_is_a_credit() -> None:
    assert is_credit("Foto: Ida Lenz") and is_credit("© Reuters") and is_credit("IDA LENZ / AFP")
    assert not is_credit("Ein Bild sagt mehr als tausend Worte, sagt man.")
    assert not is_credit("Foto di gruppo davanti alla scuola")
