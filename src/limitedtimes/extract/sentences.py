"""Text → sentences, by sentencex, with corrections for what it is known to cut wrongly."""

from __future__ import annotations

from typing import Final

from sentencex import segment

from limitedtimes.model import UNKNOWN_LANGUAGE

SPACELESS: Final = frozenset({"ja", "zh"})


def cut(text: str, language: str) -> list[str]:
    """The sentences of a text of one line; joined by single spaces (by nothing in ja and zh) they give it back."""
    text = " ".join(text.split())
    pieces = segment("en" if language == UNKNOWN_LANGUAGE else language, text)
    sentences: list[str] = []
    glued = ""
    for piece in pieces:
        glued += piece
        if language in SPACELESS or glued.endswith(" "):
            sentences.append(glued.strip())
            glued = ""
    sentences.append(glued.strip())
    return [sentence for sentence in sentences if sentence]
