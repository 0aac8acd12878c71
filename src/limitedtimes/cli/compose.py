"""How the parts are put together: from a Config to stores, engines, fetchers and lines."""

from __future__ import annotations

import argparse
import dataclasses
import difflib
import fcntl
import importlib.resources
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from limitedtimes import config as configuration
from limitedtimes.cli.glossary_file import GlossaryFile
from limitedtimes.cli.ledger import Open
from limitedtimes.cli.routing import Bench, Equip, Routes, chain_of, equipped, go_on, is_source, route, unequipped
from limitedtimes.config import Config
from limitedtimes.edition.settings import Audience, Settings
from limitedtimes.engines.card import Description
from limitedtimes.errors import ConfigError
from limitedtimes.fetch import Fetcher, Limits, host_of
from limitedtimes.line import Line, Rules, Web
from limitedtimes.model import Source
from limitedtimes.protocols import Store
from limitedtimes.sources import NO_COUNTRY, Catalogue
from limitedtimes.sources import load as load_catalogue
from limitedtimes.store import open_store


def clock() -> datetime:
    return datetime.now(UTC)


def load_config(path: Path | None) -> Config:
    return configuration.load(path)


def addressed(config: Config, options: argparse.Namespace) -> Config:
    """The configuration with the address of the command line over it."""
    changes = {name: getattr(options, name) for name in ("host", "port") if getattr(options, name) is not None}
    return configuration.checked(dataclasses.replace(config, **changes))


def catalogue(config: Config) -> Catalogue:
    """The sources that ship, and the operator's own over them."""
    return load_catalogue(*config.catalogue)


def wanted(config: Config, known: Catalogue, ids: Sequence[str] = ()) -> list[Source]:
    """The sources to gather: those named, else those configured, else all. Raises ConfigError for an unknown id."""
    chosen = list(ids) or list(config.sources) or [source.id for source in known]
    return [known_source(known, source_id) for source_id in chosen]


def known_source(known: Catalogue, source_id: str) -> Source:
    source = known.get(source_id)
    if source is None:
        close = difflib.get_close_matches(source_id, [source.id for source in known], 1)
        hint = f"did you mean {close[0]}?" if close else "`limitedtimes sources list` shows those that there are"
        raise ConfigError(f"{source_id}: no such source; {hint}")
    return source


def unknown_source(known: Catalogue, source_id: str) -> str:
    """Why nothing will ever come from a source of this id, else "". Those of sites that it lacks begin with web."""
    try:
        if not source_id.startswith(f"{NO_COUNTRY}."):
            known_source(known, source_id)
    except ConfigError as error:
        return str(error)
    return ""


def fetcher(config: Config, sources: Sequence[Source]) -> Fetcher:
    """The door to the web, with the pauses that the sources ask for."""
    limits = Limits(
        contact=config.contact,
        allow_hosts=frozenset(config.allow_hosts),
        deadline=config.deadline,
        delay=config.delay,
    )
    return Fetcher(limits, clock=clock, delays=pauses(sources))


def pauses(sources: Sequence[Source]) -> dict[str, float]:
    """Host → seconds between requests, where a source asks for its own; of several on one host, the longest."""
    longest: dict[str, float] = {}
    for source in sources:
        if source.delay is not None:
            for host in {host_of(source.home), *(host.partition("/")[0] for host in source.hosts)}:
                longest[host] = max(source.delay, longest.get(host, 0.0))
    return longest


def routes(config: Config, stopping: Callable[[], bool] = go_on) -> Routes:
    """The engines, ready to work; those that are paid begin no other article when they are to stop. Raises ConfigError,
    for a missing key and for the route of an unknown source too."""
    return _routed(config, equipped(_accounts(config), clock, stopping))


def bench(config: Config) -> Bench:
    """The engines by name, each ready to work when it is asked for."""
    return Bench(config, equipped(_accounts(config), clock), embedded_models())


def unequipped_routes(config: Config) -> Routes:
    """The engines, only to say what they are and what they would be sent: no key is looked for."""
    return _routed(config, unequipped(_accounts(config), clock))


def _routed(config: Config, equip: Equip) -> Routes:
    _expect_sources(config)
    return route(config, Bench(config, equip, embedded_models()), clock)


def _expect_sources(config: Config) -> None:
    """Raises ConfigError for a route or a budget of a source that the catalogue does not have: it would never count."""
    named = [("routes", name) for name in config.routes if is_source(name)]
    for service in config.engines.values():
        named += [(f"engines.{service.name}: source_budgets", source) for source in service.source_budgets]
    known = catalogue(config) if named else None
    for setting, source in named:
        if known and (why := unknown_source(known, source)):
            raise ConfigError(f"{setting}: {why}")


def _accounts(config: Config) -> Open:
    return lambda: closing(store(config))


def embedded_models() -> Path:
    return Path(str(importlib.resources.files("limitedtimes") / "models"))


def store(config: Config) -> Store:
    """The edition's database; made when it is not there."""
    return open_store(config.database)


def line(config: Config, known: Catalogue, web: Web, translators: Routes) -> Line:
    rules = Rules(
        poll_every=timedelta(minutes=config.poll_minutes),
        max_age=timedelta(days=config.max_age_days),
        relook=timedelta(hours=config.relook_hours),
        retries=config.retries,
    )
    glossary = GlossaryFile(config.glossary).current
    return Line(web, known, translators.by_language, rules, glossary, own_engines=translators.by_source)


def settings(config: Config) -> Settings:
    """What the edition needs to know of the configuration and its engines."""
    each = (one for engine in unequipped_routes(config) for one in chain_of(engine))
    described = {engine.id: engine.describe() for engine in each}
    return Settings(
        engines={name: _expectations(words) for name, words in described.items()},
        title=config.title,
        base_url=config.base_url.rstrip("/") or web_address(config.host, config.port),
        audience=Audience(config.audience),
        noindex=config.noindex,
        contact=config.contact,
        page_cache=config.page_cache,
    )


def web_address(host: str, port: int) -> str:
    """``http://127.0.0.1:8000``; an IPv6 address stands in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _expectations(words: Description) -> dict[str, str]:
    return {language: words.expectation(language) for language in sorted(words.languages)}


@contextmanager
def alone(config: Config) -> Iterator[None]:
    """Hold the edition's lock: one runner at a time. The kernel lets go of it when the process dies, however it dies.

    Raises ConfigError when another runner has it.
    """
    try:
        config.data.mkdir(parents=True, exist_ok=True)
        lock = (config.data / "runner.lock").open("w")
    except OSError as error:
        raise ConfigError(
            f"{config.data}: cannot be written ({error.strerror}); set `data` to a folder that can"
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ConfigError(f"{config.data}: another `run` or `gather` is at work on this edition") from None
        yield
