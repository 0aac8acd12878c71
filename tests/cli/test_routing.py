"""From settings to engines: services, routes, keys; and without any of these, everything as it was."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_services import KEY, FakeService, Reply, openai, serving

from limitedtimes.cli import compose, main
from limitedtimes.cli import serving as serving_commands
from limitedtimes.config import Config, key_of, load
from limitedtimes.demo import Press
from limitedtimes.engines.embedded import Embedded, Shelf
from limitedtimes.engines.remote import Remote
from limitedtimes.engines.routed import Routed
from limitedtimes.engines.service import Service
from limitedtimes.engines.table import open_engines
from limitedtimes.errors import ConfigError, FetchError, TranslateError
from limitedtimes.model import Request

SAMPLE = Path(__file__).resolve().parents[2] / "docs" / "sample"
SHIPPED = {
    language
    for engine in open_engines("embedded", folder=compose.embedded_models(), shelf=Shelf())
    for language in engine.languages
}


@pytest.fixture
def ollama() -> Iterator[FakeService]:
    with serving(openai) as service:
        yield service


def config(
    folder: Path, address: str = "http://127.0.0.1:9", *, more: str = "", languages: str = '"de", "ja"'
) -> Config:
    (folder / "secret").write_text(f"{KEY}\n")
    path = folder / "limitedtimes.toml"
    path.write_text(
        f'data = "paper"\n{more}\n[engines.ollama]\nkind = "openai"\naddress = "{address}/v1"\n'
        f'model = "qwen2.5:7b"\nkey_file = "secret"\nlanguages = ["de", "ja"]\nbudget = 2000\n',
        encoding="utf-8",
    )
    return load(path, {})


def test_without_services_and_routes_every_language_has_the_embedded_engine_itself() -> None:
    found = compose.routes(Config()).by_language
    assert set(found) == SHIPPED | {"en"}
    assert all(isinstance(engine, Embedded) for engine in found.values())


def test_a_model_of_the_operator_that_has_the_weights_of_one_that_ships_is_still_its_own(tmp_path: Path) -> None:
    """The same network may be asked for a language that the paper does not use it for."""
    model = Path(shutil.copytree(compose.embedded_models() / "many-en", tmp_path / "model"))
    card = (model / "model.toml").read_text(encoding="utf-8")
    (model / "model.toml").write_text(re.sub(r"(?m)^languages = .*", 'languages = ["ca"]', card), encoding="utf-8")
    found = compose.routes(Config(models={"ca": str(model)})).by_language
    assert "ca" in found["ca"].languages
    assert "ca" not in found["fr"].languages


def test_a_service_that_no_route_names_is_not_used(tmp_path: Path) -> None:
    found = compose.routes(config(tmp_path)).by_language
    assert set(found) == SHIPPED | {"en"}
    assert not any(isinstance(engine, Remote | Routed) for engine in found.values())


def test_a_route_of_one_language_leaves_the_others_alone(tmp_path: Path) -> None:
    found = compose.routes(
        config(tmp_path, more='routes.de = ["ollama", "embedded"]\nroutes.ja = ["ollama"]')
    ).by_language
    assert set(found) == SHIPPED | {"ja", "en"}
    assert isinstance(found["de"], Routed)
    assert [type(engine) for engine in found["de"].engines] == [Remote, Embedded]
    assert isinstance(found["ja"], Remote)
    assert all(isinstance(found[language], Embedded) for language in SHIPPED - {"de"})
    assert found["ja"] is found["de"].engines[0], "each engine is opened once"


def test_the_route_of_every_other_language_takes_whoever_knows_it(tmp_path: Path) -> None:
    found = compose.routes(
        config(tmp_path, more='routes."*" = ["ollama", "embedded"]\nroutes.fr = ["pseudo"]')
    ).by_language
    assert set(found) == SHIPPED | {"ja", "fr", "en"}
    assert {language: engine.id.partition("/")[0] for language, engine in found.items() if language != "en"} == {
        **dict.fromkeys(SHIPPED, "ctranslate2"),
        "de": "openai",
        "ja": "openai",
        "fr": "pseudo",
    }


def test_a_source_has_a_route_of_its_own_for_what_its_engines_know(tmp_path: Path) -> None:
    found = compose.routes(config(tmp_path, more='routes."de.merkur" = ["ollama", "embedded"]\nroutes.fr = ["pseudo"]'))
    assert set(found.by_language) == SHIPPED | {"en"}, "a language without a route of its own still has none"
    assert set(found.by_source) == {("de.merkur", language) for language in SHIPPED}
    own = found.by_source["de.merkur", "de"]
    assert isinstance(own, Routed)
    assert [type(engine) for engine in own.engines] == [Remote, Embedded]
    assert own.engines[1] is found.by_language["de"], "each engine is opened once"
    assert isinstance(found.by_source["de.merkur", "fr"], Embedded), "though others have another"
    described = compose.settings(config(tmp_path, more='routes."de.merkur" = ["ollama"]')).engines
    assert "openai/qwen2.5:7b@ollama" in described, "the pages of the source say what its engine is"


def test_a_service_may_be_the_engine(tmp_path: Path) -> None:
    found = compose.routes(config(tmp_path, more='engine = "ollama"')).by_language
    assert set(found) == {"de", "ja", "en"}


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ('routes.de = ["olama"]', "no engine is called 'olama'; there are embedded, ollama, pseudo"),
        ('routes.sv = ["ollama", "embedded"]', "routes: sv: none of ollama, embedded translates from it"),
        ('routes."de.merkuhr" = ["ollama"]', "de.merkuhr: no such source; did you mean de.merkur"),
        ('routes."de.merkur" = ["olama"]', "no engine is called 'olama'"),
        ("routes.de.merkur = ['ollama']", 'routes: de: the id of a source stands in quotation marks: "de.merkur"'),
        ('engine = "babelfish"', "no engine is called 'babelfish'"),
        ('engine = "embedded.x"\n[engines.embedded]\nkind = "deepl"\nlanguages = ["de"]\n', "no engine is called"),
    ],
)
def test_a_route_that_leads_nowhere_is_a_mistake(tmp_path: Path, more: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        compose.routes(config(tmp_path, more=more))


def test_a_service_must_not_take_the_name_of_an_engine_of_our_own() -> None:
    service = Service(name="pseudo", kind="openai", languages=("de",), model="m", address="http://x.example")
    with pytest.raises(ConfigError, match=r"engines\.pseudo: name: is that of an engine of our own"):
        compose.routes(Config(engine="pseudo", engines={"pseudo": service}))


class TestKeys:
    def test_a_key_comes_from_the_variable_or_the_file_that_is_named(self, tmp_path: Path) -> None:
        service = config(tmp_path).engines["ollama"]
        assert key_of(service, {}) == KEY
        named = Service(name="x", kind="deepl", languages=("de",), key_env="MY_KEY")
        assert key_of(named, {"MY_KEY": " abc "}) == "abc"
        assert key_of(Service(name="x", kind="openai", languages=("de",)), {}) == ""

    def test_a_variable_that_is_not_set_is_named(self) -> None:
        service = Service(name="x", kind="deepl", languages=("de",), key_env="MY_KEY")
        with pytest.raises(ConfigError, match=r"engines\.x: key_env: the environment variable MY_KEY is not set"):
            key_of(service, {"MY_KEY": " "})

    @pytest.mark.parametrize(
        ("content", "complaint"), [(None, "cannot be read"), (b"\n", "is empty"), (b"\xff", "no key")]
    )
    def test_a_file_without_a_key_is_named(self, tmp_path: Path, content: bytes | None, complaint: str) -> None:
        settings = config(tmp_path, more='engine = "ollama"')
        (tmp_path / "secret").unlink()
        if content is not None:
            (tmp_path / "secret").write_bytes(content)
        with pytest.raises(ConfigError, match=rf"engines\.ollama: key_file: .*secret: .*{complaint}"):
            compose.routes(settings)

    def test_a_service_that_always_needs_one_is_refused_without(self, tmp_path: Path) -> None:
        deepl = Service(name="deepl", kind="deepl", languages=("de",))
        with pytest.raises(ConfigError, match=r"engines\.deepl: key_env: needed"):
            compose.routes(Config(data=tmp_path, engine="deepl", engines={"deepl": deepl}))

    def test_a_site_that_only_serves_needs_no_keys(self, tmp_path: Path) -> None:
        settings = config(tmp_path, more='engine = "ollama"')
        (tmp_path / "secret").unlink()
        assert set(compose.settings(settings).engines) == {"openai/qwen2.5:7b@ollama"}

    def test_a_file_is_read_anew_and_one_that_is_gone_is_the_service_s_failure(
        self, tmp_path: Path, ollama: FakeService
    ) -> None:
        engine = compose.routes(config(tmp_path, ollama.address, more='engine = "ollama"')).by_language["de"]
        assert engine.translate(["Ja."], "de")
        (tmp_path / "secret").unlink()
        with pytest.raises(TranslateError) as caught:
            engine.translate(["Nein."], "de")
        assert caught.value.reason == "key"

    def test_the_key_is_in_nothing_that_is_kept_or_shown(self, tmp_path: Path, ollama: FakeService) -> None:
        settings = config(tmp_path, ollama.address, more='engine = "ollama"')
        compose.routes(settings).by_language["de"].translate(["Ja."], "de")
        kept = b"".join(path.read_bytes() for path in (tmp_path / "paper").iterdir())
        assert KEY.encode() not in kept
        assert KEY not in repr(settings) + repr(compose.settings(settings))


def test_the_notice_of_each_engine_of_a_route_is_there(tmp_path: Path) -> None:
    described = compose.settings(config(tmp_path, more='routes.de = ["ollama", "embedded"]')).engines
    assert "openai/qwen2.5:7b@ollama" in described
    assert any(name.startswith("ctranslate2/") for name in described)


class TestTheCommand:
    @pytest.fixture(autouse=True)
    def here(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)

    def test_lines_go_to_the_service_that_is_named(
        self, tmp_path: Path, ollama: FakeService, capsys: pytest.CaptureFixture[str]
    ) -> None:
        config(tmp_path, ollama.address)
        (tmp_path / "in.txt").write_text("Guten Tag\n")
        assert main(["translate", "--from", "de", "--engine", "ollama", "--raw", "in.txt"]) == 0
        assert capsys.readouterr().out == "G̈uten T̈ag\n"
        assert main(["status"]) == 0
        assert "ollama: 9 of 2,000 characters sent today, 100 tokens read, 40 tokens written" in capsys.readouterr().out

    def test_a_takeover_is_told_once(
        self, tmp_path: Path, ollama: FakeService, capsys: pytest.CaptureFixture[str]
    ) -> None:
        config(tmp_path, ollama.address, more='routes.de = ["ollama", "pseudo"]')
        ollama.turns = [Reply(402, {"error": {"message": "No credit"}})]
        (tmp_path / "in.txt").write_text("Guten Tag\nGuten Abend\n")
        assert main(["translate", "--from", "de", "in.txt"]) == 0
        told = capsys.readouterr().err
        assert told.count("limitedtimes: ollama: says 402: No credit; the next engine is asked") == 1

    @pytest.mark.usefixtures("own_edition")
    def test_gather_says_where_to_look_when_a_service_does_not_translate(
        self, tmp_path: Path, ollama: FakeService, capsys: pytest.CaptureFixture[str]
    ) -> None:
        config(tmp_path, ollama.address, more='routes = { "*" = ["ollama"] }\nsources = ["de.merkur"]')
        ollama.turns = [Reply(401, {"error": {"message": "No"}})] * 9
        main(["gather", "--pages", str(SAMPLE)])
        said, there = capsys.readouterr().out, "`limitedtimes status` says what is amiss"
        assert "1 in German: waiting for its turn" in said
        assert there in said.splitlines()[-1]
        assert main(["retry", "key"]) == 0

    def test_a_takeover_is_told_once_for_all_routes(
        self, tmp_path: Path, ollama: FakeService, capsys: pytest.CaptureFixture[str]
    ) -> None:
        routes = 'routes = { de = ["ollama", "pseudo"], "web.talbote" = ["ollama", "embedded"] }'
        found = compose.routes(config(tmp_path, ollama.address, more=routes))
        ollama.turns = [Reply(402, {"error": {"message": "No credit"}})]
        for engine in (found.by_language["de"], found.by_source["web.talbote", "de"]):
            assert engine.translate(["Guten Tag"], "de")
        assert capsys.readouterr().err.count("the next engine is asked") == 1


def test_the_sample_press_is_not_translated_at_the_operator_s_cost(tmp_path: Path) -> None:
    paid = config(tmp_path, more='engine = "ollama"\nroutes."*" = ["ollama"]')
    with Press(compose.clock()) as press:
        sample = serving_commands._demo_config(paid, tmp_path / "demo", press)
        own = serving_commands._demo_config(Config(engine="pseudo"), tmp_path / "demo", press)
    assert (sample.engine, sample.engines, sample.routes) == ("embedded", {}, {})
    assert own.engine == "pseudo"


def test_a_publisher_s_page_still_never_comes_from_a_private_address(tmp_path: Path, ollama: FakeService) -> None:
    """The address of a service is the operator's; that it may be on this machine opens nothing to anyone else."""
    settings = config(tmp_path, ollama.address, more='engine = "ollama"')
    assert compose.routes(settings).by_language["de"].translate(["Ja."], "de")
    fetcher = compose.fetcher(settings, [])
    try:
        with pytest.raises(FetchError, match="is not a public address"):
            fetcher.get(Request(ollama.address + "/"))
    finally:
        fetcher.close()
