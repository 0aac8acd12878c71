"""Azure Translator, version 3: https://learn.microsoft.com/azure/ai-services/translator/text-translation/reference/v3/translate

Terms are not used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from limitedtimes.engines.exchange import Exchange, Outside, Request
from limitedtimes.engines.remote import Asked, Remote, texts_in
from limitedtimes.engines.service import Service

ADDRESS: Final = "https://api.cognitive.microsofttranslator.com"
CODES: Final = {"no": "nb", "zh": "zh-Hans", "sr": "sr-Cyrl"}
TOO_LARGE: Final = ("400050", "400072", "400077")
"""The text is too long, the array too long, the request too large: error codes of version 3."""
QUOTA: Final = "403001"
"""The free quota is used up; any other 403 is about the key."""


class Azure:
    """Speaks to a Translator resource."""

    reads_on = False
    items = 1000
    characters = 10_000
    """https://learn.microsoft.com/azure/ai-services/translator/service-limits: 1,000 and 50,000, and shorter requests
    are recommended; the free tier's minute has 33,300."""

    def __init__(self, service: Service, exchange: Exchange) -> None:
        self.model = service.model
        self._service, self._exchange = service, exchange

    def render(self, sentences: Sequence[str], language: str, terms: Mapping[str, str], asked: Asked) -> list[str]:
        del terms
        query = {"api-version": "3.0", "from": self._service.code(language, CODES), "to": "en", "textType": "plain"}
        if self.model:
            query |= {"category": self.model, "allowFallback": "false"}
        headers = {"Ocp-Apim-Subscription-Key": self._exchange.key()}
        if self._service.region:
            headers["Ocp-Apim-Subscription-Region"] = self._service.region
        payload = [{"Text": sentence} for sentence in sentences]
        path = f"/translate?{urlencode(query)}"
        answer = self._exchange.post(Request(path, payload, headers, sum(map(len, sentences)), asked.payer))
        return texts_in(answer, "translations", 0, "text", exchange=self._exchange)


def reason(status: int, complaint: str) -> str:
    """Its errors have a code of six digits, the first three of which are the status."""
    del status
    code = complaint.partition(" ")[0]
    return "quota" if code == QUOTA else "limit" if code in TOO_LARGE else ""


def open_azure(service: Service, outside: Outside) -> Remote:
    if not service.region.isascii() or not service.region.isprintable():
        raise service.wrong("region", f"{service.region!r} is no region")
    exchange = Exchange(service, outside, service.address or ADDRESS, reason)
    return Remote(service, exchange, Azure(service, exchange))
