"""What no newspaper writes, and a page may have all the same: it costs neither a crash nor the machine's time."""

from __future__ import annotations

import threading
import time

import pytest

from limitedtimes.protocols import Rendering
from limitedtimes.translate.verdict import Standard, judge

LINE = Standard(unsure=-0.62, strict=True)
HUGE = "9" * 400
LETTERS = "bdfgklmnprst"
NAMES = [f"{a}u{b}a{c}o{d}y" for a in LETTERS.upper() for b in LETTERS for c in LETTERS for d in LETTERS]


@pytest.mark.parametrize(
    ("original", "english"),
    [
        (f"Es sind {HUGE} Prozent.", f"It is {HUGE} per cent."),
        (f"Es sind {HUGE} Prozent.", f"It is {HUGE[1:]}8 per cent."),
        (f"Ein Fünftel von {HUGE}.", f"{HUGE} fifths, 12 decades and {HUGE} years."),
        ("Ein Fünftel.", f"{'9' * 5000} per cent."),
        (f"Um {HUGE} Uhr.", f"At {HUGE} GMT."),
        (f"Am {'1' * 5000}. Mai.", f"On May {'1' * 5000}."),
        (f"{HUGE}.{HUGE}:30", f"half past {HUGE}"),
        ("0 von 0", "0 of 0"),
        ("Um 1:30:30.", "At 13.30, 0.30 per cent."),
        ("", "."),
        (".", ""),
    ],
    ids=lambda text: text[:20],
)
def test_no_figure_is_too_much(original: str, english: str) -> None:
    judge(original, Rendering(english, -0.1), "de", standard=LINE)


@pytest.mark.parametrize(
    ("language", "original", "english"),
    [
        ("de", f"Die {'fünf' * 60}x.", "The word."),
        ("de", "zwei" * 2000, "The word."),
        ("ru", f"Это {'триста' * 13}х. " * 100, "The word."),
        ("de", " ".join(NAMES[::3][:5000]), " ".join(NAMES[1::3][:5000])),
        ("fr", "« Oui, dit Jean " * 5000, "“Yes,” said Jean."),
        ("de", "Nicht nur. " * 2000, "Not only just. " * 5000),
    ],
    ids=["number word", "long number word", "number words", "names", "again and again", "not only"],
)
def test_no_text_takes_longer_than_its_length(language: str, original: str, english: str) -> None:
    """Each took from half a minute to for ever, in a thread that would have held up all others."""
    work = threading.Thread(target=judge, args=(original, Rendering(english, -0.1), language), daemon=True)
    begun = time.perf_counter()
    work.start()
    work.join(12)
    assert not work.is_alive(), f"{time.perf_counter() - begun:.0f} s"
