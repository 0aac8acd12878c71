"""What is done to clean pairs so that a small model learns what news needs.

The corpora are short everyday sentences about two people called Tom and Mary, and manuals. So: their names are
replaced by many others, short sentences are put together into long ones, some are quoted as a newspaper quotes. Each
change is made on both sides alike; every function takes its own dice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from training.clean import Pair
from training.languages import OWN, Language

# How often a pair of a corpus is drawn in one pass over the data.
WEIGHTS = {
    "own": 1.3,
    "words": 2.0,
    "tatoeba": 0.5,
    "tatoeba_testsets": 1.2,
    "ms_businesscentral_docs": 0.2,
    "canada_laws": 0.25,
    "python_docs": 0.4,
    "debian_webwml": 0.5,
    "debian_handbook": 0.8,
    "gnome_docs": 0.5,
    "apache_httpd_manual": 0.4,
    "mlqe_pe": 2.0,
    "xquad": 2.0,
    "tico19": 3.0,
    "opensource_guide": 1.5,
}
# How much of a language's text is in one pass: much where there is little.
SHARES = {"de": 0.28, "es": 0.35, "fr": 0.12, "it": 0.3, "nl": 0.4, "pt": 0.2, "ru": 0.8}
SHORT_WORDS, SHORT_KEPT = 4, 0.4
# A third of Debian's site is advisories that say the same of ever other packages.
_ADVISORY = re.compile(
    r"vulnerab|denial of service|arbitrary code|\bDSA\b|\bCVE\b|packages?\b|stable distribution|\(sid\)|overflow"
    r"|attacker"
)
ADVISORY_KEPT = 0.35
JOINED_BELOW, JOIN_SHARE, JOIN_WORDS = 14, 0.5, (16, 48)
PHRASE = 7

# fmt: off
_STARTS_EN = frozenset((
    "He", "She", "It", "We", "The", "A", "An", "This", "These", "They", "You", "My", "His", "Her", "Their", "There",
    "Your",
))
# fmt: on


def drawn(pairs: Sequence[Pair], share: float, dice: Random) -> Iterator[Pair]:
    """One pass: each pair as often as its corpus weighs, very short ones and advisories less."""
    for pair in pairs:
        weight = WEIGHTS.get(pair.corpus, 1.0) * (1.0 if pair.corpus in OWN else share)
        if len(pair.source.split()) < SHORT_WORDS and pair.corpus not in OWN:
            weight *= SHORT_KEPT
        if pair.corpus.startswith("debian") and _ADVISORY.search(pair.english):
            weight *= ADVISORY_KEPT
        for _ in range(int(weight) + (dice.random() < weight % 1)):
            yield pair


def _swap(pair: Pair, patterns: tuple[re.Pattern[str], re.Pattern[str]], name: tuple[str, str]) -> Pair:
    here, there = patterns
    if not 0 < len(here.findall(pair.source)) == len(there.findall(pair.english)):
        return pair
    genitive = name[0] + "'" if name[0][-1] in "sxzß" else name[0] + "s"
    source = here.sub(lambda hit: genitive if hit.group(1) else name[0], pair.source)
    return pair._replace(source=source, english=there.sub(lambda _: name[1], pair.english))


def rename(pair: Pair, language: Language, dice: Random) -> Pair:
    """Another name for Tom and for Mary: copying names is the lesson, not these two."""
    for female, here, there in language.stock:
        if dice.random() < 0.9:
            pair = _swap(pair, (here, there), language.person(dice, female=female))
    return pair


def _chained(first: Pair, second: Pair, language: Language, dice: Random) -> Pair | None:
    """Two statements as one sentence ("…, und er …"), where both sides allow it."""
    here, there = second.source.split(" ", 1), second.english.split(" ", 1)
    if not (first.source.endswith(".") and first.english.endswith(".")) or len(here) < 2 or len(there) < 2:
        return None
    if here[0] not in language.starts or there[0] not in _STARTS_EN:
        return None
    own, also = dice.choice(language.words["joins"])
    source = f"{first.source[:-1]}, {own} {here[0].lower()} {here[1]}"
    return Pair(source, f"{first.english[:-1]}, {also} {there[0].lower()} {there[1]}", "joined")


def listed(pairs: Sequence[Pair], dice: Random) -> Iterator[Pair]:
    """Phrases of our own (no sentences, of a few words) become lists of one to six; all else stays as it is."""
    phrases: list[Pair] = []
    for pair in pairs:
        if pair.corpus in OWN and len(pair.source.split()) <= PHRASE and pair.source[-1:].isalnum():
            phrases.append(pair)
        else:
            yield pair
    while phrases:
        some = [phrases.pop() for _ in range(min(len(phrases), dice.randint(1, 6)))]
        mark = dice.choice((", ", "; ", " – "))
        source, english = (mark.join(pair[side] for pair in some) for side in (0, 1))
        if dice.random() < 0.5:
            source, english = (f"{side[0].upper()}{side[1:]}." for side in (source, english))
        yield Pair(source, english, "own")


def joined(pairs: Sequence[Pair], language: Language, dice: Random) -> Iterator[Pair]:
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
            chain = _chained(pair, other, language, dice) if dice.random() < 0.7 else None
            pair = chain or Pair(f"{pair.source} {other.source}", f"{pair.english} {other.english}", "joined")
        yield pair


def quoted(pair: Pair, language: Language, dice: Random) -> Pair:
    """The sentence as somebody's words, the way a newspaper gives them."""
    if not (pair.source.endswith(".") and pair.english.endswith(".")) or '"' in pair.source + pair.english:
        return pair
    source, english = dice.choice(language.words["quoted"]).split("\t")
    who = language.person(dice, female=False, full=True)
    office, paper = language.pair("office", dice), language.pair("paper", dice)
    day = language.pair("weekday", dice)
    names = ("s", "who", "office", "paper", "day"), ("e", "who", "post", "press", "weekday")
    values = (pair.source[:-1], pair.english[:-1]), who, office, paper, day
    sides = [dict(zip(names[side], (value[side] for value in values), strict=True)) for side in (0, 1)]
    return Pair(source.format(**sides[0]), english.format(**sides[1]), "quoted")


def dressed(pair: Pair, language: Language, dice: Random) -> Pair:
    """Headlines, capitals, datelines and quotations for a few pairs; most stay as they are."""
    chance = dice.random()
    source, english, corpus = pair
    if chance < 0.01 and len(source) < 120:
        return Pair(source.upper(), english.upper(), corpus)
    if chance < 0.04 and source[-1:] == english[-1:] == ".":
        return Pair(source[:-1], english[:-1], corpus)
    if chance < 0.07:
        return quoted(pair, language, dice)
    if chance < 0.08:
        (city, town), agency = language.pair("city", dice), dice.choice(language.words["agency"])
        city, town = (city.upper(), town.upper()) if dice.random() < 0.4 else (city, town)
        return Pair(f"{city} ({agency}) – {source}", f"{town} ({agency}) – {english}", corpus)
    return pair


def one_pass(pairs: Sequence[Pair], made: Sequence[Pair], language: Language, dice: Random) -> list[Pair]:
    """The pairs of one pass over the data: drawn, renamed, joined, dressed and shuffled."""
    everything = [*pairs, *language.sentences]
    chosen = [rename(pair, language, dice) for pair in drawn(everything, SHARES[language.code], dice)]
    dice.shuffle(chosen)
    sentences = joined(list(listed(chosen, dice)), language, dice)
    mixed = [dressed(pair, language, dice) for pair in sentences]
    mixed.extend(made)
    dice.shuffle(mixed)
    return mixed
