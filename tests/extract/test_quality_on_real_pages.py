"""The quality floor on real pages: it may rise and never sinks. The measures are those of benchmarks/extraction.py."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "extraction.py"
FLOORS = {
    "body F1": 0.979,
    "standfirst": 0.94,
    "title": 0.96,
    "date": 0.975,
    "authors": 0.88,
    "subheads": 0.97,
    "captions": 0.92,
    "credits": 0.93,
}
MOST_CLUTTER_LINES = 4
MOST_STRAY_LINES = 30


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("extraction", BENCHMARK)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["extraction"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_real_pages_are_read_as_well_as_ever(shared: Path) -> None:
    extraction = benchmark()
    score = extraction.Score()
    for page in extraction.pages(shared / "pages"):
        score.judge(page, extraction.ours(page))
    measured = {name: round(score.mean(name), 4) for name in FLOORS}
    assert {name: value for name, value in measured.items() if value < FLOORS[name]} == {}
    assert score.total("clutter") <= MOST_CLUTTER_LINES
    assert score.total("stray") <= MOST_STRAY_LINES
