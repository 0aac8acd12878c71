"""What every store must find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_press import NOW, article_of, enrichment_of, entry_of, page_of, publish, translation_of
from stores import STORES, opened

from limitedtimes.model import HEADLINE, STANDFIRST, Article, EnglishSentence, Origin, Sentence, Source, Translation
from limitedtimes.protocols import Outcome, StepName, Store, Todo, Translated
from limitedtimes.search import Found, Search, Term

BERLIN = Source("de.zeitung0", "Zeitung Null", "https://zeitung0.example/", "de", ("de",), "Europe/Berlin")
WIEN = Source("at.zeitung1", "Zeitung Eins", "https://zeitung1.example/", "at", ("de",), "Europe/Vienna")


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from opened(request.param, tmp_path)


def put(store: Store, number: int, original: str, english: str, **changes: object) -> str:
    """Publish an article of a headline (``Titel N``) and one sentence with its English."""
    section = str(changes.pop("section", "world"))
    article: Article = replace(article_of(page_of(entry_of(number), text=original)), **changes)  # type: ignore[arg-type]
    said = translation_of(article)
    lines = (replace(said.sentences[0], text=f"Headline {number}"), replace(said.sentences[1], text=english))
    translated = Translated(article, replace(said, sentences=lines))
    store.add(Todo(StepName.ENRICH, f"{article.id}:{article.fingerprint}", translated), now=NOW)
    (task,) = store.claim(StepName.ENRICH, 1, now=NOW, lease=timedelta(minutes=1))
    store.finish(Outcome(task, enrichment_of(translated, section=section)), now=NOW)
    return article.id


def find(store: Store, *words: str, **choices: object) -> Found:
    groups = tuple((Term(word),) for word in words)
    return store.search(Search(words=groups, **choices), now=NOW, limit=20)  # type: ignore[arg-type]


def ids(found: Found) -> list[str]:
    return [hit.teaser.id for hit in found.hits]


def test_words_are_found_in_english_and_in_the_original_in_any_order_and_form(store: Store) -> None:
    vote = put(store, 1, "Die Wähler wählten.", "The voters were voting in Kraków.")
    put(store, 2, "Der Hafen schläft.", "The harbour is asleep.")
    for words in (("voter",), ("VOTED", "were"), ("krakow",), ("wahler",), ("Wähler", "headline")):
        assert ids(find(store, *words)) == [vote]
    assert ids(find(store, "voters", "harbour")) == []


def test_a_phrase_is_found_only_as_its_words_follow_each_other(store: Store) -> None:
    first = put(store, 1, "Eins.", "The prime minister slept.")
    put(store, 2, "Zwei.", "The minister ate prime beef.")
    assert ids(find(store, "prime minister")) == [first]


def test_alternatives_beginnings_and_exclusions(store: Store) -> None:
    apples = put(store, 1, "Eins.", "Apples are cheap.")
    pears = put(store, 2, "Zwei.", "Pears are cheap.")
    put(store, 3, "Drei.", "Plums are dear.")
    either = Search(words=((Term("apples"), Term("pears")),))
    assert set(ids(store.search(either, now=NOW, limit=9))) == {apples, pears}
    assert ids(store.search(Search(words=((Term("appl", beginning=True),),)), now=NOW, limit=9)) == [apples]
    assert ids(store.search(replace(either, without=(Term("apples"),)), now=NOW, limit=9)) == [pears]


def test_articles_are_chosen_by_source_country_language_section_and_day(store: Store) -> None:
    store.save_sources([BERLIN, WIEN])
    yesterday = replace(entry_of(1), published=replace(entry_of(1).published, at=NOW - timedelta(days=1)))  # type: ignore[type-var]
    old = put(store, 1, "Eins.", "One.", published=yesterday.published)
    dutch = put(store, 2, "Een.", "One.", language="nl", section="sport")
    vienna = put(store, 3, "Eins.", "One.", source="at.zeitung1")
    assert set(ids(find(store, "one"))) == {old, dutch, vienna}
    assert ids(find(store, "one", sources=("at.zeitung1",))) == ids(find(store, countries=("at",))) == [vienna]
    assert ids(find(store, languages=("nl",))) == ids(find(store, "one", sections=("sport",))) == [dutch]
    assert ids(find(store, until=NOW.date() - timedelta(days=1))) == [old]
    assert set(ids(find(store, since=NOW.date()))) == {dutch, vienna}
    assert ids(find(store, countries=("fr",))) == ids(find(store, since=date(2030, 1, 1))) == []


def test_a_loose_search_finds_what_has_any_of_the_choices(store: Store) -> None:
    store.save_sources([BERLIN, WIEN])
    harbour = put(store, 1, "Eins.", "The harbour.")
    dutch = put(store, 2, "Een.", "One.", language="nl")
    vienna = put(store, 3, "Eins.", "One.", source="at.zeitung1")
    put(store, 4, "Eins.", "One.")
    picked = find(store, "harbour", languages=("nl",), countries=("at",), loose=True)
    assert set(ids(picked)) == {harbour, dutch, vienna}
    assert find(store, loose=True) == Found((), 0, False)


def test_the_latest_come_first_in_pages_and_nothing_comes_from_the_future(store: Store) -> None:
    for number in (2, 3, 1):
        publish(store, entry_of(number, published=NOW - timedelta(minutes=number)))
    everything = Search(words=((Term("english"),),))
    found = store.search(everything, now=NOW, limit=2)
    assert [hit.teaser.original_headline for hit in found.hits] == ["Titel 1", "Titel 2"]
    assert (found.total, found.more) == (3, False)
    rest = store.search(everything, now=NOW, limit=2, offset=2)
    assert [hit.teaser.original_headline for hit in rest.hits] == ["Titel 3"]
    assert store.search(everything, now=NOW - timedelta(minutes=2), limit=9).total == 2


def test_a_hit_marks_what_fits_in_english_or_else_in_the_original(store: Store) -> None:
    put(store, 1, "Der Hafen schläft.", "The harbour is asleep.")
    (hit,) = find(store, "harbour").hits
    assert hit.english == (("The ", False), ("harbour", True), (" is asleep.", False))
    assert hit.headline == (("Headline 1", False),)
    assert hit.original == ()
    (hit,) = find(store, "schläft").hits
    assert hit.original == (("Titel 1 Der Hafen ", False), ("schläft", True), (".", False))
    (hit,) = find(store, "headline").hits
    assert hit.headline == (("Headline", True), (" 1", False))


def test_scripts_without_blanks_are_searched_by_any_stretch(store: Store) -> None:
    port = put(store, 1, "東京の港が閉鎖された。", "The port of Tokyo was closed.", language="ja")
    put(store, 2, "京都の東門。", "The east gate of Kyoto.", language="ja")
    found = find(store, "東京")
    assert ids(found) == [port]
    assert found.hits[0].original[1] == ("東京", True)
    assert "".join(text for text, _ in found.hits[0].original).endswith("東京の港が閉鎖された。")


def test_a_changed_article_is_found_by_its_new_words_only(store: Store) -> None:
    put(store, 1, "Alt.", "The old words.")
    put(store, 1, "Neu.", "The fresh words.")
    assert (find(store, "old").total, find(store, "fresh").total) == (0, 1)


def test_a_hit_shows_the_text_that_has_more_of_what_was_looked_for(store: Store) -> None:
    article = article_of(page_of(entry_of(1)))
    sentences = tuple(Sentence(n, part, f"Satz {n}.", "de") for n, part in enumerate((HEADLINE, STANDFIRST, 0)))
    article = replace(article, standfirst="Satz 1.", sentences=sentences)
    said = translation_of(article)
    english = ("Old bridge shut", "The buses and the cars wait.", "Workers tell the buses where the damage is.")
    lines = (replace(line, text=text) for line, text in zip(said.sentences, english, strict=True))
    translated = Translated(article, replace(said, sentences=tuple(lines)))
    store.add(Todo(StepName.ENRICH, "1", translated), now=NOW)
    (task,) = store.claim(StepName.ENRICH, 1, now=NOW, lease=timedelta(minutes=1))
    store.finish(Outcome(task, enrichment_of(translated, section="world")), now=NOW)
    shown = {
        ("the",): english[1],
        ("the", "buses"): english[1],
        ("the", "damage"): english[2],
        ("the", "workers", "cars"): english[1],
        ("bridge",): "",
    }
    for words, text in shown.items():
        (hit,) = find(store, *words).hits
        assert "".join(piece for piece, _ in hit.english) == text, words


FILLING = "Some more words are said here about nothing at all. "


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        (f"The damage is old. {FILLING * 9}", ("damage",), "The [damage] is old. Some more words are said here about "
         "nothing at all. Some more words are said here about nothing at all. …"),
        (f"{FILLING * 4}Workers, he said, found damage at the bridge. {FILLING * 4}", ("bridge", "workers"),
         "…[Workers], he said, found damage at the [bridge]. Some more words are said here about nothing at all. "
         "Some more words are said here…"),
        (f"{FILLING * 3}{'long ' * 30}bridge {'road ' * 30}", ("bridge",),
         f"…long long long [bridge] {'road ' * 20}".rstrip() + "…"),
        (f"{FILLING * 9}Here ends the bridge.", ("bridge",), "…Here ends the [bridge]."),
        (f"The bridge. {FILLING * 4}The bridge has damage. {FILLING}", ("bridge", "damage"),
         "…The [bridge] has [damage]. Some more words are said here about nothing at all."),
        (f"Bridge. {'long ' * 21}old iron bridge {FILLING * 3}", ("bridge", "old iron bridge"),
         f"[Bridge]. {'long ' * 21}[old iron]…"),
        (f"{FILLING * 3}{'old ' * 9}iron bridge {'old ' * 30}", ("old " * 9 + "iron bridge",),
         f"…[{'old ' * 9}iron bridge] {'old ' * 13}".rstrip() + "…"),
    ],
)  # fmt: skip
def test_a_hit_shows_the_part_of_a_long_text_that_has_most_of_it(
    store: Store, text: str, words: tuple[str, ...], shown: str
) -> None:
    put(store, 1, "Ein Satz.", text.rstrip())
    (hit,) = find(store, *words).hits
    assert "".join(f"[{piece}]" if fits else piece for piece, fits in hit.english) == shown


def test_what_has_no_english_is_not_found_as_english(store: Store) -> None:
    article = article_of(page_of(entry_of(1), text="Satz."))
    lines = (
        EnglishSentence(0, "Headline", Origin.ENGINE, "x"),
        EnglishSentence(1, "Satz.", Origin.NONE),
    )
    item = Translated(article, Translation(article.id, article.fingerprint, "x", NOW, lines))
    store.add(Todo(StepName.ENRICH, "k", item), now=NOW)
    (task,) = store.claim(StepName.ENRICH, 1, now=NOW, lease=timedelta(minutes=1))
    store.finish(Outcome(task, enrichment_of(item)), now=NOW)
    (hit,) = find(store, "satz").hits
    assert (hit.english, hit.original[-2]) == ((), ("Satz", True))


@pytest.mark.parametrize(
    "words",
    ['"', "'", "a AND", "NEAR(a b)", "body : x", "*", "-", "(", "\x00", "\x02a\x03", "{", "a" * 9999, "ﷺ", "\ud800"],
)
def test_no_term_breaks_a_search(store: Store, words: str) -> None:
    put(store, 1, "Eins.", "One.")
    assert find(store, words).total in (0, 1)
    assert store.search(Search(without=(Term(words),)), now=NOW, limit=1).total in (0, 1)


def test_many_articles_of_one_second_all_have_their_place(store: Store) -> None:
    published = [put(store, number, "Eins.", "Same second.") for number in range(30)]
    assert sorted(ids(store.search(Search(words=((Term("second"),),)), now=NOW, limit=99))) == sorted(published)
