"""The catalogue: the sources that ship, what a source file may say, and how each mistake in one is answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limitedtimes.errors import ConfigError
from limitedtimes.model import SECTIONS, FeedKind, FeedPointer, Hints, Rights, Source
from limitedtimes.sources import Catalogue, catalogue, dump, load, stranger

GOOD = """
name = "Zeitung"
home = "https://www.zeitung.example/"
country = "de"
languages = ["de", "hsb"]
time_zone = "Europe/Berlin"
rights = "excerpt"
hosts = ["zeitung-sport.example", "portal.example/zeitung"]
delay = 5
every = 20

[[feeds]]
url = "https://www.zeitung.example/rss"

[[feeds]]
url = "https://www.zeitung.example/news.xml"
kind = "sitemap"
section = "Politik"

[sections]
politik = "politics"
"Aus aller Welt" = "world"

[hints]
body = "div.text, article > p"
drop = ["aside", ".teaser"]
drop_text = ["Lesen Sie auch:.*"]
"""


def read(text: str) -> Source:
    return catalogue.read(text, source_id="de.zeitung", where="de/zeitung.toml")


def source(source_id: str, home: str, *hosts: str) -> Source:
    return Source(source_id, source_id, home, source_id[:2], ("de",), "Europe/Berlin", hosts=hosts)


def test_a_source_file_says_everything_about_a_publisher() -> None:
    assert read(GOOD) == Source(
        id="de.zeitung",
        name="Zeitung",
        home="https://www.zeitung.example/",
        country="de",
        languages=("de", "hsb"),
        time_zone="Europe/Berlin",
        feeds=(
            FeedPointer("https://www.zeitung.example/rss", "de.zeitung"),
            FeedPointer("https://www.zeitung.example/news.xml", "de.zeitung", FeedKind.SITEMAP, "Politik"),
        ),
        rights=Rights.EXCERPT,
        hints=Hints(body="div.text, article > p", drop=("aside", ".teaser"), drop_text=("Lesen Sie auch:.*",)),
        hosts=("zeitung-sport.example", "portal.example/zeitung"),
        sections={"politik": "politics", "Aus aller Welt": "world"},
        delay=5,
        every=20,
    )


MISTAKES = {
    'name = "Zeitung"': {
        "": "name: expected the publisher's name",
        "name = 7": "name: expected the publisher's name, not 7",
        'name = " "': "name: expected the publisher's name, not ' '",
        'name = "Z"\nnames = 1': "names: there is no such field; did you mean name?",
        'name = "Z"\nxyz = 1': "xyz: there is no such field; there are name, home,",
    },
    'home = "https://www.zeitung.example/"': {
        "": "home: expected the http(s) address",
        'home = "zeitung.example"': "home: expected the http(s) address of the front page, not 'zeitung.example'",
        'home = "ftp://zeitung.example/"': "home: expected",
        'home = "https://zei tung/"': "home: expected",
    },
    'country = "de"': {
        "": "country: expected the country's two letters",
        'country = "DE"': "country: expected the country's two letters in lower case (ISO 3166-1), as de, not 'DE'",
        'country = "ger"': "country: expected",
        'country = "at"': "country: expected the name of the file's folder, de, not 'at'",
    },
    'languages = ["de", "hsb"]': {
        "": "languages: expected a list of ISO 639 codes",
        "languages = []": "languages: expected",
        'languages = "de"': "languages: expected",
        'languages = ["german"]': "'german' is none",
        'languages = ["deu"]': "'deu' is none",
        'languages = ["xx"]': "'xx' is none",
        "languages = [1]": "languages: expected",
    },
    'time_zone = "Europe/Berlin"': {
        "": "time_zone: expected an IANA time zone",
        'time_zone = "Europe/Belrin"': "did you mean Europe/Berlin?",
        'time_zone = "CEST"': "time_zone: expected an IANA time zone",
        'time_zone = "../../etc/passwd"': "time_zone: expected",
    },
    'rights = "excerpt"': {
        'rights = "all"': "rights: expected one of full, excerpt, link, not 'all'",
        "rights = true": "rights: expected one of full, excerpt, link, not True",
    },
    'hosts = ["zeitung-sport.example", "portal.example/zeitung"]': {
        'hosts = ["https://zeitung.example"]': "hosts: expected host names",
        'hosts = ["zeitung"]': "hosts: expected host names",
        'hosts = "zeitung.example"': "hosts: expected host names",
    },
    "delay = 5": {
        "delay = 2": "delay: expected seconds between two requests, at least 3, not 2",
        'delay = "5"': "delay: expected",
        "delay = nan": "delay: expected",
        "delay = inf": "delay: expected",
        "delay = true": "delay: expected",
    },
    "every = 20": {
        "every = 0": "every: expected minutes between two looks at the feeds, at least 1, not 0",
        "every = 2024-01-01": "every: expected",
    },
    'url = "https://www.zeitung.example/rss"': {
        'url = "rss"': "feeds[1].url: expected the http(s) address of a feed or sitemap, not 'rss'",
        "": "feeds[1].url: expected the http(s) address",
        'url = "https://www.zeitung.example/news.xml"': "feeds[2].url: expected an address that is not listed above",
    },
    'kind = "sitemap"': {
        'kind = "rss"': "feeds[2].kind: expected one of feed, sitemap, not 'rss'",
        'kin = "sitemap"': "feeds[2].kin: there is no such field; did you mean kind?",
    },
    'section = "Politik"': {"section = 1": "feeds[2].section: expected the publisher's name of the section, not 1"},
    'politik = "politics"': {'politik = "politik"': "sections.politik: expected one of world, politics,"},
    "[sections]": {"[[sections]]": "sections: expected a table, [sections]"},
    "[hints]": {"[hint]": "hint: there is no such field; did you mean hints?"},
    'body = "div.text, article > p"': {
        'body = "div..text"': "hints.body: expected a CSS selector; 'div..text' is none",
        'body = ["p"]': "hints.body: expected a CSS selector, not ['p']",
        'bodi = "p"': "hints.bodi: there is no such field; did you mean body?",
    },
    'drop = ["aside", ".teaser"]': {'drop = ["aside", "["]': "hints.drop: expected a CSS selector; '[' is none"},
    'drop_text = ["Lesen Sie auch:.*"]': {
        'drop_text = ["("]': "hints.drop_text: expected regular expressions; '(' is none",
        'drop_text = ["(?i)mehr"]': "hints.drop_text: expected regular expressions; '(?i)mehr' is none",
    },
}
CASES = [(right, wrong, message) for right, wrongs in MISTAKES.items() for wrong, message in wrongs.items()]


@pytest.mark.parametrize(("right", "wrong", "message"), CASES)
def test_a_mistake_is_answered_by_one_line_that_names_file_and_field(right: str, wrong: str, message: str) -> None:
    assert right in GOOD
    with pytest.raises(ConfigError) as caught:
        read(GOOD.replace(right, wrong, 1))
    assert str(caught.value).startswith("de/zeitung.toml: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_toml_is_answered_with_the_line() -> None:
    with pytest.raises(ConfigError, match=r"de/zeitung.toml: not TOML: .*line 2"):
        read('name = "Z"\nhome = https://')


def test_feeds_must_be_tables() -> None:
    with pytest.raises(ConfigError, match=r"feeds: expected tables, each beginning with \[\[feeds\]\]"):
        read(GOOD.partition("[[feeds]]")[0] + 'feeds = ["https://a.example/"]')


def test_what_dump_writes_reads_back_the_same() -> None:
    for known in load():
        assert catalogue.read(dump(known), source_id=known.id, where="x") == known
    assert read(dump(read(GOOD))) == read(GOOD)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda name: name.strip() == name))
def test_any_name_survives_dump(name: str) -> None:
    assert read(dump(read(GOOD.replace("Zeitung", "X")))).name == "X"
    one = Source("de.zeitung", name, "https://a.example/", "de", ("de",), "Europe/Berlin", sections={name: "world"})
    assert read(dump(one)) == one


@pytest.fixture
def place(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a source file into the operator's directory."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_an_operators_file_is_added_and_one_of_the_same_id_takes_the_bundled_ones_place(
    tmp_path: Path, place: Callable[[str, str], Path]
) -> None:
    place("de/zeitung.toml", GOOD)
    place("de/merkur.toml", GOOD.replace("Zeitung", "Mein Merkur"))
    place("de/notes.txt", "nothing")
    known = load(tmp_path)
    assert len(known) == len(load()) + 1
    merkur, zeitung = known.get("de.merkur"), known.get("de.zeitung")
    assert merkur is not None and merkur.name == "Mein Merkur"
    assert zeitung is not None and zeitung.rights is Rights.EXCERPT


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("zeitung.toml", "lies in a folder named for its country, as de/zeitung.toml"),
        ("de/Die Zeitung.toml", "is named in a–z, 0–9 and -"),
        ("at/zeitung.toml", "country: expected the name of the file's folder, at"),
    ],
)
def test_a_file_in_the_wrong_place_is_named(
    tmp_path: Path, place: Callable[[str, str], Path], name: str, message: str
) -> None:
    path = place(name, GOOD)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)


def test_a_missing_directory_and_an_unreadable_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="fehlt: there is no such directory"):
        load(tmp_path / "fehlt")
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "a.toml").write_bytes(b'name = "\xff"')
    with pytest.raises(ConfigError, match=r"a\.toml: cannot be read"):
        load(tmp_path)


KNOWN = Catalogue(
    [
        source("de.zeitung", "https://www.zeitung.example/", "zeitung-sport.example"),
        source("de.sport", "https://sport.zeitung.example/"),
        source("fr.portail", "https://www.portal.example/fr/"),
        source("de.portal", "https://www.portal.example/", "portal.example/deutsch"),
        source("at.frz", "https://www.portal.example/fr/at"),
    ]
)


@pytest.mark.parametrize(
    ("url", "source_id"),
    [
        ("https://www.zeitung.example/a", "de.zeitung"),
        ("http://zeitung.example", "de.zeitung"),
        ("https://roma.zeitung.example/a", "de.zeitung"),
        ("https://WWW.Zeitung.Example:8080/a", "de.zeitung"),
        ("https://zeitung-sport.example/a", "de.zeitung"),
        ("https://www.sport.zeitung.example/a", "de.sport"),
        ("https://www.portal.example/fr/a", "fr.portail"),
        ("https://www.portal.example/fr", "fr.portail"),
        ("https://www.portal.example/fr/at/a", "at.frz"),
        ("https://www.portal.example/franz", "de.portal"),
        ("https://meinezeitung.example/a", None),
        ("https://zeitung.example.boese.example/", None),
        ("https://example/", None),
        ("keine Adresse", None),
        ("", None),
    ],
)
def test_a_page_belongs_to_the_most_specific_source_of_its_address(url: str, source_id: str | None) -> None:
    found = KNOWN.of(url)
    assert (found.id if found else None) == source_id


def test_of_two_sources_with_one_address_the_later_counts() -> None:
    first, second = source("de.a", "https://zeitung.example/"), source("de.b", "https://www.zeitung.example/")
    assert Catalogue([first, second]).of("https://zeitung.example/x") == second


def test_a_stranger_is_a_source_by_its_host() -> None:
    unknown = stranger("https://www.zeitung.example/a/b.html")
    assert (unknown.id, unknown.name) == ("web.zeitung-example", "zeitung.example")
    assert unknown.home == "https://www.zeitung.example/"
    assert stranger("https://zeitung.example/feed", name="Zeitung").name == "Zeitung"
    assert Catalogue([unknown]).of("https://zeitung.example/c") == unknown


@pytest.mark.parametrize("address", ["", "zeitung.example", "ftp://zeitung.example/", "https://"])
def test_what_is_no_address_is_no_stranger(address: str) -> None:
    with pytest.raises(ConfigError, match="not the address of a web page"):
        stranger(address)


def test_many_publishers_in_many_languages_ship_with_the_package() -> None:
    known = list(load())
    assert len(known) >= 100
    assert len({language for one in known for language in one.languages}) >= 30
    assert all(one.feeds for one in known)
    assert all(one.rights is Rights.LINK for one in known)
    assert {section for one in known for section in one.sections.values()} <= set(SECTIONS)


def test_no_two_sources_that_ship_share_a_feed_or_an_address() -> None:
    known = list(load())
    feeds = [feed.url for one in known for feed in one.feeds]
    assert len(feeds) == len(set(feeds))
    for one in known:
        assert Catalogue(known).of(one.home) == one


@pytest.mark.shared
def test_nearly_every_page_of_the_shared_folder_has_its_publisher_in_the_catalogue(shared: Path) -> None:
    known, rows = load(), (shared / "pages" / "index.tsv").read_text(encoding="utf-8").splitlines()
    columns = rows[0].split("\t")
    missing = []
    for row in rows[1:]:
        page = dict(zip(columns, row.split("\t"), strict=True))
        found = known.of(page["url"])
        if found is None:
            missing.append(page["publisher"])
        else:
            assert page["language"] in found.languages, page["url"]
    assert len(missing) <= 2, missing
