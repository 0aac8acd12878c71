"""The sentences of an article, numbered once and for all from 0 in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from limitedtimes.extract.sentences import cut
from limitedtimes.model import HEADLINE, STANDFIRST, Block, Sentence


def number(headline: str, standfirst: str, blocks: Sequence[Block], *, language: str) -> tuple[Sentence, ...]:
    """Headline, standfirst, then the blocks; a picture's text is its caption. A credit is no sentence."""
    parts = [(HEADLINE, headline), (STANDFIRST, standfirst), *((at, block.text) for at, block in enumerate(blocks))]
    found = [(part, text) for part, whole in parts for text in cut(whole, language)]
    return tuple(Sentence(at, part, text, language) for at, (part, text) in enumerate(found))
