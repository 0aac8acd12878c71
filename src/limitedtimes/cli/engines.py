"""`engines list|test`: which engine translates what, and whether each that is configured works."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from limitedtimes.cli import compose
from limitedtimes.cli.routing import EVERY_OTHER, chain_of
from limitedtimes.config import Config
from limitedtimes.engines.known import samples
from limitedtimes.engines.remote import is_unchanged
from limitedtimes.engines.table import ENGINES, Engine
from limitedtimes.errors import ConfigError, TranslateError
from limitedtimes.translate.flags import doubts

THEN: Final = ", then "


def show(options: argparse.Namespace) -> int:
    """A line for each list of engines: the languages that it is for, or the source and the languages."""
    config = compose.load_config(options.config)
    routes = compose.unequipped_routes(config)
    for languages, engine in _alike(routes.by_language):
        print(f"{languages}: {_names(engine)}")
    for source in dict.fromkeys(source for source, _ in routes.by_source):
        own = {language: engine for (of, language), engine in routes.by_source.items() if of == source}
        for languages, engine in _alike(own):
            print(f"{source}, in {languages}: {_names(engine)}")
    for name in sorted(set(config.engines) - _used(config)):
        print(f"no route names {name}")
    return 0


def _alike(engines: Mapping[str, Engine]) -> Iterator[tuple[str, Engine]]:
    """The languages of each engine together. English, which passes through any, is left out."""
    groups: dict[int, list[str]] = {}
    for language in sorted(engines):
        if language != "en":
            groups.setdefault(id(engines[language]), []).append(language)
    return ((", ".join(languages), engines[languages[0]]) for languages in groups.values())


def _names(engine: Engine) -> str:
    return THEN.join(one.id for one in chain_of(engine))


def _used(config: Config) -> set[str]:
    default = config.routes.get(EVERY_OTHER, (config.engine,))
    return {name for names in (default, *config.routes.values()) for name in names}


def test(options: argparse.Namespace) -> int:
    """A sentence of each language through each engine, alone. Returns 1 if one fails or there is nothing to try."""
    config = compose.load_config(options.config)
    if options.name and options.name not in {*config.engines, *ENGINES}:
        known = ", ".join(sorted({*config.engines, *ENGINES}))
        raise ConfigError(f"{options.name}: no engine is called so; there are {known}")
    names = [options.name] if options.name else sorted(_used(config) | set(config.engines))
    results = [_tried(config, name, options.language) for name in names]
    if not sum(tried for tried, _ in results):
        print("limitedtimes: there was no sentence to try", file=sys.stderr)
        return 1
    return 1 if any(failed for _, failed in results) else 0


def _tried(config: Config, name: str, language: str | None) -> tuple[int, int]:
    """How many sentences an engine was given, and how many it did not translate."""
    try:
        known = compose.bench(config).by_language(name)
    except ConfigError as error:
        print(f"{name}: {error}")
        return 1, 1
    wanted = [language] if language else sorted(known)
    lacking = [one for one in wanted if one not in known or one not in samples()]
    if lacking:
        print(f"{name}: not tried: {', '.join(lacking)} (it does not know them, or there is no sentence to try)")
    ready = [one for one in wanted if one not in lacking]
    return len(ready), sum(not _works(name, known[one], one) for one in ready)


def _works(name: str, engine: Engine, language: str) -> bool:
    """Whether it translates the sentence; what it says of it, or why it does not, is printed."""
    sentence, begun = samples()[language], time.monotonic()
    try:
        (rendering,) = engine.translate([sentence], language)
    except TranslateError as error:
        print(f"{name}: {language}: fails: {_without(error.message, name)}")
        return False
    if not says_something(sentence, rendering.text):
        print(f"{name}: {language}: fails: gives nothing, or the sentence as it was: {sentence}")
        return False
    took = time.monotonic() - begun
    print(f"{name}: {language}: {rendering.text}   ({took:.2f} s){_doubts(sentence, rendering.text, language)}")
    return True


def says_something(sentence: str, text: str) -> bool:
    """Whether it is an answer to the sentence at all."""
    return any(map(str.isalnum, text)) and not is_unchanged(sentence, text)


def _without(message: str, name: str) -> str:
    return message.removeprefix(f"{name}: ")


def _doubts(sentence: str, text: str, language: str) -> str:
    notes: Sequence[str] = [doubt.note for doubt in doubts(sentence, text, language)]
    return f"   doubtful: {'; '.join(notes)}" if notes else ""
