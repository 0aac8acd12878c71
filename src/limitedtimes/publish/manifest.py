"""What publishing has written into a folder: a file that is replaced at the end of a run, and a journal during it.

An address is in the journal before its file is touched, and again with what was written when it is done. So a run that
was killed is known to the next one to the last file, and no file of somebody else is ever taken for ours.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final, TextIO

from limitedtimes.errors import LimitedTimesError

_FORM: Final = 1
_BEGUN, _GONE = "?", "-"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that was written. ``version``: of what the page shows; ``target``: the path that a redirect leads to."""

    address: str
    unit: str  # the first address of those that it was made with
    version: str
    digest: str  # of its bytes
    size: int
    target: str = ""
    articles: tuple[str, ...] = ()  # ids of others that it leads to

    @property
    def line(self) -> str:
        *fields, articles = astuple(self)
        return "\t".join([*map(str, fields), " ".join(articles)])


class Manifest:
    """``state`` is the version of the whole edition that was last published completely, "" while that is not so."""

    def __init__(self, folder: Path) -> None:
        """Raises LimitedTimesError for files that are not ours."""
        self._pages, self._journal = folder / "pages.tsv", folder / "journal.tsv"
        self.entries: dict[str, Entry] = {}
        self.begun: set[str] = set()
        self.state = ""
        self._log: TextIO | None = None
        if self._pages.exists():
            self._load()
        if self._journal.exists():
            self._replay()

    def _load(self) -> None:
        with self._pages.open(encoding="utf-8", newline="\n") as lines:
            try:
                head = json.loads(next(lines))
                if head["form"] != _FORM:
                    raise LimitedTimesError(f"{self._pages}: is of another version of this program; publish anew")
                self.state = head["state"]
                self.entries = {entry.address: entry for entry in map(_entry, lines)}
            except (ValueError, KeyError, TypeError, StopIteration) as error:
                raise LimitedTimesError(f"{self._pages}: is damaged; publish into a new folder") from error

    def _replay(self) -> None:
        """What a run that did not come to its end has done. Its last line may be cut."""
        self.state = ""
        for line in self._journal.read_text(encoding="utf-8", errors="replace").split("\n")[:-1]:
            kind, _, rest = line.partition("\t")
            if kind == _BEGUN:
                self.begun.add(rest)
            elif kind == _GONE:
                self.entries.pop(rest, None)
            elif line.count("\t") == 6:
                self.entries[kind] = _entry(line)

    def begin(self, address: str) -> None:
        """Say that the file of an address is about to be written."""
        if address not in self.begun and address not in self.entries:
            self.begun.add(address)
            self._say(f"{_BEGUN}\t{address}")

    def put(self, entry: Entry) -> None:
        self.entries[entry.address] = entry
        self._say(entry.line)

    def drop(self, address: str) -> None:
        self.entries.pop(address, None)
        self.begun.discard(address)
        self._say(f"{_GONE}\t{address}")

    def _say(self, line: str) -> None:
        if self._log is None:
            self._log = self._journal.open("a", encoding="utf-8", newline="\n")
            self._log.write("\n")  # ends a line that was cut
        self._log.write(line + "\n")
        self._log.flush()

    def complete(self, state: str) -> None:
        """The run is at its end: keep all in one file, and forget the journal."""
        self.state = state
        part = self._pages.with_suffix(".part")
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps({"form": _FORM, "state": state}) + "\n")
            file.writelines(entry.line + "\n" for entry in self.entries.values())
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._pages)
        self.close()
        self._journal.unlink(missing_ok=True)
        self.begun.clear()

    def close(self) -> None:
        if self._log is not None:
            self._log.close()
            self._log = None

    def by_unit(self) -> Mapping[str, list[Entry]]:
        """The entries, by the first address of their unit."""
        return grouped(self.entries.values())


def grouped(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.unit, []).append(entry)
    return groups


def _entry(line: str) -> Entry:
    address, unit, version, digest, size, target, articles = line.rstrip("\n").split("\t")
    return Entry(address, unit, version, digest, int(size), target, tuple(articles.split()))
