"""One pass over a page: every run of text and every picture, in reading order, with where it stands.

A run is what a reader sees as one paragraph: inline elements (links, bold, spans) never cut it, block elements and
double line breaks do. Nothing is judged here; ``body.py`` chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final

from limitedtimes.extract.clutter import Sort, sort_of
from limitedtimes.extract.tree import UNSEEN, Element, bare, squeeze, words
from limitedtimes.model import BlockKind

_BLOCKS: Final = words(
    """address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot
    th thead tr ul caption"""
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS: Final = {"li": BlockKind.ITEM, "blockquote": BlockKind.QUOTE, **dict.fromkeys(_HEADINGS, BlockKind.HEADING)}
_UNREAD: Final = UNSEEN | frozenset(
    {
        "nav",
        "footer",
        "button",
        "input",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "map",
        "option",
        "label",
    }
)
_CLUTTER_TAGS: Final = frozenset({"aside", "form", "dialog"})
_BOLD: Final = frozenset({"b", "strong"})
PROSE_LETTERS: Final = 60  # a run with fewer letters may be anything: a byline, a date, a button
DENSE_LETTERS: Final = 25  # the same in scripts that write a word in one or two characters

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PARAGRAPH_BREAK = re.compile(r"(?:[ \t\xa0]*\n[ \t\xa0]*){2,}")


class Role(Enum):
    """What a run is by where it stands."""

    TEXT = auto()
    CAPTION = auto()
    CREDIT = auto()


_PICTURE_TAGS: Final = ("-img", "-image", "-picture")
_LEAD_PROPERTIES: Final = ("description", "alternativeHeadline", "abstract")
_ROLES: Final = {Sort.CAPTION: Role.CAPTION, Sort.CREDIT: Role.CREDIT}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run stands: inherited from element to element on the way down."""

    element: Element  # the nearest block element
    kind: BlockKind = BlockKind.PARAGRAPH
    tag: str = "body"
    role: Role = Role.TEXT
    label: Element | None = None  # the caption or credit box around it
    figure: Element | None = None
    clutter: tuple[Element, ...] = ()  # elements around it that look like clutter, the outermost first
    table: Element | None = None
    lead: Element | None = None  # the box around it that is named a standfirst by class or itemprop
    item: Element | None = None  # the list item around it


@dataclass(frozen=True, slots=True)
class Run:
    """One paragraph's worth of text."""

    place: Place
    text: str
    bare: str
    linked: float  # share of its letters that are links
    bold: float  # share of its letters that are bold
    order: int


@dataclass(frozen=True, slots=True)
class Shot:
    """One <img> (or its kin)."""

    place: Place
    element: Element
    order: int
    linked: bool


@dataclass(slots=True)
class _Buffer:
    text: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0

    def add(self, text: str | None, *, link: bool, bold: bool) -> None:
        if not text:
            return
        self.text.append(text.replace("\n", " "))
        if link or bold:
            size = len(text.strip())
            self.linked += size if link else 0
            self.bold += size if bold else 0


class Walk:
    """The runs and shots of a page. One use: ``Walk(root)``, then read ``runs`` and ``shots``."""

    def __init__(self, root: Element, marks: Mapping[Element, Sort] | None = None) -> None:
        """``marks`` are sorts of boxes that are known; the others are judged by their class names."""
        self.runs: list[Run] = []
        self.shots: list[Shot] = []
        self._order = 0
        self._marks = marks or {}
        self._buffer = _Buffer()
        body = root.find("body")
        start = root if body is None else body
        self._visit(start, Place(element=start), link=False, bold=False)
        self._flush(Place(element=start))

    def _visit(self, element: Element, place: Place, *, link: bool, bold: bool) -> None:
        tag = element.tag
        if tag in _UNREAD:
            if tag == "button":  # a picture that opens large is often a button
                for picture in element.iter("img"):
                    self._shoot(picture, place, link=False)
            return
        if tag == "br":
            self._buffer.text.append("\n")
            return
        if tag == "img" or ("-" in tag and tag.endswith(_PICTURE_TAGS)):
            self._shoot(element, place, link=link)
            return
        inside = _placed(element, tag, place, known=self._marks.get(element))
        block = tag in _BLOCKS or inside.role is not place.role or _is_caption_line(element, tag)
        if block:
            self._flush(place)
        link, bold = link or _leads_away(element, tag), bold or tag in _BOLD
        self._buffer.add(element.text, link=link, bold=bold)
        for child in element:
            self._visit(child, inside, link=link, bold=bold)
            self._buffer.add(child.tail, link=link, bold=bold)
        if block:
            self._flush(inside)

    def _shoot(self, element: Element, place: Place, *, link: bool) -> None:
        self._order += 1
        self.shots.append(Shot(place, element, self._order, link))

    def _flush(self, place: Place) -> None:
        buffer, self._buffer = self._buffer, _Buffer()
        whole = "".join(buffer.text)
        if not whole or whole.isspace():
            return
        size = max(1, len(whole.strip()))
        for text in _paragraphs(whole):
            self._order += 1
            run = Run(
                place, text, bare(text), min(1.0, buffer.linked / size), min(1.0, buffer.bold / size), self._order
            )
            self.runs.append(run)


def _paragraphs(whole: str) -> Iterator[str]:
    pieces = _PARAGRAPH_BREAK.split(whole) if "\n" in whole else (whole,)
    return (text for piece in pieces if (text := squeeze(piece)))


def _leads_away(element: Element, tag: str) -> bool:
    """Whether an element is a link to another page: not to a place on this one, nor to a mail box."""
    if tag != "a":
        return False
    address = element.get("href")
    return bool(address) and not address.startswith(("#", "mailto:", "tel:"))


def _is_caption_line(element: Element, tag: str) -> bool:
    """A <span> with a class right under <figcaption> is a line of its own: the caption, or the credit."""
    return tag == "span" and element.getparent().tag == "figcaption" and "class" in element.attrib


def _placed(element: Element, tag: str, place: Place, *, known: Sort | None) -> Place:
    """The place of what is inside ``element``; the same object where nothing changes."""
    attributes = element.attrib
    sort = known or Sort.PLAIN
    if known is None and attributes:
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        sort = sort_of(names, in_caption=place.role is Role.CAPTION)
    clutter = place.clutter
    if sort is Sort.BYLINE:
        sort = Sort.CREDIT if place.figure is not None else Sort.CLUTTER
    if sort is Sort.CLUTTER or tag in _CLUTTER_TAGS or (attributes and _is_hidden(attributes)):
        clutter = (*clutter, element)
    role = _ROLES.get(sort) or (Role.CAPTION if tag == "figcaption" else place.role)
    label = place.label if role is place.role else element
    lead = element if sort is Sort.LEAD or attributes.get("itemprop") in _LEAD_PROPERTIES else place.lead
    if tag not in _BLOCKS:
        if clutter is place.clutter and role is place.role and lead is place.lead:
            return place
        return replace(place, clutter=clutter, role=role, label=label, lead=lead)
    return Place(
        element=element,
        kind=BlockKind.HEADING if sort is Sort.SUBHEAD else _KINDS.get(tag, place.kind),
        tag=tag,
        role=role,
        label=label,
        figure=element if tag == "figure" else place.figure,
        clutter=clutter,
        table=element if tag == "table" else place.table,
        lead=lead,
        item=element if tag == "li" else place.item,
    )


def _is_hidden(attributes: Element) -> bool:
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))
    )


def is_prose(run: Run) -> bool:
    """Whether a run is long enough to be a paragraph, and no link."""
    if run.linked >= 0.5 or (run.place.role is not Role.TEXT and run.place.figure is not None):
        return False
    size = len(run.bare)
    return size >= PROSE_LETTERS or (size >= DENSE_LETTERS and len(run.bare.encode()) > 2.5 * size)


def signature(run: Run) -> tuple[str, str]:
    """What a run's element looks like: tag and class."""
    return run.place.tag, run.place.element.get("class") or ""


def common_signature(prose: Iterable[Run]) -> tuple[str, str]:
    """Tag and class of most of an article's prose: its ordinary paragraphs."""
    sizes: dict[tuple[str, str], int] = {}
    for run in prose:
        sizes[signature(run)] = sizes.get(signature(run), 0) + len(run.bare)
    return max(sizes, key=lambda key: sizes[key], default=("", ""))
