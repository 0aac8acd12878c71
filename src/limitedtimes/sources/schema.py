"""What a source file may say: every field, checked by hand so that every mistake gets one line that helps.

The tables FIELDS, FEED_FIELDS and HINT_FIELDS are the schema's list of names; ``docs/add-a-publisher.md`` explains
them, and a test holds the two together.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Final, TypeVar

from cssselect import HTMLTranslator, SelectorError

from limitedtimes.errors import ConfigError
from limitedtimes.model import SECTIONS, FeedKind, FeedPointer, Hints, Rights, Source
from limitedtimes.sources import codes
from limitedtimes.sources.markup import absolute

FIELDS: Final = (
    "name",
    "home",
    "country",
    "languages",
    "time_zone",
    "rights",
    "hosts",
    "delay",
    "every",
    "feeds",
    "sections",
    "hints",
)
FEED_FIELDS: Final = ("url", "kind", "section")
HINT_FIELDS: Final = tuple(field.name for field in fields(Hints))
LISTED_HINTS: Final = ("drop", "drop_text")

SHORTEST_DELAY: Final = 3
"""Seconds between requests to a host: courtesy that a source file may add to, and not take from."""

NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What the file, and so the second half of the id, may be called."""

Kind = TypeVar("Kind", str, int, float)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a TOML file, and where it stands, for the messages."""

    where: str  # "de/merkur.toml: "; for an inner table "de/merkur.toml: feeds[2]."
    values: Mapping[str, object]

    def wrong(self, field: str, expected: str) -> ConfigError:
        got = self.values.get(field)
        return ConfigError(f"{self.where}{field}: expected {expected}" + ("" if got is None else f", not {got!r}"))

    def only(self, known: Collection[str]) -> None:
        for field in self.values:
            if field not in known:
                close = difflib.get_close_matches(field, known, n=1)
                hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
                raise ConfigError(f"{self.where}{field}: there is no such field; {hint}")

    def text(self, field: str, expected: str, default: str | None = None) -> str:
        value = self.values.get(field, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.wrong(field, expected)
        return value.strip()

    def texts(self, field: str, expected: str) -> tuple[str, ...]:
        value = self.values.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.wrong(field, expected)
        return tuple(value)

    def number(self, field: str, least: int, expected: str) -> float | None:
        value = self.values.get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value < 1e6:
            raise self.wrong(field, expected)
        return value

    def inner(self, field: str) -> Table:
        value = self.values.get(field, {})
        if not isinstance(value, dict):
            raise self.wrong(field, f"a table, [{field}]")
        return Table(f"{self.where}{field}.", value)

    def inners(self, field: str) -> Iterator[Table]:
        value = self.values.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(field, f"tables, each beginning with [[{field}]]")
        for number, item in enumerate(value, start=1):
            yield Table(f"{self.where}{field}[{number}].", item)


def source_of(values: Mapping[str, object], *, source_id: str, where: str) -> Source:
    """A Source from the values of its TOML file. Raises ConfigError naming ``where`` and the field."""
    table = Table(f"{where}: ", values)
    table.only(FIELDS)
    every = table.number("every", 1, "minutes between two looks at the feeds, at least 1")
    return Source(
        id=source_id,
        name=table.text("name", "the publisher's name"),
        home=_address(table, "home", "the http(s) address of the front page"),
        country=_country(table, source_id),
        languages=_languages(table),
        time_zone=_time_zone(table),
        feeds=tuple(_feeds(table, source_id)),
        rights=Rights(_one_of(table, "rights", tuple(Rights), default=Rights.LINK)),
        hints=_hints(table.inner("hints")),
        hosts=_hosts(table),
        sections=_sections(table.inner("sections")),
        delay=table.number("delay", SHORTEST_DELAY, f"seconds between two requests, at least {SHORTEST_DELAY}"),
        every=None if every is None else round(every),
    )


def _address(table: Table, field: str, expected: str) -> str:
    given = table.text(field, expected)
    if not absolute(given):
        raise table.wrong(field, expected)
    return given


def _one_of(table: Table, field: str, choices: Collection[str], *, default: str) -> str:
    chosen = table.text(field, f"one of {', '.join(choices)}", default)
    if chosen not in choices:
        raise table.wrong(field, f"one of {', '.join(choices)}")
    return chosen


def _country(table: Table, source_id: str) -> str:
    expected = "the country's two letters in lower case (ISO 3166-1), as de"
    country = table.text("country", expected)
    if country not in codes.countries():
        raise table.wrong("country", expected)
    if country != source_id.partition(".")[0]:
        raise table.wrong("country", f"the name of the file's folder, {source_id.partition('.')[0]}")
    return country


def _languages(table: Table) -> tuple[str, ...]:
    expected = 'a list of ISO 639 codes, the most used first, as ["de"]'
    languages = table.texts("languages", expected)
    for code in languages:
        if not codes.is_language(code):
            raise table.wrong("languages", f"{expected}; {code!r} is none")
    if not languages:
        raise table.wrong("languages", expected)
    return languages


def _time_zone(table: Table) -> str:
    expected = "an IANA time zone, as Europe/Berlin"
    name = table.text("time_zone", expected)
    if name not in codes.time_zones():
        close = difflib.get_close_matches(name, codes.time_zones(), n=1)
        raise table.wrong("time_zone", f"{expected} (did you mean {close[0]}?)" if close else expected)
    return name


def _feeds(table: Table, source_id: str) -> Iterator[FeedPointer]:
    seen = set()
    for feed in table.inners("feeds"):
        feed.only(FEED_FIELDS)
        url = _address(feed, "url", "the http(s) address of a feed or sitemap")
        if url in seen:
            raise feed.wrong("url", "an address that is not listed above already")
        seen.add(url)
        kind = FeedKind(_one_of(feed, "kind", tuple(FeedKind), default=FeedKind.FEED))
        yield FeedPointer(url, source_id, kind, feed.text("section", "the publisher's name of the section", ""))


def _hosts(table: Table) -> tuple[str, ...]:
    expected = 'host names, perhaps with the beginning of a path, as ["merkur.example", "portal.example/merkur"]'
    hosts = table.texts("hosts", expected)
    for host in hosts:
        if "://" in host or not re.match(r"[^/.\s]+(\.[^/.\s]+)+(/|$)", host) or not absolute(f"https://{host}"):
            raise table.wrong("hosts", f"{expected}; {host!r} is none")
    return tuple(host.lower() for host in hosts)


def _sections(table: Table) -> dict[str, str]:
    return {name: _one_of(table, name, SECTIONS, default="") for name in table.values}


def _hints(table: Table) -> Hints:
    table.only(HINT_FIELDS)
    selectors = {name: table.text(name, "a CSS selector", "") for name in HINT_FIELDS if name not in LISTED_HINTS}
    drop, drop_text = table.texts("drop", "a list of CSS selectors"), table.texts("drop_text", "a list of patterns")
    for name, selector in [*selectors.items(), *(("drop", selector) for selector in drop)]:
        _check_selector(table, name, selector)
    for pattern in drop_text:
        try:
            re.compile(f"(?:{pattern})")  # it becomes one of several alternatives
        except re.error as error:
            raise table.wrong("drop_text", f"regular expressions; {pattern!r} is none ({error})") from None
    return Hints(**selectors, drop=drop, drop_text=drop_text)


def _check_selector(table: Table, name: str, selector: str) -> None:
    try:
        if selector:
            HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise table.wrong(name, f"a CSS selector; {selector!r} is none ({error})") from None
