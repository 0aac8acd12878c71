"""Feeds of every format, written here by hand, become the entries that they stand for."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from limitedtimes.errors import ExtractError
from limitedtimes.model import Entry, FeedPointer, Harvest
from limitedtimes.sources import feeds

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
URL = "https://zeitung.example/rss/alles.xml"
FEED = FeedPointer(URL, "de.zeitung")


def read(body: str | bytes, *, feed: FeedPointer = FEED, content_type: str = "", time_zone: str = "") -> Harvest:
    data = body.encode() if isinstance(body, str) else body
    return feeds.parse(data, url=URL, feed=feed, now=NOW, content_type=content_type, time_zone=time_zone)


def rss(*items: str, head: str = "<title>Zeitung</title>", attributes: str = "") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0" {attributes}><channel>{head}{inner}</channel></rss>'


def only(harvest: Harvest) -> Entry:
    assert len(harvest.entries) == 1
    return harvest.entries[0]


DUBLIN = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
RSS_2 = rss(
    """<title>Brücke gesperrt</title><link>https://zeitung.example/lokales/bruecke.html</link>
    <description><![CDATA[<p>Die <b>Brücke</b> bleibt zu.</p><img src="x.jpg"/>]]></description>
    <guid isPermaLink="false">4711</guid><pubDate>Mon, 23 Nov 2026 10:05:00 +0100</pubDate>
    <dc:creator>Anna Beispiel</dc:creator><dc:creator>Bert Muster</dc:creator><category>Lokales</category>""",
    head="<title>Zeitung</title><language>de-DE</language>",
    attributes=DUBLIN,
)
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Zeitung</title>
<entry><title type="html">Brücke &lt;i&gt;gesperrt&lt;/i&gt;</title><id>tag:zeitung.example,2026:4711</id>
<link rel="self" href="https://zeitung.example/atom/4711"/><link rel="enclosure" href="https://zeitung.example/a.mp3"/>
<link rel="alternate" type="text/html" href="/lokales/bruecke.html"/>
<published>2026-11-23T10:05:00+01:00</published><updated>2026-11-23T11:00:00+01:00</updated>
<author><name>Anna Beispiel</name><email>anna@zeitung.example</email></author><category term="lokal" label="Lokales"/>
<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Die <b>Brücke</b><br/>bleibt zu.</div></summary>
</entry></feed>"""
RDF = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://zeitung.example/"><title>Zeitung</title>
<items><rdf:Seq><rdf:li rdf:resource="https://zeitung.example/lokales/bruecke.html"/></rdf:Seq></items></channel>
<item rdf:about="https://zeitung.example/lokales/bruecke.html"><title>Brücke gesperrt</title>
<link>https://zeitung.example/lokales/bruecke.html</link><description>Die Brücke bleibt zu.</description>
<dc:date>2026-11-23T10:05:00+01:00</dc:date><dc:creator>Anna Beispiel</dc:creator><dc:language>de</dc:language>
<dc:subject>Lokales</dc:subject></item></rdf:RDF>"""
RSS_091 = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="0.91"><channel><title>Zeitung</title><language>de</language><item><title>Brücke gesperrt</title>
<link>https://zeitung.example/lokales/bruecke.html</link><description>Die Brücke bleibt zu.</description>
<category>Lokales</category><author>anna@zeitung.example (Anna Beispiel)</author>
<pubDate>Mon, 23 Nov 2026 09:05:00 GMT</pubDate></item></channel></rss>""".encode("latin-1")
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Zeitung",
        "language": "de-DE",
        "items": [
            {
                "id": 4711,
                "url": "https://zeitung.example/lokales/bruecke.html",
                "title": "Brücke gesperrt",
                "content_html": "<p>Die <b>Brücke</b> bleibt zu.</p>",
                "date_published": "2026-11-23T10:05:00+01:00",
                "date_modified": "2026-11-23T11:00:00+01:00",
                "authors": [{"name": "Anna Beispiel"}],
                "tags": ["Lokales"],
            }
        ],
    }
)
RSS_IN_JSON = json.dumps(
    {
        "rss": {
            "channel": {
                "title": "Zeitung",
                "language": "de",
                "item": [
                    {
                        "title": "Brücke gesperrt",
                        "link": "https://zeitung.example/lokales/bruecke.html",
                        "description": "Die <b>Brücke</b> bleibt zu.",
                        "pubDate": "Mon, 23 Nov 2026 09:05:00 GMT",
                        "guid": {"#value": "4711", "isPermaLink": "false"},
                        "author": "Anna Beispiel",
                        "category": "Lokales",
                    }
                ],
            }
        }
    }
)


@pytest.mark.parametrize("body", [RSS_2, ATOM, RDF, RSS_091, JSON_FEED, RSS_IN_JSON], ids=lambda body: body[40:70])
def test_the_same_article_is_read_alike_in_every_format(body: str | bytes) -> None:
    harvest = read(body)
    entry = only(harvest)
    assert harvest.title == "Zeitung"
    assert entry.url == "https://zeitung.example/lokales/bruecke.html"
    assert entry.title == "Brücke gesperrt"
    assert entry.summary == "Die Brücke bleibt zu."
    assert entry.authors[0] == "Anna Beispiel"
    assert entry.section == "Lokales"
    assert entry.language == "de"
    assert entry.source == "de.zeitung"
    assert entry.published is not None
    assert entry.published.at == datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


def test_the_publishers_own_string_and_offset_are_kept() -> None:
    published = only(read(RSS_2)).published
    assert published is not None
    assert (published.given, published.offset_minutes) == ("Mon, 23 Nov 2026 10:05:00 +0100", 60)


def test_ids_and_the_time_of_the_last_change_are_kept() -> None:
    assert only(read(RSS_2)).id == "4711"
    assert only(read(JSON_FEED)).id == "4711"
    entry = only(read(ATOM))
    assert entry.id == "tag:zeitung.example,2026:4711"
    assert entry.updated is not None
    assert entry.updated.at == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


LINKS = {
    "<link>https://zeitung.example/a</link>": "https://zeitung.example/a",
    "<link> /a?b=1&amp;c=2 </link>": "https://zeitung.example/a?b=1&c=2",
    "<link>/a?b=1&c=2</link>": "https://zeitung.example/a?b=1&c=2",
    "<link><![CDATA[https://zeitung.example/a?b=1&c=2]]></link>": "https://zeitung.example/a?b=1&c=2",
    "<guid>https://zeitung.example/a</guid>": "https://zeitung.example/a",
    '<guid isPermaLink="true">https://zeitung.example/a</guid>': "https://zeitung.example/a",
    "<link/><guid>https://zeitung.example/a</guid>": "https://zeitung.example/a",
    "<link>https://feeds.example/~r/1</link><f:origLink>https://zeitung.example/a</f:origLink>": (
        "https://zeitung.example/a"
    ),
    '<a:link href="https://zeitung.example/a"/>': "https://zeitung.example/a",
    '<a:link rel="self" href="https://zeitung.example/self"/><link>/a</link>': "https://zeitung.example/a",
    "<link>https://bücher.example/ä b</link>": "https://xn--bcher-kva.example/%C3%A4%20b",
    "<link>javascript:alert(1)</link><guid>https://zeitung.example/a</guid>": "https://zeitung.example/a",
}


@pytest.mark.parametrize(("links", "url"), LINKS.items())
def test_the_articles_address_is_found_wherever_the_feed_has_put_it(links: str, url: str) -> None:
    namespaces = 'xmlns:f="http://rssnamespace.org/feedburner/ext/1.0" xmlns:a="http://www.w3.org/2005/Atom"'
    assert only(read(rss(f"<title>A</title>{links}", attributes=namespaces))).url == url


@pytest.mark.parametrize(
    "links",
    [
        "",
        '<guid isPermaLink="false">https://zeitung.example/a</guid>',
        "<guid>4711</guid>",
        "<link>javascript:alert(1)</link>",
        "<link>ftp://zeitung.example/a</link>",
        "<link>https://</link>",
        f"<link>https://zeitung.example/{'a' * 5000}</link>",
    ],
)
def test_an_entry_without_a_web_address_is_left_out(links: str) -> None:
    assert read(rss(f"<title>A</title>{links}")).entries == ()


def test_addresses_are_relative_to_xml_base() -> None:
    body = ATOM.replace('xml:lang="de"', 'xml:base="https://anders.example/blog/"').replace('"/lokales/', '"lokales/')
    assert only(read(body)).url == "https://anders.example/blog/lokales/bruecke.html"


TITLES = {
    "Kaffee &amp; Kuchen": "Kaffee & Kuchen",
    "Kaffee & Kuchen": "Kaffee & Kuchen",
    "Kaffee &amp;amp; Kuchen": "Kaffee & Kuchen",
    "&lt;b&gt;Fett&lt;/b&gt;e Beute": "Fette Beute",
    "<![CDATA[<b>Fett</b>e Beute &ndash; im Netz]]>": "Fette Beute – im Netz",
    "Sch&ouml;n&nbsp;wars": "Schön wars",
    "Das Tag &amp;lt;b&amp;gt; in HTML": "Das Tag <b> in HTML",
    "5 &lt; 6 und 7 &gt; 6": "5 < 6 und 7 > 6",
    "  Zwei\n   Zeilen ": "Zwei Zeilen",
    "Zeile<br/>eins": "Zeile eins",
    "Do&#173;nau&#xAD;dampf": "Donaudampf",
    "R&amp;D und ?a=1&amp;region=2": "R&D und ?a=1&region=2",
    "&#8222;Gut&#8220;": "„Gut“",
    "<![CDATA[A<script>x()</script>B]]>": "A B",
}


@pytest.mark.parametrize(("written", "title"), TITLES.items())
def test_a_title_is_plain_text_with_its_entities_decoded_once(written: str, title: str) -> None:
    assert only(read(rss(f"<title>{written}</title><link>/a</link>"))).title == title


def test_an_atom_title_that_is_declared_as_text_is_not_read_as_html() -> None:
    body = ATOM.replace('type="html"', 'type="text"')
    assert only(read(body)).title == "Brücke <i>gesperrt</i>"


def test_what_belongs_to_a_picture_of_the_article_is_not_taken_for_the_article() -> None:
    media = '<m:title>Foto: Agentur</m:title><m:content url="x"><m:title>Foto</m:title></m:content>'
    item = (
        f"{media}<title>Brücke</title><m:description>Bild</m:description><description>Zu.</description><link>/a</link>"
    )
    entry = only(read(rss(item, attributes='xmlns:m="http://search.yahoo.com/mrss/"')))
    assert (entry.title, entry.summary) == ("Brücke", "Zu.")


def test_prefixes_that_the_feed_forgot_to_declare_are_understood() -> None:
    item = "<title>A</title><link>/a</link><dc:creator>Anna</dc:creator><dc:date>2026-11-23T10:05:00Z</dc:date>"
    entry = only(read(rss(item)))
    assert entry.authors == ("Anna",)
    assert entry.published is not None


AUTHORS = {
    "<author>anna@zeitung.example (Anna Beispiel)</author>": ("Anna Beispiel",),
    "<author>anna@zeitung.example</author>": (),
    "<author>Anna Beispiel</author><dc:creator>Anna Beispiel</dc:creator>": ("Anna Beispiel",),
    "<dc:creator><![CDATA[<a href='/anna'>Anna</a>]]></dc:creator>": ("Anna",),
    "<author/>": (),
}


@pytest.mark.parametrize(("written", "authors"), AUTHORS.items())
def test_authors_are_names_not_mail_addresses(written: str, authors: tuple[str, ...]) -> None:
    item = f"<title>A</title><link>/a</link>{written}"
    assert only(read(rss(item, attributes=DUBLIN))).authors == authors


def test_an_atom_feeds_author_is_that_of_its_entries_without_one() -> None:
    entry = "<entry><title>A</title><link href='/a'/></entry>"
    body = f"<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Redaktion</name></author>{entry}</feed>"
    assert only(read(body)).authors == ("Redaktion",)


def test_the_section_of_a_section_feed_goes_before_the_entrys_category() -> None:
    assert only(read(RSS_2, feed=FeedPointer(URL, "de.zeitung", section="Region"))).section == "Region"


def test_an_address_that_comes_twice_is_one_entry_and_the_first_counts() -> None:
    harvest = read(rss(*(f"<title>{title}</title><link>/a</link>" for title in ("Neu", "Alt")), "<link>/b</link>"))
    assert [(entry.url[-1], entry.title) for entry in harvest.entries] == [("a", "Neu"), ("b", "")]


def test_at_most_a_thousand_entries_are_taken() -> None:
    harvest = read(rss(*(f"<link>/{number}</link>" for number in range(1500))))
    assert len(harvest.entries) == 1000
    assert harvest.entries[999].url.endswith("/999")


def test_a_long_summary_ends_at_a_word() -> None:
    summary = only(read(rss(f"<link>/a</link><description>{'Wort ' * 900}</description>"))).summary
    assert len(summary) <= 2000
    assert summary.endswith("Wort")


def test_a_date_without_an_offset_is_on_the_publishers_clock() -> None:
    item = "<link>/a</link><pubDate>Mon, 23 Nov 2026 10:05:00</pubDate>"
    published = only(read(rss(item), time_zone="Europe/Berlin")).published
    assert published is not None
    assert (published.at.hour, published.offset_minutes) == (9, 60)


@pytest.mark.parametrize("date", ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2099 00:00:00 GMT", "gestern", ""])
def test_a_date_that_cannot_be_believed_is_none(date: str) -> None:
    entry = only(read(rss(f"<title>A</title><link>/a</link><pubDate>{date}</pubDate>")))
    assert entry.published is None


ENCODED = [
    ('<?xml version="1.0" encoding="windows-1251"?>', "windows-1251", "", "Пожар"),
    ('<?xml version="1.0" encoding="gb2312"?>', "gbk", "", "台北快訊"),
    ('<?xml version="1.0" encoding="Shift_JIS"?>', "shift_jis", "", "東京都知事"),
    ('<?xml version="1.0" encoding="EUC-KR"?>', "euc-kr", "", "서울시장"),
    ("", "iso-8859-2", "application/rss+xml; charset=ISO-8859-2", "Żółć"),
    ('<?xml version="1.0" encoding="utf-8"?>', "windows-1252", "", "Müßiggang"),
    ('<?xml version="1.0" encoding="iso-8859-1"?>', "utf-8", "text/xml; charset=iso-8859-1", "Müßiggang"),
    ('<?xml version="1.0" encoding="iso-8859-1"?>', "windows-1252", "", "„Müßig“"),
    ('<?xml version="1.0" encoding="utf-16"?>', "utf-16", "", "Müßiggang"),
    ('<?xml version="1.0" encoding="unicode_escape"?>', "utf-8", "", "Müßiggang"),
    ('\n <?xml version="1.0" encoding="utf-8"?>', "utf-8-sig", "", "Müßiggang"),
]


@pytest.mark.parametrize(("declaration", "encoding", "content_type", "title"), ENCODED)
def test_a_feed_is_read_in_the_encoding_that_it_is_really_in(
    declaration: str, encoding: str, content_type: str, title: str
) -> None:
    feed = f"{declaration}<rss><channel><item><title>{title}</title><link>/a</link></item></channel></rss>"
    assert only(read(feed.encode(encoding), content_type=content_type)).title == title


def test_a_feed_that_breaks_off_gives_what_came_before() -> None:
    body = rss(*(f"<title>T{number}</title><link>/{number}</link>" for number in range(5)))
    harvest = read(body[: body.index("T3") + 2])
    assert [entry.title for entry in harvest.entries] == ["T0", "T1", "T2"]


def test_a_json_feed_that_breaks_off_gives_its_whole_items() -> None:
    items = [{"id": str(number), "url": f"https://zeitung.example/{number}"} for number in range(3)]
    body = json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})
    assert [entry.id for entry in read(body[:-20]).entries] == ["0", "1"]


NOT_FEEDS = {
    "": "empty",
    "Hallo": "not a feed",
    "<html><head><title>x</title></head></html>": "web page",
    '<!DOCTYPE html><link rel="alternate" type="application/rss+xml" href="/f.xml">': "https://zeitung.example/f.xml",
    "<opml version='2.0'><body/></opml>": "OPML",
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>': 'kind = "sitemap"',
    '{"status": "ok"}': "JSON",
    "[1, 2]": "JSON",
    "{": "JSON",
    "<note>x</note>": "not a feed",
}


@pytest.mark.parametrize(("body", "word"), NOT_FEEDS.items())
def test_what_is_no_feed_is_refused_in_one_line_that_says_what_it_is(body: str, word: str) -> None:
    with pytest.raises(ExtractError) as caught:
        read(body)
    assert caught.value.reason == "not-a-feed"
    assert URL in str(caught.value)
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)
