"""`publish`: the whole edition as files, for any web server or host."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections import Counter
from contextlib import closing
from urllib.parse import urlsplit

from tqdm import tqdm

from limitedtimes.cli import compose
from limitedtimes.config import Config, checked
from limitedtimes.errors import ConfigError
from limitedtimes.publish import Folder, Told, publish


def publish_edition(options: argparse.Namespace) -> int:
    config = compose.load_config(options.config)
    config = _fit(checked(dataclasses.replace(config, base_url=options.base_url or config.base_url)))
    with closing(compose.store(config)) as store, Folder(options.directory, into=options.into) as folder:
        progress = _Progress()
        try:
            with store.snapshot() as reads:
                publish(
                    reads,
                    compose.settings(config),
                    folder,
                    now=compose.clock(),
                    tell=progress.report,
                    again=options.again,
                )
        finally:
            progress.close()
    return 0


def _fit(config: Config) -> Config:
    """The configuration, if what it says can be put into files for readers anywhere. Raises ConfigError."""
    if config.audience == "private" and not config.behind_login:
        raise ConfigError(
            "audience: a private edition shows full translations, and files can be read by whoever reaches them; set "
            "audience = 'public', or behind_login = true if a login stands before the place that they go to"
        )
    if not config.base_url:
        raise ConfigError(
            "base_url: must be set, here or as --base-url: feeds and canonical links name the address that the files "
            "will have"
        )
    if urlsplit(config.base_url).path.strip("/"):
        raise ConfigError(
            f"base_url: {config.base_url}: the pages need a host of their own, for their addresses begin at its root; "
            "name one without a path"
        )
    return config


class _Progress:
    """A bar on a terminal, one line for each file otherwise, and a table at the end."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._bar = tqdm(unit=" files", leave=False, dynamic_ncols=True) if sys.stderr.isatty() else None

    def report(self, told: Told) -> None:
        if told.what:
            self._counts[told.what] += 1
            self._say(told)
        if self._bar is not None:
            self._bar.total = self._bar.n + 1 + told.left
            self._bar.update()

    def _say(self, told: Told) -> None:
        if self._bar is None:
            print(f"{told.what} {told.address}", file=sys.stderr, flush=True)
        elif told.foreign:
            self._bar.write(f"{told.what} {told.address}", file=sys.stderr)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
        for what, count in self._counts.items():
            print(f"{count:6} {what}", file=sys.stderr)
        if not self._counts:
            print("Nothing has changed.", file=sys.stderr)
