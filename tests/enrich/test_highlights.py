"""Highlights: sentences that are there, that can be trusted, and that stand alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limitedtimes.enrich import enrich
from limitedtimes.enrich.highlights import highlights
from limitedtimes.model import (
    HEADLINE,
    STANDFIRST,
    Article,
    Block,
    BlockKind,
    EnglishSentence,
    Flag,
    FlagKind,
    Origin,
    Sentence,
    Translation,
)

NOW = datetime(2023, 11, 10, tzinfo=UTC)

NEWS = [
    "The harbour of Olabarri will be closed to fishing boats from the beginning of March.",
    "Engineers found cracks in the northern wall of the harbour during an inspection last week.",
    "The repairs will cost the regional government about 14 million euros over two years.",
    "Some forty fishing boats must move to the neighbouring port of Santa Luz until then.",
    "“We were told nothing”, said the head of the fishing cooperative on the quay.",
    "He added that many families live on what the boats bring home.",
    "The regional minister for ports promised the fishing cooperative compensation for lost days.",
    "But it is not clear who will pay for the extra fuel.",
    "A first part of the northern wall is to be torn down in the spring.",
    "Does anyone know what comes next?",
    "The harbour was built in 1931 and repaired for the last time forty years ago.",
    "Environmental groups fear that the repairs will disturb the sea grass outside the harbour wall.",
]


def pair(
    *paragraphs: str,
    headline: str = "Harbour closed for repairs",
    standfirst: str = "",
    kind: BlockKind = BlockKind.PARAGRAPH,
) -> tuple[Article, Translation]:
    texts = [(HEADLINE, headline), *([(STANDFIRST, standfirst)] if standfirst else []), *enumerate(paragraphs)]
    article = Article(
        url="https://example.org/politik/1.html",
        source="es.eco",
        language="es",
        headline=headline,
        standfirst=standfirst,
        authors=(),
        published=None,
        modified=None,
        section="",
        keywords=(),
        free=None,
        blocks=tuple(Block(kind, text) for text in paragraphs),
        sentences=tuple(Sentence(number, part, text, "es") for number, (part, text) in enumerate(texts)),
        fetched_at=NOW,
    )
    english = tuple(EnglishSentence(number, text, Origin.ENGINE, "x/1") for number, (_, text) in enumerate(texts))
    return article, Translation(article.id, article.fingerprint, "x/1", NOW, english)


def flagged(translation: Translation, number: int, *, origin: Origin = Origin.ENGINE) -> Translation:
    flags = () if origin is Origin.NONE else (Flag(FlagKind.NUMBER, number, "a doubt"),)
    sentences = list(translation.sentences)
    sentences[number] = replace(sentences[number], flags=flags, origin=origin)
    return replace(translation, sentences=tuple(sentences))


def chosen(article: Article, translation: Translation) -> list[str]:
    return [translation.sentences[highlight.sentence].text for highlight in highlights(article, translation)]


def test_a_news_text_has_three_to_five_highlights_in_its_own_order() -> None:
    article, translation = pair(*NEWS)
    numbers = [highlight.sentence for highlight in highlights(article, translation)]
    assert 3 <= len(numbers) <= 5
    assert numbers == sorted(set(numbers))
    assert NEWS[0] in chosen(article, translation)


def test_questions_and_sentences_that_lean_on_others_are_left_out() -> None:
    picked = chosen(*pair(*NEWS))
    assert not {NEWS[5], NEWS[7], NEWS[9]} & set(picked)


@pytest.mark.parametrize("origin", [Origin.ENGINE, Origin.NONE])
def test_a_doubtful_or_untranslated_sentence_is_no_highlight(origin: Origin) -> None:
    article, translation = pair(*NEWS)
    for number in [highlight.sentence for highlight in highlights(article, translation)]:
        doubtful = flagged(translation, number, origin=origin)
        assert number not in [highlight.sentence for highlight in highlights(article, doubtful)]


def test_headline_and_standfirst_are_not_said_again() -> None:
    article, translation = pair(*NEWS, headline=NEWS[0].rstrip("."), standfirst=NEWS[2])
    assert not {NEWS[0], NEWS[2]} & set(chosen(article, translation))


def test_nothing_is_said_twice() -> None:
    again = [*NEWS, NEWS[0].replace("will be", "is to be"), NEWS[1].replace("last week", "a week ago")]
    picked = chosen(*pair(*again))
    assert not ({NEWS[0], again[-2]} <= set(picked) or {NEWS[1], again[-1]} <= set(picked))


@pytest.mark.parametrize("kind", [BlockKind.HEADING, BlockKind.PICTURE, BlockKind.ITEM])
def test_only_paragraphs_have_highlights(kind: BlockKind) -> None:
    assert chosen(*pair(*NEWS, kind=kind)) == []


@pytest.mark.parametrize(("length", "count"), [(0, 0), (2, 0), (3, 1), (6, 2)])
def test_a_short_text_has_few_and_is_not_padded(length: int, count: int) -> None:
    assert (
        len(chosen(*pair(*NEWS[:4], *NEWS[6:7], *NEWS[8:9])) if length == 6 else chosen(*pair(*NEWS[:length]))) == count
    )


@given(st.lists(st.text(max_size=120), max_size=30))
def test_every_highlight_is_a_sentence_of_a_paragraph(texts: list[str]) -> None:
    article, translation = pair(*texts)
    for highlight in highlights(article, translation):
        assert article.sentences[highlight.sentence].part >= 0
        assert translation.sentences[highlight.sentence].number == highlight.sentence


def test_an_enrichment_belongs_to_the_revision_that_was_translated() -> None:
    article, translation = pair(*NEWS)
    enrichment = enrich(article, translation)
    assert (enrichment.article, enrichment.fingerprint) == (article.id, article.fingerprint)
    assert enrichment.highlights == highlights(article, translation)
    assert enrichment.section == "politics"
