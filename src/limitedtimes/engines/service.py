"""What an operator says of a translation service that is asked over HTTP: one table ``[engines.NAME]``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from limitedtimes.errors import ConfigError

LONGEST_DEADLINE: Final = 600.0
LEAST_BUDGET: Final = 2000
"""Characters: less could hold up a long sentence for ever."""


def _setting(text: str, **default: Any) -> Any:
    """A field and the sentence that the manual prints for it."""
    return field(metadata={"doc": text}, **default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Its settings, but for ``name``. There is no field for a key: only where to find it."""

    name: str
    kind: str = _setting("Protocol: `deepl`, `libretranslate`, `google`, `azure`, or `openai` for any that speaks it.")
    languages: tuple[str, ...] = _setting("Languages to translate from, as ISO 639 codes.")
    address: str = _setting(
        "Where it is, as `http://127.0.0.1:11434/v1`; may be on this machine or a private network. Empty: the "
        "service's own, where it has one.",
        default="",
    )
    key_env: str = _setting("Environment variable that holds the key.", default="")
    key_file: Path | None = _setting("File that holds the key; read anew for every request.", default=None)  # noqa: RUF009
    model: str = _setting(
        "Model: needed for `openai`; for `deepl` a model type, for `google` a model id, for `azure` a category.",
        default="",
    )
    project: str = _setting("Google Cloud project: needed for `google`.", default="")
    region: str = _setting("Region of an `azure` resource, or location of a `google` model.", default="")
    codes: Mapping[str, str] = _setting(
        'Languages that the service calls otherwise, as in `{ zh = "zh-Hans" }`.', default_factory=dict
    )
    budget: int = _setting(
        "Characters that may be sent in a day (UTC), and not one more; at least 2000; 0: no limit.", default=0
    )
    source_budget: int = _setting(
        "Characters of `budget` that may be sent in a day for any one source; at least 2000; 0: no limit.", default=0
    )
    source_budgets: Mapping[str, int] = _setting(
        'The same for single sources by their ids, as in `{ "fr.le-monde" = 50000 }`; 0: no limit.',
        default_factory=dict,
    )
    price: float = _setting(
        "What a million characters cost, in any currency: `costs` and `glossary apply` reckon with it; 0: not known.",
        default=0.0,
    )
    deadline: float = _setting("Seconds that one request may take; at most 600.", default=60.0)
    attempts: int = _setting("Times that a request is tried while the service is busy or failing.", default=3)
    items: int = _setting("Sentences in one request; 0: as many as the service takes.", default=0)
    characters: int = _setting("Characters in one request; 0: as many as the service takes.", default=0)

    def wrong(self, setting: str, why: str) -> ConfigError:
        """The error for a setting of this service."""
        return ConfigError(f"engines.{self.name}: {setting}: {why}")

    def budget_of(self, source: str) -> int:
        """Characters that may be sent in a day for a source; 0: no limit of its own."""
        return self.source_budgets.get(source, self.source_budget) if source else 0

    def cost(self, characters: int) -> str:
        """``1.20``: what so many characters cost; "" where the price is not known."""
        return f"{characters * self.price / 1e6:,.2f}" if self.price else ""

    def code(self, language: str, usual: Mapping[str, str] | None = None) -> str:
        """What the service calls a language; ``usual`` is what is known of services of its kind."""
        return self.codes.get(language) or (usual or {}).get(language, language)


def checked(service: Service) -> Service:
    """The settings, if they can be. Raises ConfigError that names the engine and the setting."""
    limits = {
        "name": service.name.isprintable() and bool(service.name.strip()),
        "model": service.model.isprintable(),
        "languages": bool(service.languages) and "en" not in service.languages,
        "budget": _is_budget(service.budget),
        "source_budget": _is_budget(service.source_budget),
        "source_budgets": all(map(_is_budget, service.source_budgets.values())),
        "price": 0 <= service.price < 1e9,
        "deadline": 0 < service.deadline <= LONGEST_DEADLINE,
        "attempts": 1 <= service.attempts <= 10,
        "items": 0 <= service.items <= 10_000,
        "characters": service.characters == 0 or 100 <= service.characters <= 1_000_000,
    }
    for name, fine in limits.items():
        if not fine:
            raise service.wrong(name, f"{getattr(service, name)!r} is out of range; see the manual (docs/reference.md)")
    if service.address and not _is_address(service.address):  # which may hold a password: it is not repeated
        raise service.wrong("address", "is no http or https address without user, query and fragment")
    if service.key_env and service.key_file:
        raise service.wrong("key_file", "a key is in a variable or in a file; name one of them")
    return service


def _is_budget(characters: int) -> bool:
    return characters == 0 or characters >= LEAST_BUDGET


def split_address(address: str) -> SplitResult:
    """The parts of an address that may be asked. Raises ValueError."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("not a web address")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("a web address with user, query or fragment")
    if not address.isascii() or not address.isprintable() or " " in address or parts.port == 0:
        raise ValueError("not an address in ASCII")
    return parts


def _is_address(address: str) -> bool:
    try:
        split_address(address)
    except ValueError:
        return False
    return True
