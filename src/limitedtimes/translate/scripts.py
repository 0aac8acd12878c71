"""Figures as other scripts write them, in ours: ۱۲٬۰۰۰ → 12,000; 3万5千 → 35000; 12 करोड़ 61 लाख → 126100000.

For languages without a lexicon: their number words are not known, but those that stand beside figures are few.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Final

_SIGNS: Final = str.maketrans("٫٬，．％", ".,,.%")
_FIGURE: Final = r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
LARGEST: Final = 1e200
"""What a longer figure is taken for: it can still be counted with."""
_TIME: Final = re.compile(r"(\d{1,2})(?:時|时|點|点|시)[ \u00a0]?(\d{1,2})(?=分|분)")

_TENS: Final = {"十": 10.0, "百": 100.0, "千": 1e3, "십": 10.0, "백": 100.0, "천": 1e3}
_MYRIADS: Final = {"万": 1e4, "萬": 1e4, "만": 1e4, "億": 1e8, "亿": 1e8, "억": 1e8, "兆": 1e12, "조": 1e12}
_DIGITS: Final = {sign: place % 10 for place, sign in enumerate("〇一二三四五六七八九零")} | {"両": 2, "两": 2, "兩": 2}
_UNITS: Final = "".join((*_TENS, *_MYRIADS))
_COUNTED: Final = re.compile(
    rf"(?<![第제\d.,]){_FIGURE}[{_UNITS}]+(?:[ \u00a0]?{_FIGURE}[{_UNITS}]+)*"
    rf"(?:(?<=[만억])[ \u00a0]{_FIGURE}|{_FIGURE})?(?![米克瓦卡赫伏分])"
)
"""Not 5千米 (kilometres), 5百分; nor 第, the ordinal's sign."""
_GROUP: Final = re.compile(r"\d+조")
"""A trillion, or the third group, or article 10."""
_PART: Final = re.compile(rf"({_FIGURE})?([{_UNITS}]+)?")
_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_DIGIT: Final = re.compile(f"[{''.join(_DIGITS)}]")
_WRITTEN: Final = re.compile(f"[{''.join(_DIGITS)}{_UNITS}]+")

_BY: Final = {
    1e3: "हज़ार हजार हज़ार হাজার હજાર ਹਜ਼ਾਰ ஆயிரம் వేల ಸಾವಿರ ആയിരം ہزار พัน ພັນ ထောင် ពាន់",
    1e4: "หมื่น ໝື່ນ သောင်း",
    1e5: "แสน ແສນ သိန်း लाख লাখ লক্ষ લાખ ਲੱਖ லட்சம் లక్షల లక్ష ಲಕ್ಷ ലക്ഷം لاکھ",
    1e6: "ล้าน ລ້ານ သန်း លាន",
    1e7: "ကုဋေ करोड़ करोड करोड़ कोटी কোটি કરોડ ਕਰੋੜ கோடி కోట్ల కోటి ಕೋಟಿ കോടി کروڑ",
    1e9: "अरब ارب ຕື້",
    1e11: "खरब کھرب",
}
_COUNTS: Final = {word: value for value, words in _BY.items() for word in words.split()}
_SPELLED: Final = re.compile("[\u0600-\u06ff\u0900-\u109f\u1780-\u17ff]")
"""Scripts in which they stand."""
_COUNT: Final = re.compile("|".join(sorted(_COUNTS, key=len, reverse=True)))
_SPELLED_PART: Final = re.compile(rf"({_FIGURE})((?:[ \u00a0]?(?:{_COUNT.pattern}))+)")
_SPELLED_OUT: Final = re.compile(rf"(?<![\d.,])(?:{_SPELLED_PART.pattern}[ \u00a0]?)+")


def in_our_figures(text: str) -> str:
    """The text with its figures, and what they count in, in ours."""
    if text.isascii():
        return text
    text = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text.translate(_SIGNS))
    text = _COUNTED.sub(lambda found: found[0] if _GROUP.fullmatch(found[0]) else _plain(_counted(found[0])), text)
    text = _TIME.sub(r"\1:\2", text)
    return _SPELLED_OUT.sub(_spelled_out, text) if _SPELLED.search(text) else text


def writes_numbers(text: str) -> bool:
    """Whether all its numbers can be read, those in words too: it has Chinese signs."""
    return bool(_CHINESE.search(text))


def written(text: str) -> Iterator[float]:
    """The numbers that are written in Chinese signs: 三万五千, 35,000. They are parts of other words, too."""
    for found in (one for one in _WRITTEN.findall(text) if len(one) > 1 or one in _DIGITS or one in _TENS):
        yield _counted(_DIGIT.sub(lambda sign: str(_DIGITS[sign[0]]), found))


def _counted(text: str) -> float:
    """Tens, hundreds and thousands are counted, then myriads of them, and myriads of these: 5천만, 91.3万亿."""
    whole, section = [0.0], 0.0
    for figure, units in _PART.findall(text):
        number = _value(figure) if figure else 0.0
        for unit in units:
            if unit in _TENS:
                section, number = section + (number or 1.0) * _TENS[unit], 0.0
            elif counted := section + number:
                whole.append(counted * _MYRIADS[unit])
                section = number = 0.0
            else:
                whole[-1] *= _MYRIADS[unit]
        section += number
    return sum(whole) + section


def _spelled_out(found: re.Match[str]) -> str:
    """In falling order they are added; a larger one counts all before it: 1 হাজার 200 কোটি."""
    value, smallest = 0.0, math.inf
    for figure, words in _SPELLED_PART.findall(found[0]):
        by = math.prod(_COUNTS[word] for word in _COUNT.findall(words))
        value = value + _value(figure) * by if by < smallest else (value + _value(figure)) * by
        smallest = by
    return _plain(value) + " "


def _value(figure: str) -> float:
    return min(float(figure.replace(",", "")), LARGEST)


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
