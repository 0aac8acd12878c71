"""Which part of a text is shown of what was found: texts have BEGIN and END around each place that fits."""

from __future__ import annotations

from itertools import islice
from typing import Final

from limitedtimes.store.index import BEGIN, END

WORDS: Final = 24
"""Of a piece."""
_LOOKED_AT: Final = 40  # places of a text that fit
_LEAD: Final = 3  # words before the first that fits, where no sentence begins shortly before
_ENDS: Final = (".", "!", "?", "…", "。", "！", "？", "।", "؟")


def enough(text: str, count: int) -> str | None:
    """The text, if so many different things are marked in it."""
    return text if _count(text) >= count else None


def better(first: str, second: str) -> str | None:
    """The text in which more is marked; None where nothing is in either."""
    return enough(first if _count(first) >= _count(second) else second, 1)


def _count(text: str) -> int:
    return len({part.partition(END)[0].casefold() for part in text.split(BEGIN)[1:]})


def piece(text: str) -> str:
    """The words of a text that have the most different things marked, from the beginning of a sentence if one is near.
    "…" stands for what is left out."""
    words = text.split()
    if len(words) <= WORDS:
        return text
    first = _best(words, _count(text))
    cut, mark, rest = _joined(words, first).partition(BEGIN)
    shown = cut.replace(END, "") + mark + rest  # it may begin inside of what fits, or end there
    shown += END if shown.count(BEGIN) > shown.count(END) else ""
    if first + WORDS < len(words):
        shown += " …" if _ends_sentence(words[first + WORDS - 1]) else "…"
    return f"{'…' if first else ''}{shown}"


def _best(words: list[str], most: int) -> int:
    """The first place with the most different things marked, of which there are so many."""
    marked = (number for number, word in enumerate(words) if BEGIN in word)
    best = has = 0
    for number in islice(marked, _LOOKED_AT):
        count = _count(_joined(words, first := _first(words, number)))
        if count > has:
            best, has = first, count
        if count >= most:
            break
    return best


def _joined(words: list[str], first: int) -> str:
    return " ".join(words[first : first + WORDS])


def _first(words: list[str], marked: int) -> int:
    """Where a piece begins that is to show this word."""
    for number in range(marked, max(marked - WORDS // 2, -1), -1):
        if number == 0 or _ends_sentence(words[number - 1]):
            return number
    return max(marked - _LEAD, 0)


def _ends_sentence(word: str) -> bool:
    return word.rstrip(f"{END}”“\"'»)").endswith(_ENDS)
