"""Values → pages, as bytes. The only door to jinja2."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from limitedtimes.contents import Gathered
from limitedtimes.edition import names, times
from limitedtimes.edition.appeals import TRAP, Form
from limitedtimes.edition.archive import Archive
from limitedtimes.edition.area import Area
from limitedtimes.edition.assets import assets
from limitedtimes.edition.choose import DayCount, Front, Pager
from limitedtimes.edition.jsonld import news_article, script_safe
from limitedtimes.edition.query import Query
from limitedtimes.edition.reading import Reading, dateline, reading
from limitedtimes.edition.reasons import turn, why
from limitedtimes.edition.regions import REGIONS, Region
from limitedtimes.edition.revisions import Change
from limitedtimes.edition.safety import plain, web_address
from limitedtimes.edition.settings import Settings
from limitedtimes.edition.stories import Coverage
from limitedtimes.edition.trends import Rise
from limitedtimes.languages import base, direction, language_name
from limitedtimes.model import SECTIONS, Awaiting, Published, Source, Teaser
from limitedtimes.protocols import Status
from limitedtimes.removal import Removal
from limitedtimes.search import Found

_SAFE: Final = re.compile(r"/(?![/\\])[A-Za-z0-9/._~%=?&:@+,-]*")
SIDE_BY_SIDE: Final = ".side-by-side.html"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page of the site. ``now`` is the time of rendering; ``path`` the page's own address."""

    settings: Settings
    now: datetime
    path: str
    sections: tuple[str, ...] = ()  # those that have articles
    feed: str = ""  # where this page's feeds are: "/feed", "/politics/feed"
    feed_query: str = ""  # what stands behind their names: "?country=es"
    seam: str = ""  # stands where on all pages of articles is the same, so that it can be put in later


@dataclass(frozen=True, slots=True)
class Around:
    """What an article page shows beside its article."""

    read_also: tuple[Teaser, ...] = ()
    latest: tuple[Teaser, ...] = ()
    trends: Sequence[Rise] = ()
    story: Coverage | None = None  # where others report the same event
    history: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that is a list of articles."""

    title: str
    teasers: Sequence[Teaser]
    pager: Pager
    description: str = ""
    source: Source | None = None
    day: date | None = None  # on the page of a day: itself
    earlier: date | None = None  # the neighbouring days
    later: date | None = None
    by_day: bool = field(default=True)  # headings for the days
    address: str = ""  # of its first page
    calendar: Sequence[Sequence[DayCount | None]] = ()  # on the page of a day: the weeks of its month


@dataclass(frozen=True, slots=True)
class Waiting:
    """Articles that have no English yet: how many per language, and the newest of them."""

    counts: Mapping[str, int]
    newest: Sequence[Awaiting]


@dataclass(frozen=True, slots=True)
class MyArea:
    """A reader's own choice. ``reasons`` are those of the hits, in their order; ``sources`` can be chosen."""

    area: Area
    names: Sequence[str]  # what was chosen, in words
    hints: Sequence[str]
    found: Found
    reasons: Sequence[Sequence[str]]
    pager: Pager
    sources: Sequence[Source]


def path_of(path: str) -> str:
    """One of our own paths, safe in an attribute, a header and a feed: absolute, on this host, percent-encoded."""
    if _SAFE.fullmatch(path):
        return path
    return "/" + quote(path.lstrip("/\\"), safe="/.-_~%=?&:@+,", errors="replace")


def numbered(path: str, number: int | str) -> str:
    """The address of a page of a list: ``/politics/``, 2 → ``/politics/page/2``. The first has the list's own."""
    return path if number == 1 else f"{path.rstrip('/')}/page/{number}"


def side_by_side_path(path: str) -> str:
    """``/…/x.id.html`` → ``/…/x.id.side-by-side.html``"""
    return path.removesuffix(".html") + SIDE_BY_SIDE


def front(frame: Frame, page: Front, *, waiting: Waiting, trends: Sequence[Rise]) -> bytes:
    return _page("front.html", frame, page=page, waiting=waiting, trends=trends)


def listing(frame: Frame, page: Listing) -> bytes:
    return _page("list.html", frame, page=page)


def search(frame: Frame, query: Query, found: Found, pager: Pager) -> bytes:
    return _page("search.html", frame, query=query, found=found, pager=pager)


def search_titles(frame: Frame) -> bytes:
    """The search of an edition that is files: a script looks through the titles."""
    return _page("search-titles.html", frame)


def moved(settings: Settings, target: str) -> bytes:
    """What stands as a file at an address that leads elsewhere on this site."""
    return _render("moved.html", settings=settings, target=path_of(target))


def my_area(frame: Frame, page: MyArea) -> bytes:
    codes = {base(code) for source in page.sources for code in source.languages} | set(page.area.of("language"))
    languages = sorted(codes, key=language_name)
    sources = sorted(page.sources, key=lambda source: source.name.casefold())
    choices = {"languages": languages, "sources": sources, "sections": SECTIONS, "regions": _regions()}
    return _page("my.html", frame, page=page, chosen=frozenset(page.area.of("country")), **choices)


@cache
def _regions() -> list[tuple[Region, list[tuple[str, str]]]]:
    """Each with the codes and names of its countries in the order of the names."""
    named = ((region, [(code, names.country_name(code)) for code in region.countries]) for region in REGIONS.values())
    return [(region, sorted(countries, key=lambda country: country[1])) for region, countries in named]


def article(frame: Frame, shown: Reading, around: Around) -> bytes:
    return _page("article.html", frame, around=around, **_article_context(frame.settings, shown))


def article_in_parts(frame: Frame, shown: Reading, around: Around) -> list[bytes]:
    """What is the article's own: before the masthead, from there to what else there is today, and after that."""
    return _cut(article, frame, shown, replace(around, latest=(), trends=()))


def side_by_side_in_parts(frame: Frame, shown: Reading) -> list[bytes]:
    """Before the masthead, and after it."""
    return _cut(side_by_side, frame, shown)


def _cut(page: Callable[..., bytes], frame: Frame, *more: object) -> list[bytes]:
    seam = secrets.token_hex(16)  # so that no text of a publisher's can hold it
    return page(replace(frame, seam=seam), *more).split(seam.encode())


def masthead(frame: Frame) -> bytes:
    """As it stands on the pages of articles."""
    return _page("_masthead.html", frame)


def beside(frame: Frame, latest: Sequence[Teaser], trends: Sequence[Rise]) -> bytes:
    """What else there is today, as it stands on the pages of articles."""
    return _page("_beside.html", frame, around=Around(latest=tuple(latest), trends=trends))


def side_by_side(frame: Frame, shown: Reading) -> bytes:
    return _page("side-by-side.html", frame, **_article_context(frame.settings, shown))


def trends(frame: Frame, rises: Sequence[Rise]) -> bytes:
    return _page("trends.html", frame, rises=rises)


def story(frame: Frame, coverage: Coverage) -> bytes:
    return _page("story.html", frame, coverage=coverage)


def sources(frame: Frame, catalogue: Sequence[Source], counts: Mapping[str, int]) -> bytes:
    ordered = sorted(catalogue, key=lambda source: (names.country_name(source.country), source.name.casefold()))
    return _page("sources.html", frame, catalogue=ordered, counts=counts)


def status(frame: Frame, state: Status, gathered: Sequence[Gathered]) -> bytes:
    return _page("status.html", frame, state=state, gathered=gathered)


def words(frame: Frame, which: str) -> bytes:
    """One of the pages that are only words: ``about``, ``privacy``, ``disclaimer``, ``removal-received``, ``saved``."""
    return _page(f"{which}.html", frame)


def removal(frame: Frame, form: Form) -> bytes:
    return _page("removal.html", frame, form=form, trap=TRAP)


def gone(frame: Frame, removed: Removal, *, whole: bool) -> bytes:
    return _page("gone.html", frame, removal=removed, whole=whole)


def archive(frame: Frame, page: Archive) -> bytes:
    return _page("archive.html", frame, page=page)


def problem(frame: Frame, *, status_code: int, title: str, message: str) -> bytes:
    return _page("problem.html", frame, status_code=status_code, title=title, message=message)


def article_file(published: Published, *, side_by_side: bool = False, settings: Settings | None = None) -> bytes:
    """The article as one HTML file that needs no server: style inside, no link to the site."""
    settings = settings or Settings()
    context = _article_context(settings, reading(published, settings.audience))
    style = "".join(assets()[name].body.decode() for name in ("style.css", "article.css"))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    context |= {"side_by_side": side_by_side, "style": Markup(style), "style_hash": digest}  # noqa: S704 — our own file
    return _render("file.html", settings=settings, **context)


def _article_context(settings: Settings, shown: Reading) -> dict[str, object]:
    path = path_of(shown.published.path)
    described = news_article(shown, settings, settings.base_url + path)
    return {
        "reading": shown,
        "published": shown.published,
        "article": shown.published.article,
        "source": shown.published.source,
        "side_path": side_by_side_path(path),
        "json_ld": Markup(script_safe(described)),  # noqa: S704 — script_safe leaves nothing that HTML reads
    }


def _page(template: str, frame: Frame, **context: object) -> bytes:
    return _render(template, frame=frame, settings=frame.settings, **context)


def _render(template: str, **context: object) -> bytes:
    return _environment().get_template(template).render(**context).encode()


def _finalize(value: object) -> object:
    """Every string that a template prints goes through here, on its way to being escaped."""
    return plain(value) if type(value) is str else value


def _source_of(name: str) -> str:
    return (files("limitedtimes.edition") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_source_of),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "address": web_address,
        "path": path_of,
        "numbered": numbered,
        "language": language_name,
        "country": names.country_name,
        "section": names.section_name,
        "dir": direction,
        "doubt": names.doubt,
        "turn": turn,
        "why": why,
        "iso": times.iso,
        "clock": times.clock,
        "day": times.day,
        "month": times.month,
        "weekday": times.weekday,
        "span": times.span,
        "dateline": dateline,
    }
    environment.globals |= {"asset": lambda name: assets()[name].address, "local_time": times.on_publishers_clock}
    return environment
