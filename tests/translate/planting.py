"""Errors that an engine might make, planted into human translations: one function for each kind of error.

Each takes the original, its English and a source of chance, and gives the English with the error; None where it has no
place for one.
"""

from __future__ import annotations

import calendar
import random
import re
from collections import Counter
from collections.abc import Callable
from typing import Final

from limitedtimes.model import FlagKind
from limitedtimes.translate.english import is_known
from limitedtimes.translate.lexicon import lexicon

LANGUAGES: Final = ("de", "es", "fr", "it", "nl", "pt", "ru")
MONTHS, WEEKDAYS = list(calendar.month_name)[1:], list(calendar.day_name)

Planter = Callable[[str, str, random.Random], str | None]


def another_number(original: str, english: str, dice: random.Random) -> str | None:
    """One digit of the English becomes another one."""
    places = [match.start() for match in re.finditer(r"\d", english)]
    if not places:
        return None
    place = dice.choice(places)
    digit = dice.choice([d for d in "123456789" if d != english[place]])
    return english[:place] + digit + english[place + 1 :]


def a_digit_more(original: str, english: str, dice: random.Random) -> str | None:
    """11,000 becomes 111,000."""
    return re.sub(r"\b(\d)(?=\d)", r"\1\1", english, count=1) if re.search(r"\b\d\d", english) else None


def no_number(original: str, english: str, dice: random.Random) -> str | None:
    """A figure of two digits or more is left out."""
    return re.sub(r"\b\d[\d.,]*\d\b", "many", english, count=1) if re.search(r"\b\d[\d.,]*\d\b", english) else None


def other_money(original: str, english: str, dice: random.Random) -> str | None:
    """A sum in another currency."""
    money = r"\b(?:euros?|dollars?|roubles?|rubles?)\b|[€$]"
    counted = re.search(rf"\d ?(?:[mb]illion )?(?:{money})|(?:{money})\d", english)
    return re.sub(money, " yen ", english) if counted else None


OTHER_MEASURES = {"days": "hours", "years": "months", "months": "weeks", "hours": "days", "minutes": "years"}
OTHER_MEASURES |= {"weeks": "days", "kilometres": "metres", "metres": "miles", "kilograms": "tons"}


def another_measure(original: str, english: str, dice: random.Random) -> str | None:
    """A number of months becomes one of weeks; nothing else in the sentence counts months or weeks."""
    counted = re.search(rf"\d ({'|'.join(OTHER_MEASURES)})\b", english)
    if not counted:
        return None
    word, other = counted.group(1), OTHER_MEASURES[counted.group(1)]
    both = re.findall(rf"\b(?:{word[:-1]}|{other[:-1]})", english)
    return english.replace(f" {word}", f" {other}") if len(both) == 1 else None


def another_date(original: str, english: str, dice: random.Random) -> str | None:
    """A month or weekday becomes another one."""
    for names in (MONTHS, WEEKDAYS):
        for name in names:
            if name not in ("May", "March") and re.search(rf"\b{name}\b", english):
                others = [other for other in names if other not in english]
                return english.replace(name, dice.choice(others)) if others else None
    return None


def a_loop(original: str, english: str, dice: random.Random) -> str | None:
    """Some words are said three times over."""
    words = english.split()
    if len(words) < 8:
        return None
    start, length = dice.randrange(len(words) - 4), dice.randrange(1, 5)
    phrase = words[start : start + length]
    return " ".join([*words[:start], *phrase, *phrase, *words[start:]])


def half_of_it(original: str, english: str, dice: random.Random) -> str | None:
    """The end is missing."""
    words = english.split()
    return " ".join(words[: int(len(words) * dice.uniform(0.3, 0.6))]) if len(words) >= 10 else None


def left_as_it_was(original: str, english: str, dice: random.Random) -> str | None:
    """The second half is still in the other language."""
    theirs, ours = original.split(), english.split()
    return " ".join(ours[: len(ours) // 2] + theirs[len(theirs) // 2 :]) if len(theirs) >= 12 else None


def not_translated(original: str, english: str, dice: random.Random) -> str | None:
    return original if len(original.split()) >= 8 else None


def an_invented_word(original: str, english: str, dice: random.Random) -> str | None:
    """A word is put together from the front of one and the end of another, as small models do."""
    words = [word for word in english.split() if word.isalpha() and word.islower() and len(word) > 5]
    if len(words) < 2:
        return None
    first, second = dice.sample(words, 2)
    made = first[:3] + second[2:]
    known = made in english or made in original.lower() or is_known(made, listed=False)
    return None if known else re.sub(rf"\b{first}\b", made, english, count=1)


def an_invented_name(original: str, english: str, dice: random.Random) -> str | None:
    """A name that both sides have is another one in English."""
    shared = set(re.findall(r"\w+", original)) & set(re.findall(r"(?<=\w )[A-Z][a-z]{4,}", english))
    if not shared:
        return None
    made = "".join(dice.choice(part) for part in (("Zo", "Que", "Fli"), ("mbu", "rtse", "vla"), ("ck", "pon", "dgil")))
    return re.sub(rf"\b{min(shared)}\b", made, english)


_TURNED = (
    (r"\b(is|are|was|were|has|have|had|does|do|did|could|would|should|ca|wo)n['’]t\b", r"\1"),
    (r"\bcannot\b", "can"),
    (r"\b(?:not|never)\b ?", ""),
    (r"\bno\b", "a"),
    (r"\bnothing\b", "something"),
    (r"\b(?:nobody|no one)\b", "somebody"),
)
NEGATIONS = frozenset(word for language in LANGUAGES for word in lexicon(language).negations)


def no_negation(original: str, english: str, dice: random.Random) -> str | None:
    """The only negation of the English is gone; the original has one."""
    if NEGATIONS.isdisjoint(re.findall(r"\w+", original.lower())):
        return None
    for pattern, instead in _TURNED:
        turned, count = re.subn(pattern, instead, english, flags=re.IGNORECASE)
        if count == 1:
            left = set(re.findall(r"\w+", turned.lower())) & lexicon("en").negations
            return None if left else turned
    return None


def no_quotation_marks(original: str, english: str, dice: random.Random) -> str | None:
    """Somebody's words are not marked as such."""
    long = any(len(said.split()) > 4 for said in re.findall(r"[\"„“«]([^\"„“”«»]+)[\"“”»]", original))
    return re.sub("[\"“”'‘’]", "", english) if long and re.search('["“]', english) else None


_COUNTED = re.compile(
    r"(?<![\w.,:/–-])(?:\d[\d.,]*\d|\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?![\w/:–-]|[.,]\d| (?:hundred|thousand|[mb]illion|trillion|a\.m|p\.m|of the|point))"
)
_ONE_DATE = re.compile(rf"[ ,]*(?:{'|'.join(MONTHS)})[ ,]*|, ")


def exchanged(text: str, one: re.Match[str], other: re.Match[str]) -> str:
    between = text[one.end() : other.start()]
    return text[: one.start()] + other.group() + between + one.group() + text[other.end() :]


def exchanged_figures(original: str, english: str, dice: random.Random) -> str | None:
    """Two figures or number words change places; day and year of one date may."""
    found = [match for match in _COUNTED.finditer(english) if english.count(match.group()) == 1]
    if len(found) < 2:
        return None
    one, other = sorted(dice.sample(found, 2), key=lambda match: match.start())
    same_date = _ONE_DATE.fullmatch(english[one.end() : other.start()])
    return None if same_date else exchanged(english, one, other)


def exchanged_names(original: str, english: str, dice: random.Random) -> str | None:
    """Two names that both sides have, three words or more apart, change places."""
    theirs = Counter(re.findall(r"\w+", original))
    words = [match for match in re.finditer(r"[^\W\d_]{4,}", english) if match.group()[0].isupper()]
    names = [match for match in words if theirs[match.group()] == english.count(match.group()) == 1]
    far = [(a, b) for a in names for b in names if len(english[a.end() : b.start()].split()) >= 3]
    return exchanged(english, *dice.choice(far)) if far else None


_SAID = re.compile('["“”]([^"“”]+)["“”]')


def only_quotation(original: str, english: str) -> re.Match[str] | None:
    """The one quotation of some length, if the original has one too."""
    found = [match for match in _SAID.finditer(english) if len(match[1].split()) >= 4]
    return found[0] if len(found) == 1 and re.search('["„“«]', original) else None


def quotation_closed_late(original: str, english: str, dice: random.Random) -> str | None:
    """It takes in who said it."""
    said = only_quotation(original, english)
    if not said or len(english[said.end() :].strip(" .,!?").split()) < 2:
        return None
    return english[: said.end() - 1] + english[said.end() :].rstrip(".") + "." + english[said.end() - 1]


def quotation_opened_early(original: str, english: str, dice: random.Random) -> str | None:
    """It takes in what leads to it."""
    said = only_quotation(original, english)
    if not said or len(english[: said.start()].strip(" .,:").split()) < 2:
        return None
    return english[said.start()] + english[: said.start()] + english[said.start() + 1 :]


def a_mark_less(original: str, english: str, dice: random.Random) -> str | None:
    """A quotation opens and does not close, or the reverse."""
    places = [match.start() for match in re.finditer('["“”]', english)]
    if not places or len(places) % 2 or not re.search('["„“«]', original):
        return None
    place = dice.choice(places)
    return english[:place] + english[place + 1 :]


def words_made_a_quotation(original: str, english: str, dice: random.Random) -> str | None:
    """Six words or more of the paper's own become somebody's."""
    words = english.split()
    if len(words) < 10 or re.search('["“”]', english):
        return None
    length = dice.randrange(6, len(words) - 2)
    start = dice.randrange(len(words) - length)
    said = " ".join(words[start : start + length])
    return " ".join([*words[:start], f"“{said}”", *words[start + length :]])


def a_negation_more(original: str, english: str, dice: random.Random) -> str | None:
    """An English sentence without any negation gets a "not"."""
    if lexicon("en").negations & set(re.findall(r"\w+", english.lower())):
        return None
    verb = r"\b(is|are|was|were|has|have|had|will|would|can|could|should|may|might|must)\b"
    turned, count = re.subn(verb, r"\1 not", english, count=1)
    return turned if count else None


OTHERS = (
    "The court is expected to give its decision before the end of the year.",
    "Several witnesses have confirmed this account to the investigators.",
    "It was the third case of this kind within a short time.",
    "The families of the victims have been informed about the results of the inquiry and will receive compensation.",
)


def a_sentence_more(original: str, english: str, dice: random.Random) -> str | None:
    """A sentence follows that nobody wrote."""
    return f"{english} {dice.choice(OTHERS)}" if len(original) >= 40 and english[-1] in '.!?"”' else None


_SITE = re.compile(r"(?:https?://|www\.)?(?:[\w+-]+[@.])+(?:com|org|de|ru|es|fr|it|nl|net)(?:/[\w/-]+)?")


def another_link(original: str, english: str, dice: random.Random) -> str | None:
    """An address that both sides have loses a letter."""
    found = [match for match in _SITE.finditer(english) if match.group() in original]
    if not found:
        return None
    place = dice.randrange(found[0].start(), found[0].end() - 3)
    return english[:place] + english[place + 1 :]


def a_link_more(original: str, english: str, dice: random.Random) -> str | None:
    """The name of a site that nobody wrote."""
    return f"{english} More at {dice.choice(('www.example.com', 'https://example.org/a/b', 'example.net'))}."


PLANTED: Final[tuple[tuple[Planter, FlagKind], ...]] = (
    (another_number, FlagKind.NUMBER),
    (a_digit_more, FlagKind.NUMBER),
    (no_number, FlagKind.NUMBER),
    (exchanged_figures, FlagKind.NUMBER),
    (other_money, FlagKind.NUMBER),
    (another_measure, FlagKind.NUMBER),
    (another_date, FlagKind.DATE),
    (a_loop, FlagKind.REPETITION),
    (half_of_it, FlagKind.LENGTH),
    (a_sentence_more, FlagKind.LENGTH),
    (left_as_it_was, FlagKind.UNTRANSLATED),
    (not_translated, FlagKind.UNTRANSLATED),
    (another_link, FlagKind.LINK),
    (a_link_more, FlagKind.LINK),
    (an_invented_word, FlagKind.INVENTED),
    (an_invented_name, FlagKind.NAME),
    (exchanged_names, FlagKind.SPEAKER),
    (no_negation, FlagKind.NEGATION),
    (a_negation_more, FlagKind.NEGATION),
    (no_quotation_marks, FlagKind.QUOTATION),
    (quotation_closed_late, FlagKind.QUOTATION),
    (quotation_opened_early, FlagKind.QUOTATION),
    (a_mark_less, FlagKind.QUOTATION),
    (words_made_a_quotation, FlagKind.QUOTATION),
)
"""Every kind of error, with the kind of doubt that must find it."""
