"""Azure Translator, version 3: https://learn.microsoft.com/azure/ai-services/translator/text-translation/reference/v3/translate

Terms go in as a dynamic dictionary, markup around the words that have the English in it:
https://learn.microsoft.com/azure/ai-services/translator/dynamic-dictionary
"""

from __future__ import annotations

import re
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
_MARK: Final = '<mstrans:dictionary translation="{english}">{said}</mstrans:dictionary>'
FIRST_SPACELESS: Final = "\u0e00"
"""Thai; from there on come the scripts of China, Japan and others, which have no spaces either."""
_SIGNS: Final = re.compile('[<>&"]')
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
        texts = [marked(sentence, terms) for sentence in sentences]
        query = {"api-version": "3.0", "from": self._service.code(language, CODES), "to": "en", "textType": "plain"}
        if self.model:
            query |= {"category": self.model, "allowFallback": "false"}
        headers = {"Ocp-Apim-Subscription-Key": self._exchange.key()}
        if self._service.region:
            headers["Ocp-Apim-Subscription-Region"] = self._service.region
        payload = [{"Text": text} for text in texts]
        path = f"/translate?{urlencode(query)}"
        answer = self._exchange.post(Request(path, payload, headers, sum(map(len, texts)), asked.payer))
        return texts_in(answer, "translations", 0, "text", exchange=self._exchange)


def marked(sentence: str, terms: Mapping[str, str]) -> str:
    """The sentence with its terms marked, the longest first. A plain text has no way to write a term's own < or "."""
    plain = [said for said in sorted(terms, key=len, reverse=True) if not _SIGNS.search(said + terms[said])]
    if not plain:
        return sentence
    words = re.compile("|".join(map(_pattern, plain)))
    return words.sub(lambda found: _MARK.format(english=terms[found[0]], said=found[0]), sentence)


def _pattern(said: str) -> str:
    """A term as a word of its own, but in a script that puts no space between words."""
    return re.escape(said) if said > FIRST_SPACELESS else rf"(?<!\w){re.escape(said)}(?!\w)"


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
