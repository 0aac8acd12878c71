"""How fast an edition is published as files: `python benchmarks/publish.py [--articles N] [--folder F]`.

Fills a paper with N made-up articles (see corpus.py), publishes it into an empty folder, publishes again without news,
then with one article more, and with ten more. Prints for each the files written, seconds by the clock and of the
processor (what the clock would say on a machine that does nothing else), and the articles a second of the first run.
All is made in a temporary folder of F and removed.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import corpus

from limitedtimes.edition.settings import Audience, Settings
from limitedtimes.publish import Folder, publish
from limitedtimes.store import open_store


def run(name: str, path: Path, folder: Path, now: datetime) -> float:
    """Publish, and say what that took. Returns the seconds of the processor."""
    counts: Counter[str] = Counter()
    begin, busy = time.perf_counter(), time.process_time()
    store = open_store(path)
    with store.snapshot() as reads, Folder(folder) as into:
        settings = Settings(base_url="https://paper.example", audience=Audience.PUBLIC)
        publish(reads, settings, into, now=now, tell=lambda told: counts.update([told.what or "as it was"]))
    store.close()
    clock, busy = time.perf_counter() - begin, time.process_time() - busy
    print(f"{name:32}{clock:10.1f}{busy:10.1f}  {dict(counts)}", flush=True)
    return busy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path, site = Path(folder) / "paper.sqlite", Path(folder) / "site"
        begin = time.process_time()
        corpus.fill(path, options.articles)
        print(
            f"{options.articles} articles in {path.stat().st_size / 1e6:.0f} MB ({time.process_time() - begin:.0f} s)"
        )
        print(f"{'seconds':32}{'clock':>10}{'processor':>10}")
        busy = run("into an empty folder", path, site, corpus.NOW)
        print(f"{options.articles / busy:.0f} articles a second of the processor, two pages and a short address each")
        run("again, without news", path, site, corpus.NOW)
        for more in (1, 10):
            run(f"with {more} more", path, site, corpus.arrive(path, more))
        files = [one.stat() for one in site.rglob("*") if one.is_file()]
        print(f"{len(files)} files, {sum(one.st_size for one in files) / 1e6:.0f} MB, "
              f"{sum(one.st_blocks for one in files) * 512 / 1e6:.0f} MB on the disk")  # fmt: skip


if __name__ == "__main__":
    main()
