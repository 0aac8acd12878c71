"""Which sentence pairs are worth learning from, and how they are spelled.

Pure functions on strings: no file is read here, so every rule can be tested alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Pair(NamedTuple):
    """One line of a corpus: the sentence, its English, and where both come from."""

    source: str
    english: str
    corpus: str


# Spellings that mean the same. The same table goes into the SentencePiece model (see `vocabulary.py`), so that
# the finished model needs no preparation of its input.
QUOTES = dict.fromkeys("„“”‟»«〝〞＂", '"') | dict.fromkeys("‚‘’‛›‹´`ʼ", "'")
SPACES = dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t", " ")
INVISIBLE = dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", "")
SPELLING = QUOTES | SPACES | INVISIBLE | {"…": "...", "‐": "-", "‑": "-", "—": "–", "―": "–"}
_TABLE = str.maketrans(SPELLING)
# French sets spaces before these, and inside its quotation marks; the latter only where they are no-break spaces,
# because German has its marks the other way round.
CLOSED = {f"{space}{mark}": mark for space in " \u00a0\u202f" for mark in "?!;:"}
CLOSED |= {f"«{space}": '"' for space in "\u00a0\u202f"} | {f"{space}»": '"' for space in "\u00a0\u202f"}
_CLOSED = re.compile("|".join(map(re.escape, CLOSED)))

_MARKUP = re.compile(r"https?:|www\.|[<>{}\[\]|\\_=*]|\(\s*\)|\.(?:md|html|deb|org|conf)\b")
_PACKAGE = re.compile(r"^[a-z0-9][\w.+-]* (?:-|–|--) ")
_WORD = re.compile(r"[^\W\d_]+")
# fmt: off
_ENGLISH = frozenset((
    "the", "of", "and", "to", "is", "a", "in", "that", "it", "was", "for", "you", "he", "she", "i", "not", "with",
    "are", "be", "have",
))
# fmt: on


def normalise(text: str) -> str:
    """Spell quotation marks, spaces and dashes in one way, so that each is learned once and kept."""
    text = _CLOSED.sub(lambda hit: CLOSED[hit.group()], unicodedata.normalize("NFC", text)).translate(_TABLE)
    text = text.replace("``", '"').replace("''", '"').replace(" -- ", " – ")
    return re.sub(r" +", " ", text).strip()


def detokenise(text: str) -> str:
    """Undo the spaces that the post-editing corpus puts around every punctuation mark."""
    text = re.sub(r" ([.,;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[]) ", r"\1", text)
    text = re.sub(r'(?<!\w)" ([^"]+?) "', r'"\1"', text)
    text = re.sub(r" ' ?(s|t|re|ve|ll|d|m)\b", r"'\1", text)
    text = re.sub(r"(\w) n't\b", r"\1n't", text)
    text = re.sub(r"(\d) ([.,:]) ?(?=\d)", r"\1\2", text)
    return re.sub(r"(\w) ([/–-]) (?=\w)", r"\1\2", text) if " - " not in text else text.replace(" - ", "-")


def spelled(pair: Pair) -> Pair:
    """The pair as it is learned, whatever its corpus does to punctuation."""
    source, english = normalise(pair.source), normalise(pair.english)
    if pair.corpus == "mlqe_pe":
        source, english = detokenise(source), detokenise(english)
    return Pair(source, english, pair.corpus)


def _hits(text: str, words: frozenset[str]) -> int:
    return sum(word in words for word in _WORD.findall(text.lower()))


def wrong_language(source: str, english: str, own: frozenset[str]) -> bool:
    """Whether a longer pair has visibly the same language on both sides, or the sides swapped.

    `own` are the commonest words of the source's language.
    """
    if len(source.split()) < 5:
        return False
    swapped = _hits(source, _ENGLISH) > _hits(source, own) + 1
    untranslated = _hits(english, own - _ENGLISH) > _hits(english, _ENGLISH) + 1
    return swapped or untranslated


def balanced(source: str, english: str) -> bool:
    """Whether the lengths are those of a translation: short pairs may differ more than long ones."""
    longest, ratio = max(len(source), len(english)), len(source) / max(1, len(english))
    if longest <= 20:
        return 0.3 < ratio < 3.5
    return 0.5 < ratio < 2.2 if longest <= 60 else 0.62 < ratio < 1.9


def figures(text: str) -> Counter[str]:
    """The numbers of a text without their separators, which differ between the languages."""
    joined = re.sub(r"(?<=\d)[.,\s](?=\d{3}(?!\d))", "", text)
    return Counter(number.lstrip("0") for number in re.findall(r"\d+", joined))


def same_figures(source: str, english: str) -> bool:
    """Whether the long numbers agree; small ones may be words ("2 Jahre", "two years")."""
    left, right = figures(source), figures(english)
    return not any(len(number) >= 3 for number in ((left - right) + (right - left)))


def good(pair: Pair, own: frozenset[str]) -> bool:
    """Whether a (normalised) pair says the same thing twice, in two languages, in prose."""
    source, english, _ = pair
    if not source or not english or source == english or max(len(source), len(english)) > 600:
        return False
    if _MARKUP.search(source) or _MARKUP.search(english) or _PACKAGE.match(source):
        return False
    letters = sum(char.isalpha() or char == " " for char in source)
    if letters < 0.7 * len(source):
        return False
    return balanced(source, english) and same_figures(source, english) and not wrong_language(source, english, own)


def near_key(text: str) -> str:
    """What nearly identical lines share: lower case, figures and punctuation gone."""
    return re.sub(r"[\W\d_]+", "", text.lower())


def cleaned(
    pairs: Iterable[Pair], own: frozenset[str], *, held_out: frozenset[str] = frozenset(), copies: int = 2
) -> Iterator[Pair]:
    """Normalise, filter, and let at most `copies` nearly identical sentences through.

    `own` are the commonest words of the source's language. `held_out` are the near keys of the measuring sets: what
    they contain is never learned.
    """
    seen: Counter[str] = Counter()
    exact: set[tuple[str, str]] = set()
    for raw in pairs:
        pair = spelled(raw)
        keys = near_key(pair.source), near_key(pair.english)
        if not good(pair, own) or keys[0] in held_out or keys[1] in held_out:
            continue
        if (pair.source, pair.english) in exact or max(seen[key] for key in keys) >= copies:
            continue
        exact.add((pair.source, pair.english))
        seen.update(set(keys))
        yield pair
