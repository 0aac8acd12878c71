"""Trends as entries of a feed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from html import escape
from urllib.parse import quote

from limitedtimes.edition.feeds import Entry
from limitedtimes.edition.safety import plain
from limitedtimes.edition.trends import Rise


def entries(rises: Sequence[Rise]) -> list[Entry]:
    """For a feed: a trend is one entry a day, however often the feed is read."""
    return [_entry(rise) for rise in rises]


def _entry(rise: Rise) -> Entry:
    subject = rise.trend.subject
    day = rise.at.astimezone(UTC).date().isoformat()
    reports = "".join(
        f"<li>{escape(plain(one.source_name))}: {escape(plain(one.headline))}</li>" for one in rise.reports
    )
    return Entry(
        identity=f"urn:limitedtimes:trend:{day}:{subject.kind}:{quote(subject.key, safe='')}",
        title=rise.title,
        path=rise.path,
        html=f"<p>{escape(rise.why)}</p>" + (f"<ul>{reports}</ul>" if reports else ""),
        published=rise.since,
        updated=max(rise.at.replace(microsecond=0), rise.since),
        summary=rise.why,
        tags=((subject.kind, "Story" if rise.is_story else "Name"),),
    )
