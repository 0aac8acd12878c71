"""`engines list|test`: what translates what, and whether it works, before an edition relies on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_services import KEY, FakeService, Reply, libretranslate, openai, serving

from limitedtimes.cli import main

SAMPLE = "Die Stadt baut eine neue Brücke über den Fluss."


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MY_KEY", KEY)


@pytest.fixture
def ollama() -> Iterator[FakeService]:
    with serving(openai) as service:
        yield service


@pytest.fixture
def libre() -> Iterator[FakeService]:
    with serving(libretranslate) as service:
        yield service


def configure(ollama: FakeService, libre: FakeService, more: str = "", *, last: str = "") -> None:
    Path("limitedtimes.toml").write_text(
        f'data = "paper"\n{more}\n'
        f'[engines.ollama]\nkind = "openai"\naddress = "{ollama.address}/v1"\nmodel = "qwen2.5:7b"\n'
        'key_env = "MY_KEY"\nlanguages = ["de", "vi"]\n'
        f'[engines.libre]\nkind = "libretranslate"\naddress = "{libre.address}"\nkey_env = "MY_KEY"\n'
        f'languages = ["de"]\nattempts = 1\n{last}\n',
        encoding="utf-8",
    )


def test_the_list_has_languages_and_sources_with_their_engines_in_order(
    ollama: FakeService, libre: FakeService, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(ollama, libre, 'routes.de = ["ollama", "pseudo"]\nroutes."de.merkur" = ["embedded"]')
    assert main(["engines", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "de: openai/qwen2.5:7b@ollama, then pseudo/1" in lines
    assert any(line.startswith("es, fr, it, nl, pt, ru: ctranslate2/") for line in lines)
    assert any(line.startswith("de.merkur, in de, es, fr, it, nl, pt, ru: ctranslate2/") for line in lines)
    assert lines[-1] == "no route names libre"
    assert not ollama.asked + libre.asked


def test_each_engine_is_given_a_sentence_and_answers_for_itself(
    ollama: FakeService, libre: FakeService, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(ollama, libre, 'routes.de = ["ollama", "libre"]')
    libre.turns = [Reply(403, {"error": f"Invalid API key {KEY}"})]
    assert main(["engines", "test", "--from", "de"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("embedded: de: The city")
    assert told[1] == "libre: de: fails: does not take the key (says 403); look at key_env or key_file"
    assert told[2].startswith("ollama: de: D̈ie S̈tadt b̈aut")
    assert SAMPLE in ollama.asked[0].json["messages"][-1]["content"]
    assert main(["engines", "test", "ollama"]) == 0
    assert capsys.readouterr().out.startswith("ollama: not tried: vi (it does not know them, or")


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        (Reply(200, {"translatedText": [SAMPLE]}), f"gives nothing, or the sentence as it was: {SAMPLE}"),
        (Reply(200, {"translatedText": [" … "]}), f"gives nothing, or the sentence as it was: {SAMPLE}"),
        (Reply(200, {"translatedText": []}), "answers 1 sentences with 0"),
        (Reply(302, None, {"Location": "https://elsewhere.example/"}), "leads elsewhere, which is not followed; set"),
        (Reply(500, {"error": "overloaded"}), "says 500: overloaded"),
    ],
)
def test_an_engine_that_does_not_translate_is_named_with_what_it_does(
    ollama: FakeService, libre: FakeService, reply: Reply, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(ollama, libre)
    libre.turns = [reply]
    assert main(["engines", "test", "libre"]) == 1
    assert f"libre: de: fails: {complaint}" in capsys.readouterr().out.replace("says 302 and leads", "leads")


def test_a_key_that_is_not_there_stops_no_other_engine(
    ollama: FakeService, libre: FakeService, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(ollama, libre)
    monkeypatch.delenv("MY_KEY")
    assert main(["engines", "test", "--from", "de"]) == 1
    told = capsys.readouterr().out
    assert "libre: engines.libre: key_env: the environment variable MY_KEY is not set" in told
    assert "embedded: de: The city" in told


def test_nothing_to_try_is_no_success(
    ollama: FakeService, libre: FakeService, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(ollama, libre)
    assert main(["engines", "test", "ollama", "--from", "vi"]) == 1
    assert "there was no sentence to try" in capsys.readouterr().err
    assert main(["engines", "test", "olama"]) == 2
    assert "olama: no engine is called so; there are embedded, libre, ollama" in capsys.readouterr().err


def test_what_is_named_for_a_source_that_is_none_is_a_mistake(
    ollama: FakeService, libre: FakeService, capsys: pytest.CaptureFixture[str]
) -> None:
    own = 'routes."web.hafen-example" = ["embedded"]'  # a site that is in no catalogue
    configure(ollama, libre, own, last='source_budgets = {"de.merkuhr" = 3000}')
    assert main(["engines", "list"]) == 2
    said = "engines.libre: source_budgets: de.merkuhr: no such source; did you mean de.merkur?"
    assert said in capsys.readouterr().err
    assert main(["glossary", "add", "de", "Kran", "crane", "--source", "de.merkuhr"]) == 2
    assert "glossary add: de.merkuhr: no such source" in capsys.readouterr().err
