"""`models list|pull|check|remove|test`: translation models, from a hub to the cache."""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from tqdm import tqdm

from limitedtimes.cli import compose
from limitedtimes.cli.engines import says_something
from limitedtimes.config import Config
from limitedtimes.engines.bergamot import expect_engine
from limitedtimes.engines.cache import Cache
from limitedtimes.engines.card import FILE, read_card
from limitedtimes.engines.download import Web
from limitedtimes.engines.embedded import Shelf
from limitedtimes.engines.formats import Facts
from limitedtimes.engines.hub import FIREFOX, Hubs, Offer, offer_of
from limitedtimes.engines.known import Known, all_known, chosen, is_noncommercial, samples
from limitedtimes.errors import ConfigError


def show(options: argparse.Namespace) -> int:
    """A line for each model: name, languages, size, licence, and whether it ships, is here, in use or begun.

    Raises ConfigError for a language that has none.
    """
    _expect_some(options.language)
    config = compose.load_config(options.config)
    cache = _cache(config)
    here, used, begun = set(cache.names()), _used(config), cache.begun()
    for path in _shipped():
        card = read_card(path)
        if not options.language or options.language in card.languages:
            print(f"{path.name:28} {_spoken(card.languages):10} {_megabytes(path):>5} MB  ships   {card.licence}")
    listed = [model for model in all_known() if not options.language or options.language in model.languages]
    for model in listed:
        state = "begun" if model.name in begun else "here" if model.name in here else ""
        state = "in use" if model.name in used else state
        size = f"{model.megabytes} MB" if model.megabytes else ""
        licence = model.licence + ("; NON-COMMERCIAL" if model.noncommercial else "")
        print(f"{model.name:28} {_spoken(model.languages):10} {size:>8}  {state:6}  {licence}")
    if not options.language:
        for name in sorted(here - {model.name for model in listed}):
            state = "in use" if name in used else "here"
            print(f"{name:28} {'':10} {'':8}  {state:6}  {_licence(cache.path(name))}")
    return 0


def _expect_some(language: str | None) -> None:
    if language is None:
        return
    _expect_code(language)
    shipped = (read_card(path).languages for path in _shipped())
    if not any(language in languages for languages in (*shipped, *(model.languages for model in all_known()))):
        raise ConfigError(f"no model from {language!r} is known; `limitedtimes models list` shows those that are")


def _expect_code(language: str) -> None:
    if not re.fullmatch("[a-z]{2,3}", language):
        raise ConfigError(f"{language!r} is no ISO 639 code of a language; write de, fr …")


def _licence(folder: Path) -> str:
    try:
        return read_card(folder).licence
    except ConfigError as error:
        return str(error)


def _shipped() -> list[Path]:
    """The folders of the models that are part of the program."""
    return sorted(file.parent for file in compose.embedded_models().glob(f"*/{FILE}"))


def _megabytes(folder: Path) -> int:
    return round(sum(path.stat().st_size for path in folder.iterdir()) / 1e6)


def _spoken(languages: frozenset[str]) -> str:
    return ",".join(sorted(languages)) if len(languages) <= 3 else f"{len(languages)} languages"


def pull(options: argparse.Namespace) -> int:
    """Bring a model into the cache, and say how an edition uses it."""
    config = compose.load_config(options.config)
    cache, given = _cache(config), Path(options.model or "")
    try:
        if options.model and _is_here(options.model):
            path = cache.take(given, _own(given, options.language))
        else:
            path = _from_hub(chosen(options.language, options.model or ""), cache, config, options)
    except KeyboardInterrupt:
        print("limitedtimes: what has come is kept; the same command goes on from there", file=sys.stderr)
        raise
    print(f"{path}: ready; to use it, put into limitedtimes.toml:\n\n[models]")
    print(f"{json.dumps(options.language)} = {json.dumps(str(path), ensure_ascii=False)}")
    return 0


def _is_here(model: str) -> bool:
    """Whether it is meant as a file or folder of this machine. A name of the list is one, whatever lies here."""
    return "/" in model or model.endswith(".argosmodel") or (model not in _names() and Path(model).is_dir())


def _names() -> set[str]:
    return {model.name for model in all_known()}


def _own(given: Path, language: str) -> Facts:
    """What is said of a model that lies on this machine: nothing but its name and the language that it is for."""
    _expect_code(language)
    name = given.resolve().name.removesuffix(".argosmodel")
    return Facts(name, frozenset({language}), "not said")


def _from_hub(model: Known, cache: Cache, config: Config, options: argparse.Namespace) -> Path:
    if cache.holds(model.name):
        print(f"{model.name}: is here already, and nothing was pulled", file=sys.stderr)
        return cache.path(model.name)
    web = Web(clock=compose.clock, deadline=config.deadline)
    if model.noncommercial:
        _expect_agreed(model.name, model.licence, options)
    if model.kind == FIREFOX:
        expect_engine()  # before anything is fetched for it
    offer = offer_of(model, Hubs(config.hub, config.argos_index, config.firefox_registry), web)
    facts = replace(model.facts(offer.licence), sums=offer.sums)
    if is_noncommercial(facts.licence):
        _expect_agreed(model.name, facts.licence, options)
    print(f"{model.name}: {_size(offer, model)} from {offer.origin}; licence: {facts.licence}", file=sys.stderr)
    with Bars() as bars:
        return cache.pull(offer, facts, web, bars.report)


def _size(offer: Offer, model: Known) -> str:
    return f"{offer.size / 1e6:.1f} MB" if offer.size else f"about {model.megabytes} MB"


def _expect_agreed(name: str, licence: str, options: argparse.Namespace) -> None:
    if not options.yes:
        raise ConfigError(
            f"{name}: its licence, {licence}, forbids commercial use; pull it with --yes if yours is none"
        )


class Bars:
    """A bar for each file on a terminal, a line when it begins otherwise."""

    def __init__(self) -> None:
        self._name = ""
        self._bar: tqdm[NoReturn] | None = None

    def __enter__(self) -> Bars:
        return self

    def __exit__(self, *failure: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def report(self, name: str, done: int, total: int) -> None:
        """Bytes of a file so far, and of how many (0: not known)."""
        if name != self._name:
            self._begin(name, total)
        if self._bar is not None:
            self._bar.update(done - self._bar.n)

    def _begin(self, name: str, total: int) -> None:
        self._name = name
        if not sys.stderr.isatty():
            print(f"pulling {name}" + (f", {total / 1e6:.1f} MB" if total else ""), file=sys.stderr, flush=True)
            return
        if self._bar is not None:
            self._bar.close()
        self._bar = tqdm(desc=name, total=total or None, unit="B", unit_scale=True, dynamic_ncols=True)


def check(options: argparse.Namespace) -> int:
    """Returns 1 if anything is wrong."""
    cache, wrong = _cache(compose.load_config(options.config)), 0
    names = [options.name] if options.name else cache.names()
    if not names:
        print(f"{cache.folder}: no model was pulled; `limitedtimes models list` shows those that ship", file=sys.stderr)
    for name in names:
        found = cache.check(name)
        wrong += len(found)
        print(f"{name}: {'fine' if not found else ''}")
        for line in found:
            print(f"  {line}; remove the model and pull it again")
    return 1 if wrong else 0


def remove(options: argparse.Namespace) -> int:
    config = compose.load_config(options.config)
    languages = _used(config).get(options.name)
    if languages:
        raise ConfigError(f"{options.name}: is in use: take {', '.join(languages)} out of [models] first")
    _cache(config).remove(options.name)
    print(f"{options.name}: removed")
    return 0


def test(options: argparse.Namespace) -> int:
    """Returns 1 if it knows no language that there is a sentence for, or gives no English for one."""
    config = compose.load_config(options.config)
    engine = Shelf(threads=config.engine_threads or None, beam=config.beam).open(_folder(options.name, config))
    known = [language for language in sorted(engine.languages) if language in samples()]
    mute = 0
    for language in known:
        begun, sentence = time.monotonic(), samples()[language]
        (rendering,) = engine.translate([sentence], language)
        mute += (fails := not says_something(sentence, rendering.text))
        said = "nothing, or the sentence as it was: it does not work" if fails else rendering.text
        print(f"{language}: {sentence}\nen: {said}   ({time.monotonic() - begun:.2f} s)")
    if not known:
        print(
            f"{options.name}: there is no sentence to try from {', '.join(sorted(engine.languages))}", file=sys.stderr
        )
    return 0 if known and not mute else 1


def _folder(name: str, config: Config) -> Path:
    """A model in the cache, or a folder, or one that ships. Raises ConfigError."""
    places = [Path(name), compose.embedded_models() / name]
    if len(Path(name).parts) == 1:
        places.insert(0, _cache(config).path(name))
    for place in places:
        if (place / FILE).is_file():
            return place
    raise ConfigError(f"{name}: no such model; `limitedtimes models list` shows those that are here")


def _cache(config: Config) -> Cache:
    return Cache(config.model_cache, most=int(config.largest_model * 1e9))


def _used(config: Config) -> Mapping[str, list[str]]:
    """Name of a model in the cache → the languages that this edition uses it for."""
    found: dict[str, list[str]] = {}
    folder = config.model_cache.resolve()
    for language, path in config.models.items():
        if Path(path).resolve().parent == folder:
            found.setdefault(Path(path).name, []).append(language)
    return found
