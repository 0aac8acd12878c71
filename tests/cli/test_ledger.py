"""What was sent is counted before it is sent, and is still counted after a restart."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from limitedtimes.cli.ledger import CHARACTERS, DAYS, FILE, Ledger, ServiceMeter, spending
from limitedtimes.engines.service import Service
from limitedtimes.errors import ConfigError, TranslateError

NOW = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)


def ledger(folder: Path, now: datetime = NOW) -> Ledger:
    return Ledger(folder, lambda: now)


def meter(folder: Path, *, budget: int = 3000, now: datetime = NOW) -> ServiceMeter:
    service = Service(name="deepl", kind="deepl", languages=("de",), budget=budget)
    return ServiceMeter(ledger(folder, now), service)


def test_a_restart_forgets_nothing_and_not_one_character_more_is_allowed(tmp_path: Path) -> None:
    meter(tmp_path / "data").spend(2999)
    again = meter(tmp_path / "data")
    with pytest.raises(TranslateError, match="budget of 3000 characters is used up; 2999 were sent") as caught:
        again.spend(2)
    assert (caught.value.reason, caught.value.transient) == ("budget", True)
    assert caught.value.retry_at == datetime(2026, 3, 2, tzinfo=UTC)
    again.spend(1)
    with pytest.raises(TranslateError):
        again.spend(1)


def test_the_next_day_begins_at_nought_and_the_days_before_stay(tmp_path: Path) -> None:
    meter(tmp_path).spend(3000)
    meter(tmp_path, now=NOW + timedelta(hours=2)).spend(3000)
    assert list(json.loads((tmp_path / FILE).read_text())) == ["2026-03-01", "2026-03-02"]


def test_only_the_latest_days_are_kept(tmp_path: Path) -> None:
    for day in range(DAYS + 5):
        meter(tmp_path, now=NOW + timedelta(days=day)).spend(1)
    days = json.loads((tmp_path / FILE).read_text())
    assert len(days) == DAYS
    assert "2026-03-01" not in days


def test_without_a_budget_it_only_counts(tmp_path: Path) -> None:
    unlimited = meter(tmp_path, budget=0)
    unlimited.spend(10**9)
    unlimited.note(read=70, written=30)
    unlimited.note(read=1, written=2)
    assert ledger(tmp_path).today() == {"deepl": {CHARACTERS: 10**9, "tokens read": 71, "tokens written": 32}}


def test_many_may_count_at_once(tmp_path: Path) -> None:
    meters = [meter(tmp_path, budget=0) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: [one.spend(3) for _ in range(10)], meters))
    assert ledger(tmp_path).today()["deepl"][CHARACTERS] == 8 * 10 * 3


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '{"2026-03-01": {"deepl": {"characters": "many"}}}', '{"x": 1}'])
def test_a_file_that_is_not_ours_stops_the_paper_and_not_the_counting(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(ConfigError, match=r"engines\.json: is not what was written"):
        meter(tmp_path).spend(1)
    assert (tmp_path / FILE).read_text() == text


def test_a_folder_that_cannot_be_written_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="what is sent cannot be counted"):
        meter(tmp_path / "file" / "data").spend(1)


def test_the_day_s_spending_is_a_line_for_each_service(tmp_path: Path) -> None:
    chat = Service(name="ollama", kind="openai", languages=("de",))
    meter(tmp_path).spend(1234)
    ServiceMeter(ledger(tmp_path), chat).note(read=5000, written=900)
    lines = spending(ledger(tmp_path), {"ollama": chat, "deepl": meter(tmp_path).service})
    assert lines == [
        "deepl: 1,234 of 3,000 characters sent today",
        "ollama: 0 characters sent today, 5,000 tokens read, 900 tokens written",
    ]
    assert spending(ledger(tmp_path / "nowhere"), {}) == []
