"""What is done to clean pairs so that a small model learns what news needs.

The corpora are short everyday sentences about two people called Tom and Mary, and manuals. So: their names are
replaced by many others, figures by other figures, short sentences are put together into long ones, some are
quoted as a newspaper quotes. Each change is made on both sides alike; every function takes its own dice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from training.clean import Pair
from training.words import Words

# How often a pair of a corpus is drawn in one pass over the data.
WEIGHTS = {
    "tatoeba": 0.7,
    "tatoeba_testsets": 0.9,
    "ms_businesscentral_docs": 0.35,
    "debian_webwml": 0.65,
    "gnome_docs": 0.5,
    "apache_httpd_manual": 0.5,
    "mlqe_pe": 2.0,
    "xquad": 2.0,
    "opensource_guide": 1.5,
}
SHORT_WORDS, SHORT_KEPT = 4, 0.4
JOINED_BELOW, JOIN_SHARE, JOIN_WORDS = 14, 0.45, (16, 48)

# fmt: off
_STARTS_DE = frozenset((
    "Er", "Sie", "Es", "Wir", "Ich", "Der", "Die", "Das", "Ein", "Eine", "Dieser", "Diese", "Dieses", "Mein", "Meine",
    "Sein", "Seine", "Ihr",
))
_STARTS_EN = frozenset((
    "He", "She", "It", "We", "The", "A", "An", "This", "These", "They", "You", "My", "His", "Her", "Their", "There",
    "Your",
))
# fmt: on
_AND = (("und", "and"), ("und", "and"), ("aber", "but"), ("doch", "but"), ("denn", "because"))
_NUMBER = re.compile(r"(?<![\w.,:-])[1-9]\d{1,5}(?![\w:-]|[.,]\d)")
_MAN = re.compile(r"\b(?:Tom|John|Jack)(s?)\b"), re.compile(r"\b(?:Tom|John|Jack)\b")
_WOMAN = re.compile(r"\b(?:Maria|Mary|Marie)(s?)\b"), re.compile(r"\b(?:Mary|Maria|Marie)\b")


def drawn(pairs: Sequence[Pair], dice: Random) -> Iterator[Pair]:
    """One pass: each pair as often as its corpus weighs, very short ones less."""
    for pair in pairs:
        weight = WEIGHTS.get(pair.corpus, 1.0)
        if len(pair.source.split()) < SHORT_WORDS:
            weight *= SHORT_KEPT
        for _ in range(int(weight) + (dice.random() < weight % 1)):
            yield pair


def _swap(pair: Pair, patterns: tuple[re.Pattern[str], re.Pattern[str]], name: str) -> Pair:
    german, english = patterns
    if len(german.findall(pair.source)) != len(english.findall(pair.english)):
        return pair
    genitive = name + "'" if name[-1] in "sxzß" else name + "s"
    source = german.sub(lambda hit: genitive if hit.group(1) else name, pair.source)
    return pair._replace(source=source, english=english.sub(lambda _: name, pair.english))


def rename(pair: Pair, words: Words, dice: Random) -> Pair:
    """Another name for Tom and for Mary: copying names is the lesson, not these two."""
    if dice.random() < 0.9:
        pair = _swap(pair, _MAN, words.person(dice, female=False))
    return _swap(pair, _WOMAN, words.person(dice, female=True)) if dice.random() < 0.9 else pair


def renumber(pair: Pair, dice: Random) -> Pair:
    """Other figures of a similar size wherever the same figure stands on both sides."""
    left, right = _NUMBER.findall(pair.source), _NUMBER.findall(pair.english)
    if not left or sorted(left) != sorted(right) or len(set(left)) != len(left) or dice.random() < 0.25:
        return pair
    new = {figure: _figure_like(figure, dice) for figure in left}
    source = _NUMBER.sub(lambda hit: new[hit.group()], pair.source)
    return pair._replace(source=source, english=_NUMBER.sub(lambda hit: new[hit.group()], pair.english))


def _figure_like(figure: str, dice: Random) -> str:
    if len(figure) == 4 and figure[:2] in ("18", "19", "20"):
        return str(dice.randint(1850, 2035))
    if len(figure) == 2 and int(figure) <= 31:
        return str(dice.randint(10, 31))
    return str(dice.randint(10 ** (len(figure) - 1), 10 ** len(figure) - 1))


def _chained(first: Pair, second: Pair, dice: Random) -> Pair | None:
    """Two statements as one sentence ("…, und er …"), where both sides allow it."""
    german, english = second.source.split(" ", 1), second.english.split(" ", 1)
    if not (first.source.endswith(".") and first.english.endswith(".")) or len(german) < 2 or len(english) < 2:
        return None
    if german[0] not in _STARTS_DE or english[0] not in _STARTS_EN:
        return None
    und, also = dice.choice(_AND)
    source = f"{first.source[:-1]}, {und} {german[0].lower()} {german[1]}"
    return Pair(source, f"{first.english[:-1]}, {also} {english[0].lower()} {english[1]}", "joined")


def joined(pairs: Sequence[Pair], dice: Random) -> Iterator[Pair]:
    """Put many short pairs together, so that long sentences are common and are translated to their end."""
    queue, i = list(pairs), 0
    while i < len(queue):
        pair, i = queue[i], i + 1
        if len(pair.source.split()) >= JOINED_BELOW or dice.random() > JOIN_SHARE:
            yield pair
            continue
        goal = dice.randint(*JOIN_WORDS)
        while i < len(queue) and len((pair.source + " " + queue[i].source).split()) <= goal:
            other, i = queue[i], i + 1
            chain = _chained(pair, other, dice) if dice.random() < 0.7 else None
            pair = chain or Pair(f"{pair.source} {other.source}", f"{pair.english} {other.english}", "joined")
        yield pair


def quoted(pair: Pair, words: Words, dice: Random) -> Pair:
    """The sentence as somebody's words, the way a newspaper gives them."""
    if not (pair.source.endswith(".") and pair.english.endswith(".")) or '"' in pair.source + pair.english:
        return pair
    source, english = pair.source[:-1], pair.english[:-1]
    who, (office, post) = words.person(dice, female=False, full=True), words.pair("office", dice)
    paper, press = words.pair("paper", dice)
    day, weekday = words.pair("weekday", dice)
    forms = (
        (f'"{source}", sagte {who}.', f'"{english}," said {who}.'),
        (f'"{source}", sagte {office} {who}.', f'"{english}," said {post} {who}.'),
        (f'"{source}", sagte {who} {paper}.', f'"{english}," {who} told {press}.'),
        (f'"{source}", sagte {who} am {day}.', f'"{english}," {who} said on {weekday}.'),
        (f'{who} sagte: "{source}."', f'{who} said: "{english}."'),
        (f'{who} sagte am {day} {paper}: "{source}."', f'{who} told {press} on {weekday}: "{english}."'),
    )
    return Pair(*dice.choice(forms), "quoted")


def dressed(pair: Pair, words: Words, dice: Random) -> Pair:
    """Headlines, capitals, datelines and quotations for a few pairs; most stay as they are."""
    chance = dice.random()
    source, english, corpus = pair
    if chance < 0.01 and len(source) < 120:
        return Pair(source.upper(), english.upper(), corpus)
    if chance < 0.04 and source[-1:] == english[-1:] == ".":
        return Pair(source[:-1], english[:-1], corpus)
    if chance < 0.07:
        return quoted(pair, words, dice)
    if chance < 0.08:
        (city, town), agency = words.pair("city", dice), dice.choice(words["agency"])
        city, town = (city.upper(), town.upper()) if dice.random() < 0.4 else (city, town)
        return Pair(f"{city} ({agency}) – {source}", f"{town} ({agency}) – {english}", corpus)
    return pair


def one_pass(pairs: Sequence[Pair], made: Sequence[Pair], words: Words, dice: Random) -> list[Pair]:
    """The pairs of one pass over the data: drawn, renamed, renumbered, joined, dressed and shuffled."""
    chosen = [renumber(rename(pair, words, dice), dice) for pair in drawn(pairs, dice)]
    dice.shuffle(chosen)
    mixed = [dressed(pair, words, dice) for pair in joined(chosen, dice)]
    mixed.extend(made)
    dice.shuffle(mixed)
    return mixed
