"""What each kind of page costs to make: `python benchmarks/pages.py --paper FOLDER [--rounds N]`.

Asks a site in this process, without a socket, for one page of every kind, each from a fresh state as after an article
came, and prints the milliseconds of processor time of the first and the best of N. Make the paper with load.py.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import corpus

from limitedtimes.edition.settings import Settings
from limitedtimes.publish.asking import Site
from limitedtimes.store import open_store
from limitedtimes.web import application

BASE = "http://127.0.0.1:8000"


def kinds(database: Path) -> Iterator[tuple[str, str]]:
    paths = corpus.paths(database)
    newest = next(paths)
    for _ in range(999):
        older = next(paths)
    day = f"{corpus.NOW - timedelta(days=3):%Y-%m-%d}"
    source = corpus.source_of(7).id
    story = corpus.story_of(22)
    yield from {
        "front page": "/",
        "article, the newest": newest,
        "article, the 1,000th": older,
        "side by side": older.removesuffix(".html") + ".side-by-side.html",
        "latest, page 1": "/latest",
        "latest, page 500": "/latest/page/500",
        "latest, last page": "/latest/page/2500",
        "section": "/politics/",
        "section, page 100": "/politics/page/100",
        "source": f"/source/{source}",
        "country": "/country/de",
        "language": "/language/de",
        "language, page 20": "/language/de/page/20",
        "topic": "/topic/government",
        "story": f"/story/{story}",
        "day": f"/date/{day}",
        "month": f"/date/{day[:7]}",
        "year": f"/date/{day[:4]}",
        "archive": "/archive",
        "search": "/search?q=government",
        "my area": "/my?country=de",
        "saved": "/saved",
        "sources": "/sources",
        "status": "/status",
        "about": "/about",
        "removal": "/removal",
        "trends": "/trends",
        "sitemap, index": "/sitemap.xml",
        "sitemap, a month": f"/sitemap-{day[:7]}.xml",
        "news sitemap": "/news-sitemap.xml",
        "feed": "/feed.atom",
        "feed, section": "/politics/feed.rss",
        "feed, source": f"/source/{source}/feed.json",
        "feed, country": "/country/de/feed.atom",
        "feed, topic": "/topic/government/feed.atom",
        "feed, my area": "/my/feed.atom?country=de",
        "feed, day": f"/date/{day}/feed.atom",
        "feed, trends": "/trends/feed.atom",
        "feed, story": f"/story/{story}/feed.atom",
    }.items()


class Clock:
    """Each look is five minutes after the one before, so that no page and no trend is kept."""

    def __init__(self) -> None:
        self.now = corpus.NOW + timedelta(hours=1)

    def __call__(self) -> datetime:
        return self.now


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paper", type=Path, required=True, help="folder of the database")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    database = options.paper / "limitedtimes.sqlite"
    asked = list(kinds(database))
    clock = Clock()
    with closing(open_store(database)) as store:
        settings = Settings(noindex=False, check_every=0)
        site = Site(application(store, settings=settings, clock=clock), BASE)
        for name, path in asked:
            took = []
            for _ in range(options.rounds):
                clock.now += timedelta(minutes=5)
                if not name.endswith("trends"):
                    site.ask("/trends")  # counted for these five minutes: that is trends' own cost
                    site.ask("/about")
                began = time.process_time()
                answer = site.ask(path)
                took.append(1000 * (time.process_time() - began))
            print(f"{name:24} first {took[0]:7.1f}  best {min(took):7.1f} ms  {answer.status} {path}", flush=True)
        site.close()


if __name__ == "__main__":
    main()
