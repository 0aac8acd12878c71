"""How the words of a language change, as far as a glossary needs it: endings that come and go, and words in front.

Rules, not a stemmer: "Staatschefin" is not "Staatschef", though a stemmer takes one for the other in many languages.
What the rules do not reach (fleeting vowels, new stems) an entry lists as variants.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Final

STEM: Final = 3
"""Letters that stay of a word at least."""

_ADDED: Final = {
    "de": "s es e en n er ern em nen se sen ses",
    "nl": "s en n e es",
    "fr": "s x",
    "es": "s es",
    "pt": "s es",
    "it": "",
    "sv": "s n en et na a ar or er arna orna erna ens ets",
    "da": "s n en et e er ene erne ens ets",
    "no": "s n en et a e er ene ens ets",
    "tr": "ı i u ü yı yi yu yü a e ya ye da de ta te dan den tan ten ın in un ün nın nin nun nün lar ler ları leri",
    "ko": "은 는 이 가 을 를 의 에 에게 에서 와 과 도 로 으로 만 께서 들 들이 들은 들의 들을",
}
"""Language → what may follow the word as it is."""
_CASES: Final = {
    "de": ("um en", "us en", "a en"),
    "it": ("a e", "e i", "o i", "co chi", "ca che", "go ghi", "ga ghe", "eo ea ei ee", "iano iana iani iane"),
    "es": ("z ces", "ón ones", "án anes", "és eses esa esas"),
    "pt": (
        "ão ões ãos ães",
        "al ais",
        "el eis",
        "el éis",
        "il is",
        "il eis",
        "ol óis",
        "m ns",
        "uiz uízes",
        "aiz aízes",
        "ês eses esa esas",
        "eu eia eias",
    ),
    "fr": ("al aux", "é ée ées", "éen éenne éennes", "ien ienne iennes"),
    "nl": ("heid heden", "lid leden", "stad steden", "um a"),
    "ru": (
        "* а у ом е ы ов ам ами ах и ем ой ою",
        "а ы е у ой ою * ам ами ах и",
        "я и е ю ей ею й ям ями ях ь",
        "ь я ю ем е и ей ям ями ях ью",
        "й я ю ем е и ев ям ями ях",
        "о а у ом е * ам ами ах",
        "е я ю ем и й ям ями ях",
        "ый ого ому ым ом ая ой ую ые ых ыми ое",
        "ы ов ам ами ах",
        "ий его ему им ем ого ому ом яя ая ей ой юю ую ие их ими ее ое",
        "ая ой ую ые ых ым ыми",
        "ов овым",
        "ев евым",
        "ёв ёвым",
        "ин иным",
        "ын ыным",
        "ец ца цу цем цом це цы цев цов цам цами цах",
        "ок ка ку ком ке ки ков кам ками ках",
        "ень ня ню нем не ни ней ням нями нях",
    ),
    "uk": (
        "* а у ові ом ем і и ів ам ами ах е",
        "а и і у ою * ам ами ах о",
        "я і ю єю ею й ь ям ями ях",
        "ь я ю еві ем і ів ям ями ях",
        "ий ого ому им ім а ої ій у ою і их ими е",
    ),
    "pl": (
        "* a owi em ie u y i ów om ami ach e ą",
        "a y i ę ą ie o om ami ach * ce",
        "ek ka kowi kiem ku ki ków kom kami kach",
        "y ego emu ym a ej ą e ych ymi i",
        "i iego iemu im ia iej ią ie ich imi",
    ),
    "cs": ("* a u ovi em e i y ů ům ech ami ové", "a y ě u ou o ám ách ami *", "ý ého ému ým ém á é ou ých ými"),
}
"""Language → paradigms: endings that stand for each other, the one of the dictionary first; * is none."""
_BEFORE: Final = {
    "ar": ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ك", "ف"),
    "he": ("וה", "שה", "מה", "ה", "ו", "ב", "כ", "ל", "מ", "ש"),
}
"""Language → what is written together with the word that it stands before."""
_DECLINED: Final = {"de": ("er", "es", "en", "em", "e")}
"""Language → endings of an adjective before its noun."""
NOUN_CAPITALS: Final = frozenset(("de",))
"""Languages in which a noun has a capital, and a word without one is another word: Wahl, wählen."""
_PLURAL: Final = {
    "es": ("s",),
    "fr": ("s", "aux"),
    "pt": ("s",),
    "it": ("i", "e"),
    "nl": ("en",),
    "ru": ("ам", "ами", "ах", "ям", "ями", "ях"),
    "uk": ("ам", "ами", "ах", "ям", "ями", "ях"),
}
"""Language → endings of several, which one never has."""
_SEVERAL: Final = {
    "es": "los las unos unas estos estas esos esas sus nuestros nuestras varios varias muchos muchas dos tres",
    "fr": "les des aux ces ses leurs nos plusieurs quelques certains certaines deux trois",
    "pt": "os as dos das aos às nos nas uns umas estes estas seus suas muitos muitas dois duas três",
    "it": "i gli le dei degli delle ai agli alle dai dagli dalle nei negli nelle sui sulle questi queste alcuni alcune",
}
"""Language → what stands before a noun in the plural. Its adjectives have the same endings as its nouns, and stand
behind them: they have no plural in English."""
_UMLAUT: Final = str.maketrans("äöü", "aou")
_UMLAUTED: Final = frozenset(("", "e", "er", "en", "ern", "n"))


def forms(word: str, language: str) -> Iterator[str]:
    """The word and its other forms; may give one twice."""
    yield word
    if len(word) < STEM or not word[-1].isalpha():
        return
    for ending in _ADDED.get(language, "").split():
        yield word + ending
    for paradigm in _CASES.get(language, ()):
        endings = ["" if ending == "*" else ending for ending in paradigm.split()]
        stem = word.removesuffix(endings[0])
        if (
            word.endswith(endings[0])
            and max(len(stem), len(endings[0])) >= STEM
            and (endings[0] or word[-1] not in "аяоеёийьуюы")
        ):
            yield from (stem + ending for ending in endings)
    if language in _CHANGED:
        yield from _CHANGED[language](word)


def is_plural(said: str, term: str, language: str, *, before: str) -> bool:
    """Whether a form of a term is surely the plural of a noun: what may be one thing as well, or an adjective, is not.
    ``before`` is what stands before it, without the space between."""
    if language in _SEVERAL and before.casefold().rpartition(" ")[2] not in _SEVERAL[language].split():
        return False
    pairs = zip(said.casefold().split(), term.casefold().split(), strict=False)
    marks = _PLURAL.get(language, ())
    return any(word.endswith(mark) and not own.endswith(mark) for word, own in pairs for mark in marks)


def attributive(word: str, language: str) -> Iterator[str]:
    """The forms of a word that stands before the noun of a term: Auswärtiges Amt, beim Auswärtigen Amt."""
    yield from forms(word, language)
    for ending in _DECLINED.get(language, ()):
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            yield from (word.removesuffix(ending) + other for other in _DECLINED[language])


def bare(word: str, language: str) -> Iterator[str]:
    """The word, and without each of the words that may be written together in front of it."""
    yield word
    for before in _BEFORE.get(language, ()):
        if word.startswith(before) and len(word) - len(before) >= STEM - 1:
            yield word.removeprefix(before)


def _with_umlaut(word: str) -> Iterator[str]:
    """Rat, Räte; Land, Länder: the last a, o or u of a word without an umlaut."""
    if word != word.translate(_UMLAUT):
        return
    place = max(word.rfind(vowel) for vowel in "aou")
    if place >= 0:
        place -= word[place - 1 : place + 1] == "au"
        umlaut = unicodedata.normalize("NFC", word[place] + "\u0308")
        yield from (word[:place] + umlaut + word[place + 1 :] + ending for ending in _UMLAUTED)


def _dutch(word: str) -> Iterator[str]:
    """How a plural keeps a vowel short or long: bom, bommen; raad, raden; huis, huizen; brief, brieven."""
    short, long = re.fullmatch(r"(.*[^aeiouy])?[aeiou][bdfgklmnprst]", word), re.fullmatch(_LONG, word)
    if short:
        yield f"{word}{word[-1]}en"
    if long:
        yield f"{long[1]}{long[2]}{_SOFT.get(long[3], long[3])}en"
    elif word[-1] in _SOFT:
        yield f"{word[:-1]}{_SOFT[word[-1]]}en"


_LONG: Final = r"(.*)([aeou])\2([bdfgklmnprst])"
_SOFT: Final = {"f": "v", "s": "z"}


def _spanish(word: str) -> Iterator[str]:
    """The accent that a plural needs: joven, jóvenes; régimen, regímenes."""
    found = re.fullmatch(r"(.*)([aeiouáéíóú])([^aeiouáéíóú]+[aeiou]n)", word)
    if found:
        bare = unicodedata.normalize("NFD", found[1] + found[2]).replace("\u0301", "")
        yield unicodedata.normalize("NFC", f"{bare}\u0301{found[3]}es")


_CHANGED: Final[Mapping[str, Callable[[str], Iterator[str]]]] = {
    "de": _with_umlaut,
    "es": _spanish,
    "nl": _dutch,
}
"""Language → forms in which the word itself changes."""
