"""Small servers on loopback that speak the protocols of the services as their public documentation says.

They are as strict: a request that the real one would refuse gets the real one's refusal.
"""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from listening import QuietHandler, listening

from limitedtimes.accounts import Payer
from limitedtimes.engines.exchange import Outside
from limitedtimes.engines.remote import Remote
from limitedtimes.engines.service import Service
from limitedtimes.engines.table import open_service
from limitedtimes.errors import TranslateError

KEY: Final = "5ecre7-d0-n0t-te11"
NOW: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
_WORD = re.compile(r"[^\W\d_]+")


def english(text: str) -> str:
    """What every fake service makes of a text: each word with a mark, so that it is not what it was."""
    return _WORD.sub(lambda word: word[0][0] + "\N{COMBINING DIAERESIS}" + word[0][1:], text)


@dataclass(frozen=True)
class Asked:
    """One request as a server saw it; header names are in lower case."""

    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    status: int
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None  # in place of the JSON


Speak = Callable[[Asked], Reply]
Turn = Reply | Callable[[BaseHTTPRequestHandler], None] | Speak


@dataclass
class FakeService:
    """``turns`` are taken one a request before the service does what it should."""

    speak: Speak
    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    turns: list[Any] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def sentences(self) -> list[int]:
        """How many sentences each request had, of a service that counts them in a list."""
        return [len(next(iter(_lists(asked.json)))) for asked in self.asked]


def _lists(payload: Any) -> Iterator[list[Any]]:
    if isinstance(payload, list):
        yield payload
    else:
        yield from (value for value in payload.values() if isinstance(value, list))


def deepl(asked: Asked) -> Reply:
    """https://developers.deepl.com/api-reference/translate"""
    if asked.headers.get("authorization") != f"DeepL-Auth-Key {KEY}":
        return Reply(403, {"message": f"Wrong endpoint or key: {asked.headers.get('authorization')}"})
    if asked.path != "/v2/translate":
        return Reply(404, {"message": "Not found"})
    if len(asked.body) > 128 * 1024:
        return Reply(413, {"message": "Request Entity Too Large"})
    given = asked.json
    if len(given["text"]) > 50 or given["target_lang"] != "EN-US" or given["source_lang"] != "DE":
        return Reply(400, {"message": "Bad request"})
    return Reply(
        200, {"translations": [{"detected_source_language": "DE", "text": english(text)} for text in given["text"]]}
    )


def libretranslate(asked: Asked) -> Reply:
    """https://docs.libretranslate.com, with ``--char-limit 2000 --batch-limit 40 --require-api-key-origin``"""
    given = asked.json
    if given.get("api_key") != KEY:
        return Reply(403, {"error": f"Invalid API key {given.get('api_key')}"})
    if len(given["q"]) > 40 or sum(map(len, given["q"])) > 2000:
        return Reply(400, {"error": "Invalid request: request (9999) exceeds text limit (2000)"})
    if (asked.path, given["source"], given["target"], given["format"]) != ("/translate", "de", "en", "text"):
        return Reply(400, {"error": "xx is not supported"})
    return Reply(200, {"translatedText": [english(text) for text in given["q"]]})


def google(asked: Asked) -> Reply:
    """https://cloud.google.com/translate/docs/reference/rest/v3/projects.locations/translateText"""
    token, project = asked.headers.get("authorization"), asked.headers.get("x-goog-user-project")
    if token != f"Bearer {KEY}" or project != "paper":
        return Reply(401, {"error": {"code": 401, "message": f"Bad {token}", "status": "UNAUTHENTICATED"}})
    given = asked.json
    if len(given["contents"]) > 1024 or sum(map(len, given["contents"])) > 30_000:
        return Reply(400, {"error": {"code": 400, "message": "Text is too long", "status": "INVALID_ARGUMENT"}})
    if asked.path != "/v3/projects/paper/locations/global:translateText" or given["mimeType"] != "text/plain":
        return Reply(404, {"error": {"code": 404, "message": "No such thing", "status": "NOT_FOUND"}})
    if (given["sourceLanguageCode"], given["targetLanguageCode"]) != ("de", "en"):
        return Reply(400, {"error": {"code": 400, "message": "Bad language pair", "status": "INVALID_ARGUMENT"}})
    return Reply(200, {"translations": [{"translatedText": english(text)} for text in given["contents"]]})


def azure(asked: Asked) -> Reply:
    """https://learn.microsoft.com/azure/ai-services/translator/text-translation/reference/v3/translate"""
    if (asked.headers.get("ocp-apim-subscription-key"), asked.headers.get("ocp-apim-subscription-region")) != (
        KEY,
        "westeurope",
    ):
        return Reply(401, {"error": {"code": 401000, "message": "credentials are missing or invalid."}})
    query = {name: values[0] for name, values in asked.query.items()}
    if asked.path != "/translate" or query.get("api-version") != "3.0":
        return Reply(400, {"error": {"code": 400021, "message": "The API version parameter is missing or invalid."}})
    if (query.get("from"), query.get("to")) != ("de", "en"):
        return Reply(400, {"error": {"code": 400036, "message": "The target language is not valid."}})
    if len(asked.json) > 1000 or sum(len(item["Text"]) for item in asked.json) > 50_000:
        return Reply(400, {"error": {"code": 400077, "message": "The maximum request size has been exceeded."}})
    return Reply(200, [{"translations": [{"text": english(item["Text"]), "to": "en"}]} for item in asked.json])


def openai(asked: Asked) -> Reply:
    """https://platform.openai.com/docs/api-reference/chat/create, and a model that does what it is told."""
    if asked.headers.get("authorization") != f"Bearer {KEY}":
        message = f"Incorrect API key provided: {asked.headers.get('authorization')}."
        return Reply(401, {"error": {"message": message, "type": "invalid_request_error", "code": "invalid_api_key"}})
    given = asked.json
    if asked.path != "/v1/chat/completions" or given["model"] != "qwen2.5:7b":
        return Reply(404, {"error": {"message": "model not found", "code": "model_not_found"}})
    assert given["temperature"] == 0
    question = given["messages"][-1]["content"].splitlines()
    lines = [line.partition(". ") for line in question if re.match(r"\d+\. ", line)]
    return said("\n".join(f"{number}. {english(text)}" for number, _, text in lines))


def said(text: str, *, reason: str = "stop") -> Reply:
    """What a model says, as a completion."""
    message = {"role": "assistant", "content": text}
    usage = {"prompt_tokens": 100, "completion_tokens": 40, "total_tokens": 140}
    choice = {"index": 0, "message": message, "finish_reason": reason}
    return Reply(200, {"object": "chat.completion", "choices": [choice], "usage": usage})


SPEAKERS: Final[Mapping[str, Speak]] = {
    "azure": azure,
    "deepl": deepl,
    "google": google,
    "libretranslate": libretranslate,
    "openai": openai,
}
OPTIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    "azure": {"region": "westeurope"},
    "google": {"project": "paper"},
    "libretranslate": {"items": 40},
    "openai": {"model": "qwen2.5:7b"},
}
PATHS: Final = {"openai": "/v1"}


class Tally:
    """A meter that only counts, up to a budget, or that of a source."""

    def __init__(self, budget: int = 10**9) -> None:
        self.budget, self.tokens = budget, (0, 0)
        self.budgets: dict[str, int] = {}
        self.paid: Counter[Payer] = Counter()

    @property
    def characters(self) -> int:
        return self.paid.total()

    def spend(self, characters: int, payer: Payer) -> None:
        self.expect(characters, payer)
        self.paid[payer] += characters

    def expect(self, characters: int, payer: Payer) -> None:
        if self.characters + characters > self.budget:
            raise self._over("budget")
        by_source = sum(count for one, count in self.paid.items() if one.source == payer.source)
        if by_source + characters > self.budgets.get(payer.source, self.budget):
            raise self._over("source-budget")

    def _over(self, reason: str) -> TranslateError:
        tomorrow = NOW + timedelta(hours=12)
        return TranslateError("the budget is used up", reason=reason, transient=True, retry_at=tomorrow)

    def note(self, payer: Payer, *, read: int, written: int) -> None:
        self.tokens = (self.tokens[0] + read, self.tokens[1] + written)


@dataclass
class World:
    """What an engine has of the world, with a clock that goes on only when something naps."""

    key: str = KEY
    meter: Tally = field(default_factory=Tally)
    now: datetime = NOW
    naps: list[float] = field(default_factory=list)
    stopped: bool = False

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += timedelta(seconds=seconds)

    @property
    def outside(self) -> Outside:
        return Outside(
            key=lambda: self.key,
            meter=self.meter,
            clock=lambda: self.now,
            sleep=self.sleep,
            stopping=lambda: self.stopped,
        )


@contextmanager
def serving(speak: Speak) -> Iterator[FakeService]:
    """A server on loopback, until the block ends."""
    service = FakeService(speak)

    class Handler(QuietHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers["content-length"]))
            asked = Asked(parts.path, parse_qs(parts.query), headers, body)
            service.asked.append(asked)
            turn = service.turns.pop(0) if service.turns else service.speak
            reply = turn if isinstance(turn, Reply) else turn(asked)
            if isinstance(reply, Reply):
                self._send(reply)
            else:
                reply(self)

        def _send(self, reply: Reply) -> None:
            content = reply.raw if reply.raw is not None else json.dumps(reply.json).encode()
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(content)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

    with listening(Handler) as service.address:
        try:
            yield service
        finally:
            service.closing.set()


def service_of(kind: str, address: str, **options: Any) -> Service:
    """The settings for a fake service of a kind."""
    given = {"languages": ("de",), "address": address + PATHS.get(kind, ""), "deadline": 5.0, **OPTIONS.get(kind, {})}
    return Service(**{"name": kind, "kind": kind, **given, **options})


def engine_of(kind: str, address: str, world: World | None = None, **options: Any) -> Remote:
    return open_service(service_of(kind, address, **options), (world or World()).outside)
