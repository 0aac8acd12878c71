"""What rises: names and stories by how far their voices are above their own past, and how fresh they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from statistics import median
from typing import Final

from limitedtimes.enrich.trends.surprise import DAYS, Yardstick
from limitedtimes.trend import Chronicle, Kind, Mention, Pulse, Subject, Tally, Trend, Trends, Voices

LEAST: Final = 2
"""Sources that must speak of it: one alone makes no trend, however often it repeats itself."""
SURPRISE: Final = 4.5
"""From here on it is one: in powers of ten, of sources and languages together."""
MOST: Final = 20
"""Trends of a list."""
LOOKED_AT: Final = 3 * MOST
"""The most surprising, that are looked at closely."""
FADES: Final = 12.0
"""Hours after which a voice counts half in the order of the list."""
SPANS: Final = (1, 3, 6, 12, 24)
LATELY: Final = 0.75  # of its sources, that the last hours named must have
ALONG: Final = 0.5  # of the articles of a name, that a story or a stronger name must have to take it along
FAMILY: Final = 0.8  # of those with one surname, whom it must be to be called by it alone


@dataclass(frozen=True, slots=True)
class Risen:
    """A subject above its past, with the articles that say so."""

    subject: Subject
    tally: Tally
    surprise: float
    mentions: tuple[Mention, ...]

    @property
    def score(self) -> float:
        """Surprise, halved for every twelve hours that its voices are old in the middle."""
        return float(self.surprise * 2 ** (-median(mention.hour for mention in self.mentions) / FADES))

    @property
    def title(self) -> str:
        """The commonest spelling, of those in full: "Scholz" does not name "olaf scholz". A story has none here."""
        spellings = Counter(mention.name for mention in self.mentions if mention.name)
        words = len(self.subject.key.split())
        whole = {name: count for name, count in spellings.items() if len(name.split()) >= words}
        return max(whole or spellings, key=lambda name: (spellings[name], name), default="")


def rising(chronicle: Chronicle, *, now: datetime) -> Trends:
    """The trends of the 24 hours up to ``now``, the strongest first."""
    pulse = chronicle.pulse(now=now, days=DAYS, worth=_worth)
    yardstick = Yardstick(pulse.press)
    families = _families(pulse)
    chosen = _surprising(pulse, yardstick)
    wanted = dict.fromkeys([*chosen, *(full for bare, full in families.items() if bare in chosen or full in chosen)])
    wanted |= dict.fromkeys(bare for bare, full in families.items() if full in wanted)
    mentions = chronicle.mentions(list(wanted), now=now)
    risen = _risen(_united(pulse, mentions, families), yardstick)
    kept, along = _absorbed(sorted(risen, key=lambda one: (-one.score, one.subject.key)), yardstick)
    trends = (_trend(one, yardstick.usual(one.tally), along.get(one.subject, ())) for one in kept[:MOST])
    return Trends(now, len(pulse.press.before), tuple(trends))


def _worth(press: Tally) -> Callable[[Voices], bool]:
    """Whether so many would be a trend if nobody had spoken of it before: nothing else can be one."""
    yardstick = Yardstick(press)
    return cache(lambda voices: voices.sources >= LEAST and yardstick.surprise(Tally(voices, {})) >= SURPRISE)


def _surprising(pulse: Pulse, yardstick: Yardstick) -> list[Subject]:
    found = {subject: yardstick.surprise(tally) for subject, tally in pulse.subjects.items()}
    enough = (subject for subject in found if found[subject] >= SURPRISE)
    return sorted(enough, key=lambda subject: (-found[subject], subject.key))[:LOOKED_AT]


def _families(pulse: Pulse) -> dict[Subject, Subject]:
    """Surname alone → the one full name that is meant: nearly all who bear it are that one, and it is said more often
    in full. Munich is not Bayern Munich, which is said less often."""
    bearers: defaultdict[str, list[Subject]] = defaultdict(list)
    for subject in pulse.subjects:
        if subject.kind is Kind.NAME and " " in subject.key:
            bearers[subject.key.rpartition(" ")[2]].append(subject)
    found = {}
    for surname, full in bearers.items():
        bare = Subject(Kind.NAME, surname)
        counts = Counter({one: pulse.subjects[one].now.sources for one in full})
        first, most = counts.most_common(1)[0]
        if bare in pulse.subjects and most >= max(FAMILY * counts.total(), pulse.subjects[bare].now.sources):
            found[bare] = first
    return found


def _united(
    pulse: Pulse, mentions: Mapping[Subject, tuple[Mention, ...]], families: Mapping[Subject, Subject]
) -> dict[Subject, tuple[Tally, tuple[Mention, ...]]]:
    """The subjects with their mentions, those of a surname alone with the full name."""
    found = {subject: (replace(pulse.subjects[subject], now=_voices(said)), said) for subject, said in mentions.items()}
    for bare, full in families.items():
        if bare in found and full in found:
            tally, said = found.pop(bare)
            found[full] = _together(*found[full], tally, said)
    return found


def _together(
    tally: Tally, mentions: tuple[Mention, ...], other: Tally, more: tuple[Mention, ...]
) -> tuple[Tally, tuple[Mention, ...]]:
    """Of earlier days only counts are known: they are taken to overlap as those of today do."""
    said = {mention.article: mention for mention in (*more, *mentions)}
    both = tuple(sorted(said.values(), key=lambda mention: mention.hour))
    now = _voices(both)
    sources = now.sources / max(tally.now.sources + other.now.sources, 1)
    languages = now.languages / max(tally.now.languages + other.now.languages, 1)
    none = Voices(0, 0)
    before = {
        day: Voices(
            round(sources * (tally.before.get(day, none).sources + other.before.get(day, none).sources)),
            round(languages * (tally.before.get(day, none).languages + other.before.get(day, none).languages)),
        )
        for day in tally.before.keys() | other.before.keys()
    }
    return Tally(now, before), both


def _risen(united: Mapping[Subject, tuple[Tally, tuple[Mention, ...]]], yardstick: Yardstick) -> list[Risen]:
    found = (
        Risen(subject, tally, yardstick.surprise(tally), said)
        for subject, (tally, said) in united.items()
        if tally.now.sources >= LEAST
    )
    return [one for one in found if one.surprise >= SURPRISE]


def _voices(mentions: Iterable[Mention]) -> Voices:
    said = list(mentions)
    return Voices(len({mention.source for mention in said}), len({mention.language for mention in said}))


def _trend(risen: Risen, usual: float, along: Sequence[str]) -> Trend:
    mentions = risen.mentions
    hours = next(span for span in SPANS if _within(mentions, span).sources >= LATELY * risen.tally.now.sources)
    spoken = [{mention.source for mention in mentions if mention.hour == hour} for hour in range(24)]
    return Trend(
        subject=risen.subject,
        title=risen.title,
        score=risen.score,
        voices=risen.tally.now,
        hours=hours,
        lately=_within(mentions, hours),
        usual=usual,
        bars=tuple(len(sources) for sources in reversed(spoken)),
        articles=tuple(mention.article for mention in mentions),
        along=tuple(along),
    )


def _within(mentions: Sequence[Mention], hours: int) -> Voices:
    return _voices(mention for mention in mentions if mention.hour < hours)


def _absorbed(risen: Sequence[Risen], yardstick: Yardstick) -> tuple[list[Risen], dict[Subject, list[str]]]:
    """Without the names that rise only by a story or a stronger name; those are said with it."""
    kept: list[Risen] = []
    along: dict[Subject, list[str]] = {}
    stories = [one for one in risen if one.subject.kind is Kind.STORY]
    for one in risen:
        over = [other for other in (*stories, *kept) if _rises_by(one, other, yardstick)]
        if over and one.subject.kind is Kind.NAME:
            along.setdefault(over[0].subject, []).append(one.title)
        else:
            kept.append(one)
    return kept, along


def _rises_by(name: Risen, other: Risen, yardstick: Yardstick) -> bool:
    """Whether the other has much of its articles, and what is left would be no trend."""
    theirs = {mention.article for mention in other.mentions}
    rest = [mention for mention in name.mentions if mention.article not in theirs]
    if len(name.mentions) - len(rest) < ALONG * len(name.mentions):
        return False
    return yardstick.surprise(replace(name.tally, now=_voices(rest))) < SURPRISE
