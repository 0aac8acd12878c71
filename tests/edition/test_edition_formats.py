"""What ``read`` and ``extract`` print."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made_up import ARTICLES, HARBOUR, JAPANESE
from referencing import Registry, Resource

from limitedtimes.edition import formats
from limitedtimes.edition.plaintext import cells, wrap
from limitedtimes.edition.safety import plain
from limitedtimes.model import Flag, FlagKind, Origin, Published

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "article-format.md"


def validator(name: str) -> jsonschema.Draft202012Validator:
    resources = [(formats.schema(known)["$id"], Resource.from_contents(formats.schema(known))) for known in SCHEMAS]
    registry: Registry[Any] = Registry().with_resources(resources)
    jsonschema.Draft202012Validator.check_schema(formats.schema(name))
    return jsonschema.Draft202012Validator(
        formats.schema(name), registry=registry, format_checker=jsonschema.FormatChecker()
    )


SCHEMAS = ("article", "reading")


@pytest.mark.parametrize("published", ARTICLES, ids=lambda published: published.article.id)
def test_the_json_of_read_and_extract_obeys_its_schema(published: Published) -> None:
    validator("article").validate(formats.article_json(published.article))
    validator("reading").validate(formats.read_json(published))


@pytest.mark.parametrize(
    "wrong",
    [
        {"free": "yes"},
        {"blocks": [{"kind": "advert", "text": "x"}]},
        {"blocks": [{"kind": "picture", "text": "x"}]},
        {"blocks": [{"kind": "paragraph", "text": "x", "url": "https://x.example/"}]},
        {"surprise": 1},
        {"version": "1.1"},
    ],
)
def test_the_schema_refuses_what_is_not_the_format(wrong: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        validator("article").validate(formats.article_json(HARBOUR.article) | wrong)


def test_the_json_of_extract_says_what_the_publisher_said() -> None:
    described = formats.article_json(HARBOUR.article)
    assert list(described) == [
        *("version", "url", "source", "language", "headline", "standfirst", "authors", "published", "modified"),
        *("section", "keywords", "free", "blocks"),
    ]
    assert described["published"] == "2023-11-10T18:51:00+01:00"
    assert described["modified"] == "2023-11-10T19:11:00+01:00"
    assert described["authors"] == ["Ada Lindholm", "Jörg Petersen"]
    assert described["blocks"][0] == {
        "kind": "picture",
        "text": "Die Brücke am Donnerstag, 9. November.",
        "url": "https://pictures.example/harbour.svg",
        "caption": "Die Brücke am Donnerstag, 9. November.",
        "credit": "Foto: Ada Lindholm",
    }
    assert described["blocks"][2] == {"kind": "heading", "text": "Was sich für Pendler ändert"}


def test_what_the_publisher_did_not_say_is_null_or_empty() -> None:
    bare = replace(HARBOUR.article, published=None, modified=None, free=None, keywords=(), authors=())
    described = formats.article_json(bare)
    assert (described["published"], described["modified"], described["free"]) == (None, None, None)
    assert (described["keywords"], described["authors"]) == ([], [])


def test_the_json_of_read_has_both_languages_in_the_same_shape() -> None:
    described = formats.read_json(HARBOUR)
    original, english = described["original"], described["english"]
    assert original == formats.article_json(HARBOUR.article)
    assert list(original) == list(english)
    assert [block["kind"] for block in original["blocks"]] == [block["kind"] for block in english["blocks"]]
    assert (english["language"], english["headline"]) == (
        "en",
        "New bridge over the Warne opens a year earlier than planned",
    )
    assert english["blocks"][0]["caption"] == "The bridge on Thursday, 9 November."
    assert english["keywords"] == []
    assert described["engine"] == "pseudo/example-1@0001"
    assert described["translated_at"] == "2023-11-10T17:53:00Z"


def test_flags_and_highlights_carry_their_sentences() -> None:
    described = formats.read_json(HARBOUR)
    assert described["highlights"][1] == {
        "sentence": 8,
        "text": "The journey from Altenwarne to the station will in future take eight minutes instead of twenty.",
    }
    assert described["flags"][0] == {
        "kind": "number",
        "sentence": 6,
        "note": "says “111,000” where the original has “11.000”",
        "original": "Rund 11.000 Fahrzeuge am Tag sollen sie nutzen.",
        "english": "Around 111,000 vehicles a day are expected to use it.",
    }


def test_the_original_is_not_passed_off_as_the_english_of_a_sentence_without_one() -> None:
    lines = [
        replace(line, flags=(Flag(FlagKind.UNTRANSLATED, line.number, "why"),)) if line.origin is Origin.NONE else line
        for line in HARBOUR.translation.sentences
    ]
    described = formats.read_json(replace(HARBOUR, translation=replace(HARBOUR.translation, sentences=tuple(lines))))
    (untold,) = (one for one in described["sentences"] if one["origin"] == "none")
    assert untold["english"] is None and untold["original"]
    assert [flag["english"] for flag in described["flags"] if flag["sentence"] == untold["number"]] == [None]
    validator("reading").validate(described)
    block = described["english"]["blocks"][untold["block"]]
    assert untold["original"] in block["text"], "the text as a whole has no gap"


def fields_of(described: object) -> set[str]:
    """Every property name of a schema."""
    if isinstance(described, dict):
        own = set(described.get("properties", {})) if isinstance(described.get("properties"), dict) else set()
        return own.union(*map(fields_of, described.values()))
    return set().union(*map(fields_of, described)) if isinstance(described, list) else set()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_and_value_of_a_schema_is_documented(name: str) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    schema = formats.schema(name)
    missing = {field for field in fields_of(schema) if f"`{field}`" not in text}
    assert not missing
    values = set(re.findall(r'"enum": \[([^\]]*)\]', str(schema).replace("'", '"')))
    assert all(f"`{value}`" in text for group in values for value in re.findall(r'"([a-z]+)"', group))


def test_markdown_reads_as_an_article() -> None:
    text = formats.read_markdown(HARBOUR)
    assert text.startswith("# New bridge over the Warne opens a year earlier than planned\n\n")
    assert "## What changes for commuters\n" in text
    assert "- Line 4 runs every ten minutes.\n" in text
    assert (
        "![](<https://pictures.example/harbour.svg>)\n*The bridge on Thursday, 9 November. Foto: Ada Lindholm*" in text
    )
    assert "expected to use it.[^1]" in text and "[^1]: says “111,000”" in text
    assert f"(<{HARBOUR.article.url}>)" in text


def test_markdown_says_when_the_publisher_changed_the_article_and_what_is_not_translated() -> None:
    for side_by_side in (False, True):
        text = formats.read_markdown(HARBOUR, side_by_side=side_by_side)
        assert "Updated 2023-11-10T18:11:00Z; Friday, 10 November 2023, 19:11 (UTC+01:00)" in text
        assert text.count("meinte ein Fischer. \\[German; not translated\\]") == 1
        assert "2 of 17 sentences are marked as doubtful, 1 left in German." in text


def test_every_note_in_markdown_is_referred_to_wherever_its_sentence_stands() -> None:
    english = tuple(
        replace(line, flags=(Flag(FlagKind.NUMBER, line.number, f"doubt {line.number}"),))
        for line in HARBOUR.translation.sentences
    )
    doubtful = replace(HARBOUR, translation=replace(HARBOUR.translation, sentences=english))
    for side_by_side in (False, True):
        text = formats.read_markdown(doubtful, side_by_side=side_by_side)
        assert sorted(re.findall(r"\[\^(\d+)\](?!:)", text), key=int) == [str(note) for note in range(1, 18)]


def test_markdown_side_by_side_is_a_table_of_sentences() -> None:
    text = formats.read_markdown(HARBOUR, side_by_side=True)
    rows = [line for line in text.splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(rows) == 17
    assert rows[7] == "| 7 | Was sich für Pendler ändert | What changes for commuters |"


def test_markdown_of_the_original_keeps_its_language() -> None:
    text = formats.article_markdown(HARBOUR.article)
    assert text.startswith("# Neue Brücke über die Warne öffnet ein Jahr früher als geplant\n\n**Nach vier Jahren")
    assert "## Was sich für Pendler ändert" in text and "2023-11-10T18:51:00+01:00" in text


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("1. Mai", "\\1. Mai"),
        ("- no list", "\\- no list"),
        ("# no heading", "\\# no heading"),
        ("a * b_c `d` [e](f)", "a \\* b\\_c \\`d\\` \\[e\\](f)"),
        ("<script>", "\\<script\\>"),
        ("two\nlines", "two lines"),
        ("a | b", "a \\| b"),
    ],
)
def test_markdown_takes_text_for_text(said: str, written: str) -> None:
    article = replace(HARBOUR.article, headline="x", standfirst="", authors=(), blocks=HARBOUR.article.blocks[1:2])
    block = replace(article.blocks[0], text=said)
    assert f"\n\n{written}\n\n" in formats.article_markdown(replace(article, blocks=(block,)))


@pytest.mark.parametrize("side_by_side", [False, True])
@pytest.mark.parametrize("width", [20, 40, 80, 120])
@pytest.mark.parametrize("published", [HARBOUR, JAPANESE], ids=["de", "ja"])
def test_no_line_of_text_is_wider_than_the_terminal(published: Published, width: int, side_by_side: bool) -> None:
    text = formats.read_text(published, width=width, side_by_side=side_by_side)
    wide = [line for line in text.splitlines() if cells(line) > width and not line.startswith("https://")]
    assert not wide


def test_text_has_everything_the_page_has() -> None:
    text = formats.read_text(HARBOUR, width=200)
    for said in (
        "POLITICS · GERMANY",
        "New bridge over the Warne opens a year earlier than planned",
        "By Ada Lindholm, Jörg Petersen",
        "Friday, 10 November 2023, 18:51 (UTC+01:00), 2023-11-10T17:51:00Z",
        "Neue Brücke über die Warne öffnet ein Jahr früher als geplant",
        HARBOUR.article.url,
        "Highlights",
        "[Picture: The bridge on Thursday, 9 November. Foto: Ada Lindholm]",
        "[German; not translated]",
        "[1] says “111,000” where the original has “11.000”",
        "Translated by machine from German by pseudo/example-1@0001, 2023-11-10T17:53:00Z.",
    ):
        assert said in text


@given(st.text(max_size=200), st.integers(4, 60))
@example("0、", 4)
def test_wrapping_loses_no_word_and_keeps_the_width(text: str, width: int) -> None:
    wrapped = wrap(text, width, first="- ", hang="  ")
    assert all(cells(line) <= width for line in wrapped.splitlines())
    kept = "".join(wrapped.split()).removeprefix("-")
    assert kept == "".join(plain(text).split())


def test_a_reading_has_every_sentence_beside_its_english() -> None:
    lines, day = list(HARBOUR.translation.sentences), datetime(2023, 11, 12, tzinfo=UTC)
    lines[1] = replace(lines[1], engine="deepl/default", score=-0.25)
    lines[5] = replace(lines[5], text="By hand.", origin=Origin.HUMAN, engine="human/Anna", corrected=day)
    found = formats.read_json(replace(HARBOUR, translation=replace(HARBOUR.translation, sentences=tuple(lines))))[
        "sentences"
    ]
    assert [one["number"] for one in found] == list(range(len(HARBOUR.article.sentences)))
    assert [one["original"] for one in found] == [one.text for one in HARBOUR.article.sentences]
    assert (found[1]["engine"], found[1]["score"], found[1]["block"]) == ("deepl/default", -0.25, None)
    assert (found[5]["english"], found[5]["origin"], found[5]["engine"]) == ("By hand.", "human", "human/Anna")
    assert datetime.fromisoformat(found[5]["corrected"]) == day
    part = HARBOUR.article.sentences[6].part
    assert found[6]["block"] == part and found[6]["original"] in HARBOUR.article.blocks[part].text
