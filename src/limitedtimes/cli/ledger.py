"""What services are sent: counted in the edition's database before it is sent, and within the budgets.

An engine knows of no store: it has a meter. The meter opens the accounts for each count, which is nothing beside a
request over the network; so `gather`, `read` and `translate` may count at once, and a restart forgets nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from limitedtimes.accounts import Accounts, Payer, Spending
from limitedtimes.engines.service import Service
from limitedtimes.errors import UNCOUNTED, StoreError, TranslateError

Open = Callable[[], AbstractContextManager[Accounts]]
"""Opens the accounts for one count. Raises StoreError."""


@dataclass(frozen=True, slots=True)
class ServiceMeter:
    """Counts what one service is sent, within its budgets."""

    accounts: Open
    service: Service
    clock: Callable[[], datetime]
    owed: list[Spending] = field(default_factory=list)  # tokens that could not be counted yet

    def spend(self, characters: int, payer: Payer) -> None:
        """Count, unless the characters of the day would be more than a budget: TranslateError."""

        def check(all_sent: int, sent: int) -> None:
            name, source = self.service.name, payer.source
            self._check(characters, all_sent, self.service.budget, name)
            self._check(characters, sent, self.service.budget_of(source), f"{name}: {source}", reason="source-budget")

        self._count(Spending(self._today(), self.service.name, payer, characters), check)

    def expect(self, characters: int, payer: Payer) -> None:
        """Nothing is counted; TranslateError for an article that would be begun and not ended."""
        service, source = self.service, payer.source
        budgets = [(service.budget, service.name, "budget")]
        budgets += [(service.budget_of(source), f"{service.name}: {source}", "source-budget")]
        budgets = [one for one in budgets if one[0]]
        for budget, name, reason in budgets:
            if characters > budget:
                raise TranslateError(_too_long(name, characters, budget, reason), reason="limit")
        for budget, name, reason in budgets:
            today = [item for item in self._spent() if reason == "budget" or item.payer.source == source]
            left = budget - sum(item.characters for item in today)
            if characters > left:
                why = f"{name}: the day's budget of {budget} characters leaves {max(left, 0)}"
                why += f", and the article has {characters}"
                raise TranslateError(why, reason=reason, transient=True, retry_at=self._tomorrow())

    def note(self, payer: Payer, *, read: int, written: int) -> None:
        self.owed.append(Spending(self._today(), self.service.name, payer, read=read, written=written))
        with suppress(TranslateError):  # they stay owed: the answer that they paid for must not be lost for them
            self._pay()

    def _check(self, characters: int, sent: int, budget: int, name: str, *, reason: str = "budget") -> None:
        if budget and sent + characters > budget:
            why = f"{name}: the day's budget of {budget} characters is used up; {sent} were sent"
            raise TranslateError(why, reason=reason, transient=True, retry_at=self._tomorrow())

    def _count(self, item: Spending, check: Callable[[int, int], object]) -> None:
        """Raises TranslateError (``uncounted``), which ends the command: what cannot be counted is not sent."""
        self._pay()
        with self._open() as accounts:
            accounts.spend(item, check=check)

    def _pay(self) -> None:
        """Count what is owed. Raises TranslateError (``uncounted``)."""
        while self.owed:
            with self._open() as accounts:
                accounts.spend(self.owed[0], check=_anything)
            self.owed.pop(0)

    @contextmanager
    def _open(self) -> Iterator[Accounts]:
        try:
            with self.accounts() as accounts:
                yield accounts
        except StoreError as error:
            message = f"{error}; what {self.service.name} is sent cannot be counted"
            raise TranslateError(message, reason=UNCOUNTED, transient=True) from None

    def _spent(self) -> list[Spending]:
        """Of this service, today. Raises TranslateError (``uncounted``)."""
        with self._open() as accounts:
            return [item for item in accounts.spent(since=self._today()) if item.service == self.service.name]

    def _today(self) -> date:
        return self.clock().astimezone(UTC).date()

    def _tomorrow(self) -> datetime:
        now = self.clock().astimezone(UTC)
        return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _too_long(name: str, characters: int, budget: int, reason: str) -> str:
    setting = reason.replace("-", "_")
    return f"{name}: the article has {characters} characters, and {setting} is {budget} a day; raise it"


def _anything(all_sent: int, sent: int) -> None:
    """No budget is for tokens: they are known only afterwards."""


def spending(accounts: Accounts, services: Mapping[str, Service], today: date) -> list[str]:
    """One line for each service: what it was sent today, and of how much; then for each source that has a budget."""
    lines = []
    spent = accounts.spent(since=today)
    for name, service in sorted(services.items()):
        mine = [item for item in spent if item.service == name]
        lines.append(f"{name}: {counts(mine, service.budget, when=' today')}")
        lines += [
            f"  {item.payer.source}: {counts([item], budget, when=' today')}"
            for item in mine
            if (budget := service.budget_of(item.payer.source))
        ]
    return lines


def counts(items: list[Spending], budget: int = 0, *, when: str = "") -> str:
    """``12,345 of 16,000 characters sent today, 5,000 tokens read, 900 tokens written``."""
    sums: Counter[str] = Counter()
    for item in items:
        sums += Counter({"sent": item.characters, "read": item.read, "written": item.written})
    limit = f" of {budget:,}" if budget else ""
    tokens = [f", {sums[kind]:,} tokens {kind}" for kind in ("read", "written") if sums[kind]]
    return f"{sums['sent']:,}{limit} characters sent{when}{''.join(tokens)}"
