"""Which language a text is in, with what is known of its publisher as a prior. "Unknown" is an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from limitedtimes.extract.tree import words
from limitedtimes.model import UNKNOWN_LANGUAGE

_MAX_CHARACTERS: Final = 1_000
_MIN_LETTERS: Final = 12
_PRIOR: Final = 30.0  # how much likelier a declared language is than any other, before the text is read
_SURE: Final = 0.5
_CLEAR: Final = 0.9
_MIN_CLEAR_LETTERS: Final = 16  # of a sentence that leaves its article's language
_MIN_LINE_LETTERS: Final = 25  # of a line that is not in the language that it is said to be in
_NOT_IT: Final = 0.01  # less likely than this, a line is in another language: 1 line in 1,400 wrongly, 19 of 20 rightly
_WORDS = re.compile(r"[^\W\d_]+")
_ENGLISH: Final = words(
    """the of and to in is that for with was are this it you we on by not have be as from at he she they i his her our
    your will has but there what do can all who more when would"""
)
_NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|\S{1,64}@\S{1,64}|[@#]\w+|[\d_]+")
# py3langid's labels that our catalogue names otherwise.
_LABELS: Final = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}


@cache
def _identifier() -> LanguageIdentifier:
    """The model, loaded once per process and never changed after (its language set is never restricted)."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(text: str, prior: Sequence[str] = ()) -> str:
    """The ISO 639 code of a text's language, or UNKNOWN_LANGUAGE.

    ``prior`` are the languages that its publisher writes in. Text of fewer than 12 letters is unknown, unless its
    publisher writes in one language only and its script can be of it.
    """
    words = letters(text)
    if len(words) < (_MIN_LETTERS if words.isascii() or not _dense(words) else 4):
        return UNKNOWN_LANGUAGE
    best, score = rank(text, prior)[0]
    return best if score >= _SURE else UNKNOWN_LANGUAGE


def of_sentence(text: str, article: str, prior: Sequence[str] = ()) -> str:
    """The language of a sentence: its article's, unless it is clearly English or another of its publisher's.

    A quotation in English inside a German article is "en": it must not be translated again.
    """
    if article in (UNKNOWN_LANGUAGE, "en") and len(prior) < 2:
        return article
    others = {_LABELS.get(code, code) for code in prior} - {article}
    if not (others - {"en"}) and not _may_be_english(text):
        return article
    if len(letters(text)) < _MIN_CLEAR_LETTERS:
        return article
    best, score = rank(text, (article,))[0]
    return best if score >= _CLEAR and best in {*others, "en"} else article


def of_line(text: str, language: str) -> str:
    """The language of a line of text: the one that it is said to be in, unless it is clearly in another.

    Of two others that are much alike (Spanish and Galician) it may be either: what is sure is that it is not this one.
    """
    if len(letters(text)) < _MIN_LINE_LETTERS:
        return language
    found = rank(text, (language,))
    best, said = found[0][0], _LABELS.get(language, language)
    if dict(found).get(said, 1.0) >= _NOT_IT:  # 1: a language that the model does not know cannot be ruled out
        return language
    return language if best == "en" and not _may_be_english(text) else best


def _may_be_english(text: str) -> bool:
    found = _WORDS.findall(text.lower())
    common = sum(word in _ENGLISH for word in found)
    return common >= 2 and common >= 0.15 * len(found)


def rank(text: str, prior: Sequence[str] = ()) -> list[tuple[str, float]]:
    """Languages with their probabilities, the likeliest first."""
    said = {_LABELS.get(code, code) for code in prior}
    scores: dict[str, float] = {}
    for code, score in _identifier().rank(_NOT_WORDS.sub(" ", text[:_MAX_CHARACTERS])):
        label = _LABELS.get(code, code)
        scores[label] = scores.get(label, 0.0) + score * (_PRIOR if label in said else 1.0)
    total = sum(scores.values()) or 1.0
    return sorted(((code, score / total) for code, score in scores.items()), key=lambda pair: -pair[1])


def letters(text: str) -> str:
    """The letters of a text's beginning, without addresses, handles and numbers."""
    return "".join(filter(str.isalpha, _NOT_WORDS.sub(" ", text[:_MAX_CHARACTERS])))


def _dense(words: str) -> bool:
    """Whether a script writes whole words or syllables in one character (CJK, kana, hangul)."""
    return any("\u2e80" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7af" for letter in words)
