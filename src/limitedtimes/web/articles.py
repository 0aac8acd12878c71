"""The pages of articles: their own parts, which a drawer keeps from one edition to the next, and what is around."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from limitedtimes.contents import subject_of_source
from limitedtimes.drawer import Drawer, Folder
from limitedtimes.edition import choose, render
from limitedtimes.edition.reading import Reading, reading
from limitedtimes.edition.revisions import history
from limitedtimes.edition.rights import shown
from limitedtimes.model import Published, Teaser
from limitedtimes.web.joining import Piece, joined, packed, piece, unpacked
from limitedtimes.web.pages import ID, Desk, NotFound
from limitedtimes.web.shelf import Answer, State, answer, redirect

_SAME, _KIN, _LATEST = 8, 8, 8
_NEAR: Final = timedelta(days=14)
_UNSETTLED: Final = timedelta(hours=1)
"""How long the page of an article is kept to which others that are like it may still come."""
_ARTICLE: Final = re.compile(
    r"/[^/]{1,40}/[^/]{1,300}\.(?P<id>[0-9a-hjkmnp-tv-z]{10})(?P<side>\.side-by-side)?\.html", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Own:
    """What is an article's own on one of its pages. Good until one of ``subjects`` changes, or ``until``."""

    pieces: Sequence[Piece]
    subjects: frozenset[str]
    until: datetime | None = None


class Around:
    """What stands around all articles in one state, made when it is first needed."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self.state = desk, desk.state
        self._latest = [teaser.id for teaser in desk.recent[: _LATEST + 1]]
        self._beside: dict[str, Piece] = {}
        self.masthead = piece(render.masthead(desk.frame("")))
        self.otherwise = _Otherwise(desk)

    @property
    def lacking(self) -> bool:
        """Whether there may be nothing that could stand beside an article."""
        return len(self._latest) < 2

    def known(self, id_: str) -> bool:
        """Whether what stands beside the article is made already."""
        return self._named(id_) in self._beside

    def beside(self, id_: str) -> Piece:
        """Only the latest articles have something of their own there: all but themselves."""
        name = self._named(id_)
        if name not in self._beside:
            latest = [teaser for teaser in self._desk.recent if teaser.id != name][:_LATEST]
            self._beside[name] = piece(render.beside(self._desk.frame(""), latest, self._desk.box))
        return self._beside[name]

    def _named(self, id_: str) -> str:
        return id_ if id_ in self._latest else ""


class Articles:
    """The pages of articles. Without a drawer each is made anew in every state."""

    def __init__(self, drawer: Drawer | None) -> None:
        self._drawer = drawer
        self._around: Around | None = None  # only of a state that the drawer has caught up with

    def begin(self, desk: Desk) -> None:
        """To be called in each state before a page of it is asked for. Blocks."""
        if self._drawer and desk.state and desk.state.changed:
            self._drawer.catch_up(desk.store, desk.state.changed)

    def ready(self, path: str, state: State, now: datetime) -> Answer | None:
        """The page, if it only has to be joined. Waits for nobody."""
        around, asked = self._around, _ARTICLE.fullmatch(path)
        if around is None or around.state != state or asked is None or not around.known(asked["id"]):
            return None
        return self._kept(path, asked["id"], around, now)

    def _kept(self, path: str, id_: str, around: Around, now: datetime) -> Answer | None:
        content = self._drawer.get(path, now=now) if self._drawer and not around.lacking else None
        return _joined(unpacked(content), around, id_) if content else None

    def page(self, desk: Desk, path: str) -> Answer:
        """Raises NotFound, Gone."""
        around = self._around
        if around is None or around.state != desk.state:
            around = self._around = Around(desk)
        asked = _ARTICLE.fullmatch(path)
        found = (asked and self._kept(path, asked["id"], around, desk.now)) or _found(desk, path)
        if isinstance(found, Answer):
            return found
        if around.lacking or desk.settings.static:
            return _whole(desk, path, found)
        made = own(desk, path, found, around.otherwise)
        if self._drawer and desk.state and desk.state.changed:
            folder = Folder(path, packed(made.pieces), made.subjects, made.until)
            self._drawer.put(folder, mark=desk.state.changed)
        return _joined(made.pieces, around, found.article.id)


def _joined(own: Sequence[Piece], around: Around, id_: str) -> Answer:
    """Its own pieces with those between them: the masthead, and on the page of the article what stands beside it."""
    first, *rest = own
    between = [around.masthead, around.beside(id_)] if len(rest) > 1 else [around.masthead]
    return joined([first, *(each for pair in zip(between, rest, strict=True) for each in pair)])


def _found(desk: Desk, path: str) -> Published | Answer:
    """A right id under a wrong section or slug is sent on. Raises NotFound, Gone."""
    asked = _ARTICLE.fullmatch(path)
    published = desk.store.published(asked["id"]) if asked else None
    if asked and published is None:
        desk.expect(article=asked["id"])
    if asked is None or published is None:
        raise NotFound("There is no article at this address.")
    right = render.path_of(published.path)
    right = render.side_by_side_path(right) if asked["side"] else right
    return published if render.path_of(path) == right else redirect(right)


def _whole(desk: Desk, path: str, published: Published) -> Answer:
    view, frame = reading(published, desk.settings.audience), desk.frame(path)
    if path.endswith(render.SIDE_BY_SIDE):
        return answer(render.side_by_side(frame, view))
    beside = _beside(desk, view, _Otherwise(desk))
    if not desk.settings.static:  # what is the latest now is not when a file is read
        latest = [teaser for teaser in desk.recent if teaser.id != published.article.id][:_LATEST]
        beside = replace(beside, latest=tuple(latest), trends=desk.box)
    return answer(render.article(frame, view, beside))


def own(desk: Desk, path: str, published: Published, otherwise: _Otherwise) -> Own:
    """What is the article's own on its page, or on its side-by-side page."""
    view, frame = reading(published, desk.settings.audience), desk.frame(path)
    if path.endswith(render.SIDE_BY_SIDE):
        parts = render.side_by_side_in_parts(frame, view)
        return Own([*map(piece, parts)], _subjects(published, ()))
    beside = _beside(desk, view, otherwise)
    parts = render.article_in_parts(frame, view, beside)
    story = beside.story
    named = (*beside.read_also, *(story.reports if story else ()))
    settled = desk.now > _time(desk, published) + _NEAR
    subjects = _subjects(published, named) | ({story.id} if story else set())  # the id of a story is that of an article
    return Own([*map(piece, parts)], subjects, None if settled else desk.now + _UNSETTLED)


def _subjects(published: Published, named: Iterable[Teaser]) -> frozenset[str]:
    """All that a page says something of."""
    articles = {published.article.id, *(teaser.id for teaser in named)}
    sources = {published.source.id, *(teaser.source for teaser in named)}
    return frozenset((*articles, *map(subject_of_source, sources)))


def _time(desk: Desk, published: Published) -> datetime:
    given = published.article.published
    return min(given.at, desk.now) if given else published.first_published


def _beside(desk: Desk, view: Reading, otherwise: _Otherwise) -> render.Around:
    """What the page has beside the article that belongs to it."""
    published, id_ = view.published, view.published.article.id
    coverage = desk.coverage(id_)
    story = coverage if coverage and len(coverage.reports) > 1 else None
    views = [report for report in story.reports if report.source != published.source.id] if story else []
    kin = _kin(desk, published)
    also = choose.read_also(id_, views=views, kin=kin)
    if len(also) < choose.RELATED:
        also = choose.read_also(id_, views=views, kin=(*kin, *otherwise.than(published)))
    revisions = desk.store.revisions(id_) if published.revision > 1 else []
    return render.Around(also, story=story, history=history(view, revisions))


def _kin(desk: Desk, published: Published) -> list[Teaser]:
    """What is like an article, but of another story, from the weeks around it."""
    at = _time(desk, published)
    found = desk.store.related(published.article.id, since=at - _NEAR, until=min(at + _NEAR, desk.now), limit=_KIN)
    return [shown(teaser, desk.settings.audience) for teaser in found]


class _Otherwise:
    """What there is to read after an article that few are like: the latest of its section and of its source."""

    def __init__(self, desk: Desk) -> None:
        self._section = cache(lambda section: desk.teasers(_SAME, section=section))
        self._source = cache(lambda source: desk.teasers(_SAME, source=source))

    def than(self, published: Published) -> Sequence[Teaser]:
        return choose.related(
            published.article.id,
            same_section=self._section(published.enrichment.section),
            same_source=self._source(published.source.id),
        )


def short(desk: Desk, id_: str) -> Answer:
    """``/a/{id}`` leads to the article."""
    published = desk.store.published(id_) if ID.fullmatch(id_) else None
    if published is None:
        desk.expect(article=id_)
        raise NotFound("There is no article of that number.")
    return redirect(render.path_of(published.path))
