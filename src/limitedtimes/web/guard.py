"""What every answer carries and every request must satisfy, whatever the page: headers, methods, host names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from limitedtimes.edition.settings import Audience, Settings

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST: Final = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?", re.IGNORECASE | re.ASCII)


def security_headers(settings: Settings) -> Mapping[str, str]:
    """For every answer, errors and redirects too. Only our script runs, nothing frames us, no one learns who reads."""
    pictures = "'self' https: http: data:" if settings.pictures else "'self' data:"
    fetching = "connect-src 'self'; " if settings.static else ""  # the list of titles, for the search
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; "
        f"img-src {pictures}; {fetching}base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    }
    return headers | ({"x-robots-tag": "noindex, noarchive"} if settings.noindex else {})


def answers_for(host: str, settings: Settings) -> bool:
    """Whether the Host header names this site: loopback, the base URL's host, or one that the settings list.

    A private edition refuses any other name, so that a page elsewhere cannot read it by pointing its own name here
    (DNS rebinding). A public one has nothing to hide.
    """
    found = _HOST.fullmatch(host)
    if not found:
        return False
    if settings.audience is Audience.PUBLIC:
        return True
    name = found["name"].strip("[]").lower()
    return name in _LOOPBACK | {urlsplit(settings.base_url).hostname} | {known.lower() for known in settings.hosts}
