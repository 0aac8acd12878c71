"""What our own extractor makes of the press's pages, against what the press knows it has printed."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.request import urlopen

import pytest

from limitedtimes.demo import Kind, Press, Truth
from limitedtimes.errors import ExtractError
from limitedtimes.extract import extract
from limitedtimes.model import Article, Block, Page

NOW = datetime(2025, 11, 10, 17, 51, tzinfo=UTC)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(NOW) as running:
        yield running


def extracted(press: Press, truth: Truth) -> Article:
    with urlopen(truth.url, timeout=10) as answer:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        page = Page(truth.url, truth.url, 200, headers, answer.read(), NOW, truth.source)
    [source] = [source for source in press.sources() if source.id == truth.source]
    return extract(page, source)


def faults(article: Article, truth: Truth) -> list[str]:
    """The names of the fields that are not what was printed."""
    compared = {
        "url": (article.url, truth.url),
        "language": (article.language, truth.language),
        "headline": (spaced(article.headline), spaced(truth.headline)),
        "standfirst": (spaced(article.standfirst), spaced(truth.standfirst)),
        "authors": (article.authors, truth.authors),
        "published": (article.published and article.published.at, truth.published),
        "section": (article.section, truth.section),
        "text": (texts(article.blocks), texts(truth.blocks)),
        "pictures": (pictures(article.blocks), pictures(truth.blocks)),
    }
    return [name for name, (found, printed) in compared.items() if found != printed]


def texts(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.kind.value, spaced(block.text)) for block in blocks]


def pictures(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(block.picture.url, spaced(block.picture.credit)) for block in blocks if block.picture]


def spaced(text: str) -> str:
    """A text with plain spaces: French typography has others, which an extractor may keep or not."""
    return " ".join(text.split())


def test_articles_come_out_as_they_were_printed(press: Press) -> None:
    wrong = [
        (name, truth.url)
        for truth in press.truth()
        if truth.kind is Kind.ARTICLE
        for name in faults(extracted(press, truth), truth)
    ]
    assert not wrong


@pytest.mark.parametrize(("kind", "reason"), [(Kind.PAYWALL, "paywall"), (Kind.NOT_ARTICLE, "not-an-article")])
def test_what_is_no_whole_article_is_refused(press: Press, kind: Kind, reason: str) -> None:
    for truth in press.truth():
        if truth.kind is kind:
            with pytest.raises(ExtractError) as refused:
                extracted(press, truth)
            assert refused.value.reason == reason
            assert pickle.loads(pickle.dumps(refused.value)).reason == reason, "lost between two processes"
