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
from limitedtimes.extract.clutter import Sort, is_clutter_title, sort_of
from limitedtimes.extract.credits import cut_credit, is_credit, plain_credit
from limitedtimes.extract.tree import Element, bare, clean, squeeze
from limitedtimes.extract.walk import Role, Run, Shot, common_signature, signature
from limitedtimes.model import BlockKind, Picture

_MAX_CAPTION: Final = 700  # letters; a box with more text is no frame
_FLOW_SHARE: Final = 0.15
_MAX_ORPHAN: Final = 200
_MAX_CLIMB: Final = 6
_MAX_RUNS: Final = 5
_BEFORE: Final = 30
_AFTER: Final = 10  # how far (in runs and shots) before the headline and behind the article its pictures may stand
_MIN_WIDTH: Final = 150
_WIDE_ENOUGH: Final = 1200  # of several sizes, the smallest that is at least this wide

_ADDRESSES: Final = ("srcset", "-src", "original", "data-url", "data-image", "data-full", "src")
_NO_PICTURE = re.compile(
    r"logo|icon|avatar|spacer|pixel|placeholder|blank\.|1x1|transparent|emoji|sprite|gravatar|/ads?/|\.svg(?:$|\?)",
    re.I,
)
_SIZE = re.compile(r"(\S*[^,\s])(?:\s+(\d+(?:\.\d+)?)([wx]))?\s*(?:,|$)")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tally:
    """What an element holds: ``spoilt`` when a heading, an item or an ordinary paragraph is in it."""

    letters: int = 0
    runs: int = 0
    shots: int = 0
    spoilt: bool = False


_NOTHING: Final = Tally()


@dataclass(frozen=True, slots=True)
class Framed:
    """A shot with the runs of its frame."""

    shot: Shot
    runs: tuple[Run, ...]


class Gallery:
    """The shots of the article, each with its frame. ``orders`` are those of the runs that are captions or credits."""

    def __init__(self, shots: Sequence[Shot], runs: Sequence[Run], body: Body, *, start: int, base: str) -> None:
        """``start`` is the order of the headline: pictures a little before it count, too."""
        self._body = body
        prose = body.prose()
        self._end = prose[-1].order if prose else 0
        first, last = start - _BEFORE, self._end + _AFTER
        self._common = common_signature(prose)
        self._flows = _flows([run for run in prose if signature(run) == self._common])
        self._runs = [run for run in runs if first <= run.order <= last]
        self._urls = {
            shot.order: url
            for shot in shots
            if first <= shot.order <= last and self._belongs(shot) and (url := address(shot.element, base))
        }
        self._shots = [shot for shot in shots if shot.order in self._urls]
        self._sizes = self._tally()
        self.framed = self._adopt([framed for shot in self._shots if (framed := self._framed(shot))])
        self.orders = {run.order for framed in self.framed for run in framed.runs}

    def pictures(self) -> list[tuple[int, Picture]]:
        """Order in the page and picture, each address once; a picture without caption must be of some size."""
        found: dict[str, tuple[int, Picture]] = {}
        for framed in self.framed:
            url = self._urls[framed.shot.order]
            caption, credit = words(framed.runs)
            credit = credit or _credit_in_attributes(framed.shot.element)
            if not caption and (framed.shot.linked or not _is_large(framed.shot)):
                continue
            known = found.get(_key(url))
            if known is None or len(caption) > len(known[1].caption):
                order = known[0] if known else framed.shot.order
                found[_key(url)] = (order, Picture(url=url, caption=caption, credit=credit))
        return list(found.values())

    def _belongs(self, shot: Shot) -> bool:
        place = shot.place
        if shot.order > self._end and place.element not in self._body.elements:
            return False
        outer = place.clutter if place.figure is None else _around(place.figure, place.clutter)
        return not any(self._body.minds(box) and not self._is_picture_box(box) for box in outer)

    def _is_picture_box(self, box: Element) -> bool:
        """Whether a box, whatever its name, holds a caption and little else."""
        elements = set(box.iter())
        runs = [run for run in self._runs if run.place.element in elements]
        captions = [run for run in runs if run.place.role is not Role.TEXT and run.place.label in elements]
        short = sum(len(run.bare) for run in runs) <= _MAX_CAPTION and len(runs) <= _MAX_RUNS
        return bool(captions) and short and all(run.linked < 0.5 for run in runs)

    def _framed(self, shot: Shot) -> Framed | None:
        frame = self._frame(shot)
        inside = set() if frame is None else set(frame.iter())
        runs = tuple(run for run in self._runs if run.place.element in inside)
        leads_away = shot.linked and shot.place.figure is None and not _links_to_picture(shot.element)
        if leads_away and (not runs or any(run.linked > 0.5 for run in runs)):
            return None  # a teaser of another article
        return Framed(shot, runs)

    def _frame(self, shot: Shot) -> Element | None:
        """The outermost box around a shot that holds it alone and little text, but not less than its <figure>."""
        frame = shot.place.figure if self._body.minds(shot.place.figure) else None
        element = shot.element.getparent() if frame is None else frame.getparent()
        for _ in range(_MAX_CLIMB):
            if element is None or element in self._body.above or not self._is_frame(element):
                break
            frame = element
            element = element.getparent()
        return frame

    def _is_frame(self, element: Element) -> bool:
        tally = self._sizes.get(element, _NOTHING)
        return tally.letters <= _MAX_CAPTION and tally.runs <= _MAX_RUNS and tally.shots <= 1 and not tally.spoilt

    def _tally(self) -> dict[Element, Tally]:
        sizes: dict[Element, Tally] = {}
        for run in self._runs:
            for element in (run.place.element, *run.place.element.iterancestors()):
                known = sizes.get(element, _NOTHING)
                spoilt = known.spoilt or self._is_no_caption(run)
                sizes[element] = Tally(known.letters + len(run.bare), known.runs + 1, known.shots, spoilt)
        for shot in self._shots:
            for element in shot.element.iterancestors():
                known = sizes.get(element, _NOTHING)
                sizes[element] = Tally(known.letters, known.runs, known.shots + 1, known.spoilt)
        return sizes

    def _is_no_caption(self, run: Run) -> bool:
        if self._body.minds(run.place.label) or self._body.minds(run.place.figure):
            return False
        ordinary = signature(run) == self._common and _outer(run) in self._flows
        return run.place.kind is not BlockKind.PARAGRAPH or ordinary

    def _adopt(self, framed: list[Framed]) -> list[Framed]:
        """Captions that stand in no frame go to the picture right before them, if it has none."""
        taken = {run.order for one in framed for run in one.runs}
        orphans = [run for run in self._runs if run.order not in taken]
        return [one if one.runs else Framed(one.shot, self._right_behind(one.shot, orphans)) for one in framed]

    def _right_behind(self, shot: Shot, orphans: Sequence[Run]) -> tuple[Run, ...]:
        """Runs marked as captions behind a shot, or a short one in a box that looks like no paragraph."""
        near = [run for run in orphans if shot.order < run.order <= shot.order + 3]
        marked = tuple(run for run in near if run.place.role is not Role.TEXT and self._body.minds(run.place.label))
        return marked or tuple(run for run in near[:1] if run.order == shot.order + 1 and self._may_be_caption(run))

    def _may_be_caption(self, run: Run) -> bool:
        tag, names = signature(run)
        plain = run.place.kind is BlockKind.PARAGRAPH and run.linked < 0.5 and not run.place.clutter
        return plain and tag == "div" and bool(names) and (tag, names) != self._common and len(run.text) <= _MAX_ORPHAN


def _flows(ordinary: Sequence[Run]) -> set[tuple[str, str]]:
    """What boxes an article's ordinary paragraphs stand in: those with a good share of its letters."""
    sizes: dict[tuple[str, str], int] = {}
    for run in ordinary:
        sizes[_outer(run)] = sizes.get(_outer(run), 0) + len(run.bare)
    total = sum(sizes.values())
    return {box for box, size in sizes.items() if size > _FLOW_SHARE * total}


def _outer(run: Run) -> tuple[str, str]:
    """Tag and class of what a run's element stands in."""
    parent = run.place.element.getparent()
    return ("", "") if parent is None else (parent.tag, parent.get("class") or "")


def _around(figure: Element, boxes: Iterable[Element]) -> list[Element]:
    """Those boxes that hold the figure; what is inside it is its own affair."""
    outer = set(figure.iterancestors())
    return [box for box in boxes if box in outer]


def _credit_in_attributes(element: Element) -> str:
    """The credit that some publishers put into title or alt, behind the description."""
    for name in ("title", "alt"):
        text = squeeze(element.get(name) or "")
        if is_credit(text):
            return plain_credit(text)
        if credit := cut_credit(text)[1]:
            return credit
        head, _, tail = text.rpartition(" | ")
        if head and len(tail) <= 60:
            return plain_credit(tail)
    return ""


def _is_byline(run: Run) -> bool:
    """Whether a run is in a box named for an author or the rights: beside a picture, that is its credit."""
    boxes, element = run.place.clutter, run.place.element
    named = sort_of(f"{element.get('class') or ''} {element.get('id') or ''}")
    return bool(boxes) and boxes[-1] is element and named is Sort.BYLINE


def words(runs: Sequence[Run]) -> tuple[str, str]:
    """Caption and credit out of the runs of a frame."""
    captions: list[str] = []
    credits: list[str] = []
    for run in runs:
        if run.place.role is Role.CREDIT or is_credit(run.text) or _is_byline(run):
            credits.append(plain_credit(run.text))
            continue
        if is_clutter_title(run.text):
            continue
        caption, credit = cut_credit(run.text)
        captions += [caption] if caption else []
        credits += [credit] if credit else []
    caption, credit = " ".join(dict.fromkeys(captions)), ", ".join(dict.fromkeys(filter(None, credits)))
    return caption, credit


def address(element: Element, base: str) -> str:
    """The address of the picture itself: out of srcset, lazy-loading attributes or src; "" where there is none."""
    for holder in _holders(element):
        for name, value in sorted(holder.attrib.items(), key=lambda pair: _rank(pair[0])):
            chosen = (
                _from_srcset(value)
                if "srcset" in name
                else value
                if _rank(name) < len(_ADDRESSES) and "/" in value
                else ""
            )
            url = absolute(clean(chosen), base) if chosen else ""
            if url and not _NO_PICTURE.search(url):
                return url
    return ""


def _holders(element: Element) -> Iterator[Element]:
    """The element itself, its <source>s, and the <img> for browsers without JavaScript beside it."""
    yield element
    parent = element.getparent()
    for _ in range(2):
        if parent is None:
            return
        yield from parent.iterfind("source")
        yield from parent.iterfind("noscript//img")
        parent = parent.getparent()


def _rank(name: str) -> int:
    """Which attribute to believe first: a set of sizes, a lazy address, then src."""
    return next((at for at, word in enumerate(_ADDRESSES) if word in name), len(_ADDRESSES))


def _from_srcset(srcset: str) -> str:
    """The smallest picture that is wide enough, or the widest."""
    sizes: list[tuple[float, str]] = []
    for found in _SIZE.finditer(srcset.strip()):
        width = float(found[2] or 1) * (1 if found[3] == "w" else 800)
        if not found[1].startswith("data:"):
            sizes.append((width, found[1]))
    enough = [size for size in sizes if size[0] >= _WIDE_ENOUGH]
    return min(enough)[1] if enough else max(sizes, default=(0.0, ""))[1]


def _is_large(shot: Shot) -> bool:
    width = shot.element.get("width") or ""
    if width.isdigit():
        return int(width) >= 2 * _MIN_WIDTH
    return shot.place.figure is not None or any("srcset" in name for name in shot.element.attrib)


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
