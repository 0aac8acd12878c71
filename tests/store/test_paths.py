"""The address of an article: made once, readable, and safe in any URL."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limitedtimes.model import article_path, slug


def test_an_address_has_section_day_headline_and_id() -> None:
    late = datetime(2023, 11, 10, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    path = article_path("4fkz0m8qa2", section="world", headline="Łódź’s “Møller” wins: 3 of 5", published=late)
    assert path == "/world/2023-11-09-lodzs-moller-wins-3-of-5.4fkz0m8qa2.html"


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Straße, Fußball & Ægir", "strasse-fussball-aegir"),
        ("日本", "article"),
        ("", "article"),
        ("word " * 20, "-".join(["word"] * 12)),
        ("a" * 80, "a" * 60),
        ("-- a -- ", "a"),
    ],
)
def test_a_slug_is_the_words_of_the_headline(headline: str, expected: str) -> None:
    assert slug(headline) == expected


@given(st.text(st.characters(exclude_categories=())))
def test_a_slug_is_short_and_plain_whatever_the_headline(headline: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(headline))
    assert len(slug(headline)) <= 60
