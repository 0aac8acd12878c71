"""What every store must do about what is removed: delete it everywhere, and keep it out for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from small_press import (
    ENGINE,
    LEASE,
    NOW,
    article_of,
    claim_one,
    do,
    entry_of,
    feed_of,
    fetch_todo,
    page_of,
    poll_todo,
    publish,
    run,
    translate_todo,
    work,
)
from stores import STORES, opened

from limitedtimes.contents import Gathered
from limitedtimes.errors import FetchError
from limitedtimes.model import Harvest, Source, article_id
from limitedtimes.protocols import (
    Correction,
    CorrectionKey,
    MemoryKey,
    Outcome,
    StepName,
    Store,
    Todo,
    Translated,
)
from limitedtimes.removal import MOST_APPEALS, Appeal, Deleted, Party, Removal, Target
from limitedtimes.search import Search, Term
from limitedtimes.story import Grouping, Sketch

LATER = NOW + timedelta(hours=1)
SOURCE = Source("de.zeitung0", "Zeitung 0", "https://zeitung0.example/", "de", ("de",), "Europe/Berlin")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from opened(request.param, tmp_path)


def remove(store: Store, target: Target, *, party: Party = Party.PUBLISHER, answered: tuple[int, ...] = ()) -> Deleted:
    return store.remove(target, party=party, note="as asked", answered=answered, now=LATER)


def remembered(store: Store, text: str) -> bool:
    return bool(store.recall([MemoryKey(text, "de", ENGINE)]))


def grouped(store: Store, id_: str, into: str, terms: dict[int, float]) -> None:
    found = store.published(id_)
    assert found is not None
    store.add(Todo(StepName.GROUP, f"{id_}:{into}", Translated(found.article, found.translation)), now=NOW)
    sketch = Sketch(id_, found.first_published, terms, frozenset(terms))
    store.finish(Outcome(claim_one(store, StepName.GROUP), Grouping(sketch, into)), now=NOW)


def appeal(at: int = 1, **changes: object) -> Appeal:
    plain = Appeal(f"https://zeitung0.example/artikel-{at}", False, Party.PERSON, "It names me.", "a@b.example", NOW)
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_removed_article_is_gone_from_everything_that_is_read(store: Store) -> None:
    gone = publish(store, entry_of(1), text="Ein Geheimnis bleibt.")
    kept = publish(store, entry_of(2), text="Etwas anderes.")
    before = store.changed_at()
    assert store.forgotten_at() is None
    assert remove(store, Target(article=gone)) == Deleted(articles=1, memory=2)
    assert store.changed_at() != before
    assert store.forgotten_at() == LATER
    remove(store, Target(article=gone))
    assert store.forgotten_at() != LATER
    assert store.published(gone) is None and store.revisions(gone) == []
    assert [teaser.id for teaser in store.teasers(now=LATER, limit=9)] == [kept]
    assert store.count() == 1
    assert [day.articles for day in store.archive_days()] == [1]
    found = store.search(Search(words=((Term("Geheimnis"),),)), now=LATER, limit=9)
    assert found.total == 0
    assert not remembered(store, "Ein Geheimnis bleibt.")
    assert remembered(store, "Etwas anderes.")
    assert store.seen(entry_of(1).url) is None
    assert store.status(now=LATER).articles == 1


def test_it_is_told_that_it_was_removed_when_and_at_whose_wish(store: Store) -> None:
    gone = publish(store, entry_of(1))
    remove(store, Target(article=gone), party=Party.PERSON)
    told = Removal(1, LATER, Party.PERSON, gone, "de.zeitung0", "as asked")
    assert store.removed(article=gone) == told
    assert store.removals() == [told]
    assert store.removed(article="0123456789") is None
    remove(store, Target(article=gone), party=Party.OPERATOR)
    assert store.removals() == [told]  # the first word stands


def test_no_feed_and_no_page_brings_it_back(store: Store) -> None:
    entry = entry_of(1)
    gone = publish(store, entry)
    remove(store, Target(article=gone))
    assert not store.add(fetch_todo(replace(entry, title="Neuer Titel")), now=LATER)
    page = page_of(entry, text="Neuer Text.")
    assert not store.add(Todo(StepName.EXTRACT, page.url, page), now=LATER)
    assert not store.add(translate_todo(article_of(page)), now=LATER)
    run(store, LATER)
    assert store.published(gone) is None and store.revisions(gone) == []
    assert store.pending(list(StepName)) == 0


def test_another_address_of_it_is_fetched_once_and_then_known(store: Store) -> None:
    gone = publish(store, entry_of(1), text="Ein Geheimnis.")
    remove(store, Target(article=gone))
    other = replace(entry_of(1), url="https://zeitung0.example/amp/1")

    assert store.add(fetch_todo(other), now=LATER)
    page = replace(page_of(entry_of(1), text="Ein Geheimnis."), url=other.url, final_url=other.url)
    do(store, claim_one(store, StepName.FETCH, now=LATER), page, now=LATER)
    do(store, claim_one(store, StepName.EXTRACT, now=LATER), article_of(page_of(entry_of(1))), now=LATER)
    assert store.pending(list(StepName)) == 0
    assert store.seen(other.url) is None
    assert store.revisions(gone) == []
    assert not store.add(fetch_todo(replace(other, title="Noch einmal")), now=LATER)


def test_the_addresses_that_it_came_from_are_barred_with_it(store: Store) -> None:
    other = replace(entry_of(1), url="https://zeitung0.example/amp/1")
    store.add(fetch_todo(other), now=NOW)
    page = replace(page_of(other), url=other.url)
    do(store, claim_one(store, StepName.FETCH), page)
    article = article_of(page_of(entry_of(1)))
    do(store, claim_one(store, StepName.EXTRACT), article)
    run(store, NOW)
    assert store.article_at(other.url) == article.id
    assert store.article_at(entry_of(1).url) == article.id
    assert store.article_at("https://zeitung0.example/") == ""
    remove(store, Target(article=article.id))
    assert not store.add(fetch_todo(other), now=LATER)
    assert store.article_at(other.url) == ""


@pytest.mark.parametrize("step", [StepName.FETCH, StepName.EXTRACT, StepName.TRANSLATE, StepName.ENRICH])
def test_what_is_in_somebodys_hands_meanwhile_comes_to_nothing(store: Store, step: StepName) -> None:
    entry = entry_of(1)
    gone = publish(store, entry)
    store.add(fetch_todo(replace(entry, title="Neuer Titel")), now=NOW)
    for before in (StepName.FETCH, StepName.EXTRACT, StepName.TRANSLATE, StepName.ENRICH):
        task = claim_one(store, before)
        if before is step:
            break
        do(store, task, work(task, NOW))
    remove(store, Target(article=gone))
    do(store, task, work(task, NOW), now=LATER)
    run(store, LATER)
    assert store.published(gone) is None and store.revisions(gone) == []
    assert store.seen(entry.url) is None


def test_an_article_that_is_not_here_can_be_kept_out_beforehand(store: Store) -> None:
    url = entry_of(1).url
    assert remove(store, Target(article=article_id(url), addresses=(f"{url}?a=b",))) == Deleted()
    assert not store.add(fetch_todo(entry_of(1)), now=LATER)
    assert not store.add(fetch_todo(replace(entry_of(1), url=f"{url}?a=b")), now=LATER)
    assert store.removals()[0].source == ""


def test_what_is_allowed_again_can_be_gathered_anew(store: Store) -> None:
    gone = publish(store, entry_of(1))
    assert not store.allow(Target(article=gone), now=LATER)
    remove(store, Target(article=gone))
    assert store.allow(Target(article=gone), now=LATER)
    assert store.removed(article=gone) is None and store.removals() == []
    assert store.published(gone) is None
    assert publish(store, entry_of(1), now=LATER) == gone
    assert store.published(gone) is not None


def test_a_source_is_removed_with_all_that_it_has_and_will_have(store: Store) -> None:
    store.save_sources([SOURCE, replace(SOURCE, id="de.zeitung1", home="https://zeitung1.example/")])
    gone = [publish(store, entry_of(number)) for number in (1, 2)]
    kept = publish(store, entry_of(3, feed=1))
    store.add(poll_todo(feed_of(0)), now=NOW)
    store.add(fetch_todo(entry_of(4)), now=NOW)
    target = Target(source="de.zeitung0", hosts=("zeitung0.example",))
    assert remove(store, target).articles == 2
    assert [teaser.id for teaser in store.teasers(now=LATER, limit=9)] == [kept]
    assert [source.id for source in store.sources()] == ["de.zeitung1"]
    assert store.pending(list(StepName)) == 0
    assert not store.add(poll_todo(feed_of(0)), now=LATER)
    assert not store.add(fetch_todo(entry_of(5)), now=LATER)
    assert not store.add(fetch_todo(replace(entry_of(6), source="other")), now=LATER)  # the host is enough
    assert not store.add(fetch_todo(replace(entry_of(6), url="https://sport.zeitung0.example/6", source="")), now=LATER)
    assert store.add(fetch_todo(entry_of(7, feed=1)), now=LATER)
    store.save_sources([SOURCE])
    assert [source.id for source in store.sources()] == ["de.zeitung1"]
    for told in (store.removed(source="de.zeitung0"), store.removed(article=gone[0])):
        assert told == Removal(1, LATER, Party.PUBLISHER, "", "de.zeitung0", "as asked")
    assert not store.allow(Target(article=gone[0]), now=LATER)
    assert store.allow(Target(source="de.zeitung0"), now=LATER)
    assert store.add(fetch_todo(entry_of(1)), now=LATER)


def test_a_story_goes_on_without_the_article_that_named_it(store: Store) -> None:
    first, second, third = (publish(store, entry_of(n), now=NOW + timedelta(minutes=n)) for n in (1, 2, 3))
    terms = {10: 0.6, 20: 0.8}
    for id_ in (first, second, third):
        grouped(store, id_, first, terms)
    remove(store, Target(article=first))
    for id_ in (first, second, third):  # the old address leads on
        story = store.story(id_)
        assert story is not None
        assert (story.id, [report.id for report in story.reports]) == (second, [second, third])
    assert [kin.article for kin in store.kin(terms, since=NOW, until=NOW, limit=9)] == sorted([second, third])
    remove(store, Target(article=second))
    again = store.story(first)
    assert again is not None and again.id == third
    remove(store, Target(article=third))
    assert store.story(first) is None


def test_an_article_that_was_grouped_with_one_that_is_gone_now_stands_alone(store: Store) -> None:
    gone, other = publish(store, entry_of(1)), publish(store, entry_of(2))
    grouped(store, gone, gone, {10: 1.0})
    remove(store, Target(article=gone))
    grouped(store, other, gone, {10: 1.0})
    story = store.story(other)
    assert story is not None and story.id == other


def test_corrections_of_it_go_too_and_those_for_everywhere_where_nothing_else_has_the_sentence(store: Store) -> None:
    gone = publish(store, entry_of(1), text="Nur hier steht das.")
    publish(store, entry_of(2), text="Mehr dazu.")

    def corrected(sentence: str, article: str) -> CorrectionKey:
        key = CorrectionKey(sentence, "de", article)
        store.correct([Correction(key, "By hand", "Anna", NOW)])
        return key

    keys = [corrected("Nur hier steht das.", gone), corrected("Nur hier steht das.", "")]
    stays = [corrected("Mehr dazu.", ""), corrected("Titel 2", "")]
    assert remove(store, Target(article=gone)).corrections == 2
    assert set(store.corrected([*keys, *stays])) == set(stays)
    assert len(store.corrections()) == 2


def test_a_correction_of_it_is_not_taken_in_again(store: Store) -> None:
    gone = publish(store, entry_of(1), text="Nur hier steht das.")
    remove(store, Target(article=gone))
    store.correct([Correction(CorrectionKey("Nur hier steht das.", "de", gone), "By hand", "Anna", NOW)])
    assert store.corrections() == []


def test_appeals_wait_until_they_are_answered_and_then_nothing_of_them_is_kept(store: Store) -> None:
    assert store.ask(appeal(1)) == 1
    assert store.ask(appeal(2, whole=True, party=Party.PUBLISHER)) == 2
    assert store.ask(replace(appeal(1), at=LATER)) == 1  # sent twice
    assert store.appeals() == [appeal(1, number=1), appeal(2, whole=True, party=Party.PUBLISHER, number=2)]
    assert store.answer(1) and not store.answer(1)
    remove(store, Target(article=article_id("https://zeitung0.example/artikel-2")), answered=(2,))
    assert store.appeals() == []
    assert store.ask(appeal(3)) == 3  # no number is given twice


def test_no_more_appeals_wait_than_a_person_can_read(store: Store) -> None:
    for number in range(MOST_APPEALS):
        assert store.ask(appeal(number)) is not None
    assert store.ask(appeal(MOST_APPEALS)) is None
    store.answer(1)
    assert store.ask(appeal(MOST_APPEALS)) is not None


def test_the_archive_has_its_days_and_the_pages_of_them(store: Store) -> None:
    old = publish(store, entry_of(1, published=NOW - timedelta(days=40)))
    new = [publish(store, entry_of(n, published=NOW - timedelta(minutes=n))) for n in (2, 3)]
    days = store.archive_days()
    assert [(day.day, day.articles) for day in days] == [((NOW - timedelta(days=40)).date(), 1), (NOW.date(), 2)]
    assert days[-1].updated == NOW
    paths = {}
    for id_ in (old, *new):
        found = store.published(id_)
        assert found is not None
        paths[id_] = found.path
    pages = store.leaves(NOW.date(), NOW.date(), limit=9, offset=0)
    assert [page.path for page in pages] == [paths[new[1]], paths[new[0]]]
    assert [page.path for page in store.leaves(NOW.date(), NOW.date(), limit=9, offset=1)] == [paths[new[0]]]
    assert len(store.leaves(days[0].day, NOW.date(), limit=9, offset=0)) == 3


def test_it_is_told_what_each_source_gave_and_when_its_feeds_were_looked_at(store: Store) -> None:
    store.save_sources([SOURCE, replace(SOURCE, id="de.zeitung1", name="Andere", home="https://zeitung1.example/")])
    publish(store, entry_of(1))
    store.add(poll_todo(feed_of(0)), now=NOW)
    again = NOW + timedelta(minutes=15)
    harvest = Harvest(feed_of(0), (), next_at=again)
    store.finish(Outcome(claim_one(store, StepName.POLL), harvest), now=NOW)
    store.add(poll_todo(feed_of(1)), now=NOW)
    error = FetchError("took too long", reason="timeout", transient=True, retry_at=LATER)
    store.finish(Outcome(claim_one(store, StepName.POLL), error), now=NOW)
    assert store.gathered() == [
        Gathered("de.zeitung1", "Andere", 0, None, 1, None, 1, "timeout", "took too long", LATER),
        Gathered("de.zeitung0", "Zeitung 0", 1, NOW, 1, NOW, 0, "", "", again),
    ]
    (task,) = store.claim(StepName.POLL, 1, now=LATER, lease=LEASE, lanes=["de.zeitung1"])
    store.finish(Outcome(task, Harvest(feed_of(1), (), next_at=again)), now=LATER)
    assert [one.failing for one in store.gathered()] == [0, 0]
