"""LibreTranslate's API: https://docs.libretranslate.com/api/operations/translate

Terms are not used: the API has no place for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from limitedtimes.engines.exchange import Exchange, Outside, Request
from limitedtimes.engines.remote import Asked, Remote, texts_in
from limitedtimes.engines.service import Service

FORBIDDEN, BAD_REQUEST = 403, 400


class LibreTranslate:
    """Speaks to one server."""

    reads_on = False
    items = 1000
    """A server has no limit until its operator sets one (``--batch-limit``)."""
    characters = 2000
    """What the hosted service takes in a call; one's own server has no limit but ``--char-limit``."""
    model = ""

    def __init__(self, service: Service, exchange: Exchange) -> None:
        self.characters = service.characters or self.characters
        self._service, self._exchange = service, exchange

    def render(self, sentences: Sequence[str], language: str, terms: Mapping[str, str], asked: Asked) -> list[str]:
        del terms
        key = self._exchange.key()
        payload = {
            "q": list(sentences),
            "source": self._service.code(language),
            "target": "en",
            "format": "text",
            **({"api_key": key} if key else {}),
        }
        answer = self._exchange.post(Request("/translate", payload, {}, sum(map(len, sentences)), asked.payer))
        found = answer.get("translatedText") if isinstance(answer, dict) else None
        return texts_in(found, exchange=self._exchange)


def reason(status: int, complaint: str) -> str:
    """What its texts mean, as `app.py` of the server has them: a 403 is a wrong key or a ban, a 400 may be no key."""
    if status == FORBIDDEN and "too many" in complaint.lower():
        return "busy"
    if status == BAD_REQUEST and "exceeds text limit" in complaint:
        return "limit"
    return "key" if status == BAD_REQUEST and "API key" in complaint else ""


def open_libretranslate(service: Service, outside: Outside) -> Remote:
    if not service.address:
        raise service.wrong("address", "needed: where the server is, as http://127.0.0.1:5000")
    exchange = Exchange(service, outside, service.address, reason)
    return Remote(service, exchange, LibreTranslate(service, exchange))
