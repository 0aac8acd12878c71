"""What was sent is counted before it is sent, is still counted after a restart, and is shown."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from limitedtimes.accounts import NOBODY, Payer, Spending
from limitedtimes.cli import main
from limitedtimes.cli.ledger import ServiceMeter, spending
from limitedtimes.engines.service import Service
from limitedtimes.errors import TranslateError
from limitedtimes.store import open_store

NOW = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
ONE, OTHER = Payer("de.eins", "0123456789"), Payer("de.zwei", "abcdefghjk")


def meter(folder: Path, *, now: datetime = NOW, budget: int = 3000, **budgets: int) -> ServiceMeter:
    service = Service(name="deepl", kind="deepl", languages=("de",), budget=budget, **budgets)  # type: ignore[arg-type]
    return ServiceMeter(lambda: closing(open_store(folder / "limitedtimes.sqlite")), service, lambda: now)


def spent(folder: Path, **which: object) -> list[Spending]:
    with closing(open_store(folder / "limitedtimes.sqlite")) as store:
        return store.spent(**which)  # type: ignore[arg-type]


def test_a_restart_forgets_nothing_and_not_one_character_more_is_allowed(tmp_path: Path) -> None:
    meter(tmp_path / "data").spend(2999, ONE)
    again = meter(tmp_path / "data")
    with pytest.raises(TranslateError, match="deepl: the day's budget of 3000 characters is used up; 2999") as caught:
        again.spend(2, OTHER)
    assert caught.value.retry_at == MIDNIGHT
    assert (caught.value.reason, caught.value.transient) == ("budget", True)
    again.spend(1, OTHER)
    with pytest.raises(TranslateError):
        again.spend(1, NOBODY)


def test_a_source_has_a_budget_of_its_own_and_others_go_on(tmp_path: Path) -> None:
    counted = meter(tmp_path, source_budget=2000)
    counted.spend(2000, ONE)
    with pytest.raises(
        TranslateError, match="deepl: de.eins: the day's budget of 2000 characters is used up"
    ) as caught:
        counted.spend(1, Payer("de.eins", "another001"))
    assert (caught.value.reason, caught.value.transient, caught.value.retry_at) == ("source-budget", True, MIDNIGHT)
    counted.spend(1000, OTHER)
    assert [(item.payer, item.characters) for item in spent(tmp_path, by_article=True)] == [(ONE, 2000), (OTHER, 1000)]


def test_an_article_that_would_be_cut_in_the_middle_is_not_begun(tmp_path: Path) -> None:
    counted = meter(tmp_path, source_budget=2000)
    counted.expect(2000, ONE)
    counted.spend(1500, ONE)
    counted.expect(500, ONE)
    counted.expect(1500, OTHER)
    for wanted, payer, match, reason in [
        (501, ONE, "deepl: de.eins: the day's budget of 2000 characters leaves 500, and the .* 501", "source-budget"),
        (1501, OTHER, "deepl: the day's budget of 3000 characters leaves 1500, and the article has 1501", "budget"),
    ]:
        with pytest.raises(TranslateError, match=match) as caught:
            counted.expect(wanted, payer)
        assert (caught.value.reason, caught.value.transient, caught.value.retry_at) == (reason, True, MIDNIGHT)
    with pytest.raises(TranslateError, match="has 2001 characters, and source_budget is 2000 a day; raise it") as never:
        counted.expect(2001, ONE)
    assert (never.value.reason, never.value.transient) == ("limit", False)
    assert sum(item.characters for item in spent(tmp_path)) == 1500, "nothing is counted by asking"


def test_lines_of_text_are_of_no_source(tmp_path: Path) -> None:
    meter(tmp_path, source_budget=2000).spend(2500, NOBODY)


def test_a_new_day_begins_at_midnight_utc(tmp_path: Path) -> None:
    meter(tmp_path).spend(3000, ONE)
    meter(tmp_path, now=NOW + timedelta(hours=2)).spend(3000, ONE)
    assert [item.day.isoformat() for item in spent(tmp_path)] == ["2026-03-01", "2026-03-02"]


def test_without_a_budget_it_only_counts(tmp_path: Path) -> None:
    unlimited = meter(tmp_path, budget=0)
    unlimited.spend(10**9, ONE)
    unlimited.note(ONE, read=70, written=30)
    unlimited.note(ONE, read=1, written=2)
    assert spent(tmp_path, article=ONE.article) == [Spending(NOW.date(), "deepl", ONE, 10**9, 71, 32)]
    assert spent(tmp_path, article=OTHER.article) == []
    assert spent(tmp_path, since=MIDNIGHT.date()) == []


def test_many_count_at_once(tmp_path: Path) -> None:
    meters = [meter(tmp_path, budget=0) for _ in range(4)]
    meters[0].spend(0, ONE)  # the database is there
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: [one.spend(3, ONE) for _ in range(5)], meters))
    assert spent(tmp_path)[0].characters == 60


def test_what_cannot_be_counted_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "limitedtimes.sqlite").write_text(
        "something else, and long enough to be taken for a page of a database" * 20
    )
    with pytest.raises(TranslateError, match="what deepl is sent cannot be counted") as caught:
        meter(tmp_path).spend(1, ONE)
    assert caught.value.reason == "uncounted"
    with pytest.raises(TranslateError, match="what deepl is sent cannot be counted"):
        meter(tmp_path).expect(1, ONE)


def test_tokens_that_could_not_be_counted_are_counted_before_anything_else_is_sent(tmp_path: Path) -> None:
    counted = meter(tmp_path, budget=0)
    counted.spend(100, ONE)
    database = tmp_path / "limitedtimes.sqlite"
    database.rename(tmp_path / "away")
    database.mkdir()
    counted.note(ONE, read=70, written=30)
    with pytest.raises(TranslateError):
        counted.spend(50, OTHER)
    database.rmdir()
    (tmp_path / "away").rename(database)
    counted.spend(50, OTHER)
    assert [(item.characters, item.read, item.written) for item in spent(tmp_path, by_article=True)] == [
        (100, 70, 30),
        (50, 0, 0),
    ]


def test_the_day_s_spending_is_a_line_for_each_service_and_source_with_a_budget(tmp_path: Path) -> None:
    chat = Service(name="ollama", kind="openai", languages=("de",))
    counted = meter(tmp_path, source_budgets={"de.eins": 2000})  # type: ignore[arg-type]
    counted.spend(1234, ONE)
    counted.spend(10, OTHER)
    ServiceMeter(counted.accounts, chat, counted.clock).note(ONE, read=5000, written=900)
    with counted.accounts() as accounts:
        lines = spending(accounts, {"ollama": chat, "deepl": counted.service}, NOW.date())
    assert lines == [
        "deepl: 1,244 of 3,000 characters sent today",
        "  de.eins: 1,234 of 2,000 characters sent today",
        "ollama: 0 characters sent today, 5,000 tokens read, 900 tokens written",
    ]


class TestCosts:
    @pytest.fixture(autouse=True)
    def spending(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        now = datetime.now(UTC)
        meter(tmp_path / "data", budget=0, now=now).spend(1234, ONE)
        meter(tmp_path / "data", budget=0, now=now).spend(2000, OTHER)
        meter(tmp_path / "data", budget=0, now=now - timedelta(days=40)).spend(5000, ONE)
        (tmp_path / "limitedtimes.toml").write_text('data = "data"\n')

    @pytest.mark.parametrize(
        ("options", "lines"),
        [
            ([], ["de.zwei  deepl: 2,000 characters sent", "de.eins  deepl: 1,234 characters sent"]),
            (["--days", "60"], ["de.eins  deepl: 6,234 characters sent", "de.zwei  deepl: 2,000 characters sent"]),
            (
                ["--by", "article"],
                [
                    "abcdefghjk de.zwei  deepl: 2,000 characters sent",
                    "0123456789 de.eins  deepl: 1,234 characters sent",
                ],
            ),
            (["/world/2026-03-01-bridge.0123456789.html"], ["0123456789 de.eins  deepl: 6,234 characters sent"]),
            (["zzzzzzzzzz"], ["no service was sent anything"]),
        ],
    )
    def test_of_what_is_asked_for(
        self, capsys: pytest.CaptureFixture[str], options: list[str], lines: list[str]
    ) -> None:
        assert main(["costs", *options]) == 0
        assert capsys.readouterr().out.splitlines() == lines

    def test_what_a_service_costs_is_reckoned_where_its_price_is_known(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        service = '[engines.deepl]\nkind = "deepl"\nlanguages = ["de"]\nprice = 2500'
        (tmp_path / "limitedtimes.toml").write_text(f'data = "data"\n{service}\n')
        assert main(["costs"]) == 0
        assert capsys.readouterr().out.splitlines() == [
            "de.zwei  deepl: 2,000 characters sent, cost about 5.00",
            "de.eins  deepl: 1,234 characters sent, cost about 3.08",
        ]

    @pytest.mark.parametrize(("wrong", "why"), [("--days=0", "--days"), ("nonsense!", "no such article")])
    def test_what_is_mistyped_is_told(self, capsys: pytest.CaptureFixture[str], wrong: str, why: str) -> None:
        assert main(["costs", wrong]) == 2
        assert why in capsys.readouterr().err
