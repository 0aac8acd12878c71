"""What is on a page, in what order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from made_up import ARTICLES, HARBOUR
from memory_shelf import NOW, teaser_of

from limitedtimes.contents import ArchiveDay
from limitedtimes.edition.choose import front, lead_of, neighbours, pager, related, spread
from limitedtimes.edition.stories import Coverage
from limitedtimes.model import SECTIONS, Teaser

TEASERS = sorted(map(teaser_of, ARTICLES), key=lambda teaser: teaser.published, reverse=True)


def by_section(teasers: list[Teaser]) -> dict[str, list[Teaser]]:
    return {section: [teaser for teaser in teasers if teaser.section == section] for section in SECTIONS}


def test_no_article_stands_twice_in_the_top_and_the_sections_of_a_front_page() -> None:
    page = front(TEASERS, by_section(TEASERS))
    assert page.lead
    shown = [page.lead, *page.seconds, *(teaser for _, band in page.bands for teaser in band)]
    assert len({teaser.id for teaser in shown}) == len(shown) == len(TEASERS)


def test_an_event_stands_once_in_the_top_and_in_no_section_below() -> None:
    teasers = [replace(TEASERS[0], id=str(number), source=str(number % 5), section="politics") for number in range(12)]
    stories = {
        id_: Coverage(ids[0], tuple(teasers[int(n)] for n in ids))
        for ids in (("0", "3", "4"), ("1", "2"))
        for id_ in ids
    }
    page = front(teasers, by_section(teasers), stories.get)
    assert page.lead and (page.lead.id, page.story) == ("0", stories["0"])
    assert [teaser.id for teaser in page.seconds] == ["1", "8", "9"]
    ((_, band),) = page.bands
    assert {teaser.id for teaser in band}.isdisjoint({"0", "1", "2", "3", "4", "8", "9"})
    assert [teaser.id for teaser in page.latest] == ["2", "3", "4", "5", "6", "7", "10", "11"]
    alone = front(teasers, by_section(teasers), lambda id_: Coverage(id_, (teasers[int(id_)],)))
    assert alone.story is None and [teaser.id for teaser in alone.seconds] == ["1", "2", "3"]


def test_sections_keep_the_order_of_the_house() -> None:
    page = front(TEASERS, by_section(TEASERS))
    order = [SECTIONS.index(section) for section, _ in page.bands]
    assert order == sorted(order)


def test_an_empty_edition_has_an_empty_front_page() -> None:
    page = front([], {})
    assert (page.lead, page.seconds, page.latest, page.bands) == (None, (), (), ())


def test_the_lead_has_a_picture_and_no_doubt_if_any_fresh_article_has() -> None:
    lead = lead_of(TEASERS)
    assert lead and lead.picture and not lead.flags


def test_an_article_older_than_a_day_does_not_lead_before_a_fresh_one() -> None:
    fresh = replace(TEASERS[0], picture=None, flags=3, section="sport", standfirst="")
    old = replace(TEASERS[1], published=fresh.published - timedelta(hours=25))
    assert lead_of([fresh, old]) is fresh


def test_an_article_that_gives_no_date_does_not_lead_before_one_that_does() -> None:
    undated = replace(TEASERS[0], id="undated", published=NOW, dated=False, flags=0)
    dated = replace(TEASERS[0], published=NOW - timedelta(days=90), picture=None, flags=9)
    assert lead_of([undated, dated]) is dated
    assert lead_of([undated]) is undated


def test_an_article_that_is_largely_untranslated_does_not_lead_before_one_that_is_not() -> None:
    foreign = replace(TEASERS[0], flags=3, untranslated=3)
    english = replace(TEASERS[0], id="english", picture=None, standfirst="", section="sport", flags=5, untranslated=0)
    assert lead_of([foreign, english]) is english


def test_of_two_doubtful_articles_the_less_doubtful_leads() -> None:
    worse, better = (replace(TEASERS[0], id=str(flags), flags=flags) for flags in (7, 3))
    assert lead_of([worse, better]) is better


def test_seconds_are_dated_and_in_english_while_there_are_such() -> None:
    lead, undated, foreign, good = (replace(TEASERS[0], id=str(n), source=str(n)) for n in range(4))
    undated, foreign = replace(undated, dated=False), replace(foreign, untranslated=9)
    lead = replace(lead, flags=0)
    good = replace(good, flags=1)
    assert front([lead, undated, foreign, good], {}).seconds == (good,)
    assert front([lead, undated, foreign], {}).seconds == (undated, foreign)


def test_a_section_on_the_front_page_shows_as_many_sources_as_it_can() -> None:
    many = [replace(TEASERS[0], id=f"a{n}", published=NOW - timedelta(minutes=n)) for n in range(6)]
    other = replace(TEASERS[0], id="b", source="fr.lamarne", published=NOW - timedelta(hours=5))
    ((_, band),) = front([], {TEASERS[0].section: [*many, other]}).bands
    assert [teaser.id for teaser in band] == ["a0", "a1", "a2", "b"]


def test_among_equals_the_newest_leads() -> None:
    twins = [replace(TEASERS[0], id=str(n), published=NOW - timedelta(minutes=n)) for n in range(3)]
    assert lead_of(twins) is twins[0]


def test_seconds_come_from_different_sources_while_there_are_any() -> None:
    one, two = TEASERS[0], replace(TEASERS[0], id="other")
    elsewhere = replace(TEASERS[0], id="elsewhere", source="fr.lamarne")
    assert spread([one, two, elsewhere], 2) == (one, elsewhere)
    assert spread([one, two], 2) == (one, two)
    assert spread([one, elsewhere], 1, avoid=one.source) == (elsewhere,)


def test_related_articles_are_never_the_article_itself_and_never_twice() -> None:
    found = related(HARBOUR.article.id, same_section=TEASERS, same_source=TEASERS, count=5)
    assert len({teaser.id for teaser in found}) == 5
    assert HARBOUR.article.id not in {teaser.id for teaser in found}


def test_related_articles_alternate_between_section_and_source() -> None:
    section = [replace(TEASERS[0], id=f"section-{n}") for n in range(3)]
    source = [replace(TEASERS[0], id=f"source-{n}") for n in range(3)]
    found = related("none", same_section=section, same_source=source, count=4)
    assert [teaser.id for teaser in found] == ["section-0", "source-0", "section-1", "source-1"]


@given(st.integers(0, 10_000), st.integers(1, 100), st.integers(-5, 10_010))
def test_a_page_exists_exactly_when_it_has_articles_or_is_the_first(total: int, size: int, page: int) -> None:
    found = pager(total, size, page)
    assert (found is not None) == (page == 1 or (page > 1 and (page - 1) * size < total))
    if found:
        assert (found.following == 0) == (page * size >= total)
        assert found.previous == page - 1


def test_neighbours_of_a_day_are_the_nearest_that_have_articles() -> None:
    days = [ArchiveDay(date(2023, 11, day), 1, NOW) for day in (20, 10, 8)]
    assert neighbours(days, date(2023, 11, 10)) == (date(2023, 11, 8), date(2023, 11, 20))
    assert neighbours(days, date(2023, 11, 9)) == (date(2023, 11, 8), date(2023, 11, 10))
    assert neighbours(days, date(2023, 11, 1)) == (None, date(2023, 11, 8))
    assert neighbours([], date(2023, 11, 1)) == (None, None)
