"""Each service is asked within its limits, in its own terms; nothing is paid for twice, or called what it is not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fake_services import (
    KEY,
    NOW,
    SPEAKERS,
    Asked,
    Reply,
    Tally,
    World,
    engine_of,
    english,
    service_of,
    serving,
)

from limitedtimes.accounts import NOBODY, Payer
from limitedtimes.engines import remote
from limitedtimes.engines.azure import marked
from limitedtimes.engines.deepl import FREE, PRO
from limitedtimes.engines.remote import batches, is_unchanged
from limitedtimes.engines.routed import Routed
from limitedtimes.engines.table import SERVICES, open_service
from limitedtimes.errors import ConfigError, TranslateError

GREEDY, MODEST = Payer("greedy", "a1"), Payer("modest", "b2")
MANY = [f"Satz {number}: die Stadt baut „eine“ neue Brücke & mehr <b>." for number in range(130)]


@pytest.mark.parametrize("kind", sorted(SPEAKERS))
def test_many_sentences_go_in_requests_that_the_service_takes(kind: str) -> None:
    """The fake services refuse what the real ones would; the characters of all are counted."""
    world = World()
    with serving(SPEAKERS[kind]) as service:
        rendered = engine_of(kind, service.address, world).translate(MANY, "de")
    assert [one.text for one in rendered] == [english(sentence) for sentence in MANY]
    assert world.meter.characters == sum(map(len, MANY))


@pytest.mark.parametrize("kind", sorted(SPEAKERS))
def test_the_longest_sentences_go_in_requests_that_the_service_takes(kind: str) -> None:
    """Of characters that take four bytes each, where a service counts bytes."""
    longest = [("𐐨" * 1996 + f"{number:4}").replace(" ", "0") for number in range(60)]
    with serving(SPEAKERS[kind]) as service:
        assert len(engine_of(kind, service.address).translate(longest, "de")) == 60


def test_deepl_takes_fifty_at_a_time() -> None:
    with serving(SPEAKERS["deepl"]) as service:
        engine_of("deepl", service.address).translate(MANY, "de")
    assert service.sentences == [50, 50, 30]


def test_the_operator_may_set_smaller_requests() -> None:
    with serving(SPEAKERS["deepl"]) as service:
        engine_of("deepl", service.address, items=7).translate(MANY[:20], "de")
    assert service.sentences == [7, 7, 6]


def test_a_sentence_that_comes_twice_is_sent_once_and_an_empty_one_never() -> None:
    with serving(SPEAKERS["deepl"]) as service:
        rendered = engine_of("deepl", service.address).translate(["Ja.", "", "Nein.", " ", "Ja."], "de")
    assert service.asked[0].json["text"] == ["Ja.", "Nein."]
    assert [one.text for one in rendered] == [english("Ja."), "", english("Nein."), "", english("Ja.")]


def test_the_free_plan_of_deepl_has_a_host_of_its_own() -> None:
    settings = service_of("deepl", "")
    for key, address in ((KEY, PRO), (KEY + ":fx", FREE)):
        assert open_service(settings, World(key=key).outside)._exchange.address == address


def test_azure_is_given_the_terms_as_a_dictionary_and_counts_them() -> None:
    world = World()
    terms = {"Staatschef": "president", "Grüne Jugend": "Green Youth", "Jugend": "youth", 'Wort"': "word", "R&D": "x"}
    with serving(SPEAKERS["azure"]) as service:
        engine = engine_of("azure", service.address, world)
        engine.translate(
            ["Der Staatschef traf die Grüne Jugend, R&D und Staatschefs.", "Die Stadt ist alt."], "de", terms
        )
        sent = [item["Text"] for item in service.asked[0].json]
    assert sent == [
        'Der <mstrans:dictionary translation="president">Staatschef</mstrans:dictionary> traf die '
        '<mstrans:dictionary translation="Green Youth">Grüne Jugend</mstrans:dictionary>, R&D und Staatschefs.',
        "Die Stadt ist alt.",
    ]
    assert world.meter.characters == sum(map(len, sent))
    told = '石破<mstrans:dictionary translation="Prime Minister">首相</mstrans:dictionary>は会見した'
    assert marked("石破首相は会見した", {"首相": "Prime Minister"}) == told


def test_an_api_key_of_google_goes_in_its_own_header() -> None:
    world = World(key="AIzaSyNotARealKey")
    with serving(lambda asked: Reply(200, {"translations": [{"translatedText": "Yes."}]})) as service:
        engine_of("google", service.address, world, model="general/nmt").translate(["Ja."], "de")
    (asked,) = service.asked
    assert asked.headers["x-goog-api-key"] == world.key
    assert "authorization" not in asked.headers
    assert asked.json["model"] == "projects/paper/locations/global/models/general/nmt"


def test_a_libretranslate_server_needs_no_key() -> None:
    with serving(lambda asked: Reply(200, {"translatedText": ["Yes."]})) as service:
        engine_of("libretranslate", service.address, World(key="")).translate(["Ja."], "de")
    assert "api_key" not in service.asked[0].json


@pytest.mark.parametrize(
    ("kind", "codes", "sent"),
    [
        ("deepl", {}, "NB"),
        ("azure", {}, "nb"),
        ("libretranslate", {"no": "nb"}, "nb"),
        ("google", {}, "no"),
    ],
)
def test_a_language_is_called_what_the_service_calls_it(kind: str, codes: dict[str, str], sent: str) -> None:
    with serving(lambda asked: Reply(400, {})) as service:
        engine = engine_of(kind, service.address, languages=("no",), codes=codes)
        with pytest.raises(TranslateError):
            engine.translate(["Ja."], "no")
    (asked,) = service.asked
    assert f'"{sent}"' in asked.body.decode() or asked.query.get("from") == [sent]


@pytest.mark.parametrize(
    ("kind", "reply", "reason"),
    [
        ("deepl", Reply(456, {"message": "Quota Exceeded"}), "quota"),
        ("deepl", Reply(413, {"message": "Request Entity Too Large"}), "limit"),
        ("google", Reply(403, {"error": {"code": 403, "message": "Daily Limit Exceeded"}}), "quota"),
        ("google", Reply(403, {"error": {"code": 403, "message": "User Rate Limit Exceeded"}}), "busy"),
        ("google", Reply(403, {"error": {"code": 403, "status": "PERMISSION_DENIED", "message": "No"}}), "key"),
        ("azure", Reply(403, {"error": {"code": 403001, "message": "free quota exceeded"}}), "quota"),
        ("azure", Reply(403, {"error": {"code": 403000, "message": "not allowed"}}), "key"),
        ("azure", Reply(400, {"error": {"code": 400077, "message": "too large"}}), "limit"),
        ("azure", Reply(408, {"error": {"code": 408001, "message": "not yet available"}}), "busy"),
        ("azure", Reply(400, {"error": {"code": 400036, "message": "target"}}), "refused"),
        ("libretranslate", Reply(403, {"error": "Too many request limits violations"}), "busy"),
        ("libretranslate", Reply(400, {"error": "Visit https://x to get an API key"}), "key"),
        ("libretranslate", Reply(400, {"error": "request (9) exceeds text limit (2)"}), "limit"),
        ("libretranslate", Reply(400, {"error": "nn is not supported"}), "refused"),
        ("libretranslate", Reply(429, {"error": "Slowdown: 30 per 1 minute"}), "busy"),
        ("openai", Reply(429, {"error": {"message": "You exceeded", "code": "insufficient_quota"}}), "quota"),
        ("openai", Reply(429, {"error": {"message": "Rate", "code": "rate_limit_exceeded"}}), "busy"),
        ("openai", Reply(400, {"error": {"message": "maximum context length is 4096 tokens"}}), "limit"),
        ("openai", Reply(404, {"error": {"message": "model 'x' not found"}}), "absent"),
    ],
)
def test_what_a_service_complains_of_is_one_reason(kind: str, reply: Reply, reason: str) -> None:
    with serving(lambda asked: reply) as service, pytest.raises(TranslateError) as caught:
        engine_of(kind, service.address).translate(["Die Stadt baut."], "de")
    assert caught.value.reason == reason
    assert caught.value.transient is (reason in ("quota", "busy", "key"))
    assert (caught.value.retry_at is not None) is caught.value.transient


class TestGivenBackAsItWas:
    def test_a_service_that_gives_every_sentence_back_has_translated_none(self) -> None:
        sentences = ["Die Stadt baut eine Brücke.", "Der Bau beginnt im Mai.", "Berlin"]
        reply = Reply(200, {"translations": [{"text": text} for text in sentences]})
        match = "gives the sentences back"
        with serving(lambda asked: reply) as service, pytest.raises(TranslateError, match=match) as caught:
            engine_of("deepl", service.address).translate(sentences, "de")
        assert caught.value.reason == "answer"

    @pytest.mark.parametrize(
        ("sentence", "answer", "unchanged"),
        [
            ("Die Stadt baut eine Brücke.", "die stadt baut  eine Brücke.", True),
            ("Angela Merkel", "Angela Merkel", False),
            ("„Let it be and go“, sang the band.", "„Let it be and go“, sang the band.", False),
            ("Die Stadt baut eine Brücke.", "“Die Stadt baut eine Brücke” (The city builds a bridge)", True),
            ("Alle meine kleinen Enten", "Alle meine kleinen Enten", True),
            ("Auf in den Kampf", "“Auf in den Kampf” (Into Battle)", False),
            ("Город", "Город", True),
            ("हिन्दी समाचार", "हिन्दी समाचार", True),
            ("Город", "The city", False),
        ],
    )
    def test_names_and_english_may_stay(self, sentence: str, answer: str, unchanged: bool) -> None:
        assert is_unchanged(sentence, answer) is unchanged


class TestWhatWasRenderedBeforeAFailure:
    def test_it_is_not_asked_for_again(self) -> None:
        world = World()
        with serving(SPEAKERS["deepl"]) as service:
            engine = engine_of("deepl", service.address, world)
            service.turns = [SPEAKERS["deepl"], Reply(456, {"message": "Quota Exceeded"})]
            with pytest.raises(TranslateError, match="456"):
                engine.translate(MANY, "de")
            assert [one.text for one in engine.translate(MANY[:50], "de")] == [english(text) for text in MANY[:50]]
            assert len(service.asked) == 2
            world.now += timedelta(hours=2)
            engine.translate(MANY[50:60], "de")
            assert service.asked[-1].json["text"] == MANY[50:60]

    def test_an_address_or_model_that_is_not_there_is_not_asked_for_with_every_request(self) -> None:
        world = World()
        with serving(lambda asked: Reply(404, {"message": "no such model"})) as service:
            engine = engine_of("deepl", service.address, world)
            for texts in (MANY, MANY[:60]):
                with pytest.raises(TranslateError, match="no such model") as caught:
                    engine.translate(texts, "de")
                assert (caught.value.reason, caught.value.transient) == ("absent", False)
        assert len(service.asked) == 1

    def test_a_batch_that_is_refused_does_not_stop_the_others(self) -> None:
        with serving(SPEAKERS["deepl"]) as service:
            engine = engine_of("deepl", service.address)
            service.turns = [Reply(200, raw=b"nonsense")]
            found, error = engine.attempt(dict.fromkeys(MANY, NOBODY), "de")
        assert error
        assert error.reason == "answer"
        assert list(found) == MANY[50:]

    def test_other_terms_are_another_question(self) -> None:
        with serving(SPEAKERS["deepl"]) as service:
            engine = engine_of("deepl", service.address)
            service.turns = [SPEAKERS["deepl"], Reply(200, raw=b"nonsense")]
            engine.attempt(dict.fromkeys(MANY[:60], NOBODY), "de")
            engine.translate(MANY[:1], "de", {"Stadt": "town"})
        assert service.asked[-1].json["text"] == MANY[:1]

    def test_terms_of_other_sentences_are_no_other_question(self) -> None:
        with serving(SPEAKERS["deepl"]) as service:
            engine = engine_of("deepl", service.address)
            engine.translate(MANY[:10], "de", {"Stadt": "town"})
            engine.translate(MANY[:10], "de", {"Stadt": "town", "Dorf": "village"})
        assert len(service.asked) == 1

    def test_what_was_rendered_for_one_that_failed_elsewhere_costs_nothing_when_it_comes_again(self) -> None:
        world = World()
        with serving(SPEAKERS["deepl"]) as service:
            engine = engine_of("deepl", service.address, world)
            assert next(engine.translate(MANY[:5], "de") for _ in range(3)) == engine.translate(MANY[:5], "de")
        assert world.meter.characters == sum(map(len, MANY[:5]))

    def test_only_the_latest_are_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(remote, "MOST_KEPT", 4)
        with serving(SPEAKERS["deepl"]) as service:
            engine = engine_of("deepl", service.address)
            engine.translate(MANY[:4], "de")
            engine.translate(MANY[4:6], "de")
            engine.translate(MANY[:6], "de")
        assert service.asked[-1].json["text"] == MANY[:2]


@pytest.mark.parametrize("kind", sorted(SPEAKERS))
def test_half_a_character_is_left_out(kind: str) -> None:
    def speak(asked: Asked) -> Reply:
        whole = json.dumps(SPEAKERS[kind](asked).json)
        return Reply(200, raw=whole.replace("\\u0308r", "\\u0308\\ud83dr").encode())

    with serving(speak) as service:
        (found,) = engine_of(kind, service.address).translate(["Die alte Brücke steht."], "de")
    assert found.text == english("Die alte Brücke steht.")


class TestStop:
    PAYERS = dict.fromkeys(MANY[:60], GREEDY) | dict.fromkeys(MANY[60:], MODEST)

    def test_an_article_that_is_begun_is_ended_and_no_other_is_begun(self) -> None:
        world = World()

        def speak(asked: Asked) -> Reply:
            world.stopped = True
            return SPEAKERS["deepl"](asked)

        with serving(speak) as service:
            engine = engine_of("deepl", service.address, world)
            found, error = engine.attempt(self.PAYERS, "de")
            assert list(found) == MANY[:60]
            assert error
            assert (error.reason, error.transient) == ("stopped", True)
            assert engine.translate_for(dict.fromkeys(MANY[:60], GREEDY), "de"), "what was rendered is at hand"
        assert len(service.asked) == 2

    def test_no_other_engine_takes_over(self) -> None:
        told: list[str] = []
        with serving(SPEAKERS["deepl"]) as service:
            first, second = World(), World()
            first.stopped = True
            chain = [engine_of("deepl", service.address, world) for world in (first, second)]
            engine = Routed(chain, clock=lambda: NOW, report=lambda engine, error: told.append(engine))
            with pytest.raises(TranslateError) as caught:
                engine.translate_for(self.PAYERS, "de")
        assert caught.value.reason == "stopped"
        assert not told
        assert not service.asked


class TestRest:
    @pytest.mark.parametrize(
        ("reply", "wait"),
        [
            (Reply(456, {}), timedelta(hours=1)),
            (Reply(403, {}), timedelta(minutes=1)),
            (Reply(404, {"message": "no such model"}), timedelta(minutes=1)),
            (Reply(307, {}, {"Location": "/elsewhere"}), timedelta(minutes=1)),
            (Reply(429, {}, {"Retry-After": "600"}), timedelta(minutes=10)),
        ],
    )
    def test_a_service_that_cannot_is_left_alone_until_it_may(self, reply: Reply, wait: timedelta) -> None:
        world = World()
        with serving(SPEAKERS["deepl"]) as service:
            engine = engine_of("deepl", service.address, world)
            service.turns = [reply]
            for _ in range(5):
                with pytest.raises(TranslateError):
                    engine.translate(MANY[:3], "de")
            assert len(service.asked) == 1
            world.now = NOW + wait
            assert engine.translate(MANY[:3], "de")
            assert len(service.asked) == 2

    def test_an_answer_that_is_none_is_no_reason_to_rest(self) -> None:
        with serving(SPEAKERS["deepl"]) as service:
            engine = engine_of("deepl", service.address)
            service.turns = [Reply(200, raw=b"nonsense")]
            with pytest.raises(TranslateError):
                engine.translate(MANY[:3], "de")
            assert engine.translate(MANY[3:6], "de")

    @pytest.mark.parametrize("reply", [Reply(200, raw=b"nonsense"), Reply(400, {}), Reply(413, {})])
    def test_the_same_request_is_not_paid_for_again_at_once(self, reply: Reply) -> None:
        world = World()
        with serving(SPEAKERS["deepl"]) as service:
            engine = engine_of("deepl", service.address, world)
            service.turns = [reply]
            for _ in range(2):
                with pytest.raises(TranslateError) as caught:
                    engine.translate(MANY[:3], "de")
                assert caught.value.reason in ("answer", "refused", "limit")
            assert world.meter.characters == sum(map(len, MANY[:3]))
            assert engine.translate(MANY[:1], "de"), "a smaller one is another"
            world.now += remote.AGAIN
            assert engine.translate(MANY[:3], "de")


class TestBudget:
    def test_not_one_character_more_is_sent(self) -> None:
        world = World(meter=Tally(4000))
        with serving(SPEAKERS["deepl"]) as service:
            engine = engine_of("deepl", service.address, world, budget=4000)
            found, error = engine.attempt(dict.fromkeys(MANY, NOBODY), "de")
        sent = sum(len(text) for asked in service.asked for text in asked.json["text"])
        assert error
        assert (error.reason, error.retry_at) == ("budget", NOW + timedelta(hours=12))
        assert 3600 < sent <= 4000
        assert sent == sum(map(len, found))

    def test_a_request_is_a_tenth_of_the_budget_at_most(self) -> None:
        with serving(SPEAKERS["deepl"]) as service:
            engine_of("deepl", service.address, budget=4000).translate(MANY[:30], "de")
        assert max(sum(map(len, asked.json["text"])) for asked in service.asked) <= 400

    def test_an_article_over_the_budget_of_its_source_is_not_begun_and_holds_up_no_other(self) -> None:
        world = World()
        world.meter.budgets["greedy"] = 2000
        payers = {text: GREEDY if number % 2 else MODEST for number, text in enumerate(MANY)}
        with serving(SPEAKERS["deepl"]) as service:
            engine = engine_of("deepl", service.address, world, source_budgets={"greedy": 2000})
            found, error = engine.attempt(payers, "de")
            assert error
            assert error.reason == "source-budget"
            assert set(found) == {text for text, payer in payers.items() if payer == MODEST}
            assert world.meter.paid == {MODEST: sum(map(len, MANY[::2]))}
            asked = len(service.asked)
            assert engine.translate_for(dict.fromkeys(MANY[:40:2], MODEST), "de")  # as before, and not resting
            assert engine.translate_for({"Noch ein neuer Satz.": MODEST}, "de")
            assert engine.translate_for(dict.fromkeys(MANY[1:31:2], GREEDY), "de"), "a smaller one may fit"
        assert len(service.asked) > asked + 1

    def test_what_is_shown_with_a_request_counts_when_an_article_is_to_fit(self) -> None:
        texts = MANY[:25]
        world = World(meter=Tally(sum(map(len, texts)) + 100))
        with serving(SPEAKERS["openai"]) as service:
            _, error = engine_of("openai", service.address, world).attempt(dict.fromkeys(texts, MODEST), "de")
        assert error
        assert not service.asked

    @pytest.mark.parametrize("kind", sorted(SPEAKERS))
    def test_every_request_is_on_one_account(self, kind: str) -> None:
        world = World()
        with serving(SPEAKERS[kind]) as service:
            payers = {text: GREEDY if number < 7 else MODEST for number, text in enumerate(MANY[:20])}
            engine_of(kind, service.address, world).translate_for(payers, "de")
        assert len(service.asked) == 2
        assert world.meter.paid == {GREEDY: sum(map(len, MANY[:7])), MODEST: sum(map(len, MANY[7:20]))}


@pytest.mark.parametrize(
    ("kind", "options", "setting"),
    [
        ("babelfish", {}, "kind"),
        ("openai", {"model": ""}, "model"),
        ("google", {"project": ""}, "project"),
        ("google", {"project": "a/b"}, "project"),
        ("google", {"region": "x/y"}, "region"),
        ("azure", {"region": "west\r\nX: y"}, "region"),
    ],
)
def test_a_setting_that_is_needed_or_wrong_is_named(kind: str, options: dict[str, Any], setting: str) -> None:
    with pytest.raises(ConfigError, match=rf"engines\.{kind}: {setting}: "):
        engine_of(kind, "http://127.0.0.1:9", **options)


@pytest.mark.parametrize("kind", ["libretranslate", "openai"])
def test_a_server_of_one_s_own_needs_an_address(kind: str) -> None:
    settings = replace(service_of(kind, ""), address="")
    with pytest.raises(ConfigError, match="address: needed"):
        open_service(settings, World().outside)


def test_every_service_in_the_table_has_a_server_to_be_tested_against() -> None:
    assert set(SPEAKERS) == set(SERVICES)


def test_the_id_names_protocol_and_model_and_a_name_of_its_own() -> None:
    assert engine_of("deepl", "http://x.example").id == "deepl/default"
    assert engine_of("openai", "http://x.example").id == "openai/qwen2.5:7b"
    assert engine_of("openai", "http://x.example", name="ollama").id == "openai/qwen2.5:7b@ollama"


def test_batches_are_in_order_and_within_both_limits() -> None:
    texts = ["x" * (number % 30 + 1) for number in range(200)]
    made = list(batches(texts, items=10, characters=100))
    assert [text for batch in made for text in batch] == texts
    assert all(len(batch) <= 10 and sum(map(len, batch)) <= 100 for batch in made)
    assert list(batches(["y" * 500], items=10, characters=100)) == [["y" * 500]]
