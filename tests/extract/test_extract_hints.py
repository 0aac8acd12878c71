"""A publisher's own rules overrule what is read from any page."""

from __future__ import annotations

import pytest
from written_pages import page_of, source_of

from limitedtimes.errors import ConfigError
from limitedtimes.extract import extract
from limitedtimes.model import BlockKind, Hints

LONG = "Ein Absatz mit genug Wörtern, um für sich allein als Absatz eines Artikels gelten zu können, Nummer {}."
HTML = f"""<title>Falscher Titel</title><meta property="og:type" content="article"><h1>Falscher Titel</h1>
<div class="t">Richtiger Titel</div><div class="who">Von Ida Lenz</div>
<div class="when">03.05.2024 15:42</div><b class="where">Kultur</b>
<div class="a"><p class="v">Ein Vorspann, wie ihn nur dieser Verlag setzt, und kein anderer weit und breit.</p>
<p>{LONG.format(1)}</p><p class="z">Zwischentitel hier</p><p>{LONG.format(2)}</p>
<p>Immer derselbe Satz unter jedem Artikel dieses Hauses, den niemand lesen will.</p>
<p class="weg">{LONG.format("weg")}</p>
<div><img src="/b.jpg" width="900"><p class="u">Das Bild zeigt den Saal.</p><p class="f">Uwe Roth</p></div>
<p>{LONG.format(3)}</p></div>"""
HINTS = Hints(
    body=".a",
    headline=".t",
    standfirst=".v",
    authors=".who",
    published=".when",
    section=".where",
    caption=".u",
    credit=".f",
    subhead=".z",
    drop=(".weg",),
    drop_text=("immer derselbe satz .*",),
)


def test_every_field_follows_its_selector() -> None:
    article = extract(page_of(HTML), source_of(HINTS))
    assert article.headline == "Richtiger Titel"
    assert article.standfirst == "Ein Vorspann, wie ihn nur dieser Verlag setzt, und kein anderer weit und breit."
    assert article.authors == ("Ida Lenz",)
    assert article.published is not None and article.published.at.isoformat() == "2024-05-03T13:42:00+00:00"
    assert article.section == "Kultur"
    picture = next(block.picture for block in article.blocks if block.picture)
    assert (picture.caption, picture.credit) == ("Das Bild zeigt den Saal.", "Uwe Roth")


def test_the_body_has_the_hinted_subhead_and_lacks_what_is_dropped() -> None:
    blocks = [block for block in extract(page_of(HTML), source_of(HINTS)).blocks if block.kind is not BlockKind.PICTURE]
    assert [(block.kind.value, block.text) for block in blocks] == [
        ("paragraph", LONG.format(1)),
        ("heading", "Zwischentitel hier"),
        ("paragraph", LONG.format(2)),
        ("paragraph", LONG.format(3)),
    ]


def test_a_selector_that_is_none_is_the_operators_mistake() -> None:
    with pytest.raises(ConfigError, match="no CSS selector"):
        extract(page_of(HTML), source_of(Hints(body="div[")))
