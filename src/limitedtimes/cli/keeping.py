"""The file of articles' pages beside the database: which one a server reads, and `warm`, which fills it."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from importlib.metadata import version
from typing import Final

from tqdm import tqdm

from limitedtimes.cli import compose
from limitedtimes.config import Config
from limitedtimes.edition import render
from limitedtimes.edition.settings import Settings
from limitedtimes.errors import ConfigError
from limitedtimes.protocols import Newsstand, Store
from limitedtimes.publish.state import digest, program
from limitedtimes.store.drawer import FileDrawer, delete_others, drawers_in, open_drawer, path_of
from limitedtimes.web import application, make

_MADE_BY: Final = ("store", "contents.py", "model.py", "search.py", "story.py")
"""What a page is made by beside the rooms that `program` names."""
_LOOK: Final = 100  # pages between two looks at whether there is room
_LOWEST: Final = 19  # https://man7.org/linux/man-pages/man2/nice.2.html


def edition_of(settings: Settings) -> str:
    """A name that differs where the same article may give another page."""
    shown = replace(settings, page_cache=0, check_every=0)
    return digest(program(*_MADE_BY), shown, version("jinja2"), platform.python_version(), zlib.ZLIB_RUNTIME_VERSION)


@contextmanager
def drawer(config: Config, settings: Settings, store: Newsstand) -> Iterator[FileDrawer | None]:
    """The drawer that goes with these settings, right as of now; None where the operator wants none."""
    if not config.page_file:
        yield None
        return
    with closing(open_drawer(path_of(config.data, edition_of(settings)), config.page_file)) as found:
        found.restart(store, store.changed_at)
        yield found


def tidy(config: Config, settings: Settings) -> None:
    """Delete the drawers of earlier versions and settings; all where none is wanted."""
    delete_others(config.data, edition_of(settings) if config.page_file else "")


def purge(config: Config, store: Store) -> bool:
    """Leave nothing in any drawer of what was removed. False where traces are left, because a program reads."""
    swept = True
    for path in drawers_in(config.data):
        with closing(open_drawer(path, config.page_file)) as found:
            found.restart(store, store.changed_at)
            swept &= found.sweep()
    return swept


def warm(options: argparse.Namespace) -> int:
    """May be ended at any time: what is made stays. At the lowest priority, so that readers and the line come first."""
    os.nice(_LOWEST)
    config = compose.addressed(compose.load_config(options.config), options)
    if options.latest is not None and options.latest < 1:
        raise ConfigError(f"--latest: {options.latest}: must be at least 1")
    if not config.page_file:
        raise ConfigError("page_file: is 0, so that no page is kept; set it to some megabytes")
    settings = compose.settings(config)
    with closing(compose.store(config)) as store, drawer(config, settings, store) as kept:
        made, left = _fill(kept, store, settings, options.latest)
    print(f"{made} pages are ready" + (f"; the file is full: {left} are left (page_file)" if left else ""))
    return 0


def _fill(kept: FileDrawer | None, store: Store, settings: Settings, latest: int | None) -> tuple[int, int]:
    """How many pages are ready, and for how many there is no room: the latest first."""
    app = application(store, settings=settings, clock=compose.clock, drawer=kept)
    paths = [render.path_of(one.path) for one in store.outlines(now=compose.clock())][:latest]
    for done, path in enumerate(tqdm(paths, unit=" pages", leave=False, disable=not sys.stderr.isatty())):
        if done % _LOOK == 0 and kept and kept.full:
            return done, len(paths) - done
        make(app, path)
    return len(paths), 0
