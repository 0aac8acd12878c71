"""The engines that there are: those of this process by name, those that are asked over HTTP by what they speak.

A new engine is one file beside this one and one line in a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Protocol

from limitedtimes.engines.azure import open_azure
from limitedtimes.engines.card import FILE, Description
from limitedtimes.engines.chat import open_chat
from limitedtimes.engines.deepl import open_deepl
from limitedtimes.engines.embedded import Shelf
from limitedtimes.engines.exchange import Outside
from limitedtimes.engines.google import open_google
from limitedtimes.engines.libretranslate import open_libretranslate
from limitedtimes.engines.pseudo import Pseudo
from limitedtimes.engines.remote import Remote
from limitedtimes.engines.service import Service
from limitedtimes.errors import ConfigError
from limitedtimes.protocols import Translator


class Engine(Translator, Protocol):
    """A Translator that can say what it is."""

    def describe(self) -> Description: ...


def open_embedded(folder: Path, shelf: Shelf) -> tuple[Engine, ...]:
    """The model in a folder, or every model in the folders inside it, in the order of their names."""
    if (folder / FILE).is_file():
        return (shelf.open(folder),)
    found = sorted(path.parent for path in folder.glob(f"*/{FILE}"))
    if not found:
        raise ConfigError(f"{folder}: no model here; expected {FILE} in it, or in folders inside it")
    return tuple(shelf.open(path) for path in found)


def open_pseudo(folder: Path, shelf: Shelf) -> tuple[Engine, ...]:
    """One engine for every language; it needs neither folder nor shelf."""
    del folder, shelf
    return (Pseudo(),)


ENGINES: Final[Mapping[str, Callable[[Path, Shelf], tuple[Engine, ...]]]] = {
    "embedded": open_embedded,
    "pseudo": open_pseudo,
}


def open_engines(name: str, *, folder: Path, shelf: Shelf) -> tuple[Engine, ...]:
    """The engines of a name, with the models of a folder. Raises ConfigError that names what is wrong."""
    if name not in ENGINES:
        raise ConfigError(f"engine: no engine is called {name!r}; there are {', '.join(sorted(ENGINES))}")
    return ENGINES[name](folder, shelf)


SERVICES: Final[Mapping[str, Callable[[Service, Outside], Remote]]] = {
    "azure": open_azure,
    "deepl": open_deepl,
    "google": open_google,
    "libretranslate": open_libretranslate,
    "openai": open_chat,
}
KEYED: Final = frozenset(("azure", "deepl", "google"))
"""Services that answer nobody without a key."""


def open_service(service: Service, outside: Outside) -> Remote:
    """The engine for a service. Nothing is asked yet. Raises ConfigError that names the engine and the setting."""
    if service.kind not in SERVICES:
        raise service.wrong("kind", f"{service.kind!r} is not spoken; there are {', '.join(sorted(SERVICES))}")
    return SERVICES[service.kind](service, outside)
