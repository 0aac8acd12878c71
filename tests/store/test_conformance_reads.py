"""What every store must remember for the edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from small_press import (
    ENGINE,
    NOW,
    article_of,
    claim_one,
    do,
    enrichment_of,
    entry_of,
    fetch_todo,
    follow,
    page_of,
    publish,
    run,
    translate_todo,
    translation_of,
)
from stores import STORES, opened

from limitedtimes.model import (
    STANDFIRST,
    UNKNOWN_LANGUAGE,
    Block,
    BlockKind,
    Flag,
    FlagKind,
    Origin,
    Picture,
    Rights,
    Sentence,
    Source,
)
from limitedtimes.protocols import (
    Input,
    Latency,
    MemoryKey,
    Outcome,
    Rendering,
    StepName,
    Store,
    Task,
    Todo,
    Translated,
)

MINUTE = timedelta(minutes=1)
LATER = NOW + timedelta(hours=1)
SOURCE = Source("de.zeitung0", "Zeitung Null", "https://zeitung0.example/", "de", ("de",), "Europe/Berlin")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from opened(request.param, tmp_path)


def test_a_published_article_is_all_that_its_page_needs(store: Store) -> None:
    store.save_sources([SOURCE])
    id_ = publish(store, entry_of(1))
    article = article_of(page_of(entry_of(1)))
    published = store.published(id_)
    assert published is not None
    assert (published.source, published.article) == (SOURCE, article)
    assert published.translation == translation_of(article)
    assert published.enrichment == enrichment_of(Translated(article, published.translation))
    assert published.path == f"/world/2026-11-23-english-titel-1.{id_}.html"
    assert (published.revision, published.first_published, published.updated) == (1, NOW, NOW)


def test_an_unknown_article_is_not_published(store: Store) -> None:
    assert store.published("0000000000") is None
    assert store.revisions("0000000000") == []


def test_an_article_without_english_is_not_published(store: Store) -> None:
    article = article_of(page_of(entry_of(1)))
    store.add(translate_todo(article), now=NOW)
    assert store.published(article.id) is None
    assert store.revisions(article.id) == [article]
    assert store.teasers(now=NOW, limit=9) == []


def test_a_teaser_says_what_a_list_needs(store: Store) -> None:
    store.save_sources([replace(SOURCE, rights=Rights.EXCERPT)])
    published = NOW - 9 * MINUTE
    entry = entry_of(1, published=published)
    id_ = publish(store, entry)
    (teaser,) = store.teasers(now=NOW, limit=9)
    assert (teaser.id, teaser.path) == (id_, f"/world/2026-11-23-english-titel-1.{id_}.html")
    assert (teaser.source, teaser.source_name, teaser.country) == ("de.zeitung0", "Zeitung Null", "de")
    assert (teaser.language, teaser.section, teaser.rights) == ("de", "world", Rights.EXCERPT)
    assert (teaser.headline, teaser.standfirst, teaser.highlights) == ("English Titel 1", "", ("English Ein Satz.",))
    assert (teaser.original_headline, teaser.original_url) == ("Titel 1", entry.url)
    assert (teaser.authors, teaser.picture, teaser.flags) == (("Erika Beispiel",), None, 0)
    assert (teaser.dated, teaser.untranslated) == (True, 0)
    assert (teaser.published, teaser.first_published, teaser.updated) == (published, NOW, NOW)


def test_a_teaser_has_the_first_picture_with_its_english_caption_and_counts_flagged_sentences(store: Store) -> None:
    picture = Picture("https://zeitung0.example/1.jpg", "Ein Bild", "Foto: E. B.")
    plain = article_of(page_of(entry_of(1)))
    article = replace(
        plain,
        blocks=(*plain.blocks, Block(BlockKind.PICTURE, picture.caption, picture)),
        sentences=(*plain.sentences, Sentence(2, 1, picture.caption, "de")),
    )
    english = translation_of(article)
    doubt = Flag(FlagKind.NUMBER, 1, "11 is missing")
    flagged = replace(english.sentences[1], flags=(doubt, Flag(FlagKind.UNTRANSLATED, 1, "left as it was: Satz")))
    english = replace(english, sentences=(english.sentences[0], flagged, english.sentences[2]))
    store.add(Todo(StepName.ENRICH, "e", Translated(article, english)), now=NOW)
    run(store, NOW)
    (teaser,) = store.teasers(now=NOW, limit=9)
    assert (teaser.picture, teaser.picture_caption) == (picture, "English Ein Bild")
    assert (teaser.flags, teaser.untranslated) == (1, 1)
    assert store.status(now=NOW).flags == {"number": 1, "untranslated": 1}


def test_a_teaser_has_nothing_that_is_not_in_english(store: Store) -> None:
    picture = Picture("https://zeitung0.example/1.jpg", "Bild.", "")
    plain = article_of(page_of(entry_of(1)))
    said = ("Eins.", "Zwei.")
    article = replace(
        plain,
        standfirst=" ".join(said),
        blocks=(*plain.blocks, Block(BlockKind.PICTURE, picture.caption, picture)),
        sentences=(
            plain.sentences[0],
            *(Sentence(number, STANDFIRST, text, "de") for number, text in enumerate(said, 1)),
            Sentence(3, 0, "Ein Satz.", "de"),
            Sentence(4, 1, picture.caption, "de"),
        ),
    )
    english = translation_of(article)
    lost = {n: replace(english.sentences[n], text=article.sentences[n].text, origin=Origin.NONE) for n in (1, 4)}
    english = replace(english, sentences=tuple(lost.get(line.number, line) for line in english.sentences))
    store.add(Todo(StepName.ENRICH, "e", Translated(article, english)), now=NOW)
    run(store, NOW)
    (teaser,) = store.teasers(now=NOW, limit=9)
    assert (teaser.standfirst, teaser.highlights, teaser.picture_caption) == ("English Zwei.", (), "")


def test_the_source_of_an_article_from_nowhere_is_its_host_without_rights(store: Store) -> None:
    id_ = publish(store, entry_of(1))
    published = store.published(id_)
    assert published is not None
    assert (published.source.name, published.source.home) == ("zeitung0.example", "https://zeitung0.example/")
    assert published.source.rights is Rights.LINK
    (teaser,) = store.teasers(now=NOW, limit=9)
    assert (teaser.source_name, teaser.rights) == ("zeitung0.example", Rights.LINK)


def test_a_change_of_rights_counts_for_what_is_published_already(store: Store) -> None:
    store.save_sources([replace(SOURCE, rights=Rights.FULL)])
    id_ = publish(store, entry_of(1))
    store.save_sources([SOURCE])
    published = store.published(id_)
    assert published is not None
    assert published.source.rights is Rights.LINK
    assert store.teasers(now=NOW, limit=9)[0].rights is Rights.LINK
    assert store.sources() == [SOURCE]


def test_a_page_that_says_the_same_again_makes_no_revision_and_no_work(store: Store) -> None:
    id_ = publish(store, entry_of(1))
    page = page_of(entry_of(1), now=LATER)
    article = article_of(page)
    store.add(Todo(StepName.EXTRACT, "again", page), now=LATER)
    do(store, claim_one(store, StepName.EXTRACT, now=LATER), article, now=LATER)
    assert store.pending(list(StepName)) == 0
    assert len(store.revisions(id_)) == 1


def test_a_changed_page_is_a_revision_at_the_same_address(store: Store) -> None:
    id_ = publish(store, entry_of(1))
    first = store.published(id_)
    publish(store, entry_of(1, title="Neuer Titel"), now=LATER)
    second = store.published(id_)
    assert first is not None
    assert second is not None
    assert (second.path, second.first_published) == (first.path, NOW)
    assert (second.revision, second.updated, second.article.headline) == (2, LATER, "Neuer Titel")
    assert [article.headline for article in store.revisions(id_)] == ["Titel 1", "Neuer Titel"]
    assert [teaser.headline for teaser in store.teasers(now=LATER, limit=9)] == ["English Neuer Titel"]


def test_an_article_that_goes_back_to_its_first_text_is_published_with_it_again(store: Store) -> None:
    for moment, text in enumerate(("Eins.", "Zwei.", "Eins.")):
        entry = replace(entry_of(1), title=f"Titel {moment}", summary=str(moment))
        page = replace(page_of(entry, text=text), body=f"Titel\n{text}".encode())
        store.add(Todo(StepName.EXTRACT, entry.url, page), now=NOW)
        run(store, NOW)
    published = store.published(article_of(page).id)
    assert published is not None
    assert (published.revision, published.article.blocks[0].text) == (3, "Eins.")


def test_an_earlier_revision_that_comes_late_does_not_replace_a_later_one(store: Store) -> None:
    publish(store, entry_of(1), text="Eins.")
    old = article_of(page_of(entry_of(1), text="Zwei."))
    store.add(translate_todo(old), now=NOW)
    late = claim_one(store, StepName.TRANSLATE)
    id_ = publish(store, entry_of(1, title="Titel 3"), text="Drei.", now=NOW)
    do(store, late, translation_of(old))
    run(store, NOW)
    published = store.published(id_)
    assert published is not None
    assert (published.revision, published.article.headline) == (3, "Titel 3")


def test_a_better_translation_replaces_the_one_before(store: Store) -> None:
    id_ = publish(store, entry_of(1))
    article = article_of(page_of(entry_of(1)))
    item = Translated(article, translation_of(article, engine="better/2"))
    assert store.add(Todo(StepName.ENRICH, f"{id_}:{article.fingerprint}", item), now=LATER)
    run(store, LATER)
    published = store.published(id_)
    assert published is not None
    assert (published.translation.engine, published.revision, published.updated) == ("better/2", 1, LATER)


def test_lists_show_the_latest_first_and_nothing_from_the_future(store: Store) -> None:
    for number in (3, 1, 4, 2):
        publish(store, entry_of(number, published=NOW - number * MINUTE))
    publish(store, entry_of(9, published=NOW + timedelta(days=365)))
    (future, *others) = store.teasers(now=NOW, limit=9)
    assert (future.original_headline, future.published) == ("Titel 9", NOW)
    assert [teaser.original_headline for teaser in others] == [f"Titel {number}" for number in (1, 2, 3, 4)]
    before = store.teasers(now=NOW - 2 * MINUTE, limit=9)
    assert [teaser.original_headline for teaser in before] == ["Titel 2", "Titel 3", "Titel 4"]
    assert store.teasers(now=NOW, limit=2, offset=3) == store.teasers(now=NOW, limit=9)[3:5]


def test_lists_are_chosen_by_source_day_section_and_language(store: Store) -> None:
    yesterday = NOW - timedelta(days=1)
    publish(store, entry_of(1, feed=1))
    publish(store, entry_of(2, feed=2, published=yesterday))
    publish(store, entry_of(3, feed=2))

    def titles(**choice: object) -> set[str]:
        return {t.original_headline for t in store.teasers(now=NOW, limit=9, **choice)}  # type: ignore[arg-type]

    assert titles(source="de.zeitung2") == {"Titel 2", "Titel 3"}
    assert titles(day=yesterday.date()) == {"Titel 2"}
    assert titles(source="de.zeitung2", day=NOW.date(), section="world", language="de") == {"Titel 3"}
    assert titles(section="sport") == titles(language="fr") == set()
    assert (store.count(), store.count(section="world"), store.count(section="sport")) == (3, 3, 0)
    assert store.count(source="de.zeitung2", day=yesterday.date()) == 1
    assert store.sections() == ["world"]
    further = [store.teasers(now=NOW, limit=1, offset=number, section="world") for number in range(4)]
    assert further == [[one] for one in store.teasers(now=NOW, limit=9, section="world")] + [[]]
    days = [(one.day, one.articles) for one in store.archive_days()]
    assert days == [(date(2026, 11, 22), 1), (date(2026, 11, 23), 2)]


def test_status_counts_everything(store: Store) -> None:
    store.save_sources([SOURCE])
    for number, minutes in enumerate((1, 2, 3, 10)):
        publish(store, entry_of(number, published=NOW - minutes * MINUTE))
    publish(store, entry_of(8, published=NOW - timedelta(days=900)))
    publish(store, entry_of(9, published=NOW + MINUTE))
    foreign = replace(article_of(page_of(entry_of(10))), language="pt")
    store.add(translate_todo(foreign), now=NOW)
    status = store.status(now=NOW)
    assert (status.articles, status.published, status.sources) == (7, 6, 1)
    assert (status.awaiting, status.queue, status.parked, status.flags) == ({"pt": 1}, {"translate": 1}, {}, {})
    assert status.latency == Latency(4, 150.0, 600.0)
    assert status.newest == NOW


def test_an_empty_paper_has_a_status(store: Store) -> None:
    status = store.status(now=NOW)
    assert (status.articles, status.published, status.latency, status.newest) == (0, 0, None, None)
    assert not store.archive_days()
    assert not store.awaiting(limit=3)
    assert not store.sources()


def test_the_time_of_the_last_change_goes_forward_with_every_change(store: Store) -> None:
    assert store.changed_at() is None
    changes = []
    for number in range(3):
        publish(store, entry_of(number), now=NOW - number * MINUTE)
        changes.append(store.changed_at())
    store.save_sources([SOURCE])
    changes.append(store.changed_at())
    assert changes == sorted({change for change in changes if change})
    store.save_sources([SOURCE])
    assert store.changed_at() == changes[-1]


def test_changes_are_told_by_what_they_were_about(store: Store) -> None:
    one = publish(store, entry_of(1))
    mark = store.changed_at()
    assert mark is not None
    assert store.changes(mark) == []
    store.save_sources([SOURCE])
    two = publish(store, entry_of(2))
    assert set(store.changes(mark) or ()) == {f"source:{SOURCE.id}", two}
    assert one != two
    later = store.changed_at()
    assert later and store.changes(later) == []
    assert store.changes(later + timedelta(seconds=1)) is None  # of another database
    publish(store, entry_of(3), now=NOW + timedelta(days=31))
    assert store.changes(mark) is None  # too long ago


def test_the_memory_has_what_an_engine_translated_and_nothing_else(store: Store) -> None:
    article = article_of(page_of(entry_of(1)))
    english = translation_of(article)
    as_is = replace(english.sentences[0], origin=Origin.AS_IS, engine="")
    store.add(translate_todo(article), now=NOW)
    do(store, claim_one(store, StepName.TRANSLATE), replace(english, sentences=(as_is, english.sentences[1])))
    known = MemoryKey("Ein Satz.", "de", ENGINE)
    others = [MemoryKey("Titel 1", "de", ENGINE), MemoryKey("Ein Satz.", "nl", ENGINE)]
    others += [replace(known, engine="other"), replace(known, glossary="2")]
    assert store.recall([known, *others]) == {known: Rendering("English Ein Satz.", -0.5)}


def test_the_memory_knows_a_sentence_by_the_language_that_the_translator_asks_for(store: Store) -> None:
    plain = article_of(page_of(entry_of(1)))
    headline, body = plain.sentences
    article = replace(plain, sentences=(replace(headline, language="co"), replace(body, language=UNKNOWN_LANGUAGE)))
    store.add(translate_todo(article), now=NOW)
    do(store, claim_one(store, StepName.TRANSLATE), translation_of(article))
    keys = {
        MemoryKey("Titel 1", "co", ENGINE),
        MemoryKey("Titel 1", "de", ENGINE),
        MemoryKey("Ein Satz.", "de", ENGINE),
    }
    assert store.recall([*keys, MemoryKey("Ein Satz.", UNKNOWN_LANGUAGE, ENGINE)]).keys() == keys


def test_the_memory_answers_any_number_of_keys(store: Store) -> None:
    plain = article_of(page_of(entry_of(1)))
    sentences = (*plain.sentences, *(Sentence(n, 0, f"Satz {n}.", "de") for n in range(2, 1203)))
    article = replace(plain, sentences=sentences)
    store.add(translate_todo(article), now=NOW)
    do(store, claim_one(store, StepName.TRANSLATE), translation_of(article))
    keys = [MemoryKey(sentence.text, "de", ENGINE) for sentence in sentences]
    assert {key: rendering.text for key, rendering in store.recall(keys).items()} == {
        key: f"English {key.sentence}" for key in keys
    }
    assert store.recall([]) == {}


def test_text_that_no_database_takes_does_no_harm(store: Store) -> None:
    broken = "Titel \x00 \ud83d 🙂 ende"
    plain = article_of(page_of(entry_of(1)))
    article = replace(plain, headline=broken, sentences=(replace(plain.sentences[0], text=broken), plain.sentences[1]))
    store.add(translate_todo(article), now=NOW)
    run(store, NOW)
    assert store.revisions(article.id) == [article]
    (teaser,) = store.teasers(now=NOW, limit=1)
    assert teaser.original_headline == "Titel \ufffd \ufffd 🙂 ende"


def test_a_follow_up_of_a_follow_up_is_kept_once(store: Store) -> None:
    store.add(fetch_todo(entry_of(1)), now=NOW)
    task: Task[Input] = claim_one(store, StepName.FETCH)
    page = page_of(entry_of(1))
    store.finish(Outcome(task, page), queue=follow(task, page) * 2, now=NOW)
    assert store.pending([StepName.EXTRACT]) == 1


def undated(store: Store, *, text: str, now: datetime) -> str:
    """Publish an article that says no date, fetched a day before."""
    article = replace(article_of(page_of(entry_of(1), now=now - timedelta(days=1), text=text)), published=None)
    store.add(translate_todo(article), now=now)
    run(store, now)
    return article.id


def test_an_article_without_a_date_stands_where_it_was_first_seen_and_stays_there(store: Store) -> None:
    undated(store, text="Ein Satz.", now=NOW)
    (first,) = store.teasers(now=LATER, limit=5)
    assert (first.published, first.dated) == (NOW - timedelta(days=1), False)
    undated(store, text="Ein anderer Satz.", now=NOW + timedelta(hours=5))
    (second,) = store.teasers(now=NOW + timedelta(days=1), limit=5)
    assert (second.published, second.path) == (first.published, first.path)


def test_an_outline_of_all_that_is_published_in_the_order_of_the_lists(store: Store) -> None:
    for number in range(3):
        publish(store, entry_of(number, published=NOW - timedelta(hours=number)))
    teasers = store.teasers(now=NOW, limit=10)
    outlines = store.outlines(now=NOW)
    assert [(one.id, one.path, one.section, one.published) for one in outlines] == [
        (one.id, one.path, one.section, one.published) for one in teasers
    ]
    assert [one.story for one in outlines] == [""] * 3
    assert store.outlines(now=NOW - timedelta(minutes=90)) == outlines[2:]


def test_a_snapshot_sees_one_moment_whatever_is_written_meanwhile(store: Store) -> None:
    publish(store, entry_of(1))
    with store.snapshot() as reads:
        before = (reads.changed_at(), reads.outlines(now=NOW), reads.count())
        later = publish(store, entry_of(2), now=NOW + timedelta(minutes=1))
        assert store.count() == 2
        assert (reads.changed_at(), reads.outlines(now=NOW + timedelta(hours=1)), reads.count()) == before
        assert reads.published(later) is None
    with store.snapshot() as reads:
        assert reads.count() == 2
