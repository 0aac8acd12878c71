"""The state of an edition as plain text, for ``limitedtimes status``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from limitedtimes.edition.safety import plain
from limitedtimes.edition.times import iso, span
from limitedtimes.languages import language_name
from limitedtimes.protocols import ParkedTask, Status


def status_text(status: Status) -> str:
    """A few lines of figures; the tasks parked last are named with their reasons."""
    latency = status.latency
    lines = [
        f"Articles    {status.published} published in English, {status.articles} gathered, {status.sources} sources",
        f"Newest      {iso(status.newest) if status.newest else 'none yet'}",
        "Latency     "
        + (
            f"median {span(latency.median)}, 95 of 100 within {span(latency.p95)} (last 24 hours, {latency.count})"
            if latency
            else "no article of the last 24 hours to measure"
        ),
        f"Awaiting    {_tally({language_name(code): count for code, count in status.awaiting.items()})}",
        f"Queue       {_tally(status.queue)}",
        *_delayed(status.delayed),
        f"Doubts      {_tally(status.flags)}",
        f"Parked      {_tally(status.parked)}",
        *_parked(status.recent_parked),
    ]
    return "\n".join(lines)


def _tally(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"


def _delayed(delayed: Mapping[str, tuple[int, datetime]]) -> Iterable[str]:
    if delayed:
        reasons = (f"{reason} {count} until {iso(until)}" for reason, (count, until) in sorted(delayed.items()))
        yield f"Delayed     {', '.join(reasons)}"


def _parked(tasks: Iterable[ParkedTask]) -> Iterable[str]:
    for task in tasks:
        unexpected = " (unexpected)" if task.unexpected else ""
        yield plain(f"  {iso(task.since)} {task.step}, {task.reason}{unexpected}: {task.message} [{task.key}]")
