"""A model comes from a hub whole and checked, or the failure is one line that says what to do."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from checkpoints import argos_package, build_marian, build_nllb, build_plain
from fake_hub import FakeHub, busy, cut, send, serving_hub
from fake_services import NOW

from limitedtimes.engines.cache import Cache
from limitedtimes.engines.download import PART, Wanted, Web, _write, download
from limitedtimes.engines.embedded import Shelf
from limitedtimes.engines.hub import Hubs, Offer, offer_of
from limitedtimes.engines.known import Known, all_known, chosen, is_noncommercial, samples
from limitedtimes.errors import ConfigError, LimitedTimesError, ModelError

MOST = 10**8
BIG = bytes(range(256)) * 4096
ENDLESS = b'{"sha": "1", "siblings": [{"rfilename": "config.json", "size": %s}]}' % (b"9" * 400)
OPUS, ARGOS, NLLB = (chosen("de", name) for name in ("opus-mt-de-en", "argos-de-en", "nllb-200-distilled-600m"))


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with serving_hub() as hub:
        yield hub


@pytest.fixture
def naps() -> list[float]:
    return []


@pytest.fixture
def web(naps: list[float]) -> Web:
    return Web(clock=lambda: NOW, deadline=5.0, sleep=naps.append)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache", most=MOST)


@pytest.fixture(scope="session")
def opus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_marian(tmp_path_factory.mktemp("opus") / "given")


def offer(known: Known, hub: FakeHub, web: Web) -> Offer:
    return offer_of(known, Hubs(hub.address, hub.index, hub.registry), web)


def pulled(known: Known, hub: FakeHub, web: Web, cache: Cache) -> Path:
    found = offer(known, hub, web)
    return cache.pull(found, known.facts(found.licence), web, lambda *_: None)


def failure(known: Known, hub: FakeHub, web: Web, cache: Cache) -> str:
    with pytest.raises(LimitedTimesError) as caught:
        pulled(known, hub, web, cache)
    assert "\n" not in str(caught.value)
    assert not cache.holds(known.name)
    return str(caught.value)


def english(folder: Path) -> str:
    return Shelf(threads=1).open(folder).translate([samples()["de"]], "de")[0].text


def test_an_opus_mt_model_is_pulled_converted_recorded_and_translates(
    hub: FakeHub, web: Web, cache: Cache, opus: Path
) -> None:
    hub.add(OPUS.repo, opus, "cc-by-4.0")
    folder = pulled(OPUS, hub, web, cache)
    assert english(folder)
    assert cache.names() == [OPUS.name]
    record = cache.record(OPUS.name)
    assert record["licence"] == "cc-by-4.0"
    assert record["from"] == f"{hub.address}/{OPUS.repo}"
    assert set(record["downloaded"]) == {"config.json", "vocab.json", "source.spm", "target.spm", "model.safetensors"}
    assert cache.check(OPUS.name) == []
    assert [path.name for path in cache.folder.iterdir()] == [OPUS.name], "nothing else is left"


def test_an_argos_package_is_pulled_in_its_newest_version(hub: FakeHub, web: Web, cache: Cache, tmp_path: Path) -> None:
    hub.packages["translate-de_en.argosmodel"] = argos_package(build_plain(tmp_path / "given"))
    assert english(pulled(ARGOS, hub, web, cache))
    assert cache.record(ARGOS.name)["revision"] == "1.10"
    assert cache.check(ARGOS.name) == []


def test_nllb_is_pulled_with_its_languages(hub: FakeHub, web: Web, cache: Cache, tmp_path: Path) -> None:
    hub.add(NLLB.repo, build_nllb(tmp_path / "given"), "cc-by-nc-4.0")
    found = offer(NLLB, hub, web)
    assert is_noncommercial(found.licence)
    facts = replace(NLLB.facts(found.licence), languages=frozenset({"de", "fr"}))
    assert english(cache.pull(found, facts, web, lambda *_: None))


def test_what_was_cut_goes_on_from_there(hub: FakeHub, web: Web, tmp_path: Path, naps: list[float]) -> None:
    hub.files["a/b"] = {"big.bin": BIG}
    hub.turns["big.bin"] = [cut(BIG, 2**19), cut(BIG, 0), busy(retry_after="7")]
    seen: list[int] = []
    target = tmp_path / "big.bin"
    wanted = Wanted(f"{hub.address}/a/b/resolve/1/big.bin", len(BIG))
    download(wanted, target, web, most=MOST, progress=seen.append)
    assert target.read_bytes() == BIG
    assert hub.ranges("big.bin") == ["", *["bytes=524288-"] * 3]
    assert naps == [1.0, 2.0, 7.0]
    assert seen[-1] == len(BIG)
    assert not target.with_name("big.bin" + PART).exists()


def test_a_hub_that_cannot_go_on_begins_anew(hub: FakeHub, web: Web, tmp_path: Path) -> None:
    hub.files["a/b"] = {"big.bin": BIG}
    hub.turns["big.bin"] = [lambda handler: send(handler, 200, BIG)]
    (tmp_path / ("big.bin" + PART)).write_bytes(b"other beginning")
    download(Wanted(f"{hub.address}/a/b/resolve/1/big.bin"), tmp_path / "big.bin", web, most=MOST)
    assert (tmp_path / "big.bin").read_bytes() == BIG


def test_a_file_that_is_shorter_than_the_hub_says_is_not_asked_for_without_end(
    hub: FakeHub, web: Web, tmp_path: Path, naps: list[float]
) -> None:
    hub.files["a/b"] = {"big.bin": BIG}
    wanted = Wanted(f"{hub.address}/a/b/resolve/1/big.bin", len(BIG) + 1)
    with pytest.raises(ModelError, match="big.bin: .* pull again"):
        download(wanted, tmp_path / "big.bin", replace(web, sleep=soon_tired(naps)), most=MOST)
    assert len(naps) < 10


def soon_tired(naps: list[float]) -> Callable[[float], object]:
    def sleep(seconds: float) -> None:
        naps.append(seconds)
        assert len(naps) < 20, "it never ends"

    return sleep


def test_a_wrong_checksum_is_thrown_away(hub: FakeHub, web: Web, cache: Cache, opus: Path) -> None:
    hub.add(OPUS.repo, opus)
    right = hub.files[OPUS.repo]["model.safetensors"]
    hub.turns["model.safetensors"] = [lambda handler: send(handler, 200, right[:-1] + b"x")]
    assert "wrong checksum" in failure(OPUS, hub, web, cache)
    assert english(pulled(OPUS, hub, web, cache)), "the next pull gets it"


def test_a_small_file_is_checked_by_the_name_of_its_blob(hub: FakeHub, web: Web, tmp_path: Path) -> None:
    hub.files["a/b"] = {"small": b"other"}
    with pytest.raises(ModelError, match="wrong checksum"):
        wanted = Wanted(f"{hub.address}/a/b/resolve/1/small", 5, git="ce013625030ba8dba906f756967f9e9ca394464a")
        download(wanted, tmp_path / "small", web, most=MOST)


@pytest.mark.parametrize("name", ["model.safetensors", "source.spm", "config.json"])
def test_a_file_that_the_hub_lacks_is_named(hub: FakeHub, web: Web, cache: Cache, opus: Path, name: str) -> None:
    hub.add(OPUS.repo, opus)
    del hub.files[OPUS.repo][name]
    assert f"has no {name}" in failure(OPUS, hub, web, cache)


def test_a_model_that_is_not_there_is_one_line_that_says_what_to_do(hub: FakeHub, web: Web, cache: Cache) -> None:
    message = failure(OPUS, hub, web, cache)
    assert "is not there (404)" in message
    assert "--model" in message


def test_a_hub_that_wants_an_account_is_one_line(hub: FakeHub, web: Web, cache: Cache, opus: Path) -> None:
    hub.add(OPUS.repo, opus)
    hub.turns["config.json"] = [lambda handler: send(handler, 401, b"")]
    assert "does not give it to everyone (401)" in failure(OPUS, hub, web, cache)


def test_too_large_is_known_before_anything_is_fetched(hub: FakeHub, web: Web, cache: Cache, opus: Path) -> None:
    hub.add(OPUS.repo, opus)
    assert "largest_model" in failure(OPUS, hub, web, replace(cache, most=1000))
    assert not [path for path, _ in hub.asked if path.startswith("/cdn/")]


def test_an_answer_that_goes_on_beyond_what_was_said_is_not_kept(hub: FakeHub, web: Web, tmp_path: Path) -> None:
    def pour(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not hub.closing.is_set():
            handler.wfile.write(bytes(2**16))

    for size, most, words in ((0, 10**6, "largest_model"), (10**6, MOST, "larger than the 1000000 bytes")):
        hub.turns["big.bin"] = [pour]
        with pytest.raises(ModelError, match=words):
            download(Wanted(f"{hub.address}/a/b/resolve/1/big.bin", size), tmp_path / f"{size}", web, most=most)
        (tmp_path / f"{size}{PART}").unlink(missing_ok=True)


def test_a_slow_peer_is_left_and_what_came_is_kept(hub: FakeHub, tmp_path: Path) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(BIG)))
        handler.end_headers()
        handler.wfile.write(BIG[: 2**18])
        while not hub.closing.wait(0.05):
            handler.wfile.write(b"x")

    hub.turns["big.bin"] = [drip] * 9
    web = Web(clock=lambda: NOW, deadline=1.0, sleep=lambda _: None)
    begun = time.monotonic()
    with pytest.raises(ModelError, match="look at the network") as caught:
        download(Wanted(f"{hub.address}/a/b/resolve/1/big.bin", len(BIG)), tmp_path / "big.bin", web, most=MOST)
    assert time.monotonic() - begun < 60  # not as long as drops come
    assert "are kept" in str(caught.value)


def test_a_hub_that_stays_busy_or_asks_for_too_long_is_left(
    hub: FakeHub, web: Web, tmp_path: Path, naps: list[float]
) -> None:
    wanted = Wanted(f"{hub.address}/a/b/resolve/1/big.bin")
    hub.turns["big.bin"] = [busy(retry_after="3")] * 20
    with pytest.raises(ModelError, match=r"is busy \(503\)"):
        download(wanted, tmp_path / "big.bin", web, most=MOST)
    assert naps == [3.0] * 3
    hub.turns["big.bin"] = [busy(retry_after="3600")]
    with pytest.raises(ModelError, match=r"is busy \(503\)"):
        download(wanted, tmp_path / "big.bin", web, most=MOST)
    assert len(naps) == 3, "nobody waits an hour at the terminal"


def test_a_hub_that_is_away_is_one_line(web: Web, cache: Cache) -> None:
    with pytest.raises(ModelError, match="cannot be reached") as caught:
        offer_of(OPUS, Hubs("http://127.0.0.1:9", "http://127.0.0.1:9/index.json", ""), web)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "answer", [b"", b"<html>", b"[]", b'{"sha": 1}', b'{"sha": "1", "siblings": [1]}', b"[" * 10**5, ENDLESS]
)
def test_what_is_no_hub_is_one_line(hub: FakeHub, web: Web, answer: bytes) -> None:
    hub.turns["model"] = [lambda handler: send(handler, 200, answer)]
    strange = Known("x", "model", "marian", frozenset({"de"}), "", ("config.json",))
    with pytest.raises(ModelError) as caught:
        offer_of(replace(strange, repo="../../cdn/model"), Hubs(hub.address + "/cdn/x", hub.index, ""), web)
    assert "\n" not in str(caught.value)


def test_a_redirect_that_leads_nowhere_or_round_and_round_ends(hub: FakeHub, web: Web, tmp_path: Path) -> None:
    for location in ("/cdn/big.bin", "file:///etc/passwd", "", "http://["):
        hub.turns["big.bin"] = [lambda handler, to=location: send(handler, 302, b"", Location=to)] * 9  # type: ignore[misc]
        with pytest.raises(LimitedTimesError):
            download(Wanted(f"{hub.address}/a/b/resolve/1/big.bin"), tmp_path / "big.bin", web, most=MOST)
        assert not (tmp_path / "big.bin").exists()


def test_a_full_disk_is_known_before_anything_is_fetched(hub: FakeHub, web: Web, cache: Cache, opus: Path) -> None:
    hub.add(OPUS.repo, opus)
    message = failure(OPUS, hub, web, replace(cache, free=lambda _: 10**6))
    assert "make room" in message
    assert "model_cache" in message
    assert not [path for path, _ in hub.asked if path.startswith("/cdn/")]


def test_a_disk_that_fills_up_on_the_way_is_one_line() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.fail("needs /dev/full")
    with full.open("wb", buffering=0) as file, pytest.raises(ModelError, match="No space left.*make room"):
        _write(file, BIG, full)


def test_a_cache_that_cannot_be_written_is_one_line(hub: FakeHub, web: Web, tmp_path: Path, opus: Path) -> None:
    hub.add(OPUS.repo, opus)
    (tmp_path / "file").write_text("")
    assert "model_cache" in failure(OPUS, hub, web, Cache(tmp_path / "file", most=MOST))


def test_an_interrupted_pull_leaves_no_model_and_goes_on(hub: FakeHub, web: Web, cache: Cache, opus: Path) -> None:
    hub.add(OPUS.repo, opus)
    found = offer(OPUS, hub, web)

    def interrupt(name: str, done: int, total: int) -> None:
        if name == "model.safetensors":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.pull(found, OPUS.facts(found.licence), web, interrupt)
    assert cache.names() == []
    before = len(hub.asked)
    assert english(pulled(OPUS, hub, web, cache))
    later = [path for path, _ in hub.asked[before:] if path.startswith("/cdn/")]
    assert set(later) <= {"/cdn/model.safetensors"}, "what was whole is not asked for again"


def test_two_processes_do_not_pull_one_model(hub: FakeHub, web: Web, cache: Cache, opus: Path) -> None:
    hub.add(OPUS.repo, opus)
    with cache._coming(OPUS.name):
        assert "another process" in failure(OPUS, hub, web, cache)


def test_what_is_being_pulled_is_not_removed(cache: Cache) -> None:
    with cache._coming(OPUS.name) as coming:
        with pytest.raises(ModelError, match="another process"):
            cache.remove(OPUS.name)
        assert coming.is_dir()


def test_an_interrupted_removal_goes_on(cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.take(build_plain(tmp_path / "given"), OPUS.facts(""))
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("limitedtimes.engines.cache.shutil.rmtree", interrupted)
        cache.remove(OPUS.name)
    assert not cache.holds(OPUS.name)
    cache.remove(OPUS.name)
    assert not list(cache.folder.iterdir())


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_version_that_is_none_is_passed_over(hub: FakeHub, web: Web) -> None:
    link = f"{hub.address}/cdn/a.argosmodel"
    entries = [
        {"from_code": "de", "to_code": "en", "package_version": version, "links": [link + version[:3]]}
        for version in ("9" * 5000, "1.2")
    ]
    hub.turns["index.json"] = [lambda handler: send(handler, 200, json.dumps(entries).encode())]
    assert offer_of(ARGOS, Hubs(hub.address, f"{hub.address}/cdn/index.json", ""), web).revision == "1.2"


def test_a_broken_package_is_not_kept_for_the_next_pull(hub: FakeHub, web: Web, cache: Cache, tmp_path: Path) -> None:
    hub.packages["a.argosmodel"] = argos_package(build_plain(tmp_path / "given"))[:-100]
    failure(ARGOS, hub, web, cache)
    hub.packages["a.argosmodel"] = argos_package(tmp_path / "given")
    assert english(pulled(ARGOS, hub, web, cache))


def test_check_names_what_is_not_what_was_pulled(hub: FakeHub, web: Web, cache: Cache, opus: Path) -> None:
    hub.add(OPUS.repo, opus)
    folder = pulled(OPUS, hub, web, cache)
    with (folder / "model.bin").open("ab") as file:
        file.write(b"x")
    (folder / "target.model").unlink()
    found = "\n".join(cache.check(OPUS.name))
    assert f"{folder / 'model.bin'}: is not what was pulled" in found
    assert f"{folder / 'target.model'}: is gone" in found
    (folder / "pulled.json").write_text("{")
    assert "pulled.json: cannot be read" in cache.check(OPUS.name)[0]


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "/etc"])
def test_a_name_that_leads_out_of_the_cache_is_refused(cache: Cache, name: str) -> None:
    with pytest.raises(ConfigError):
        cache.remove(name)


def test_the_table_is_sound_and_a_default_is_never_non_commercial() -> None:
    names = [model.name for model in all_known()]
    assert len(set(names)) == len(names)
    for model in all_known():
        assert model.kind in ("marian", "ctranslate2", "firefox", "argos")
        assert is_noncommercial(model.licence) == model.noncommercial
        assert all(language in model.codes for language in model.languages) or "{language}" not in model.prefix
    languages = {language for model in all_known() for language in model.languages}
    assert len(languages) > 80
    for language in languages:
        assert not chosen(language).noncommercial
    assert chosen("de").name == "opus-mt-de-en"
    assert chosen("fr").name == "opus-mt-tc-big-fr-en"


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ({"license": "cc-by-4.0"}, "cc-by-4.0"),
        ({"license": ["apache-2.0", "cc-by-nc-4.0"]}, "apache-2.0, cc-by-nc-4.0"),
        ({"license": "other", "license_name": "for-research-nc"}, "other: for-research-nc"),
        ({"license": "other"}, "other"),
        ({"license": {"name": "x"}}, ""),
        ({}, ""),
        (None, ""),
    ],
)
def test_the_licence_is_as_the_hub_has_it(
    hub: FakeHub, web: Web, opus: Path, monkeypatch: pytest.MonkeyPatch, card: object, licence: str
) -> None:
    hub.add(OPUS.repo, opus)
    usual = hub.metadata(OPUS.repo)
    monkeypatch.setattr(hub, "metadata", lambda _: usual | {"cardData": card})
    found = offer(OPUS, hub, web)
    assert found.licence == licence
    assert is_noncommercial(found.licence) is ("-nc" in licence)
    assert ("the hub names none" in OPUS.facts(found.licence).licence) is not bool(licence)


def test_a_model_that_is_not_known_is_one_line_with_a_hint() -> None:
    with pytest.raises(ConfigError, match="did you mean opus-mt-de-en"):
        chosen("de", "opus-mt-de-em")
    with pytest.raises(ConfigError, match="no open model"):
        chosen("tlh")


def test_the_revision_decides_what_may_go_on(hub: FakeHub, web: Web, cache: Cache, opus: Path) -> None:
    """A part of another revision's file would be a wrong beginning."""
    hub.add(OPUS.repo, opus)
    found = replace(offer(OPUS, hub, web), revision="older")
    stop = threading.Event()

    def interrupt(name: str, done: int, total: int) -> None:
        stop.set()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cache.pull(found, OPUS.facts(""), web, interrupt)
    assert stop.is_set()
    folder = pulled(OPUS, hub, web, cache)
    assert json.loads((folder / "pulled.json").read_text())["revision"] != "older"
    assert set(hub.ranges("config.json")) == {""}
