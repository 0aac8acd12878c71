"""Who may see how much."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_up import HARBOUR
from memory_shelf import teaser_of, with_rights

from limitedtimes.edition.reading import reading
from limitedtimes.edition.rights import extent, shown
from limitedtimes.edition.settings import Audience
from limitedtimes.model import HEADLINE, STANDFIRST, Block, BlockKind, Rights

FIRST_PARAGRAPH = next(n for n, b in enumerate(HARBOUR.article.blocks) if b.kind is BlockKind.PARAGRAPH)


@pytest.mark.parametrize("rights", list(Rights))
def test_a_private_edition_shows_the_whole_article(rights: Rights) -> None:
    allowed = extent(HARBOUR.article, rights, Audience.PRIVATE)
    assert allowed.whole
    assert allowed.parts == {HEADLINE, STANDFIRST, *range(len(HARBOUR.article.blocks))}
    teaser = replace(teaser_of(HARBOUR), rights=rights)
    assert shown(teaser, Audience.PRIVATE) is teaser


def test_a_public_edition_shows_the_whole_article_only_where_the_publisher_permits() -> None:
    assert extent(HARBOUR.article, Rights.FULL, Audience.PUBLIC).whole
    assert not extent(HARBOUR.article, Rights.EXCERPT, Audience.PUBLIC).whole
    assert not extent(HARBOUR.article, Rights.LINK, Audience.PUBLIC).whole


def test_an_excerpt_is_headline_standfirst_first_paragraph_and_highlights() -> None:
    allowed = extent(HARBOUR.article, Rights.EXCERPT, Audience.PUBLIC)
    assert allowed.parts == {HEADLINE, STANDFIRST, FIRST_PARAGRAPH}
    view = reading(with_rights(HARBOUR, Rights.EXCERPT), Audience.PUBLIC)
    assert [passage.part for passage in view.passages] == [HEADLINE, STANDFIRST, FIRST_PARAGRAPH]
    assert len(view.highlights) == 3
    assert view.lead_picture is None


def test_an_excerpt_of_an_article_in_a_single_paragraph_is_still_an_excerpt() -> None:
    article = HARBOUR.article
    sentences = tuple(replace(sentence, part=min(sentence.part, 0)) for sentence in article.sentences)
    block = Block(BlockKind.PARAGRAPH, " ".join(sentence.text for sentence in sentences if sentence.part == 0))
    whole = replace(
        with_rights(HARBOUR, Rights.EXCERPT), article=replace(article, sentences=sentences, blocks=(block,))
    )
    view = reading(whole, Audience.PUBLIC)
    assert [line.number for line in view.lines] == [0, 1, 2, 3, 4, 5]
    assert len(reading(whole, Audience.PRIVATE).lines) == len(sentences) == 17


def test_a_link_is_the_headline_and_at_most_one_highlight() -> None:
    view = reading(with_rights(HARBOUR, Rights.LINK), Audience.PUBLIC)
    assert [passage.part for passage in view.passages] == [HEADLINE]
    assert len(view.highlights) == 1


def test_a_highlight_whose_sentence_is_not_shown_leads_nowhere() -> None:
    view = reading(with_rights(HARBOUR, Rights.EXCERPT), Audience.PUBLIC)
    assert [line and line.anchor for _, line in view.highlights] == ["s4", None, None]


def test_teasers_obey_the_same_rights() -> None:
    excerpt = shown(replace(teaser_of(HARBOUR), rights=Rights.EXCERPT), Audience.PUBLIC)
    assert excerpt.standfirst and not excerpt.picture and len(excerpt.highlights) == 3
    link = shown(replace(teaser_of(HARBOUR), rights=Rights.LINK), Audience.PUBLIC)
    assert not link.standfirst and not link.picture and len(link.highlights) == 1
    assert link.headline and link.original_url
