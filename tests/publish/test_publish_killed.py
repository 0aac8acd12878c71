"""A run that is killed anywhere is completed by the next: the same tree as one that nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest
from made_up import HARBOUR
from published import NEWEST, OLDER, SECOND, Paper, edition, retitled

from limitedtimes.publish import Told
from limitedtimes.publish.manifest import Entry, Manifest


def with_news(paper: Paper) -> None:
    """One comes, one changes, one goes."""
    paper.news(NEWEST, retitled(HARBOUR, "The quay is to be dug anew"))
    del paper.store.articles[SECOND.article.id]


def killed(paper: Paper, *, after: float | None = None, at: int | None = None) -> bool:
    """Publish in a process that dies after some processor time, or when it told of so many pages. Whether it did."""
    child = os.fork()
    if child == 0:
        count = 0

        def tell(_: Told) -> None:
            nonlocal count
            count += 1
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)

        if after is not None:
            signal.setitimer(signal.ITIMER_PROF, after)  # its signal ends a process at once
        try:
            paper.publish(tell=tell)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    paper = Paper(tmp_path_factory.mktemp("publish") / "undisturbed", edition(*OLDER))
    paper.publish()
    first = paper.tree()
    with_news(paper)
    paper.publish()
    return {"first": first, "news": paper.tree()}


def test_killed_at_random_points_and_completed(tmp_path: Path, expected: dict[str, dict[str, bytes]]) -> None:
    chance = random.Random(2026)
    deaths = 0
    for number in range(5):
        paper = Paper(tmp_path / str(number), edition(*OLDER))
        for _ in range(chance.randint(1, 3)):
            deaths += killed(paper, at=chance.randint(1, 60))
        paper.publish()
        assert paper.tree() == expected["first"]
        with_news(paper)
        deaths += killed(paper, at=chance.randint(1, 30))
        paper.publish()
        assert paper.tree() == expected["news"]
        assert paper.publish() == []
    assert deaths > 8


def test_killed_at_any_instruction_and_completed(tmp_path: Path, expected: dict[str, dict[str, bytes]]) -> None:
    start = time.process_time()
    Paper(tmp_path / "timed", edition(*OLDER)).publish()
    whole = time.process_time() - start
    chance = random.Random(5)
    deaths = 0
    for number in range(8):
        paper = Paper(tmp_path / str(number), edition(*OLDER))
        deaths += killed(paper, after=chance.uniform(0.02, 0.7) * whole)
        paper.publish()
        assert paper.tree() == expected["first"]
    assert deaths >= 6, "the kills came too late to test anything"


def test_a_cut_line_of_the_journal_is_passed_over(tmp_path: Path, expected: dict[str, dict[str, bytes]]) -> None:
    paper = Paper(tmp_path / "site", edition(*OLDER))
    assert killed(paper, at=40)
    journal = paper.path / ".limitedtimes/journal.tsv"
    journal.write_bytes(journal.read_bytes()[:-9])
    paper.publish()
    assert paper.tree() == expected["first"]


def test_a_file_that_a_loss_of_power_left_empty_is_written_again(
    tmp_path: Path, expected: dict[str, dict[str, bytes]]
) -> None:
    paper = Paper(tmp_path / "site", edition(*OLDER))
    assert killed(paper, at=40)
    for path in paper.path.rglob("*.html"):
        path.write_bytes(b"")
    paper.publish()
    assert paper.tree() == expected["first"]


def test_news_between_the_kill_and_the_next_run(tmp_path: Path, expected: dict[str, dict[str, bytes]]) -> None:
    paper = Paper(tmp_path / "site", edition(*OLDER))
    assert killed(paper, at=70)
    with_news(paper)
    paper.publish()
    paper.walk()
    assert paper.tree().keys() == expected["news"].keys()
    paper.settings = replace(paper.settings, title="Another name")
    paper.publish()
    paper.walk()


@pytest.mark.parametrize("at", [1, 7, 60])
def test_a_file_in_its_place_that_the_journal_does_not_say_is_done_is_still_ours(
    at: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, expected: dict[str, dict[str, bytes]]
) -> None:
    calls = 0

    def dies(self: Manifest, entry: Entry) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise KeyboardInterrupt
        whole(self, entry)

    whole = Manifest.put
    paper = Paper(tmp_path / "site", edition(*OLDER))
    monkeypatch.setattr(Manifest, "put", dies)
    with pytest.raises(KeyboardInterrupt):
        paper.publish()
    monkeypatch.undo()
    assert not [address for what, address in paper.publish() if what != "written"]
    assert paper.tree() == expected["first"]
