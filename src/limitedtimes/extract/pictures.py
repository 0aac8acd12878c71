"""The article's pictures: a real address, the caption and the credit, each where the page has them.

A picture's frame is the <figure> around it, or the largest box that holds it, no other picture, and little text.
All text in a frame is caption or credit and never body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from limitedtimes.extract.body import Body
from limitedtimes.extract.canonical import absolute, site
from limitedtimes.extract.clutter import is_clutter_line
from limitedtimes.extract.credits import cut_credit, is_credit, plain_credit
from limitedtimes.extract.tree import Element, bare, clean
from limitedtimes.extract.walk import Role, Run, Shot
from limitedtimes.model import BlockKind, Picture

_MAX_CAPTION: Final = 700  # letters; a box with more text is no frame
_MAX_CLIMB: Final = 6
_MAX_RUNS: Final = 5
_MIN_WIDTH: Final = 150
_WIDE_ENOUGH: Final = 1200  # of several sizes, the smallest that is at least this wide

_SOURCES: Final = ("data-srcset", "data-lazy-srcset", "srcset")
_ADDRESSES: Final = ("data-src", "data-original", "data-lazy-src", "data-url", "data-image", "data-full", "src")
_NO_PICTURE = re.compile(
    r"logo|icon|avatar|spacer|pixel|placeholder|blank\.|1x1|transparent|emoji|sprite|gravatar|/ads?/|\.svg(?:$|\?)",
    re.I,
)
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Framed:
    """A shot with the runs of its frame."""

    shot: Shot
    runs: tuple[Run, ...]


class Gallery:
    """The shots of the article, each with its frame. ``orders`` are those of the runs that are captions or credits."""

    def __init__(self, shots: Sequence[Shot], runs: Sequence[Run], body: Body, *, start: int) -> None:
        """``start`` is the order of the headline: pictures a little before it count, too."""
        self._body = body
        prose = body.prose()
        end = prose[-1].order if prose else 0
        self._runs = [run for run in runs if start - 30 <= run.order <= end + 10]
        self._shots = [
            shot for shot in shots if start - 30 <= shot.order <= end + 10 and self._belongs(shot, start, end)
        ]
        self._sizes = _tally(self._runs, self._shots)
        self.framed = list(self._frames())
        self.orders = {run.order for framed in self.framed for run in framed.runs}

    def pictures(self, base: str) -> list[tuple[int, Picture]]:
        """Order in the page and picture, each address once; a picture without caption must be of some size."""
        found: dict[str, tuple[int, Picture]] = {}
        for framed in self.framed:
            url = address(framed.shot.element, base)
            if not url or _NO_PICTURE.search(url):
                continue
            caption, credit = words(framed.runs)
            if not caption and not credit and not _is_large(framed.shot):
                continue
            known = found.get(_key(url))
            if known is None or (not known[1].caption and caption):
                order = known[0] if known else framed.shot.order
                found[_key(url)] = (order, Picture(url=url, caption=caption, credit=credit))
        return list(found.values())

    def _belongs(self, shot: Shot, start: int, end: int) -> bool:
        place = shot.place
        if shot.order > end and place.element not in self._body.elements:
            return False
        if any(self._body.minds(box) for box in place.clutter):
            return False
        return not shot.linked or place.figure is not None or _links_to_picture(shot.element)

    def _frames(self) -> Iterator[Framed]:
        for shot in self._shots:
            frame = self._frame(shot)
            if frame is not None:
                inside = set(frame.iter())
                runs = tuple(run for run in self._runs if run.place.element in inside and run.text)
                yield Framed(shot, runs)

    def _frame(self, shot: Shot) -> Element | None:
        """The outermost box around a shot that holds it alone and little text."""
        frame = None
        element = shot.element.getparent()
        for _ in range(_MAX_CLIMB):
            if element is None or element in self._body.above or not self._is_frame(element):
                break
            frame = element
            element = element.getparent()
        if frame is None and shot.place.figure is not None and shot.place.figure not in self._body.above:
            frame = shot.place.figure
        return frame

    def _is_frame(self, element: Element) -> bool:
        letters, runs, shots, spoilt = self._sizes.get(element, (0, 0, 1, 0))
        return letters <= _MAX_CAPTION and runs <= _MAX_RUNS and shots <= 1 and not spoilt


def _tally(runs: Iterable[Run], shots: Iterable[Shot]) -> dict[Element, tuple[int, int, int, int]]:
    """Letters, runs, shots, and runs that no frame holds (headings, leads), for every element around them."""
    sizes: dict[Element, tuple[int, int, int, int]] = {}
    for run in runs:
        place = run.place
        spoilt = place.kind in (BlockKind.HEADING, BlockKind.ITEM) and place.role is Role.TEXT
        for element in (place.element, *place.element.iterancestors()):
            letters, count, pictures, bad = sizes.get(element, (0, 0, 0, 0))
            sizes[element] = (letters + len(run.bare), count + 1, pictures, bad + spoilt)
    for shot in shots:
        for element in shot.element.iterancestors():
            letters, count, pictures, bad = sizes.get(element, (0, 0, 0, 0))
            sizes[element] = (letters, count, pictures + 1, bad)
    return sizes


def words(runs: Sequence[Run]) -> tuple[str, str]:
    """Caption and credit out of the runs of a frame."""
    captions: list[str] = []
    credits: list[str] = []
    for run in runs:
        if is_clutter_line(run.text):
            continue
        if run.place.role is Role.CREDIT or is_credit(run.text):
            credits.append(plain_credit(run.text))
            continue
        caption, credit = cut_credit(run.text)
        captions += [caption] if caption else []
        credits += [credit] if credit else []
    caption, credit = " ".join(dict.fromkeys(captions)), ", ".join(dict.fromkeys(filter(None, credits)))
    return caption, credit


def address(element: Element, base: str) -> str:
    """The address of the picture itself: out of srcset, lazy-loading attributes or src; "" where there is none."""
    holders = [element]
    parent = element.getparent()
    if parent is not None and parent.tag == "picture":
        holders += parent.findall("source")
    for holder in holders:
        for name in _SOURCES:
            if (chosen := _from_srcset(holder.get(name) or "")) and (url := absolute(chosen, base)):
                return url
        for name in _ADDRESSES:
            url = absolute(clean(holder.get(name) or ""), base)
            if url and not _NO_PICTURE.search(url):
                return url
    return ""


def _from_srcset(srcset: str) -> str:
    """The smallest picture that is wide enough, or the widest."""
    sizes: list[tuple[float, str]] = []
    for found in re.finditer(r"(\S+?)(?:\s+(\d+(?:\.\d+)?)([wx]))?\s*(?:,\s+|,?$|,(?=https?:|/))", srcset.strip()):
        width = float(found[2] or 1) * (1 if found[3] == "w" else 800)
        if not found[1].startswith("data:") and found[1]:
            sizes.append((width, found[1]))
    enough = [size for size in sizes if size[0] >= _WIDE_ENOUGH]
    return min(enough)[1] if enough else max(sizes, default=(0.0, ""))[1]


def _is_large(shot: Shot) -> bool:
    width = shot.element.get("width") or ""
    if width.isdigit():
        return int(width) >= 2 * _MIN_WIDTH
    return shot.place.figure is not None or any(shot.element.get(name) for name in _SOURCES)


def _links_to_picture(element: Element) -> bool:
    for parent in element.iterancestors("a"):
        return bool(_PICTURE_FILE.search(parent.get("href") or ""))
    return False


def _key(url: str) -> str:
    """What two sizes of one picture have in common: the path's last part without numbers of size."""
    path = url.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0]
    return (
        site(path.split("/")[2])
        + bare(re.sub(r"[-_]?\d{2,4}x\d{2,4}", "", path.rsplit("/", 1)[-1]))
        + (url.rsplit("?", maxsplit=1)[-1] if "." not in path.rsplit("/", 1)[-1] else "")
    )
