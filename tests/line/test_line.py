"""The order of the stations, what follows what, and when a failure is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fakes import FEED, NOW, FakeEngine, FakeWeb, NoMemory, article_of, feed_of

from limitedtimes.errors import ExtractError, FetchError, StepError
from limitedtimes.line import RELOOK, Line, Rules, extract_page, fetch_todo, poll_todo
from limitedtimes.model import Article, Entry, FeedPointer, Moment, Page, Source
from limitedtimes.protocols import Seen, StepName, Task

SOURCE = Source(
    "de.talbote",
    "Talbote",
    "https://talbote.example/",
    "de",
    ("de",),
    "Europe/Berlin",
    (FeedPointer(FEED, "de.talbote"),),
)
POINTER = SOURCE.feeds[0]


class Known:
    """A catalogue of one."""

    def get(self, source_id: str) -> Source | None:
        return SOURCE if source_id == SOURCE.id else None

    def of(self, url: str) -> Source | None:
        return SOURCE if url.startswith(SOURCE.home) else None


def line_over(web: FakeWeb, rules: Rules | None = None) -> Line:
    engine = FakeEngine()
    return Line(web, Known(), {"de": engine, "en": engine}, rules or Rules())


def never_seen(_: str) -> Seen | None:
    return None


def task(step: StepName, value: object, *, key: str = "key", attempts: int = 1, number: int = 0) -> Task[Any]:
    return Task(number, step, key, "", value, attempts)


def an_article(line: Line) -> Article:
    entry = Entry("https://talbote.example/1.html", SOURCE.id)
    article = extract_page(line.fetch(entry, never_seen), SOURCE)
    assert isinstance(article, Article)
    return article


def test_a_look_at_a_feed_gives_entries_and_the_next_look() -> None:
    line = line_over(FakeWeb({FEED: feed_of("/1.html", "/2.html")}), Rules(poll_every=timedelta(minutes=15)))
    harvest = line.poll(POINTER, never_seen, NOW)
    assert [entry.url for entry in harvest.entries] == [
        "https://talbote.example/1.html",
        "https://talbote.example/2.html",
    ]
    assert harvest.next_at == NOW + timedelta(minutes=15)
    assert harvest.etag


def test_an_unchanged_feed_costs_headers_only() -> None:
    web = FakeWeb({FEED: feed_of("/1.html")})
    line = line_over(web)
    etag = line.poll(POINTER, never_seen, NOW).etag
    again = line.poll(POINTER, lambda _: Seen(etag, "", NOW), NOW)
    assert again.unchanged
    assert again.entries == ()
    assert web.asked[-1].etag == etag


def test_entries_that_are_too_old_are_not_fetched() -> None:
    old = feed_of("/old.html", published="Mon, 02 Nov 2026 08:00:00 +0100")
    line = line_over(FakeWeb({FEED: old}), Rules(max_age=timedelta(days=7)))
    harvest = line.poll(POINTER, never_seen, NOW)
    assert line.follow(task(StepName.POLL, POINTER), harvest, NOW) == []


def test_a_summary_that_changes_with_every_look_does_not_fetch_the_page_again() -> None:
    first = fetch_todo(Entry("https://talbote.example/1.html", summary="12 comments"))
    second = fetch_todo(Entry("https://talbote.example/1.html", summary="13 comments"))
    assert first == second


def test_a_fetched_page_is_extracted_and_looked_at_once_more() -> None:
    line = line_over(FakeWeb({"https://talbote.example/1.html": article_of(1)}), Rules(relook=timedelta(hours=3)))
    entry = Entry("https://talbote.example/1.html", SOURCE.id)
    page = line.fetch(entry, never_seen)
    extraction, relook = line.follow(task(StepName.FETCH, entry, key=entry.url), page, NOW)
    assert (extraction.step, extraction.input) == (StepName.EXTRACT, page)
    assert (relook.step, relook.key, relook.due) == (StepName.FETCH, entry.url + RELOOK, NOW + timedelta(hours=3))
    assert [todo.step for todo in line.follow(task(StepName.FETCH, entry, key=relook.key), page, NOW)] == [
        StepName.EXTRACT
    ]


def test_an_unchanged_page_is_not_extracted_again() -> None:
    line = line_over(FakeWeb({}))
    page = Page("https://talbote.example/1.html", "https://talbote.example/1.html", 304, {}, b"", NOW)
    assert line.follow(task(StepName.FETCH, Entry(page.url)), page, NOW) == []


def test_an_article_waits_in_the_lane_of_its_language_under_its_revision() -> None:
    line = line_over(FakeWeb({"https://talbote.example/1.html": article_of(1)}))
    article = an_article(line)
    (todo,) = line.follow(task(StepName.EXTRACT, None), article, NOW)
    assert (todo.step, todo.lane, todo.key) == (StepName.TRANSLATE, "de", f"{article.id}:{article.fingerprint}")


def test_articles_are_translated_together_and_in_order() -> None:
    line = line_over(FakeWeb({f"https://talbote.example/{n}.html": article_of(n) for n in (1, 2)}))
    articles = [
        extract_page(line.fetch(Entry(f"https://talbote.example/{n}.html"), never_seen), SOURCE) for n in (1, 2)
    ]
    tasks = [Task(n, StepName.TRANSLATE, str(n), "de", article, 1) for n, article in enumerate(articles)]
    outcomes = list(line.translate(tasks, NoMemory(), NOW))  # type: ignore[arg-type]
    assert [outcome.task.id for outcome in outcomes] == [0, 1]
    assert all(not isinstance(outcome.value, StepError) for outcome in outcomes)


def test_a_page_that_breaks_the_extractor_costs_only_itself() -> None:
    page = Page("https://talbote.example/1.html", "https://talbote.example/1.html", 200, {}, None, NOW)  # type: ignore[arg-type]
    error = extract_page(page, SOURCE)
    assert isinstance(error, StepError)
    assert error.reason == "unexpected"
    assert "Traceback" in error.detail


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8)])
def test_a_passing_failure_is_tried_again_after_twice_the_time(attempts: int, minutes: int) -> None:
    error = FetchError("slow", reason="timeout", transient=True)
    line_over(FakeWeb({})).settle(task(StepName.FETCH, None, attempts=attempts), error, NOW)
    assert error.retry_at == NOW + timedelta(minutes=minutes)


def test_what_failed_together_does_not_come_back_together() -> None:
    line = line_over(FakeWeb({}))
    errors = [FetchError("slow", reason="timeout", transient=True) for _ in range(6)]
    for number, error in enumerate(errors):
        line.settle(task(StepName.FETCH, None, number=number), error, NOW)
    assert len({error.retry_at for error in errors}) == 6


def test_a_server_that_asks_for_a_later_time_gets_it() -> None:
    later = NOW + timedelta(hours=2)
    error = FetchError("busy", reason="busy", transient=True, retry_at=later)
    line_over(FakeWeb({})).settle(task(StepName.FETCH, None), error, NOW)
    assert error.retry_at == later


@pytest.mark.parametrize(
    ("error", "attempts"),
    [
        (ExtractError("list", reason="not-an-article", retry_at=NOW), 1),
        (FetchError("slow", reason="timeout", transient=True), 5),
    ],
)
def test_a_failure_that_will_not_pass_is_parked(error: StepError, attempts: int) -> None:
    line_over(FakeWeb({}), Rules(retries=5)).settle(task(StepName.FETCH, None, attempts=attempts), error, NOW)
    assert error.retry_at is None


@pytest.mark.parametrize("attempts", [1, 5, 500])
def test_a_feed_is_never_parked_and_looked_at_once_a_day_at_least(attempts: int) -> None:
    error = FetchError("gone", reason="gone")
    line_over(FakeWeb({})).settle(task(StepName.POLL, POINTER, attempts=attempts), error, NOW)
    assert error.retry_at is not None
    assert NOW < error.retry_at <= NOW + timedelta(days=1)


def test_an_explicit_time_is_passed_on_to_the_queue() -> None:
    assert poll_todo(POINTER, due=NOW).due == NOW


def test_a_future_entry_is_fetched_now() -> None:
    moment = Moment(datetime(2026, 11, 24, tzinfo=UTC), "", 0)
    assert fetch_todo(Entry("https://talbote.example/1.html", published=moment)).due is None
