"""DeepL's API, version 2: https://developers.deepl.com/api-reference/translate

Terms are not used: a glossary of DeepL's lies on its side, under an id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from limitedtimes.engines.exchange import Exchange, Outside, Request
from limitedtimes.engines.remote import Asked, Remote, texts_in
from limitedtimes.engines.service import Service

PRO, FREE = "https://api.deepl.com", "https://api-free.deepl.com"
FREE_KEY: Final = ":fx"
"""Ends the keys of the free plan, which has a host of its own; DeepL's own clients tell them so."""
CODES: Final = {"no": "NB"}
QUOTA: Final = 456


class DeepL:
    """Speaks to DeepL."""

    reads_on = False
    items = 50
    """https://developers.deepl.com/docs/translate/translating-large-volumes: texts in a request."""
    characters = 30_000
    """A request must not exceed 128 KiB (same page); so many characters have at most 117 KiB in UTF-8."""

    def __init__(self, service: Service, exchange: Exchange) -> None:
        self.model = service.model
        self._service, self._exchange = service, exchange

    def render(self, sentences: Sequence[str], language: str, terms: Mapping[str, str], asked: Asked) -> list[str]:
        del terms
        payload = {
            "text": list(sentences),
            "source_lang": self._service.code(language, CODES).upper(),
            "target_lang": "EN-US",
            "split_sentences": "0",  # each is one already
            **({"model_type": self.model} if self.model else {}),
        }
        headers = {"Authorization": f"DeepL-Auth-Key {self._exchange.key()}"}
        answer = self._exchange.post(Request("/v2/translate", payload, headers, sum(map(len, sentences)), asked.payer))
        found = answer.get("translations") if isinstance(answer, dict) else None
        return texts_in(found, "text", exchange=self._exchange)


def reason(status: int, complaint: str) -> str:
    """https://developers.deepl.com/docs/best-practices/error-handling: 456 is a quota that is used up."""
    del complaint
    return "quota" if status == QUOTA else ""


def open_deepl(service: Service, outside: Outside) -> Remote:
    address = service.address or (FREE if outside.key().endswith(FREE_KEY) else PRO)
    exchange = Exchange(service, outside, address, reason)
    return Remote(service, exchange, DeepL(service, exchange))
