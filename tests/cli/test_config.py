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
    config = load(environment={"LIMITEDTIMES_SOURCES": "de.merkur, fr.le-monde", "LIMITEDTIMES_MODELS": "de=/m/de"})
    assert config.sources == ("de.merkur", "fr.le-monde")
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


class TestServices:
    TABLE = 'kind = "deepl"\nlanguages = ["de", "fr"]\n'

    def test_each_is_a_table_under_its_own_name(self, tmp_path: Path) -> None:
        text = f'routes.de = ["deepl", "embedded"]\n[engines.deepl]\n{self.TABLE}key_file = "secret"\nbudget = 16000\n'
        text += "source_budget = 2000\nsource_budgets.a = 2500\n"
        config = load(write(tmp_path, text + 'deadline = 9.5\n[engines.deepl.codes]\nno = "NB"\n'), {})
        service = config.engines["deepl"]
        assert (service.name, service.kind, service.languages) == ("deepl", "deepl", ("de", "fr"))
        assert [service.budget_of(source) for source in ("", "a", "b")] == [0, 2500, 2000]
        assert (service.key_file, service.budget, service.deadline) == (tmp_path / "secret", 16000, 9.5)
        assert service.codes == {"no": "NB"}
        assert config.routes == {"de": ("deepl", "embedded")}

    def test_the_environment_has_them_as_toml(self) -> None:
        config = load(
            environment={
                "LIMITEDTIMES_ENGINES": 'deepl = {kind = "deepl", languages = ["de"], key_env = "LIMITEDTIMES_DEEPL"}',
                "LIMITEDTIMES_ROUTES": '"*" = ["deepl", "embedded"]',
            }
        )
        assert config.engines["deepl"].key_env == "LIMITEDTIMES_DEEPL"
        assert config.routes == {"*": ("deepl", "embedded")}

    def test_a_variable_that_holds_a_key_is_no_setting(self, tmp_path: Path) -> None:
        path = write(tmp_path, f'[engines.deepl]\n{self.TABLE}key_env = "LIMITEDTIMES_DEEPL_KEY"\n')
        assert load(path, {"LIMITEDTIMES_DEEPL_KEY": "abc"}).engines["deepl"].key_env
        with pytest.raises(ConfigError, match="LIMITEDTIMES_DEEPL_KAY: no such setting"):
            load(path, {"LIMITEDTIMES_DEEPL_KAY": "abc"})

    @pytest.mark.parametrize(
        ("more", "complaint"),
        [
            ('key = "abc"', "deepl: a key is not written here: name its variable (key_env) or its file (key_file)"),
            ('key_env = "A"\nkey_file = "b"', "deepl: key_file: a key is in a variable or in a file"),
            ('adress = "http://x.example"', "deepl: adress: no such setting; did you mean address?"),
            ('address = "x.example"', "deepl: address: is no http or https address without user"),
            ('address = "file:///etc/passwd"', "deepl: address: "),
            ('address = "http://me:secret@x.example"', "deepl: address: "),
            ('address = "http://:secret@x.example"', "deepl: address: "),
            ('address = "http://x.example/?a=b"', "deepl: address: "),
            ('address = "http://x.example:99999"', "deepl: address: "),
            ('address = "http://x.example/\\r\\nA: b"', "deepl: address: "),
            ("budget = 1999", "deepl: budget: 1999 is out of range"),
            ("source_budget = 1999", "deepl: source_budget: 1999 is out of range"),
            ("source_budgets = { a = 1999 }", "deepl: source_budgets: {'a': 1999} is out of range"),
            ('source_budgets = { a = "much" }', "deepl: source_budgets: must be a whole number"),
            ("budget = true", "deepl: budget: must be a whole number"),
            ("deadline = 0", "deepl: deadline: "),
            ("deadline = 601", "deepl: deadline: "),
            ('deadline = "nan"', "deepl: deadline: "),
            ("attempts = 0", "deepl: attempts: "),
            ("characters = 5", "deepl: characters: "),
            ("codes = 7", "deepl: codes: must be a table"),
            ("model = 7", "deepl: model: must be text"),
            ('model = "a\\nb"', "deepl: model: "),
        ],
    )
    def test_a_mistake_names_the_service_and_the_setting(self, tmp_path: Path, more: str, complaint: str) -> None:
        with pytest.raises(ConfigError) as caught:
            load(write(tmp_path, f"[engines.deepl]\n{self.TABLE}{more}\n"), {})
        assert complaint in str(caught.value)
        assert "secret" not in str(caught.value)

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ('[engines.deepl]\nkind = "deepl"', "engines: deepl: languages: must be set"),
            ('[engines.deepl]\nlanguages = ["de"]', "engines: deepl: kind: must be set"),
            ('[engines.deepl]\nkind = "deepl"\nlanguages = []', "engines.deepl: languages: "),
            ('[engines.deepl]\nkind = "deepl"\nlanguages = ["en"]', "engines.deepl: languages: "),
            ("[engines]\ndeepl = 7", "engines: must be a table"),
            ("engines = 7", "engines: must be a table"),
            ('engines = "= ="', "engines: "),
            ("[routes]\nde = []", "routes: de: must name an engine"),
            ("[routes]\nde = 7", "routes: must be a list"),
        ],
    )
    def test_a_table_that_is_none_is_a_mistake(self, tmp_path: Path, text: str, complaint: str) -> None:
        with pytest.raises(ConfigError) as caught:
            load(write(tmp_path, text), {})
        assert complaint in str(caught.value)
