"""Stories: which articles are put together, which are not, and that what was put together stays so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from memory_archive import MemoryArchive

from limitedtimes.enrich.stories import WINDOW, group, sketch
from limitedtimes.enrich.stories.grouping import MERGE, candidates
from limitedtimes.enrich.stories.terms import number_of, terms
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
from limitedtimes.story import Grouping, Kin, Sketch

NOW = datetime(2023, 11, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)

DAM = [
    "Dam above Kelmora gives way after four days of rain",
    "The old earth dam above the mining town of Kelmora broke early on Thursday, and water ran through the streets.",
    "Governor Ilse Varga ordered the evacuation of 2,300 residents of the lower quarters.",
    "Engineers had warned of cracks in the Kelmora dam since the spring.",
]
DAM_TOO = [
    "Thousands leave Kelmora after the dam broke",
    "After the collapse of an earth dam, some 2,300 residents of Kelmora spent the night in sports halls.",
    "Cracks in the dam were known, engineers say; Governor Varga promises an inquiry.",
]
MINE = [
    "Kelmora mine lays off 140 miners",
    "The copper mine of Kelmora will close its deepest shaft in January because copper is cheap.",
    "The union called the decision of the owners a breach of the wage agreement.",
]
OPERA = [
    "A young soprano saves the opera night",
    "When the star fell ill, Tilda Aronsen of the chorus sang the part of the queen from the score.",
    "The audience in Brennhavn applauded for eleven minutes.",
]


def article_of(name: str, texts: Sequence[str], *, at: datetime = NOW, lost: Sequence[int] = ()) -> Translated:
    """``lost`` sentences could not be translated."""
    parts = [HEADLINE, *range(len(texts) - 1)]
    article = Article(
        url=f"https://example.org/{name}",
        source="xx.example",
        language="sv",
        headline=texts[0],
        standfirst="",
        authors=(),
        published=Moment(at, ""),
        modified=None,
        section="",
        keywords=(),
        free=None,
        blocks=tuple(Block(BlockKind.PARAGRAPH, text) for text in texts[1:]),
        sentences=tuple(Sentence(n, part, texts[n], "sv") for n, part in enumerate(parts)),
        fetched_at=at + HOUR,
    )
    origins = [Origin.NONE if n in lost else Origin.ENGINE for n in range(len(texts))]
    english = tuple(EnglishSentence(n, text, origins[n]) for n, text in enumerate(texts))
    return Translated(article, Translation(article.id, article.fingerprint, "none", at, english))


def grouped(*items: Translated) -> tuple[MemoryArchive, list[Grouping]]:
    archive, groupings = MemoryArchive(), []
    for item in items:
        groupings.append(group(item, archive))
        archive.keep(groupings[-1])
    return archive, groupings


def test_two_reports_of_one_event_are_one_story_by_the_id_of_the_first() -> None:
    first, second, other = (
        article_of("dam", DAM),
        article_of("dam2", DAM_TOO, at=NOW + 9 * HOUR),
        article_of("o", OPERA),
    )
    archive, groupings = grouped(first, other, second)
    assert [one.story for one in groupings] == [first.article.id, other.article.id, first.article.id]
    assert {first.article.id, second.article.id} in archive.members()


def test_another_event_at_the_same_place_is_another_story() -> None:
    _, groupings = grouped(article_of("dam", DAM), article_of("mine", MINE))
    assert len({one.story for one in groupings}) == 2


def test_the_same_words_after_the_window_are_another_story() -> None:
    within, after = NOW + WINDOW - 24 * HOUR, NOW + WINDOW + 24 * HOUR
    assert len(grouped(article_of("a", DAM), article_of("b", DAM, at=within))[0].members()) == 1
    assert len(grouped(article_of("a", DAM), article_of("b", DAM, at=after))[0].members()) == 2


def test_an_article_that_has_company_stays_whatever_it_becomes() -> None:
    first, second = article_of("dam", DAM), article_of("dam2", DAM_TOO)
    archive, _ = grouped(first, second)
    changed = article_of("dam2", OPERA)
    assert changed.article.id == second.article.id
    assert group(changed, archive).story == first.article.id


def test_a_lonely_article_whose_translation_got_better_finds_its_story() -> None:
    first, poor = article_of("dam", DAM), article_of("dam2", DAM_TOO, lost=[0, 1, 2])
    archive, groupings = grouped(first, poor)
    assert groupings[1].story == poor.article.id
    assert group(article_of("dam2", DAM_TOO), archive).story == first.article.id


def test_a_report_of_what_two_stories_tell_makes_them_one() -> None:
    early, late = article_of("early", [DAM[0], DAM[1]]), article_of("late", [DAM_TOO[0], *DAM[2:]])
    archive = MemoryArchive()
    for item in (early, late):
        archive.keep(Grouping(sketch(item, archive.term_counts), item.article.id))
    whole = group(article_of("whole", [DAM[0], *DAM[1:], DAM_TOO[0]]), archive)
    assert {whole.story, *whole.absorbed} == {early.article.id, late.article.id}
    archive.keep(whole)
    assert len(archive.members()) == 1


@pytest.mark.parametrize(("likeness", "shared", "apart", "fits"), [
    (0.5, 6, 0, True),
    (0.5, 2, 0, False),  # alike by a single name
    (0.1, 9, 0, False),
    (0.3, 6, 90, False),  # hours
])  # fmt: skip
def test_what_is_like_enough(likeness: float, shared: int, apart: int, fits: bool) -> None:
    assert bool(candidates([Kin("a", "s", NOW - apart * HOUR, likeness, shared)], NOW)) is fits


def test_a_story_is_judged_by_its_best_three_members() -> None:
    likenesses = [0.6, 0.3, 0.3, 0.0]
    found = candidates([Kin(str(n), "s", NOW, likeness, 9) for n, likeness in enumerate(likenesses)], NOW)
    assert [(one.story, round(one.likeness, 2), one.members) for one in found] == [("s", 0.4, 4)]
    assert found[0].likeness / 2 < MERGE


def test_terms_are_words_without_plurals_numbers_and_names() -> None:
    found = terms(["Cities of New Arnsberg lost 2,300 houses, the Mayor’s office said."])
    assert {"city", "arnsberg", "2,300", "house", "mayor", "office", "lost"} == found.counts.keys()
    assert found.names == {"arnsberg", "mayor"}
    assert "ilse varga" in terms(["Then Ilse Varga spoke."]).names


def test_a_sketch_is_of_length_one_and_leaves_out_what_everybody_writes() -> None:
    archive, _ = grouped(
        *(article_of(str(n), [f"Council meets {n}", f"The council of Hof{n} met."]) for n in range(30))
    )
    drawn: Sketch = sketch(article_of("x", ["Council meets", "The council saw a Zeppelin."]), archive.term_counts)
    assert abs(sum(weight**2 for weight in drawn.terms.values()) - 1) < 1e-9
    by_term = {word: drawn.terms[number] for word, number in _numbers("council", "zeppelin")}
    assert by_term["zeppelin"] > by_term["council"]


def test_an_article_without_english_or_date_has_a_story_of_its_own() -> None:
    empty = article_of("x", ["Utan ord"], lost=[0])
    undated = Translated(replace(empty.article, published=None), empty.translation)
    _, groupings = grouped(empty, article_of("y", ["Utan ord"], lost=[0]))
    assert len({one.story for one in groupings}) == 2
    assert sketch(undated, MemoryArchive().term_counts).at == undated.article.fetched_at


def _numbers(*words: str) -> list[tuple[str, int]]:
    return [(word, number_of(word)) for word in words]
