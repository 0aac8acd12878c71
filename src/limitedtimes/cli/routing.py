"""Which engine translates what: from the settings to one engine for each language and source, or several behind one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from limitedtimes import config as configuration
from limitedtimes.cli.ledger import Open, ServiceMeter
from limitedtimes.config import Config
from limitedtimes.engines.embedded import Shelf
from limitedtimes.engines.exchange import Outside
from limitedtimes.engines.remote import Remote
from limitedtimes.engines.routed import Routed
from limitedtimes.engines.service import Service
from limitedtimes.engines.table import ENGINES, KEYED, Engine, open_engines, open_service
from limitedtimes.errors import ConfigError, TranslateError

EVERY_OTHER: Final = "*"

Equip = Callable[[Service], Outside]
"""What a service is given of the world."""


class Bench:
    """The engines of a configuration by name, each opened once, when it is first asked for. ``models`` is the folder
    of those that ship."""

    def __init__(self, config: Config, equip: Equip, models: Path) -> None:
        self._config, self._equip, self._shipped = config, equip, models
        self._shelf = Shelf(threads=config.engine_threads or None, beam=config.beam)
        self._opened: dict[str, dict[str, Engine]] = {}

    def by_language(self, name: str) -> dict[str, Engine]:
        """The engines of a name, by language. Raises ConfigError."""
        if name not in self._opened:
            self._opened[name] = self._open(name)
        return self._opened[name]

    def _open(self, name: str) -> dict[str, Engine]:
        services = self._config.engines
        if name in services:
            if name in ENGINES:
                raise services[name].wrong("name", "is that of an engine of our own; give the service another")
            engine = open_service(services[name], self._equip(services[name]))
            return dict.fromkeys(services[name].languages, engine)
        if name not in ENGINES:
            known = ", ".join(sorted({*ENGINES, *services}))
            raise ConfigError(f"engine: no engine is called {name!r}; there are {known}")
        return self._own(name)

    def _own(self, name: str) -> dict[str, Engine]:
        """Engines of this process. An operator's model goes before the one that ships."""
        found: dict[str, Engine] = {}
        for engine in open_engines(name, folder=self._shipped, shelf=self._shelf):
            for language in engine.languages:
                found.setdefault(language, engine)
        if name in ("embedded", self._config.engine):
            found |= self._models()
        return found

    def _models(self) -> dict[str, Engine]:
        found: dict[str, Engine] = {}
        for language, folder in self._config.models.items():
            for engine in open_engines("embedded", folder=Path(folder), shelf=self._shelf):
                if language not in engine.languages:
                    raise ConfigError(f"models: {folder} does not translate from {language!r}")
                found[language] = engine
        return found


@dataclass(frozen=True, slots=True)
class Routes:
    """The engine of each language; and of a language in the articles of one source, where that has its own route."""

    by_language: Mapping[str, Engine]
    by_source: Mapping[tuple[str, str], Engine] = field(default_factory=dict)  # (Source.id, language)

    def __iter__(self) -> Iterator[Engine]:
        """Each engine once."""
        every = [*self.by_language.values(), *self.by_source.values()]
        return iter({id(engine): engine for engine in every}.values())

    @property
    def services(self) -> dict[str, Service]:
        """Those that are asked over HTTP, by the ids of their engines."""
        each = (one for engine in self for one in chain_of(engine))
        return {one.id: one.service for one in each if isinstance(one, Remote)}


def chain_of(engine: Engine) -> tuple[Engine, ...]:
    """The engines behind one, in the order in which they are asked."""
    return engine.engines if isinstance(engine, Routed) else (engine,)


def route(config: Config, bench: Bench, clock: Callable[[], datetime]) -> Routes:
    """English passes through any engine. The route of a source is for languages that have one without it."""
    default = config.routes.get(EVERY_OTHER, (config.engine,))
    explicit = {name: names for name, names in config.routes.items() if name != EVERY_OTHER and not is_source(name)}
    wanted = {language: default for name in default for language in bench.by_language(name)} | explicit
    joined: dict[tuple[int, ...], Engine] = {}
    report = Once()

    def one(names: Sequence[str], language: str) -> Engine | None:
        chain = list(dict.fromkeys(known[language] for known in map(bench.by_language, names) if language in known))
        # by object: an operator's copy of a model that ships has its id, and may know other languages
        return joined.setdefault(tuple(map(id, chain)), _joined(chain, clock, report)) if chain else None

    found: dict[str, Engine] = {}
    for language, names in wanted.items():
        engine = one(names, language)
        if engine is None:
            raise ConfigError(f"routes: {language}: none of {', '.join(names)} translates from it")
        found[language] = engine
    ours = {
        (source, language): engine
        for source, names in config.routes.items()
        if is_source(source)
        for language in found
        if (engine := one(names, language))
    }
    found.setdefault("en", next(iter(found.values())))
    return Routes(found, ours)


def is_source(name: str) -> bool:
    """Whether a route is of a source: de.merkur, and no language."""
    return "." in name


def _joined(chain: list[Engine], clock: Callable[[], datetime], report: Once) -> Engine:
    return chain[0] if len(chain) == 1 else Routed(chain, clock=clock, report=report)


class Once:
    """Says on standard error, once for each engine and reason, that another took over."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str]] = set()

    def __call__(self, engine: str, failure: TranslateError) -> None:
        if (engine, failure.reason) not in self._said:
            self._said.add((engine, failure.reason))
            print(f"limitedtimes: {failure.message}; the next engine is asked", file=sys.stderr)


def go_on() -> bool:
    """For engines that nobody stops in the middle."""
    return False


def equipped(accounts: Open, clock: Callable[[], datetime], stopping: Callable[[], bool] = go_on) -> Equip:
    """For engines that are to work. Raises ConfigError for a service without its key."""

    def equip(service: Service) -> Outside:
        if not configuration.key_of(service) and service.kind in KEYED:
            raise service.wrong("key_env", "needed: the name of the environment variable, or else key_file")
        meter = ServiceMeter(accounts, service, clock)
        return Outside(key=partial(_key, service), meter=meter, clock=clock, stopping=stopping)

    return equip


def _key(service: Service) -> str:
    """The key as it is now; one that is gone is a failure of this service, not of the paper."""
    try:
        return configuration.key_of(service)
    except ConfigError as error:
        raise TranslateError(str(error), reason="key") from None


def unequipped(accounts: Open, clock: Callable[[], datetime]) -> Equip:
    """For engines that are only to say what they are: no key is looked for."""
    return lambda service: Outside(key=str, meter=ServiceMeter(accounts, service, clock), clock=clock)
