"""The state of an edition in words."""

from __future__ import annotations

from dataclasses import replace

from made_up import shelf
from memory_shelf import NOW

from limitedtimes.edition.report import status_text


def test_the_status_is_told_in_a_few_lines() -> None:
    assert status_text(shelf().status(now=NOW)).splitlines() == [
        "Articles    12 published in English, 15 gathered, 6 sources",
        "Newest      2023-11-10T19:00:00Z",
        "Latency     median 1.0 min, 95 of 100 within 2.0 min (last 24 hours, 12)",
        "Awaiting    Arabic 1, Japanese 2",
        "Queue       fetch 3, translate 1",
        "Delayed     budget 1 until 2023-11-10T19:00:00Z",
        "Doubts      date 1, number 2",
        "Parked      paywall 2, timeout 1",
        "  2023-11-10T19:00:00Z extract, paywall: only a stub [https://hafenblatt.example/abo]",
    ]


def test_an_empty_edition_has_a_status_too() -> None:
    state = replace(
        shelf().status(now=NOW), newest=None, latency=None, awaiting={}, queue={}, parked={}, recent_parked=(), flags={}
    )
    text = status_text(state)
    assert "none yet" in text and "no article of the last 24 hours to measure" in text
    assert text.endswith("Parked      none")
