"""Google Cloud Translation, version 3: https://cloud.google.com/translate/docs/reference/rest/v3/projects/translateText

Terms are not used: a glossary of Google's lies on its side, under an id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from limitedtimes.engines.exchange import Exchange, Outside, Request
from limitedtimes.engines.remote import Asked, Remote, texts_in
from limitedtimes.engines.service import Service

ADDRESS: Final = "https://translation.googleapis.com"
API_KEY: Final = "AIza"
"""Begins every API key of Google's; anything else is an access token, which is what version 3 documents."""
FORBIDDEN: Final = 403


class Google:
    """Speaks to Google, for one project."""

    reads_on = False
    items = 1024
    """The longest ``contents``: TranslateTextRequest, in the reference."""
    characters = 5000
    """https://cloud.google.com/translate/quotas: the recommended maximum of a request (30,000 are refused)."""

    def __init__(self, service: Service, exchange: Exchange) -> None:
        self.model = service.model
        self._service, self._exchange = service, exchange
        self._parent = f"projects/{service.project}/locations/{service.region or 'global'}"

    def render(self, sentences: Sequence[str], language: str, terms: Mapping[str, str], asked: Asked) -> list[str]:
        del terms
        payload = {
            "contents": list(sentences),
            "mimeType": "text/plain",
            "sourceLanguageCode": self._service.code(language),
            "targetLanguageCode": "en",
            **({"model": f"{self._parent}/models/{self.model}"} if self.model else {}),
        }
        path, size = f"/v3/{self._parent}:translateText", sum(map(len, sentences))
        answer = self._exchange.post(Request(path, payload, self._headers(), size, asked.payer))
        found = answer.get("translations") if isinstance(answer, dict) else None
        return texts_in(found, "translatedText", exchange=self._exchange)

    def _headers(self) -> dict[str, str]:
        key = self._exchange.key()
        if key.startswith(API_KEY):
            return {"X-Goog-Api-Key": key}
        return {"Authorization": f"Bearer {key}", "X-Goog-User-Project": self._service.project}


def reason(status: int, complaint: str) -> str:
    """https://cloud.google.com/translate/quotas: 403 for both quotas, which its message tells apart."""
    if status == FORBIDDEN and "Limit Exceeded" in complaint:
        return "busy" if "Rate Limit" in complaint else "quota"
    return ""


def open_google(service: Service, outside: Outside) -> Remote:
    if not service.project or not service.project.isascii() or "/" in service.project:
        raise service.wrong("project", "needed: the id of the Google Cloud project")
    if not service.region.isascii() or "/" in service.region:
        raise service.wrong("region", f"{service.region!r} is no location")
    exchange = Exchange(service, outside, service.address or ADDRESS, reason)
    return Remote(service, exchange, Google(service, exchange))
