"""What is no article is refused, with a reason to count by."""

from __future__ import annotations

import pytest
from written_pages import page_of, written

from limitedtimes.errors import ExtractError
from limitedtimes.extract import extract
from limitedtimes.model import Page

PROSE = "<p>Ein Absatz, der lang genug ist, um als Text eines Artikels zu gelten, und der hier die Nummer {} trägt.</p>"
ARTICLE = "<title>Ein Titel</title><meta property='og:type' content='article'><h1>Ein Titel</h1>" + "".join(
    PROSE.format(number) for number in range(4)
)


def reason(page: Page) -> str:
    with pytest.raises(ExtractError) as caught:
        extract(page)
    return caught.value.reason


def test_a_section_list_is_no_article() -> None:
    assert reason(written("list_de", "https://www.talbote.example/lokales")) == "not-an-article"


def test_a_front_page_is_no_article_even_if_it_looks_like_one() -> None:
    assert reason(page_of(ARTICLE, "https://www.talbote.example/")) == "not-an-article"
    assert extract(page_of(ARTICLE, "https://www.talbote.example/a/b")).headline == "Ein Titel"


def test_a_video_with_a_line_of_text_is_no_article() -> None:
    assert reason(written("video_de")) == "not-an-article"


def test_the_start_of_a_paywalled_article_is_refused_as_such() -> None:
    assert reason(written("stub_de")) == "paywall"


def test_a_short_text_under_a_subscription_prompt_is_a_stub_without_a_declaration_too() -> None:
    html = (
        "<meta property='og:type' content='article'><title>Un titre</title><h1>Un titre</h1><article><p>Un premier "
        "paragraphe qui raconte le début d’une histoire et qui s’arrête avant la fin.</p>"
        "<p>Il vous reste 80 % de cet article à lire.</p></article>"
    )
    assert reason(page_of(html)) == "paywall"


def test_an_article_that_is_not_free_but_is_all_there_is_read() -> None:
    said = '{"@type":"NewsArticle","headline":"Ein Titel","isAccessibleForFree":false}'
    html = f'<script type="application/ld+json">{said}</script>'
    article = extract(page_of(html + ARTICLE + "".join(PROSE.format(f"fünfzig und {n}") for n in range(9))))
    assert article.free is False and len(article.blocks) == 13


@pytest.mark.parametrize(
    ("body", "expected"),
    [(b"", "empty"), (b"   \n", "empty"), (b"plain text", "not-html"), (b"\x00" * 64, "not-html")],
)
def test_what_is_no_html_is_refused(body: bytes, expected: str) -> None:
    assert reason(page_of(body)) == expected


def test_the_message_names_the_address() -> None:
    with pytest.raises(ExtractError, match=r"https://www\.talbote\.example/lokales/seite-1\.html"):
        extract(page_of(b""))


def test_deep_huge_and_endless_pages_are_refused_or_read_and_never_crash() -> None:
    hostile = [
        "<div>" * 100_000 + ARTICLE,
        "<b>" * 100_000 + ARTICLE,
        ARTICLE + "<ul><li>" * 50_000,
        "<html>" + "<p>a</p>" * 60_000,
        ARTICLE + "<p>" + "x" * 400_000 + "</p>",
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + ARTICLE,
        "<title>" + "a | " * 20_000 + "</title>" + ARTICLE,
        "<svg>" * 20_000 + ARTICLE,
    ]
    for html in hostile:
        try:
            extract(page_of(html))
        except ExtractError as error:
            assert error.reason in {"not-an-article", "too-large", "empty", "not-html"}


def test_a_fetched_page_that_reserves_text_and_data_mining_is_not_read() -> None:
    def fetched(meta: str) -> Page:
        return page_of(meta + ARTICLE, content_type="text/html; charset=utf-8")

    assert reason(fetched('<meta name="tdm-reservation" content="1">')) == "reserved"
    assert reason(fetched('<META NAME="TDM-Reservation" CONTENT=" 1 ">')) == "reserved"
    assert extract(fetched('<meta name="tdm-reservation" content="0">')).headline == "Ein Titel"


def test_a_page_out_of_a_file_is_read_whatever_it_reserves() -> None:
    assert extract(page_of('<meta name="tdm-reservation" content="1">' + ARTICLE)).headline == "Ein Titel"
