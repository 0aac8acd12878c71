"""A pool of processes that extract. A page that hangs or kills its process costs itself, and nobody else."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final

from limitedtimes.child import end_pool, settle_in
from limitedtimes.errors import StepError
from limitedtimes.line import extract_page
from limitedtimes.model import Article, Page, Source

PAGES_PER_PROCESS: Final = 500
"""After so many pages a process is replaced: parsers leak a little, and memory must stay bounded over weeks."""


class Extractors:
    """``submit`` a page; ``restart`` when a process is stuck or gone."""

    def __init__(self, workers: int) -> None:
        self.workers = workers or os.cpu_count() or 1
        self._pool = self._new()

    def _new(self) -> ProcessPoolExecutor:
        # Not fork: the parent has threads (fetching, the engine), whose locks a forked child would inherit.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            self.workers, mp_context=context, initializer=settle_in, max_tasks_per_child=PAGES_PER_PROCESS
        )

    def submit(self, page: Page, source: Source | None) -> Future[Article | StepError]:
        try:
            return self._pool.submit(extract_page, page, source)
        except BrokenProcessPool:
            self.restart()
            return self._pool.submit(extract_page, page, source)

    def restart(self) -> None:
        """Kill every process of the pool and start with a new one; what was in flight fails with BrokenProcessPool."""
        end_pool(self._pool)
        self._pool = self._new()

    def close(self) -> None:
        end_pool(self._pool)
