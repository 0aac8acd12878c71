"""One frozen Config: defaults, then a TOML file, then the environment. The only reader of either.

Every field can be set in ``limitedtimes.toml`` under its own name, or in the environment as ``LIMITEDTIMES_`` and the
name in capitals (lists with commas, tables of paths as ``de=path,fr=path``, other tables as TOML). A key is no setting:
a setting names the variable or the file that holds it.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from limitedtimes.engines import service as services
from limitedtimes.engines.service import Service
from limitedtimes.errors import ConfigError

PREFIX: Final = "LIMITEDTIMES_"
FILE_NAME: Final = "limitedtimes.toml"


def _default_data() -> Path:
    """XDG Base Directory Specification: state that is precious and portable lives in the data home."""
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "limitedtimes"


def _default_cache() -> Path:
    """XDG Base Directory Specification: what can be had again lives in the cache home."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(home) / "limitedtimes" / "models"


def _setting(default: Any, text: str) -> Any:
    """A field and the sentence that the manual prints for it."""
    if callable(default):
        return field(default_factory=default, metadata={"doc": text})
    return field(default=default, metadata={"doc": text})


@dataclass(frozen=True, slots=True)
class Config:
    """All settings of an edition. Each one's ``doc`` metadata is the manual's sentence for it."""

    title: str = _setting("The Limited Times", "Name of the edition, on every page and feed.")
    base_url: str = _setting(
        "", "Public address of the edition, for feeds and canonical links; empty: `http://`, `host` and `port`."
    )
    contact: str = _setting(
        "https://github.com/limitedtimes/limitedtimes",
        "Address (web or mail) in the user agent, where a publisher reaches the operator.",
    )
    host: str = _setting("127.0.0.1", "Address that the site is served on.")
    port: int = _setting(8000, "Port that the site is served on.")
    workers: int = _setting(1, "Processes that serve the site; one a core serves the most readers.")
    page_cache: int = _setting(64, "Megabytes of pages, compressed, that each serving process keeps in memory.")
    page_file: int = _setting(
        1000,
        "Megabytes of a file beside the database in which articles' pages are kept ready from one change of the "
        "edition to the next (100,000 articles: some 900); 0: none.",
    )
    audience: str = _setting(
        "private",
        "Who reads the edition: `private` (full translations; loopback or behind a login) or `public` (as much as "
        "each source's rights allow).",
    )
    behind_login: bool = _setting(
        False, "Set this when a login stands before a private edition that is served beyond loopback."
    )
    noindex: bool = _setting(True, "Ask search engines to keep out.")
    data: Path = _setting(_default_data, "Directory of the database.")  # noqa: RUF009
    catalogue: tuple[Path, ...] = _setting(tuple, "Directories of your own source files, over those that ship.")
    sources: tuple[str, ...] = _setting(tuple, "Ids of the sources to gather; empty: the whole catalogue.")
    models: Mapping[str, str] = _setting(
        dict, "Language to model directory; languages that are not named use the embedded model, if it knows them."
    )
    model_cache: Path = _setting(_default_cache, "Directory that `limitedtimes models pull` keeps models in.")  # noqa: RUF009
    hub: str = _setting(
        "https://huggingface.co", "Address that models are pulled from, which speaks as Hugging Face does."
    )
    argos_index: str = _setting(
        "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json",
        "Address of the list of Argos packages.",
    )
    firefox_registry: str = _setting(
        "https://storage.googleapis.com/moz-fx-translations-data--303e-prod-translations-data/db/models.json",
        "Address of the registry of Firefox's models.",
    )
    largest_model: float = _setting(4.0, "Gigabytes: a model that is larger is not pulled; at most 100.")
    engine: str = _setting(
        "embedded", "Engine that translates: `embedded`, one of `engines`, or `pseudo` for trying things out."
    )
    engines: Mapping[str, Service] = _setting(
        dict, "Services that translate, by the names that you give them: see [the settings of a service](#services)."
    )
    routes: Mapping[str, tuple[str, ...]] = _setting(
        dict,
        "Language to engines in order: the first that can is used, and where it fails the next takes over; `*` is for "
        'every language that is not named (default: `engine`); the id of a source, as in `"fr.le-monde"`, is for its '
        "articles, in the languages that those engines know.",
    )
    engine_threads: int = _setting(0, "Threads of the engine; 0: one a core.")
    beam: int = _setting(
        0,
        "Beam width of the engine: 1 is greedy, 2 half as fast, 6 a quarter; 0: the model's own.",
    )
    allow_hosts: tuple[str, ...] = _setting(
        tuple, "Hosts (`name` or `name:port`) that may be on this machine or a private network."
    )
    delay: float = _setting(3.0, "Seconds between two requests to one host; at least 3.")
    deadline: float = _setting(60.0, "Seconds that one request may take, redirects and all; at most 60.")
    poll_minutes: int = _setting(15, "Minutes between two looks at a feed.")
    max_age_days: int = _setting(7, "Days: older entries of a feed are not fetched.")
    relook_hours: float = _setting(3.0, "Hours after which a fresh article is looked at once more; 0: never.")
    fetch_workers: int = _setting(32, "Hosts that are asked at once; each has one request at a time.")
    extract_workers: int = _setting(0, "Processes that extract; 0: one a core.")
    batch_articles: int = _setting(32, "Articles that are translated together.")
    retries: int = _setting(5, "Times that a task is tried before it is parked.")

    @property
    def database(self) -> Path:
        return self.data / "limitedtimes.sqlite"

    @property
    def glossary(self) -> Path:
        return self.data / "glossary.csv"


def load(path: Path | None = None, environment: Mapping[str, str] | None = None) -> Config:
    """Read the configuration. ``path`` defaults to LIMITEDTIMES_CONFIG, then ./limitedtimes.toml if it exists.

    Raises ConfigError that names the file or variable and the field.
    """
    environment = os.environ if environment is None else environment
    chosen = path or _path_from(environment)
    values = _from_file(chosen) if chosen else {}
    values |= _from_environment(environment, {service.key_env for service in values.get("engines", {}).values()})
    return checked(Config(**values))


def key_of(service: Service, environment: Mapping[str, str] | None = None) -> str:
    """The key of a service, read now; "" where it has none. Raises ConfigError when it is not where it should be."""
    environment = os.environ if environment is None else environment
    if service.key_env:
        if not environment.get(service.key_env, "").strip():
            raise service.wrong("key_env", f"the environment variable {service.key_env} is not set")
        return environment[service.key_env].strip()
    if not service.key_file:
        return ""
    try:
        key = service.key_file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise service.wrong("key_file", f"{service.key_file}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise service.wrong("key_file", f"{service.key_file}: holds no key: it is not ASCII") from None
    if not key:
        raise service.wrong("key_file", f"{service.key_file}: is empty")
    return key


def _path_from(environment: Mapping[str, str]) -> Path | None:
    named = environment.get(PREFIX + "CONFIG")
    if named:
        return Path(named)
    here = Path(FILE_NAME)
    return here if here.is_file() else None


def _from_file(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as TOML: {error}") from None
    return {name: _converted(name, value, where=str(path), base=path.parent) for name, value in table.items()}


def _from_environment(environment: Mapping[str, str], keys: set[str]) -> dict[str, Any]:
    """``keys``: variables that hold the keys of services, whatever their names begin with."""
    names = {PREFIX + known.name.upper(): known.name for known in fields(Config)}
    for variable in environment:
        if variable.startswith(PREFIX) and variable not in {*names, *keys, PREFIX + "CONFIG"}:
            raise ConfigError(f"environment variable {variable}: no such setting{_hint(variable, names)}")
    return {
        name: _converted(name, environment[variable], where=f"environment variable {variable}", base=Path())
        for variable, name in names.items()
        if variable in environment
    }


def _hint(name: str, known: Mapping[str, str] | list[str]) -> str:
    close = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean {close[0]}?" if close else ""


def _converted(name: str, value: Any, *, where: str, base: Path) -> Any:
    """A value of a TOML file or a string of the environment as the field's type; a relative path starts at ``base``."""
    kinds = {known.name: str(known.type) for known in fields(Config)}
    if name not in kinds:
        raise ConfigError(f"{where}: {name}: no such setting{_hint(name, list(kinds))}")
    try:
        return _CONVERTERS[kinds[name]](value, base)
    except (TypeError, ValueError) as error:
        raise ConfigError(f"{where}: {name}: {error}") from None


def _text(value: Any, _: Path) -> str:
    if not isinstance(value, str):
        raise TypeError(f"must be text, not {value!r}")
    return value


def _whole(value: Any, _: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str) or not str(value).strip().lstrip("-").isdecimal():
        raise ValueError(f"must be a whole number, not {value!r}")
    return int(value)


def _decimal(value: Any, _: Path) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise ValueError(f"must be a number, not {value!r}") from None


def _truth(value: Any, _: Path) -> bool:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if str(value).lower() not in words:
        raise ValueError(f"must be true or false, not {value!r}")
    return words[str(value).lower()]


def _path(value: Any, base: Path) -> Path:
    try:
        return base / Path(_text(value, base)).expanduser()
    except RuntimeError:
        raise ValueError(f"{value!r}: there is no such user, or they have no home") from None


def _list(value: Any, base: Path) -> tuple[str, ...]:
    items = [item.strip() for item in value.split(",") if item.strip()] if isinstance(value, str) else value
    if not isinstance(items, list):
        raise TypeError(f"must be a list, not {value!r}")
    return tuple(_text(item, base) for item in items)


def _paths(value: Any, base: Path) -> tuple[Path, ...]:
    return tuple(_path(item, base) for item in _list(value, base))


def _table(value: Any, base: Path) -> dict[str, str]:
    if isinstance(value, str):
        pairs = [item.partition("=") for item in _list(value, base)]
        value = {key.strip(): rest.strip() for key, _, rest in pairs}
    if not isinstance(value, dict):
        raise TypeError(f"must be a table, not {value!r}")
    return {key: str(_path(item, base)) for key, item in value.items()}


def _services(value: Any, base: Path) -> dict[str, Service]:
    return {name: _service(name, _toml(table), base) for name, table in _toml(value).items()}


def _service(name: str, table: Mapping[str, Any], base: Path) -> Service:
    """Raises ValueError, ConfigError."""
    kinds = {known.name: str(known.type) for known in fields(Service) if known.name != "name"}
    if "key" in table:
        raise ValueError(f"{name}: a key is not written here: name its variable (key_env) or its file (key_file)")
    for setting in table:
        if setting not in kinds:
            raise ValueError(f"{name}: {setting}: no such setting{_hint(setting, list(kinds))}")
    for setting in ("kind", "languages"):
        if setting not in table:
            raise ValueError(f"{name}: {setting}: must be set")
    values = {}
    for setting, value in table.items():
        try:
            values[setting] = {**_CONVERTERS, **_SERVICE_CONVERTERS}[kinds[setting]](value, base)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{name}: {setting}: {error}") from None
    return services.checked(Service(name=name, **values))


def _routes(value: Any, base: Path) -> dict[str, tuple[str, ...]]:
    routes: dict[str, tuple[str, ...]] = {}
    for name, names in _toml(value).items():
        if isinstance(names, dict):  # TOML takes de.merkur for two tables
            raise ValueError(f'{name}: the id of a source stands in quotation marks: "{name}.{next(iter(names), "")}"')
        routes[name] = _list(names, base)
        if not routes[name]:
            raise ValueError(f"{name}: must name an engine")
    return routes


def _toml(value: Any) -> dict[str, Any]:
    """A table, as it is in the file, or as TOML in the environment."""
    if isinstance(value, str):
        value = tomllib.loads(value)
    if not isinstance(value, dict):
        raise TypeError(f"must be a table, not {value!r}")
    return value


def _codes(value: Any, base: Path) -> dict[str, str]:
    return {language: _text(code, base) for language, code in _toml(value).items()}


def _counts(value: Any, base: Path) -> dict[str, int]:
    return {source: _whole(count, base) for source, count in _toml(value).items()}


_SERVICE_CONVERTERS: Final[Mapping[str, Any]] = {
    "Mapping[str, str]": _codes,
    "Mapping[str, int]": _counts,
    "Path | None": _path,
}
_CONVERTERS: Final[Mapping[str, Any]] = {
    "Mapping[str, Service]": _services,
    "Mapping[str, tuple[str, ...]]": _routes,
    "str": _text,
    "int": _whole,
    "float": _decimal,
    "bool": _truth,
    "Path": _path,
    "tuple[str, ...]": _list,
    "tuple[Path, ...]": _paths,
    "Mapping[str, str]": _table,
}


def checked(config: Config) -> Config:
    """The configuration, if its values are in range and fit together. Raises ConfigError that names the setting."""
    limits = {
        "port": 1 <= config.port <= 65535,
        "audience": config.audience in ("private", "public"),
        "delay": 3 <= config.delay <= 86_400,
        "deadline": 0 < config.deadline <= 60,
        "poll_minutes": 1 <= config.poll_minutes <= 43_200,
        "max_age_days": 1 <= config.max_age_days <= 36_500,
        "relook_hours": 0 <= config.relook_hours <= 8_760,
        "fetch_workers": 1 <= config.fetch_workers <= 256,
        "workers": 1 <= config.workers <= 64,
        "page_cache": 1 <= config.page_cache <= 100_000,
        "page_file": 0 <= config.page_file <= 1_000_000,
        "batch_articles": 1 <= config.batch_articles <= 1000,
        "retries": config.retries >= 1,
        "beam": 0 <= config.beam <= 8,
        "engine_threads": 0 <= config.engine_threads <= 256,
        "extract_workers": 0 <= config.extract_workers <= 256,
        "hub": _is_web_address(config.hub),
        "argos_index": _is_web_address(config.argos_index),
        "firefox_registry": _is_web_address(config.firefox_registry),
        "largest_model": 0 < config.largest_model <= 100,
        "base_url": not config.base_url or _is_web_address(config.base_url),
        "contact": bool(config.contact.strip()) and config.contact.isprintable(),
    }
    for name, fine in limits.items():
        if not fine:
            raise ConfigError(f"{name}: {getattr(config, name)!r} is out of range; see the manual (docs/reference.md)")
    if config.audience == "private" and not config.behind_login and not is_loopback(config.host):
        raise ConfigError(
            f"host: a private edition must not be served on {config.host}; set audience = 'public', "
            "or behind_login = true if a login stands before it"
        )
    if not config.base_url and is_everywhere(config.host):
        raise ConfigError("base_url: must be set when host is every address: feeds and links need one to name")
    return config


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def is_everywhere(host: str) -> bool:
    """Whether it stands for every address of this machine, as 0.0.0.0 and :: do."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    """Whether a server bound to ``host`` can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
