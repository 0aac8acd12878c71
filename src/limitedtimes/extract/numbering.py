"""The sentences of an article, or of a line of text, numbered once and for all from 0 in reading order."""

from __future__ import annotations

from collections.abc import Sequence

from limitedtimes.extract.language import of_line, of_sentence
from limitedtimes.extract.sentences import cut
from limitedtimes.model import HEADLINE, STANDFIRST, Block, Sentence


def number(
    headline: str, standfirst: str, blocks: Sequence[Block], *, language: str, languages: Sequence[str] = ()
) -> tuple[Sentence, ...]:
    """Headline, standfirst, then the blocks; a picture's text is its caption. A credit is no sentence.

    ``language`` is the article's; ``languages`` are those that its publisher writes in.
    """
    parts = [(HEADLINE, headline), (STANDFIRST, standfirst), *((at, block.text) for at, block in enumerate(blocks))]
    found = [(part, text) for part, whole in parts for text in cut(whole, language)]
    return tuple(
        Sentence(at, part, text, of_sentence(text, language, languages)) for at, (part, text) in enumerate(found)
    )


def number_line(text: str, *, language: str) -> tuple[Sentence, ...]:
    """The sentences of one line, in the language that it is said to be in, or in another if that is clear."""
    found = of_line(text, language)
    return tuple(
        Sentence(at, 0, sentence, of_sentence(sentence, language) if found == language else found)
        for at, sentence in enumerate(cut(text, found))
    )
