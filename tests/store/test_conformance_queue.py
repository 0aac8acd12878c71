"""What every store must do as a queue."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from small_press import (
    LEASE,
    NOW,
    article_of,
    claim_one,
    do,
    entry_of,
    feed_of,
    fetch_todo,
    follow,
    page_of,
    poll_todo,
    publish,
    translation_of,
)
from stores import STORES, opened

from limitedtimes.errors import FetchError
from limitedtimes.model import Harvest, Page
from limitedtimes.protocols import Outcome, StepName, Store, Todo, Translated

MINUTE = timedelta(minutes=1)


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from opened(request.param, tmp_path)


def test_a_task_is_claimed_with_the_input_it_was_given(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    task = claim_one(store, StepName.FETCH)
    assert (task.input, task.key, task.lane, task.attempts) == (entry_of(1), entry_of(1).url, "de.zeitung0", 1)


def test_the_same_input_again_is_no_news(store: Store) -> None:
    assert store.add(fetch_todo(entry_of(1)), now=NOW)
    assert not store.add(fetch_todo(entry_of(1)), now=NOW)
    assert store.pending([StepName.FETCH]) == 1


def test_the_same_input_does_not_open_a_done_task(store: Store) -> None:
    publish(store, entry_of(1))
    assert not store.add(fetch_todo(entry_of(1)), now=NOW)
    assert store.pending(list(StepName)) == 0


def test_a_changed_entry_opens_a_done_task_anew(store: Store) -> None:
    publish(store, entry_of(1))
    assert store.add(fetch_todo(entry_of(1, title="Neuer Titel")), now=NOW)
    task = claim_one(store, StepName.FETCH)
    assert (task.input, task.attempts) == (entry_of(1, title="Neuer Titel"), 1)


def test_a_changed_entry_opens_a_parked_task_anew(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    store.finish(Outcome(claim_one(store, StepName.FETCH), FetchError("gone", reason="gone")), now=NOW)
    store.add(fetch_todo(entry_of(1, title="Neuer Titel")), now=NOW)
    assert claim_one(store, StepName.FETCH).attempts == 1
    assert not store.status(now=NOW).parked


def test_two_feeds_that_describe_one_article_differently_do_not_take_turns(store: Store) -> None:
    front, section = entry_of(1, title="Kurz"), entry_of(1, title="Kurz – und länger")
    assert store.add(fetch_todo(front), now=NOW)
    assert store.add(fetch_todo(section), now=NOW)
    assert not store.add(fetch_todo(front), now=NOW)
    assert not store.add(fetch_todo(section), now=NOW)


def test_a_changed_input_of_a_claimed_task_is_worked_on_afterwards(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    task = claim_one(store, StepName.FETCH)
    assert store.add(fetch_todo(entry_of(1, title="Neuer Titel")), now=NOW)
    assert not store.claim(StepName.FETCH, 1, now=NOW, lease=LEASE)
    do(store, task, page_of(entry_of(1)))
    assert claim_one(store, StepName.FETCH).input == entry_of(1, title="Neuer Titel")


def test_a_changed_input_of_a_claimed_task_outlives_its_failure(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    task = claim_one(store, StepName.FETCH)
    store.add(fetch_todo(entry_of(1, title="Neuer Titel")), now=NOW)
    store.finish(Outcome(task, FetchError("gone", reason="gone")), now=NOW)
    assert claim_one(store, StepName.FETCH).input == entry_of(1, title="Neuer Titel")


def test_a_change_after_the_lease_ran_out_is_not_closed_by_the_late_holder(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    late = claim_one(store, StepName.FETCH)
    store.claim(StepName.FETCH, 1, now=NOW + LEASE, lease=LEASE, lanes=["another"])  # notices that the lease ran out
    store.add(fetch_todo(entry_of(1, title="Neuer Titel")), now=NOW)
    do(store, late, page_of(entry_of(1)))
    assert claim_one(store, StepName.FETCH).input == entry_of(1, title="Neuer Titel")


def test_a_claim_of_no_task_takes_none(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    assert store.claim(StepName.FETCH, 0, now=NOW, lease=LEASE) == []
    assert store.claim(StepName.FETCH, -1, now=NOW, lease=LEASE) == []


def test_a_claimed_task_is_not_claimed_again_until_its_lease_runs_out(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    claim_one(store, StepName.FETCH)
    assert not store.claim(StepName.FETCH, 1, now=NOW + LEASE - timedelta(seconds=1), lease=LEASE)
    assert claim_one(store, StepName.FETCH, now=NOW + LEASE).attempts == 2


def test_the_oldest_due_comes_first_whatever_its_lane(store: Store) -> None:
    for minutes in (3, 1, 4, 2):
        store.add(fetch_todo(entry_of(minutes, feed=minutes % 2), due=NOW - minutes * MINUTE), now=NOW)
    claimed = store.claim(StepName.FETCH, 3, now=NOW, lease=LEASE)
    assert [task.input for task in claimed] == [entry_of(number, feed=number % 2) for number in (4, 3, 2)]


def test_a_task_whose_lease_ran_out_keeps_its_place(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    claim_one(store, StepName.FETCH)
    store.add(fetch_todo(entry_of(2), due=NOW + LEASE / 2), now=NOW)
    assert claim_one(store, StepName.FETCH, now=NOW + 2 * LEASE).input == entry_of(1)


def test_a_task_waits_until_it_is_due(store: Store) -> None:
    store.add(fetch_todo(entry_of(1), due=NOW + MINUTE), now=NOW)
    assert not store.claim(StepName.FETCH, 1, now=NOW, lease=LEASE)
    assert claim_one(store, StepName.FETCH, now=NOW + MINUTE)


def test_an_earlier_due_time_brings_a_waiting_task_forward_and_a_later_one_does_not_put_it_back(store: Store) -> None:
    store.add(fetch_todo(entry_of(1), due=NOW + 5 * MINUTE), now=NOW)
    assert not store.add(fetch_todo(entry_of(1), due=NOW + 9 * MINUTE), now=NOW)
    assert store.next_due(now=NOW) == NOW + 5 * MINUTE
    assert not store.add(fetch_todo(entry_of(1), due=NOW + 2 * MINUTE), now=NOW)
    assert store.next_due(now=NOW) == NOW + 2 * MINUTE


def test_a_claimer_chooses_its_lanes(store: Store) -> None:
    for number in range(9):
        store.add(fetch_todo(entry_of(number, feed=number % 3)), now=NOW)

    def lanes(**choice: object) -> list[str]:
        tasks = store.claim(StepName.FETCH, 9, now=NOW, lease=LEASE, **choice)  # type: ignore[arg-type]
        store.release(tasks)
        return [task.lane for task in tasks]

    assert lanes(lanes=["de.zeitung1"]) == ["de.zeitung1"] * 3
    assert lanes(lanes=[]) == []
    assert set(lanes(avoid=["de.zeitung1"])) == {"de.zeitung0", "de.zeitung2"}
    assert lanes(per_lane=1) == ["de.zeitung0", "de.zeitung1", "de.zeitung2"]
    assert lanes(per_lane=2, lanes=["de.zeitung0", "de.zeitung1"], avoid=["de.zeitung0"]) == ["de.zeitung1"] * 2


def test_a_failure_with_a_time_is_tried_again_then(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    error = FetchError("busy", reason="busy", transient=True, retry_at=NOW + 3 * MINUTE)
    store.finish(Outcome(claim_one(store, StepName.FETCH), error), now=NOW)
    assert not store.claim(StepName.FETCH, 1, now=NOW + 2 * MINUTE, lease=LEASE)
    assert claim_one(store, StepName.FETCH, now=NOW + 3 * MINUTE).attempts == 2


def test_a_failure_without_a_time_is_parked_with_its_message(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    error = FetchError("https://zeitung0.example: 410 Gone", reason="gone", detail="Traceback")
    store.finish(Outcome(claim_one(store, StepName.FETCH), error), now=NOW)
    status = store.status(now=NOW)
    (parked,) = status.recent_parked
    assert (parked.step, parked.key, parked.reason, parked.message) == ("fetch", entry_of(1).url, "gone", error.message)
    assert (parked.attempts, parked.since, parked.unexpected) == (1, NOW, True)
    assert (status.parked, status.queue) == ({"gone": 1}, {})
    assert store.pending([StepName.FETCH]) == 0
    assert store.next_due(now=NOW) is None


def test_nothing_follows_a_failure(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    gone = FetchError("gone", reason="gone")
    store.finish(Outcome(claim_one(store, StepName.FETCH), gone), queue=[fetch_todo(entry_of(2))], now=NOW)
    assert store.pending(list(StepName)) == 0


def test_who_lost_the_lease_can_neither_finish_nor_park_nor_release(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    loser = claim_one(store, StepName.FETCH)
    winner = claim_one(store, StepName.FETCH, now=NOW + LEASE)
    do(store, loser, page_of(entry_of(1)))
    store.finish(Outcome(loser, FetchError("late", reason="late")), now=NOW)
    store.release([loser])
    assert store.pending(list(StepName)) == 1
    assert store.seen(entry_of(1).url) is None
    do(store, winner, page_of(entry_of(1)))
    do(store, loser, page_of(entry_of(1)))
    assert store.status(now=NOW).queue == {"extract": 1}


def test_whose_lease_ran_out_unnoticed_may_finish(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    do(store, claim_one(store, StepName.FETCH), page_of(entry_of(1)), now=NOW + 2 * LEASE)
    assert store.status(now=NOW).queue == {"extract": 1}


def test_a_finished_task_is_not_finished_again_after_it_was_opened_anew(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    task = claim_one(store, StepName.FETCH)
    do(store, task, page_of(entry_of(1)))
    store.add(fetch_todo(entry_of(1, title="Neuer Titel")), now=NOW)
    do(store, task, page_of(entry_of(1)))
    assert store.pending([StepName.FETCH]) == 1


def test_a_renewed_lease_is_as_long_as_a_new_one_and_another_s_task_stays_theirs(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    slow = claim_one(store, StepName.FETCH)
    for late in (LEASE / 2, 1.4 * LEASE, 3 * LEASE):  # the last one lapsed, unnoticed
        store.renew([slow], now=NOW + late, lease=LEASE)
        assert not store.claim(StepName.FETCH, 1, now=NOW + late + 0.9 * LEASE, lease=LEASE)
    winner = claim_one(store, StepName.FETCH, now=NOW + 4 * LEASE)
    store.renew([slow], now=NOW + 9 * LEASE, lease=LEASE)
    assert claim_one(store, StepName.FETCH, now=NOW + 6 * LEASE).claim > winner.claim


def test_a_released_task_is_as_good_as_new(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    task = claim_one(store, StepName.FETCH)
    store.release([task])
    do(store, task, page_of(entry_of(1)))  # whoever gave it back has no say any more
    assert claim_one(store, StepName.FETCH).attempts == 1


def test_reclaiming_gives_back_what_a_dead_runner_had(store: Store) -> None:
    for number in range(3):
        store.add(fetch_todo(entry_of(number)), now=NOW)
    dead = store.claim(StepName.FETCH, 2, now=NOW, lease=LEASE)
    assert store.reclaim() == 2
    assert [task.attempts for task in store.claim(StepName.FETCH, 3, now=NOW, lease=LEASE)] == [2, 2, 1]
    do(store, dead[0], page_of(entry_of(0)))
    assert store.pending([StepName.FETCH]) == 3


def test_the_next_task_falls_due_or_its_lease_ends(store: Store) -> None:
    assert store.next_due(now=NOW) is None
    store.add(fetch_todo(entry_of(1)), now=NOW - MINUTE)
    store.add(fetch_todo(entry_of(2), due=NOW + 9 * MINUTE), now=NOW)
    assert store.next_due(now=NOW) == NOW
    claim_one(store, StepName.FETCH)
    assert store.next_due(now=NOW) == NOW + LEASE


def test_pending_counts_what_waits_and_what_is_claimed(store: Store) -> None:
    for number in range(3):
        store.add(fetch_todo(entry_of(number, feed=number)), now=NOW)
    claim_one(store, StepName.FETCH)
    assert store.pending([StepName.FETCH, StepName.POLL]) == 3
    assert store.pending([StepName.FETCH], lanes=["de.zeitung0", "de.zeitung2"]) == 2
    assert store.pending([StepName.POLL]) == 0


def test_a_feed_is_looked_at_again_when_its_harvest_says(store: Store) -> None:
    feed = feed_of()
    store.add(poll_todo(feed), now=NOW)
    harvest = Harvest(feed, (entry_of(1),), title="Zeitung", etag='"1"', next_at=NOW + 9 * MINUTE)
    do(store, claim_one(store, StepName.POLL), harvest)
    assert store.status(now=NOW).queue == {"poll": 1, "fetch": 1}
    assert not store.claim(StepName.POLL, 1, now=NOW, lease=LEASE)
    again = claim_one(store, StepName.POLL, now=NOW + 9 * MINUTE)
    assert (again.input, again.attempts) == (feed, 1)


def test_an_unchanged_feed_keeps_its_validators(store: Store) -> None:
    feed, later = feed_of(), NOW + MINUTE
    store.add(poll_todo(feed), now=NOW)
    do(store, claim_one(store, StepName.POLL), Harvest(feed, (), etag='"1"', last_modified="heute", next_at=later))
    do(store, claim_one(store, StepName.POLL, now=later), Harvest(feed, (), unchanged=True), now=later)
    seen = store.seen(feed.url)
    assert seen is not None
    assert (seen.etag, seen.last_modified, seen.looked_at) == ('"1"', "heute", later)


def test_an_unchanged_page_keeps_its_body_and_says_when_it_was_looked_at(store: Store) -> None:
    entry, later = entry_of(1), NOW + MINUTE
    page = page_of(entry)
    store.add(fetch_todo(entry), now=NOW)
    do(store, claim_one(store, StepName.FETCH), page)
    store.add(fetch_todo(replace(entry, title="Neuer Titel")), now=NOW)
    unchanged = Page(entry.url, entry.url, 304, {}, b"", later, entry.source, entry)
    store.finish(Outcome(claim_one(store, StepName.FETCH), unchanged), now=later)
    seen = store.seen(entry.url)
    assert seen is not None
    assert (seen.etag, seen.looked_at) == (page.etag, later)
    assert claim_one(store, StepName.EXTRACT).input == page


def test_an_input_that_the_store_has_not_kept_is_kept_with_the_task(store: Store) -> None:
    page = page_of(entry_of(1))
    article = article_of(page)
    item = Translated(article, translation_of(article))
    store.add(Todo(StepName.EXTRACT, page.url, page), now=NOW)
    store.add(Todo(StepName.TRANSLATE, "t", article, lane="de"), now=NOW)
    store.add(Todo(StepName.ENRICH, "e", item), now=NOW)
    inputs = [claim_one(store, step).input for step in (StepName.EXTRACT, StepName.TRANSLATE, StepName.ENRICH)]
    assert inputs == [page, article, item]


def test_a_finish_that_breaks_off_leaves_nothing_behind(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    task = claim_one(store, StepName.FETCH)
    page = page_of(entry_of(1))
    broken = Todo(StepName.FETCH, "x", entry_of(2), due=NOW.replace(tzinfo=None))
    with pytest.raises(Exception, match="without a zone"):
        store.finish(Outcome(task, page), queue=[*follow(task, page), broken], now=NOW)
    assert store.seen(page.url) is None
    assert store.status(now=NOW).queue == {"fetch": 1}
    do(store, task, page)
    assert store.status(now=NOW).queue == {"extract": 1}


def test_two_threads_never_get_the_same_task(store: Store) -> None:
    for number in range(60):
        store.add(fetch_todo(entry_of(number, feed=number % 7)), now=NOW)
    got: list[int] = []

    def claimer() -> None:
        while tasks := store.claim(StepName.FETCH, 3, now=NOW, lease=LEASE):
            got.extend(task.id for task in tasks)

    threads = [threading.Thread(target=claimer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == len(set(got)) == 60


def test_what_is_parked_for_a_reason_can_be_put_back_and_the_rest_stays(store: Store) -> None:
    for number, reason in ((1, "gone"), (2, "robots")):
        store.add(fetch_todo(entry_of(number)), now=NOW)
        store.finish(Outcome(claim_one(store, StepName.FETCH), FetchError("no", reason=reason)), now=NOW)
    assert store.retry("gone", now=NOW + MINUTE) == 1
    task = claim_one(store, StepName.FETCH, now=NOW + MINUTE)
    assert (task.input, task.attempts) == (entry_of(1), 1)
    assert store.status(now=NOW).parked == {"robots": 1}
    assert store.retry("gone", now=NOW + MINUTE) == 0


def test_a_done_task_is_done_again_with_the_input_it_had(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    task = claim_one(store, StepName.FETCH)
    store.finish(Outcome(task, page_of(entry_of(1))), now=NOW)
    assert store.redo(StepName.FETCH, task.key, now=NOW)
    again = claim_one(store, StepName.FETCH)
    assert (again.id, again.input, again.attempts) == (task.id, task.input, 1)
    store.finish(Outcome(task, page_of(entry_of(1))), now=NOW)  # whoever had it before no longer has
    assert store.pending([StepName.FETCH]) == 1


def test_a_claimed_task_is_done_again_after_whoever_has_it(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    task = claim_one(store, StepName.FETCH)
    assert store.redo(StepName.FETCH, task.key, now=NOW)
    assert not store.redo(StepName.FETCH, task.key, now=NOW)
    store.finish(Outcome(task, page_of(entry_of(1))), now=NOW)
    assert claim_one(store, StepName.FETCH).id == task.id


def test_what_waits_or_is_unknown_is_not_done_again(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    assert not store.redo(StepName.FETCH, entry_of(1).url, now=NOW)
    assert not store.redo(StepName.FETCH, entry_of(2).url, now=NOW)
