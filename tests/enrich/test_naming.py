"""Names: what is one, what only looks like one, and under which name one person is counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from limitedtimes.enrich.stories.naming import key_of, names
from limitedtimes.model import (
    HEADLINE,
    Article,
    Block,
    BlockKind,
    EnglishSentence,
    Moment,
    Origin,
    Sentence,
    Translation,
)
from limitedtimes.protocols import Translated

NOW = datetime(2026, 11, 10, tzinfo=UTC)


def item(headline: str, *paragraphs: Sequence[str], lost: Sequence[int] = ()) -> Translated:
    """An article of sentences in paragraphs. ``lost`` ones could not be translated."""
    placed = [(HEADLINE, headline)]
    placed += [(number, text) for number, paragraph in enumerate(paragraphs) for text in paragraph]
    article = Article(
        url="https://example.org/a",
        source="xx.example",
        language="sv",
        headline=headline,
        standfirst="",
        authors=(),
        published=Moment(NOW, ""),
        modified=None,
        section="",
        keywords=(),
        free=None,
        blocks=tuple(Block(BlockKind.PARAGRAPH, " ".join(paragraph)) for paragraph in paragraphs),
        sentences=tuple(Sentence(number, part, text, "sv") for number, (part, text) in enumerate(placed)),
        fetched_at=NOW,
    )
    english = tuple(
        EnglishSentence(number, text, Origin.NONE if number in lost else Origin.ENGINE)
        for number, (_, text) in enumerate(placed)
    )
    return Translated(article, Translation(article.id, article.fingerprint, "none", NOW, english))


def found(headline: str, *paragraphs: Sequence[str], lost: Sequence[int] = ()) -> list[str]:
    return sorted(names(item(headline, *paragraphs, lost=lost)).values())


def test_names_are_words_with_a_capital_that_stand_together() -> None:
    assert found("Dam breaks above Kelmora", ["Governor Ilse Varga met the mayor of Bad Brennhavn."]) == [
        "Bad Brennhavn",
        "Ilse Varga",
        "Kelmora",
    ]


def test_small_words_inside_a_name_belong_to_it_and_others_do_not() -> None:
    assert found("Loan for Ursula von der Aalen", ["She asked the Bank of Kelmora and Tilda of the choir."]) == [
        "Bank of Kelmora",
        "Tilda",
        "Ursula von der Aalen",
    ]


@pytest.mark.parametrize(
    "headline",
    [
        "Photo: the dam breaks",
        "Live: a dam breaks",
        "BREAKING: a dam breaks",
        "A dam breaks on Tuesday in November",
        "The President and the Prime Minister met the Swedish Chancellor",
        "Reuters report: a dam breaks",
        "Nobody knows why a dam breaks",
        "A dam breaks. Everyone runs",
    ],
)
def test_what_stands_over_articles_is_no_name(headline: str) -> None:
    assert found(headline, ["It was an old dam."]) == []


def test_the_first_word_of_a_sentence_is_a_name_only_where_the_text_has_it_so() -> None:
    assert found("Kelmora is flooded", ["Water stands in the streets of Kelmora."]) == ["Kelmora"]
    assert found("Water is everywhere", ["There is water."]) == []
    assert found("Kelmora is flooded", ["Nothing else is known."]) == []


def test_in_a_headline_in_title_case_only_what_the_text_has_counts() -> None:
    text = ["The floods came to Lower Kelmora at night."]
    assert found("Floods Reach Lower Kelmora After Heavy Rains", text) == ["Lower Kelmora"]
    assert found("FLOODS REACH LOWER KELMORA", text) == ["Lower Kelmora"]
    assert found("Floods Reach Lower Kelmora After Heavy Rains", ["Nothing else is known."]) == []


def test_what_the_text_writes_small_too_is_no_name() -> None:
    assert found("Anger at the Administration", ["An old administration fell."]) == []


def test_a_surname_at_the_top_is_the_person_who_is_named_below() -> None:
    long = [["Varga spoke of a duty."], ["Critics of Ilse Varga were silent."]]
    assert found("Criticism of Varga grows", *long) == ["Ilse Varga"]
    two = [*long, ["So were those of Otto Varga."]]
    assert found("Criticism of Varga grows", *two) == ["Varga"]


def test_a_possessive_ends_a_name() -> None:
    assert found("Anger at Kelmora's Ilse Varga", ["So it is."]) == ["Ilse Varga", "Kelmora"]


def test_only_the_top_of_an_article_names_and_only_what_is_in_english() -> None:
    assert found("A dam breaks", ["Water came to Kelmora."], ["It had rained in Brennhavn."]) == ["Kelmora"]
    assert found("Ein Damm bricht in Unterau", ["Water came to Kelmora."], lost=[0]) == ["Kelmora"]


@pytest.mark.parametrize("other", ["Łódź-Süd", "łódź süd", "Łódź  Süd"])
def test_spellings_of_one_name_have_one_key(other: str) -> None:
    assert key_of(other) == key_of("Łódź Süd")


def test_accents_make_no_other_name() -> None:
    assert key_of("Erdoğan") == key_of("Erdogan") == "erdogan"
