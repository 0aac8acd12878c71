"""Kill the whole line wherever it is: nothing is lost, nothing is published twice, no address changes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 40  # `make soak` kills it 1,000 times


@pytest.mark.slow
def test_a_gather_killed_at_random_points_loses_nothing_and_publishes_nothing_twice(tmp_path: Path) -> None:
    script = Path(__file__).with_name("killed.py")
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path), str(KILLS), "2026"], capture_output=True, text=True, timeout=400
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["killed"] == KILLS
    assert found["published"] == found["addresses"] == found["articles"]
    assert found["changed"] == []
    assert found["integrity"] == "ok"
    assert found["published_while_dying"] > KILLS / 10, "the kills came too early to test anything"
