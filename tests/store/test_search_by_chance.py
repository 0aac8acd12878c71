"""Searches by chance find what reading every article finds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from small_press import NOW, article_of, enrichment_of, entry_of, page_of, translation_of
from stores import STORES, opened

from limitedtimes.model import HEADLINE, Sentence
from limitedtimes.protocols import Outcome, StepName, Store, Todo, Translated
from limitedtimes.search import Search, Term

STEMS = {
    "the": "the", "of": "of", "to": "to", "was": "wa", "wasp": "wasp", "water": "water", "über": "uber",
    "vote": "vote", "votes": "vote", "voting": "vote", "thence": "thenc", "october": "octob", "1989": "1989",
    "vot": "vot", "wat": "wat", "octo": "octo", "tho": "tho", "zal": "zal",
}  # fmt: skip
"""A word, and what Porter's stemmer makes of it; the last line only as beginnings."""
WORDS = tuple(STEMS)[:13]
SECTIONS, LANGUAGES = ("world", "sport"), ("de", "nl")
ARTICLES, REVISED, SEARCHES = 70, 25, 500


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    yield from opened(request.param, tmp_path)


@dataclass(frozen=True)
class Known:
    """What the test knows of an article: each of its texts as words."""

    id: str
    texts: tuple[tuple[str, ...], ...]
    language: str
    section: str
    day: date


def put(store: Store, chance: random.Random, number: int) -> Known:
    headline, body, original = (tuple(chance.choices(WORDS, k=chance.randint(1, 6))) for _ in range(3))
    language, section = chance.choice(LANGUAGES), chance.choice(SECTIONS)
    entry = entry_of(number, published=NOW - timedelta(hours=6 * number))
    article = replace(
        article_of(page_of(entry)),
        language=language,
        headline=" ".join(original),
        sentences=(Sentence(0, HEADLINE, " ".join(original), language), Sentence(1, 0, "Ja", language)),
    )
    said = translation_of(article)
    lines = (
        replace(said.sentences[0], text=" ".join(headline).upper()),
        replace(said.sentences[1], text=f"{', '.join(body)}."),
    )
    item = Translated(article, replace(said, sentences=lines))
    store.add(Todo(StepName.ENRICH, f"{article.id}:{article.fingerprint}", item), now=NOW)
    (task,) = store.claim(StepName.ENRICH, 1, now=NOW, lease=timedelta(minutes=1))
    store.finish(Outcome(task, enrichment_of(item, section=section)), now=NOW)
    day = (NOW - timedelta(hours=6 * number)).date()
    return Known(article.id, (headline, body, (*original, "ja")), language, section, day)


def has(article: Known, term: Term) -> bool:
    wanted = [STEMS[word] for word in term.text.split()]
    return any(fits([STEMS.get(word, word) for word in text], wanted, term.beginning) for text in article.texts)


def fits(text: list[str], wanted: list[str], beginning: bool) -> bool:
    for start in range(len(text) - len(wanted) + 1):
        piece = text[start : start + len(wanted)]
        if piece[:-1] == wanted[:-1] and (piece[-1] == wanted[-1] or (beginning and piece[-1].startswith(wanted[-1]))):
            return True
    return False


def answers(article: Known, search: Search) -> bool:
    found = [any(has(article, term) for term in group) for group in search.words]
    found += [article.language in search.languages] if search.languages else []
    found += [article.section in search.sections] if search.sections else []
    dated = (search.since or article.day) <= article.day <= (search.until or article.day)
    some = any(found) if search.loose else all(found)
    return dated and some and not any(has(article, term) for term in search.without)


def term(chance: random.Random) -> Term:
    words = chance.choices(WORDS, k=chance.choice((1, 1, 2, 2, 3, 4)))
    if chance.random() < 0.3:
        before = words[:-1] if chance.random() < 0.4 else []
        return Term(" ".join((*before, chance.choice([word for word in STEMS if len(word) > 2]))), beginning=True)
    return Term(" ".join(words))


def any_search(chance: random.Random) -> Search:
    words = tuple(
        tuple(term(chance) for _ in range(chance.choice((1, 1, 2)))) for _ in range(chance.choice((1, 1, 1, 2, 3)))
    )
    days = sorted(NOW.date() - timedelta(days=chance.randint(0, 20)) for _ in range(2))
    return Search(
        words=words,
        without=tuple(term(chance) for _ in range(chance.choice((0, 0, 0, 1, 2)))),
        languages=("nl",) if chance.random() < 0.2 else (),
        sections=("sport",) if chance.random() < 0.2 else (),
        since=days[0] if chance.random() < 0.2 else None,
        until=days[1] if chance.random() < 0.2 else None,
        loose=chance.random() < 0.1,
    )


def test_searches_find_what_reading_all_articles_finds(store: Store) -> None:
    chance = random.Random(20)
    known = {number: put(store, chance, number) for number in range(ARTICLES)}
    for number in chance.sample(range(ARTICLES), REVISED):  # the index forgets what they said before
        known[number] = put(store, chance, number)
    empty = 0
    for _ in range(SEARCHES):
        search = any_search(chance)
        wanted = [article.id for _, article in sorted(known.items()) if answers(article, search)]
        found = store.search(search, now=NOW, limit=ARTICLES)
        assert [hit.teaser.id for hit in found.hits] == wanted, search
        assert found.total == len(wanted)
        empty += not wanted
    assert SEARCHES / 20 < empty < SEARCHES * 3 / 4, "the searches say little"
