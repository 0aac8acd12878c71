"""What a long command shows: a bar on a terminal, one line per item otherwise, and a table at the end."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

from tqdm import tqdm

from limitedtimes.cli.wording import counted
from limitedtimes.errors import StepError
from limitedtimes.model import Article, Harvest, Page
from limitedtimes.protocols import Outcome, StepName, Task, Translated

DONE = {
    StepName.POLL: "looked at",
    StepName.FETCH: "fetched",
    StepName.EXTRACT: "extracted",
    StepName.TRANSLATE: "translated",
    StepName.ENRICH: "published",
    StepName.LOCATE: "located",
    StepName.GROUP: "grouped",
}


class Progress:
    """Receives every outcome. ``left`` says how many tasks wait, for the length of the bar."""

    def __init__(self, left: Callable[[], int]) -> None:
        self.left = left
        self.done: Counter[str] = Counter()
        self.failed: Counter[str] = Counter()
        self.bar = tqdm(unit=" tasks", leave=False, dynamic_ncols=True) if sys.stderr.isatty() else None

    def report(self, outcome: Outcome[Any, Any]) -> None:
        """Count one outcome and show it."""
        if isinstance(outcome.value, StepError):
            self.failed[outcome.value.reason] += 1
            self.say(f"{outcome.task.step}: {outcome.value.message}")
        else:
            self.done[DONE[outcome.task.step]] += 1
            if self.bar is None:
                self.say(f"{DONE[outcome.task.step]} {_name(outcome.task)}{_remark(outcome.value)}")
        self._move()

    def say(self, text: str) -> None:
        """Show a line, above the bar."""
        if self.bar is None:
            print(text, file=sys.stderr, flush=True)
        else:
            self.bar.write(text, file=sys.stderr)

    def _move(self) -> None:
        if self.bar is None:
            return
        self.bar.total = self.bar.n + 1 + self.left()
        self.bar.set_postfix_str(", ".join(f"{count} {word}" for word, count in self.done.items()), refresh=False)
        self.bar.update()

    def close(self) -> None:
        """Take the bar away and print the table."""
        if self.bar is not None:
            self.bar.close()
        for word, count in self.done.items():
            print(f"{count:6} {word}", file=sys.stderr)
        for reason, count in self.failed.most_common():
            print(f"{count:6} not done: {reason}", file=sys.stderr)


def _name(task: Task[Any]) -> str:
    """The address that a task is about, for a person."""
    match task.input:
        case Article() as article:
            return article.url
        case Translated(article=article):
            return article.url
    return task.key


def _remark(value: object) -> str:
    match value:
        case Harvest(unchanged=True) | Page(status=304):
            return " (unchanged)"
        case Harvest():
            return f" ({counted(len(value.entries), 'entry')})"
    return ""
