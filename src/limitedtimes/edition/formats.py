"""What ``read`` and ``extract`` print: the published JSON (docs/article-format.md), Markdown and plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Final

from limitedtimes.edition.plaintext import doubts, read_text
from limitedtimes.edition.reading import Line, Passage, Reading, reading
from limitedtimes.edition.safety import plain, web_address
from limitedtimes.edition.times import iso, on_publishers_clock
from limitedtimes.languages import language_name
from limitedtimes.model import Article, BlockKind, Moment, Picture, Published

__all__ = [
    "VERSION",
    "article_json",
    "article_markdown",
    "read_json",
    "read_markdown",
    "read_text",
    "schema",
]

VERSION: Final = "2.0"
"""Of both JSON formats. The minor number grows with a new field, the major number when an old one changes."""


@cache
def _schema_text(name: str) -> str:
    return (files("limitedtimes.edition") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")


def schema(name: str) -> Any:
    """The JSON Schema of ``article`` (what extract prints) or ``reading`` (what read prints)."""
    return json.loads(_schema_text(name))


def article_json(article: Article) -> dict[str, Any]:
    """The original article as ``limitedtimes extract`` publishes it."""
    return _cleaned(_article_json(article))


def _article_json(article: Article) -> dict[str, Any]:
    return {
        "version": VERSION,
        "url": web_address(article.url),
        "source": article.source,
        "language": article.language,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "authors": list(article.authors),
        "published": _moment(article.published),
        "modified": _moment(article.modified),
        "section": article.section,
        "keywords": list(article.keywords),
        "free": article.free,
        "blocks": [_block_json(block.kind, block.text, block.picture) for block in article.blocks],
    }


def read_json(published: Published) -> dict[str, Any]:
    """Original and English in the same shape, and what is known of the translation, as ``limitedtimes read`` prints."""
    view = reading(published)
    english = published.translation.sentences
    described = {
        "version": VERSION,
        "original": _article_json(published.article),
        "english": _english_json(view),
        "highlights": [
            {"sentence": picked.sentence, "text": english[picked.sentence].text}
            for picked in published.enrichment.highlights
        ],
        "flags": [
            {
                "kind": str(flag.kind),
                "sentence": line.number,
                "note": flag.note,
                "original": line.original,
                "english": _said_in_english(line),
            }
            for line in view.notes
            for flag in line.flags
        ],
        "sentences": [_sentence_json(passage.part, line) for passage in view.passages for line in passage.lines],
        "engine": published.translation.engine,
        "translated_at": iso(published.translation.translated_at),
    }
    return _cleaned(described)


def _sentence_json(part: int, line: Line) -> dict[str, Any]:
    """A sentence of the original with its English: what the two columns of the page side by side are made of."""
    return {
        "number": line.number,
        "block": part if part >= 0 else None,
        "language": line.language,
        "original": line.original,
        "english": _said_in_english(line),
        "origin": str(line.origin),
        "engine": line.engine,
        "score": line.score,
        "corrected": iso(line.corrected) if line.corrected else None,
    }


def _said_in_english(line: Line) -> str | None:
    """None where the page shows the original in its stead: whoever counts English words is to count none of it."""
    return line.english if line.translated else None


def _cleaned(described: dict[str, Any]) -> dict[str, Any]:
    """The same, all of its strings fit for any reader."""
    return {name: _clean(value) for name, value in described.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return _cleaned(value)
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    return plain(value) if isinstance(value, str) else value


def _english_json(view: Reading) -> dict[str, Any]:
    """Keywords are left out, not translated: an engine makes nonsense of single words."""
    english = _article_json(view.published.article)
    passages = {passage.part: passage for passage in view.passages}
    return english | {
        "language": "en",
        "headline": view.headline.english,
        "standfirst": view.standfirst.english,
        "section": view.published.enrichment.section,
        "keywords": [],
        "blocks": [
            _block_json(block.kind, passages[part].english if part in passages else "", block.picture)
            for part, block in enumerate(view.published.article.blocks)
        ],
    }


def _block_json(kind: BlockKind, text: str, picture: Picture | None) -> dict[str, Any]:
    block: dict[str, Any] = {"kind": str(kind), "text": text}
    if picture:
        block |= {"url": web_address(picture.url), "caption": text, "credit": picture.credit}
    return block


def _moment(moment: Moment | None) -> str | None:
    return moment.local.isoformat() if moment else None


_MARKUP: Final = re.compile(r"([\\`*_\[\]<>#|~])|(?<![^\n])(\s*)([-+]|\d+[.)])(?=\s)")


def _escaped(text: str) -> str:
    """Text that Markdown (and HTML within it) reads as nothing but text."""
    one_line = " ".join(plain(text).split())
    return _MARKUP.sub(lambda found: "\\" + found[1] if found[1] else f"{found[2]}\\{found[3]}", one_line)


def _link(text: str, url: str) -> str:
    url = web_address(url)
    return f"[{_escaped(text)}]({_angle(url)})" if url else _escaped(text)


_PREFIX: Final = {BlockKind.HEADING: "## ", BlockKind.ITEM: "- ", BlockKind.QUOTE: "> "}


def _block_markdown(kind: BlockKind, text: str, picture: Picture | None) -> str:
    """A block whose text is Markdown already."""
    if kind is not BlockKind.PICTURE or picture is None:
        return _PREFIX.get(kind, "") + text
    url = web_address(picture.url)
    image = f"![]({_angle(url)})" if url else ""
    caption = " ".join(part for part in (text, _escaped(picture.credit)) if part)
    return "\n".join(part for part in (image, f"*{caption}*" if caption else "") if part)


def _angle(url: str) -> str:
    return f"<{url.replace('<', '%3C').replace('>', '%3E')}>"


def _paragraphs(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def article_markdown(article: Article) -> str:
    """The original article."""
    return _paragraphs(
        [
            f"# {_escaped(article.headline)}",
            f"**{_escaped(article.standfirst)}**" if article.standfirst else "",
            _escaped(", ".join(article.authors)),
            _moment(article.published) or "",
            *(_block_markdown(block.kind, _escaped(block.text), block.picture) for block in article.blocks),
            _link(article.url, article.url),
        ]
    )


def read_markdown(published: Published, *, side_by_side: bool = False) -> str:
    """The English article; side by side: a table of sentences."""
    view = reading(published)
    body = _pairs_markdown(view) if side_by_side else [_passage_markdown(passage) for passage in view.passages[1:]]
    # In the table the headline stands again, with its note.
    headline = _escaped(view.headline.english) if side_by_side else _said(view.headline.lines)
    return _paragraphs([f"# {headline}", *_facts_markdown(view), *body, *_notes_markdown(view)])


def _facts_markdown(view: Reading) -> list[str]:
    article, source = view.published.article, view.published.source
    translation = view.published.translation
    modified = article.modified if article.modified != article.published else None
    points = (view.published.translation.sentences[h.sentence].text for h in view.published.enrichment.highlights)
    return [
        _escaped("By " + ", ".join(article.authors)) if article.authors else "",
        *(
            f"{what} {iso(when.at)}; {on_publishers_clock(when, source.time_zone)}"
            for what, when in (("Published", article.published), ("Updated", modified))
            if when
        ),
        f"{_escaped(source.name)}, original: {_link(article.headline, article.url)}",
        f"Translated by machine from {language_name(article.language)} by `{translation.engine.replace('`', '')}`, "
        f"{iso(translation.translated_at)}. {doubts(view)}",
        "\n".join(f"- {_escaped(text)}" for text in points),
    ]


def _passage_markdown(passage: Passage) -> str:
    text = _said(passage.lines)
    return _block_markdown(passage.kind, text, passage.picture) if passage.kind else f"**{text}**"


def _said(lines: Iterable[Line]) -> str:
    """English sentences, with their notes, and with a word on those that are not in English."""
    return " ".join(
        _escaped(line.english)
        + ("" if line.translated else rf" \[{language_name(line.language)}; not translated\]")
        + (f"[^{line.note}]" if line.note else "")
        for line in lines
    )


def _pairs_markdown(view: Reading) -> list[str]:
    rows = (f"| {line.number} | {_escaped(line.original)} | {_said([line])} |" for line in view.lines)
    heads = f"| | {language_name(view.published.article.language)} | English |\n| --- | --- | --- |\n"
    return [heads + "\n".join(rows)]


def _notes_markdown(view: Reading) -> list[str]:
    notes = (
        f"[^{line.note}]: {_escaped('; '.join(flag.note for flag in line.flags))} ({_escaped(line.original)})"
        for line in view.notes
    )
    return list(notes)
