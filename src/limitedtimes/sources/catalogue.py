"""The publishers: one TOML file each, those that ship with the package and the operator's own."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from urllib.parse import urlsplit

from limitedtimes.errors import ConfigError
from limitedtimes.model import FeedKind, FeedPointer, Source
from limitedtimes.sources.markup import absolute
from limitedtimes.sources.schema import HINT_FIELDS, NAME, source_of


class Catalogue:
    """Sources by id and by address. Of two with the same id or address, the later one counts."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = {source.id: source for source in sources}
        self._places: dict[str, list[tuple[str, Source]]] = {}
        for source in reversed(self._sources.values()):
            for host, path in _places(source):
                self._places.setdefault(host, []).append((path, source))
        for places in self._places.values():
            places.sort(key=lambda place: -len(place[0]))

    def get(self, source_id: str) -> Source | None:
        return self._sources.get(source_id)

    def of(self, url: str) -> Source | None:
        """The publisher of an address, by host, subdomains included; the longest host wins, then the longest path."""
        parts = urlsplit(absolute(url))
        labels = (parts.hostname or "").split(".")
        for start in range(len(labels)):
            for path, source in self._places.get(".".join(labels[start:]), ()):
                if not path or f"{parts.path}/".startswith(f"{path}/"):
                    return source
        return None

    def __iter__(self) -> Iterator[Source]:
        return iter(self._sources.values())

    def __len__(self) -> int:
        return len(self._sources)


def _places(source: Source) -> Iterator[tuple[str, str]]:
    """Host (without ``www.``) and path prefix ("" for the whole host) of everything that is the publisher's."""
    for address in (source.home, *(f"https://{host}" for host in source.hosts)):
        parts = urlsplit(absolute(address))
        yield (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")


def load(*directories: Path | str) -> Catalogue:
    """The sources that ship, then those of the operator's directories, a later one in the place of an earlier.

    A source's file is ``<country>/<name>.toml``, its id ``<country>.<name>``. Raises ConfigError naming the file and
    the field.
    """
    bundled = files("limitedtimes.sources").joinpath("data")
    sources = [source for place in (bundled, *map(Path, directories)) for source in _sources(place)]
    return Catalogue(sources)


def _sources(directory: Traversable) -> Iterator[Source]:
    if not directory.is_dir():
        raise ConfigError(f"{directory}: there is no such directory of sources")
    for folder in _sorted(directory):
        if folder.is_dir():
            yield from (_source(file) for file in _sorted(folder) if file.name.endswith(".toml"))
        elif folder.name.endswith(".toml"):
            raise ConfigError(f"{folder}: a source's file lies in a folder named for its country, as de/{folder.name}")


def _sorted(directory: Traversable) -> list[Traversable]:
    return sorted(directory.iterdir(), key=lambda item: item.name)


def _source(file: Traversable) -> Source:
    country, name = str(file).removesuffix(".toml").replace("\\", "/").split("/")[-2:]
    if not NAME.fullmatch(name):
        raise ConfigError(f"{file}: a source's file is named in a–z, 0–9 and -, as merkur.toml")
    return read(_text(file), source_id=f"{country}.{name}", where=str(file))


def _text(file: Traversable) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read ({error})") from None


def read(text: str, *, source_id: str, where: str) -> Source:
    """A source from the text of its file; ``where`` names the file in messages."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: not TOML: {error}") from None
    return source_of(values, source_id=source_id, where=where)


def dump(source: Source) -> str:
    """The text of a source's file: what ``read`` makes the same source of."""
    lines = [
        f"name = {_toml(source.name)}",
        f"home = {_toml(source.home)}",
        f"country = {_toml(source.country)}",
        f"languages = {_toml(source.languages)}",
        f"time_zone = {_toml(source.time_zone)}",
        f"rights = {_toml(source.rights.value)}",
    ]
    lines += [f"{field} = {_toml(value)}" for field in ("hosts", "delay", "every") if (value := getattr(source, field))]
    for feed in source.feeds:
        lines += ["", "[[feeds]]", *_feed_lines(feed)]
    if source.sections:
        lines += ["", "[sections]", *(f"{_toml(name)} = {_toml(ours)}" for name, ours in source.sections.items())]
    hints = [f"{name} = {_toml(value)}" for name in HINT_FIELDS if (value := getattr(source.hints, name))]
    return "\n".join([*lines, *(["", "[hints]", *hints] if hints else [])]) + "\n"


def _feed_lines(feed: FeedPointer) -> list[str]:
    lines = [f"url = {_toml(feed.url)}"]
    lines += [f"kind = {_toml(feed.kind.value)}"] if feed.kind is not FeedKind.FEED else []
    return lines + ([f"section = {_toml(feed.section)}"] if feed.section else [])


def _toml(value: object) -> str:
    """A TOML value: JSON's strings, numbers and lists are TOML's, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
