"""Settings: defaults, then the file, then the environment; every mistake is one line that names its place."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from limitedtimes.config import Config, is_loopback, load
from limitedtimes.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "limitedtimes.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold() -> None:
    assert load(environment={}) == Config()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, 'title = "From the file"\nport = 9000\n')
    config = load(path, {"LIMITEDTIMES_TITLE": "From the environment"})
    assert (config.title, config.port) == ("From the environment", 9000)


def test_the_environment_can_name_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, "port = 9000\n")
    assert load(environment={"LIMITEDTIMES_CONFIG": str(path)}).port == 9000


def test_paths_of_a_file_start_at_its_folder(tmp_path: Path) -> None:
    path = write(tmp_path, 'data = "paper"\ncatalogue = ["mine"]\n[models]\nde = "models/de"\n')
    config = load(path, {})
    assert config.data == tmp_path / "paper"
    assert config.catalogue == (tmp_path / "mine",)
    assert config.models == {"de": str(tmp_path / "models" / "de")}


def test_lists_and_tables_of_the_environment() -> None:
    config = load(environment={"LIMITEDTIMES_SOURCES": "de.merkur, fr.lemonde", "LIMITEDTIMES_MODELS": "de=/m/de"})
    assert config.sources == ("de.merkur", "fr.lemonde")
    assert config.models == {"de": "/m/de"}


def test_a_config_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Config().port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("titel = 'x'", "titel: no such setting; did you mean title?"),
        ("port = 'many'", "port: must be a whole number"),
        ("port = true", "port: must be a whole number"),
        ("title = 3", "title: must be text"),
        ("noindex = 'perhaps'", "noindex: must be true or false"),
        ("sources = 3", "sources: must be a list"),
        ("models = 'x'", "models"),
        ("port = [", "cannot be read as TOML"),
    ],
)
def test_a_mistake_in_the_file_names_file_and_field(tmp_path: Path, text: str, complaint: str) -> None:
    path = write(tmp_path, text) if text != "models = 'x'" else write(tmp_path, "models = 3")
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    assert str(path) in str(caught.value)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value).replace(str(path), "")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "0"),
        ("DELAY", "1"),
        ("DEADLINE", "600"),
        ("AUDIENCE", "everyone"),
        ("RETRIES", "0"),
        ("BEAM", "99"),
        ("BASE_URL", "ftp://x"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "http://[::1"),
        ("RELOOK_HOURS", "inf"),
        ("RELOOK_HOURS", "nan"),
        ("DELAY", "inf"),
        ("MAX_AGE_DAYS", "999999999999"),
        ("POLL_MINUTES", "999999999999"),
        ("DATA", "~no-such-user-here/x"),
        ("CONTACT", " "),
    ],
)
def test_a_value_out_of_range_names_its_setting(variable: str, value: str) -> None:
    with pytest.raises(ConfigError, match=variable.lower()):
        load(environment={f"LIMITEDTIMES_{variable}": value})


def test_a_variable_that_is_no_setting_is_refused() -> None:
    with pytest.raises(ConfigError, match="LIMITEDTIMES_PROT: no such setting; did you mean LIMITEDTIMES_PORT"):
        load(environment={"LIMITEDTIMES_PROT": "1"})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nowhere.toml: no such file"):
        load(tmp_path / "nowhere.toml", {})


def test_a_private_edition_is_not_served_to_the_world() -> None:
    with pytest.raises(ConfigError, match="private edition"):
        load(environment={"LIMITEDTIMES_HOST": "0.0.0.0"})
    open_to_all = {"LIMITEDTIMES_HOST": "0.0.0.0", "LIMITEDTIMES_BASE_URL": "https://paper.example"}
    assert load(environment={**open_to_all, "LIMITEDTIMES_BEHIND_LOGIN": "yes"}).behind_login
    assert load(environment={**open_to_all, "LIMITEDTIMES_AUDIENCE": "public"}).host == "0.0.0.0"


def test_an_edition_on_every_address_needs_one_that_its_links_can_name() -> None:
    with pytest.raises(ConfigError, match="base_url: must be set"):
        load(environment={"LIMITEDTIMES_HOST": "0.0.0.0", "LIMITEDTIMES_AUDIENCE": "public"})


@pytest.mark.parametrize(
    ("host", "is_one"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("example.org", False)],
)
def test_loopback_hosts(host: str, is_one: bool) -> None:
    assert is_loopback(host) is is_one
