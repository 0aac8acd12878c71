"""A press of a few feeds and a line of trivial stations: values in, values out, so that the store is tested alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from limitedtimes.model import (
    HEADLINE,
    Article,
    Block,
    BlockKind,
    EnglishSentence,
    Enrichment,
    Entry,
    FeedPointer,
    Harvest,
    Highlight,
    Moment,
    Origin,
    Page,
    Sentence,
    Translation,
)
from limitedtimes.protocols import Input, Outcome, StepName, Store, Task, Todo, Translated, Value

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LEASE = timedelta(minutes=1)
ENGINE = "pseudo/1"


def feed_of(number: int = 0) -> FeedPointer:
    return FeedPointer(f"https://zeitung{number}.example/feed.xml", f"de.zeitung{number}")


def entry_of(number: int, *, feed: int = 0, title: str = "", published: datetime = NOW) -> Entry:
    url = f"https://zeitung{feed}.example/artikel-{number}"
    return Entry(url, f"de.zeitung{feed}", title=title or f"Titel {number}", published=Moment(published, "gegeben"))


def page_of(entry: Entry, *, now: datetime = NOW, text: str = "Ein Satz.") -> Page:
    body = f"{entry.title}\n{text}".encode()
    return Page(entry.url, entry.url, 200, {"etag": f'"{len(body)}"'}, body, now, entry.source, entry)


def article_of(page: Page) -> Article:
    """Headline and one paragraph: the two lines of the page."""
    headline, text = page.body.decode().split("\n")
    return Article(
        url=page.url,
        source=page.source,
        language="de",
        headline=headline,
        standfirst="",
        authors=("Erika Beispiel",),
        published=page.entry.published if page.entry else None,
        modified=None,
        section="",
        keywords=(),
        free=True,
        blocks=(Block(BlockKind.PARAGRAPH, text),),
        sentences=(Sentence(0, HEADLINE, headline, "de"), Sentence(1, 0, text, "de")),
        fetched_at=page.fetched_at,
    )


def translation_of(article: Article, *, engine: str = ENGINE, now: datetime = NOW) -> Translation:
    english = (EnglishSentence(s.number, f"English {s.text}", Origin.ENGINE, engine, -0.5) for s in article.sentences)
    return Translation(article.id, article.fingerprint, engine, now, tuple(english))


def enrichment_of(item: Translated, *, section: str = "world") -> Enrichment:
    return Enrichment(item.article.id, item.article.fingerprint, (Highlight(1),), section)


def poll_todo(feed: FeedPointer, *, due: datetime | None = None) -> Todo:
    return Todo(StepName.POLL, feed.url, feed, lane=feed.source, due=due)


def fetch_todo(entry: Entry, *, due: datetime | None = None) -> Todo:
    return Todo(StepName.FETCH, entry.url, entry, lane=entry.source, due=due)


def translate_todo(article: Article) -> Todo:
    return Todo(StepName.TRANSLATE, f"{article.id}:{article.fingerprint}", article, lane=article.language)


def follow(task: Task[Input], value: Value) -> list[Todo]:
    match value:
        case Harvest():
            return [fetch_todo(entry) for entry in value.entries]
        case Page():
            return [Todo(StepName.EXTRACT, value.url, value)]
        case Article():
            return [translate_todo(value)]
        case Translation():
            assert isinstance(task.input, Article)
            return [Todo(StepName.ENRICH, task.key, Translated(task.input, value))]
        case _:
            return []


Look = Callable[[FeedPointer, datetime], Harvest]
Fetch = Callable[[Entry, datetime], Page]


def no_feed(feed: FeedPointer, now: datetime) -> Harvest:
    raise AssertionError(f"{feed.url} was not to be looked at")


def plain_page(entry: Entry, now: datetime) -> Page:
    return page_of(entry, now=now)


def work(task: Task[Input], now: datetime, *, look: Look = no_feed, fetch: Fetch = plain_page) -> Value:
    """What the station of a task makes of its input."""
    match task.input:
        case FeedPointer():
            return look(task.input, now)
        case Entry():
            return fetch(task.input, now)
        case Page():
            return article_of(task.input)
        case Article():
            return translation_of(task.input, now=now)
        case Translated():
            return enrichment_of(task.input)


def claim_one(store: Store, step: StepName, *, now: datetime = NOW) -> Task[Input]:
    (task,) = store.claim(step, 1, now=now, lease=LEASE)
    return task


def do(store: Store, task: Task[Input], value: Value, *, now: datetime = NOW) -> None:
    store.finish(Outcome(task, value), queue=follow(task, value), now=now)


def run(
    store: Store,
    now: datetime,
    *,
    look: Look = no_feed,
    fetch: Fetch = plain_page,
    batch: int = 5,
    finished: Callable[[], None] = lambda: None,
) -> None:
    """Take everything that is due through the line, the last station first, until nothing is due."""
    busy = True
    while busy:
        busy = False
        for step in reversed(StepName):
            for task in store.claim(step, batch, now=now, lease=LEASE):
                do(store, task, work(task, now, look=look, fetch=fetch), now=now)
                finished()
                busy = True


def publish(store: Store, entry: Entry, *, now: datetime = NOW, text: str = "Ein Satz.") -> str:
    """Take one entry from fetch to page; the id of its article."""
    store.add(fetch_todo(entry), now=now)
    run(store, now, fetch=lambda entry, now: page_of(entry, now=now, text=text))
    return article_of(page_of(entry)).id
