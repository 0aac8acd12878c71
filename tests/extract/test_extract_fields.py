"""The fields of an article, from whatever the page declares them in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from written_pages import NOW, page_of, source_of

from limitedtimes.extract import extract
from limitedtimes.extract.authors import split
from limitedtimes.extract.canonical import canonical, without_tracking
from limitedtimes.extract.dates import moment
from limitedtimes.extract.headline import without_site
from limitedtimes.extract.jsonld import article, free, things
from limitedtimes.extract.tree import parse
from limitedtimes.model import Article, Entry, Page

PROSE = "".join(
    f"<p>Der Absatz mit der Nummer {n} ist lang genug, um im Text eines Artikels zu stehen.</p>" for n in range(4)
)


def read(head: str, body: str = "<h1>Der Titel der Seite</h1>" + PROSE) -> Article:
    return extract(
        page_of(f"<html><head><meta property='og:type' content='article'>{head}</head><body>{body}</body></html>")
    )


def script(*texts: str) -> str:
    return "".join(f'<script type="application/ld+json">{text}</script>' for text in texts)


@pytest.mark.parametrize(
    "text",
    [
        '{"@type":"NewsArticle","headline":"Ein Titel"}',
        '[{"@type":"WebSite","name":"S"},{"@type":["Thing","ReportageNewsArticle"],"headline":"Ein Titel"}]',
        '{"@graph":[{"@type":"WebPage"},{"@type":"https://schema.org/NewsArticle","headline":"Ein Titel"}]}',
        '{"@type":"NewsArticle","headline":"Ein Titel","keywords":["a",],}',
        '{"@type":"NewsArticle","headline":"Ein Titel","description":"mit\n Zeilen\tund Tabs"}',
        '{"@type":"NewsArticle","headline":"Ein Titel","description":"falsch \\geschützt"}',
        '<!-- {"@type":"NewsArticle","headline":"Ein Titel"} -->',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Ein Titel"}\n//]]>',
        '{"@type":"NewsArticle","headline":"Ein Titel"};',
        '{"@type":"NewsArticle","headline":"Ein&nbsp;Titel"}{"@type":"Thing"}',
        '{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"Ein Titel"}}',
    ],
)
def test_an_article_is_found_in_json_ld_of_any_shape(text: str) -> None:
    found = things(parse(f"<html>{script(text)}<p>x</p></html>", "https://a.example/x"))
    assert article(found, title="")["headline"].replace("&nbsp;", " ") == "Ein Titel"


def test_of_several_articles_the_one_of_the_title_is_taken_and_filled_up() -> None:
    found = things(
        parse(
            "<html>"
            + script(
                '{"@type":"NewsArticle","headline":"Ein anderer","datePublished":"2020-01-01","author":"X","image":1}',
                '{"@type":"NewsArticle","headline":"Ein Titel, der passt"}',
                '{"@type":"NewsArticle","headline":"Ein Titel, der passt","datePublished":"2024-01-01"}',
            )
            + "</html>",
            "https://a.example/x",
        )
    )
    chosen = article(found, title="Ein Titel, der passt | Seite")
    assert (chosen["headline"], chosen["datePublished"]) == ("Ein Titel, der passt", "2024-01-01")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('"isAccessibleForFree":true', True),
        ('"isAccessibleForFree":"False"', False),
        ('"isAccessibleForFree":"http://schema.org/True"', True),
        ('"hasPart":[{"@type":"WebPageElement","isAccessibleForFree":"false"}]', False),
        ('"isAccessibleForFree":true,"hasPart":{"isAccessibleForFree":false}', False),
        ('"isAccessibleForFree":null', None),
        ('"name":"x"', None),
    ],
)
def test_free_is_what_the_publisher_said_and_none_where_it_said_nothing(said: str, expected: bool | None) -> None:
    declared = script('{"@type":"NewsArticle","headline":"T",' + said + "}")
    found = things(parse(f"<html>{declared}</html>", "https://a.example/x"))
    assert free(found, article(found, title="")) is expected


@pytest.mark.parametrize(
    ("given", "utc", "offset"),
    [
        ("2024-05-03T15:42:11+02:00", "2024-05-03T13:42:11", 120),
        ("2024-05-03T15:42:11.123Z", "2024-05-03T15:42:11.123000", 0),
        ("2024-05-03 15:42", "2024-05-03T13:42:00", 120),
        ("20240503T154211", "2024-05-03T13:42:11", 120),
        ("2024-05-03T15:42:11+0530", "2024-05-03T10:12:11", 330),
        ("Fri, 03 May 2024 15:42:11 GMT", "2024-05-03T15:42:11", 0),
        ("Fri May 03 15:42:11 CEST 2024", "2024-05-03T13:42:11", 120),
        ("03.05.2024 15:42", "2024-05-03T13:42:00", 120),
        ("1714743731", "2024-05-03T13:42:11", 0),
        ("2024-01-03T15:42:00", "2024-01-03T14:42:00", 60),
    ],
)
def test_a_date_is_an_instant_with_the_publishers_offset(given: str, utc: str, offset: int) -> None:
    read = moment(given, zone="Europe/Berlin", now=NOW)
    assert read is not None
    assert (read.at, read.offset_minutes, read.given) == (
        datetime.fromisoformat(utc).replace(tzinfo=UTC),
        offset,
        given,
    )


@pytest.mark.parametrize(
    "given", ["", "gestern", "2099-01-01", "1066-10-14", "2024-13-45T99:99", "0000-00-00", "12:30", "3"]
)
def test_what_is_no_date_or_cannot_be_believed_is_none(given: str) -> None:
    assert moment(given, zone="Europe/Berlin", now=NOW) is None


def test_a_date_of_tomorrow_is_believed_and_one_of_next_week_is_not() -> None:
    assert moment((NOW + timedelta(hours=20)).isoformat(), now=NOW) is not None
    assert moment((NOW + timedelta(days=7)).isoformat(), now=NOW) is None


def test_the_feeds_date_stands_in_where_the_page_has_none() -> None:
    page = page_of(f"<meta property='og:type' content='article'><h1>Der Titel der Seite</h1>{PROSE}")
    entry = Entry(url=page.url, title="Ein Titel im Feed", published=moment("2024-05-03T08:00:00Z", now=NOW))
    dated = Page(page.url, page.final_url, 200, {}, page.body, NOW, entry=entry)
    article = extract(dated, source_of())
    assert article.published == entry.published
    assert article.entry_title == "Ein Titel im Feed"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Von Jana Ilmer und Paul Ott", ["Jana Ilmer", "Paul Ott"]),
        ("Par Élodie Marchand", ["Élodie Marchand"]),
        ("Anna Ott (dpa), Bo Li", ["Anna Ott", "Bo Li"]),
        ("ilmer@talbote.example", []),
        ("https://www.social.example/talbote", []),
        ("03.05.2024", []),
        ("J. R. Meier", ["J. R. Meier"]),
        ("松岡大地", ["松岡大地"]),
        ("Redaktion", ["Redaktion"]),
    ],
)
def test_author_lines_become_names(text: str, names: list[str]) -> None:
    assert split(text) == names


def test_a_person_on_the_page_is_believed_before_the_site_in_the_json_ld() -> None:
    said = '{"@type":"NewsArticle","headline":"Der Titel der Seite","author":{"@type":"Organization","name":"Talbote"}}'
    byline = "<h1>Der Titel der Seite</h1><p class='byline'>Von <a rel='author' href='/i'>Ida Lenz</a></p>"
    assert read("<meta property='og:site_name' content='Talbote'>" + script(said), byline + PROSE).authors == (
        "Ida Lenz",
    )
    assert read(script(said)).authors == ("Talbote",)


@pytest.mark.parametrize(
    "byline",
    [
        "<p><span itemprop='author'>Ida Lenz</span> und <span itemprop='author'>Uwe Roth</span></p>",
        "<span itemprop='author' itemscope><span itemprop='name'>Ida Lenz</span></span>"
        "<span itemprop='author' itemscope><span itemprop='name'>Uwe Roth</span></span>",
        "<p>Von <a rel='author' href='/1'>Ida Lenz</a>, <a rel='author' href='/2'>Uwe Roth</a></p>",
        "<ul><li class='author'>Ida Lenz</li><li class='author'>Uwe Roth</li></ul>",
        "<p class='byline'>Von <a rel='author' href='/1'>Ida Lenz</a> und <a rel='author' href='/2'>Uwe Roth</a></p>",
    ],
)
def test_all_authors_that_stand_side_by_side_are_named(byline: str) -> None:
    others = "<div><a rel='author' href='/3'>Eva Kern</a></div>"
    assert read("", "<h1>Der Titel der Seite</h1>" + byline + PROSE + others).authors == ("Ida Lenz", "Uwe Roth")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Neue Brücke eröffnet | Talbote", "Neue Brücke eröffnet"),
        ("Talbote: Neue Brücke eröffnet - Lokales - Talbote", "Talbote: Neue Brücke eröffnet - Lokales"),
        ("Talbote | Neue Brücke eröffnet", "Neue Brücke eröffnet"),
        ("Brücke eröffnet – und wie es weitergeht", "Brücke eröffnet – und wie es weitergeht"),
        ("駅前に庭園｜talbote", "駅前に庭園"),
    ],
)
def test_a_headline_loses_the_name_of_the_site_and_nothing_else(text: str, expected: str) -> None:
    assert without_site(text, {"talbote"}, ()) == expected


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        (["/lokales/a-1.html"], "https://www.talbote.example/lokales/a-1.html"),
        (["https://m.talbote.example/a?id=3&utm_source=x#top"], "https://m.talbote.example/a?id=3"),
        (["https://evil.example/a", "/b"], "https://www.talbote.example/b"),
        (["https://www.talbote.example/", "https://www.talbote.example/de"], "https://www.talbote.example/seite"),
        (["javascript:alert(1)", "data:text/html,x", "http://[::1"], "https://www.talbote.example/seite"),
        ([], "https://www.talbote.example/seite"),
    ],
)
def test_a_canonical_address_is_of_the_site_and_no_front_page(candidates: list[str], expected: str) -> None:
    assert canonical(candidates, "https://www.talbote.example/seite?fbclid=1") == expected


def test_another_host_of_the_source_may_be_canonical() -> None:
    assert canonical(
        ["https://talbote-plus.example/a"], "https://www.talbote.example/s", ("talbote-plus.example",)
    ) == ("https://talbote-plus.example/a")


def test_tracking_goes_and_the_rest_of_a_query_stays_in_order() -> None:
    assert without_tracking("https://a.example/x?b=2&UTM_medium=z&a=1&gclid=9") == "https://a.example/x?b=2&a=1"
    assert without_tracking("https://a.example/x?id=%20a+b") == "https://a.example/x?id=%20a+b"


@pytest.mark.parametrize(
    ("graph", "head", "title", "expected"),
    [
        ("Wer künftig über die Brücke darf", "Alles zur Brücke", "Alles zur Brücke | Talbote", "graph"),
        ("Wer künftig über die Brücke darf", "Wer künftig über die Brücke darf", "Alles zur Brücke", "graph"),
        ("Wer künftig über die Brücke darf", "Brücke: Die Regeln", "Alles zur Brücke", "declared"),
        ("Wer künftig über die Brücke darf", "Alles zur Brücke", "Wer künftig über die Brücke darf", "declared"),
        ("Die Brücke", "Alles zur Brücke", "Alles zur Brücke", "declared"),
        ("Talbote aus dem Lautertal", "Alles zur Brücke", "Alles zur Brücke", "declared"),
    ],
)
def test_a_title_written_for_sharing_is_taken_where_the_others_repeat_each_other(
    graph: str, head: str, title: str, expected: str
) -> None:
    said = script('{"@type":"NewsArticle","headline":"Alles zur Brücke","publisher":"Talbote aus dem Lautertal"}')
    html = f"<title>{title}</title><meta property='og:title' content='{graph}'>"
    found = read("<meta property='og:site_name' content='Talbote'>" + html + said, f"<h1>{head}</h1>{PROSE}")
    assert found.headline == {"graph": graph, "declared": "Alles zur Brücke"}[expected]
    assert not [block for block in found.blocks if block.text in (graph, head)]
